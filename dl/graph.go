package dl

import (
	"fmt"
	"sort"
	"strings"
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
type GraphEdge struct{ From, To int }

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
		for _, e := range c.edges {
			if e.node != nil {
				g.Edges = append(g.Edges, GraphEdge{at[e.node], i})
			}
		}
	}
	return g
}

// DOT returns the graph in the language of Graphviz. Small leaves show their
// values, and gradients where there are any.
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
		if n.Leaf.n <= 6 {
			label += "\n" + valuesText(n.Leaf)
			if n.Leaf.grad != nil {
				label += "\ngrad " + valuesText(n.Leaf.grad)
			}
		}
		fmt.Fprintf(&b, "\tn%d [label=%q shape=ellipse]\n", i, label)
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "\tn%d -> n%d\n", e.From, e.To)
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
