package store_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"descent/dl/nn"
	"descent/dl/store"
)

// seed gives a fuzzer the files that other libraries wrote.
func seed(f *testing.F, patterns ...string) {
	f.Helper()
	n := 0
	for _, p := range patterns {
		for _, folder := range []string{"testdata/*", "testdata/npy/*", "testdata/refused/*"} {
			files, err := filepath.Glob(folder + p)
			if err != nil {
				f.Fatal(err)
			}
			for _, name := range files {
				f.Add(contents(f, name))
				n++
			}
		}
	}
	if n == 0 {
		f.Fatalf("no files %v", patterns)
	}
}

// bounded demands that tensors take no more memory than their file can stand for.
func bounded(t *testing.T, s *nn.StateDict, most int) {
	t.Helper()
	total := 0
	for _, n := range s.Names() {
		x := s.Get(n)
		total += x.Numel() * x.DType().Size()
	}
	if total > most {
		t.Errorf("%d bytes of tensors from a file that can hold %d", total, most)
	}
}

// named makes a copy without names that a file cannot have.
func named(s *nn.StateDict) *nn.StateDict {
	out := nn.NewStateDict()
	for _, n := range s.Names() {
		if n != "__metadata__" {
			out.Set(strings.ToValidUTF8(n, "?"), s.Get(n))
		}
	}
	return out
}

// back writes tensors as safetensors and reads them: whatever was read from
// anywhere must survive that.
func back(t *testing.T, s *nn.StateDict) {
	t.Helper()
	s = named(s)
	var b bytes.Buffer
	if err := store.WriteSafetensors(&b, s, store.SafetensorsOptions{}); err != nil {
		t.Fatal(err)
	}
	again, err := store.ReadSafetensors(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if again.Len() != s.Len() {
		t.Fatalf("%d of %d tensors", again.Len(), s.Len())
	}
	for _, n := range s.Names() {
		same(t, n, again.Get(n), s.Get(n))
	}
}

func FuzzNPY(f *testing.F) {
	seed(f, ".npy")
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := store.ReadNPY(bytes.NewReader(b))
		if err != nil {
			return
		}
		bounded(t, one(x), 4*len(b))
		back(t, one(x))
		var out bytes.Buffer
		if err := store.WriteNPY(&out, x); err != nil {
			t.Fatal(err)
		}
		y, err := store.ReadNPY(&out)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "again", y, x)
	})
}

func FuzzNPZ(f *testing.F) {
	seed(f, ".npz")
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := store.ReadNPZ(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		// Entries may overlap, and a byte of deflate may stand for 1032.
		bounded(t, s, 4*1032*len(b)*max(s.Len(), 1))
		back(t, s)
	})
}

func FuzzSafetensors(f *testing.F) {
	seed(f, ".safetensors")
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := store.ReadSafetensors(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		bounded(t, s, 4*len(b))
		back(t, s)
	})
}

func FuzzPTH(f *testing.F) {
	seed(f, ".pth", ".pt")
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := store.ReadPTH(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		bounded(t, s, 4*1032*len(b)*max(s.Len(), 1))
		back(t, s)
	})
}

// FuzzPickle runs pickles inside an archive as PyTorch writes it: a fuzzer that
// changes the archive mostly breaks its checksums.
func FuzzPickle(f *testing.F) {
	for _, p := range pickles {
		f.Add([]byte(p))
	}
	files, err := filepath.Glob("testdata/*.pth")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if p := pickleIn(f, name); p != nil {
			f.Add(p)
		}
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		b := archive(t, p, 24*4)
		s, err := store.ReadPTH(bytes.NewReader(b), int64(len(b)))
		if err == nil {
			bounded(t, s, 4*24*8*(s.Len()+1))
			back(t, s)
		}
	})
}

func FuzzCheckpoint(f *testing.F) {
	var b bytes.Buffer
	if err := store.WriteCheckpoint(&b, trained(1, nil)); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	seed(f, ".safetensors")
	f.Fuzz(func(t *testing.T, b []byte) {
		c := fresh()
		before := nn.State(c.Model).Clone()
		if err := store.ReadCheckpoint(bytes.NewReader(b), int64(len(b)), &c); err == nil {
			return
		}
		for _, n := range before.Names() {
			same(t, "after an error: "+n, nn.State(c.Model).Get(n), before.Get(n))
		}
		if c.Epoch != 0 || c.Notes != nil || c.Optimizer.State().Steps != 0 {
			t.Errorf("an error changed the run: %+v", c)
		}
	})
}
