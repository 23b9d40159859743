package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"descent/dl"
)

// piece is how much is read at a time: between pieces an interrupt is heard, and
// a stream of unknown length makes memory grow by no more than it has brought.
const piece = 8 << 20

// read makes a tensor from the next bytes of r. bounded says that r is known to
// hold them all, so that their memory can be allocated at once; otherwise it
// grows as they come, and a header that lies costs nothing.
func (e element) read(r io.Reader, order binary.ByteOrder, shape []int, bounded bool) (*dl.Tensor, error) {
	_, size, err := e.count(shape)
	if err != nil {
		return nil, err
	}
	if bounded && e.direct() {
		t := dl.ZerosOf(e.dtype(), shape...)
		m := memory(t)
		if err := fill(r, m); err != nil {
			return nil, err
		}
		if order != native {
			swap(m, e.size())
		}
		return t, nil
	}
	raw, err := take(r, size, bounded)
	if err != nil {
		return nil, err
	}
	return e.decode(raw, order, shape)
}

// take reads size bytes.
func take(r io.Reader, size int, bounded bool) ([]byte, error) {
	if bounded || size <= piece {
		b := make([]byte, size)
		return b, fill(r, b)
	}
	b := make([]byte, piece)
	if err := fill(r, b); err != nil {
		return nil, short(err, 0, size)
	}
	for len(b) < size {
		at := len(b)
		n := min(size-at, at)
		b = append(b, make([]byte, n)...)
		if err := fill(r, b[at:]); err != nil {
			return nil, short(err, at, size)
		}
	}
	return b, nil
}

// fill reads len(b) bytes.
func fill(r io.Reader, b []byte) error {
	for at := 0; at < len(b); {
		if dl.Interrupted() {
			return dl.ErrInterrupted
		}
		n, err := io.ReadFull(r, b[at:min(at+piece, len(b))])
		at += n
		if err != nil {
			return short(err, at, len(b))
		}
	}
	return nil
}

// cut is a file that ends too early.
type cut struct{ got, want int }

func (c *cut) Error() string {
	return fmt.Sprintf("the data ends after %d of %d bytes; the file was cut off", c.got, c.want)
}

// Unwrap makes it an io.ErrUnexpectedEOF for those who ask.
func (c *cut) Unwrap() error { return io.ErrUnexpectedEOF }

func short(err error, got, want int) error {
	var c *cut
	if errors.As(err, &c) {
		return &cut{got + c.got, want}
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return &cut{got, want}
	}
	return err
}
