package neon

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/operand"
)

// pool is the data of a file, in one symbol: constants of 16 bytes, and
// tables.
type pool struct {
	globals map[string][]byte
	bytes   []byte
	places  map[string]int // by content
}

func newPool(f *ir.File) *pool {
	p := &pool{globals: map[string][]byte{}, places: map[string]int{}}
	for _, s := range f.Sections {
		g, ok := s.(*ir.Global)
		if !ok {
			continue
		}
		b := make([]byte, g.Size)
		for _, d := range g.Data {
			switch v := d.Value.(type) {
			case operand.U32:
				binary.LittleEndian.PutUint32(b[d.Offset:], uint32(v))
			case operand.U64:
				binary.LittleEndian.PutUint64(b[d.Offset:], uint64(v))
			default:
				panic(fmt.Sprintf("neon: data of type %T", v))
			}
		}
		p.globals[g.Symbol.Name] = b
	}
	return p
}

// place returns where some bytes are, which it adds when they are new.
func (p *pool) place(b []byte) int {
	at, ok := p.places[string(b)]
	if !ok {
		at = len(p.bytes)
		p.bytes = append(p.bytes, b...)
		p.bytes = append(p.bytes, make([]byte, (16-len(p.bytes)%16)%16)...)
		p.places[string(b)] = at
	}
	return at
}

// uniform reports whether a symbol repeats one word, and returns that.
func (p *pool) uniform(name string) (uint32, bool) {
	b := p.globals[name]
	if len(b) < 4 || len(b) > 32 {
		return 0, false
	}
	w := binary.LittleEndian.Uint32(b)
	for i := 4; i < len(b); i += 4 {
		if binary.LittleEndian.Uint32(b[i:]) != w {
			return 0, false
		}
	}
	return w, true
}

// word returns the place of a word that is repeated.
func (p *pool) word(w uint32) int { return p.four([4]uint32{w, w, w, w}) }

func (p *pool) four(w [4]uint32) int {
	var b [16]byte
	for i, x := range w {
		binary.LittleEndian.PutUint32(b[4*i:], x)
	}
	return p.place(b[:])
}

func (p *pool) write(b *strings.Builder) {
	if len(p.bytes) == 0 {
		return
	}
	b.WriteByte('\n')
	for i := 0; i < len(p.bytes); i += 8 {
		fmt.Fprintf(b, "DATA constants<>+%d(SB)/8, $%#016x\n", i, binary.LittleEndian.Uint64(p.bytes[i:]))
	}
	fmt.Fprintf(b, "GLOBL constants<>(SB), RODATA|NOPTR, $%d\n", len(p.bytes))
}
