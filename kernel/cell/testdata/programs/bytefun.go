package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"strings"
)

type Header struct {
	Magic   [4]byte
	Version uint16
	Flags   uint16
	Len     uint32
	Ratio   float32
}

type Packet struct {
	Header
	Body []byte
}

func (p *Packet) MarshalBinary() ([]byte, error) {
	p.Len = uint32(len(p.Body))
	var b bytes.Buffer
	if err := binary.Write(&b, binary.BigEndian, p.Header); err != nil {
		return nil, err
	}
	b.Write(p.Body)
	sum := crc32.ChecksumIEEE(b.Bytes())
	return binary.LittleEndian.AppendUint32(b.Bytes(), sum), nil
}

func (p *Packet) UnmarshalBinary(d []byte) error {
	if len(d) < 20 {
		return io.ErrUnexpectedEOF
	}
	body, tail := d[:len(d)-4], d[len(d)-4:]
	if got, want := crc32.ChecksumIEEE(body), binary.LittleEndian.Uint32(tail); got != want {
		return fmt.Errorf("crc %08x, want %08x", got, want)
	}
	r := bytes.NewReader(body)
	if err := binary.Read(r, binary.BigEndian, &p.Header); err != nil {
		return err
	}
	p.Body = make([]byte, p.Len)
	_, err := io.ReadFull(r, p.Body)
	return err
}

func varint(n uint64) (out []byte) {
	for n >= 0x80 {
		out = append(out, byte(n)|0x80)
		n >>= 7
	}
	return append(out, byte(n))
}

func unvarint(b []byte) (n uint64, used int) {
	for i, c := range b {
		n |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			return n, i + 1
		}
	}
	return 0, 0
}

func xor(data []byte, key string) []byte {
	out := make([]byte, len(data))
	for i, c := range data {
		out[i] = c ^ key[i%len(key)]
	}
	return out
}

func main() {
	p := &Packet{Header{[4]byte{'D', 'S', 'C', 'T'}, 0x0102, 0xfffe, 0, 1.5}, []byte("payload…")}
	b, err := p.MarshalBinary()
	fmt.Printf("% x %v %d\n", b, err, len(b))
	var q Packet
	fmt.Println(q.UnmarshalBinary(b), q.Version == p.Version, string(q.Magic[:]), string(q.Body), q.Ratio, q.Header == p.Header)
	b[3] ^= 0x20
	fmt.Println(q.UnmarshalBinary(b), q.UnmarshalBinary(b[:4]))
	for _, n := range []uint64{0, 127, 128, 300, 1<<63 + 5} {
		v := varint(n)
		back, used := unvarint(v)
		fmt.Print(hex.EncodeToString(v), " ", back == n, used, bytes.Equal(v, binary.AppendUvarint(nil, n)), " ")
	}
	fmt.Println()
	enc := xor([]byte("attack at dawn"), "key")
	fmt.Println(base64.StdEncoding.EncodeToString(enc), string(xor(enc, "key")))
	fmt.Printf("%x\n", sha256.Sum256([]byte("hello")))
	h := fnv.New32a()
	io.WriteString(h, "hello")
	fmt.Println(h.Sum32(), hex.Dump([]byte("dump me please!\n\x00\xff")))
	var zb bytes.Buffer
	zw := gzip.NewWriter(&zb)
	fmt.Fprint(zw, strings.Repeat("abc", 1000))
	fmt.Println(zw.Close(), zb.Len() < 100)
	zr, err := gzip.NewReader(&zb)
	raw, _ := io.ReadAll(zr)
	fmt.Println(err, len(raw), bytes.Count(raw, []byte("bc")))
	_, err = hex.DecodeString("zz")
	_, err2 := base64.URLEncoding.DecodeString("a?")
	fmt.Println(err, err2)
	s := []byte{0: 1, 5: 2}
	s2 := append(s[:2], 9, 9)
	copy(s[4:], "xyz")
	fmt.Println(s, s2, bytes.IndexByte(s, 'x'), bytes.Compare(s, s2), bytes.TrimRight([]byte("aabb"), "b"))
	arr := [3]byte(s[:3])
	parr := (*[2]byte)(s)
	parr[0] = 77
	fmt.Println(arr, *parr, s[0], string(arr[:1]) == "\x01")
	u := binary.BigEndian.Uint64([]byte("\x00\x01\x02\x03\x04\x05\x06\x07"))
	fmt.Printf("%d %#x %08b %o\n", u, u, byte(u), u&0777)
}
