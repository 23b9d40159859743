package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
	"descent/dl/optim"
)

// readIDX returns the bytes of a gzipped IDX file after its header.
func readIDX(file string, header int) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(z)
	if err != nil || len(b) < header {
		return nil, fmt.Errorf("%s: %d bytes, %v", file, len(b), err)
	}
	return b[header:], nil
}

// loadMNIST reads one part of MNIST, "train" or "t10k", from the repository.
func loadMNIST(dir, part string) (*data.TensorDataset, error) {
	images, err := readIDX(filepath.Join(dir, part+"-images-idx3-ubyte.gz"), 16)
	if err != nil {
		return nil, err
	}
	labels, err := readIDX(filepath.Join(dir, part+"-labels-idx1-ubyte.gz"), 8)
	if err != nil {
		return nil, err
	}
	x := make([]float32, len(images))
	for i, v := range images {
		x[i] = float32(v) / 255
	}
	y := make([]int64, len(labels))
	for i, v := range labels {
		y[i] = int64(v)
	}
	return &data.TensorDataset{X: dl.FromFloat32s(x, len(y), 1, 28, 28), Y: dl.FromInt64s(y, len(y))}, nil
}

// simpleNN is the network of the article and of the first notebook.
type simpleNN struct{ fc1, fc2 *nn.Linear }

func (m *simpleNN) Forward(x *dl.Tensor) *dl.Tensor {
	x = x.Flatten(1)
	x = m.fc1.Forward(x).ReLU()
	return m.fc2.Forward(x)
}

func newSimpleNN() *simpleNN { return &simpleNN{nn.NewLinear(784, 128), nn.NewLinear(128, 10)} }

// stepOf returns one training step of a network on one batch.
func stepOf(m nn.Module) func() {
	o := optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.001})
	x, y := dl.Rand(64, 1, 28, 28), dl.RandInt(0, 10, 64)
	return func() {
		o.ZeroGrad()
		nn.CrossEntropy(m.Forward(x), y).Backward()
		o.Step()
	}
}

func convnet() nn.Module {
	return nn.NewSequential(nn.NewConv2d(1, 32, 3, nn.Conv2dOptions{}), nn.NewReLU(),
		nn.NewConv2d(32, 64, 3, nn.Conv2dOptions{}), nn.NewReLU(),
		nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewDropout(0.25), nn.NewFlatten(),
		nn.NewLinear(9216, 128), nn.NewReLU(), nn.NewDropout(0.5), nn.NewLinear(128, 10))
}

func lenet() nn.Module {
	return nn.NewSequential(nn.NewConv2d(1, 6, 5, nn.Conv2dOptions{Padding: 2}), nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}),
		nn.NewConv2d(6, 16, 5, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewFlatten(),
		nn.NewLinear(400, 120), nn.NewReLU(), nn.NewLinear(120, 84), nn.NewReLU(), nn.NewLinear(84, 10))
}

// sequenceStep returns forward and backward of a network on sequences of 64
// in a batch of 32.
func sequenceStep(m nn.Module, features int) func() {
	x := dl.Rand(32, 64, features)
	params := nn.Params(m)
	return func() {
		for _, p := range params {
			p.ZeroGrad()
		}
		m.Forward(x).Mean().Backward()
	}
}

func networkRows() []row {
	return []row{
		{name: "net LSTM 32→128, 64 steps, 32", peer: "sequence lstm", prep: func() func() {
			return sequenceStep(nn.NewLSTM(32, 128, nn.RecurrentOptions{BatchFirst: true}), 32)
		}},
		{name: "net GRU 32→128, 64 steps, 32", peer: "sequence gru", prep: func() func() {
			return sequenceStep(nn.NewGRU(32, 128, nn.RecurrentOptions{BatchFirst: true}), 32)
		}},
		{name: "net encoder 2×128, 64 steps, 32", peer: "sequence encoder", prep: func() func() {
			return sequenceStep(nn.NewTransformerEncoder(128, 4, 2, nn.TransformerOptions{FeedForward: 512, Dropout: 0.1, BatchFirst: true}), 128)
		}},
		{name: "net article step 64", peer: "step article", prep: func() func() { return stepOf(newSimpleNN()) }},
		{name: "net LeNet step 64", peer: "step lenet", prep: func() func() { return stepOf(lenet()) }},
		{name: "net MNIST convnet step 64", peer: "step convnet", prep: func() func() { return stepOf(convnet()) }},
		{name: "net article forward 1", peer: "forward article 1", prep: func() func() {
			m, x := newSimpleNN(), dl.Rand(1, 1, 28, 28)
			return func() { dl.NoGrad(func() { m.Forward(x) }) }
		}},
	}
}

// train runs epochs of the article's loop on the full MNIST, ours and the
// peer's in turns, and prints the time of each and what it learned.
func train(dir string, epochs int, p *peer) error {
	trainSet, err := loadMNIST(dir, "train")
	if err != nil {
		return err
	}
	testSet, err := loadMNIST(dir, "t10k")
	if err != nil {
		return err
	}
	dl.ManualSeed(1)
	model := newSimpleNN()
	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})
	loader := data.NewLoader(trainSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 64, Shuffle: true})
	fmt.Printf("\nthe article's loop on MNIST, batch 64, Adam\n%-8s %10s %10s %7s %9s\n", "epoch", "ours", "torch", "ratio", "loss")
	var ours, theirs time.Duration
	for epoch := range epochs {
		start := time.Now()
		var loss *dl.Tensor
		for batch := range loader.All() {
			optimizer.ZeroGrad()
			loss = nn.CrossEntropy(model.Forward(batch.X), batch.Y)
			loss.Backward()
			optimizer.Step()
		}
		o := time.Since(start)
		ours += o
		line := fmt.Sprintf("%-8d %8.3f s", epoch+1, o.Seconds())
		if p != nil {
			t, err := p.measure("mnist_epoch "+dir, time.Microsecond)
			if err != nil {
				return err
			}
			theirs += t
			line += fmt.Sprintf(" %8.3f s %7.2f", t.Seconds(), o.Seconds()/t.Seconds())
		}
		fmt.Printf("%s %9.4f\n", line, loss.Item())
	}
	right, total := 0.0, 0
	for batch := range data.NewLoader(testSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 1000}).All() {
		dl.NoGrad(func() {
			right += model.Forward(batch.X).ArgMax(1).Eq(batch.Y).To(dl.Float32).Sum().Item()
		})
		total += batch.Y.Numel()
	}
	fmt.Printf("sum      %8.3f s", ours.Seconds())
	if p != nil {
		fmt.Printf(" %8.3f s %7.2f", theirs.Seconds(), ours.Seconds()/theirs.Seconds())
	}
	fmt.Printf("\ntest accuracy %.4f\n", right/float64(total))
	return nil
}
