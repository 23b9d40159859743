package explain_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/explain"
	"descent/dl/nn"
)

// brightness is a model of 4×4 images with two scores: the sum of the left half, and that of the right half.
func brightness() *nn.Sequential {
	fc := nn.NewLinearWith(16, 2, nn.LinearOptions{NoBias: true})
	for i := range 16 {
		fc.Weight.Detach().SetAt(0, 0, i)
		fc.Weight.Detach().SetAt(0, 1, i)
		fc.Weight.Detach().SetAt(1, i%4/2, i)
	}
	return nn.NewSequential(nn.NewFlatten(), fc)
}

func ExampleSaliency() {
	a := explain.Saliency(brightness(), dl.Ones(1, 1, 4, 4), dl.New([]int64{1}))
	fmt.Println(a.Values.Select(0, 0).Select(0, 0).Select(0, 0).Float32s()) // the first row: only the right half matters
	// Output: [0 0 1 1]
}

func ExampleInputXGradient() {
	a := explain.InputXGradient(brightness(), dl.Full(0.5, 1, 1, 4, 4), dl.New([]int64{0}))
	fmt.Println(a.Values.Select(0, 0).Select(0, 0).Select(0, 0).Float32s(), a.Sum(), a.Score)
	// Output: [0.5 0.5 0 0] [4] [4]
}

func ExampleIntegratedGradients() {
	a := explain.IntegratedGradients(brightness(), dl.Ones(1, 1, 4, 4), dl.New([]int64{0}), explain.IGOptions{Steps: 8})
	fmt.Printf("%s: values add up to %.3f, the score is %.3f\n", a.Method, a.Sum()[0], a.Score[0])
	// Output: Integrated gradients: values add up to 8.000, the score is 8.000
}

func ExampleSmoothGrad() {
	a := explain.SmoothGrad(brightness(), dl.Rand(1, 1, 4, 4), dl.New([]int64{1}), explain.SmoothGradOptions{Samples: 4})
	fmt.Printf("%.1f\n", a.Values.Select(0, 0).Select(0, 0).Select(0, 0).Float32s())
	// Output: [0.0 0.0 1.0 1.0]
}

func ExampleGradCAM() {
	dl.ManualSeed(1)
	model := nn.NewSequential(nn.NewConv2d(1, 4, 3, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewFlatten(), nn.NewLinear(4*4*4, 3))
	a := explain.GradCAM(model, model.At(1), dl.Rand(2, 1, 6, 6), nil)
	fmt.Println(a.Values.Shape())
	// Output: [2 1 6 6]
}

func ExampleOcclusion() {
	a := explain.Occlusion(brightness(), dl.Ones(1, 1, 4, 4), dl.New([]int64{1}), explain.OcclusionOptions{Window: 2, Stride: 2})
	fmt.Println(a.Values.Select(0, 0).Select(0, 0).Select(0, 0).Float32s()) // covering the right half costs 4 a square
	// Output: [0 0 4 4]
}

func ExampleAttribution_Heat() {
	a := explain.InputXGradient(brightness(), dl.Full(0.5, 1, 1, 4, 4), dl.New([]int64{0}))
	h := a.Heat(0)
	fmt.Println(h.Shape(), h.Select(0, 0).Select(0, 0).Float32s())
	// Output: [1 4 4] [1 1 0 0]
}
