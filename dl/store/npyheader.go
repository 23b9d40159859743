package store

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// npyHeader is the dictionary at the front of a .npy file.
type npyHeader struct {
	element element
	order   binary.ByteOrder
	fortran bool
	shape   []int
}

// parseNPYHeader reads a Python dictionary with the keys descr, fortran_order and
// shape, in any order. Nothing of Python is evaluated.
func parseNPYHeader(text string) (h npyHeader, err error) {
	p := pythonText{s: text}
	var descr string
	seen := map[string]bool{}
	if !p.eat("{") {
		return h, p.fail("a dictionary")
	}
	for !p.eat("}") {
		key, ok := p.str()
		if !ok || !p.eat(":") {
			return h, p.fail("a key and a colon")
		}
		switch key {
		case "descr":
			if descr, ok = p.str(); !ok {
				return h, fmt.Errorf("a record array (descr %s); save each field as an array of its own", p.rest(60))
			}
		case "fortran_order":
			h.fortran = p.eat("True")
			ok = h.fortran || p.eat("False")
		case "shape":
			h.shape, ok = p.tuple()
		default:
			return h, fmt.Errorf("the header has the unknown key %q", key)
		}
		if !ok {
			return h, p.fail("the value of " + key)
		}
		if seen[key] {
			return h, fmt.Errorf("the header has %q twice", key)
		}
		seen[key] = true
		if !p.eat(",") {
			if !p.eat("}") {
				return h, p.fail("a comma or the end of the dictionary")
			}
			break
		}
	}
	if p.space(); p.at < len(p.s) {
		return h, p.fail("the end of the header")
	}
	for _, key := range []string{"descr", "fortran_order", "shape"} {
		if !seen[key] {
			return h, fmt.Errorf("the header has no %q", key)
		}
	}
	h.element, h.order, err = npyElement(descr)
	return h, err
}

// npyElement reads a type string such as "<f4".
func npyElement(descr string) (element, binary.ByteOrder, error) {
	var order binary.ByteOrder = binary.LittleEndian
	code := descr
	if code != "" && strings.ContainsRune("<>|=", rune(code[0])) {
		switch code[0] {
		case '>':
			order = binary.BigEndian
		case '=':
			order = native
		}
		code = code[1:]
	}
	switch code {
	case "f2":
		return f16, order, nil
	case "f4":
		return f32, order, nil
	case "f8":
		return f64, order, nil
	case "b1", "?":
		return boolean, order, nil
	case "i1":
		return i8, order, nil
	case "i2":
		return i16, order, nil
	case "i4":
		return i32, order, nil
	case "i8":
		return i64, order, nil
	case "u1":
		return u8, order, nil
	case "u2":
		return u16, order, nil
	case "u4":
		return u32, order, nil
	case "u8":
		return u64, order, nil
	}
	what := "an unknown type"
	switch {
	case code == "":
	case code[0] == 'O':
		what = "pickled Python objects, which are never loaded"
	case code[0] == 'c':
		what = "complex numbers; save the real and the imaginary part as two arrays"
	case code[0] == 'f':
		what = "floats wider than 64 bits; save a.astype('float64')"
	case code[0] == 'U' || code[0] == 'S' || code[0] == 'a':
		what = "text; only numbers can be tensors"
	case code[0] == 'M' || code[0] == 'm':
		what = "dates or durations; save a.astype('int64')"
	case code[0] == 'V':
		what = "raw bytes, as bfloat16 is saved by NumPy; save a.astype('float32')"
	}
	return invalid, nil, fmt.Errorf("elements of type %q: %s", descr, what)
}

// pythonText reads the few Python literals of a header.
type pythonText struct {
	s  string
	at int
}

func (p *pythonText) space() {
	for p.at < len(p.s) && strings.IndexByte(" \t\r\n", p.s[p.at]) >= 0 {
		p.at++
	}
}

func (p *pythonText) eat(token string) bool {
	p.space()
	if strings.HasPrefix(p.s[p.at:], token) {
		p.at += len(token)
		return true
	}
	return false
}

// str reads a string without escapes: no key and no type has any.
func (p *pythonText) str() (string, bool) {
	p.space()
	if p.at >= len(p.s) || p.s[p.at] != '\'' && p.s[p.at] != '"' {
		return "", false
	}
	end := strings.IndexByte(p.s[p.at+1:], p.s[p.at])
	if end < 0 {
		return "", false
	}
	v := p.s[p.at+1 : p.at+1+end]
	p.at += end + 2
	return v, !strings.Contains(v, "\\")
}

// tuple reads integers in parentheses; Python 2 wrote an L after long ones.
func (p *pythonText) tuple() ([]int, bool) {
	if !p.eat("(") {
		return nil, false
	}
	out := []int{}
	for !p.eat(")") {
		p.space()
		start := p.at
		for p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '9' {
			p.at++
		}
		n, err := strconv.Atoi(p.s[start:p.at])
		if err != nil {
			return nil, false
		}
		out = append(out, n)
		p.eat("L")
		if !p.eat(",") {
			// (3) is no tuple in Python but a number.
			return out, p.eat(")") && len(out) > 1
		}
	}
	return out, true
}

func (p *pythonText) rest(n int) string {
	r := p.s[p.at:]
	if len(r) > n {
		r = r[:n] + "…"
	}
	return strings.TrimSpace(r)
}

func (p *pythonText) fail(want string) error {
	return fmt.Errorf("the header is damaged: want %s at byte %d, got %q", want, p.at, p.rest(20))
}
