package eval

import (
	"reflect"
	"sync/atomic"
	"unsafe"

	"github.com/traefik/yaegi/interp"

	"descent/kernel/cell"
)

// body is the code of a function that cells may declare again. Calls come in by a step
// of its own, which leads to the body that takes its place: the interpreter keeps the
// declaration in each call and in each value of the function.
type body struct {
	now   *atomic.Pointer[body] // of all the bodies that can take the place of each other
	start unsafe.Pointer        // the node at which it begins
	types []reflect.Type        // of its frame: results, parameters, variables
	fixed int                   // how many of these all bodies have: results and parameters
}

// forward gives the functions that p declares such steps.
func (i *Interp) forward(prog *interp.Program, p *cell.Program) {
	callees := map[string]string{}
	for _, f := range p.Functions {
		callees[f.Name] = f.Callee
	}
	if len(callees) == 0 {
		return
	}
	k := &i.key
	root := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(prog), k.root))
	for _, n := range *(*[]unsafe.Pointer)(unsafe.Add(root, k.child)) {
		if k.literal[*(*uint)(unsafe.Add(n, k.kind))] != "funcDecl" {
			continue
		}
		children := *(*[]unsafe.Pointer)(unsafe.Add(n, k.child))
		name := *(*string)(unsafe.Add(children[1], k.ident))
		if callee, ok := callees[name]; ok && len(children) == 4 {
			i.bodies[name] = i.newBody(n, children, callee)
		}
	}
}

func (i *Interp) newBody(n unsafe.Pointer, children []unsafe.Pointer, callee string) *body {
	k := &i.key
	if i.callees[callee] == nil {
		i.callees[callee] = new(atomic.Pointer[body])
	}
	start := (*unsafe.Pointer)(unsafe.Add(children[3], k.start))
	b := &body{now: i.callees[callee], start: *start, types: *(*[]reflect.Type)(unsafe.Add(n, k.types))}
	for _, list := range (*(*[]unsafe.Pointer)(unsafe.Add(children[2], k.child)))[1:] {
		for _, field := range *(*[]unsafe.Pointer)(unsafe.Add(list, k.child)) {
			names := len(*(*[]unsafe.Pointer)(unsafe.Add(field, k.child))) - 1
			b.fixed += max(names, 1)
		}
	}
	// A copy of the first node, which leads to it and which no loop comes back to.
	t := k.node
	door := reflect.New(t)
	door.Elem().Set(reflect.NewAt(t, *start).Elem())
	d := door.UnsafePointer()
	*(*unsafe.Pointer)(unsafe.Add(d, k.start)) = nil
	*(*unsafe.Pointer)(unsafe.Add(d, k.tnext)) = *start
	*(*unsafe.Pointer)(unsafe.Add(d, k.fnext)) = nil
	*(*[]unsafe.Pointer)(unsafe.Add(d, k.child)) = nil
	*(*step)(unsafe.Add(d, k.exec)) = nil
	*(*func(unsafe.Pointer))(unsafe.Add(d, k.gen)) = func(d unsafe.Pointer) {
		*(*step)(unsafe.Add(d, k.exec)) = func(f unsafe.Pointer) step {
			to := b.now.Load()
			if to == nil || to == b {
				return *(*step)(unsafe.Add(b.start, k.exec))
			}
			return to.enter(k, f, b)
		}
	}
	*start = d
	return b
}

// enter makes the frame that another body has begun one of its own, and returns the
// first step.
func (b *body) enter(k *internals, f unsafe.Pointer, from *body) step {
	data := (*[]reflect.Value)(unsafe.Add(f, k.data))
	now := make([]reflect.Value, len(b.types))
	copy(now, (*data)[:from.fixed])
	for j := from.fixed; j < len(now); j++ {
		now[j] = reflect.New(b.types[j]).Elem()
	}
	*data = now
	return *(*step)(unsafe.Add(b.start, k.exec))
}

// adopt lets the calls of the functions that p declared again go to these.
func (i *Interp) adopt(p *cell.Program) {
	for _, f := range p.Functions {
		if b := i.bodies[f.Name]; b != nil {
			b.now.Store(b)
		}
	}
	clear(i.bodies)
}
