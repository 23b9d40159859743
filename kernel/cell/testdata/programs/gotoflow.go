package main

import "fmt"

func search(grid [][]int, want int) (r, c int, steps int) {
	r = 0
rows:
	if r >= len(grid) {
		return -1, -1, steps
	}
	c = 0
cols:
	if c >= len(grid[r]) {
		r++
		goto rows
	}
	steps++
	if grid[r][c] == want {
		goto found
	}
	c++
	goto cols
found:
	return
}

func parse(s string) (out []string, err error) {
	i, start := 0, 0
	defer func() { out = append(out, fmt.Sprint("n", i)) }()
space:
	for i < len(s) && s[i] == ' ' {
		i++
	}
	if i == len(s) {
		goto done
	}
	start = i
	switch c := s[i]; {
	case c >= '0' && c <= '9':
		goto number
	case c >= 'a' && c <= 'z':
		goto word
	case c == '#':
		goto done
	default:
		err = fmt.Errorf("bad %q at %d", c, i)
		return
	}
number:
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
	}
	out = append(out, "N"+s[start:i])
	goto space
word:
	for ; i < len(s) && s[i] >= 'a' && s[i] <= 'z'; i++ {
	}
	out = append(out, "W"+s[start:i])
	goto space
done:
	return out, nil
}

func matrix() (log []string) {
outer:
	for i := 0; ; i++ {
	inner:
		for j := 0; j < 10; j++ {
			switch {
			case j == 2 && i == 0:
				break inner
			case j == 1 && i == 1:
				continue outer
			case i == 2:
				switch j {
				case 0:
					continue
				case 1:
					continue inner
				case 3:
					break
				case 4:
					break outer
				}
			case i > 5:
				return
			}
			log = append(log, fmt.Sprint(i, j))
		}
		log = append(log, fmt.Sprint("end", i))
	}
block:
	switch {
	default:
		log = append(log, "block")
		for range 3 {
			if len(log)%2 == 0 {
				break block
			}
			log = append(log, "x")
		}
		log = append(log, "unreached?")
	}
sel:
	switch len(log) {
	default:
		for {
			log = append(log, "sw")
			if len(log) > 9 {
				break sel
			}
		}
	}
	return
}

func fizz(n int) (s string) {
	for i := 1; i <= n; i++ {
		switch {
		case i%3 == 0:
			s += "Fizz"
			if i%5 != 0 {
				break
			}
			fallthrough
		case i%5 == 0:
			s += "Buzz"
		default:
			s += fmt.Sprint(i)
		}
		s += " "
	}
	return
}

func loops() {
	var fs []func() int
	i := 0
loop:
	if i < 3 {
		j := i * i
		fs = append(fs, func() int { j++; return j })
		i++
		goto loop
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	for i, n := 0, 3; i < n; i++ {
		if i == 1 {
			n++
			continue
		}
		fmt.Print(i, n, " ")
	}
	for range 2 {
		fmt.Print("r ")
	}
	for i := range 10 {
		if i *= 2; i > 6 {
			break
		}
		fmt.Print(i, " ")
	}
	var x struct{ i int }
	arr := [3]int{7, 8, 9}
	for x.i = range arr {
	}
	var k int
	var v string
	for k, v = range []string{"p", "q"} {
	}
	m := map[string]int{"only": 1}
	for m["key"] = range 5 {
	}
	fmt.Println(x, k, v, m)
	n := 0
	for {
		if n++; n > 4 {
			break
		} else if n == 2 {
			continue
		}
		fmt.Print(n)
	}
	for n > 0 {
		n--
	}
	fmt.Println(n)
}

func main() {
	g := [][]int{{1, 2}, {}, {3, 4, 5}}
	fmt.Println(search(g, 4))
	fmt.Println(search(g, 9))
	for _, s := range []string{"ab 12 c3", " x # y", "a !", ""} {
		fmt.Println(parse(s))
	}
	fmt.Println(matrix())
	fmt.Println(fizz(16))
	loops()
	for i := range 3 {
		switch i {
		case 0, 1:
			if i == 1 {
				goto skip
			}
			fmt.Print("zero ")
		default:
			fmt.Print("two ")
		}
		fmt.Print("after ")
		continue
	skip:
		fmt.Print("skipped ")
	}
	fmt.Println()
}
