//go:build !amd64 && !arm64

package fft

func (s *stage[T]) radix4Vector(dst, src []T) bool { return false }
func (s *stage[T]) radix2Vector(dst, src []T) bool { return false }

func untangleVector[T Float](x, u []T, m int, half T) bool { return false }
