package metric_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/metric"
)

func ExampleAUC() {
	fmt.Println(metric.AUC(dl.New([]float64{0.1, 0.4, 0.35, 0.8}), dl.New([]int{0, 0, 1, 1})))
	// Output: 0.75
}

func ExampleAveragePrecision() {
	fmt.Printf("%.4f\n", metric.AveragePrecision(dl.New([]float64{0.1, 0.4, 0.35, 0.8}), dl.New([]int{0, 0, 1, 1})))
	// Output: 0.8333
}

func ExampleMSE() {
	fmt.Println(metric.MSE(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})))
	// Output: 2
}

func ExampleRMSE() {
	fmt.Println(metric.RMSE(dl.New([]float64{1, 2}), dl.New([]float64{1, 2})))
	// Output: 0
}

func ExampleMAE() {
	fmt.Println(metric.MAE(dl.New([]float64{1, 2}), dl.New([]float64{1, 4})))
	// Output: 1
}
