package idx

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name  string
		in    []byte
		typ   Type
		shape []int
		want  []float64
	}{
		{"uint8 vector", []byte{0, 0, 8, 1, 0, 0, 0, 3, 0, 7, 255}, Uint8, []int{3}, []float64{0, 7, 255}},
		{"uint8 matrix", []byte{0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4}, Uint8, []int{2, 2}, []float64{1, 2, 3, 4}},
		{"int8", []byte{0, 0, 9, 1, 0, 0, 0, 2, 0xff, 0x7f}, Int8, []int{2}, []float64{-1, 127}},
		{"int16", []byte{0, 0, 0xB, 1, 0, 0, 0, 2, 0xff, 0xfe, 1, 0}, Int16, []int{2}, []float64{-2, 256}},
		{"int32", []byte{0, 0, 0xC, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff}, Int32, []int{1}, []float64{-1}},
		{"float32", []byte{0, 0, 0xD, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0}, Float32, []int{1}, []float64{1.5}},
		{"float64", []byte{0, 0, 0xE, 1, 0, 0, 0, 1, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0}, Float64, []int{1}, []float64{1.5}},
		{"empty", []byte{0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 9}, Uint8, []int{0, 9}, []float64{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			// One byte at a time: no read may depend on how the stream is cut.
			a, err := Read(iotest.OneByteReader(bytes.NewReader(tt.in)))
			if err != nil {
				t.Fatal(err)
			}
			if a.Type != tt.typ || !slices.Equal(a.Shape, tt.shape) {
				t.Errorf("got %v %v, want %v %v", a.Type, a.Shape, tt.typ, tt.shape)
			}
			if got := a.Floats(); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct {
		name, in, want string
		cut            bool // reported as an unexpected end
	}{
		{"nothing", "", "ends inside the magic number", true},
		{"two bytes", "\x00\x00", "ends inside the magic number", true},
		{"gzip", "\x1f\x8b\x08\x00", "still gzip-compressed", false},
		{"text", "<!DOCTYPE html>", "not an IDX file", false},
		{"unknown type", "\x00\x00\x0a\x01\x00\x00\x00\x01x", "unknown type 0x0a", false},
		{"no dimensions", "\x00\x00\x08\x00", "no dimension", false},
		{"cut dimensions", "\x00\x00\x08\x02\x00\x00\x00\x01\x00", "ends inside the 2 dimensions", true},
		{"cut data", "\x00\x00\x08\x01\x00\x00\x00\x05abc", "the data: 3 of 5 bytes", true},
		{"too many bytes", "\x00\x00\x08\x01\x00\x00\x00\x02abc", "bytes after the data", false},
		{"huge", "\x00\x00\x08\x02\xff\xff\xff\xff\xff\xff\xff\xff", "promises more than", false},
		{"huge, not there", "\x00\x00\x08\x01\xff\xff\xff\xff", "the data: 0 of 4294967295 bytes", true},
		{"many dimensions", "\x00\x00\x0e\xff" + strings.Repeat("\xff\xff\xff\xff", 255), "promises more than", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(tt.in))
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %q, want it to contain %q", err, tt.want)
			}
			if got := errors.Is(err, io.ErrUnexpectedEOF); got != tt.cut {
				t.Errorf("reported as an unexpected end: %v, want %v", got, tt.cut)
			}
		})
	}
	boom := errors.New("boom")
	if _, err := Read(iotest.ErrReader(boom)); !errors.Is(err, boom) {
		t.Errorf("got %v, want it to wrap the reader's error", err)
	}
	r := io.MultiReader(strings.NewReader("\x00\x00\x08\x01\x00\x00\x00\x01a"), iotest.ErrReader(boom))
	if _, err := Read(r); !errors.Is(err, boom) {
		t.Errorf("error behind the data: got %v, want it to wrap the reader's error", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte{0, 0, 8, 1, 0, 0, 0, 3, 0, 7, 255})
	f.Add([]byte{0, 0, 0xE, 1, 0, 0, 0, 1, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255})
	f.Add([]byte{0, 0, 8, 3, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, in []byte) {
		a, err := Read(bytes.NewReader(in))
		if err != nil {
			if a != nil {
				t.Fatal("an array and an error")
			}
			return
		}
		if want := len(in) - 4 - 4*len(a.Shape); len(a.Data) != want || a.Bytes() != want {
			t.Fatalf("%d bytes of data, header says %d, file has %d", len(a.Data), a.Bytes(), want)
		}
		if got := a.Floats(); len(got) != a.Numel() {
			t.Fatalf("%d elements of %d", len(got), a.Numel())
		}
	})
}
