package dl

import (
	"fmt"
	"strings"
)

// Error is what a misused operation panics with. It says which operation (and
// layer) failed, what it got, what it wanted, and how to mend it. A notebook
// shows it as text; Go code can recover it:
//
//	defer func() {
//		if e, ok := recover().(*dl.Error); ok {
//			log.Print(e.Op, e.Shapes)
//		}
//	}()
type Error struct {
	Op     string  // the operation, as "matmul"
	Cell   string  // where in a notebook it was called, as "cell 3, line 5"; "" when not known
	Layer  string  // path and kind of the layer it ran in, as "fc2: Linear(128→10)"; "" outside layers
	Got    string  // what was given
	Want   string  // what is allowed
	Hint   string  // the likely fix; "" when there is none
	Shapes [][]int // shapes of the tensors involved, in order
}

// Error returns the message: one line of what happened, one each for what was
// wanted and what to do.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if e.Layer != "" {
		b.WriteString(" in ")
		b.WriteString(e.Layer)
	}
	if e.Cell != "" {
		b.WriteString(", called at ")
		b.WriteString(e.Cell)
	}
	b.WriteString(": ")
	b.WriteString(e.Got)
	if e.Got == "" && len(e.Shapes) > 0 {
		b.WriteString("got ")
		b.WriteString(shapesText(e.Shapes))
	}
	if e.Want != "" {
		b.WriteString("; want ")
		b.WriteString(e.Want)
	}
	if e.Hint != "" {
		b.WriteString("\nhint: ")
		b.WriteString(e.Hint)
	}
	return b.String()
}

// shapeText writes a shape as people read it: [64×784], [] for a scalar.
func shapeText(shape []int) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, n := range shape {
		if i > 0 {
			b.WriteString("×")
		}
		fmt.Fprintf(&b, "%d", n)
	}
	b.WriteByte(']')
	return b.String()
}

func shapesText(shapes [][]int) string {
	var b strings.Builder
	for i, s := range shapes {
		if i > 0 {
			if i == len(shapes)-1 {
				b.WriteString(" and ")
			} else {
				b.WriteString(", ")
			}
		}
		b.WriteString(shapeText(s))
	}
	return b.String()
}

// fail panics with an Error about the given tensors.
func fail(op, got, want, hint string, ts ...*Tensor) {
	e := &Error{Op: op, Got: got, Want: want, Hint: hint}
	for _, t := range ts {
		if t != nil {
			e.Shapes = append(e.Shapes, t.Shape())
		}
	}
	panic(e)
}

// needFloat panics unless op can compute on t's type.
func needFloat(op string, t *Tensor) {
	if !t.dtype.differentiable() {
		fail(op, "a tensor of "+t.dtype.String(), "float32 or float64", "convert it first: t.To(dl.Float32)", t)
	}
}

// needCompute panics when t is of a storage-only type.
func needCompute(op string, t *Tensor) {
	if !t.dtype.computes() {
		fail(op, "a tensor of "+t.dtype.String()+", which is for storage", "a type that can be computed with",
			"convert it first: t.To(dl.Float32)", t)
	}
}
