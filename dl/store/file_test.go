package store_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/nn"
	"descent/dl/store"
)

// every is a state with a tensor of every type, and of the shapes that are
// special: a view with gaps, one that needs a gradient, a scalar, an empty one.
func every() *nn.StateDict {
	s := nn.NewStateDict()
	x := dl.New([][]float64{{1.5, -2, 0}, {4, 100, math.Inf(1)}})
	for _, dt := range []dl.DType{dl.Bool, dl.Uint8, dl.Float16, dl.BFloat16, dl.Float32, dl.Int32, dl.Float64, dl.Int64} {
		v := x
		if !dt.IsFloat() {
			v = x.Clamp(0, 100)
		}
		s.Set("type "+dt.String(), v.To(dt))
	}
	s.Set("transposed", x.T())
	s.Set("narrow", x.Narrow(1, 1, 2))
	s.Set("grad", x.Clone().SetRequiresGrad(true))
	s.Set("scalar", dl.Scalar(math.Pi))
	s.Set("empty", dl.Zeros(3, 0))
	s.Set(`a "name" <&>/..\ ä`, dl.Ones(1))
	return s
}

func TestEveryType(t *testing.T) {
	for _, ext := range []string{".safetensors", ".npz"} {
		want := every()
		if ext == ".npz" {
			if err := store.WriteNPZ(io.Discard, want, store.NPZOptions{}); err == nil || !strings.Contains(err.Error(), `array "type bfloat16": NumPy has no bfloat16; save t.To(dl.Float32)`) {
				t.Errorf("bfloat16 to NumPy: %v", err)
			}
			want.Set("type bfloat16", dl.Ones(2))
		}
		path := filepath.Join(t.TempDir(), "all"+ext)
		if err := store.Save(path, want); err != nil {
			t.Fatal(err)
		}
		got, err := store.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got.Names(), "|") != strings.Join(want.Names(), "|") {
			t.Errorf("%s: names %q, want %q", ext, got.Names(), want.Names())
		}
		for _, n := range want.Names() {
			same(t, ext+" "+n, got.Get(n), want.Get(n))
			if got.Get(n).RequiresGrad() {
				t.Errorf("%s: %s requires a gradient", ext, n)
			}
		}
	}
	var plain, small bytes.Buffer
	s := nn.NewStateDict()
	s.Set("zeros", dl.Zeros(1000))
	if err := errors.Join(store.WriteNPZ(&plain, s, store.NPZOptions{}), store.WriteNPZ(&small, s, store.NPZOptions{Compress: true})); err != nil {
		t.Fatal(err)
	}
	if small.Len() > plain.Len()/4 {
		t.Errorf("%d bytes compressed, %d plain", small.Len(), plain.Len())
	}
	got, err := store.ReadNPZ(bytes.NewReader(small.Bytes()), int64(small.Len()))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "compressed", got.Get("zeros"), s.Get("zeros"))
}

// TestStreams: arrays may follow one another in a stream, as in NumPy.
func TestStreams(t *testing.T) {
	var b bytes.Buffer
	x, y := dl.Randn(3, 4), dl.Randn(5).To(dl.Float64)
	if err := errors.Join(store.WriteNPY(&b, x), store.WriteNPY(&b, y)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []*dl.Tensor{x, y} {
		got, err := store.ReadNPY(&b)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "stream", got, want)
	}
	if _, err := store.ReadNPY(&b); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("at the end: %v", err)
	}
	// More than one piece, of unknown length.
	big := dl.Arange(0, 5<<20, 1)
	if err := store.WriteNPY(&b, big); err != nil {
		t.Fatal(err)
	}
	got, err := store.ReadNPY(&b)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "big", got, big)
}

// TestWholeOrNot: a file that cannot be finished leaves the old one, and nothing
// else.
func TestWholeOrNot(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "w.npz")
	s := nn.NewStateDict()
	s.Set("x", dl.Ones(2))
	if err := store.Save(path, s); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	old := contents(t, path)
	s.Set("y", dl.Ones(2).To(dl.BFloat16))
	if err := store.Save(path, s); err == nil || !strings.Contains(err.Error(), path) {
		t.Fatalf("bfloat16 to NumPy: %v", err)
	}
	if !bytes.Equal(contents(t, path), old) {
		t.Error("the old file has changed")
	}
	s.Set("y", dl.Zeros(1))
	link := filepath.Join(dir, "link.npz")
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := store.Save(link, s); err != nil {
		t.Fatal(err)
	}
	if got, err := store.Load(path); err != nil || got.Len() != 2 {
		t.Errorf("through a link: %v, %v", got, err)
	}
	if i, err := os.Lstat(link); err != nil || i.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if i, err := os.Stat(path); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", i.Mode(), err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Errorf("files left: %v", files)
	}
	for _, c := range []struct{ path, want string }{
		{filepath.Join(dir, "no", "w.npz"), "no such file or directory"},
		{dir + "/x.pth", "save x.safetensors"},
		{dir + "/x", "end the name in .safetensors or .npz"},
		{dir + "/x.onnx", "end the name in"},
	} {
		if err := store.Save(c.path, s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.path, err)
		}
	}
	if err := store.SaveNPY(dir, dl.Ones(1)); err == nil || !strings.Contains(err.Error(), "no ordinary file") {
		t.Errorf("a folder: %v", err)
	}
	if err := store.SaveNPY(path, nil); err == nil || !strings.Contains(err.Error(), "nil") {
		t.Errorf("nil: %v", err)
	}
	if err := store.SaveSafetensors(path, nil, store.SafetensorsOptions{}); err == nil || !strings.Contains(err.Error(), "nil") {
		t.Errorf("nil: %v", err)
	}
	if store.Exists(dir) || store.Exists(dir+"/none") || !store.Exists(path) {
		t.Error("Exists")
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte("# a text"), 0o600); err != nil {
		t.Fatal(err)
	}
	loads := map[string]func(string) (*nn.StateDict, error){
		"Load": store.Load, "LoadPTH": store.LoadPTH,
		"LoadNPY":         func(p string) (*nn.StateDict, error) { a, err := store.LoadNPY(p); return one(a), err },
		"LoadNPZ":         func(p string) (*nn.StateDict, error) { return store.LoadNPZ(p) },
		"LoadSafetensors": func(p string) (*nn.StateDict, error) { return store.LoadSafetensors(p) },
		"MapSafetensors":  func(p string) (*nn.StateDict, error) { return store.MapSafetensors(p) },
	}
	for name, load := range loads {
		if _, err := load(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s of no file: %v", name, err)
		}
		for _, p := range []string{dir, text} {
			if _, err := load(p); err == nil || !strings.Contains(err.Error(), p) {
				t.Errorf("%s of %s: %v", name, p, err)
			}
		}
	}
}

// TestMapped: tensors on a mapped file can be written to, and the file stays.
func TestMapped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "m.safetensors")
	want := every()
	want.Set("large", dl.Arange(0, 100000, 1))
	if err := store.Save(path, want); err != nil {
		t.Fatal(err)
	}
	before := contents(t, path)
	s, err := store.MapSafetensors(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := store.MapSafetensors(path)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	for _, n := range want.Names() {
		same(t, n, s.Get(n), want.Get(n))
	}
	s.Get("large").Fill(-1)
	s.Get("type float64").SetAt(5, 0, 0)
	if !bytes.Equal(contents(t, path), before) {
		t.Error("the file has changed")
	}
	same(t, "another mapping", again.Get("large"), want.Get("large"))
	if got := s.Get("large").Sum().Item(); got != -100000 {
		t.Errorf("sum %v after filling with -1", got)
	}
	// Saving over a mapped file replaces it and leaves the mapping.
	if err := store.Save(path, one(dl.Ones(1))); err != nil {
		t.Fatal(err)
	}
	same(t, "after the file was replaced", again.Get("large"), want.Get("large"))
}

// TestMappedUnaligned reads data at an odd place.
func TestMappedUnaligned(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd.safetensors")
	header := `{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[2],"data_offsets":[1,9]}}`
	b := safe(header, 1)
	b = append(b, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.MapSafetensors(path)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "b", s.Get("b"), dl.New([]float64{1, -2}))
}

func TestModel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "net.safetensors")
	m := nn.NewSequential(nn.NewLinear(3, 4), nn.NewBatchNorm1d(4, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewLinear(4, 2))
	for _, theirs := range []string{"testdata/net.safetensors", "testdata/net.pth", "testdata/net_legacy.pth"} {
		if r, err := store.LoadModel(theirs, m, nn.LoadOptions{}); err != nil {
			t.Errorf("%v\n%v", err, r)
		}
	}
	if err := store.SaveModel(path, m); err != nil {
		t.Fatal(err)
	}
	want, err := store.Load("testdata/net.pth")
	if err != nil {
		t.Fatal(err)
	}
	got, err := store.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range want.Names() {
		if n != "1.num_batches_tracked" { // which batch norms here do not have
			same(t, n, got.Get(n), want.Get(n))
		}
	}
	other := nn.NewSequential(nn.NewLinear(3, 5))
	if _, err := store.LoadModel(path, other, nn.LoadOptions{}); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "0.weight: [5×3] in the model, [4×3] in the state") {
		t.Errorf("another model: %v", err)
	}
}

// TestInterrupted: a long read stops.
func TestInterrupted(t *testing.T) {
	dl.SetInterrupt(func() bool { return true })
	defer dl.SetInterrupt(nil)
	if _, err := store.Load("testdata/net.safetensors"); !errors.Is(err, dl.ErrInterrupted) {
		t.Errorf("reading: %v", err)
	}
	if err := store.WriteNPY(io.Discard, dl.Ones(3)); !errors.Is(err, dl.ErrInterrupted) {
		t.Errorf("writing: %v", err)
	}
}
