package dl

// Checkpoint returns f(in) without keeping what its backward pass needs: that
// pass runs f again. It trades time for memory in deep models; a block of
// layers is a good f. Random numbers, as of Dropout, are the same the second
// time. Everything that f uses besides its arguments, parameters above all,
// gets its gradients as usual.
//
// PyTorch: torch.utils.checkpoint.checkpoint.
func Checkpoint(f func(in []*Tensor) *Tensor, in ...*Tensor) *Tensor {
	if !GradEnabled() {
		return f(in)
	}
	k := &checkpoint{f: f, in: in}
	for i := range defaults {
		k.offsets[i] = defaults[i].Load().Offset()
	}
	start := clock.Add(1)
	y := f(in)
	if y.IsLeaf() {
		return y
	}
	k.edges = boundary(y.node, start)
	out := y.Detach()
	c := &Context{name: "checkpoint", back: checkpointBackward, outs: 1, Data: k}
	c.seq = clock.Add(1)
	c.edges = k.edges
	c.Save(in...)
	out.node = c
	return out
}

type checkpoint struct {
	f       func(in []*Tensor) *Tensor
	in      []*Tensor
	edges   []edge // what f depends on that was there before
	offsets [len(defaults)]uint64
}

// boundary lists the nodes from before start on which n depends.
func boundary(n *Context, start uint64) []edge {
	var out []edge
	seen := map[edge]bool{}
	inner := map[*Context]bool{n: true}
	stack := []*Context{n}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, e := range c.edges {
			switch {
			case e.node == nil:
			case e.node.seq <= start:
				if !seen[e] {
					seen[e] = true
					out = append(out, e)
				}
			case !inner[e.node]:
				inner[e.node] = true
				stack = append(stack, e.node)
			}
		}
	}
	return out
}

func checkpointBackward(c *Context, g *Tensor) []*Tensor {
	k := c.Data.(*checkpoint)
	for i := range k.in {
		c.Saved(i) // the inputs must be as they were
	}
	var now [len(defaults)]uint64
	for i := range defaults {
		now[i] = defaults[i].Load().Offset()
		defaults[i].Load().SetOffset(k.offsets[i])
	}
	defer func() {
		for i := range defaults {
			defaults[i].Load().SetOffset(now[i])
		}
	}()
	var y *Tensor
	create := GradEnabled()
	EnableGrad(func() { y = k.f(k.in) })
	p := &pass{keep: create, create: create, capture: map[edge]int{}, got: make([]*Tensor, len(k.edges)), inner: true}
	for i, e := range k.edges {
		p.capture[e] = i
	}
	p.needed = p.paths([]*Tensor{y})
	p.run([]*Tensor{y}, []*Tensor{g})
	return p.got
}
