package dl

import (
	"fmt"
	"sort"
	"strings"
	"sync/atomic"
)

// Graph is the recorded computation behind a tensor, for pictures and for
// understanding. Nodes are in the order of computation.
type Graph struct {
	Nodes []GraphNode
	Edges []GraphEdge
}

// GraphNode is an operation, or a leaf that requires a gradient.
type GraphNode struct {
	Op        string
	Leaf      *Tensor // nil for operations
	Parameter bool
}

// GraphEdge leads from the node that computed something to the one that used
// it; both are indices into Nodes.
type GraphEdge struct {
	From, To int
	// Value is what went along the edge, Grad the gradient that came back along
	// it: of small tensors, in a graph that TraceGraph made; else nil.
	Value, Grad *Tensor
}

// tracing counts the calls of TraceGraph that run.
var tracing atomic.Int32

// smallTensor is how many elements a tensor in a picture may have.
const smallTensor = 6

// keepSmall puts a copy of t at place i of a list, if it is small.
func keepSmall(list []*Tensor, i int, t *Tensor) []*Tensor {
	if t.n > smallTensor {
		return list
	}
	for len(list) <= i {
		list = append(list, nil)
	}
	list[i] = t.Detach().copied()
	return list
}

// TraceGraph calls f and returns the computation behind what f returns, with the
// values that went along its edges, and the gradients that came back when f has
// called Backward. It keeps values and gradients of at most six elements.
//
//	g := dl.TraceGraph(func() *dl.Tensor {
//		loss := w.Mul(x).Sub(y).Square().Sum()
//		loss.Backward()
//		return loss
//	})
func TraceGraph(f func() *Tensor) *Graph {
	tracing.Add(1)
	defer tracing.Add(-1)
	return NewGraph(f())
}

// NewGraph returns the computation behind the tensors. It does not keep
// intermediate results alive. PyTorch: Tensor.grad_fn.next_functions.
func NewGraph(outputs ...*Tensor) *Graph {
	seen := map[*Context]bool{}
	var all, stack []*Context
	visit := func(c *Context) {
		if c != nil && !seen[c] {
			seen[c] = true
			all = append(all, c)
			stack = append(stack, c)
		}
	}
	for _, t := range outputs {
		visit(t.node)
	}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, e := range c.edges {
			visit(e.node)
		}
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].seq < all[j].seq })
	g, at := &Graph{}, map[*Context]int{}
	for i, c := range all {
		at[c] = i
		n := GraphNode{Op: c.name, Leaf: c.leaf}
		if c.leaf != nil {
			n.Parameter = c.leaf.param
		}
		g.Nodes = append(g.Nodes, n)
		for k, e := range c.edges {
			if e.node != nil {
				g.Edges = append(g.Edges, c.edgeFrom(k, at[e.node], i))
			}
		}
	}
	return g
}

// edgeFrom describes the edge of input k.
func (c *Context) edgeFrom(k, from, to int) GraphEdge {
	e, in := GraphEdge{From: from, To: to}, c.edges[k]
	if c.made == nil {
		return e
	}
	if k < len(c.made.grads) {
		e.Grad = c.made.grads[k]
	}
	switch {
	case in.node.leaf != nil && in.node.leaf.n <= smallTensor:
		e.Value = in.node.leaf.Detach().copied()
	case in.node.made != nil && int(in.out) < len(in.node.made.values):
		e.Value = in.node.made.values[in.out]
	}
	return e
}

// DOT returns the graph in the language of Graphviz. Small leaves show their
// values, and gradients where there are any; edges show what the graph has of
// them.
func (g *Graph) DOT() string {
	var b strings.Builder
	b.WriteString("digraph {\n\trankdir=BT\n")
	for i, n := range g.Nodes {
		if n.Leaf == nil {
			fmt.Fprintf(&b, "\tn%d [label=%q shape=box style=rounded]\n", i, n.Op)
			continue
		}
		label := "leaf " + shapeText(n.Leaf.shape)
		if n.Parameter {
			label = "parameter " + shapeText(n.Leaf.shape)
		}
		if n.Leaf.n <= smallTensor {
			label += "\n" + valuesText(n.Leaf)
			if n.Leaf.grad != nil {
				label += "\ngrad " + valuesText(n.Leaf.grad)
			}
		}
		fmt.Fprintf(&b, "\tn%d [label=%q shape=ellipse]\n", i, label)
	}
	for _, e := range g.Edges {
		var parts []string
		if e.Value != nil {
			parts = append(parts, valuesText(e.Value))
		}
		if e.Grad != nil {
			parts = append(parts, "grad "+valuesText(e.Grad))
		}
		label := ""
		if len(parts) > 0 {
			label = fmt.Sprintf(" [label=%q]", strings.Join(parts, "\n"))
		}
		fmt.Fprintf(&b, "\tn%d -> n%d%s\n", e.From, e.To, label)
	}
	b.WriteString("}\n")
	return b.String()
}

func valuesText(t *Tensor) string {
	parts := make([]string, 0, t.n)
	for _, v := range t.Float64s() {
		parts = append(parts, fmt.Sprintf("%.4g", v))
	}
	return strings.Join(parts, " ")
}
