package eval

import (
	"fmt"
	"go/types"
	"reflect"
	"runtime"
	"unsafe"

	"github.com/traefik/yaegi/interp"

	"descent/kernel/cell"
	"descent/kernel/closure"
	"descent/kernel/rt"
)

// Tier returns what a compiler of cells needs to compile functions and loops for this
// interpreter, nil if it cannot run them.
func (i *Interp) Tier() *cell.Tier {
	if i.opts.NoTier || i.opts.Place == nil {
		return nil
	}
	return &cell.Tier{
		Env: closure.Env{
			Stop: i.flag, Stopped: rt.Stop, Grow: i.grown, Returned: returned,
			Symbol: i.safeSymbol, Named: i.named, Twin: safeTwin,
			Trace: i.traced,
			Made:  &rt.Made, Bound: rt.Method,
		},
		True: rt.TypeOf, Code: rt.CodeOf, Match: rt.Match, Failed: rt.AssertionError, Lent: rt.Lent,
	}
}

// compiledCall is how lowered code calls a compiled unit, with its number and the
// addresses of variables. It is never run: bindUnits puts the call itself in its place.
func compiledCall(id int, _ ...any) {
	panic(fmt.Sprintf("eval: the compiled unit %d is not bound", id))
}

// tierInternals are the further places in a node of yaegi that bindUnits touches.
type tierInternals struct {
	tnext uintptr
	call  unsafe.Pointer // the code of compiledCall
}

func lookupTierInternals() (tierInternals, error) {
	f, _ := reflect.TypeFor[interp.Program]().FieldByName("root")
	node := f.Type.Elem()
	n, ok := node.FieldByName("tnext")
	if !ok || n.Type.String() != "*interp.node" {
		return tierInternals{}, fmt.Errorf("yaegi is not the version this kernel was made for: node.tnext is %v", n.Type)
	}
	return tierInternals{tnext: n.Offset, call: reflect.ValueOf(compiledCall).UnsafePointer()}, nil
}

// bindUnits gives the calls of compiled units in prog steps of their own, which take
// the addresses from the frame.
func (i *Interp) bindUnits(prog *interp.Program, units []cell.Unit) error {
	if len(units) == 0 {
		return nil
	}
	k := &i.key
	root := *(*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(prog), k.root))
	seen := map[unsafe.Pointer]bool{}
	var err error
	var walk func(n unsafe.Pointer)
	walk = func(n unsafe.Pointer) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		children := *(*[]unsafe.Pointer)(unsafe.Add(n, k.child))
		if id, ok := i.unitCall(n, children); ok {
			if id < 1 || id > len(units) || len(children)-2 != len(units[id-1].Types) {
				err = fmt.Errorf("eval: a call of the compiled unit %d does not fit it", id)
				return
			}
			i.bindUnit(n, children[2:], units[id-1])
		}
		for _, c := range children {
			walk(c)
		}
	}
	walk(root)
	return err
}

// unitCall reports whether a node calls a compiled unit, and which.
func (i *Interp) unitCall(n unsafe.Pointer, children []unsafe.Pointer) (id int, ok bool) {
	k := &i.key
	if len(children) < 2 || k.kinds[*(*uint)(unsafe.Add(n, k.kind))] != "callExpr" {
		return 0, false
	}
	callee := *(*reflect.Value)(unsafe.Add(children[0], k.rval))
	if !callee.IsValid() || callee.Kind() != reflect.Func || callee.UnsafePointer() != i.tier.call {
		return 0, false
	}
	number, ok := integer(*(*reflect.Value)(unsafe.Add(children[1], k.rval)))
	if !ok {
		return -1, true
	}
	return int(number), true
}

// bindUnit makes a node the call of a unit.
func (i *Interp) bindUnit(n unsafe.Pointer, args []unsafe.Pointer, unit cell.Unit) {
	k := &i.key
	sizes := make([]variableSize, len(unit.Types))
	for j, t := range unit.Types {
		sizes[j] = variableSize{goSizes.Sizeof(t), kindOf(t)}
	}
	gen := (*func(unsafe.Pointer))(unsafe.Add(n, k.gen))
	old := *gen
	*gen = func(n unsafe.Pointer) {
		old(n)
		next := *(*unsafe.Pointer)(unsafe.Add(n, i.tier.tnext))
		*(*step)(unsafe.Add(n, k.exec)) = func(f unsafe.Pointer) step {
			var few [6]unsafe.Pointer
			addresses := few[:0]
			for j, a := range args {
				p := k.operand(a, f)
				if !sizes[j].fits(p) {
					panic(fmt.Sprintf("eval: the variable %d of the compiled unit %d (%s) is a %s", j, unit.ID, unit.Name, p.Type()))
				}
				addresses = append(addresses, p.UnsafePointer())
			}
			if v := outcome(unit, addresses); v != nil {
				panic(v) // from here, not from the depth that it came from
			}
			if next == nil {
				return nil
			}
			return *(*step)(unsafe.Add(next, k.exec))
		}
	}
}

// outcome calls a unit and returns the value with which it panicked, nil if it did not.
func outcome(unit cell.Unit, addresses []unsafe.Pointer) (v any) {
	ended := false
	defer func() {
		if !ended {
			v = recover() // nil: runtime.Goexit goes on
		}
	}()
	unit.Call(addresses...)
	ended = true
	return nil
}

// variableSize is what is checked of a variable whose address the interpreter hands
// over, lest a mistake overwrite memory.
type variableSize struct {
	size int64
	kind reflect.Kind
}

func (s variableSize) fits(p reflect.Value) bool {
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return false
	}
	t := p.Type().Elem()
	return t.Kind() == s.kind && int64(t.Size()) == s.size
}

var goSizes = types.SizesFor("gc", runtime.GOARCH)

// kindOf returns the kind that reflection reports for a type.
func kindOf(t types.Type) reflect.Kind {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return basicKinds[u.Kind()]
	case *types.Pointer:
		return reflect.Pointer
	case *types.Slice:
		return reflect.Slice
	case *types.Array:
		return reflect.Array
	case *types.Map:
		return reflect.Map
	case *types.Chan:
		return reflect.Chan
	case *types.Struct:
		return reflect.Struct
	case *types.Interface:
		return reflect.Interface
	case *types.Signature:
		return reflect.Func
	}
	return reflect.Invalid
}

var basicKinds = map[types.BasicKind]reflect.Kind{
	types.Bool: reflect.Bool, types.String: reflect.String, types.UnsafePointer: reflect.UnsafePointer,
	types.Int: reflect.Int, types.Int8: reflect.Int8, types.Int16: reflect.Int16, types.Int32: reflect.Int32, types.Int64: reflect.Int64,
	types.Uint: reflect.Uint, types.Uint8: reflect.Uint8, types.Uint16: reflect.Uint16, types.Uint32: reflect.Uint32, types.Uint64: reflect.Uint64, types.Uintptr: reflect.Uintptr,
	types.Float32: reflect.Float32, types.Float64: reflect.Float64, types.Complex64: reflect.Complex64, types.Complex128: reflect.Complex128,
}

// place tells compiled code where the variables of a program are.
func (i *Interp) place(p *cell.Program) error {
	if len(p.Addresses) == 0 {
		return nil
	}
	globals := i.in.Globals()
	for name, at := range p.Addresses {
		v, ok := globals[name]
		if !ok || !v.CanAddr() {
			return fmt.Errorf("eval: the variable %s has no address", name)
		}
		*at = v.Addr().UnsafePointer()
	}
	return nil
}

// grown ends a recursion of compiled code that does not end by itself.
func (i *Interp) grown() {
	if !i.grownBy(compiledLimit) {
		return
	}
	if r := i.cur.Load(); r != nil {
		i.overflow(r)
	}
	rt.Stop()
}

// traced takes the call chain of a panic that leaves compiled code. The frame of a
// loop is that of the interpreted function around it.
func (i *Interp) traced(frames []closure.Frame) {
	i.sink.compiled(frames)
}
