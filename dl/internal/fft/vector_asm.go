//go:build amd64 || arm64

package fft

import "descent/dl/internal/cpu"

//go:generate go run ../asm -target fft

// useAsm says that the assembly runs here; a test sets it.
var useAsm = cpu.Active() > cpu.Portable

func (s *stage[T]) radix4Vector(dst, src []T) bool {
	d, ok := any(dst).([]float32)
	if !ok || !useAsm {
		return false
	}
	b, c, e := s.legs()
	radix4Asm(s.p, s.s, &d[0], &any(src).([]float32)[0], 4*b, 4*c, 4*e, &any(s.tw).([]float32)[0])
	return true
}

func (s *stage[T]) radix2Vector(dst, src []T) bool {
	d, ok := any(dst).([]float32)
	if !ok || !useAsm {
		return false
	}
	radix2Asm(s.p, s.s, &d[0], &any(src).([]float32)[0], 4*s.p*s.s*point, &any(s.tw).([]float32)[0])
	return true
}

// untangleVector is untangle for m of 2 or more.
func untangleVector[T Float](x, u []T, m int, half T) bool {
	v, ok := any(x[:(m+1)*point]).([]float32)
	if !ok || !useAsm {
		return false
	}
	untangleAsm(m/2, &v[point], &v[(m-1)*point], &any(u[:m/2*2]).([]float32)[0], float32(half))
	return true
}
