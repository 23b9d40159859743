package datasets_test

import (
	"fmt"
	"strings"

	"descent/datasets"
)

func ExampleMNIST() {
	train, test := datasets.MNIST()
	fmt.Println(train)
	fmt.Println(test.X.Shape(), test.Y.Shape(), test.Classes[7])
	fmt.Println("the first test image shows a", test.Y.At(0))
	// Output:
	// MNIST train: 60000 samples of float32 [1 28 28], 10 classes
	// [10000 1 28 28] [10000] 7
	// the first test image shows a 7
}

func ExampleMNISTCard() {
	c := datasets.MNISTCard()
	fmt.Println(c.Name, c.Shape, c.Train, c.Test)
	for _, r := range c.References {
		fmt.Printf("%.1f%% %s\n", 100*r.Accuracy, r.Model)
	}
	// Output:
	// MNIST [1 28 28] 60000 10000
	// 92.0% linear classifier
	// 96.7% 784-128-10 network, Adam, 5 epochs
	// 99.1% LeNet-5
	// 99.6% convolutional networks with augmentation
}

func ExampleReadIDX() {
	file := "\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x03\x01\x02\x03"
	x, err := datasets.ReadIDX(strings.NewReader(file))
	fmt.Println(x.Shape(), x.Uint8s(), err)
	// Output: [1 3] [1 2 3] <nil>
}
