package main

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"io"
	"math"
	"os"
	"unicode/utf16"
)

type Kind uint8

const (
	Ping Kind = iota + 1
	Data
	Bye
)

func (k Kind) String() string {
	switch k {
	case Ping:
		return "PING"
	case Data:
		return "DATA"
	case Bye:
		return "BYE"
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

type Header struct {
	Magic [4]byte
	Kind  Kind
	Flags uint8
	Len   uint16
	Seq   uint32
}

type Point struct {
	X, Y float32
	Tag  int16
	_    [2]byte
}

var ErrMagic = errors.New("bad magic")

type frame struct {
	Header
	body []byte
}

func (f *frame) WriteTo(w io.Writer) (int64, error) {
	f.Len = uint16(len(f.body))
	if err := binary.Write(w, binary.BigEndian, f.Header); err != nil {
		return 0, err
	}
	n, err := w.Write(f.body)
	return int64(n + binary.Size(f.Header)), err
}

func (f *frame) ReadFrom(r io.Reader) (int64, error) {
	if err := binary.Read(r, binary.BigEndian, &f.Header); err != nil {
		return 0, fmt.Errorf("header: %w", err)
	}
	if f.Magic != [4]byte{'D', 'P', 'R', 'O'} {
		return 0, ErrMagic
	}
	f.body = make([]byte, f.Len)
	n, err := io.ReadFull(r, f.body)
	return int64(n) + 12, err
}

var _ io.WriterTo = (*frame)(nil)
var _ io.ReaderFrom = (*frame)(nil)

func main() {
	var wire bytes.Buffer
	for i, k := range []Kind{Ping, Data, Bye, 9} {
		f := &frame{Header: Header{Magic: [4]byte{'D', 'P', 'R', 'O'}, Kind: k, Seq: uint32(i) << 20}, body: bytes.Repeat([]byte{byte(k)}, i)}
		n, err := f.WriteTo(&wire)
		fmt.Println(n, err)
	}
	fmt.Print(hex.Dump(wire.Bytes()))
	wire.WriteString("DPRO\x01")
	for {
		var f frame
		n, err := f.ReadFrom(&wire)
		if err != nil {
			fmt.Println(n, err, errors.Is(err, io.ErrUnexpectedEOF))
			break
		}
		fmt.Println(n, f.Kind, f.Seq, f.body, f.Header)
	}
	var junk frame
	_, err := junk.ReadFrom(bytes.NewReader(make([]byte, 12)))
	fmt.Println(err == ErrMagic)

	pts := []Point{{X: 1.5, Y: -2, Tag: 3}, {X: float32(math.Inf(1)), Tag: -1}}
	fmt.Println(binary.Size(pts), binary.Size(&pts[0]), binary.Size(map[int]int{}))
	b, err := binary.Append(nil, binary.LittleEndian, pts)
	fmt.Printf("%x %v\n", b, err)
	var got [2]Point
	n, err := binary.Decode(b, binary.LittleEndian, &got)
	fmt.Println(n, err, got)
	_, err = binary.Append(nil, binary.LittleEndian, struct{ S string }{"x"})
	fmt.Println(err)

	v := binary.AppendUvarint(nil, 300)
	v = binary.AppendVarint(v, -5)
	x, n1 := binary.Uvarint(v)
	y, n2 := binary.Varint(v[n1:])
	fmt.Println(v, x, y, n1, n2)

	text := []byte("The quick brown fox")
	fmt.Println(base64.StdEncoding.EncodeToString(text), base64.RawURLEncoding.EncodeToString([]byte{0xfb, 0xff, 0xfe}))
	fmt.Println(base32.HexEncoding.EncodeToString(text[:5]), base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(text[:3]))
	_, err = base64.StdEncoding.DecodeString("a$b=")
	var ci base64.CorruptInputError
	fmt.Println(err, errors.As(err, &ci), int(ci))
	_, err = hex.DecodeString("abcx")
	fmt.Println(err, err == hex.InvalidByteError('x'))
	w := base64.NewEncoder(base64.StdEncoding, os.Stdout)
	w.Write(text)
	w.Close()
	fmt.Println()

	fmt.Printf("%08x %08x %016x\n", crc32.ChecksumIEEE(text), adler32.Checksum(text), crc64.Checksum(text, crc64.MakeTable(crc64.ISO)))
	h := fnv.New64a()
	io.WriteString(h, "hello")
	fmt.Printf("%x %d %x\n", h.Sum64(), h.Size(), h.Sum([]byte{1}))
	seed := maphash.MakeSeed()
	fmt.Println(maphash.String(seed, "a") == maphash.Bytes(seed, []byte("a")), maphash.Comparable(seed, Point{X: 1}) == maphash.Comparable(seed, Point{X: 1}))

	u := utf16.Encode([]rune("héllo, 世界 🎉"))
	fmt.Printf("%04x\n", u)
	fmt.Println(string(utf16.Decode(u)), utf16.IsSurrogate(rune(u[len(u)-1])), len(u))
	r1, r2 := utf16.EncodeRune('🎉')
	fmt.Printf("%U %U %c\n", r1, r2, utf16.DecodeRune(r1, r2))
}
