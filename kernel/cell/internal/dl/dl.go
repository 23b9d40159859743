// Package dl is a small compiled package for tests: every shape of API that cells
// meet, generic functions and types included.
package dl

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"
)

type Tensor struct {
	Data  []float64
	shape []int
}

func New(shape ...int) *Tensor {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return &Tensor{Data: make([]float64, n), shape: shape}
}
func FromSlice(x []float64) *Tensor { return &Tensor{Data: x, shape: []int{len(x)}} }
func (t *Tensor) Shape() []int      { return t.shape }
func (t *Tensor) String() string    { return fmt.Sprintf("Tensor%v%v", t.shape, t.Data) }
func (t *Tensor) Add(o *Tensor) *Tensor {
	r := New(t.shape...)
	for i := range t.Data {
		r.Data[i] = t.Data[i] + o.Data[i]
	}
	return r
}
func (t *Tensor) ReLU() *Tensor {
	r := New(t.shape...)
	for i, v := range t.Data {
		if v > 0 {
			r.Data[i] = v
		}
	}
	return r
}
func (t *Tensor) Reshape(shape ...int) *Tensor { return &Tensor{Data: t.Data, shape: shape} }
func (t *Tensor) Item() float64                { return t.Data[0] }

type Module interface {
	Forward(x *Tensor) *Tensor
}

// Layer with 2 methods
type Layer interface {
	Forward(x *Tensor) *Tensor
	Params() []*Tensor
}

type Linear struct {
	W, B    *Tensor
	In, Out int
}

func NewLinear(in, out int) *Linear {
	l := &Linear{W: New(in, out), B: New(out), In: in, Out: out}
	for i := range l.W.Data {
		l.W.Data[i] = 0.5
	}
	return l
}
func (l *Linear) Forward(x *Tensor) *Tensor {
	r := New(l.Out)
	for j := 0; j < l.Out; j++ {
		s := l.B.Data[j]
		for i := 0; i < l.In; i++ {
			s += x.Data[i] * l.W.Data[i*l.Out+j]
		}
		r.Data[j] = s
	}
	return r
}
func (l *Linear) Params() []*Tensor { return []*Tensor{l.W, l.B} }

// Base is an embedded helper
type Base struct {
	Training bool
}

func (b *Base) Train(m bool)     { b.Training = m }
func (b *Base) IsTraining() bool { return b.Training }

type Sequential struct{ mods []Module }

func NewSequential(m ...Module) *Sequential { return &Sequential{m} }
func (s *Sequential) Forward(x *Tensor) *Tensor {
	for _, m := range s.mods {
		x = m.Forward(x)
	}
	return x
}
func (s *Sequential) Params() []*Tensor {
	var r []*Tensor
	for _, m := range s.mods {
		r = append(r, Params(m)...)
	}
	return r
}

// ModuleFunc adapter
type ModuleFunc func(x *Tensor) *Tensor

func (f ModuleFunc) Forward(x *Tensor) *Tensor { return f(x) }

var tT = reflect.TypeOf((*Tensor)(nil))
var layT = reflect.TypeOf((*interface{ Params() []*Tensor })(nil)).Elem()

// Describe shows what reflect sees
func Describe(v any) string {
	rv := reflect.ValueOf(v)
	s := fmt.Sprintf("T=%v kind=%v", rv.Type(), rv.Kind())
	for rv.Kind() == reflect.Pointer || rv.Kind() == reflect.Interface {
		rv = rv.Elem()
	}
	s += fmt.Sprintf(" elem=%v numMethod=%d", rv.Type(), reflect.TypeOf(v).NumMethod())
	if rv.Kind() == reflect.Struct {
		for i := 0; i < rv.NumField(); i++ {
			f := rv.Type().Field(i)
			s += fmt.Sprintf("\n   field %s type=%v anon=%v exported=%v pkg=%q tag=%q canIface=%v", f.Name, f.Type, f.Anonymous, f.IsExported(), f.PkgPath, f.Tag, rv.Field(i).CanInterface())
		}
	}
	return s
}

// Params collects parameters by reflection.
func Params(m any) []*Tensor {
	var out []*Tensor
	seen := map[uintptr]bool{}
	var walk func(v reflect.Value, depth int)
	walk = func(v reflect.Value, depth int) {
		if depth > 10 || !v.IsValid() {
			return
		}
		if v.Type() == tT && !v.IsNil() {
			if !seen[v.Pointer()] {
				seen[v.Pointer()] = true
				if v.CanInterface() {
					out = append(out, v.Interface().(*Tensor))
				} else {
					out = append(out, reflect.NewAt(tT.Elem(), v.UnsafePointer()).Interface().(*Tensor))
				}
			}
			return
		}
		if v.CanInterface() && v.Type().Implements(layT) && !(v.Kind() == reflect.Pointer && v.IsNil()) {
			for _, p := range v.Interface().(interface{ Params() []*Tensor }).Params() {
				walk(reflect.ValueOf(p), depth+1)
			}
			return
		}
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem(), depth+1)
			}
		case reflect.Struct:
			for i := 0; i < v.NumField(); i++ {
				walk(v.Field(i), depth+1)
			}
		case reflect.Slice, reflect.Array:
			for i := 0; i < v.Len(); i++ {
				walk(v.Index(i), depth+1)
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(v.MapIndex(k), depth+1)
			}
		}
	}
	walk(reflect.ValueOf(m), 0)
	return out
}

type Option func(*Cfg)
type Cfg struct {
	LR      float64
	Epochs  int
	OnEpoch func(e int, loss float64)
}

func WithLR(x float64) Option                    { return func(c *Cfg) { c.LR = x } }
func WithEpochs(x int) Option                    { return func(c *Cfg) { c.Epochs = x } }
func OnEpoch(f func(e int, loss float64)) Option { return func(c *Cfg) { c.OnEpoch = f } }

type Trainer struct{ cfg Cfg }

func NewTrainer(opts ...Option) *Trainer {
	t := &Trainer{Cfg{LR: .1, Epochs: 1}}
	for _, o := range opts {
		o(&t.cfg)
	}
	return t
}

type History struct {
	Loss []float64
}

func (t *Trainer) Fit(m Module, xs []*Tensor) (*History, error) {
	if m == nil {
		return nil, errors.New("nil module")
	}
	h := &History{}
	for e := 0; e < t.cfg.Epochs; e++ {
		s := 0.
		for _, x := range xs {
			s += m.Forward(x).Data[0]
		}
		h.Loss = append(h.Loss, s)
		if t.cfg.OnEpoch != nil {
			t.cfg.OnEpoch(e, s)
		}
	}
	return h, nil
}

// FitAny accepts anything
func (t *Trainer) FitAny(m any, xs []*Tensor) (*History, error) {
	mm, ok := m.(Module)
	if !ok {
		return nil, fmt.Errorf("FitAny: %T does not implement Module; %s", m, Describe(m))
	}
	return t.Fit(mm, xs)
}

// Fit generics
func Map[T, U any](xs []T, f func(T) U) []U {
	r := make([]U, len(xs))
	for i, x := range xs {
		r[i] = f(x)
	}
	return r
}

type Pair[A, B any] struct {
	First  A
	Second B
}

// Parallel calls f from n goroutines
func Parallel(n int, f func(i int) int) []int {
	r := make([]int, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() { defer wg.Done(); r[i] = f(i) }()
	}
	wg.Wait()
	return r
}

func Spawn(f func()) { go f() }

func Noop(x int) int                    { return x }
func NoRet(x any)                       {}
func Var(a ...any) int                  { return len(a) }
func VarI(a ...int) int                 { return len(a) }
func Five(a, b, c, d, e int) int        { return a + b + c + d + e }
func SleepMs(n int)                     { time.Sleep(time.Duration(n) * time.Millisecond) }
func CallF(f func(int) int, x int) int  { return f(x) }
func CallM(m Module, x *Tensor) *Tensor { return m.Forward(x) }

type Err struct{ Code int }

func (e *Err) Error() string { return fmt.Sprint("dl err ", e.Code) }
func Fail(c int) error       { return &Err{c} }
func Panic(s string)         { panic(s) }

// Seq is an iterator
func Count(n int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < n; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

const Version = "1.0"

var Debug = false
var ErrX = errors.New("ErrX")

type DType int

const (
	F32 DType = iota
	F64
)

func (d DType) String() string { return [...]string{"f32", "f64"}[d] }
