package optim

import (
	"fmt"

	"descent/dl"
	"descent/dl/internal/par"
)

// Optimizer changes parameters by their gradients.
//
// PyTorch: torch.optim.Optimizer.
type Optimizer interface {
	// Step makes one step from the gradients that the parameters have now.
	Step()
	// ZeroGrad forgets the gradients, before the next backward pass.
	ZeroGrad()
	// LR is the learning rate (of the first group).
	LR() float64
	// SetLR sets the learning rate of every group, keeping the ratios between groups.
	SetLR(lr float64)
	// Params lists the parameters of all groups.
	Params() []*dl.Tensor
	// State returns what the optimizer has gathered, for a checkpoint; the tensors share its memory.
	State() *State
	// LoadState continues from a state that an optimizer of the same kind over the same parameters returned.
	LoadState(s *State) error
}

// Group is a set of parameters with settings of their own.
//
// PyTorch: an entry of Optimizer.param_groups.
type Group struct {
	Params      []*dl.Tensor
	LR          float64
	WeightDecay float64
}

// State is what an optimizer remembers between steps.
type State struct {
	Kind  string // "Adam", …
	Steps int
	LRs   []float64 // of the groups
	// Slots holds one tensor for each parameter under each name, such as "m" and "v" of Adam; entries are nil before the
	// parameter's first step.
	Slots map[string][]*dl.Tensor
	// Counts has the number of steps that each parameter took part in.
	Counts []int
}

// Base is what the optimizers of this package share: the parameters in their groups, and what is remembered of each. The
// methods here are those of every optimizer.
type Base struct {
	kind   string
	slots  []string // names of the tensors remembered for each parameter
	groups []*Group
	mem    []*memory // one for each parameter, in the order of Params
	steps  int
	work   []task
	byHand float64 // the first group's rate before a schedule changed it
	led    bool    // by a schedule
}

// memory is what an optimizer remembers of one parameter.
type memory struct {
	p     *dl.Tensor
	group *Group
	steps int
	slots []*dl.Tensor
	data  [3][]float32 // the memory of the slots of a float32 parameter
}

// stretch is a part of one parameter with what belongs to it.
type stretch[T float32 | float64] struct {
	p, g  []T
	slots [3][]T
}

// task is one stretch in a step, in float32 or float64.
type task struct {
	m   *memory
	f32 stretch[float32]
	f64 stretch[float64]
}

func newBase(kind string, params []*dl.Tensor, lr, decay float64, slots ...string) Base {
	if len(params) == 0 {
		panic(&dl.Error{Op: "optim.New" + kind, Got: "no parameters", Want: "the parameters of a model",
			Hint: "pass nn.Params(model); a model without layers in its fields has none"})
	}
	if !(lr >= 0) {
		panic(&dl.Error{Op: "optim.New" + kind, Got: fmt.Sprintf("learning rate %g", lr), Want: "a number of at least 0"})
	}
	if !(decay >= 0) {
		panic(&dl.Error{Op: "optim.New" + kind, Got: fmt.Sprintf("weight decay %g", decay), Want: "a number of at least 0"})
	}
	b := Base{kind: kind, slots: slots}
	b.add(&Group{Params: params, LR: lr, WeightDecay: decay})
	return b
}

func (b *Base) add(g *Group) {
	have := map[*dl.Tensor]bool{}
	for _, m := range b.mem {
		have[m.p] = true
	}
	for i, p := range g.Params {
		if p == nil || p.DType() != dl.Float32 && p.DType() != dl.Float64 {
			panic(&dl.Error{Op: "optim.New" + b.kind, Got: fmt.Sprintf("parameter %d, which is not a tensor of float32 or float64", i), Want: "parameters"})
		}
		if !p.IsLeaf() {
			panic(&dl.Error{Op: "optim.New" + b.kind, Shapes: [][]int{p.Shape()},
				Got: fmt.Sprintf("parameter %d, which is the result of %s", i, p.GradFn()), Want: "leaves",
				Hint: "optimize the tensor that it was computed from"})
		}
		if have[p] {
			panic(&dl.Error{Op: "optim.New" + b.kind, Got: fmt.Sprintf("parameter %d twice", i), Want: "each parameter once"})
		}
		have[p] = true
		b.mem = append(b.mem, &memory{p: p, group: g, slots: make([]*dl.Tensor, len(b.slots))})
	}
	b.groups = append(b.groups, g)
}

// AddGroup adds parameters with a learning rate and weight decay of their own, as a head that learns faster than the rest.
//
// PyTorch: Optimizer.add_param_group.
func (b *Base) AddGroup(g Group) { b.add(&g) }

// Groups returns the groups; their settings may be changed between steps.
func (b *Base) Groups() []*Group { return append([]*Group(nil), b.groups...) }

// LR is the learning rate of the first group.
func (b *Base) LR() float64 { return b.groups[0].LR }

// SetLR sets the learning rate of the first group and moves those of the others in proportion.
func (b *Base) SetLR(lr float64) {
	b.led = false
	b.setLR(lr)
}

// follow is SetLR for schedules: it keeps the rate that was set by hand, for the next schedule to start from.
func (b *Base) follow(lr float64) {
	if !b.led {
		b.byHand, b.led = b.LR(), true
	}
	b.setLR(lr)
}

func (b *Base) firstRate() float64 {
	if b.led {
		return b.byHand
	}
	return b.LR()
}

func (b *Base) setLR(lr float64) {
	first := b.groups[0].LR
	for _, g := range b.groups {
		if first == 0 {
			g.LR = lr
			continue
		}
		g.LR *= lr / first
	}
	b.groups[0].LR = lr
}

// Params lists the parameters of all groups.
func (b *Base) Params() []*dl.Tensor {
	out := make([]*dl.Tensor, len(b.mem))
	for i, m := range b.mem {
		out[i] = m.p
	}
	return out
}

// ZeroGrad forgets the gradients of all parameters.
//
// PyTorch: Optimizer.zero_grad.
func (b *Base) ZeroGrad() {
	for _, m := range b.mem {
		m.p.ZeroGrad()
	}
}

// chunk is how many numbers one task of a step handles: small enough to share a layer out, large enough to be worth it.
const chunk = 1 << 15

// run makes one step: f gets every stretch of every parameter that has a gradient. Slots that are named in the base are
// made, zero, at a parameter's first step.
func (b *Base) run(f func(t *task)) {
	b.steps++
	b.work = b.work[:0]
	for _, m := range b.mem {
		g := m.p.Grad()
		if g == nil || !m.p.RequiresGrad() {
			continue
		}
		m.steps++
		b.split(m, g)
	}
	work := b.work
	par.Whole(len(work), 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			f(&work[i])
		}
	})
	clear(work)
}

// split makes the tasks of one parameter.
func (b *Base) split(m *memory, g *dl.Tensor) {
	p := m.p
	if !p.IsContiguous() {
		panic(&dl.Error{Op: "step of " + b.kind, Shapes: [][]int{p.Shape()}, Got: "a parameter that is a view with gaps",
			Want: "parameters with memory of their own", Hint: "dl.NewParameter(t.Contiguous())"})
	}
	for i, s := range m.slots {
		if s == nil {
			m.slots[i] = dl.Zeros(p.Shape()...).To(p.DType())
			m.data[i] = nil
		}
		if m.data[i] == nil && p.DType() == dl.Float32 {
			m.data[i] = m.slots[i].Float32s()
		}
	}
	if g.DType() != p.DType() || !g.IsContiguous() {
		g = g.Detach().To(p.DType()).Contiguous()
	}
	p.BumpVersion()
	n := p.Numel()
	if p.DType() == dl.Float64 {
		t := task{m: m, f64: stretch[float64]{p: p.Float64s(), g: g.Float64s()}}
		for i, s := range m.slots {
			t.f64.slots[i] = s.Float64s()
		}
		b.work = append(b.work, t)
		return
	}
	pv, gv := p.Float32s(), g.Float32s()
	for lo := 0; lo < n; lo += chunk {
		hi := min(lo+chunk, n)
		t := task{m: m, f32: stretch[float32]{p: pv[lo:hi], g: gv[lo:hi]}}
		for i := range m.slots {
			t.f32.slots[i] = m.data[i][lo:hi]
		}
		b.work = append(b.work, t)
	}
}

// State returns what the optimizer has gathered.
//
// PyTorch: Optimizer.state_dict.
func (b *Base) State() *State {
	s := &State{Kind: b.kind, Steps: b.steps, Slots: map[string][]*dl.Tensor{}}
	for _, g := range b.groups {
		s.LRs = append(s.LRs, g.LR)
	}
	for i, name := range b.slots {
		ts := make([]*dl.Tensor, len(b.mem))
		for j, m := range b.mem {
			ts[j] = m.slots[i]
		}
		s.Slots[name] = ts
	}
	for _, m := range b.mem {
		s.Counts = append(s.Counts, m.steps)
	}
	return s
}

// Clone copies a state with all its numbers.
func (s *State) Clone() *State {
	c := *s
	c.LRs = append([]float64(nil), s.LRs...)
	c.Counts = append([]int(nil), s.Counts...)
	c.Slots = map[string][]*dl.Tensor{}
	for name, ts := range s.Slots {
		own := make([]*dl.Tensor, len(ts))
		for i, t := range ts {
			if t != nil {
				own[i] = t.Clone()
			}
		}
		c.Slots[name] = own
	}
	return &c
}

// LoadState continues from a state. It changes nothing when the state does not fit.
//
// PyTorch: Optimizer.load_state_dict.
func (b *Base) LoadState(s *State) error {
	return b.load(s, func(_ string, p *dl.Tensor) int { return p.Numel() })
}

// load is LoadState for slots that hold as many numbers as size says.
func (b *Base) load(s *State, size func(slot string, p *dl.Tensor) int) error {
	if s.Kind != b.kind {
		return fmt.Errorf("optim: a state of %s for %s", s.Kind, b.kind)
	}
	if len(s.Counts) != len(b.mem) || len(s.LRs) != len(b.groups) {
		return fmt.Errorf("optim: a state of %d parameters in %d groups for %d in %d", len(s.Counts), len(s.LRs), len(b.mem), len(b.groups))
	}
	for _, name := range b.slots {
		ts := s.Slots[name]
		if len(ts) != len(b.mem) {
			return fmt.Errorf("optim: a state without %q for all %d parameters", name, len(b.mem))
		}
		for i, t := range ts {
			if t != nil && t.Numel() != size(name, b.mem[i].p) {
				return fmt.Errorf("optim: %q of parameter %d has shape %v, the parameter has %v", name, i, t.Shape(), b.mem[i].p.Shape())
			}
		}
	}
	b.steps = s.Steps
	for i, g := range b.groups {
		g.LR = s.LRs[i]
	}
	for i, m := range b.mem {
		m.steps = s.Counts[i]
		for k, name := range b.slots {
			m.slots[k], m.data[k] = nil, nil
			if t := s.Slots[name][i]; t != nil {
				m.slots[k] = t.Detach().Clone()
			}
		}
	}
	return nil
}

// or returns v, or def when v is the zero value; a negative v stands for a true zero.
func or(v, def float64) float64 {
	switch {
	case v == 0:
		return def
	case v < 0:
		return 0
	}
	return v
}
