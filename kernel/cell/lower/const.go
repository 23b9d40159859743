package lower

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strconv"
	"strings"
)

// constant writes a constant so that the interpreter gives it the type t.
func (f *fnc) constant(c *code, v constant.Value, t types.Type) {
	b, ok := t.Underlying().(*types.Basic)
	if !ok { // an interface: the default type of the constant
		switch v.Kind() {
		case constant.Bool:
			b = types.Typ[types.Bool]
		case constant.String:
			b = types.Typ[types.String]
		case constant.Int:
			b = types.Typ[types.Int]
		case constant.Float:
			b = types.Typ[types.Float64]
		default:
			b = types.Typ[types.Complex128]
		}
		t = b
	}
	b = types.Default(b).(*types.Basic)
	lit := literal(v, b)
	named, isNamed := types.Unalias(t).(*types.Named)
	compiled := isNamed && !f.l.isCell(named.Obj())
	if !compiled {
		switch b.Kind() {
		case types.Int, types.String, types.Bool:
			c.s(lit)
			return
		case types.Float64:
			if strings.ContainsAny(lit, ".eE") && !strings.HasPrefix(lit, "_") {
				c.s(lit)
				return
			}
		}
		c.s(b.Name(), "(", lit, ")")
		return
	}
	c.s(f.typ(t), "(", lit, ")")
}

// literal is the text of a constant of a basic type.
func literal(v constant.Value, b *types.Basic) string {
	info := b.Info()
	switch {
	case info&types.IsBoolean != 0:
		return strconv.FormatBool(constant.BoolVal(v))
	case info&types.IsString != 0:
		if v.Kind() == constant.Int { // string(rune)
			n, _ := constant.Int64Val(v)
			return strconv.Quote(string(rune(n)))
		}
		return strconv.Quote(constant.StringVal(v))
	case info&types.IsInteger != 0:
		i := constant.ToInt(v)
		if i.Kind() == constant.Unknown {
			return v.ExactString()
		}
		return i.ExactString()
	case info&types.IsFloat != 0:
		return floatText(v, b)
	}
	re, im := constant.Real(v), constant.Imag(v)
	part := types.Typ[types.Float64]
	return "complex(" + floatText(re, part) + ", " + floatText(im, part) + ")"
}

func floatText(v constant.Value, b *types.Basic) string {
	f, _ := constant.Float64Val(constant.ToFloat(v))
	bits := 64
	if b.Kind() == types.Float32 {
		g, _ := constant.Float32Val(constant.ToFloat(v))
		f, bits = float64(g), 32
	}
	if f == 0 && math.Signbit(f) {
		f = 0 // constants have no negative zero
	}
	s := strconv.FormatFloat(f, 'g', -1, bits)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// operand writes the operand of an arithmetic operation or comparison whose other
// operand has a type: constants stay bare, so that the interpreter need not
// convert them each time.
func (f *fnc) operand(c *code, e interface {
	Pos() token.Pos
	End() token.Pos
}) {
	f.bare(c, e)
}
