package dl

import (
	"math"
	"strconv"
	"strings"
	"sync/atomic"
)

// PrintOptions says how String writes tensors. A zero field stands for the
// default.
//
// PyTorch: torch.set_printoptions.
type PrintOptions struct {
	Precision int // digits after the point; 4
	Threshold int // tensors with more elements are summarized; 1000
	EdgeItems int // entries shown at each end of a summarized dimension; 3
	LineWidth int // 80
}

var printOptions atomic.Pointer[PrintOptions]

func init() { SetPrintOptions(PrintOptions{}) }

// SetPrintOptions changes how String writes tensors from now on.
// PyTorch: torch.set_printoptions.
func SetPrintOptions(o PrintOptions) {
	o = o.filled()
	printOptions.Store(&o)
}

func (o PrintOptions) filled() PrintOptions {
	for _, f := range []struct {
		v   *int
		def int
	}{{&o.Precision, 4}, {&o.Threshold, 1000}, {&o.EdgeItems, 3}, {&o.LineWidth, 80}} {
		if *f.v <= 0 {
			*f.v = f.def
		}
	}
	return o
}

// String writes the tensor as PyTorch does: aligned, with the middle of large
// ones left out.
func (t *Tensor) String() string { return t.Format(*printOptions.Load()) }

// Format is String with options of its own.
func (t *Tensor) Format(o PrintOptions) string {
	if t == nil {
		return "<nil>"
	}
	p := printer{o: o.filled()}
	const prefix = "tensor("
	var suffixes []string
	body := "[]"
	if t.n == 0 {
		if len(t.shape) != 1 {
			suffixes = append(suffixes, "size="+tupleText(t.shape))
		}
		if t.dtype != Float32 {
			suffixes = append(suffixes, "dtype="+t.dtype.String())
		}
	} else {
		p.plan(t.Detach())
		var b strings.Builder
		p.write(&b, t, len(prefix))
		body = b.String()
		if t.dtype != Float32 && t.dtype != Int64 && t.dtype != Bool {
			suffixes = append(suffixes, "dtype="+t.dtype.String())
		}
	}
	if fn := t.GradFn(); fn != "" {
		suffixes = append(suffixes, "grad_fn=<"+fn+">")
	} else if t.RequiresGrad() {
		suffixes = append(suffixes, "requires_grad=true")
	}
	out := prefix + body
	last := len(out) - strings.LastIndexByte(out, '\n') + 1
	for _, s := range suffixes {
		if last+len(s)+2 > p.o.LineWidth {
			out += ",\n" + strings.Repeat(" ", len(prefix)) + s
			last = len(prefix) + len(s)
		} else {
			out += ", " + s
			last += len(s) + 2
		}
	}
	return out + ")"
}

// tupleText writes a shape as Python does: (2, 0), (3,).
func tupleText(shape []int) string {
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = strconv.Itoa(n)
	}
	if len(parts) == 1 {
		return "(" + parts[0] + ",)"
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// printer holds what is decided once for all numbers of a tensor.
type printer struct {
	o         PrintOptions
	dtype     DType
	summarize bool
	whole     bool // floats that are all integers: written as "3."
	science   bool
	width     int
}

// plan looks at the numbers that will be shown and chooses the notation.
func (p *printer) plan(t *Tensor) {
	p.dtype, p.summarize, p.whole, p.width = t.dtype, t.n > p.o.Threshold, true, 1
	shown := p.shown(t, nil)
	if !t.dtype.IsFloat() {
		for _, v := range shown {
			p.width = max(p.width, len(p.integer(v)))
		}
		return
	}
	lo, hi := math.Inf(1), 0.0
	for _, v := range shown {
		if v == 0 || math.IsInf(v, 0) || math.IsNaN(v) {
			continue
		}
		lo, hi = min(lo, math.Abs(v)), max(hi, math.Abs(v))
		p.whole = p.whole && v == math.Ceil(v)
	}
	if hi == 0 {
		return // nothing but zeros, NaN and Inf
	}
	p.science = hi/lo > 1000 || hi > 1e8 || lo < 1e-4
	for _, v := range shown {
		if v != 0 && !math.IsInf(v, 0) && !math.IsNaN(v) {
			p.width = max(p.width, len(p.float(v)))
		}
	}
}

// shown lists the numbers that will be written.
func (p *printer) shown(t *Tensor, list []float64) []float64 {
	if len(t.shape) == 0 {
		return append(list, t.get(t.offset))
	}
	n, e := t.shape[0], p.o.EdgeItems
	for i := 0; i < n; i++ {
		if p.summarize && n > 2*e && i == e {
			i = n - e
		}
		list = p.shown(t.row(i), list)
	}
	return list
}

// row is Select(0, i) without recording and without marking a view.
func (t *Tensor) row(i int) *Tensor {
	return t.alias(t.shape[1:], t.strides[1:], t.offset+i*t.strides[0])
}

func (p *printer) integer(v float64) string {
	if p.dtype == Bool {
		return strconv.FormatBool(v != 0)
	}
	return strconv.FormatInt(int64(v), 10)
}

func (p *printer) float(v float64) string {
	switch {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case p.science:
		return strconv.FormatFloat(v, 'e', p.o.Precision, 64)
	case p.whole:
		return strconv.FormatFloat(v, 'f', 0, 64) + "."
	}
	return strconv.FormatFloat(v, 'f', p.o.Precision, 64)
}

func (p *printer) number(b *strings.Builder, t *Tensor, at int) {
	var s string
	switch {
	case p.dtype == Int64:
		s = strconv.FormatInt(slice[int64](t.store)[at], 10) // float64 cannot hold all of them
	case p.dtype.IsFloat():
		s = p.float(t.get(at))
	default:
		s = p.integer(t.get(at))
	}
	for range p.width - len(s) {
		b.WriteByte(' ')
	}
	b.WriteString(s)
}

func (p *printer) write(b *strings.Builder, t *Tensor, indent int) {
	switch len(t.shape) {
	case 0:
		p.number(b, t, t.offset)
		return
	case 1:
		p.vector(b, t, indent)
		return
	}
	b.WriteByte('[')
	n, e := t.shape[0], p.o.EdgeItems
	gap := "," + strings.Repeat("\n", len(t.shape)-1) + strings.Repeat(" ", indent+1)
	for i := 0; i < n; i++ {
		if i > 0 {
			b.WriteString(gap)
		}
		if p.summarize && n > 2*e && i == e {
			b.WriteString("..." + gap)
			i = n - e
		}
		p.write(b, t.row(i), indent+1)
	}
	b.WriteByte(']')
}

func (p *printer) vector(b *strings.Builder, t *Tensor, indent int) {
	perLine := max(1, (p.o.LineWidth-indent)/(p.width+2))
	n, e := t.shape[0], p.o.EdgeItems
	item := 0
	sep := func() {
		if item > 0 {
			if item%perLine == 0 {
				b.WriteString(",\n" + strings.Repeat(" ", indent+1))
			} else {
				b.WriteString(", ")
			}
		}
		item++
	}
	b.WriteByte('[')
	for i := 0; i < n; i++ {
		if p.summarize && n > 2*e && i == e {
			sep()
			b.WriteString(" ...")
			i = n - e
		}
		sep()
		p.number(b, t, t.offset+i*t.strides[0])
	}
	b.WriteByte(']')
}
