package nn_test

import (
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
	"descent/dl/optim"
)

// TestBeginners holds what people read who make the mistakes that beginners make:
// the operation or layer, the shapes or values, and the way out.
func TestBeginners(t *testing.T) {
	leaf := dl.Ones(2, 3).SetRequiresGrad(true)
	logits := dl.Zeros(4, 10)
	for _, c := range []struct {
		name string
		f    func()
		want string // parts, divided by |
	}{
		{"shapes that do not broadcast", func() { dl.Zeros(2, 3).Add(dl.Zeros(4)) }, "add|[2×3] and [4]|3 on the left and 4 on the right"},
		{"a product with rows for columns", func() { dl.Zeros(2, 3).MatMul(dl.Zeros(2, 3)) }, "matmul|[2×3] · [2×3]|b.Transpose(-2, -1)"},
		{"a shape of another size", func() { dl.Zeros(2, 3).Reshape(4, 2) }, "reshape|6 elements|8|-1"},
		{"a view of what is transposed", func() { dl.Zeros(2, 3).T().View(6) }, "view|use Reshape"},
		{"a stretch that is none", func() { dl.Zeros(2, 3).Expand(4, 3) }, "expand|[2×3]|[4×3]"},
		{"an axis too many", func() { dl.Zeros(2, 3).Sum(2) }, "sum|dimension 2|[2×3]|-2 … 1"},
		{"an axis twice", func() { dl.Zeros(2, 3).Permute(0, 0) }, "permute|[0 0]|once"},
		{"an element that is not there", func() { dl.Zeros(2, 3).At(2, 0) }, "index 2|dimension 0|[2×3]"},
		{"too few indices", func() { dl.Zeros(2, 3).At(1) }, "1 indices|[2×3]|want 2"},
		{"a number from many", func() { dl.Zeros(3).Item() }, "item|[3]|Sum or Mean"},
		{"rows of two lengths", func() { dl.New([][]float64{{1, 2}, {3}}) }, "a row of 1 elements after a row of 2|pad"},
		{"parts that do not fit", func() { dl.Cat([]*dl.Tensor{dl.Zeros(2, 3), dl.Zeros(2, 4)}, 0) }, "cat|[2×4] after one of shape [2×3]|Stack"},
		{"a stack of different shapes", func() { dl.Stack([]*dl.Tensor{dl.Zeros(2, 3), dl.Zeros(2, 4)}, 0) }, "stack|[2×4]|Cat"},
		{"a mask of floats", func() { dl.Zeros(3).MaskedFill(dl.Ones(3), 1) }, "mask of float32|x.GtScalar(0)"},
		{"a condition of floats", func() { dl.Where(dl.Ones(3), dl.Zeros(3), dl.Zeros(3)) }, "where|float32|bool"},
		{"an index of floats", func() { dl.Zeros(2, 3).IndexSelect(0, dl.New([]float64{0, 1})) }, "index of float32|idx.To(dl.Int64)"},
		{"a flat index for gather", func() { dl.Zeros(2, 3).Gather(1, dl.New([]int{0, 1})) }, "gather|[2]|[2×3]|idx.Unsqueeze(-1)"},
		{"the mean of integers", func() { dl.New([]int{1, 2}).Mean() }, "mean|int64|t.To(dl.Float32)"},

		{"a gradient of many numbers", func() { leaf.MulScalar(2).Backward() }, "backward|[2×3]|Sum() or Mean()|BackwardWith"},
		{"a gradient of nothing", func() { dl.Ones(1).Sum().Backward() }, "does not depend on anything|SetRequiresGrad(true)|NoGrad"},
		{"two backward passes", func() { y := leaf.Square().Sum(); y.Backward(); y.Backward() }, "backward of square|used before|BackwardKeep()"},
		{"a parameter changed in place", func() { leaf.AddScalarInPlace(1) }, "add in place|leaf|dl.NoGrad"},
		{"a saved value changed in place", func() { a := leaf.Exp(); b := a.Mul(a); a.Detach().Fill(1); b.Sum().Backward() }, "backward of mul|changed in place after mul had used it|Clone()"},
		{"integers with gradients", func() { dl.Zeros(2).Long().SetRequiresGrad(true) }, "int64|float32 or float64"},

		{"class indices as floats", func() { nn.CrossEntropy(logits, dl.Zeros(4)) }, "cross_entropy|float32 target of shape [4]|target.To(dl.Int64)"},
		{"one-hot integers", func() { nn.CrossEntropy(logits, dl.Zeros(4, 10).Long()) }, "target.ArgMax(1)"},
		{"a class that the model lacks", func() { nn.CrossEntropy(logits, dl.New([]int{1, 2, 10, 0})) }, "class 10 in target 2|0 to 9|at least 11 wide"},
		{"targets in a column", func() { nn.CrossEntropy(logits, dl.Zeros(4, 1).Long()) }, "[4×10]|[4×1]|target.Squeeze(-1)"},
		{"another batch of targets", func() { nn.CrossEntropy(logits, dl.Zeros(3).Long()) }, "4 rows of logits, 3 targets"},
		{"target and logits swapped", func() { nn.CrossEntropy(dl.Zeros(4).Long(), logits) }, "int64 and shape [4]|swapped|CrossEntropy(logits, target)"},
		{"an output with a last axis", func() { nn.MSE(dl.Zeros(4, 1), dl.Zeros(4)) }, "mse_loss|[4×1]|[4]|output.Squeeze(-1)"},
		{"targets of integers", func() { nn.MSE(dl.Zeros(4), dl.Zeros(4).Long()) }, "int64|target.To(dl.Float32)"},
		{"scores for probabilities", func() { nn.BCE(dl.New([]float64{3, -1}), dl.New([]float64{1, 0})) }, "3 at element 0|[0, 1]|BCEWithLogits"},
		{"targets of 0 for -1", func() { nn.HingeEmbedding(dl.Ones(2), dl.New([]int{0, 1})) }, "a target of 0|1 and -1|MulScalar(2)"},
		{"triplets of two widths", func() {
			dl.TripletMarginLoss(dl.Zeros(2, 3), dl.Zeros(2, 4), dl.Zeros(2, 3), dl.TripletMarginOptions{})
		}, "triplet_margin_loss|[2×3], [2×4] and [2×3]"},

		{"a layer that was not made", func() { (&simpleNN{}).Forward(dl.Zeros(1, 784)) }, "nn.Linear|never made|nn.NewLinear("},
		{"words as floats", func() { nn.NewEmbedding(5, 2).Forward(dl.Zeros(3)) }, "Embedding(5×2)|indices of float32|index.To(dl.Int64)"},
		{"a word that the table lacks", func() { nn.NewEmbedding(5, 2).Forward(dl.New([]int{7})) }, "index 7|0 to 4|at least 8 rows"},
		{"a batch of one", func() { nn.NewBatchNorm1d(3, nn.BatchNormOptions{}).Forward(dl.Zeros(1, 3)) }, "BatchNorm1d(3)|[1×3]|nn.Eval(model)"},
		{"images in a norm of rows", func() { nn.NewBatchNorm1d(3, nn.BatchNormOptions{}).Forward(dl.Zeros(1, 3, 4, 4)) }, "[1×3×4×4]|nn.BatchNorm2d"},
		{"features that come second", func() { nn.NewLSTM(3, 4, nn.RecurrentOptions{}).Forward(dl.Zeros(5, 3, 7)) }, "LSTM(3→4)|[5×3×7]|x.Transpose(1, 2)"},
		{"windows larger than images", func() { nn.NewMaxPool2d(3, nn.MaxPool2dOptions{}).Forward(dl.Zeros(1, 1, 2, 2)) }, "MaxPool2d(3)|2×2|3×3"},
		{"channels that do not fit", func() { nn.NewConv2d(3, 8, 3, nn.Conv2dOptions{}).Forward(dl.Zeros(1, 1, 9, 9)) }, "Conv2d(3→8, kernel 3)|[1×1×9×9]|nn.NewConv2d(1, 8"},
		{"heads that do not divide", func() { nn.NewMultiheadAttention(10, 3, nn.MultiheadAttentionOptions{}) }, "10 features and 3 heads"},
		{"per cent for a probability", func() { nn.NewDropout(50) }, "probability 50|50 % is 0.5"},
		{"no parameters", func() { optim.NewAdam(nil, optim.AdamOptions{}) }, "optim.NewAdam|no parameters|nn.Params(model)"},
		{"a computed parameter", func() { optim.NewSGD([]*dl.Tensor{leaf.Exp()}, optim.SGDOptions{LR: 1}) }, "result of exp|leaves"},
		{"targets for fewer samples", func() { data.NewTensorDataset(dl.Zeros(3, 2), dl.Zeros(4)) }, "3 inputs, 4 targets"},
	} {
		e := misuse(t, c.f)
		if e == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		for _, part := range strings.Split(c.want, "|") {
			if !strings.Contains(e.Error(), part) {
				t.Errorf("%s: no %q in\n%s", c.name, part, e.Error())
			}
		}
	}
}
