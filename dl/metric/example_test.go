package metric_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/metric"
)

var (
	logits = dl.New([][]float64{{2, 1, 0}, {0, 3, 1}, {1, 0, 2}, {2, 0, 1}})
	target = dl.New([]int{0, 1, 2, 2})
)

func ExampleAccuracy() {
	fmt.Println(metric.Accuracy(logits, target))
	// Output: 0.75
}

func ExampleTopK() {
	fmt.Println(metric.TopK(logits, target, 2))
	// Output: 1
}

func ExampleBinaryAccuracy() {
	score, yes := dl.New([]float64{-1, 2, 0.5}), dl.New([]int{0, 1, 0})
	fmt.Printf("%.3f\n", metric.BinaryAccuracy(score, yes, 0))
	// Output: 0.667
}

func ExampleNewConfusion() {
	m := metric.NewConfusion([]string{"cat", "cow", "dog"})
	m.Update(logits, target)
	fmt.Print(m)
	fmt.Println(m.MostConfused(1))
	// Output:
	// 4 samples, accuracy 75.0%
	// true\predicted    cat     cow     dog  recall
	// cat                 1       0       0  100.0%
	// cow                 0       1       0  100.0%
	// dog                 1       0       1   50.0%
	// precision       50.0%  100.0%  100.0%   75.0%
	// [dog → cat: once]
}

func ExampleConfusionMatrix_Report() {
	m := metric.NewConfusion([]string{"cat", "cow", "dog"})
	m.Update(logits, target)
	fmt.Print(m.Report())
	// Output:
	//           precision  recall      f1  support
	// cat           50.0%  100.0%   66.7%        1
	// cow          100.0%  100.0%  100.0%        1
	// dog          100.0%   50.0%   66.7%        2
	// macro         83.3%   83.3%   77.8%        4
	// weighted      87.5%   75.0%   75.0%        4
	// accuracy                      75.0%        4
}

func ExampleDigits() {
	fmt.Println(metric.Digits(3))
	// Output: [0 1 2]
}

func ExampleNewAccuracy() {
	m := metric.NewAccuracy()
	m.Update(logits, target)
	m.Update(logits.Narrow(0, 0, 2), target.Narrow(0, 0, 2))
	fmt.Printf("%s %.3f\n", m.Name(), m.Value())
	// Output: accuracy 0.833
}

func ExampleNewTopK() {
	m := metric.NewTopK(2)
	m.Update(logits, target)
	fmt.Println(m.Name(), m.Value())
	// Output: top2 1
}

func ExampleNewBinaryAccuracy() {
	m := metric.NewBinaryAccuracy(0.5)
	m.Update(dl.New([]float64{0.2, 0.9}), dl.New([]float64{0, 1}))
	fmt.Println(m.Value())
	// Output: 1
}

func ExampleNewMean() {
	m := metric.NewMean("error", func(output, target *dl.Tensor) float64 {
		return 1 - metric.Accuracy(output, target)
	})
	m.Update(logits, target)
	fmt.Println(m.Name(), m.Value())
	// Output: error 0.25
}

func ExampleR2() {
	fmt.Println(metric.R2(dl.New([]float64{1, 2, 4}), dl.New([]float64{1, 2, 3})))
	// Output: 0.5
}

func ExampleNewMAE() {
	m := metric.NewMAE()
	m.Update(dl.New([]float64{1, 2, 4}), dl.New([]float64{1, 2, 1}))
	fmt.Println(m.Name(), m.Value())
	// Output: mae 1
}

func ExampleNewMSE() {
	m := metric.NewMSE()
	m.Update(dl.New([]float64{1, 2, 4}), dl.New([]float64{1, 2, 1}))
	fmt.Println(m.Name(), m.Value())
	// Output: mse 3
}

func ExampleNewRMSE() {
	m := metric.NewRMSE()
	m.Update(dl.New([]float64{3, 3}), dl.New([]float64{1, 1}))
	fmt.Println(m.Name(), m.Value())
	// Output: rmse 2
}

func ExampleNewR2() {
	m := metric.NewR2()
	m.Update(dl.New([]float64{1, 2, 4}), dl.New([]float64{1, 2, 3}))
	fmt.Println(m.Name(), m.Value())
	// Output: r2 0.5
}

func ExampleROC() {
	fmt.Println(metric.ROC(dl.New([]float64{0.1, 0.4, 0.35, 0.8}), dl.New([]int{0, 0, 1, 1})))
	// Output: true positive rate over false positive rate: 5 points, area 0.7500
}

func ExamplePrecisionRecall() {
	c := metric.PrecisionRecall(dl.New([]float64{0.1, 0.4, 0.35, 0.8}), dl.New([]int{0, 0, 1, 1}))
	fmt.Printf("%.3f\n", c.Area)
	// Output: 0.833
}
