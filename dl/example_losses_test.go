package dl_test

import (
	"fmt"

	"descent/dl"
)

func ExampleMarginRankingLoss() {
	better, worse := dl.New([]float64{2, 0.5}), dl.New([]float64{1, 1})
	fmt.Println(dl.MarginRankingLoss(better, worse, dl.Ones(2), 0, dl.ReduceNone))
	// Output: tensor([0.0000, 0.5000])
}

func ExampleHingeEmbeddingLoss() {
	fmt.Println(dl.HingeEmbeddingLoss(dl.New([]float64{0.2, 0.2}), dl.New([]float64{1, -1}), 1, dl.ReduceNone))
	// Output: tensor([0.2000, 0.8000])
}

func ExampleCosineEmbeddingLoss() {
	a, b := dl.New([][]float64{{1, 0}}), dl.New([][]float64{{0, 1}})
	fmt.Println(dl.CosineEmbeddingLoss(a, b, dl.New([]int{1}), 0, dl.ReduceMean))
	// Output: tensor(1.)
}

func ExampleSoftMarginLoss() {
	fmt.Println(dl.SoftMarginLoss(dl.New([]float64{0, 3}), dl.New([]float64{1, -1}), dl.ReduceNone))
	// Output: tensor([0.6931, 3.0486])
}

func ExampleMultiMarginLoss() {
	x := dl.New([][]float64{{0.1, 0.2, 0.8}})
	fmt.Println(dl.MultiMarginLoss(x, dl.New([]int{2}), dl.MultiMarginOptions{}))
	// Output: tensor(0.2333)
}

func ExampleMultiLabelMarginLoss() {
	x := dl.New([][]float64{{0.1, 0.2, 0.8}})
	fmt.Println(dl.MultiLabelMarginLoss(x, dl.New([][]int{{2, -1, 0}}), dl.ReduceMean))
	// Output: tensor(0.2333)
}

func ExampleMultiLabelSoftMarginLoss() {
	x := dl.New([][]float64{{3, -3}})
	fmt.Println(dl.MultiLabelSoftMarginLoss(x, dl.New([][]int{{1, 0}}), nil, dl.ReduceMean))
	// Output: tensor(0.0486)
}

func ExamplePairwiseDistance() {
	fmt.Println(dl.PairwiseDistance(dl.New([][]float64{{0, 0}}), dl.New([][]float64{{3, 4}}), 2, 0))
	// Output: tensor([5.])
}

func ExampleTripletMarginLoss() {
	anchor, near, far := dl.Zeros(1, 2), dl.Full(0.1, 1, 2), dl.Full(3, 1, 2)
	fmt.Println(dl.TripletMarginLoss(anchor, near, far, dl.TripletMarginOptions{}))
	// Output: tensor(0.)
}

func ExamplePoissonNLLLoss() {
	fmt.Println(dl.PoissonNLLLoss(dl.New([]float64{0}), dl.New([]float64{2}), dl.PoissonNLLOptions{}))
	// Output: tensor(1.)
}

func ExampleGaussianNLLLoss() {
	mean, y, variance := dl.Zeros(2), dl.New([]float64{0, 2}), dl.Ones(2)
	fmt.Println(dl.GaussianNLLLoss(mean, y, variance, dl.GaussianNLLOptions{}))
	// Output: tensor(1.)
}

func ExampleCTCLoss() {
	logits := dl.Zeros(4, 1, 3) // 4 steps, 1 sample, 3 classes, all equally likely
	loss := dl.CTCLoss(logits.LogSoftmax(2), dl.New([][]int{{1, 2}}), []int{4}, []int{2}, dl.CTCOptions{Reduction: dl.ReduceSum})
	fmt.Printf("%.4f\n", loss.Neg().Exp().Item()*81) // so many of the 3⁴ paths say "1 2"
	// Output: 15.0000
}
