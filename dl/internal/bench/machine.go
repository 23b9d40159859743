package main

import (
	"fmt"
	"runtime"
	"time"

	"descent/dl/internal/cpu"
	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// machine is what this one can do at most, as measured.
type machine struct {
	threads   int
	flops     float64 // float32 operations per nanosecond, all threads
	cacheRead float64 // bytes per nanosecond from 4 MiB, all threads
	read      float64 // from memory
	copied    float64 // read and written, from and to memory
}

func (m machine) String() string {
	return fmt.Sprintf("machine: %s, %d threads, kernels %v (best %v)\npeak: %.0f GFLOP/s, read 4 MiB %.0f GB/s, read memory %.0f GB/s, copy memory %.0f GB/s",
		runtime.GOARCH, m.threads, cpu.Active(), cpu.Best(), m.flops, m.cacheRead, m.read, m.copied)
}

// filled returns memory of its own: what was never written to is one page of
// zeros, again and again.
func filled(n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

func measureMachine(threads int) machine {
	m := machine{threads: threads}
	const turns = 20000
	if flops := fmaWork(turns); flops > 0 {
		d := best(func() {
			par.For(8*threads, 1, func(lo, hi int) {
				for range hi - lo {
					fma(turns)
				}
			})
		}, 100*time.Millisecond)
		m.flops = float64(8*threads) * flops / float64(d.Nanoseconds())
	}
	read := func(bytes int) float64 {
		x := filled(bytes / 4)
		d := best(func() {
			par.For(len(x), 1<<14, func(lo, hi int) { simd.Sum(x[lo:hi]) })
		}, 100*time.Millisecond)
		return float64(bytes) / float64(d.Nanoseconds())
	}
	m.cacheRead, m.read = read(4<<20), read(256<<20)
	x, y := filled(32<<20), filled(32<<20)
	d := best(func() {
		par.For(len(x), 1<<16, func(lo, hi int) { copy(x[lo:hi], y[lo:hi]) })
	}, 200*time.Millisecond)
	m.copied = float64(8*len(x)) / float64(d.Nanoseconds())
	return m
}
