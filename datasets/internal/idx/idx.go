// Package idx reads the IDX format, in which MNIST and its relatives are
// distributed: four magic bytes (0, 0, element type, number of dimensions), one
// big-endian uint32 per dimension, then the elements in row-major order,
// big-endian.
//
// The reader trusts nothing: sizes are checked before anything of that size is
// allocated, and a file that is cut short or has bytes left over is an error.
package idx

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// A Type is the element type of an IDX file, as its third magic byte says.
type Type uint8

// The element types of the format.
const (
	Uint8   Type = 0x08
	Int8    Type = 0x09
	Int16   Type = 0x0B
	Int32   Type = 0x0C
	Float32 Type = 0x0D
	Float64 Type = 0x0E
)

// Size returns the bytes of one element, or 0 for an unknown type.
func (t Type) Size() int {
	switch t {
	case Uint8, Int8:
		return 1
	case Int16:
		return 2
	case Int32, Float32:
		return 4
	case Float64:
		return 8
	}
	return 0
}

// String returns the Go name of the element type.
func (t Type) String() string {
	switch t {
	case Uint8:
		return "uint8"
	case Int8:
		return "int8"
	case Int16:
		return "int16"
	case Int32:
		return "int32"
	case Float32:
		return "float32"
	case Float64:
		return "float64"
	}
	return fmt.Sprintf("unknown type 0x%02x", uint8(t))
}

// MaxBytes bounds the data of one file; a header that promises more is refused.
const MaxBytes = 1 << 32

// A Header describes the data that follows it.
type Header struct {
	Type  Type
	Shape []int
}

// Numel returns the number of elements.
func (h Header) Numel() int {
	n := 1
	for _, d := range h.Shape {
		n *= d
	}
	return n
}

// Bytes returns the bytes of the data.
func (h Header) Bytes() int { return h.Numel() * h.Type.Size() }

// ReadHeader reads and checks the header of an IDX stream.
func ReadHeader(r io.Reader) (Header, error) {
	var magic [4]byte
	if _, err := io.ReadFull(r, magic[:]); err != nil {
		return Header{}, short("the magic number", err)
	}
	if magic[0] == 0x1f && magic[1] == 0x8b {
		return Header{}, errors.New("idx: the data is still gzip-compressed")
	}
	if magic[0] != 0 || magic[1] != 0 {
		return Header{}, fmt.Errorf("idx: not an IDX file: magic number % x, want 00 00 TYPE DIMS", magic)
	}
	h := Header{Type: Type(magic[2])}
	if h.Type.Size() == 0 {
		return Header{}, fmt.Errorf("idx: %v in the magic number % x", h.Type, magic)
	}
	dims := int(magic[3])
	if dims == 0 {
		return Header{}, errors.New("idx: the header names no dimension")
	}
	sizes := make([]byte, 4*dims)
	if _, err := io.ReadFull(r, sizes); err != nil {
		return Header{}, short(fmt.Sprintf("the %d dimensions", dims), err)
	}
	total := uint64(h.Type.Size())
	h.Shape = make([]int, dims)
	for i := range h.Shape {
		d := binary.BigEndian.Uint32(sizes[4*i:])
		// total ≤ MaxBytes and d < 2³², so the product cannot overflow.
		if total *= uint64(d); total > MaxBytes {
			return Header{}, fmt.Errorf("idx: the header promises more than %d bytes", uint64(MaxBytes))
		}
		h.Shape[i] = int(d)
	}
	return h, nil
}

// An Array is the whole content of an IDX file. Data is big-endian as in the file.
type Array struct {
	Header
	Data []byte
}

// Read reads one IDX file up to the end of r.
func Read(r io.Reader) (*Array, error) {
	h, err := ReadHeader(r)
	if err != nil {
		return nil, err
	}
	data, err := readData(r, h.Bytes())
	if err != nil {
		return nil, err
	}
	if err := AtEnd(r); err != nil {
		return nil, err
	}
	return &Array{Header: h, Data: data}, nil
}

// readData reads n bytes. It grows the buffer with what arrives, so that a
// forged header costs no memory.
func readData(r io.Reader, n int) ([]byte, error) {
	const step = 1 << 20
	buf := make([]byte, 0, min(n, step))
	for len(buf) < n {
		lo := len(buf)
		hi := min(n, max(2*lo, step))
		if hi > cap(buf) {
			grown := make([]byte, lo, hi)
			copy(grown, buf)
			buf = grown
		}
		got, err := io.ReadFull(r, buf[lo:hi])
		buf = buf[:lo+got]
		if err != nil {
			return nil, short(fmt.Sprintf("the data: %d of %d bytes", len(buf), n), err)
		}
	}
	return buf, nil
}

// AtEnd returns an error unless r is exhausted.
func AtEnd(r io.Reader) error {
	var one [1]byte
	switch _, err := io.ReadFull(r, one[:]); err {
	case io.EOF:
		return nil
	case nil:
		return errors.New("idx: there are bytes after the data that the header describes")
	default:
		return fmt.Errorf("idx: %w", err)
	}
}

// short explains an early end of the stream.
func short(what string, err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return fmt.Errorf("idx: the file ends inside %s: %w", what, io.ErrUnexpectedEOF)
	}
	return fmt.Errorf("idx: reading %s: %w", what, err)
}

// Floats returns the elements as float64, whatever their type.
func (a *Array) Floats() []float64 {
	out := make([]float64, a.Numel())
	d := a.Data
	for i := range out {
		switch a.Type {
		case Uint8:
			out[i] = float64(d[i])
		case Int8:
			out[i] = float64(int8(d[i]))
		case Int16:
			out[i] = float64(int16(binary.BigEndian.Uint16(d[2*i:])))
		case Int32:
			out[i] = float64(int32(binary.BigEndian.Uint32(d[4*i:])))
		case Float32:
			out[i] = float64(math.Float32frombits(binary.BigEndian.Uint32(d[4*i:])))
		case Float64:
			out[i] = math.Float64frombits(binary.BigEndian.Uint64(d[8*i:]))
		}
	}
	return out
}
