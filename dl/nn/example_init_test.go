package nn_test

import (
	"fmt"
	"math"

	"descent/dl"
	"descent/dl/nn"
)

func ExampleInitUniform() {
	w := nn.InitUniform(dl.Zeros(1000), -0.1, 0.1)
	fmt.Println(w.Abs().LeScalar(0.1).All())
	// Output: tensor(true)
}

func ExampleInitNormal() {
	dl.ManualSeed(1)
	w := nn.InitNormal(dl.Zeros(100, 100), 0, 0.02)
	fmt.Printf("%.2f\n", w.Std().Item())
	// Output: 0.02
}

func ExampleInitTruncNormal() {
	w := nn.InitTruncNormal(dl.Zeros(1000), 0, 1, -2, 2)
	fmt.Println(w.Abs().LeScalar(2).All())
	// Output: tensor(true)
}

func ExampleInitXavierUniform() {
	w := nn.InitXavierUniform(dl.Zeros(30, 20), 1) // within √(6/(30+20))
	fmt.Println(w.Abs().LeScalar(math.Sqrt(6. / 50)).All())
	// Output: tensor(true)
}

func ExampleInitXavierNormal() {
	dl.ManualSeed(1)
	w := nn.InitXavierNormal(dl.Zeros(100, 100), 1) // deviation √(2/(100+100))
	fmt.Printf("%.1f\n", w.Std().Item())
	// Output: 0.1
}

func ExampleInitKaimingUniform() {
	w := nn.InitKaimingUniform(dl.Zeros(30, 24), nn.KaimingOptions{}) // within √(6/24)
	fmt.Println(w.Abs().LeScalar(0.5).All())
	// Output: tensor(true)
}
