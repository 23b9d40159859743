package eval

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/traefik/yaegi/interp"

	"descent/kernel/rt"
)

// ErrInterrupted is what Load and Run return, itself or as an Interrupted, when
// Interrupt stopped the cell.
var ErrInterrupted = errors.New("interrupted")

// Interrupted says where a cell was when it was interrupted.
type Interrupted struct {
	Frames []Frame // the innermost first
}

func (e *Interrupted) Error() string { return ErrInterrupted.Error() }

// Is makes it an ErrInterrupted.
func (e *Interrupted) Is(target error) bool { return target == ErrInterrupted }

// Exit is what Load and Run return when the cell called os.Exit or log.Fatal: the
// cell ends there, the session goes on.
type Exit struct {
	Code int
	Call string // "os.Exit", "log.Fatal", …
}

func (e *Exit) Error() string { return fmt.Sprintf("%s: exit status %d", e.Call, e.Code) }

// run is one call of Load or Run on its way.
type run struct {
	gid  atomic.Uint64 // goroutine that runs it
	done chan struct{} // closed when that goroutine has ended
	err  error         // result, valid when done is closed
	pan  *Panic        // panic of the statements, valid when done is closed

	leave     chan struct{} // closed to return without the goroutine
	leaveOnce sync.Once

	interrupted atomic.Bool
	overflow    atomic.Bool
	exit        atomic.Pointer[Exit]
	goPanic     atomic.Pointer[Panic]

	mu    sync.Mutex
	hard  bool // the run counter has been moved
	ended bool // and may not be moved any more
}

// guard runs f on a goroutine of its own, under the watch of the stack and open
// to Interrupt.
func (i *Interp) guard(f func() error) error {
	r := &run{done: make(chan struct{}), leave: make(chan struct{})}
	setFlag(i.flag, false)
	rt.Resume()
	if stacks() > leftStacks {
		runtime.GC() // they are of goroutines that have ended, or of a recursion
	}
	i.low.Store(stacks())
	i.cur.Store(r)
	if i.pending.Load() {
		i.interrupt(r)
	}
	go func() {
		id := rt.GoID()
		r.gid.Store(id)
		debug.SetPanicOnFault(true) // unsafe code of a cell
		// runtime.Goexit ends the goroutine without a result: the cell has ended.
		defer close(r.done)
		defer reclaim(id)
		defer i.sink.take(id, 0)
		r.err = f()
		var p interp.Panic
		if errors.As(r.err, &p) {
			// A panic outside Top: a declaration of the cell ran it.
			r.err = i.newPanic(p.Value, maxFrames)
		}
	}()
	watch := time.NewTimer(watchAfter)
	defer watch.Stop()
	for running := true; running; {
		select {
		case <-watch.C:
			if i.grownBy(stackLimit) {
				i.overflow(r)
			}
			watch.Reset(watchEvery)
		case <-r.done:
			running = false
		case <-r.leave:
			running = false
		}
	}
	if r.overflow.Load() {
		// The first stacks of goroutines are as large as the mean that the last collection
		// saw, which was that of the recursion.
		runtime.GC()
	}
	r.mu.Lock()
	r.ended = true
	if r.hard {
		i.key.addID(i.in, -1)
	}
	r.mu.Unlock()
	i.cur.Store(nil)
	return i.result(r)
}

// result decides what the caller is told.
func (i *Interp) result(r *run) error {
	if e := r.exit.Load(); e != nil {
		return e
	}
	if p := r.goPanic.Load(); p != nil {
		return p
	}
	if r.overflow.Load() {
		p := &Panic{Text: "runtime error: stack overflow: the recursion of this cell did not end", Overflow: true}
		select {
		case <-r.done:
			if r.pan != nil {
				p.Frames = r.pan.Frames
			}
		default:
		}
		return p
	}
	select {
	case <-r.done:
	default:
		return ErrInterrupted // it waits somewhere and was left behind
	}
	err := r.err
	if err == nil && r.pan != nil {
		err = r.pan
	}
	if p, ok := err.(*Panic); ok && i.stopped(p.Value) {
		return &Interrupted{Frames: p.Frames}
	}
	// Compiled code that recovers every panic, as fmt does of a String method, may
	// have swallowed the interrupt.
	if err == nil && r.interrupted.Load() && (r.hard || rt.Stopped()) {
		return ErrInterrupted
	}
	return err
}

// stopped reports whether a panic value means that the cell was interrupted.
func (i *Interp) stopped(v any) bool {
	err, ok := v.(error)
	if !ok {
		return false
	}
	if errors.Is(err, rt.ErrStop) {
		return true
	}
	for _, s := range i.opts.Stopped {
		if errors.Is(err, s) {
			return true
		}
	}
	return false
}

// top runs the statements of a cell for Run. It must be a frame of its own below
// them, because only there is the stack of the panic still whole.
func (i *Interp) top(f func()) {
	if f == nil {
		return
	}
	r := i.cur.Load()
	normal := false
	defer func() {
		if normal || r == nil {
			return
		}
		v := recover()
		if v == nil {
			return // runtime.Goexit
		}
		n := unwound()
		r.pan = i.newPanic(v, n)
	}()
	f()
	normal = true
}

// exit ends the running cell as os.Exit ends a program.
func (i *Interp) exit(code int, call string) {
	r := i.cur.Load()
	if r == nil {
		// A goroutine of an earlier cell; there is no cell to end.
		runtime.Goexit()
	}
	r.exit.CompareAndSwap(nil, &Exit{Code: code, Call: call})
	i.hardStop(r)
	runtime.Goexit()
}

// goPanic takes the panic of a goroutine that a cell started.
func (i *Interp) goPanic(v any) {
	p := i.newPanic(v, maxFrames)
	p.Goroutine = true
	r := i.cur.Load()
	if r == nil {
		r = &run{ended: true}
	}
	fail := func() bool { return r.fail(p) }
	if i.opts.GoPanic != nil {
		i.opts.GoPanic(p, fail)
	} else {
		fail()
	}
	if r.goPanic.Load() == p {
		i.hardStop(r) // its deferred functions do not run, as they would not in a program
		setFlag(i.flag, true)
		rt.Interrupt() // what waits, or is compiled
	}
}

// fail gives the run the panic of a goroutine as its result, if it has no other; it
// reports false if the run has ended.
func (r *run) fail(p *Panic) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.ended {
		r.goPanic.CompareAndSwap(nil, p)
	}
	return !r.ended
}
