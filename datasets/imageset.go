package datasets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sync"

	"descent/datasets/internal/idx"
	"descent/dl"
	"descent/dl/data"
)

// An imageSet is a set of grey images in four gzipped IDX files, as MNIST and
// its relatives come.
type imageSet struct {
	files         fs.ReadFileFS
	dir           string
	rows, columns int
	train, test   [2]file // images, labels
	card          *Card

	once   sync.Once
	failed error
	parts  [2]*data.TensorDataset
}

type file struct{ name, sum string }

// load decodes the set at the first call. A damaged file panics: the files are
// part of the program, there is nothing that a caller could do about it.
func (s *imageSet) load() (train, test *data.TensorDataset) {
	s.once.Do(s.decode)
	if s.failed != nil {
		panic(&dl.Error{Op: "datasets." + s.card.Name, Got: s.failed.Error(), Want: "the files this program was built with",
			Hint: "the program or its source tree is damaged: fetch the repository again and rebuild"})
	}
	a, b := *s.parts[0], *s.parts[1]
	return &a, &b
}

// decode reads the four files at the same time.
func (s *imageSet) decode() {
	var (
		wg     sync.WaitGroup
		errs   [2][2]error
		images [2]*dl.Tensor
		labels [2]*dl.Tensor
	)
	for i, part := range [2][2]file{s.train, s.test} {
		n := [2]int{s.card.Train, s.card.Test}[i]
		wg.Go(func() { images[i], errs[i][0] = s.images(part[0], n) })
		wg.Go(func() { labels[i], errs[i][1] = s.labels(part[1], n) })
	}
	wg.Wait()
	for i, name := range [2]string{" train", " test"} {
		for k, f := range [2][2]file{s.train, s.test}[i] {
			if errs[i][k] != nil {
				s.failed = fmt.Errorf("%s: %w", path.Join(s.dir, f.name), errs[i][k])
				return
			}
		}
		d := data.NewTensorDataset(images[i], labels[i])
		d.Name, d.Classes = s.card.Name+name, s.card.Classes
		s.parts[i] = d
	}
}

// open returns the unpacked content of a file. wait returns the verdict on the
// checksum, which is computed meanwhile.
func (s *imageSet) open(f file) (r io.Reader, wait func() error, err error) {
	packed, err := s.files.ReadFile(path.Join(s.dir, f.name))
	if err != nil {
		return nil, nil, err
	}
	verdict := make(chan error, 1)
	go func() {
		sum := sha256.Sum256(packed)
		if got := hex.EncodeToString(sum[:]); got != f.sum {
			verdict <- fmt.Errorf("the SHA-256 is %s, not %s", got, f.sum)
			return
		}
		verdict <- nil
	}()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		if bad := <-verdict; bad != nil {
			err = bad
		}
		return nil, nil, err
	}
	return z, func() error { return <-verdict }, nil
}

// images reads n images to float32 [n, 1, rows, columns].
func (s *imageSet) images(f file, n int) (*dl.Tensor, error) {
	r, wait, err := s.open(f)
	if err != nil {
		return nil, err
	}
	pixels := make([]float32, n*s.rows*s.columns)
	err = s.body(r, pixels, n, s.rows, s.columns)
	if bad := wait(); bad != nil { // says more than what it made go wrong
		err = bad
	}
	if err != nil {
		return nil, err
	}
	return dl.FromFloat32s(pixels, n, 1, s.rows, s.columns), nil
}

// body converts pixels while the next ones are being unpacked.
func (s *imageSet) body(r io.Reader, pixels []float32, want ...int) error {
	if err := header(r, want...); err != nil {
		return err
	}
	const chunk = 1 << 18
	buffers := [2][]byte{make([]byte, chunk), make([]byte, chunk)}
	free, full := make(chan []byte, 2), make(chan []byte, 2)
	free <- buffers[0]
	free <- buffers[1]
	done := make(chan struct{})
	go func() {
		defer close(done)
		rest := pixels
		for b := range full {
			for i, v := range b {
				rest[i] = unit[v]
			}
			rest = rest[len(b):]
			free <- b[:cap(b)]
		}
	}()
	var err error
	for left := len(pixels); left > 0 && err == nil; {
		b := <-free
		b = b[:min(left, len(b))]
		var got int
		if got, err = io.ReadFull(r, b); err != nil {
			err = fmt.Errorf("the data end %d bytes early: %w", left-got, err)
			break
		}
		left -= got
		full <- b
	}
	close(full)
	<-done
	if err != nil {
		return err
	}
	return idx.AtEnd(r)
}

// unit maps a byte to [0, 1], rounded as x/255 is.
var unit = func() (t [256]float32) {
	for i := range t {
		t[i] = float32(i) / 255
	}
	return t
}()

// labels reads n class numbers to int64 [n].
func (s *imageSet) labels(f file, n int) (*dl.Tensor, error) {
	r, wait, err := s.open(f)
	if err != nil {
		return nil, err
	}
	a, err := idx.Read(r)
	if bad := wait(); bad != nil {
		err = bad
	}
	if err != nil {
		return nil, err
	}
	if a.Type != idx.Uint8 || len(a.Shape) != 1 || a.Shape[0] != n {
		return nil, fmt.Errorf("%v %v, want uint8 [%d]", a.Type, a.Shape, n)
	}
	out := make([]int64, n)
	for i, v := range a.Data {
		if int(v) >= len(s.card.Classes) {
			return nil, fmt.Errorf("label %d of sample %d, want 0 to %d", v, i, len(s.card.Classes)-1)
		}
		out[i] = int64(v)
	}
	return dl.FromInt64s(out, n), nil
}

// header reads an IDX header of bytes of the given shape.
func header(r io.Reader, want ...int) error {
	h, err := idx.ReadHeader(r)
	if err != nil {
		return err
	}
	if h.Type != idx.Uint8 || fmt.Sprint(h.Shape) != fmt.Sprint(want) {
		return fmt.Errorf("%v %v, want uint8 %v", h.Type, h.Shape, want)
	}
	return nil
}
