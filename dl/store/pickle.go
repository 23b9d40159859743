package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// A pickle is a program for a stack machine. This reader runs the part of it that
// builds plain data. A class or function is never called by name: it becomes a
// global, and the owner of the machine says what calling one means.

// global is a Python name, as "collections.OrderedDict".
type global string

// dict is a Python dictionary, in order. Keys that are no text, number or truth
// value are errors.
type dict struct {
	keys   []any
	values map[any]any
}

func newDict() *dict { return &dict{values: map[any]any{}} }

func (d *dict) set(k, v any) error {
	switch k.(type) {
	case string, int64, float64, bool, nil:
	default:
		return fmt.Errorf("a dictionary with a key that is neither text nor number")
	}
	if _, ok := d.values[k]; !ok {
		d.keys = append(d.keys, k)
	}
	d.values[k] = v
	return nil
}

// list is a Python list, which may grow after it was stored elsewhere. A tuple is
// an []any.
type pyList struct{ items []any }

// mark is what MARK pushes.
type mark struct{}

const (
	protoOp   = 0x80
	maxPickle = 64 << 20 // most bytes of all texts and of the program of one pickle
	maxStack  = 1 << 22
)

// unpickler runs one pickle.
type unpickler struct {
	r     *bufio.Reader
	left  int // bytes that may still be read
	stack []any
	memo  map[uint64]any

	call       func(f global, args []any) (any, error)
	persistent func(id any) (any, error)
}

var errStack = errors.New("the pickle is damaged: its stack is empty")

func (u *unpickler) push(v any) error {
	if len(u.stack) >= maxStack {
		return errors.New("the pickle is damaged: its stack grows without end")
	}
	u.stack = append(u.stack, v)
	return nil
}

func (u *unpickler) pop() (any, error) {
	if len(u.stack) == 0 {
		return nil, errStack
	}
	v := u.stack[len(u.stack)-1]
	u.stack = u.stack[:len(u.stack)-1]
	return v, nil
}

func (u *unpickler) top() (any, error) {
	if len(u.stack) == 0 {
		return nil, errStack
	}
	return u.stack[len(u.stack)-1], nil
}

// popMark returns what was pushed since the last mark.
func (u *unpickler) popMark() ([]any, error) {
	for i := len(u.stack) - 1; i >= 0; i-- {
		if _, ok := u.stack[i].(mark); ok {
			items := append([]any(nil), u.stack[i+1:]...)
			u.stack = u.stack[:i]
			return items, nil
		}
	}
	return nil, errors.New("the pickle is damaged: a mark is missing")
}

// bytes reads n bytes.
func (u *unpickler) bytes(n uint64) ([]byte, error) {
	if n > uint64(u.left) {
		return nil, fmt.Errorf("the pickle is damaged, or above %d bytes: it asks for %d more", maxPickle, n)
	}
	u.left -= int(n)
	return take(u.r, int(n), false)
}

func (u *unpickler) byte() (byte, error) {
	b, err := u.bytes(1)
	if err != nil {
		return 0, err
	}
	return b[0], nil
}

// number reads an unsigned little-endian integer of n bytes.
func (u *unpickler) number(n uint64) (uint64, error) {
	b, err := u.bytes(n)
	if err != nil {
		return 0, err
	}
	var w [8]byte
	copy(w[:], b)
	return binary.LittleEndian.Uint64(w[:]), nil
}

// line reads to the end of a line.
func (u *unpickler) line() (string, error) {
	var b []byte
	for {
		c, err := u.byte()
		if err != nil {
			return "", err
		}
		if c == '\n' {
			return strings.TrimSuffix(string(b), "\r"), nil
		}
		if b = append(b, c); len(b) > 1<<16 {
			return "", errors.New("the pickle is damaged: a line without end")
		}
	}
}

// text reads a text behind its length of n bytes.
func (u *unpickler) text(n uint64) (string, error) {
	size, err := u.number(n)
	if err != nil {
		return "", err
	}
	b, err := u.bytes(size)
	return string(b), err
}

// run executes the pickle to its end and returns what it leaves.
func (u *unpickler) run() (any, error) {
	u.memo, u.left, u.stack = map[uint64]any{}, maxPickle, u.stack[:0]
	for {
		op, err := u.byte()
		if err != nil {
			return nil, err
		}
		if op == '.' {
			return u.pop()
		}
		if err := u.step(op); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
	}
}

// step executes one instruction that is not the last.
func (u *unpickler) step(op byte) error {
	switch op {
	case protoOp:
		v, err := u.byte()
		if err == nil && v > 5 {
			err = fmt.Errorf("pickle protocol %d; up to 5 is known", v)
		}
		return err
	case 0x95: // FRAME: a hint for buffering
		_, err := u.number(8)
		return err
	case '(':
		return u.push(mark{})
	case '0':
		_, err := u.pop()
		return err
	case '1':
		_, err := u.popMark()
		return err
	case '2':
		v, err := u.top()
		if err != nil {
			return err
		}
		return u.push(v)
	case 'q', 'r', 'p', 0x94, 'h', 'j', 'g':
		return u.remember(op)
	case ')', 't', 0x85, 0x86, 0x87, ']', 'l', 'a', 'e', '}', 'd', 's', 'u':
		return u.build(op)
	case 'c', 0x93, 'R', 0x81, 'b', 'Q':
		return u.object(op)
	}
	v, err := u.scalar(op)
	if err != nil {
		return err
	}
	return u.push(v)
}

// scalar reads the numbers and texts.
func (u *unpickler) scalar(op byte) (any, error) {
	switch op {
	case 'N':
		return nil, nil
	case 0x88:
		return true, nil
	case 0x89:
		return false, nil
	case 'J':
		n, err := u.number(4)
		return int64(int32(n)), err
	case 'K':
		n, err := u.number(1)
		return int64(n), err
	case 'M':
		n, err := u.number(2)
		return int64(n), err
	case 0x8a, 0x8b:
		width := uint64(1)
		if op == 0x8b {
			width = 4
		}
		s, err := u.text(width)
		return long(s), err
	case 'I', 'L':
		s, err := u.line()
		switch {
		case err != nil:
			return nil, err
		case op == 'I' && s == "00":
			return false, nil
		case op == 'I' && s == "01":
			return true, nil
		}
		n, ok := new(big.Int).SetString(strings.TrimSuffix(s, "L"), 10)
		if !ok {
			return nil, fmt.Errorf("the pickle is damaged: %q is no number", s)
		}
		return small(n), nil
	case 'F':
		s, err := u.line()
		if err != nil {
			return nil, err
		}
		return strconv.ParseFloat(s, 64)
	case 'G':
		b, err := u.bytes(8)
		if err != nil {
			return nil, err
		}
		return math.Float64frombits(binary.BigEndian.Uint64(b)), nil
	case 'X', 'T', 'B':
		return u.text(4)
	case 0x8c, 'U', 'C':
		return u.text(1)
	case 0x8d, 0x8e:
		return u.text(8)
	case 'S', 'V':
		s, err := u.line()
		if err == nil && op == 'S' && len(s) >= 2 {
			s = s[1 : len(s)-1]
		}
		return s, err
	}
	return nil, fmt.Errorf("the pickle has the instruction %#02x, which tensors do not need", op)
}

// long is Python's integer of any length, little-endian in two's complement. One
// that int64 cannot hold is kept as a float64: it is nothing that counts here.
func long(s string) any {
	if s == "" {
		return int64(0)
	}
	b := []byte(s)
	negative := b[len(b)-1] >= 0x80
	for l, r := 0, len(b)-1; l < r; l, r = l+1, r-1 {
		b[l], b[r] = b[r], b[l]
	}
	n := new(big.Int).SetBytes(b)
	if negative {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return small(n)
}

func small(n *big.Int) any {
	if n.IsInt64() {
		return n.Int64()
	}
	f, _ := new(big.Float).SetInt(n).Float64()
	return f
}

// remember executes the instructions of the memo.
func (u *unpickler) remember(op byte) error {
	var i uint64
	var err error
	switch op {
	case 'q', 'h':
		i, err = u.number(1)
	case 'r', 'j':
		i, err = u.number(4)
	case 'p', 'g':
		var s string
		if s, err = u.line(); err == nil {
			i, err = strconv.ParseUint(s, 10, 32)
		}
	default:
		i = uint64(len(u.memo))
	}
	if err != nil {
		return err
	}
	if op == 'h' || op == 'j' || op == 'g' {
		v, ok := u.memo[i]
		if !ok {
			return fmt.Errorf("the pickle is damaged: it recalls entry %d, which it never stored", i)
		}
		return u.push(v)
	}
	v, err := u.top()
	if err == nil {
		u.memo[i] = v
	}
	return err
}
