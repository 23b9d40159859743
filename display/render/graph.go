package render

import (
	"fmt"
	"html"
	"strings"

	"descent/display"
	"descent/dl"
)

// maxNodes is how large a graph is drawn; of a larger one the picture would say
// nothing.
const maxNodes = 60

// Graph draws a computation: leaves as ellipses, operations as boxes, in layers
// from the leaves on the left to the results on the right. The edges of a graph
// that dl.TraceGraph made carry values, and gradients below them. A graph of more
// than 60 nodes is shown as text. torchviz: make_dot.
func Graph(g *dl.Graph) display.Bundle {
	text := graphText(g)
	if len(g.Nodes) == 0 || len(g.Nodes) > maxNodes {
		return display.Bundle{Data: map[string]any{display.MIMEText: text}, Metadata: map[string]any{}}
	}
	b := display.SVG(newGraphPicture(g).svg())
	b.Data[display.MIMEText] = text
	return b
}

// nodeLabel names an operation, or a leaf with its shape.
func nodeLabel(n dl.GraphNode) string {
	switch {
	case n.Leaf == nil:
		return n.Op
	case n.Parameter:
		return "parameter " + shapeText(n.Leaf.Shape())
	}
	return "leaf " + shapeText(n.Leaf.Shape())
}

// small writes the elements of a tensor of an edge, "" for none.
func small(t *dl.Tensor) string {
	if t == nil {
		return ""
	}
	parts := make([]string, 0, t.Numel())
	for _, v := range t.Float64s() {
		parts = append(parts, fmt.Sprintf("%.4g", v))
	}
	return strings.Join(parts, " ")
}

// graphText lists the edges.
func graphText(g *dl.Graph) string {
	const most = 40
	var b strings.Builder
	fmt.Fprintf(&b, "graph of %d nodes, %d edges", len(g.Nodes), len(g.Edges))
	for i, e := range g.Edges {
		if i == most {
			fmt.Fprintf(&b, "\n… and %d more", len(g.Edges)-most)
			break
		}
		fmt.Fprintf(&b, "\n%d %s → %d %s", e.From, nodeLabel(g.Nodes[e.From]), e.To, nodeLabel(g.Nodes[e.To]))
		if v := small(e.Value); v != "" {
			b.WriteString(": " + v)
		}
		if v := small(e.Grad); v != "" {
			b.WriteString("; grad " + v)
		}
	}
	return b.String()
}

// graphPicture is a graph with a place for each node.
type graphPicture struct {
	g             *dl.Graph
	x, y          []float64 // centres
	width, height float64
}

// Measures of the picture, in pixels.
const (
	nodeWidth, nodeHeight = 130.0, 34.0
	columnGap, rowGap     = 110.0, 34.0
	graphMargin           = 16.0
)

// newGraphPicture puts each node in the column after its last input, and in it
// below the one before.
func newGraphPicture(g *dl.Graph) *graphPicture {
	column := make([]int, len(g.Nodes))
	for _, e := range g.Edges { // nodes are in the order of computation
		column[e.To] = max(column[e.To], column[e.From]+1)
	}
	for i, n := range g.Nodes { // a leaf stands just before what uses it first
		if n.Leaf == nil {
			continue
		}
		first := -1
		for _, e := range g.Edges {
			if e.From == i && (first < 0 || column[e.To]-1 < first) {
				first = column[e.To] - 1
			}
		}
		column[i] = max(first, 0)
	}
	p := &graphPicture{g: g, x: make([]float64, len(g.Nodes)), y: make([]float64, len(g.Nodes))}
	rows := map[int]int{}
	for i, c := range column {
		p.x[i] = graphMargin + nodeWidth/2 + float64(c)*(nodeWidth+columnGap)
		p.y[i] = graphMargin + nodeHeight/2 + float64(rows[c])*(nodeHeight+rowGap)
		rows[c]++
		p.width = max(p.width, p.x[i]+nodeWidth/2+graphMargin)
		p.height = max(p.height, p.y[i]+nodeHeight/2+graphMargin)
	}
	return p
}

// svg draws the picture on white, readable in light and dark pages.
func (p *graphPicture) svg() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" font-family="sans-serif" font-size="11">`, p.width, p.height)
	fmt.Fprintf(&b, "<title>computation of %d nodes</title>", len(p.g.Nodes))
	b.WriteString(`<defs><marker id="to" markerWidth="8" markerHeight="8" refX="7" refY="3" orient="auto"><path d="M0 0L7 3L0 6z" fill="#555"/></marker></defs>`)
	fmt.Fprintf(&b, `<rect width="%.0f" height="%.0f" rx="6" fill="#fff"/>`, p.width, p.height)
	between := map[[2]int]int{} // how many edges were drawn between two nodes
	for _, e := range p.g.Edges {
		key := [2]int{e.From, e.To}
		p.edge(&b, e, between[key])
		between[key]++
	}
	for i, n := range p.g.Nodes {
		p.node(&b, i, n)
	}
	b.WriteString("</svg>")
	return b.String()
}

// edge draws a line with what went along it above, and what came back below.
func (p *graphPicture) edge(b *strings.Builder, e dl.GraphEdge, again int) {
	x0, y0, x1, y1 := p.x[e.From]+nodeWidth/2, p.y[e.From], p.x[e.To]-nodeWidth/2, p.y[e.To]
	bend := 26 * float64(again)
	mx, my := (x0+x1)/2, (y0+y1)/2+bend/2
	fmt.Fprintf(b, `<path d="M%.0f %.0fQ%.0f %.0f %.0f %.0f" fill="none" stroke="#555" marker-end="url(#to)"/>`, x0, y0, mx, (y0+y1)/2+bend, x1, y1)
	label := func(text, color string, y float64) {
		if text != "" {
			fmt.Fprintf(b, `<text x="%.0f" y="%.0f" text-anchor="middle" fill="%s">%s</text>`, mx, y, color, html.EscapeString(text))
		}
	}
	label(small(e.Value), "#00507a", my-4)
	if v := small(e.Grad); v != "" {
		label("grad "+v, "#a04000", my+12)
	}
}

func (p *graphPicture) node(b *strings.Builder, i int, n dl.GraphNode) {
	x, y := p.x[i], p.y[i]
	if n.Leaf != nil {
		fmt.Fprintf(b, `<ellipse cx="%.0f" cy="%.0f" rx="%.0f" ry="%.0f" fill="#eef4f8" stroke="#00507a"/>`, x, y, nodeWidth/2, nodeHeight/2)
	} else {
		fmt.Fprintf(b, `<rect x="%.0f" y="%.0f" width="%.0f" height="%.0f" rx="5" fill="#f6f6f6" stroke="#555"/>`, x-nodeWidth/2, y-nodeHeight/2, nodeWidth, nodeHeight)
	}
	fmt.Fprintf(b, `<text x="%.0f" y="%.0f" text-anchor="middle" fill="#111">%s</text>`, x, y+4, html.EscapeString(nodeLabel(n)))
}
