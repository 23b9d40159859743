package nn

import (
	"fmt"
	"strconv"
	"strings"

	"descent/dl"
)

// Sequential runs its modules one after the other. In parameter names they are called "0", "1", ….
//
// A linear layer or a convolution that is followed by a ReLU runs together with it in one step, with the same result.
//
// PyTorch: nn.Sequential.
type Sequential struct {
	layers []Module
	layer
}

// NewSequential makes a chain of modules.
//
// PyTorch: nn.Sequential(…).
func NewSequential(modules ...Module) *Sequential {
	s := &Sequential{}
	for _, m := range modules {
		s.Append(m)
	}
	return s
}

// Append adds a module at the end and returns s.
func (s *Sequential) Append(m Module) *Sequential {
	if m == nil {
		panic(&dl.Error{Op: "nn.Sequential", Got: fmt.Sprintf("a nil module at position %d", len(s.layers)), Want: "a module"})
	}
	s.layers = append(s.layers, m)
	if l, ok := m.(located); ok && l.at().path == "" {
		l.setPath(strconv.Itoa(len(s.layers) - 1))
	}
	return s
}

// Len is the number of modules.
func (s *Sequential) Len() int { return len(s.layers) }

// At returns module i; a negative i counts from the end.
func (s *Sequential) At(i int) Module {
	if i < 0 {
		i += len(s.layers)
	}
	if i < 0 || i >= len(s.layers) {
		panic(&dl.Error{Op: "nn.Sequential.At", Got: fmt.Sprintf("index %d", i), Want: fmt.Sprintf("an index below %d", len(s.layers))})
	}
	return s.layers[i]
}

// Modules returns the modules in order.
func (s *Sequential) Modules() []Module { return append([]Module(nil), s.layers...) }

// fusesReLU is a layer that can apply a ReLU to its output while it computes it.
type fusesReLU interface {
	located
	forwardReLU(x *dl.Tensor) *dl.Tensor
}

// Forward gives x to the first module, its output to the second, and so on.
func (s *Sequential) Forward(x *dl.Tensor) *dl.Tensor {
	in := x
	for i := 0; i < len(s.layers); i++ {
		if f, ok := s.layers[i].(fusesReLU); ok && i+1 < len(s.layers) && len(f.at().hooks) == 0 {
			if r, ok := s.layers[i+1].(*ReLU); ok && len(r.hooks) == 0 {
				x = f.forwardReLU(x)
				i++
				continue
			}
		}
		x = s.layers[i].Forward(x)
	}
	return s.out(in, x)
}

func (s *Sequential) children() []child {
	out := make([]child, len(s.layers))
	for i, m := range s.layers {
		out[i] = child{strconv.Itoa(i), m}
	}
	return out
}

// String lists the modules, each on a line of its own.
func (s *Sequential) String() string {
	var b strings.Builder
	b.WriteString("Sequential(")
	for i, m := range s.layers {
		text := strings.ReplaceAll(Describe(m), "\n", "\n  ")
		fmt.Fprintf(&b, "\n  (%d): %s", i, text)
	}
	if len(s.layers) > 0 {
		b.WriteByte('\n')
	}
	b.WriteByte(')')
	return b.String()
}
