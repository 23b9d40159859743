package rt

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// Defers holds the deferred calls of one call of a function.
type Defers struct{ list []func() }

// NewDefers returns an empty stack.
func NewDefers() *Defers { return &Defers{} }

// Push adds a call whose function and arguments have been evaluated.
func (d *Defers) Push(f func()) { d.list = append(d.list, f) }

// unwinding is a panic on its way through deferred calls.
type unwinding struct {
	value     any
	recovered bool
}

var (
	active     atomic.Int64 // panics in flight, in all goroutines
	unwindings sync.Map     // goroutine → *[]*unwinding
)

// Run makes the deferred calls, the last first. r is the value of the panic that
// ends the function, nil if it returns. A panic that no call recovers goes on.
func (d *Defers) Run(r any) {
	var p *unwinding
	if r != nil {
		p = &unwinding{value: r}
	}
	for len(d.list) > 0 {
		f := d.list[len(d.list)-1]
		d.list = d.list[:len(d.list)-1]
		p = d.one(f, p)
	}
	if p != nil && !p.recovered {
		panic(p.value)
	}
}

// one makes one deferred call and returns the panic that is in flight after it.
func (d *Defers) one(f func(), p *unwinding) (after *unwinding) {
	after = p
	if p != nil && !p.recovered {
		defer enter(p)()
	} else if active.Load() > 0 {
		defer enter(&unwinding{recovered: true})() // it ends no panic of its callers
	}
	normal := false
	defer func() {
		if x := recover(); x != nil {
			after = &unwinding{value: x}
		} else if !normal {
			d.Run(nil) // runtime.Goexit: the remaining calls are still made
		}
	}()
	f()
	normal = true
	return after
}

// enter makes p the panic that Recover sees on this goroutine.
func enter(p *unwinding) (leave func()) {
	id := GoID()
	v, _ := unwindings.LoadOrStore(id, &[]*unwinding{})
	stack := v.(*[]*unwinding)
	*stack = append(*stack, p)
	active.Add(1)
	return func() {
		active.Add(-1)
		*stack = (*stack)[:len(*stack)-1]
		if len(*stack) == 0 {
			unwindings.Delete(id)
		}
	}
}

// Recover is the builtin recover.
func Recover() any {
	return recoverCalled(2)
}

func recoverCalled(functions int) any {
	if p := inFlight(); p != nil && calledByDefers(functions) {
		return p.stop()
	}
	return nil
}

// RecoverDeferred is the builtin recover in a compiled function that was deferred by
// one.
func RecoverDeferred() any {
	if p := inFlight(); p != nil {
		return p.stop()
	}
	return nil
}

// RecoverValue and RecoverUnit are the builtin recover in a compiled function that is
// not called by one: as a value, or as a declared function.
func RecoverValue() any { return recoverCalled(1) }
func RecoverUnit() any  { return recoverCalled(2) }

// inFlight returns the panic that a deferred call on this goroutine may recover, nil
// if there is none.
func inFlight() *unwinding {
	if active.Load() == 0 {
		return nil
	}
	v, ok := unwindings.Load(GoID())
	if !ok {
		return nil
	}
	stack := *v.(*[]*unwinding)
	if p := stack[len(stack)-1]; !p.recovered {
		return p
	}
	return nil
}

// stop ends the panic and returns its value.
func (p *unwinding) stop() any {
	value := p.value
	if f := recoverHook.Load(); f != nil {
		value = (*f)(value)
	}
	p.recovered = true
	return value
}

const (
	oneName            = "descent/kernel/rt.(*Defers).one"
	runName            = "github.com/traefik/yaegi/interp.runCfg"
	forwardName        = "descent/kernel/eval.forwardStep.func1"
	closureNames       = "descent/kernel/closure."
	deferredName       = closureNames + "callDeferred"
	deferredMethodName = closureNames + "callDeferredMethod"
	foreignName        = closureNames + "callReflected"
)

// calledByDefers reports whether the function that calls recover is one that was
// deferred, and not one that such a function calls. Between it and the making of
// deferred calls lie want interpreted functions, of which one makes the call, and
// functions that forward a call to a method; any compiled function there is the one
// that was deferred. Where a compiled function of a cell makes the call, only the
// deferred one lies before it.
func calledByDefers(want int) bool {
	var pcs [256]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs[:])])
	functions := 0
	for {
		f, more := frames.Next()
		switch {
		case f.Function == oneName:
			return functions == want
		case f.Function == runName:
			functions++
		case f.Function == forwardName:
			functions--
		case f.Function == deferredName, f.Function == deferredMethodName:
			return functions == 1
		case f.Function == foreignName:
		case strings.HasPrefix(f.Function, closureNames):
			if functions > 0 {
				return false
			}
		case !passes(f.Function):
			return false
		}
		if !more {
			return false
		}
	}
}

// passes reports whether a compiled function is part of how interpreted functions
// call each other.
func passes(function string) bool {
	for _, p := range []string{"github.com/traefik/yaegi/interp.", "reflect.", "runtime.", "descent/kernel/rt.", "descent/kernel/eval."} {
		if strings.HasPrefix(function, p) {
			return true
		}
	}
	return false
}
