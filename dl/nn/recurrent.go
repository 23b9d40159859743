package nn

import (
	"fmt"
	"math"
	"strings"

	"descent/dl"
)

// RecurrentOptions are the choices for [RNN], [LSTM] and [GRU]. The zero value is PyTorch's default: one layer, one
// direction, with biases, and inputs of shape [T, N, In].
type RecurrentOptions struct {
	Layers        int     // each reads the outputs of the one before; 0 means 1
	BatchFirst    bool    // inputs and outputs are [N, T, …] instead of [T, N, …]
	Bidirectional bool    // a second set of weights reads the sequences from the end; outputs are put side by side
	NoBias        bool    // leaves the biases out
	Dropout       float64 // probability of dropping between layers while training
	ReLU          bool    // RNN only: ReLU instead of tanh
	Projection    int     // LSTM only: states are projected to so many numbers, fewer than hidden; 0 means not
}

// RecurrentWeights are the parameters of one layer in one direction. The rows are in blocks, one for each gate: i, f, g, o
// for an LSTM, r, z, n for a GRU.
type RecurrentWeights struct {
	WeightIH *dl.Tensor // [Gates·Hidden, features of the input]
	WeightHH *dl.Tensor // [Gates·Hidden, Hidden]
	BiasIH   *dl.Tensor // [Gates·Hidden], nil without biases
	BiasHH   *dl.Tensor // [Gates·Hidden], nil without biases
	WeightHR *dl.Tensor // [Projection, Hidden], nil without a projection
}

// Recurrent is what [RNN], [LSTM] and [GRU] share.
type Recurrent struct {
	In      int              `nn:"-"`
	Hidden  int              `nn:"-"`
	Options RecurrentOptions `nn:"-"`
	// Weights are those of layer 0 forwards, layer 0 backwards (when bidirectional), layer 1 forwards, and so on. Their
	// names are PyTorch's: weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, weight_ih_l0_reverse, ….
	Weights []RecurrentWeights `nn:"-"`
	Mode
	layer `nn:"-"`
}

func newRecurrent(op string, gates, in, hidden int, o RecurrentOptions) Recurrent {
	positive(op, "in", in)
	positive(op, "hidden", hidden)
	if o.Layers < 0 {
		positive(op, "layers", o.Layers)
	}
	if !(o.Dropout >= 0 && o.Dropout <= 1) {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("dropout %g", o.Dropout), Want: "a probability in [0, 1]"})
	}
	o.Layers = max(o.Layers, 1)
	if o.Projection < 0 || o.Projection >= hidden || o.Projection > 0 && gates != 4 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("a projection to %d of %d numbers", o.Projection, hidden),
			Want: "an LSTM, and fewer numbers than its states have"})
	}
	r := Recurrent{In: in, Hidden: hidden, Options: o}
	for range o.Layers {
		for range r.directions() {
			r.Weights = append(r.Weights, newRecurrentWeights(gates, in, hidden, o.Projection, o.NoBias))
		}
		in = r.states() * r.directions()
	}
	return r
}

// newRecurrentWeights draws all weights from ±1/√hidden, as PyTorch does.
func newRecurrentWeights(gates, in, hidden, projection int, noBias bool) RecurrentWeights {
	bound := 1 / math.Sqrt(float64(hidden))
	draw := func(shape ...int) *dl.Tensor { return InitUniform(parameter(shape...), -bound, bound) }
	w := RecurrentWeights{WeightIH: draw(gates*hidden, in), WeightHH: draw(gates*hidden, statesOf(hidden, projection))}
	if !noBias {
		w.BiasIH, w.BiasHH = draw(gates*hidden), draw(gates*hidden)
	}
	if projection > 0 {
		w.WeightHR = draw(projection, hidden)
	}
	return w
}

// states is the number of features of the outputs.
func (r *Recurrent) states() int { return statesOf(r.Hidden, r.Options.Projection) }

func statesOf(hidden, projection int) int {
	if projection > 0 {
		return projection
	}
	return hidden
}

func (r *Recurrent) directions() int {
	if r.Options.Bidirectional {
		return 2
	}
	return 1
}

// ownTensors names the parameters for the walk.
func (r *Recurrent) ownTensors() []NamedParam {
	var out []NamedParam
	for i, w := range r.Weights {
		suffix := fmt.Sprintf("_l%d", i/r.directions())
		if i%r.directions() == 1 {
			suffix += "_reverse"
		}
		for _, p := range []NamedParam{{"weight_ih", w.WeightIH}, {"weight_hh", w.WeightHH}, {"bias_ih", w.BiasIH}, {"bias_hh", w.BiasHH}, {"weight_hr", w.WeightHR}} {
			if p.Tensor != nil {
				out = append(out, NamedParam{p.Name + suffix, p.Tensor})
			}
		}
	}
	return out
}

// step runs one layer in one direction; it is dl.RNN, dl.LSTM or dl.GRU. States that do not exist are nil.
type step func(x, h, c *dl.Tensor, w RecurrentWeights, o dl.RecurrentOptions) (out, hn, cn *dl.Tensor)

// run runs all layers in all directions.
//
//	x [T, N, In], [N, T, In] with BatchFirst, or [T, In] for a single sequence
//	h0, c0 [Layers·directions, N, Hidden] or nil for zeros, without N for a single sequence
func (r *Recurrent) run(op string, x, h0, c0 *dl.Tensor, lengths []int, f step) (out, hn, cn *dl.Tensor) {
	single := x.Dim() == 2
	batchAxis := 1
	if r.Options.BatchFirst {
		batchAxis = 0
	}
	if single {
		x = x.Unsqueeze(batchAxis)
		h0, c0 = unsqueezed(h0), unsqueezed(c0)
	}
	r.check(op, x, h0, c0, batchAxis)
	dirs := r.directions()
	var hs, cs []*dl.Tensor
	for l := range r.Options.Layers {
		sides := make([]*dl.Tensor, dirs)
		for d := range dirs {
			i := l*dirs + d
			o := dl.RecurrentOptions{BatchFirst: r.Options.BatchFirst, Reverse: d == 1, Lengths: lengths, ReLU: r.Options.ReLU}
			y, h, c := f(x, part(h0, i), part(c0, i), r.Weights[i], o)
			sides[d] = y
			hs, cs = append(hs, h), append(cs, c)
		}
		x = sides[0]
		if dirs == 2 {
			x = dl.Cat(sides, 2)
		}
		if l < r.Options.Layers-1 {
			x = dl.Dropout(x, r.Options.Dropout, r.Training())
		}
	}
	out, hn = x, dl.Stack(hs, 0)
	if cs[0] != nil {
		cn = dl.Stack(cs, 0)
	}
	if single {
		out, hn = out.Squeeze(batchAxis), hn.Squeeze(1)
		if cn != nil {
			cn = cn.Squeeze(1)
		}
	}
	return out, hn, cn
}

func unsqueezed(t *dl.Tensor) *dl.Tensor {
	if t == nil || t.Dim() != 2 {
		return t
	}
	return t.Unsqueeze(1)
}

func part(t *dl.Tensor, i int) *dl.Tensor {
	if t == nil {
		return nil
	}
	return t.Select(0, i)
}

func (r *Recurrent) check(op string, x, h0, c0 *dl.Tensor, batchAxis int) {
	layout := "[steps×batch×%d features]"
	if batchAxis == 0 {
		layout = "[batch×steps×%d features]"
	}
	layout = fmt.Sprintf(layout, r.In)
	shape := x.Shape()
	if len(shape) != 3 || shape[2] != r.In {
		e := &dl.Error{Op: op, Shapes: [][]int{shape}, Got: "an input of shape " + shapeText(shape), Want: layout}
		switch {
		case len(shape) == 3 && shape[1] == r.In:
			e.Hint = "the features are second: x.Transpose(1, 2) puts them last"
		case len(shape) == 3:
			e.Hint = fmt.Sprintf("the layer was made for %d features and x has %d", r.In, shape[2])
		case len(shape) == 4:
			e.Hint = "join the axes that make up a step: x.Flatten(2)"
		}
		panic(e)
	}
	for i, s := range []*dl.Tensor{h0, c0} {
		want := []int{len(r.Weights), shape[batchAxis], r.Hidden}
		if i == 0 {
			want[2] = r.states()
		}
		if s != nil && shapeText(s.Shape()) != shapeText(want) {
			panic(&dl.Error{Op: op, Shapes: [][]int{shape, s.Shape()}, Got: "a first state of shape " + shapeText(s.Shape()),
				Want: shapeText(want) + ": layers (times two when bidirectional)×batch×hidden",
				Hint: "pass nil to start from zeros"})
		}
	}
}

func (r *Recurrent) describe(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s(%d→%d", name, r.In, r.Hidden)
	o := r.Options
	if o.Layers > 1 {
		fmt.Fprintf(&b, ", %d layers", o.Layers)
	}
	for _, f := range []struct {
		on   bool
		text string
	}{{o.Bidirectional, "bidirectional"}, {o.BatchFirst, "batch first"}, {o.ReLU, "ReLU"}, {o.NoBias, "no bias"}} {
		if f.on {
			b.WriteString(", " + f.text)
		}
	}
	if o.Projection > 0 {
		fmt.Fprintf(&b, ", projection %d", o.Projection)
	}
	if o.Dropout > 0 {
		fmt.Fprintf(&b, ", dropout %g", o.Dropout)
	}
	b.WriteByte(')')
	return b.String()
}
