package nn_test

import (
	"fmt"
	"reflect"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleTypeName() {
	fmt.Println(nn.TypeName(nn.NewReLU()))
	// Output: ReLU
}

func ExampleDescribe() {
	fmt.Println(nn.Describe(nn.NewSequential(nn.NewLinear(2, 1), nn.NewTanh())))
	// Output:
	// Sequential(
	//   (0): Linear(2→1)
	//   (1): Tanh
	// )
}

func ExampleTrain() {
	model := nn.NewSequential(nn.NewDropout(0.5))
	nn.Eval(model)
	nn.Train(model)
	fmt.Println(nn.IsTraining(model))
	// Output: true
}

func ExampleIsTraining() {
	model := nn.NewDropout(0.5)
	nn.Eval(model)
	fmt.Println(nn.IsTraining(model))
	// Output: false
}

func ExampleInEval() {
	model := nn.NewDropout(0.5)
	nn.InEval(model, func() { fmt.Println(model.Forward(dl.Ones(3))) })
	fmt.Println(nn.IsTraining(model))
	// Output:
	// tensor([1., 1., 1.])
	// true
}

func ExampleUnfreeze() {
	model := nn.NewSequential(nn.NewLinear(4, 2), nn.NewLinear(2, 1))
	fmt.Println(nn.Freeze(model, ""), nn.Unfreeze(model, "1")) // 4 tensors, then 2 of them
	// Output: 4 2
}

func ExampleWalk() {
	model := nn.NewSequential(nn.NewLinear(4, 2), nn.NewSequential(nn.NewReLU()))
	nn.Walk(model, func(path string, m nn.Module) { fmt.Printf("%q %s\n", path, nn.TypeName(m)) })
	// Output:
	// "" Sequential
	// "0" Linear
	// "1" Sequential
	// "1.0" ReLU
}

func ExampleSummaryOf() {
	model := nn.NewEmbedding(10, 4)
	fmt.Println(nn.SummaryOf(model, dl.New([][]int64{{1, 2, 3}})))
	// Output:
	// Embedding, input [1×3]
	// layer            output   parameters
	// ────────────────────────────────────
	// Embedding(10×4)  [1×3×4]          40
	// ────────────────────────────────────
	// 40 parameters
}

func ExampleNamedBuffers() {
	for _, b := range nn.NamedBuffers(nn.NewBatchNorm1d(2, nn.BatchNormOptions{})) {
		fmt.Println(b.Name, b.Tensor)
	}
	// Output:
	// running_mean tensor([0., 0.])
	// running_var tensor([1., 1.])
}

func ExampleNewStateDict() {
	s := nn.NewStateDict()
	s.Set("weight", dl.Ones(1, 2))
	s.Set("bias", dl.Zeros(1))
	layer := nn.NewLinear(2, 1)
	_, err := nn.LoadState(layer, s, nn.LoadOptions{})
	fmt.Println(layer.Weight, err)
	// Output: tensor([[1., 1.]], requires_grad=true) <nil>
}

func ExampleSetTypeNames() {
	// A notebook knows what its cells call their types.
	nn.SetTypeNames(func(t reflect.Type) (string, []string, bool) { return "Net", nil, t.Name() == "" })
	defer nn.SetTypeNames(nil)
	fmt.Println(nn.TypeName(&struct{ *nn.Tanh }{nn.NewTanh()}))
	// Output: Net
}
