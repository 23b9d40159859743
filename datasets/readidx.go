package datasets

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"descent/datasets/internal/idx"
	"descent/dl"
)

// ReadIDX reads a file in the IDX format of MNIST, gzipped or not. Bytes become a
// uint8 tensor, other integers int64, floating-point numbers keep their type.
func ReadIDX(r io.Reader) (*dl.Tensor, error) {
	b := bufio.NewReader(r)
	if magic, err := b.Peek(2); err == nil && magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, fmt.Errorf("datasets: %w", err)
		}
		defer z.Close()
		return readIDX(z)
	}
	return readIDX(b)
}

func readIDX(r io.Reader) (*dl.Tensor, error) {
	a, err := idx.Read(r)
	if err != nil {
		return nil, fmt.Errorf("datasets: %w", err)
	}
	switch a.Type {
	case idx.Uint8:
		return dl.FromUint8s(a.Data, a.Shape...), nil
	case idx.Float64:
		return dl.FromFloat64s(a.Floats(), a.Shape...), nil
	case idx.Float32:
		return dl.FromFloat64s(a.Floats(), a.Shape...).To(dl.Float32), nil
	}
	v := a.Floats()
	out := make([]int64, len(v))
	for i, f := range v {
		out[i] = int64(f)
	}
	return dl.FromInt64s(out, a.Shape...), nil
}

// ReadIDXFile reads an IDX file; see ReadIDX.
func ReadIDXFile(name string) (*dl.Tensor, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := ReadIDX(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, nil
}
