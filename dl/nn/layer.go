package nn

import (
	"reflect"
	"strings"
	"sync"

	"descent/dl"
	"descent/dl/internal/origin"
)

// layer is what every layer of this package carries: where it is in its model, and who wants to see what passes through.
type layer struct {
	path  string
	hooks []*hook
}

// hook is one observer of a layer.
type hook struct {
	f func(in, out *dl.Tensor) *dl.Tensor
}

// located is a module that knows its place; all layers of this package do.
type located interface {
	setPath(path string)
	at() *layer
	String() string
}

func (l *layer) at() *layer { return l }

// setPath keeps the longest path: walking a part of a model must not shorten the names of what is in it.
func (l *layer) setPath(path string) {
	if path == l.path || path == "" || strings.HasSuffix(l.path, "."+path) {
		return
	}
	l.path = path
}

// where describes the layer for an error: "fc2: Linear(128→10)", or without the path when it is not known.
func where(m located) string {
	if p := m.at().path; p != "" {
		return p + ": " + m.String()
	}
	return m.String()
}

// name adds the place of the layer to an error that passes through its Forward. It is called by defer, with the moment
// when Forward began. While anomalies are looked for it tells the operations of the layer whose they are.
func name(m located, since uint64) {
	r := recover()
	if r == nil {
		if origin.Watching() {
			if y, ok := outputs.LoadAndDelete(m.at()); ok {
				origin.Mark(y, since, where(m))
			}
		}
		return
	}
	if v := reflect.ValueOf(m); v.Kind() == reflect.Pointer && v.IsNil() {
		kind := v.Type().Elem().Name()
		panic(&dl.Error{Op: "nn." + kind, Got: "a layer that was never made: it is nil", Want: "a layer",
			Hint: "set the field where the model is made: nn.New" + kind + "(…)"})
	}
	if e, ok := r.(*dl.Error); ok && e.Layer == "" {
		e.Layer = where(m)
	}
	panic(r)
}

// outputs holds, from out to name, what layers are about to return while anomalies are looked for.
var outputs sync.Map // *layer → *dl.Tensor

// out passes the output of a layer by its hooks.
func (l *layer) out(x, y *dl.Tensor) *dl.Tensor {
	if origin.Watching() {
		outputs.Store(l, y)
	}
	for _, h := range l.hooks {
		if r := h.f(x, y); r != nil {
			y = r
		}
	}
	return y
}

// Hook is called with the input and the output of a layer each time it runs. What it returns, when not nil, takes the
// place of the output.
type Hook func(in, out *dl.Tensor) *dl.Tensor

// AddHook lets f see what goes through m, a layer of this package, until the returned function is called. Modules of one's
// own have no place to hang a hook on; wrap them in a [Sequential] and hook that.
//
// PyTorch: nn.Module.register_forward_hook.
func AddHook(m Module, f Hook) (remove func()) {
	l, ok := m.(located)
	if !ok {
		panic(&dl.Error{Op: "nn.AddHook", Got: "a module of type " + TypeName(m), Want: "a layer of package nn",
			Hint: "hold the module in a container, nn.NewSequential(block), and hook the container"})
	}
	h := &hook{f: f}
	at := l.at()
	at.hooks = append(at.hooks, h)
	return func() {
		for i, have := range at.hooks {
			if have == h {
				at.hooks = append(at.hooks[:i:i], at.hooks[i+1:]...)
				return
			}
		}
	}
}
