package closure

import (
	"go/constant"
	"go/token"
	"math/bits"
	"unsafe"
)

//go:generate go run gen.go

type integral interface {
	int | int8 | int16 | int32 | int64 | uint | uint8 | uint16 | uint32 | uint64 | uintptr
}

type number interface {
	integral | float32 | float64 | complex64 | complex128
}

type ordered interface {
	integral | float32 | float64
}

// arithmetic is what the classes of numbers add to rep.
type arithmetic interface {
	binary(op token.Token, pos token.Pos, x, y value) any // arithmetic, nil if op is none
	compare(op token.Token, x, y value) expr[bool]
	assign(op token.Token, slot uintptr, y value) stm // slot op= y; nil if it is not fused
	assignAt(op token.Token, a addr, y value) stm
	unary(op token.Token, x value) any
	fromInt(f expr[int64]) any // conversions
	fromUint(f expr[uint64]) any
	fromFloat(f expr[float64]) any
}

type integer[T integral] struct{ scalar[T] }

func (integer[T]) constant(k constant.Value) (any, any) {
	k = constant.ToInt(k)
	if n, ok := constant.Int64Val(k); ok {
		return fixed(T(n))
	}
	n, _ := constant.Uint64Val(k)
	return fixed(T(n))
}

func (integer[T]) binary(op token.Token, pos token.Pos, x, y value) any {
	a, b := operandOf[T](x), operandOf[T](y)
	switch op {
	case token.ADD:
		return add(a, b)
	case token.SUB:
		return subtract(a, b)
	case token.MUL:
		return multiply(a, b)
	case token.AND:
		return and(a, b)
	case token.OR:
		return or(a, b)
	case token.XOR:
		return xor(a, b)
	case token.AND_NOT:
		return andNot(a, b)
	case token.QUO:
		return quotient(a, b, pos)
	case token.REM:
		return remainder(a, b, pos)
	}
	return nil
}

func (integer[T]) compare(op token.Token, x, y value) expr[bool] {
	return compareOrdered(op, operandOf[T](x), operandOf[T](y))
}

func compareOrdered[T ordered](op token.Token, x, y operand[T]) expr[bool] {
	switch op {
	case token.LSS:
		return less(x, y)
	case token.LEQ:
		return lessOrEqual(x, y)
	case token.GTR:
		return greater(x, y)
	case token.GEQ:
		return greaterOrEqual(x, y)
	case token.EQL:
		return equal(x, y)
	}
	return unequal(x, y)
}

func (integer[T]) assign(op token.Token, slot uintptr, y value) stm {
	b := operandOf[T](y)
	switch op {
	case token.AND:
		return andTo(slot, b)
	case token.OR:
		return orTo(slot, b)
	case token.XOR:
		return xorTo(slot, b)
	case token.AND_NOT:
		return andNotTo(slot, b)
	}
	return assignNumber(op, slot, b)
}

func assignNumber[T number](op token.Token, slot uintptr, y operand[T]) stm {
	switch op {
	case token.ADD:
		return addTo(slot, y)
	case token.SUB:
		return subtractTo(slot, y)
	case token.MUL:
		return multiplyTo(slot, y)
	}
	return nil
}

func (integer[T]) assignAt(op token.Token, a addr, y value) stm {
	b := operandOf[T](y)
	switch op {
	case token.AND:
		return andAt(a, b)
	case token.OR:
		return orAt(a, b)
	case token.XOR:
		return xorAt(a, b)
	case token.AND_NOT:
		return andNotAt(a, b)
	}
	return assignNumberAt(op, a, b)
}

func assignNumberAt[T number](op token.Token, a addr, y operand[T]) stm {
	switch op {
	case token.ADD:
		return addAt(a, y)
	case token.SUB:
		return subtractAt(a, y)
	case token.MUL:
		return multiplyAt(a, y)
	}
	return nil
}

func (integer[T]) unary(op token.Token, x value) any {
	f := x.f.(expr[T])
	if op == token.XOR {
		return expr[T](func(fp pointer) T { return ^f(fp) })
	}
	return expr[T](func(fp pointer) T { return -f(fp) })
}

// power returns the exponent of a power of two.
func power[T integral](k T) (uint, bool) {
	if k <= 0 || k&(k-1) != 0 {
		return 0, false
	}
	return uint(bits.TrailingZeros64(uint64(k))), true
}

func quotient[T integral](x, y operand[T], pos token.Pos) any {
	f, g := x.f, y.f
	if k := y.k; y.isK && k != 0 {
		if n, ok := power(k); ok {
			return expr[T](func(fp pointer) T {
				v := f(fp)
				if v < 0 {
					v += k - 1
				}
				return v >> n
			})
		}
		return expr[T](func(fp pointer) T { return f(fp) / k })
	}
	return expr[T](func(fp pointer) T {
		a, b := f(fp), g(fp)
		if b == 0 {
			raiseDivide(fp, pos)
		}
		return a / b
	})
}

func remainder[T integral](x, y operand[T], pos token.Pos) any {
	f, g := x.f, y.f
	if k := y.k; y.isK && k != 0 {
		if _, ok := power(k); ok {
			return expr[T](func(fp pointer) T {
				v := f(fp)
				if v < 0 {
					return -(-v & (k - 1))
				}
				return v & (k - 1)
			})
		}
		if x.inFrame() {
			a := x.slot
			return expr[T](func(fp pointer) T { return *word[T](fp, a) % k })
		}
		return expr[T](func(fp pointer) T { return f(fp) % k })
	}
	return expr[T](func(fp pointer) T {
		a, b := f(fp), g(fp)
		if b == 0 {
			raiseDivide(fp, pos)
		}
		return a % b
	})
}

func (integer[T]) fromInt(f expr[int64]) any {
	return expr[T](func(fp pointer) T { return T(f(fp)) })
}
func (integer[T]) fromUint(f expr[uint64]) any {
	return expr[T](func(fp pointer) T { return T(f(fp)) })
}
func (integer[T]) fromFloat(f expr[float64]) any {
	return expr[T](func(fp pointer) T { return T(f(fp)) })
}

// wide returns an integer as an int64 or uint64.
func wide[T integral](f expr[T]) (expr[int64], expr[uint64]) {
	var z T
	if z-1 > 0 {
		if unsafe.Sizeof(z) == 8 {
			return nil, func(fp pointer) uint64 { return uint64(f(fp)) }
		}
		return func(fp pointer) int64 { return int64(f(fp)) }, nil
	}
	return func(fp pointer) int64 { return int64(f(fp)) }, nil
}

func (integer[T]) widen(f any) (expr[int64], expr[uint64]) { return wide(f.(expr[T])) }

// shift returns x << n or x >> n for a count that is not negative.
func (integer[T]) shift(op token.Token, x value, n expr[uint64], k int) any {
	o := operandOf[T](x)
	f, slot := o.f, o.slot
	switch {
	case k >= 0 && op == token.SHL && o.inFrame():
		return expr[T](func(fp pointer) T { return *word[T](fp, slot) << uint(k) })
	case k >= 0 && op == token.SHL:
		return expr[T](func(fp pointer) T { return f(fp) << uint(k) })
	case k >= 0 && o.inFrame():
		return expr[T](func(fp pointer) T { return *word[T](fp, slot) >> uint(k) })
	case k >= 0:
		return expr[T](func(fp pointer) T { return f(fp) >> uint(k) })
	case op == token.SHL:
		return expr[T](func(fp pointer) T { v := f(fp); return v << n(fp) })
	}
	return expr[T](func(fp pointer) T { v := f(fp); return v >> n(fp) })
}

type float[T float32 | float64] struct{ scalar[T] }

func (float[T]) constant(k constant.Value) (any, any) {
	var z T
	if unsafe.Sizeof(z) == 4 {
		v, _ := constant.Float32Val(constant.ToFloat(k))
		return fixed(T(v))
	}
	v, _ := constant.Float64Val(constant.ToFloat(k))
	return fixed(T(v))
}

func (float[T]) binary(op token.Token, _ token.Pos, x, y value) any {
	a, b := operandOf[T](x), operandOf[T](y)
	switch op {
	case token.ADD:
		return add(a, b)
	case token.SUB:
		return subtract(a, b)
	case token.MUL:
		return multiply(a, b)
	case token.QUO:
		f, g := a.f, b.f
		return expr[T](func(fp pointer) T { return f(fp) / g(fp) })
	}
	return nil
}

func (float[T]) compare(op token.Token, x, y value) expr[bool] {
	return compareOrdered(op, operandOf[T](x), operandOf[T](y))
}

func (float[T]) assign(op token.Token, slot uintptr, y value) stm {
	return assignNumber(op, slot, operandOf[T](y))
}

func (float[T]) assignAt(op token.Token, a addr, y value) stm {
	return assignNumberAt(op, a, operandOf[T](y))
}

func (float[T]) unary(_ token.Token, x value) any {
	f := x.f.(expr[T])
	return expr[T](func(fp pointer) T { return -f(fp) })
}

func (float[T]) fromInt(f expr[int64]) any {
	return expr[T](func(fp pointer) T { return T(f(fp)) })
}
func (float[T]) fromUint(f expr[uint64]) any {
	return expr[T](func(fp pointer) T { return T(f(fp)) })
}
func (float[T]) fromFloat(f expr[float64]) any {
	return expr[T](func(fp pointer) T { return T(f(fp)) })
}

type complexes[T complex64 | complex128] struct{ scalar[T] }

func (complexes[T]) constant(k constant.Value) (any, any) {
	k = constant.ToComplex(k)
	var z T
	if unsafe.Sizeof(z) == 8 {
		re, _ := constant.Float32Val(constant.Real(k))
		im, _ := constant.Float32Val(constant.Imag(k))
		return fixed(T(complex(re, im)))
	}
	re, _ := constant.Float64Val(constant.Real(k))
	im, _ := constant.Float64Val(constant.Imag(k))
	return fixed(T(complex(re, im)))
}

func (complexes[T]) binary(op token.Token, _ token.Pos, x, y value) any {
	a, b := operandOf[T](x), operandOf[T](y)
	switch op {
	case token.ADD:
		return add(a, b)
	case token.SUB:
		return subtract(a, b)
	case token.MUL:
		return multiply(a, b)
	case token.QUO:
		f, g := a.f, b.f
		return expr[T](func(fp pointer) T { return f(fp) / g(fp) })
	}
	return nil
}

func (complexes[T]) compare(op token.Token, x, y value) expr[bool] {
	if op == token.EQL {
		return equal(operandOf[T](x), operandOf[T](y))
	}
	return unequal(operandOf[T](x), operandOf[T](y))
}

func (complexes[T]) assign(op token.Token, slot uintptr, y value) stm {
	return assignNumber(op, slot, operandOf[T](y))
}

func (complexes[T]) assignAt(op token.Token, a addr, y value) stm {
	return assignNumberAt(op, a, operandOf[T](y))
}

func (complexes[T]) unary(_ token.Token, x value) any {
	f := x.f.(expr[T])
	return expr[T](func(fp pointer) T { return -f(fp) })
}

func (complexes[T]) fromInt(expr[int64]) any     { return nil }
func (complexes[T]) fromUint(expr[uint64]) any   { return nil }
func (complexes[T]) fromFloat(expr[float64]) any { return nil }
