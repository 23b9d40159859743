package nn_test

import (
	"reflect"
	"strings"
	"sync"
	"testing"

	"descent/dl"
	"descent/dl/nn"
)

// cellModule is how a module of a type from a cell reaches compiled code: the box that the interpreter makes.
type cellModule struct {
	IValue   interface{}
	WForward func(x *dl.Tensor) *dl.Tensor
}

func (m cellModule) Forward(x *dl.Tensor) *dl.Tensor { return m.WForward(x) }

// interpreted makes a value of a struct type without a name, with an X before each lower-case field, as the interpreter does.
func interpreted(fields map[string]any, order ...string) any {
	var types []reflect.StructField
	for _, name := range order {
		types = append(types, reflect.StructField{Name: "X" + name, Type: reflect.TypeOf(fields[name])})
	}
	v := reflect.New(reflect.StructOf(types))
	for i, name := range order {
		v.Elem().Field(i).Set(reflect.ValueOf(fields[name]))
	}
	return v.Interface()
}

func names(m nn.Module) string {
	var out []string
	for _, p := range nn.NamedParams(m) {
		out = append(out, p.Name)
	}
	return strings.Join(out, " ")
}

type everything struct {
	_      sync.Mutex
	byHand *dl.Tensor // a parameter of one's own
	Plain  *dl.Tensor // no parameter
	Named  *nn.Linear `nn:"renamed"`
	left   *nn.Linear `nn:"-"`
	value  nn.Linear  // held by value
	any    interface{}
	iface  nn.Module
	list   []nn.Module
	array  [2]*nn.Linear
	byName map[string]*nn.Linear
	byInt  map[int]nn.Module
	twice  *nn.Linear // the same as array[0]
	None   *nn.Linear
	data   []float32
	inner  struct{ deep *nn.Linear }
	self   *everything
	*embedded
}

type embedded struct{ low *nn.Linear }

func (m *everything) Forward(x *dl.Tensor) *dl.Tensor { return x }

func newEverything() *everything {
	l := func() *nn.Linear { return nn.NewLinearWith(1, 1, nn.LinearOptions{NoBias: true}) }
	m := &everything{
		byHand: dl.NewParameter(dl.Zeros(2)), Plain: dl.Zeros(2), Named: l(), left: l(), value: *l(), any: l(), iface: l(),
		list: []nn.Module{nn.NewReLU(), l()}, array: [2]*nn.Linear{l(), l()},
		byName: map[string]*nn.Linear{"b": l(), "a": l()}, byInt: map[int]nn.Module{10: l(), 9: l()},
		data: make([]float32, 10), embedded: &embedded{l()},
	}
	m.twice = m.array[0]
	m.inner.deep = l()
	m.self = m
	return m
}

func TestParamsOfEveryKindOfField(t *testing.T) {
	m := newEverything()
	want := "byHand renamed.weight value.weight any.weight iface.weight list.1.weight array.0.weight array.1.weight " +
		"byName.a.weight byName.b.weight byInt.9.weight byInt.10.weight inner.deep.weight embedded.low.weight"
	if got := names(m); got != want {
		t.Errorf("parameters\n%s\nwant\n%s", got, want)
	}
	if a, b := nn.Params(m), nn.NamedParams(m); len(a) != len(b) || a[3] != b[3].Tensor {
		t.Error("Params and NamedParams differ")
	}
}

func TestParamsOfCells(t *testing.T) {
	block := interpreted(map[string]any{"fc": nn.NewLinear(2, 2)}, "fc")
	net := interpreted(map[string]any{"fc1": nn.NewLinear(4, 3), "fc2": nn.NewLinear(3, 2), "block": block,
		"drop": nn.NewDropout(0.5)}, "fc1", "fc2", "block", "drop")
	m := cellModule{net, func(x *dl.Tensor) *dl.Tensor { return x }}
	if got, want := names(m), "fc1.weight fc1.bias fc2.weight fc2.bias block.fc.weight block.fc.bias"; got != want {
		t.Errorf("parameters %s, want %s", got, want)
	}
	// A box inside a box: a field of interface type that holds a module from a cell.
	outer := interpreted(map[string]any{"body": nn.Module(m), "head": nn.NewLinear(2, 1)}, "body", "head")
	o := cellModule{outer, m.WForward}
	if got := names(o); !strings.HasPrefix(got, "body.fc1.weight") || !strings.HasSuffix(got, "head.weight head.bias") {
		t.Errorf("parameters %s", got)
	}
	if !nn.IsTraining(o) {
		t.Error("not training at first")
	}
	nn.Eval(o)
	if nn.IsTraining(o) {
		t.Error("Eval did not reach the dropout")
	}
	nn.Train(o)
	if !nn.IsTraining(o) {
		t.Error("Train did not reach the dropout")
	}
}

func TestTypeNames(t *testing.T) {
	net := interpreted(map[string]any{"fc1": nn.NewLinear(4, 3), "drop": nn.NewDropout(0.5)}, "fc1", "drop")
	m := cellModule{net, func(x *dl.Tensor) *dl.Tensor { return x }}
	if got := nn.TypeName(m); got != "Module" {
		t.Errorf("name %q without a source of names", got)
	}
	nn.SetTypeNames(func(typ reflect.Type) (string, []string, bool) {
		if typ == reflect.TypeOf(net).Elem() {
			return "SimpleNN", []string{"first", "Xdrop"}, true
		}
		return "", nil, false
	})
	defer nn.SetTypeNames(nil)
	if got := nn.TypeName(m); got != "SimpleNN" {
		t.Errorf("name %q", got)
	}
	if got := names(m); got != "first.weight first.bias" {
		t.Errorf("parameters %s", got)
	}
	if got := nn.Describe(m); got != "SimpleNN(\n  (first): Linear(4→3)\n  (Xdrop): Dropout(0.5)\n)" {
		t.Errorf("description\n%s", got)
	}
}

func TestWalk(t *testing.T) {
	s := nn.NewSequential(nn.NewLinear(2, 2), nn.NewSequential(nn.NewReLU(), nn.NewLinear(2, 1)))
	var got []string
	nn.Walk(s, func(path string, m nn.Module) { got = append(got, path+"="+nn.TypeName(m)) })
	want := "=Sequential 0=Linear 1=Sequential 1.0=ReLU 1.1=Linear"
	if g := strings.Join(got, " "); g != want {
		t.Errorf("walked %s, want %s", g, want)
	}
}

func TestModeOfOnesOwn(t *testing.T) {
	type noisy struct {
		nn.Mode
		nn.Func
	}
	n := &noisy{Func: func(x *dl.Tensor) *dl.Tensor { return x }}
	s := nn.NewSequential(n, nn.NewDropout(0.1))
	nn.Eval(s)
	if n.Training() {
		t.Error("Eval did not reach a mode of one's own")
	}
	s.At(1).(*nn.Dropout).SetTraining(true)
	if nn.IsTraining(s) {
		t.Error("IsTraining of a model that is partly evaluated")
	}
	nn.InEval(s, func() {
		if s.At(1).(*nn.Dropout).Training() {
			t.Error("InEval left a module training")
		}
	})
	if !s.At(1).(*nn.Dropout).Training() || n.Training() {
		t.Error("InEval did not put the modes back")
	}
	func() {
		defer func() { _ = recover() }()
		nn.InEval(s, func() { panic("stop") })
	}()
	if !s.At(1).(*nn.Dropout).Training() {
		t.Error("a panic in InEval left the mode changed")
	}
}

func TestNilModel(t *testing.T) {
	defer func() {
		if e, ok := recover().(*dl.Error); !ok || e.Op != "nn.Params" {
			t.Error("no error for a nil model")
		}
	}()
	nn.Params(nil)
}
