package dl

import (
	"fmt"
	"slices"
	"sort"
)

// pass is one walk from outputs to leaves.
type pass struct {
	todo    []pending // sorted by seq, youngest last
	leaves  []pending
	start   uint64
	keep    bool              // keep saved tensors for another pass
	create  bool              // record the backward computation itself
	capture map[edge]int      // Grad: which nodes' gradients are asked for
	needed  map[*Context]bool // Grad: nodes on a path to an input; nil means all
	got     []*Tensor
	inner   bool // of Checkpoint: hooks of what was captured run in the outer pass
}

// pending is a node with the gradients of its outputs that arrived so far.
type pending struct {
	node  *Context
	g     *Tensor
	gs    []*Tensor // instead of g for nodes with several outputs
	owned bool      // g was made by adding up here: may be added to in place
}

// Backward computes the gradient of a scalar with respect to every leaf that
// it depends on and adds it to their Grad. The graph is given up on the way.
// PyTorch: Tensor.backward.
func (t *Tensor) Backward() { t.backward(nil, false) }

// BackwardWith is Backward for any shape: g is the gradient of what follows
// with respect to t, of t's shape. PyTorch: Tensor.backward(gradient).
func (t *Tensor) BackwardWith(g *Tensor) { t.backward(g, false) }

// BackwardKeep is Backward that keeps the graph for another backward pass.
// PyTorch: Tensor.backward(retain_graph=True).
func (t *Tensor) BackwardKeep() { t.backward(nil, true) }

func (t *Tensor) backward(g *Tensor, keep bool) {
	p := &pass{keep: keep}
	p.run([]*Tensor{t}, []*Tensor{g})
}

// seed checks and completes the gradient of an output.
func seed(t, g *Tensor) *Tensor {
	if t.node == nil {
		fail("backward", "a tensor that does not depend on anything that requires a gradient", "one that does",
			"mark the leaves with SetRequiresGrad(true), and compute outside NoGrad", t)
	}
	if g == nil {
		if t.n != 1 {
			fail("backward", "a tensor of shape "+shapeText(t.shape), "a scalar",
				"reduce it with Sum() or Mean(), or give the gradient: t.BackwardWith(g)", t)
		}
		g = empty(t.dtype, t.shape)
		g.Fill(1)
		return g
	}
	if !slices.Equal(g.shape, t.shape) {
		fail("backward", fmt.Sprintf("a gradient of shape %s for a tensor of shape %s", shapeText(g.shape), shapeText(t.shape)),
			"equal shapes", "", t, g)
	}
	if g.dtype != t.dtype {
		g = g.To(t.dtype)
	}
	return g
}

func (p *pass) run(outputs, grads []*Tensor) {
	p.start = clock.Add(1)
	roots := make([]*Tensor, len(outputs))
	for i, t := range outputs {
		roots[i] = seed(t, grads[i])
	}
	withGrad(p.create, func() {
		for i, t := range outputs {
			p.send(edge{t.node, t.out}, roots[i])
		}
		for len(p.todo) > 0 {
			stopIfInterrupted()
			last := len(p.todo) - 1
			e := p.todo[last]
			p.todo[last] = pending{}
			p.todo = p.todo[:last]
			p.step(e)
		}
		for _, e := range p.leaves {
			p.settle(e)
		}
	})
}

// send adds g to what has arrived at an edge.
func (p *pass) send(to edge, g *Tensor) {
	if p.needed != nil && !p.needed[to.node] {
		return
	}
	if to.node.leaf != nil {
		for i := range p.leaves {
			if p.leaves[i].node == to.node {
				p.leaves[i].add(to.out, g, p.create)
				return
			}
		}
		p.leaves = append(p.leaves, pending{node: to.node, g: g})
		return
	}
	// The node is nearly always at or near the young end of a short list.
	at := len(p.todo)
	for at > 0 && p.todo[at-1].node.seq > to.node.seq {
		at--
	}
	if at > 0 && p.todo[at-1].node == to.node {
		p.todo[at-1].add(to.out, g, p.create)
		return
	}
	e := pending{node: to.node}
	e.add(to.out, g, p.create)
	p.todo = slices.Insert(p.todo, at, e)
}

func (e *pending) add(out int32, g *Tensor, create bool) {
	if e.node.outs > 1 {
		if e.gs == nil {
			e.gs = make([]*Tensor, e.node.outs)
		}
		if e.gs[out] == nil {
			e.gs[out] = g
		} else {
			e.gs[out] = e.gs[out].Add(g)
		}
		return
	}
	switch {
	case e.g == nil:
		e.g = g
	case e.owned && !create:
		e.g.AddInPlace(g)
	default:
		e.g = e.g.Add(g)
		e.owned = true
	}
}

// hook runs the hooks of a node on the gradients that arrived and keeps what
// Grad asked for.
func (p *pass) hook(e *pending) {
	hooks := e.node.hooks
	if p.inner && p.captures(e.node) {
		hooks = nil
	}
	for _, h := range hooks {
		slot := &e.g
		if e.node.outs > 1 {
			slot = &e.gs[h.out]
		}
		if *slot == nil {
			continue
		}
		(*slot).store.claimed.Store(true)
		if r := h.f(*slot); r != nil {
			if !slices.Equal(r.shape, (*slot).shape) {
				fail("gradient hook", "a replacement of shape "+shapeText(r.shape), "the gradient's shape "+shapeText((*slot).shape), "", r)
			}
			r.store.claimed.Store(true)
			*slot = r
		}
	}
	for out := int32(0); p.capture != nil && out < e.node.outs; out++ {
		if i, ok := p.capture[edge{e.node, out}]; ok {
			p.got[i] = e.g
			if e.node.outs > 1 {
				p.got[i] = e.gs[out]
			}
		}
	}
}

// captures reports whether some output of n is asked for.
func (p *pass) captures(n *Context) bool {
	for out := int32(0); out < n.outs; out++ {
		if _, ok := p.capture[edge{n, out}]; ok {
			return true
		}
	}
	return false
}

// step runs the backward function of a node and sends the results on.
func (p *pass) step(e pending) {
	c := e.node
	p.hook(&e)
	if p.needed != nil && !p.needsInputs(c) {
		return
	}
	if anomalies.Load() {
		defer nameBackward(c)
	}
	var gs []*Tensor
	switch {
	case c.backs != nil:
		if e.gs == nil { // a MultiFunction that gave one output
			e.gs = []*Tensor{e.g}
		}
		gs = c.backs(c, e.gs)
	case c.back != nil:
		gs = c.back(c, e.g)
	default:
		panic(&Error{Op: "backward of " + c.name, Got: "an operation without a backward function",
			Want: "a Function with Backward set", Hint: "Detach its inputs when it is not meant to be differentiated"})
	}
	if len(gs) < len(c.edges) && c.custom {
		panic(&Error{Op: "backward of " + c.name, Got: fmt.Sprintf("%d gradients", len(gs)),
			Want: fmt.Sprintf("one for each of the %d inputs (nil where there is none)", len(c.edges))})
	}
	for i, g := range gs {
		if g == nil || i >= len(c.edges) || c.edges[i].node == nil {
			continue
		}
		if c.custom {
			g = c.checkGrad(i, g)
			g.store.claimed.Store(true) // a user's function may keep what it returns
		}
		if anomalies.Load() {
			checkFiniteGrad(c, g, i, append([]*Tensor{e.g}, e.gs...))
		}
		if c.made != nil && tracing.Load() > 0 {
			c.made.grads = keepSmall(c.made.grads, i, g)
		}
		p.send(c.edges[i], g)
	}
	c.ret = [2]*Tensor{}
	if !p.keep && len(c.saved) > 0 {
		c.saved, c.savedBuf, c.freed = nil, [2]savedTensor{}, true
	}
}

// checkGrad holds a user's Backward to the shape and type of its input.
func (c *Context) checkGrad(i int, g *Tensor) *Tensor {
	m := c.inMeta[i]
	if !slices.Equal(g.shape, m.shape) {
		fail("backward of "+c.name, fmt.Sprintf("a gradient of shape %s for input %d of shape %s", shapeText(g.shape), i, shapeText(m.shape)),
			"equal shapes", "sum over the dimensions that broadcasting repeated", g)
	}
	if g.dtype != m.dtype {
		g = g.To(m.dtype)
	}
	return g
}

func (p *pass) needsInputs(c *Context) bool {
	for _, e := range c.edges {
		if e.node != nil && p.needed[e.node] {
			return true
		}
	}
	return false
}

// settle adds an arrived gradient to a leaf.
func (p *pass) settle(e pending) {
	p.hook(&e)
	if p.capture != nil {
		return
	}
	t, g := e.node.leaf, e.g
	gradMu.Lock()
	defer gradMu.Unlock()
	switch {
	case t.grad == nil && p.create:
		t.grad = g
	case t.grad == nil:
		t.grad = p.own(g)
	case p.create || t.grad.node != nil || !t.grad.writable():
		t.grad = t.grad.Add(g)
	default:
		t.grad.AddInPlace(g)
	}
}

// own returns a gradient that the leaf may change in place later. One that
// this pass made, that nobody has seen and that fills its memory is taken as
// it is; any other is copied.
func (p *pass) own(g *Tensor) *Tensor {
	s := g.store
	if s.birth >= p.start && !s.viewed.Load() && g.IsContiguous() && !s.claimed.Swap(true) {
		if g.node != nil {
			g = g.Detach()
		}
		return g
	}
	g = g.Detach().Clone()
	g.store.claimed.Store(true)
	return g
}

// writable reports whether every element of t has memory of its own.
func (t *Tensor) writable() bool {
	for i, s := range t.strides {
		if s == 0 && t.shape[i] > 1 {
			return false
		}
	}
	return true
}

// GradOptions configures Grad.
type GradOptions struct {
	// OutputGrads are the gradients of the outputs; nil, or a nil entry, means
	// 1 for a scalar output.
	OutputGrads []*Tensor
	// CreateGraph records the backward computation, so that the gradients can
	// be differentiated again. It implies KeepGraph.
	CreateGraph bool
	// KeepGraph keeps the graph for another pass.
	KeepGraph bool
	// AllowUnused gives nil for inputs that the outputs do not depend on,
	// instead of panicking.
	AllowUnused bool
}

// Grad returns the gradients of the sum of the outputs with respect to the
// inputs and leaves every Grad as it is. Inputs may be leaves or any tensors
// that the outputs were computed from.
//
// PyTorch: torch.autograd.grad.
func Grad(outputs, inputs []*Tensor, o GradOptions) []*Tensor {
	p := &pass{
		keep: o.KeepGraph || o.CreateGraph, create: o.CreateGraph,
		capture: map[edge]int{}, got: make([]*Tensor, len(inputs)),
	}
	first := make([]int, len(inputs)) // index of the first equal input
	for i, t := range inputs {
		if t.node == nil {
			fail("grad", fmt.Sprintf("input %d, which does not require a gradient", i), "inputs that do",
				"call SetRequiresGrad(true) before computing the outputs", t)
		}
		k := edge{t.node, t.out}
		if j, ok := p.capture[k]; ok {
			first[i] = j
			continue
		}
		p.capture[k], first[i] = i, i
	}
	grads := o.OutputGrads
	if grads == nil {
		grads = make([]*Tensor, len(outputs))
	}
	if len(grads) != len(outputs) {
		panic(&Error{Op: "grad", Got: fmt.Sprintf("%d output gradients for %d outputs", len(grads), len(outputs)), Want: "one each, or none"})
	}
	p.needed = p.paths(outputs)
	p.run(outputs, grads)
	for i := range inputs {
		p.got[i] = p.got[first[i]]
		if p.got[i] == nil && !o.AllowUnused {
			fail("grad", fmt.Sprintf("input %d, which the outputs do not depend on", i), "inputs that were used",
				"set GradOptions.AllowUnused to get nil for it", inputs[i])
		}
	}
	return p.got
}

// paths returns the nodes through which a captured node is reached.
func (p *pass) paths(outputs []*Tensor) map[*Context]bool {
	seen := map[*Context]bool{}
	var order []*Context
	var stack []*Context
	visit := func(c *Context) {
		if c != nil && !seen[c] {
			seen[c] = true
			stack = append(stack, c)
		}
	}
	for _, t := range outputs {
		visit(t.node)
	}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		order = append(order, c)
		for _, e := range c.edges {
			visit(e.node)
		}
	}
	sort.Slice(order, func(i, j int) bool { return order[i].seq < order[j].seq })
	needed := map[*Context]bool{}
	for k := range p.capture {
		needed[k.node] = true
	}
	for _, c := range order {
		for _, e := range c.edges {
			if e.node != nil && needed[e.node] {
				needed[c] = true
				break
			}
		}
	}
	return needed
}
