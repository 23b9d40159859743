package datasets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"math"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"descent/dl"
	"descent/dl/data"
)

func TestMNIST(t *testing.T) {
	begin := time.Now()
	train, test := MNIST()
	t.Logf("decoded in %v", time.Since(begin))
	for _, tt := range []struct {
		d      *data.TensorDataset
		name   string
		n      int
		counts []int // published class frequencies
		first  []int64
		sum    int64 // of all bytes
	}{
		{train, "MNIST train", 60000, []int{5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949}, []int64{5, 0, 4, 1, 9, 2, 1, 3}, 1567298545},
		{test, "MNIST test", 10000, []int{980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009}, []int64{7, 2, 1, 0, 4, 1, 4, 9}, 264923200},
	} {
		if got, want := tt.d.String(), tt.name+": "+map[int]string{60000: "60000", 10000: "10000"}[tt.n]+" samples of float32 [1 28 28], 10 classes"; got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
		counts := tt.d.ClassCounts()
		for c, want := range tt.counts {
			if counts[c] != want {
				t.Errorf("%s: %d samples of class %d, want %d", tt.name, counts[c], c, want)
			}
		}
		for i, want := range tt.first {
			if got := tt.d.Y.Int64s()[i]; got != want {
				t.Errorf("%s: label %d is %d, want %d", tt.name, i, got, want)
			}
		}
		var sum int64
		low, high := float32(1), float32(0)
		for _, v := range tt.d.X.Float32s() {
			low, high = min(low, v), max(high, v)
			sum += int64(v*255 + 0.5)
		}
		if low != 0 || high != 1 {
			t.Errorf("%s: pixels from %v to %v", tt.name, low, high)
		}
		if sum != tt.sum {
			t.Errorf("%s: the bytes sum to %d, want %d", tt.name, sum, tt.sum)
		}
	}
	mean, std := train.MeanStd()
	if c := MNISTCard(); math.Abs(mean-c.Mean) > 5e-5 || math.Abs(std-c.Std) > 5e-5 {
		t.Errorf("mean %v, deviation %v, the card says %v, %v", mean, std, c.Mean, c.Std)
	}

	// Later calls share the tensors and nothing else.
	again, _ := MNIST()
	if again.X != train.X || again == train {
		t.Error("the second call does not share the tensors, or shares the dataset")
	}
	again.Name = "changed"
	if third, _ := MNIST(); third.Name != "MNIST train" {
		t.Error("a caller changed the dataset of another")
	}
}

func TestMNISTOnceForAll(t *testing.T) {
	var wg sync.WaitGroup
	var got [4]*dl.Tensor
	for i := range got {
		wg.Go(func() {
			train, _ := MNIST()
			got[i] = train.X
		})
	}
	wg.Wait()
	for _, x := range got {
		if x != got[0] {
			t.Fatal("decoded more than once")
		}
	}
}

func TestCard(t *testing.T) {
	c := MNISTCard()
	for _, want := range []string{"MNIST: ", "60000 to train, 10000 to test, each 1×28×28", "licence", "Gradient-based learning", "96.7% 784-128-10"} {
		if !strings.Contains(c.String(), want) {
			t.Errorf("the card lacks %q:\n%v", want, c)
		}
	}
	c.Classes[0] = "zero"
	if MNISTCard().Classes[0] != "0" {
		t.Error("a caller changed the card of another")
	}
	// The provenance file names every checksum that the loader verifies.
	text, err := os.ReadFile("mnist/PROVENANCE.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []file{mnist.train[0], mnist.train[1], mnist.test[0], mnist.test[1]} {
		if !strings.Contains(string(text), f.sum) || !strings.Contains(string(text), f.name) {
			t.Errorf("PROVENANCE.txt does not name %s with its checksum", f.name)
		}
	}
}

// copyOf returns MNIST's files with changes.
func copyOf(t *testing.T, change map[string]func([]byte) []byte) *imageSet {
	t.Helper()
	files := fstest.MapFS{}
	for _, f := range []file{mnist.train[0], mnist.train[1], mnist.test[0], mnist.test[1]} {
		b, err := mnistFiles.ReadFile("mnist/" + f.name)
		if err != nil {
			t.Fatal(err)
		}
		if c := change[f.name]; c != nil {
			if b = c(bytes.Clone(b)); b == nil {
				continue
			}
		}
		files["mnist/"+f.name] = &fstest.MapFile{Data: b, Mode: fs.ModePerm}
	}
	return &imageSet{files: files, dir: "mnist", rows: 28, columns: 28, train: mnist.train, test: mnist.test, card: mnist.card}
}

func TestDamage(t *testing.T) {
	const images, labels = "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"
	tests := []struct {
		name, file, want string
		change           func([]byte) []byte
	}{
		{"missing", labels, "file does not exist", func([]byte) []byte { return nil }},
		{"one bit", labels, "the SHA-256 is", func(b []byte) []byte { b[len(b)/2] ^= 1; return b }},
		{"one bit of an image", images, "the SHA-256 is", func(b []byte) []byte { b[len(b)/2] ^= 1; return b }},
		{"cut", images, "the SHA-256 is", func(b []byte) []byte { return b[:len(b)/2] }},
		{"not gzip", images, "the SHA-256 is", func(b []byte) []byte { return []byte("<html>") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := copyOf(t, map[string]func([]byte) []byte{tt.file: tt.change})
			for range 2 { // the second call fails as well
				func() {
					defer func() {
						err, ok := recover().(*dl.Error)
						if !ok || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "mnist/"+tt.file) {
							t.Errorf("got %v, want %q and the file's name", err, tt.want)
						}
					}()
					s.load()
				}()
			}
		})
	}
}

// TestWrongShape feeds files that are whole, but not what the card says.
func TestWrongShape(t *testing.T) {
	pack := func(b []byte) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		z.Write(b)
		z.Close()
		return out.Bytes()
	}
	tests := []struct {
		name, want string
		images     []byte
		labels     []byte
	}{
		{"fewer images", "uint8 [1 2 2], want uint8 [2 2 2]", []byte("\x00\x00\x08\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x02abcd"), nil},
		{"short", "end 1 bytes early", []byte("\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x02abcdefg"), nil},
		{"long", "bytes after the data", []byte("\x00\x00\x08\x03\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x02abcdefghi"), nil},
		{"labels", "uint8 [3], want uint8 [2]", nil, []byte("\x00\x00\x08\x01\x00\x00\x00\x03\x00\x01\x00")},
		{"a label without a class", "label 2 of sample 1, want 0 to 1", nil, []byte("\x00\x00\x08\x01\x00\x00\x00\x02\x00\x02")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &imageSet{dir: "x", rows: 2, columns: 2, card: &Card{Name: "X", Classes: []string{"a", "b"}}}
			var err error
			if tt.images != nil {
				f := file{"i", sum(pack(tt.images))}
				s.files = fstest.MapFS{"x/i": {Data: pack(tt.images)}}
				_, err = s.images(f, 2)
			} else {
				f := file{"l", sum(pack(tt.labels))}
				s.files = fstest.MapFS{"x/l": {Data: pack(tt.labels)}}
				_, err = s.labels(f, 2)
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func TestReadIDX(t *testing.T) {
	x, err := ReadIDXFile("mnist/t10k-labels-idx1-ubyte.gz")
	if err != nil || x.DType() != dl.Uint8 || x.Numel() != 10000 || x.At(0) != 7 {
		t.Errorf("labels: %v, %v", x, err)
	}
	for _, tt := range []struct {
		in    string
		dtype dl.DType
		want  float64
	}{
		{"\x00\x00\x0b\x01\x00\x00\x00\x01\xff\xfe", dl.Int64, -2},
		{"\x00\x00\x0d\x01\x00\x00\x00\x01\x3f\xc0\x00\x00", dl.Float32, 1.5},
		{"\x00\x00\x0e\x01\x00\x00\x00\x01\x3f\xf8\x00\x00\x00\x00\x00\x00", dl.Float64, 1.5},
	} {
		x, err := ReadIDX(strings.NewReader(tt.in))
		if err != nil || x.DType() != tt.dtype || x.At(0) != tt.want {
			t.Errorf("%q: %v, %v", tt.in, x, err)
		}
	}
	if _, err := ReadIDX(strings.NewReader("\x1f\x8b")); err == nil {
		t.Error("a cut gzip header is no error")
	}
	if _, err := ReadIDX(strings.NewReader("nonsense")); err == nil || !strings.Contains(err.Error(), "not an IDX file") {
		t.Errorf("nonsense: %v", err)
	}
	if _, err := ReadIDXFile("mnist/PROVENANCE.txt"); err == nil || !strings.Contains(err.Error(), "PROVENANCE.txt") {
		t.Errorf("the error does not name the file: %v", err)
	}
	if _, err := ReadIDXFile("mnist/nothing"); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}
