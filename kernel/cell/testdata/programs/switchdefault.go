package main

import "fmt"

func sw(n int) (s string) {
	switch {
	case n < 0:
		s += "neg "
		fallthrough
	case n == 100:
		s += "h "
		if n == -5 {
			break
		}
		fallthrough
	default:
		s += "def "
	case n > 10:
		s += "big "
	}
	return
}

func sw2(n int) (s string) {
	switch n {
	default:
		s += "d"
		fallthrough
	case 1:
		s += "1"
		fallthrough
	case 2:
		s += "2"
	case 3:
		s += "3"
	}
	return s
}

func sw3(n int) (s string) {
	f := func(k int) int { s += fmt.Sprint("f", k, " "); return k }
	switch n {
	case f(1):
		s += "a"
		fallthrough
	default:
		s += "d"
		if n == 9 {
			break
		}
		fallthrough
	case f(2), f(3):
		s += "b"
	case f(4):
		s += "c"
	}
	return s
}

func main() {
	for _, n := range []int{-7, -5, 100, 5, 11} {
		fmt.Println(n, sw(n))
	}
	for n := range 5 {
		fmt.Println(n, sw2(n))
	}
	for _, n := range []int{1, 2, 3, 4, 5, 9} {
		fmt.Println(n, sw3(n))
	}
	for i := range 3 {
		func() {
			defer func() { fmt.Println("x") }()
			switch i {
			case 0:
				fallthrough
			default:
				fmt.Println("def")
			case 1:
				fmt.Println("one")
			}
		}()
	}
}
