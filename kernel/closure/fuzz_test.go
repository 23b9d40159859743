package closure

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// Arithmetic over all kinds and operators, on values at the edges, against compiled Go:
// variables with variables, with constants, and nested expressions.

var kinds = []string{"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64"}

func isFloat(k string) bool { return strings.HasPrefix(k, "float") }

var edges = map[string][]string{
	"int": {"0", "1", "-1", "7", "-13", "9223372036854775807", "-9223372036854775808", "4611686018427387904"}, "int8": {"0", "1", "-1", "127", "-128", "64", "-7"},
	"int16": {"0", "1", "-1", "32767", "-32768", "255"}, "int32": {"0", "1", "-1", "2147483647", "-2147483648", "65536"},
	"uint": {"0", "1", "3", "18446744073709551615", "9223372036854775808"}, "uint8": {"0", "1", "255", "128", "16"},
	"uint16": {"0", "1", "65535", "256"}, "uint32": {"0", "1", "4294967295", "65536"},
	"float32": {"0.0", "1.0", "-1.5", "0.1", "3e38", "1e-45", "16777216.0"}, "float64": {"0.0", "1.0", "-2.5", "0.1", "1e308", "5e-324", "9007199254740993.0"},
}

func init() {
	edges["int64"], edges["uint64"], edges["uintptr"] = edges["int"], edges["uint"], edges["uint"]
}

type fuzzer struct {
	r *rand.Rand
	b strings.Builder
}

func (f *fuzzer) pick(s []string) string { return s[f.r.IntN(len(s))] }

// expr writes an expression of a kind over the variables a, b, c of it.
func (f *fuzzer) expr(k string, depth int) string {
	if depth == 0 || f.r.IntN(8) == 0 {
		if f.r.IntN(4) == 0 {
			return k + "(" + f.pick(edges[k]) + ")"
		}
		return f.pick([]string{"a", "b", "c", "s.f", "xs[1]", "*p"})
	}
	x, y := f.expr(k, depth-1), f.expr(k, depth-1)
	if isFloat(k) {
		switch f.r.IntN(8) {
		case 0:
			return "(-" + x + ")"
		case 1:
			return "min(" + x + ", " + y + ")"
		case 2:
			return "max(" + x + ", " + y + ")"
		}
		return "(" + x + " " + f.pick([]string{"+", "-", "*", "/"}) + " " + y + ")"
	}
	switch f.r.IntN(10) {
	case 0:
		return "(-" + x + ")"
	case 1:
		return "(^" + x + ")"
	case 2:
		return "(" + x + " " + f.pick([]string{"<<", ">>"}) + " " + f.pick([]string{"0", "1", "7", "31", "63", "70", "n", "u"}) + ")"
	case 3:
		return "max(" + x + ", " + y + ")"
	case 4:
		other := f.pick(kinds[:11])
		return k + "(" + other + "(" + x + "))"
	case 5:
		return "(" + x + " " + f.pick([]string{"/", "%"}) + " " + f.pick([]string{"8", "3", "64", y}) + ")"
	}
	return "(" + x + " " + f.pick([]string{"+", "-", "*", "/", "%", "&", "|", "^", "&^"}) + " " + y + ")"
}

// function writes a test that gives the variables values at the edges and formats the
// values of expressions and comparisons.
func (f *fuzzer) function(n int) {
	k := f.pick(kinds)
	fmt.Fprintf(&f.b, "func test%d() string {\n", n)
	fmt.Fprintf(&f.b, "var a, b, c %s = %s, %s, %s\nn, u := %d, uint8(%d)\n", k, f.pick(edges[k]), f.pick(edges[k]), f.pick(edges[k]), f.r.IntN(80)-2, f.r.IntN(100))
	fmt.Fprintf(&f.b, "s := struct{ pad byte; f %s }{1, %s}\nxs := []%s{%s, %s}\nq := b\np := &q\n", k, f.pick(edges[k]), k, f.pick(edges[k]), f.pick(edges[k]))
	f.b.WriteString("g = append(g, s.pad, byte(u), byte(n), byte(len(xs)), byte(len(g)))\n_ = *p\nout := \"\"\n")
	for range 3 {
		fmt.Fprintf(&f.b, "c = %s\nout += %s + \" \"\n", f.expr(k, 3), f.show(k, "c"))
		op := f.pick([]string{"+=", "-=", "*=", "/="})
		fmt.Fprintf(&f.b, "%s %s %s\n", f.pick([]string{"a", "s.f", "xs[0]", "*p"}), op, f.expr(k, 1))
		fmt.Fprintf(&f.b, "if %s %s %s { out += \"y\" } else { out += \"n\" }\n", f.expr(k, 1), f.pick([]string{"<", "<=", ">", ">=", "==", "!="}), f.expr(k, 1))
	}
	if isFloat(k) {
		fmt.Fprintf(&f.b, "if a > -1e9 && a < 1e9 { out += strconv.Itoa(int(a)) + strconv.Itoa(int(int32(a))) }\n")
	} else {
		fmt.Fprintf(&f.b, "out += %s + %s\n", f.show("float64", "float64(a)"), f.show("float32", "float32(b)"))
	}
	fmt.Fprintf(&f.b, "return out + %s + %s + %s\n}\n", f.show(k, "a"), f.show(k, "s.f"), f.show(k, "xs[0]"))
}

func (f *fuzzer) show(k, e string) string {
	switch {
	case k == "float32":
		return "f32(" + e + ")"
	case k == "float64":
		return "f64(" + e + ")"
	case strings.HasPrefix(k, "u"):
		return "strconv.FormatUint(uint64(" + e + "), 10)"
	}
	return "strconv.FormatInt(int64(" + e + "), 10)"
}

const fuzzHead = `package main
import ("math"; "strconv")
var g []byte
func f64(x float64) string {
	if x != x { return "NaN" }
	return strconv.FormatUint(math.Float64bits(x), 16)
}
func f32(x float32) string {
	if x != x { return "NaN" }
	return strconv.FormatUint(uint64(math.Float32bits(x)), 16)
}
func main() {}
`

var (
	seed     = flag.Uint64("seed", 1, "seed of the random functions")
	count    = flag.Int("functions", 150, "number of random functions")
	programs = flag.Int("programs", 2, "number of random programs")
)

// TestArithmetic compares random functions.
func TestArithmetic(t *testing.T) {
	f := &fuzzer{r: rand.New(rand.NewPCG(*seed, 1))}
	var b strings.Builder
	b.WriteString(fuzzHead)
	for n := 0; n < *count; {
		f.b.Reset()
		f.function(n)
		if typeChecks(fuzzHead + f.b.String()) {
			b.WriteString(f.b.String())
			n++
		}
	}
	compareWithGo(t, b.String())
}
