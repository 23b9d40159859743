package dl

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Einsum multiplies tensors and sums, as an expression in Einstein's notation
// says: a letter for every dimension of every operand; letters that are missing
// in the result are summed over, a letter twice in one operand means its
// diagonal, and "..." stands for any further dimensions, which broadcast.
//
//	dl.Einsum("ij,jk->ik", a, b)        // matrix product
//	dl.Einsum("bhqd,bhkd->bhqk", q, k)  // attention scores
//	dl.Einsum("ii->i", a)               // diagonal
//	dl.Einsum("ij->", a)                // sum
//
// Without "->" the result has the letters that occur once, in order of the
// alphabet. PyTorch: torch.einsum.
func Einsum(expr string, ts ...*Tensor) *Tensor {
	e := parseEinsum(expr, ts)
	acc, labels := e.operand(0)
	for i := 1; i < len(ts); i++ {
		next, nl := e.operand(i)
		acc, labels = e.contract(acc, labels, next, nl, i)
	}
	acc, labels = e.reduce(acc, labels, e.out)
	order := make([]int, len(e.out))
	for i, l := range e.out {
		order[i] = slices.Index(labels, l)
	}
	return acc.Permute(order...)
}

// einsum is a parsed expression. Labels are letters; the dimensions behind an
// ellipsis get negative labels, -1 for the last.
type einsum struct {
	expr string
	ts   []*Tensor
	in   [][]rune
	out  []rune
	size map[rune]int
}

func (e *einsum) fail(got, want string) {
	fail("einsum", fmt.Sprintf("%q: %s", e.expr, got), want, "", e.ts...)
}

func parseEinsum(expr string, ts []*Tensor) *einsum {
	e := &einsum{expr: expr, ts: ts, size: map[rune]int{}}
	if len(ts) == 0 {
		e.fail("no tensors", "one or more")
	}
	left, right, arrow := strings.Cut(strings.ReplaceAll(expr, " ", ""), "->")
	terms := strings.Split(left, ",")
	if len(terms) != len(ts) {
		e.fail(fmt.Sprintf("%d operands for %d tensors", len(terms), len(ts)), "one for each tensor")
	}
	wide := 0 // most dimensions behind an ellipsis
	for i, term := range terms {
		named := len([]rune(strings.Replace(term, "...", "", 1)))
		extra := len(ts[i].shape) - named
		if extra < 0 || extra > 0 && !strings.Contains(term, "...") {
			e.fail(fmt.Sprintf("operand %d %q for shape %s", i, term, shapeText(ts[i].shape)), "a letter for every dimension")
		}
		wide = max(wide, extra)
		labels := e.labels(term, extra)
		e.in = append(e.in, labels)
		for d, l := range labels {
			n := ts[i].shape[d]
			if old, ok := e.size[l]; !ok || old == 1 {
				e.size[l] = n
			} else if n != old && n != 1 {
				e.fail(fmt.Sprintf("dimension %q is %d and %d long", string(l), old, n), "equal lengths for one letter")
			}
		}
	}
	if arrow {
		e.out = e.labels(right, wide)
		for i, l := range e.out {
			if _, ok := e.size[l]; !ok || slices.Contains(e.out[:i], l) {
				e.fail(fmt.Sprintf("%q in the result", string(l)), "letters of the operands, each once")
			}
		}
		return e
	}
	count := map[rune]int{}
	for _, labels := range e.in {
		for _, l := range labels {
			count[l]++
		}
	}
	e.out = e.labels("...", wide)
	var once []rune
	for l, k := range count {
		if l > 0 && k == 1 {
			once = append(once, l)
		}
	}
	slices.Sort(once)
	e.out = append(e.out, once...)
	return e
}

// labels expands a term; extra is how many dimensions its ellipsis stands for.
func (e *einsum) labels(term string, extra int) []rune {
	out := []rune{}
	before, after, dots := strings.Cut(term, "...")
	for _, l := range before {
		out = append(out, e.letter(l))
	}
	if dots {
		for k := extra; k > 0; k-- {
			out = append(out, rune(-k))
		}
	}
	for _, l := range after {
		out = append(out, e.letter(l))
	}
	return out
}

func (e *einsum) letter(l rune) rune {
	if !unicode.IsLetter(l) {
		e.fail(fmt.Sprintf("%q", string(l)), "letters, commas, one \"->\", and \"...\"")
	}
	return l
}

// operand returns a tensor with one dimension for each of its labels.
func (e *einsum) operand(i int) (*Tensor, []rune) {
	t, labels := e.ts[i], slices.Clone(e.in[i])
	for a := 0; a < len(labels); a++ {
		for b := a + 1; b < len(labels); b++ {
			if labels[a] != labels[b] {
				continue
			}
			l := labels[a]
			t = t.Diagonal(0, a, b)
			labels = append(slices.Delete(slices.Delete(labels, b, b+1), a, a+1), l)
			a = -1
			break
		}
	}
	return t, labels
}

// reduce sums over the labels that are not in keep.
func (e *einsum) reduce(t *Tensor, labels, keep []rune) (*Tensor, []rune) {
	var dims []int
	var left []rune
	for d, l := range labels {
		if slices.Contains(keep, l) {
			left = append(left, l)
		} else {
			dims = append(dims, d)
		}
	}
	if len(dims) > 0 {
		t = t.Sum(dims...)
	}
	return t, left
}

// contract joins acc with operand i. What neither the result nor a later
// operand needs is summed over, as part of a matrix product.
func (e *einsum) contract(a *Tensor, al []rune, b *Tensor, bl []rune, i int) (*Tensor, []rune) {
	needed := slices.Clone(e.out)
	for _, l := range e.in[i+1:] {
		needed = append(needed, l...)
	}
	a, al = e.reduce(a, al, append(slices.Clone(needed), bl...))
	b, bl = e.reduce(b, bl, append(slices.Clone(needed), al...))
	var batch, sum, left, right []rune
	for _, l := range al {
		switch {
		case !slices.Contains(bl, l):
			left = append(left, l)
		case slices.Contains(needed, l):
			batch = append(batch, l)
		default:
			sum = append(sum, l)
		}
	}
	for _, l := range bl {
		if !slices.Contains(al, l) {
			right = append(right, l)
		}
	}
	x := e.arrange(a, al, b, bl, batch, left, sum)
	y := e.arrange(b, bl, a, al, batch, sum, right)
	out := slices.Concat(batch, left, right)
	shape := make([]int, len(out))
	for k, l := range out {
		shape[k] = e.length(a, al, b, bl, l)
	}
	return x.MatMul(y).Reshape(shape...), out
}

// length is how long the dimension of a label is after joining a and b.
func (e *einsum) length(a *Tensor, al []rune, b *Tensor, bl []rune, l rune) int {
	n := 1
	if d := slices.Index(al, l); d >= 0 {
		n = a.shape[d]
	}
	if d := slices.Index(bl, l); d >= 0 && n == 1 {
		n = b.shape[d]
	}
	return n
}

// arrange brings a tensor to the form [batch × rows × columns], each joined of
// the dimensions with these labels. Dimensions of length 1 that the other
// tensor has longer stretch.
func (e *einsum) arrange(t *Tensor, labels []rune, o *Tensor, ol []rune, batch, rows, columns []rune) *Tensor {
	var order []int
	n := [3]int{1, 1, 1}
	stretched := t.Shape()
	for d, l := range labels {
		stretched[d] = e.length(t, labels, o, ol, l)
	}
	t = t.Expand(stretched...)
	for k, group := range [][]rune{batch, rows, columns} {
		for _, l := range group {
			d := slices.Index(labels, l)
			order = append(order, d)
			n[k] *= t.shape[d]
		}
	}
	return t.Permute(order...).Reshape(n[0], n[1], n[2])
}
