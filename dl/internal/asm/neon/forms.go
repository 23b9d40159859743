package neon

import (
	"fmt"
	"strconv"
	"strings"
)

// form is an instruction that is written as a word.
type form struct {
	word  uint32 // with registers 0
	text  string
	reads bool // the destination is also a source
	move  bool
}

type table map[string]form

// forms has the instructions by name. The arrangement is .4s unless the name
// says otherwise.
var forms = table{}

func init() {
	add := func(words string, text string, reads bool) {
		for _, s := range strings.Fields(words) {
			name, hex, _ := strings.Cut(s, ":")
			w, err := strconv.ParseUint(hex, 16, 32)
			if err != nil {
				panic(err)
			}
			mnemonic, _, _ := strings.Cut(name, ".")
			forms[name] = form{word: uint32(w), text: mnemonic + " " + text, reads: reads}
		}
	}
	const three, two = "{0v}.4s, {1v}.4s, {2v}.4s", "{0v}.4s, {1v}.4s"
	add("fadd:4e20d400 fsub:4ea0d400 fmul:6e20dc00 fdiv:6e20fc00 fcmeq:4e20e400 fcmge:6e20e400 fcmgt:6ea0e400", three, false)
	add("add:4ea08400 sub:6ea08400 mul:4ea09c00 cmgt:4ea03400 zip1:4e803800 zip2:4e807800 uzp1:4e801800 uzp2:4e805800", three, false)
	add("fmla:4e20cc00 fmls:4ea0cc00", three, true)
	add("fmla.e:4f801000 fmls.e:4f805000", "{0v}.4s, {1v}.4s, {2v}.s[0]", true)
	add("fsqrt:6ea1f800 frintn:4e218800 frintm:4e219800 frintp:4ea18800 frintz:4ea19800 fcvtns:4e21a800 scvtf:4e21d800 rev64:4ea00800", two, false)
	add("cmlt:4ea0a800", two+", #0", false)
	add("add.2d:4ee08400 zip1.2d:4ec03800 zip2.2d:4ec07800", "{0v}.2d, {1v}.2d, {2v}.2d", false)
	add("and:4e201c00 bic:4e601c00 orr:4ea01c00 eor:6e201c00 sub.16b:6e208400", "{0v}.16b, {1v}.16b, {2v}.16b", false)
	add("bsl:6e601c00 bit:6ea01c00 bif:6ee01c00", "{0v}.16b, {1v}.16b, {2v}.16b", true)
	add("mvn:6e205800", "{0v}.16b, {1v}.16b", false)
	add("ext:6e004000", "{0v}.16b, {1v}.16b, {2v}.16b, #8", false)
	add("tbl:4e000000", "{0v}.16b, {{1v}.16b}, {2v}.16b", false)
	add("tbx:4e001000", "{0v}.16b, {{1v}.16b}, {2v}.16b", true)
	add("xtn:0ea12800", "{0v}.2s, {1v}.2d", false)
	add("umull:2ea0c000", "{0v}.2d, {1v}.2s, {2v}.2s", false)
	add("ushll.8h:2f08a400", "{0v}.8h, {1v}.8b, #0", false)
	add("ushll.4s:2f10a400", "{0v}.4s, {1v}.4h, #0", false)
	add("ushll2.4s:6f10a400", "{0v}.4s, {1v}.8h, #0", false)
	forms["addv"] = form{word: 0x4eb1b800, text: "addv {0s}, {1v}.4s"}
	forms["mov"] = form{word: 0x4ea01c00, text: "mov {0v}.16b, {1v}.16b", move: true}
	forms["zero"] = form{word: 0x6f00e400, text: "movi {0v}.2d, #0"}
	forms["dup.w"] = form{word: 0x4e040c00, text: "dup {0v}.4s, {1w}"}
	for i := range 32 {
		forms[fmt.Sprintf("shl.%d", i)] = form{word: 0x4f005400 | uint32(32+i)<<16, text: fmt.Sprintf("shl {0v}.4s, {1v}.4s, #%d", i)}
	}
	for i := range 64 {
		forms[fmt.Sprintf("shl.2d.%d", i)] = form{word: 0x4f005400 | uint32(64+i)<<16, text: fmt.Sprintf("shl {0v}.2d, {1v}.2d, #%d", i)}
	}
	for i := 1; i <= 32; i++ {
		forms[fmt.Sprintf("ushr.%d", i)] = form{word: 0x6f000400 | uint32(64-i)<<16, text: fmt.Sprintf("ushr {0v}.4s, {1v}.4s, #%d", i)}
		forms[fmt.Sprintf("sshr.%d", i)] = form{word: 0x4f000400 | uint32(64-i)<<16, text: fmt.Sprintf("sshr {0v}.4s, {1v}.4s, #%d", i)}
	}
	for i := 1; i <= 64; i++ {
		forms[fmt.Sprintf("ushr.2d.%d", i)] = form{word: 0x6f000400 | uint32(128-i)<<16, text: fmt.Sprintf("ushr {0v}.2d, {1v}.2d, #%d", i)}
	}
	for i := range 4 {
		forms[fmt.Sprintf("dup.%d", i)] = form{word: 0x4e000400 | uint32(i<<3|4)<<16, text: fmt.Sprintf("dup {0v}.4s, {1v}.s[%d]", i)}
		for j := range 4 {
			forms[fmt.Sprintf("ins.%d.%d", i, j)] = form{word: 0x6e000400 | uint32(i<<3|4)<<16 | uint32(j<<2)<<11,
				text: fmt.Sprintf("mov {0v}.s[%d], {1v}.s[%d]", i, j), reads: true}
		}
	}
	for i := range 2 {
		forms[fmt.Sprintf("dup.2d.%d", i)] = form{word: 0x4e000400 | uint32(i<<4|8)<<16, text: fmt.Sprintf("dup {0v}.2d, {1v}.d[%d]", i)}
		for j := range 2 {
			forms[fmt.Sprintf("ins.2d.%d.%d", i, j)] = form{word: 0x6e000400 | uint32(i<<4|8)<<16 | uint32(j<<3)<<11,
				text: fmt.Sprintf("mov {0v}.d[%d], {1v}.d[%d]", i, j), reads: true}
		}
	}
}

// get returns the form of a name.
func (t table) get(name string) form {
	f, ok := t[name]
	if !ok {
		panic("neon: no form " + name)
	}
	return f
}
