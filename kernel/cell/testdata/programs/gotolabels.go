package main

import "fmt"

func g1(n int) (r []int) {
	i := 0
again:
	if i < n {
		r = append(r, i)
		i++
		if i == 3 {
			goto skip
		}
		goto again
	}
skip:
	r = append(r, 100)
	return
}

func g2(n int) (r []int) {
	for j := 0; ; j++ {
		switch {
		case j == 2:
			continue
		case j > 4:
			goto done
		}
		r = append(r, j*10)
	}
done:
	return
}

func g3(n int) int {
	i, s := 0, 0
loop:
	if i < n {
		s += i
		i++
		goto loop
	}
	return s
}

func g4(n int) (s int) {
	i := 0
loop:
	if i < n {
		s += i
		i++
		if i == 3 {
			goto out
		}
		goto loop
	}
out:
	s *= 2
	return
}

func main() {
	fmt.Println(g1(2), g1(5), g1(0))
	fmt.Println(g2(5))
	fmt.Println(g3(5))
	fmt.Println(g4(2), g4(6))
}
