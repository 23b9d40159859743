package eval

import (
	"fmt"
	"go/constant"
	"go/token"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/traefik/yaegi/interp"
)

// internals are the places inside yaegi v0.16.1 that this package touches. They
// are looked up by name, so another version makes New fail instead of corrupting
// memory; the test of this package says what each is needed for.
type internals struct {
	id, done, cancelChan, roots, scopes uintptr // of interp.Interpreter

	syms, inner uintptr // of scope

	root uintptr // of interp.Program

	child, gen, exec, pos, kind, action uintptr // of node
	rval, sym, findex, level            uintptr // of node
	tnext, fnext, anc0, ident           uintptr // of node: successors, the node around it, its name
	index, global                       uintptr // of symbol
	anc, rootFrame, data                uintptr // of frame

	start, types uintptr      // of node: where it begins, the types of its frame
	node         reflect.Type // the struct

	kinds, actions map[uint]string
	literal        map[uint]string // kinds of a function literal and declaration
	callKinds      map[uint]string // kinds of the nodes around a call, and of a call
}

// lookupInternals finds the offsets and checks the types.
func lookupInternals() (internals, error) {
	var k internals
	var err error
	offset := func(t reflect.Type, name, want string) uintptr {
		f, ok := t.FieldByName(name)
		if (!ok || f.Type.String() != want) && err == nil {
			err = fmt.Errorf("yaegi is not the version this kernel was made for: %s.%s is %v, want %s", t, name, f.Type, want)
		}
		return f.Offset
	}
	in := reflect.TypeFor[interp.Interpreter]()
	k.id = offset(in, "id", "uint64")
	k.done = offset(in, "done", "chan struct {}")
	k.cancelChan = offset(in, "cancelChan", "bool")
	k.roots = offset(in, "roots", "[]*interp.node")
	k.scopes = offset(in, "scopes", "map[string]*interp.scope")
	prog := reflect.TypeFor[interp.Program]()
	k.root = offset(prog, "root", "*interp.node")
	if err != nil {
		return k, err
	}
	f, _ := in.FieldByName("scopes")
	k.syms = offset(f.Type.Elem().Elem(), "sym", "map[string]*interp.symbol")
	k.inner = offset(f.Type.Elem().Elem(), "child", "[]*interp.scope")
	f, _ = prog.FieldByName("root")
	node := f.Type.Elem()
	k.child = offset(node, "child", "[]*interp.node")
	k.gen = offset(node, "gen", "interp.bltnGenerator")
	k.exec = offset(node, "exec", "interp.bltn")
	k.pos = offset(node, "pos", "token.Pos")
	k.kind = offset(node, "kind", "interp.nkind")
	k.action = offset(node, "action", "interp.action")
	k.rval = offset(node, "rval", "reflect.Value")
	k.sym = offset(node, "sym", "*interp.symbol")
	k.findex = offset(node, "findex", "int")
	k.level = offset(node, "level", "int")
	k.tnext = offset(node, "tnext", "*interp.node")
	k.fnext = offset(node, "fnext", "*interp.node")
	k.anc0 = offset(node, "anc", "*interp.node")
	k.ident = offset(node, "ident", "string")
	k.start = offset(node, "start", "*interp.node")
	k.types = offset(node, "types", "[]reflect.Type")
	k.node = node
	if err != nil {
		return k, err
	}
	f, _ = node.FieldByName("sym")
	k.index = offset(f.Type.Elem(), "index", "int")
	k.global = offset(f.Type.Elem(), "global", "bool")
	f, _ = in.FieldByName("frame")
	frame := f.Type.Elem()
	k.anc = offset(frame, "anc", "*interp.frame")
	k.rootFrame = offset(frame, "root", "*interp.frame")
	k.data = offset(frame, "data", "[]reflect.Value")
	if err != nil {
		return k, err
	}
	kf, _ := node.FieldByName("kind")
	af, _ := node.FieldByName("action")
	if k.kinds, err = names(kf.Type, nodeKinds); err != nil {
		return k, err
	}
	if k.literal, err = names(kf.Type, []string{"funcLit", "funcDecl"}); err != nil {
		return k, err
	}
	if k.callKinds, err = names(kf.Type, []string{"callExpr", "goStmt", "deferStmt", "returnStmt"}); err != nil {
		return k, err
	}
	k.actions, err = names(af.Type, nodeActions)
	return k, err
}

// The nodes that can panic, by the names yaegi prints for their kinds. Those of
// arithmetic do so for some operators only.
var (
	nodeKinds = []string{
		"callExpr", "indexExpr", "sliceExpr", "starExpr", "selectorExpr", "typeAssertExpr", "sendStmt",
		"assignStmt", "defineStmt", "assignXStmt", "defineXStmt", "incDecStmt", "binaryExpr", "compositeLitExpr",
	}
	nodeActions = []string{"/", "/=", "%", "%=", "<<", "<<=", ">>", ">>=", "==", "!=", "slice", "slice0"}
)

// names maps the values of an enumeration to those of their names that are wanted.
func names(t reflect.Type, wanted []string) (map[uint]string, error) {
	m := map[uint]string{}
	found := map[string]bool{}
	for v := uint(0); v < 150; v++ {
		rv := reflect.New(t).Elem()
		rv.SetUint(uint64(v))
		s, ok := rv.Interface().(fmt.Stringer)
		if !ok {
			return nil, fmt.Errorf("yaegi is not the version this kernel was made for: values of %s have no names", t)
		}
		if slices.Contains(wanted, s.String()) {
			m[v] = s.String()
			found[s.String()] = true
		}
	}
	for _, w := range wanted {
		if !found[w] {
			return nil, fmt.Errorf("yaegi is not the version this kernel was made for: %s has no value %s", t, w)
		}
	}
	return m, nil
}

// addID moves the run counter of the interpreter. A frame whose counter differs
// stops before its next step.
func (k *internals) addID(in *interp.Interpreter, d int) {
	atomic.AddUint64((*uint64)(unsafe.Add(unsafe.Pointer(in), k.id)), uint64(d))
}

// openChannel gives channel operations of interpreted code a channel that ends
// them. It is never closed: closures keep the channel of the cell that made them,
// and a closed one would end all their later operations. A stop sends on it.
func (k *internals) openChannel(in *interp.Interpreter) chan struct{} {
	c := make(chan struct{})
	*(*chan struct{})(unsafe.Add(unsafe.Pointer(in), k.done)) = c
	*(*bool)(unsafe.Add(unsafe.Pointer(in), k.cancelChan)) = true
	return c
}

// channel returns what openChannel made.
func (k *internals) channel(in *interp.Interpreter) chan struct{} {
	return *(*chan struct{})(unsafe.Add(unsafe.Pointer(in), k.done))
}

// forget drops what the interpreter keeps of a cell for nobody: the syntax and the
// scopes of all that it ever compiled.
func (k *internals) forget(in *interp.Interpreter) {
	*(*[]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(in), k.roots)) = nil
	main := (*(*map[string]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(in), k.scopes)))["main"]
	if main != nil {
		*(*[]unsafe.Pointer)(unsafe.Add(main, k.inner)) = nil
	}
}

// step has the memory layout of yaegi's bltn: one step of interpreted code, given
// the frame, returns the next.
type step func(unsafe.Pointer) step

// instrument makes the nodes of prog that can panic say so when they do. The
// interpreter itself finds the place of a panic by the address of the code that
// ran, which is the same for all nodes of a kind: it names the first of them. The
// value of the panic becomes the one that Go panics with, so that whoever recovers
// it, a compiled package too, sees Go's.
func (k *internals) instrument(prog *interp.Program, sink *traceSink, clean func(any) any) {
	root := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(prog), k.root))
	seen := map[unsafe.Pointer]bool{}
	var walk func(n unsafe.Pointer, inLiteral, forwards bool)
	walk = func(n unsafe.Pointer, inLiteral, forwards bool) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		if inLiteral {
			// The steps of function literals exist already; they are made once more.
			*(*step)(unsafe.Add(n, k.exec)) = nil
		}
		gen := (*func(unsafe.Pointer))(unsafe.Add(n, k.gen))
		exec := (*step)(unsafe.Add(n, k.exec))
		if *gen != nil && *exec == nil && k.mayPanic(n) {
			pos := *(*token.Pos)(unsafe.Add(n, k.pos))
			old := *gen
			calls := k.isCall(n)
			anyCall := k.kinds[*(*uint)(unsafe.Add(n, k.kind))] == "callExpr" // compiled functions too
			*gen = func(n unsafe.Pointer) {
				old(n)
				exec := (*step)(unsafe.Add(n, k.exec))
				if inner := *exec; inner != nil {
					if forwards {
						inner = forwardStep(inner)
					}
					if calls {
						inner = k.keepNegativeZeros(n, inner)
					}
					*exec = func(f unsafe.Pointer) step {
						ok := false
						defer func() {
							if ok {
								return
							}
							sink.at(pos, k.indexing(n, f))
							if !origin() {
								return
							}
							if v := recover(); v != nil {
								panic(clean(v))
							}
						}()
						if anyCall && tracking.Load() {
							defer sink.call(sink.call(pos))
						}
						next := inner(f)
						if anyCall {
							returned()
						}
						ok = true
						return next
					}
				}
			}
		}
		forwards = forwards || k.forwards(n)
		inLiteral = inLiteral || k.literal[*(*uint)(unsafe.Add(n, k.kind))] == "funcLit"
		for _, c := range *(*[]unsafe.Pointer)(unsafe.Add(n, k.child)) {
			walk(c, inLiteral, forwards)
		}
	}
	walk(root, false, false)
}

// forwards reports whether the node declares a function that calls a method for its
// caller, by the mark that the compiler of cells gives it.
func (k *internals) forwards(n unsafe.Pointer) bool {
	if k.literal[*(*uint)(unsafe.Add(n, k.kind))] != "funcDecl" {
		return false
	}
	children := *(*[]unsafe.Pointer)(unsafe.Add(n, k.child))
	return len(children) > 1 && strings.Contains(*(*string)(unsafe.Add(children[1], k.ident)), "ˑvia")
}

// forwardStep makes a step of such a function known by a name on the stack: the
// builtin recover looks for it.
//
//go:noinline
func forwardStep(inner step) step {
	return func(f unsafe.Pointer) step {
		next := inner(f)
		return next
	}
}

// origin reports, in a deferred function, whether the panic on its way began in
// the function that deferred it, and not in an interpreted frame below: those
// panic anew when they are left.
func origin() bool {
	var pcs [16]uintptr
	n := runtime.Callers(2, pcs[:])
	raised := false
	for frames := runtime.CallersFrames(pcs[:n]); ; {
		f, more := frames.Next()
		if raised {
			return !strings.HasSuffix(f.Function, leftFrame)
		}
		raised = f.Function == "runtime.gopanic"
		if !more {
			return false
		}
	}
}

// leftFrame is the function by which the interpreter leaves a frame that panics.
const leftFrame = "yaegi/interp.runCfg.func1"

// mayPanic reports whether running the node can panic.
func (k *internals) mayPanic(n unsafe.Pointer) bool {
	if runtime.FuncForPC(**(**uintptr)(unsafe.Add(n, k.gen))).Name() == nopName {
		return false
	}
	kind := k.kinds[*(*uint)(unsafe.Add(n, k.kind))]
	switch kind {
	case "":
		return false
	case "binaryExpr":
		return k.actions[*(*uint)(unsafe.Add(n, k.action))] != ""
	case "assignStmt", "defineStmt", "assignXStmt", "defineXStmt", "incDecStmt":
		if k.actions[*(*uint)(unsafe.Add(n, k.action))] != "" {
			return true
		}
		for _, c := range *(*[]unsafe.Pointer)(unsafe.Add(n, k.child)) {
			switch k.kinds[*(*uint)(unsafe.Add(c, k.kind))] {
			case "indexExpr", "starExpr", "selectorExpr", "typeAssertExpr", "callExpr":
				return true
			}
		}
		return false
	}
	return true
}

// indexing describes the operands of an index or slice expression that has just
// failed, as Go does: "[7] with length 3"; "" if n is no such expression or its
// operands cannot be read any more.
func (k *internals) indexing(n, f unsafe.Pointer) string {
	children := *(*[]unsafe.Pointer)(unsafe.Add(n, k.child))
	switch k.kinds[*(*uint)(unsafe.Add(n, k.kind))] {
	case "indexExpr":
		if len(children) != 2 {
			return ""
		}
		c := container(k.operand(children[0], f))
		if at, ok := integer(k.operand(children[1], f)); ok && c.IsValid() {
			return indexText(c, at)
		}
	case "sliceExpr":
		if len(children) < 2 {
			return ""
		}
		c := container(k.operand(children[0], f))
		if !c.IsValid() {
			return ""
		}
		lo, hi := int64(0), int64(c.Len())
		bounds := children[1:]
		if k.actions[*(*uint)(unsafe.Add(n, k.action))] == "slice" {
			var ok bool
			if lo, ok = integer(k.operand(bounds[0], f)); !ok {
				return ""
			}
			bounds = bounds[1:]
		}
		top := int64(-1)
		for i, b := range bounds {
			v, ok := integer(k.operand(b, f))
			if !ok {
				return ""
			}
			if i == 0 {
				hi = v
			} else {
				top = v
			}
		}
		if len(bounds) == 2 {
			return sliceText3(c, lo, hi, top)
		}
		return sliceText(c, lo, hi)
	}
	return ""
}

// container returns the slice, array or string that v is or points to.
func container(v reflect.Value) reflect.Value {
	for v.IsValid() && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) {
		v = v.Elem()
	}
	if v.IsValid() && (v.Kind() == reflect.Slice || v.Kind() == reflect.Array || v.Kind() == reflect.String) {
		return v
	}
	return reflect.Value{}
}

func integer(v reflect.Value) (int64, bool) {
	switch {
	case !v.IsValid():
		return 0, false
	case v.CanInt():
		return v.Int(), true
	case v.CanUint():
		return int64(v.Uint()), true
	case v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer || v.Kind() == reflect.Struct:
		if c, ok := v.Interface().(constant.Value); ok {
			return constant.Int64Val(constant.ToInt(c))
		}
	}
	return 0, false
}

func indexText(c reflect.Value, at int64) string {
	switch {
	case at < 0:
		return fmt.Sprintf("[%d]", at)
	case at < int64(c.Len()):
		return ""
	}
	return fmt.Sprintf("[%d] with length %d", at, c.Len())
}

func sliceText(c reflect.Value, lo, hi int64) string {
	limit, what := int64(c.Len()), "length"
	if c.Kind() == reflect.Slice {
		limit, what = int64(c.Cap()), "capacity"
	}
	switch {
	case hi < 0:
		return fmt.Sprintf("[:%d]", hi)
	case hi > limit:
		return fmt.Sprintf("[:%d] with %s %d", hi, what, limit)
	case lo < 0:
		return fmt.Sprintf("[%d:]", lo)
	case lo > hi:
		return fmt.Sprintf("[%d:%d]", lo, hi)
	}
	return ""
}

// sliceText3 is sliceText for c[lo:hi:top].
func sliceText3(c reflect.Value, lo, hi, top int64) string {
	limit, what := int64(c.Len()), "length"
	if c.Kind() == reflect.Slice {
		limit, what = int64(c.Cap()), "capacity"
	}
	switch {
	case top < 0:
		return fmt.Sprintf("[::%d]", top)
	case top > limit:
		return fmt.Sprintf("[::%d] with %s %d", top, what, limit)
	case hi < 0:
		return fmt.Sprintf("[:%d:]", hi)
	case hi > top:
		return fmt.Sprintf("[:%d:%d]", hi, top)
	case lo < 0:
		return fmt.Sprintf("[%d::]", lo)
	case lo > hi:
		return fmt.Sprintf("[%d:%d:]", lo, hi)
	}
	return ""
}

// operand returns the value of a node in frame f, as the interpreter's genValue
// does; the zero Value if it is elsewhere.
func (k *internals) operand(n, f unsafe.Pointer) reflect.Value {
	if v := *(*reflect.Value)(unsafe.Add(n, k.rval)); v.IsValid() {
		return v
	}
	i := *(*int)(unsafe.Add(n, k.findex))
	level := *(*int)(unsafe.Add(n, k.level))
	if s := *(*unsafe.Pointer)(unsafe.Add(n, k.sym)); s != nil {
		i = *(*int)(unsafe.Add(s, k.index))
		if *(*bool)(unsafe.Add(s, k.global)) {
			level = -1
		}
	}
	if level < 0 {
		f = *(*unsafe.Pointer)(unsafe.Add(f, k.rootFrame))
	}
	for ; level > 0 && f != nil; level-- {
		f = *(*unsafe.Pointer)(unsafe.Add(f, k.anc))
	}
	if f == nil {
		return reflect.Value{}
	}
	data := *(*[]reflect.Value)(unsafe.Add(f, k.data))
	if i < 0 || i >= len(data) {
		return reflect.Value{}
	}
	return data[i]
}

// nopName is the generator of the nodes that do nothing.
const nopName = "github.com/traefik/yaegi/interp.nop"
