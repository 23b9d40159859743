package main

import "fmt"

type kind int32

func name(k kind) string {
	switch k {
	case 0:
		return "zero"
	case 1, 2, 3:
		return "few"
	case 200:
		return "many"
	case 255:
		return "all"
	}
	return "other"
}

func testKinds() (s string) {
	for _, k := range []kind{-1, 0, 1, 2, 3, 4, 199, 200, 255, 256, 1 << 30, -1 << 31} {
		s += fmt.Sprint(name(k), " ")
	}
	return s
}

func testBytes() string {
	vowels, other, after := 0, 0, 0
	for i, text := 0, "the quick brown fox\xff\x00"; i < len(text); i++ {
		switch c := text[i]; c {
		default:
			other++
			fallthrough
		case '\x00':
			after++
		case 'a', 'e', 'i', 'o', 'u':
			if c == 'o' {
				break
			}
			vowels++
		case '\xff':
			after += 10
		}
	}
	return fmt.Sprint(vowels, other, after)
}

func testInts() (s string) {
	for i := -2; i < 9; i++ {
		switch i {
		case 1:
			s += "one"
			fallthrough
		case 2:
			s += "two"
		case 3, 4, 5:
			continue
		case 7:
			return s
		default:
			s += "?"
		}
		s += ","
	}
	return s
}

func testConstant() string {
	switch x := uint8(3); 3 {
	case int(x):
		return "variable"
	case 4:
		return "constant"
	}
	const c = 5
	switch c {
	case 1, 2, 3, 4:
		return "less"
	case 5:
		return "five"
	}
	return "none"
}

func main() {}
