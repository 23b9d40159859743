package explain

import (
	"fmt"
	"math"
	"strings"

	"descent/dl"
	"descent/dl/nn"
)

// Attribution is how much each number of some inputs mattered for a model's scores.
type Attribution struct {
	Method string     // "Saliency", "Integrated gradients", …
	Input  *dl.Tensor // the inputs, [N, …]
	Values *dl.Tensor // of the shape of the inputs; Grad-CAM has one channel, [N, 1, H, W]
	Signed bool       // values tell for (+) from against (−); otherwise they only tell how much

	Target     []int     // the class that was explained, of each input; nil for a model with one output
	Predicted  []int     // the class that the model gives; nil likewise
	Confidence []float64 // probability of the predicted class, or the output itself
	Score      []float64 // the score that was explained

	// Delta is the error of completeness of each input: the sum of its values less the difference that they should add up to.
	// Only methods that are complete have it.
	Delta []float64
}

// String says what was explained, without the values.
func (a *Attribution) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %d inputs of shape %v", a.Method, a.Input.Size(0), a.Input.Shape()[1:])
	for i := range a.Predicted {
		if i == 10 {
			fmt.Fprintf(&b, "\n  … %d more", len(a.Predicted)-i)
			break
		}
		fmt.Fprintf(&b, "\n  %d: for class %d, predicted %d (%.1f %%)", i, a.Target[i], a.Predicted[i], 100*a.Confidence[i])
	}
	return b.String()
}

// task is one call of a method: a model, the inputs, and the class of each to be explained.
type task struct {
	op     string
	model  nn.Module
	x      *dl.Tensor // [N, …], without history
	target []int
	pick   *dl.Tensor // [N, C], 1 at the class to be explained, nil for a model with one output
	a      *Attribution
}

// begin checks the arguments, runs the model once, and settles which classes are explained. Call it inside InEval.
func begin(op, method string, model nn.Module, x, target *dl.Tensor) *task {
	if x.Dim() < 2 {
		panic(&dl.Error{Op: op, Shapes: [][]int{x.Shape()}, Got: fmt.Sprintf("inputs of shape %v", x.Shape()),
			Want: "a batch, [N, …]", Hint: "one input needs a batch axis: x.Unsqueeze(0)"})
	}
	if !x.DType().IsFloat() {
		panic(&dl.Error{Op: op, Got: "inputs of " + x.DType().String(), Want: "floats, which have gradients",
			Hint: "for a model that begins with an embedding, explain what follows it: embed first"})
	}
	t := &task{op: op, model: model, x: x.Detach(), a: &Attribution{Method: method, Input: x.Detach()}}
	var out *dl.Tensor
	dl.NoGrad(func() { out = model.Forward(t.x) })
	n := x.Size(0)
	switch {
	case out.Dim() == 1 && out.Size(0) == n, out.Dim() == 2 && out.Size(0) == n && out.Size(1) == 1:
		t.single(out, target)
	case out.Dim() == 2 && out.Size(0) == n:
		t.classes(out, target)
	default:
		panic(&dl.Error{Op: op, Shapes: [][]int{out.Shape()}, Got: fmt.Sprintf("a model with outputs of shape %v for %d inputs", out.Shape(), n),
			Want: "one row of scores for each input", Hint: "wrap the model in nn.Func to choose or reduce its output"})
	}
	return t
}

// single is for a model that gives one number: that is what is explained.
func (t *task) single(out, target *dl.Tensor) {
	if target != nil {
		panic(&dl.Error{Op: t.op, Got: "a target for a model with one output", Want: "none", Hint: "pass nil"})
	}
	t.a.Confidence = out.Float64s()
	t.a.Score = out.Float64s()
}

// classes is for a model that gives a score for each class.
func (t *task) classes(out, target *dl.Tensor) {
	n, c := out.Size(0), out.Size(1)
	probs := out.Softmax(1).Float64s()
	scores := out.Float64s()
	var want []int64
	if target != nil {
		if target.DType().IsFloat() || target.Numel() != n && target.Numel() != 1 {
			panic(&dl.Error{Op: t.op, Shapes: [][]int{target.Shape()}, Got: fmt.Sprintf("a target of %s and shape %v for %d inputs", target.DType(), target.Shape(), n),
				Want: "one class index for each input, or one for all", Hint: "nil explains the classes that the model predicts"})
		}
		want = target.Detach().To(dl.Int64).Contiguous().Int64s()
	}
	pick := make([]float64, n*c)
	for i := range n {
		best := 0
		for k := range c {
			if scores[i*c+k] > scores[i*c+best] {
				best = k
			}
		}
		k := best
		if want != nil {
			k = int(want[min(i, len(want)-1)])
			if k < 0 || k >= c {
				panic(&dl.Error{Op: t.op, Got: fmt.Sprintf("class %d for input %d", k, i), Want: fmt.Sprintf("a class from 0 to %d", c-1)})
			}
		}
		pick[i*c+k] = 1
		t.target = append(t.target, k)
		t.a.Predicted = append(t.a.Predicted, best)
		t.a.Confidence = append(t.a.Confidence, probs[i*c+best])
		t.a.Score = append(t.a.Score, scores[i*c+k])
	}
	t.a.Target = t.target
	t.pick = dl.FromFloat64s(pick, n, c).To(out.DType())
}

// scores runs the model and returns the score of each input that is explained, [N].
func (t *task) scores(x *dl.Tensor) *dl.Tensor {
	out := t.model.Forward(x)
	if t.pick == nil {
		return out.Reshape(-1)
	}
	return out.Mul(t.pick).Sum(1)
}

// gradient is the gradient of the scores at x. It leaves the gradients of the parameters alone.
func (t *task) gradient(x *dl.Tensor) *dl.Tensor {
	if dl.Interrupted() {
		panic(dl.ErrInterrupted)
	}
	leaf := x.Detach().Clone().SetRequiresGrad(true)
	var g *dl.Tensor
	dl.EnableGrad(func() {
		s := t.scores(leaf).Sum()
		if !s.RequiresGrad() {
			panic(&dl.Error{Op: t.op, Got: "a model whose output does not depend on its input through differentiable operations",
				Want: "one that does", Hint: "look for Detach, NoGrad, ArgMax or comparisons in Forward"})
		}
		g = dl.Grad([]*dl.Tensor{s}, []*dl.Tensor{leaf}, dl.GradOptions{})[0]
	})
	return g.Detach()
}

// done puts the values in.
func (t *task) done(values *dl.Tensor, signed bool) *Attribution {
	t.a.Values, t.a.Signed = values.Detach().Contiguous(), signed
	return t.a
}

// Sum is the total of the values of each input.
func (a *Attribution) Sum() []float64 {
	n := a.Values.Size(0)
	return a.Values.Reshape(n, -1).Sum(1).Float64s()
}

// Heat gives the values as maps for showing, [N, H, W]: channels are added up, and each map is divided by its largest
// absolute value after the greatest outliers, a part of clip of all pixels, have been cut off. Captum's pictures use 0.02.
// Inputs that are not images keep their shape.
func (a *Attribution) Heat(clip float64) *dl.Tensor {
	v := a.Values
	if v.Dim() == 4 {
		v = v.Sum(1)
	}
	n := v.Size(0)
	out := v.Clone()
	flat := out.Float64s()
	step := len(flat) / max(n, 1)
	for i := range n {
		scale(flat[i*step:(i+1)*step], clip)
	}
	return dl.FromFloat64s(flat, v.Shape()...).To(dl.Float32)
}

// scale brings v into [-1, 1].
func scale(v []float64, clip float64) {
	size := make([]float64, len(v))
	for i, x := range v {
		size[i] = math.Abs(x)
	}
	top := quantile(size, 1-clip)
	if top == 0 {
		top = quantile(size, 1)
	}
	if top == 0 || math.IsNaN(top) {
		return
	}
	for i, x := range v {
		v[i] = math.Max(-1, math.Min(1, x/top))
	}
}
