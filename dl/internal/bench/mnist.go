package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
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
