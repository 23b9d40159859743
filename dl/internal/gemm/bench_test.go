package gemm

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// shapes are products of networks: m, n, k and whether a and b are transposed.
var shapes = []struct {
	m, n, k        int
	transA, transB bool
}{
	{64, 64, 64, false, false}, {128, 128, 128, false, false}, {256, 256, 256, false, false},
	{512, 512, 512, false, false}, {1024, 1024, 1024, false, false},
	{1024, 1024, 1024, false, true}, {1024, 1024, 1024, true, false},
	{64, 128, 784, false, false}, {64, 128, 784, false, true}, {128, 784, 64, true, false}, {784, 128, 64, true, false},
	{64, 784, 128, false, false}, {64, 10, 128, false, true}, {64, 10, 128, false, false}, {64, 128, 10, false, false}, {10, 128, 64, true, false},
	{256, 128, 784, false, true}, {1000, 128, 784, false, true},
}

func BenchmarkSgemm(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range shapes {
		b.Run(fmt.Sprintf("%dx%dx%d/%v,%v", s.m, s.n, s.k, s.transA, s.transB), func(b *testing.B) {
			lda, ldb := s.k, s.n
			if s.transA {
				lda = s.m
			}
			if s.transB {
				ldb = s.k
			}
			x, y, z := matrix(r, s.m, s.k, s.k), matrix(r, s.k, s.n, s.n), matrix(r, s.m, s.n, s.n)
			for b.Loop() {
				Sgemm(s.transA, s.transB, s.m, s.n, s.k, 1, x, lda, y, ldb, 0, z, s.n)
			}
			b.ReportMetric(2*float64(s.m)*float64(s.n)*float64(s.k)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}
