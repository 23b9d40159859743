package data_test

import (
	"fmt"

	"descent/dl"
	"descent/dl/data"
)

// numbers returns ten samples 0 to 9 in three classes.
func numbers() *data.TensorDataset {
	return data.NewTensorDataset(dl.Arange(0, 10, 1).Reshape(10, 1), dl.New([]int{0, 1, 2, 0, 1, 2, 0, 1, 2, 0}))
}

// Squares is a dataset of one's own.
type Squares struct{}

func (Squares) Len() int { return 100 }
func (Squares) Get(i int) (x, y *dl.Tensor) {
	return dl.Full(float64(i), 1), dl.Full(float64(i*i), 1)
}

func ExampleDataset() {
	loader := data.NewLoader(Squares{}, data.LoaderOptions{BatchSize: 4})
	for batch := range loader.All() {
		fmt.Println(batch.X.Shape(), batch.Y.Float32s())
		break
	}
	// Output: [4 1] [0 1 4 9]
}

func ExampleNewTensorDataset() {
	d := numbers()
	d.Name, d.Classes = "numbers", []string{"a", "b", "c"}
	fmt.Println(d)
	fmt.Println(d.ClassCounts())
	// Output:
	// numbers: 10 samples of float32 [1], 3 classes
	// [4 3 3]
}

func ExampleTensorDataset_Normalize() {
	d := numbers().Normalize(5, 2)
	fmt.Println(d.First(3).X.Float32s())
	fmt.Println(d.X.At(0, 0)) // the data themselves are as they were
	// Output:
	// [-2.5 -2 -1.5]
	// 0
}

func ExampleTensorDataset_Split() {
	train, val := numbers().Split(0.8, 1)
	fmt.Println(train.Len(), val.Len())
	// Output: 8 2
}

func ExampleNewSubset() {
	s := data.NewSubset(numbers(), []int{7, 3})
	fmt.Println(s.Batch([]int{0, 1}).X.Float32s())
	// Output: [7 3]
}

func ExampleRandomSplit() {
	for _, part := range data.RandomSplit(Squares{}, []float64{0.7, 0.2, 0.1}, 1) {
		fmt.Print(part.Len(), " ")
	}
	// Output: 70 20 10
}

func ExampleConcat() {
	fmt.Println(data.Concat([]data.Dataset{numbers(), Squares{}}).Len())
	// Output: 110
}

func ExampleMap() {
	d := data.Map(numbers(), func(x, y *dl.Tensor) (*dl.Tensor, *dl.Tensor) { return x.MulScalar(10), y })
	x, _ := d.Get(3)
	fmt.Println(x.Item())
	// Output: 30
}

func ExampleCollect() {
	b := data.Collect(Squares{}, []int{2, 3})
	fmt.Println(b.Y.Float32s(), b.Len())
	// Output: [4 9] 2
}

func ExampleNewLoader() {
	loader := data.NewLoader(numbers(), data.LoaderOptions{BatchSize: 4, Shuffle: true, Seed: 1})
	for epoch := range 2 {
		seen := 0
		for batch := range loader.All() {
			seen += batch.Len()
		}
		fmt.Println("epoch", epoch, "samples", seen, "batches", loader.Len())
	}
	// Output:
	// epoch 0 samples 10 batches 3
	// epoch 1 samples 10 batches 3
}

func ExampleWeightedSampler() {
	never, always := 0.0, 1.0
	fmt.Println(data.WeightedSampler([]float64{never, always, never}, 5)(1, 0))
	// Output: [1 1 1 1 1]
}

func ExampleBalancedSampler() {
	d := data.NewTensorDataset(dl.Zeros(4, 1), dl.New([]int{0, 0, 0, 1}))
	loader := data.NewLoader(d, data.LoaderOptions{BatchSize: 4, Sampler: data.BalancedSampler(d.Y), Seed: 1})
	ones := 0.0
	for range 500 {
		for batch := range loader.All() {
			ones += batch.Y.Sum().Item()
		}
	}
	fmt.Printf("class 1 is drawn %.0f%% of the time\n", 5*float64(int(ones/2000*20+0.5)))
	// Output: class 1 is drawn 50% of the time
}

// image is [1, 2, 3].
var image = dl.New([][][]float64{{{1, 2, 3}, {4, 5, 6}}})

func generator() *dl.Generator { return dl.NewGenerator(1, dl.StreamAugment) }

func ExampleCompose() {
	t := data.Compose([]data.Transform{data.FlipHorizontal(1), data.FlipVertical(1)})
	fmt.Println(t(image, generator()).Float32s())
	// Output: [6 5 4 3 2 1]
}

func ExampleSometimes() {
	t := data.Sometimes(0.25, data.FlipHorizontal(1))
	g := generator()
	flipped := 0
	for range 1000 {
		if t(image, g).At(0, 0, 0) == 3 {
			flipped++
		}
	}
	fmt.Println(flipped > 200 && flipped < 300)
	// Output: true
}

func ExampleFlipHorizontal() {
	fmt.Println(data.FlipHorizontal(1)(image, generator()).Float32s())
	// Output: [3 2 1 6 5 4]
}

func ExampleFlipVertical() {
	fmt.Println(data.FlipVertical(1)(image, generator()).Float32s())
	// Output: [4 5 6 1 2 3]
}

func ExampleShift() {
	fmt.Println(data.Shift(2, 0)(image, generator()).Shape())
	// Output: [1 2 3]
}

func ExampleErase() {
	fmt.Println(data.Erase(99, -1)(image, generator()).Float32s())
	// Output: [-1 -1 -1 -1 -1 -1]
}

func ExampleNoise() {
	fmt.Println(data.Noise(0)(image, generator()).Float32s())
	// Output: [1 2 3 4 5 6]
}

func ExampleRandomAffine() {
	digits := data.NewTensorDataset(dl.Rand(100, 1, 28, 28), nil).Normalize(0.5, 0.5)
	loader := data.NewLoader(digits, data.LoaderOptions{
		BatchSize: 10,
		Shuffle:   true,
		Augment:   data.RandomAffine(data.AffineOptions{Degrees: 10, Translate: 0.1, Scale: 0.1}),
	})
	fmt.Println(loader.First().X.Shape())
	// Output: [10 1 28 28]
}
