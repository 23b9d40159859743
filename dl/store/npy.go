package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/dl"
)

// LoadNPY reads a tensor from a .npy file, of any version and byte order, in C
// or Fortran order. Types that dl does not have become wider ones: int8, int16
// and uint16 become Int32, uint32 and uint64 Int64 (an error if a number does
// not fit). Text, dates, complex numbers, records and pickled objects are errors.
//
// PyTorch: torch.from_numpy(numpy.load(path)).
func LoadNPY(path string) (*dl.Tensor, error) {
	f, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := readNPY(f, size)
	return t, reading(path, err)
}

// ReadNPY is [LoadNPY] for a stream. It reads no further than the array, so that
// several may follow one another; wrap a slow reader in a bufio.Reader.
//
// PyTorch: torch.from_numpy(numpy.load(file)).
func ReadNPY(r io.Reader) (*dl.Tensor, error) {
	t, err := readNPY(r, -1)
	if err != nil && !errors.Is(err, dl.ErrInterrupted) {
		err = fmt.Errorf("store: reading .npy: %w", err)
	}
	return t, err
}

// SaveNPY writes t to a .npy file, whole or not at all. BFloat16, which NumPy does
// not have, is an error.
//
// PyTorch: numpy.save(path, t.numpy()).
func SaveNPY(path string, t *dl.Tensor) error {
	return save(path, func(w io.Writer) error { return writeNPY(w, t) })
}

// WriteNPY is [SaveNPY] for a stream.
//
// PyTorch: numpy.save(file, t.numpy()).
func WriteNPY(w io.Writer, t *dl.Tensor) error {
	if err := writeNPY(w, t); err != nil {
		return fmt.Errorf("store: writing .npy: %w", err)
	}
	return nil
}

const npyMagic = "\x93NUMPY"

// readNPY reads one array. size is the number of bytes that r holds, -1 when
// that is not known.
func readNPY(r io.Reader, size int64) (*dl.Tensor, error) {
	h, n, err := readNPYHeader(r)
	if err != nil {
		return nil, err
	}
	_, want, err := h.element.count(h.shape)
	if err != nil {
		return nil, err
	}
	if size >= 0 && int64(want) > size-int64(n) {
		return nil, fmt.Errorf("shape %v of %s takes %d bytes, the file has %d after its header; it was cut off or damaged",
			h.shape, h.element, want, size-int64(n))
	}
	if !h.fortran {
		return h.element.read(r, h.order, h.shape, size >= 0)
	}
	back := slices.Clone(h.shape)
	slices.Reverse(back)
	t, err := h.element.read(r, h.order, back, size >= 0)
	if err != nil {
		return nil, err
	}
	return reversed(t), nil
}

// reversed turns the order of the dimensions around and puts the elements into
// row-major order.
func reversed(t *dl.Tensor) *dl.Tensor {
	dims := make([]int, t.Dim())
	for i := range dims {
		dims[i] = len(dims) - 1 - i
	}
	if len(dims) < 2 {
		return t
	}
	return t.Permute(dims...).Contiguous()
}

// maxNPYHeader bounds what is read before it is understood. NumPy itself refuses
// headers above 10,000 bytes.
const maxNPYHeader = 1 << 16

// readNPYHeader reads to the first byte of the data; n is how many bytes that were.
func readNPYHeader(r io.Reader) (h npyHeader, n int, err error) {
	b := make([]byte, 8, 12)
	if err := fill(r, b); err != nil {
		return h, 0, err
	}
	if string(b[:6]) != npyMagic {
		return h, 0, fmt.Errorf("it begins with %q, not with %q; it is no .npy file", b[:6], npyMagic)
	}
	var length uint32
	switch version := b[6]; version {
	case 1:
		b = b[:10]
		err = fill(r, b[8:])
		length = uint32(binary.LittleEndian.Uint16(b[8:]))
	case 2, 3:
		b = b[:12]
		err = fill(r, b[8:])
		length = binary.LittleEndian.Uint32(b[8:])
	default:
		err = fmt.Errorf("format version %d.%d; 1.0, 2.0 and 3.0 are known", version, b[7])
	}
	if err != nil {
		return h, 0, err
	}
	if length > maxNPYHeader {
		return h, 0, fmt.Errorf("a header of %d bytes; at most %d are read", length, maxNPYHeader)
	}
	text := make([]byte, length)
	if err := fill(r, text); err != nil {
		return h, 0, err
	}
	h, err = parseNPYHeader(string(text))
	return h, len(b) + len(text), err
}

// writeNPY writes version 1.0, as NumPy does; no shape of 64 lengths needs more.
func writeNPY(w io.Writer, t *dl.Tensor) error {
	h, err := npyHeaderOf(t)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 64<<10)
	b.WriteString(h)
	if err := put(b, t); err != nil {
		return err
	}
	return b.Flush()
}

// npyHeaderOf returns the bytes before the data, which begin at a multiple of 64.
func npyHeaderOf(t *dl.Tensor) (string, error) {
	if t == nil {
		return "", errors.New("there is no tensor: it is nil")
	}
	descr, ok := npyTypes[t.DType()]
	if !ok {
		return "", fmt.Errorf("NumPy has no %s; save t.To(dl.Float32), or use safetensors", t.DType())
	}
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, pythonShape(t.Shape()))
	if t.Dim() > 0 {
		// NumPy leaves room for the first length to grow to 21 digits, for those who append.
		text += strings.Repeat(" ", 21-len(strconv.Itoa(t.Size(0))))
	}
	pad := 64 - (len(npyMagic)+4+len(text)+1)%64
	length := len(text) + pad + 1
	if length > math.MaxUint16 {
		return "", fmt.Errorf("a tensor of %d dimensions", t.Dim())
	}
	b := append([]byte(npyMagic), 1, 0, byte(length), byte(length>>8))
	return string(b) + text + strings.Repeat(" ", pad) + "\n", nil
}

var npyTypes = map[dl.DType]string{
	dl.Float32: "<f4", dl.Float64: "<f8", dl.Int64: "<i8", dl.Int32: "<i4", dl.Uint8: "|u1", dl.Bool: "|b1", dl.Float16: "<f2",
}

// pythonShape writes a shape as Python writes a tuple.
func pythonShape(shape []int) string {
	b := []byte{'('}
	for i, n := range shape {
		if i > 0 {
			b = append(b, ' ')
		}
		b = fmt.Append(b, n)
		if i < len(shape)-1 || len(shape) == 1 {
			b = append(b, ',')
		}
	}
	return string(append(b, ')'))
}
