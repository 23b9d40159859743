package neon

import (
	"strings"
	"testing"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// translate returns the instructions of a function, without data.
func translate(t *testing.T, signature string, body func(c *build.Context)) (string, error) {
	t.Helper()
	c := build.NewContext()
	c.Function("f")
	c.SignatureExpr(signature)
	body(c)
	file, err := c.Result()
	if err != nil {
		t.Fatal(err)
	}
	text, err := Translate(file, Options{Argv: "test", Name: func(s string) string { return s }})
	_, code, _ := strings.Cut(string(text), "\nTEXT ")
	code, _, _ = strings.Cut(code, "\nDATA ")
	return code, err
}

func TestTranslate(t *testing.T) {
	code, err := translate(t, "func(n int, p *float32)", func(c *build.Context) {
		n, p := c.Load(c.Param("n"), c.GP64()), c.Load(c.Param("p"), c.GP64())
		x, unused := c.YMM(), c.YMM()
		c.Label("again")
		c.VMOVUPS(Mem{Base: p}, x)
		c.VADDPS(x, x, unused)
		c.VMULPS(x, x, x)
		c.VMOVUPS(x, Mem{Base: p, Disp: 8})
		c.ADDQ(Imm(32), p)
		c.DECQ(n)
		c.JNZ(LabelRef("again"))
		c.RET()
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `·f(SB), NOSPLIT, $0-16
	MOVD n+0(FP), R0
	MOVD p+8(FP), R1

again:
	FLDPQ 0(R1), (F0, F1)
	WORD $0x6e20dc00 // fmul v0.4s, v0.4s, v0.4s
	WORD $0x6e21dc21 // fmul v1.4s, v1.4s, v1.4s
	FMOVQ F0, 8(R1)
	FMOVQ F1, 24(R1)
	ADD $32, R1
	SUBS $1, R0
	BNE again
	RET
`
	if code != want {
		t.Errorf("got\n%s\nwant\n%s", code, want)
	}
}

// TestPressure keeps more registers alive than there is room for beside the
// constants, which must then give way.
func TestPressure(t *testing.T) {
	code, err := translate(t, "func(p *float32)", func(c *build.Context) {
		p := c.Load(c.Param("p"), c.GP64())
		var x []reg.VecVirtual
		for i := range 15 {
			x = append(x, c.YMM())
			c.VMOVUPS(Mem{Base: p, Disp: 32 * i}, x[i])
		}
		for i, y := range x {
			m := c.StaticGlobal("c" + string(rune('a'+i)))
			c.DataAttributes(attr.RODATA)
			for k := range 8 {
				c.AddDatum(4*k, U32(uint32(i)))
			}
			c.VADDPS(m, y, y)
		}
		for i, y := range x {
			c.VMOVUPS(y, Mem{Base: p, Disp: 32 * i})
		}
		c.RET()
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(code, "fadd"); n != 30 {
		t.Errorf("%d additions, want 30:\n%s", n, code)
	}
	at := strings.Index(code, "fadd")
	if early := strings.Count(code[:at], "FMOVQ"); early > 3 {
		t.Errorf("%d constants are loaded before the first addition", early)
	}
}

func TestRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		body       func(c *build.Context)
	}{
		{"unknown instruction", "cannot translate VRCPPS", func(c *build.Context) {
			x := c.YMM()
			c.VXORPS(x, x, x)
			c.VRCPPS(x, x)
		}},
		{"AVX-512", "cannot translate", func(c *build.Context) {
			c.VMOVUPS_Z(Mem{Base: c.Load(c.Param("p"), c.GP64())}, c.K(), c.ZMM())
		}},
		{"a mask that is computed", "before it is written", func(c *build.Context) {
			p, m, x := c.Load(c.Param("p"), c.GP64()), c.YMM(), c.YMM()
			c.VXORPS(x, x, x)
			c.VCMPPS(Imm(0), x, x, m)
			c.VMASKMOVPS(x, m, Mem{Base: p})
		}},
		{"flags of a shift", "its flags are read", func(c *build.Context) {
			p := c.Load(c.Param("p"), c.GP64())
			c.SHLQ(Imm(1), p)
			c.JZ(LabelRef("end"))
			c.Label("end")
		}},
		{"flags behind a jump", "its flags are read", func(c *build.Context) {
			p := c.Load(c.Param("p"), c.GP64())
			c.NEGQ(p)
			c.JMP(LabelRef("test"))
			c.Label("between")
			c.RET()
			c.Label("test")
			c.JZ(LabelRef("between"))
		}},
		{"a register that is not written", "before it is written", func(c *build.Context) {
			c.VMOVUPS(c.YMM(), Mem{Base: c.Load(c.Param("p"), c.GP64())})
		}},
	} {
		_, err := translate(t, "func(p *float32)", func(c *build.Context) {
			tt.body(c)
			c.RET()
		})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.want)
		}
	}
}
