package nn

import (
	"fmt"
	"slices"
	"strings"

	"descent/dl"
)

// StateDict is the state of a model: its parameters and buffers by name, in the order of the model.
//
// PyTorch: nn.Module.state_dict().
type StateDict struct {
	names   []string
	tensors map[string]*dl.Tensor
}

// NewStateDict makes an empty state, to be filled with Set.
func NewStateDict() *StateDict { return &StateDict{tensors: map[string]*dl.Tensor{}} }

// State returns the parameters and buffers of m. They share memory with the model; Clone makes a copy that stays as it is
// while the model trains on.
//
//	best := nn.State(model).Clone()
//	…
//	nn.LoadState(model, best, nn.LoadOptions{})
//
// PyTorch: nn.Module.state_dict().
func State(m Module) *StateDict {
	s := NewStateDict()
	w := walker{tensor: func(path string, t *dl.Tensor, _ bool) { s.Set(path, t) }}
	w.root(m)
	return s
}

// Names returns the names in order.
func (s *StateDict) Names() []string { return slices.Clone(s.names) }

// Len is the number of tensors.
func (s *StateDict) Len() int { return len(s.names) }

// Get returns the tensor of a name, nil when there is none.
func (s *StateDict) Get(name string) *dl.Tensor { return s.tensors[name] }

// Set puts a tensor under a name, at the end when the name is new.
func (s *StateDict) Set(name string, t *dl.Tensor) {
	if _, ok := s.tensors[name]; !ok {
		s.names = append(s.names, name)
	}
	s.tensors[name] = t
}

// Clone copies the state with all its numbers.
func (s *StateDict) Clone() *StateDict {
	c := NewStateDict()
	for _, n := range s.names {
		c.Set(n, s.tensors[n].Detach().Clone())
	}
	return c
}

// String lists names, types and shapes.
func (s *StateDict) String() string {
	var b strings.Builder
	width := 0
	for _, n := range s.names {
		width = max(width, len(n))
	}
	for _, n := range s.names {
		t := s.tensors[n]
		fmt.Fprintf(&b, "%-*s  %s %s\n", width, n, t.DType(), shapeText(t.Shape()))
	}
	return b.String()
}

// LoadOptions configures [LoadState]. The zero value demands that model and state agree on every name.
type LoadOptions struct {
	Partial bool // takes what fits and leaves the rest of the model as it is
}

// LoadReport says what [LoadState] did with each name.
type LoadReport struct {
	Loaded     []string
	Missing    []string   // in the model, not in the state
	Unexpected []string   // in the state, not in the model
	Mismatched []Mismatch // in both, with different shapes
}

// Mismatch is a tensor that has one shape in a model and another in a state.
type Mismatch struct {
	Name         string
	Model, State []int
}

// OK reports whether model and state agreed on everything.
func (r *LoadReport) OK() bool {
	return len(r.Missing) == 0 && len(r.Unexpected) == 0 && len(r.Mismatched) == 0
}

// String lists the differences, one on a line.
func (r *LoadReport) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d loaded", len(r.Loaded))
	for _, m := range r.Mismatched {
		fmt.Fprintf(&b, "\n  %s: %s in the model, %s in the state", m.Name, shapeText(m.Model), shapeText(m.State))
	}
	for _, n := range r.Missing {
		fmt.Fprintf(&b, "\n  %s: only in the model", n)
	}
	for _, n := range r.Unexpected {
		fmt.Fprintf(&b, "\n  %s: only in the state", n)
	}
	return b.String()
}

// LoadState copies a state into m. When names or shapes differ it changes nothing and returns an error that lists the
// differences; with Partial it loads what fits and the report lists the rest. The counters num_batches_tracked, which
// PyTorch's batch norms have and those here do not, are passed over.
//
// PyTorch: nn.Module.load_state_dict().
func LoadState(m Module, s *StateDict, o LoadOptions) (*LoadReport, error) {
	own := State(m)
	r := &LoadReport{}
	for _, n := range own.names {
		mine, theirs := own.tensors[n], s.tensors[n]
		switch {
		case theirs == nil:
			r.Missing = append(r.Missing, n)
		case !slices.Equal(mine.Shape(), theirs.Shape()):
			r.Mismatched = append(r.Mismatched, Mismatch{n, mine.Shape(), theirs.Shape()})
		default:
			r.Loaded = append(r.Loaded, n)
		}
	}
	for _, n := range s.names {
		if own.tensors[n] == nil && !counter(n) {
			r.Unexpected = append(r.Unexpected, n)
		}
	}
	if !r.OK() && !o.Partial {
		loadable := len(r.Loaded)
		r.Loaded = nil
		return r, fmt.Errorf("nn: the state does not fit the model (%d of %d tensors do): %s", loadable, own.Len(), r)
	}
	dl.NoGrad(func() {
		for _, n := range r.Loaded {
			mine, theirs := own.tensors[n], s.tensors[n].Detach()
			if mine.SharesMemory(theirs) {
				continue
			}
			mine.CopyFrom(theirs.To(mine.DType()))
		}
	})
	return r, nil
}

// counter reports whether a name is that of a counter of PyTorch's batch norms. It counts only for one without momentum.
func counter(name string) bool {
	return name == "num_batches_tracked" || strings.HasSuffix(name, ".num_batches_tracked")
}

// Freeze stops the training of the parameters of m whose names begin with prefix ("" for all), and returns how many there
// are. They stay parameters: [Unfreeze] lets them train again.
//
// PyTorch: parameter.requires_grad_(False).
func Freeze(m Module, prefix string) int { return setTrainable(m, prefix, false) }

// Unfreeze lets parameters train again; see [Freeze].
func Unfreeze(m Module, prefix string) int { return setTrainable(m, prefix, true) }

func setTrainable(m Module, prefix string, on bool) int {
	n := 0
	for _, p := range NamedParams(m) {
		if prefix == "" || p.Name == prefix || strings.HasPrefix(p.Name, strings.TrimSuffix(prefix, ".")+".") {
			p.Tensor.SetRequiresGrad(on)
			n++
		}
	}
	return n
}
