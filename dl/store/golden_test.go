package store_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/nn"
	"descent/dl/store"
)

// TestGolden reads every file that NumPy, safetensors and PyTorch wrote, by the
// function for its kind and by Load, and compares all tensors exactly.
func TestGolden(t *testing.T) {
	for _, c := range golden.Load(t, "testdata/golden.json").Cases {
		t.Run(c.Name, func(t *testing.T) {
			path := filepath.Join("testdata", c.Name)
			ways := map[string]func() (*nn.StateDict, error){"Load": func() (*nn.StateDict, error) { return store.Load(path) }}
			switch filepath.Ext(path) {
			case ".npy":
				ways["LoadNPY"] = func() (*nn.StateDict, error) {
					a, err := store.LoadNPY(path)
					return one(a), err
				}
				ways["ReadNPY"] = func() (*nn.StateDict, error) {
					a, err := store.ReadNPY(bytes.NewReader(contents(t, path)))
					return one(a), err
				}
			case ".npz":
				ways["LoadNPZ"] = func() (*nn.StateDict, error) { return store.LoadNPZ(path) }
			case ".safetensors":
				ways["LoadSafetensors"] = func() (*nn.StateDict, error) { return store.LoadSafetensors(path) }
				ways["MapSafetensors"] = func() (*nn.StateDict, error) { return store.MapSafetensors(path) }
				ways["OpenSafetensors"] = func() (*nn.StateDict, error) { return lazily(path) }
			case ".pth":
				ways["LoadPTH"] = func() (*nn.StateDict, error) { return store.LoadPTH(path) }
			}
			for way, load := range ways {
				s, err := load()
				if err != nil {
					t.Fatalf("%s: %v", way, err)
				}
				if s.Len() != len(c.Out) {
					t.Errorf("%s: %d tensors %v, want %d", way, s.Len(), s.Names(), len(c.Out))
				}
				for name, want := range c.Out {
					if filepath.Ext(path) == ".npy" {
						name = s.Names()[0]
					}
					same(t, way+" "+name, s.Get(name), want.Tensor())
				}
			}
		})
	}
}

// same demands equal tensors, bit by bit up to the payload of a NaN.
func same(t testing.TB, what string, got, want *dl.Tensor) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: no tensor", what)
		return
	}
	if got.DType() != want.DType() || !slices.Equal(got.Shape(), want.Shape()) {
		t.Errorf("%s: %s %v, want %s %v", what, got.DType(), got.Shape(), want.DType(), want.Shape())
		return
	}
	g, w := got.Float64s(), want.Float64s()
	for i := range w {
		if g[i] != w[i] && (g[i] == g[i] || w[i] == w[i]) || math.Signbit(g[i]) != math.Signbit(w[i]) && g[i] == g[i] {
			t.Errorf("%s: element %d is %v, want %v", what, i, g[i], w[i])
			return
		}
	}
}

func one(t *dl.Tensor) *nn.StateDict {
	s := nn.NewStateDict()
	if t != nil {
		s.Set("a", t)
	}
	return s
}

func lazily(path string) (*nn.StateDict, error) {
	f, err := store.OpenSafetensors(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := nn.NewStateDict()
	for _, n := range f.Names() {
		a, err := f.Tensor(n)
		if err != nil {
			return nil, err
		}
		if !slices.Equal(f.Shape(n), a.Shape()) {
			return nil, os.ErrInvalid
		}
		s.Set(n, a)
	}
	return s, nil
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestSameBytes writes what was read: the file must be the one that NumPy or
// safetensors wrote, byte by byte.
func TestSameBytes(t *testing.T) {
	for _, name := range []string{"npy/le_f2", "npy/le_f4", "npy/le_f8", "npy/le_b1", "npy/le_i4", "npy/le_i8", "npy/le_u1", "npy/scalar", "npy/empty", "npy/one", "npy/odd", "npy/long"} {
		path := "testdata/" + name + ".npy"
		a, err := store.LoadNPY(path)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := store.WriteNPY(&b, a); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), contents(t, path)) {
			t.Errorf("%s: wrote\n%q\nwant\n%q", name, b.Bytes(), contents(t, path))
		}
	}
	for _, name := range []string{"net", "half"} {
		path := "testdata/" + name + ".safetensors"
		s, err := store.LoadSafetensors(path)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := store.WriteSafetensors(&b, s, store.SafetensorsOptions{}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), contents(t, path)) {
			t.Errorf("%s: wrote\n%q\nwant\n%q", name, b.Bytes(), contents(t, path))
		}
	}
}

func TestMetadata(t *testing.T) {
	f, err := store.OpenSafetensors("testdata/mixed.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if m := f.Metadata(); len(m) != 2 || m["format"] != "np" || m["note"] != `a "note" <&> ä` {
		t.Errorf("metadata %q", m)
	}
	if _, err := f.Tensor("f99"); err == nil || !strings.Contains(err.Error(), `no tensor named "f99"; there are: `) {
		t.Errorf("a tensor that is not there: %v", err)
	}
}

// TestRefused reads files that hold something else than tensors; the error must
// say what.
func TestRefused(t *testing.T) {
	says := map[string]string{
		"model.pth":    "__main__.Net, which is not run; in Python, save model.state_dict()",
		"sparse.pth":   "sparse tensor",
		"complex.pth":  "torch.ComplexFloatStorage, which cannot be read",
		"expanded.pth": "repeats 1 numbers",
		"script.pt":    "TorchScript",
		"objects.npy":  "pickled Python objects, which are never loaded",
		"complex.npy":  "complex numbers",
		"text.npy":     "text; only numbers",
		"date.npy":     "dates",
		"record.npy":   "record array",
		"big.npy":      "9223372036854775808, which int64 cannot hold",
		"other.npz":    "without any .npy file",
	}
	files, err := os.ReadDir("testdata/refused")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		want := says[f.Name()]
		if want == "" {
			t.Errorf("%s: no test of its error", f.Name())
		}
		delete(says, f.Name())
		path := filepath.Join("testdata/refused", f.Name())
		_, err := store.Load(path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v\nwant an error with %q", f.Name(), err, want)
		}
	}
	for name := range says {
		t.Errorf("%s is missing", name)
	}
}

func TestOnlySome(t *testing.T) {
	s, err := store.LoadNPZ("testdata/stored.npz", "z", "x")
	if err != nil || !slices.Equal(s.Names(), []string{"x", "z"}) {
		t.Errorf("npz: %v, %v", s, err)
	}
	if _, err := store.LoadNPZ("testdata/stored.npz", "q"); err == nil || !strings.Contains(err.Error(), `no array named "q"; there are: x, y, z`) {
		t.Errorf("npz without q: %v", err)
	}
	for way, load := range map[string]func(string, ...string) (*nn.StateDict, error){"load": store.LoadSafetensors, "map": store.MapSafetensors} {
		s, err := load("testdata/mixed.safetensors", "u8", "f32")
		if err != nil || s.Len() != 2 || s.Get("u8") == nil || s.Get("f32") == nil {
			t.Errorf("%s: %v, %v", way, s, err)
		}
		if _, err := load("testdata/mixed.safetensors", "q"); err == nil || !strings.Contains(err.Error(), `no tensor named "q"`) {
			t.Errorf("%s without q: %v", way, err)
		}
	}
}
