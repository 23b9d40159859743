package store_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"descent/dl/store"
)

// pickles are programs that Python would run; none may do harm here.
var pickles = []string{
	"cos\nsystem\n(S'id'\ntR.",                        // the classic
	"\x80\x02cbuiltins\neval\n(X\x01\x00\x00\x001tR.", // its kin
	"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R.",
	"\x80\x02}q\x00h\x00h\x00s.",              // a dictionary as its own key
	"\x80\x02]q\x00h\x00a.",                   // a list in itself
	"\x80\x02}q\x00X\x01\x00\x00\x00ah\x00s.", // a dictionary in itself
	"\x80\x02X\xff\xff\xff\x7f",               // a text of 2 GB
	"\x80\x02\x8d\xff\xff\xff\xff\xff\xff\xff\x7f",
	"\x80\x02\x8b\xff\xff\xff\xff",
	"\x80\x02h\x07.", "R.", "0.", ".", "\x80\x09.", "(((((.", "u.", "\x86.", "\xfe.",
	storageOf("torch.FloatStorage", 24) + "K\x00K\x02K\x03\x86K\x03K\x01\x86\x89NtR.",
}

// storageOf is the beginning of a pickle of a tensor.
func storageOf(kind string, n int32) string {
	module, name, _ := strings.Cut(kind, ".")
	return "\x80\x02ctorch._utils\n_rebuild_tensor_v2\n((X\x07\x00\x00\x00storagec" + module + "\n" + name +
		"\nX\x01\x00\x00\x000X\x03\x00\x00\x00cpuJ" + string(binary.LittleEndian.AppendUint32(nil, uint32(n))) + "tQ"
}

// archive puts a pickle into the ZIP that PyTorch writes, with a storage "0".
func archive(t testing.TB, pickle []byte, storage int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range map[string][]byte{"a/data.pkl": pickle, "a/data/0": make([]byte, storage), "a/byteorder": []byte("little")} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pickleIn takes data.pkl out of a file of PyTorch, nil when it is of the old kind.
func pickleIn(t testing.TB, path string) []byte {
	t.Helper()
	b := contents(t, path)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/data.pkl") {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			p, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
	}
	return nil
}

func TestPickles(t *testing.T) {
	last := len(pickles) - 1
	for i, p := range pickles {
		b := archive(t, []byte(p), 96)
		s, err := store.ReadPTH(bytes.NewReader(b), int64(len(b)))
		switch {
		case i == last:
			if err != nil || s.Len() != 1 || fmt.Sprint(s.Get("").Shape()) != "[2 3]" {
				t.Errorf("the good one: %v, %v", s, err)
			}
		case err == nil && s.Len() > 0:
			t.Errorf("%q gave tensors", p)
		case i < 3 && (err == nil || !strings.Contains(err.Error(), "is not run")):
			t.Errorf("%q: %v", p, err)
		}
	}
}

// TestViewsOutside: a tensor must lie within its storage.
func TestViewsOutside(t *testing.T) {
	for _, tail := range []string{
		"K\x00K\x02K\x03\x86K\x0cK\x0c\x86\x89NtR.",   // strides lead out
		"K\x17K\x02K\x03\x86K\x03K\x01\x86\x89NtR.",   // the offset does
		"K\x19K\x00\x85K\x01\x85\x89NtR.",             // the offset alone
		"K\x00J\xff\xff\xff\x7f\x85K\x00\x85\x89NtR.", // one number, repeated
		"K\x00J\xff\xff\xff\xff\x85K\x01\x85\x89NtR.", // a negative length
		"K\x00K\x05\x85K\x01K\x01\x86\x89NtR.",        // two strides for one dimension
		"K\x00\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85\x89NtR.",
	} {
		b := archive(t, []byte(storageOf("torch.FloatStorage", 24)+tail), 96)
		if _, err := store.ReadPTH(bytes.NewReader(b), int64(len(b))); err == nil {
			t.Errorf("%q was read", tail)
		}
	}
	b := archive(t, []byte(storageOf("torch.FloatStorage", math.MaxInt32)+"K\x00K\x02\x85K\x01\x85\x89NtR."), 96)
	if _, err := store.ReadPTH(bytes.NewReader(b), int64(len(b))); err == nil || !strings.Contains(err.Error(), "takes 8589934588 bytes") {
		t.Errorf("a storage larger than its file: %v", err)
	}
}

// safe builds a safetensors file.
func safe(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, data)...)
}

func TestDamagedSafetensors(t *testing.T) {
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"empty", "at least 8", nil},
		{"seven bytes", "at least 8", make([]byte, 7)},
		{"a header of 2⁶³", "at most", []byte("\xff\xff\xff\xff\xff\xff\xff\x7f{}")},
		{"a header longer than the file", "cut off", safe("{}", 0)[:9]},
		{"no header", "{", safe("", 0)},
		{"a list", "{", safe("[]", 0)},
		{"half a header", "damaged", safe(`{"a":{"dtype":"F32"`, 0)},
		{"not UTF-8", "UTF-8", safe("{\"\xff\":{}}", 0)},
		{"twice", "twice", safe(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 1)},
		{"a hole", "begins at byte 1", safe(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}`, 2)},
		{"an overlap", "begins at byte 0", safe(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`, 2)},
		{"bytes left over", "has 3 after", safe(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`, 3)},
		{"cut off", "cut off", safe(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`, 1)},
		{"the wrong size", "takes 8 bytes, data_offsets give it 4", safe(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, 4)},
		{"backwards", "begin and an end", safe(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,0]}}`, 4)},
		{"one offset", "begin and an end", safe(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[4]}}`, 4)},
		{"negative", "damaged", safe(`{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,4]}}`, 4)},
		{"too large", "addresses", safe(`{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}`, 0)},
		{"too large but for a zero", "addresses", safe(`{"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}`, 0)},
		{"too long", "length 9223372036854775808", safe(`{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,0]}}`, 0)},
		{"an unknown type", `"F8_E4M3"`, safe(`{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}`, 1)},
		{"numbers as metadata", "__metadata__", safe(`{"__metadata__":{"a":1}}`, 0)},
		{"text after the header", "after the header", safe(`{}x`, 0)},
		{"65 dimensions", "65 dimensions", safe(`{"a":{"dtype":"U8","shape":[`+strings.Repeat("1,", 64)+`1],"data_offsets":[0,1]}}`, 1)},
	} {
		_, err := store.ReadSafetensors(bytes.NewReader(c.file), int64(len(c.file)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant an error with %q", c.name, err, c.want)
		}
	}
	for _, good := range []string{`{}`, `{}   `, `{"__metadata__":{"a":"b"}}`} {
		if _, err := store.ReadSafetensors(bytes.NewReader(safe(good, 0)), int64(8+len(good))); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
}

// numpy builds a .npy file of version 1.
func numpy(header string, data int) []byte {
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), byte(len(header)>>8))
	return append(append(b, header...), make([]byte, data)...)
}

func TestDamagedNPY(t *testing.T) {
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"empty", "cut off", nil},
		{"something else", "it is no .npy file", []byte("GIF89a, and more")},
		{"version 9", "version 9.0", []byte("\x93NUMPY\x09\x00\x00\x00\x00\x00")},
		{"a header of 4 GB", "at most 65536", []byte("\x93NUMPY\x02\x00\xff\xff\xff\xff")},
		{"half a header", "cut off", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 8)[:30]},
		{"no dictionary", "want a dictionary", numpy("import os", 0)},
		{"no shape", `no "shape"`, numpy("{'descr': '<f4', 'fortran_order': False}", 8)},
		{"a key twice", `twice`, numpy("{'descr': '<f4', 'descr': '<f4'}", 8)},
		{"another key", `unknown key "x"`, numpy("{'x': 1}", 8)},
		{"a number as shape", "the value of shape", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2), }", 8)},
		{"a negative length", "the value of shape", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", 8)},
		{"code", "the value of shape", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (__import__('os'),), }", 8)},
		{"too large", "addresses", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 8)},
		{"larger than the file", "after 8 of 4000000000 bytes", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,), }", 8)},
		{"more after the dictionary", "the end of the header", numpy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x", 8)},
		{"wide floats", "wider than 64", numpy("{'descr': '<f16', 'fortran_order': False, 'shape': (2,), }", 32)},
	} {
		_, err := store.ReadNPY(bytes.NewReader(c.file))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant an error with %q", c.name, err, c.want)
		}
	}
	for _, good := range []string{
		"{'descr': '<f4', 'fortran_order': False, 'shape': (2L,), }\n", // Python 2
		`{"shape":(2,),"fortran_order":False,"descr":"<f4"}`,
	} {
		if x, err := store.ReadNPY(bytes.NewReader(numpy(good, 8))); err != nil || x.Numel() != 2 {
			t.Errorf("%s: %v", good, err)
		}
	}
}

// TestChecksum: a flipped bit in the numbers of an archive is noticed.
func TestChecksum(t *testing.T) {
	for path, name := range map[string]string{"testdata/stored.npz": "y.npy", "testdata/net.pth": "net/data/0"} {
		b := contents(t, path)
		z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if f.Name == name {
				at, err := f.DataOffset()
				if err != nil {
					t.Fatal(err)
				}
				b[at+int64(f.UncompressedSize64)-1] ^= 1
			}
		}
		file := filepath.Join(t.TempDir(), filepath.Base(path))
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Load(file); err == nil || !strings.Contains(err.Error(), "checksum") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestMemoryOfLies: a header that promises gigabytes must not make the reader
// allocate them.
func TestMemoryOfLies(t *testing.T) {
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.CreateRaw(&zip.FileHeader{Name: "x.npy", Method: zip.Deflate, UncompressedSize64: 1 << 40, CompressedSize64: 4})
	if err == nil {
		_, err = w.Write([]byte{3, 0, 0, 0})
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	lies := map[string]func() error{
		"npy": func() error {
			_, err := store.ReadNPY(bytes.NewReader(numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000,), }", 8)))
			return err
		},
		"npy in Fortran order": func() error {
			_, err := store.ReadNPY(bytes.NewReader(numpy("{'descr': '<i1', 'fortran_order': True, 'shape': (100000,100000), }", 8)))
			return err
		},
		"safetensors": func() error {
			b := safe(`{"a":{"dtype":"F32","shape":[1000000000],"data_offsets":[0,4000000000]}}`, 0)
			_, err := store.ReadSafetensors(bytes.NewReader(b), int64(len(b)))
			return err
		},
		"npz": func() error {
			_, err := store.ReadNPZ(bytes.NewReader(bomb.Bytes()), int64(bomb.Len()))
			return err
		},
		"pth": func() error {
			b := archive(t, []byte("\x80\x02X\xff\xff\xff\x7f"), 8)
			_, err := store.ReadPTH(bytes.NewReader(b), int64(len(b)))
			return err
		},
	}
	for name, read := range lies {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := read()
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 32<<20 {
			t.Errorf("%s: allocated %d MB", name, grown>>20)
		}
	}
}
