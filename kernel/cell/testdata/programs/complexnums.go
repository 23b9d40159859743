package main

import (
	"fmt"
	"math"
	"math/cmplx"
	"strings"
)

type Signal []complex128

func fft(x Signal) Signal {
	n := len(x)
	if n == 1 {
		return Signal{x[0]}
	}
	even, odd := make(Signal, n/2), make(Signal, n/2)
	for i := range n / 2 {
		even[i], odd[i] = x[2*i], x[2*i+1]
	}
	e, o := fft(even), fft(odd)
	y := make(Signal, n)
	for k := range n / 2 {
		t := cmplx.Exp(complex(0, -2*math.Pi*float64(k)/float64(n))) * o[k]
		y[k], y[k+n/2] = e[k]+t, e[k]-t
	}
	return y
}

func (s Signal) Mags() (m []string) {
	for _, c := range s {
		m = append(m, fmt.Sprintf("%.2f", cmplx.Abs(c)))
	}
	return
}

type Quad struct{ a, b, c float64 }

func (q Quad) Roots() (x1, x2 complex128) {
	d := cmplx.Sqrt(complex(q.b*q.b-4*q.a*q.c, 0))
	return (-complex(q.b, 0) + d) / complex(2*q.a, 0), (-complex(q.b, 0) - d) / complex(2*q.a, 0)
}

func mandel(c complex128, max int) (n int) {
	for z := 0i; n < max && real(z)*real(z)+imag(z)*imag(z) <= 4; n++ {
		z = z*z + c
	}
	return
}

func main() {
	var z complex128 = 3 + 4i
	w := complex64(1 - 2i)
	const k = 2i * 2i
	fmt.Println(z, w, k, real(z), imag(w), cmplx.Abs(z), -z, z*z, z/(1+1i), z == complex(3, 4))
	fmt.Printf("%v %.1f %g %T %T %8.2f|%+v\n", z, z, w, z, w, z, w)
	z += 1i
	z *= 2
	w++
	fmt.Println(z, w, complex128(w)+z, z != 0, cmplx.Conj(z), cmplx.Pow(2i, 2))
	s := make(Signal, 8)
	for i := range s {
		s[i] = complex(math.Cos(2*math.Pi*float64(i)/8), 0)
	}
	fmt.Println(fft(s).Mags())
	fmt.Println(Quad{1, -3, 2}.Roots())
	fmt.Println(Quad{1, 2, 5}.Roots())
	var sb strings.Builder
	for y := 1.0; y >= -1.0; y -= 0.5 {
		for x := -2.0; x <= 0.5; x += 0.125 {
			sb.WriteByte(" .:-=+*#%@"[mandel(complex(x, y), 9)])
		}
		sb.WriteString("|\n")
	}
	fmt.Print(sb.String())
	m := map[complex128]string{1i: "i", 0: "zero", -1: "minus"}
	fmt.Println(m[1i*1i], m[complex(0, 1)], len(m))
	var c any = 1i
	switch c := c.(type) {
	case complex64:
		fmt.Println("64", c)
	case complex128:
		fmt.Println("128", c, real(c))
	}
	fmt.Println(cmplx.Inf(), cmplx.IsNaN(cmplx.NaN()), cmplx.Sqrt(-1), cmplx.Phase(-1) == math.Pi)
	arr := [2]complex64{1, 2i}
	arr[0] *= arr[1]
	p := &arr[1]
	*p -= 1
	fmt.Println(arr, real(arr[1])+float32(imag(arr[0])))
	const big = 1 << 62
	fmt.Println(complex(big, 1/3.0))
}
