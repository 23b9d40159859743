package dl

import (
	"math"
	"math/bits"
	"sync/atomic"

	"descent/dl/internal/par"
	"descent/dl/internal/simd"
)

// Stream names what random numbers are for. Each stream of a seed is a
// sequence of its own: a program that drops out more often still shuffles its
// data in the same order.
type Stream uint32

// The streams.
const (
	StreamInit    Stream = iota // initial weights, and Rand, Randn and their kin
	StreamShuffle               // the order of data
	StreamDropout
	StreamAugment
	StreamUser // first of those that are free for your own use
)

// Generator makes random numbers. It is counter-based: the n-th number of a
// seed and stream is always the same, however the work is shared out, and
// making a million of them takes one step of state. It may be used by several
// goroutines at once.
//
// PyTorch: torch.Generator.
type Generator struct {
	seed   uint64
	stream Stream
	block  atomic.Uint64 // the next unused block of four words
}

// NewGenerator returns the generator of a stream at its beginning.
// PyTorch: torch.Generator().manual_seed(seed).
func NewGenerator(seed uint64, stream Stream) *Generator {
	return &Generator{seed: seed, stream: stream}
}

// defaults are the generators that dl itself draws from.
var defaults [StreamUser + 1]atomic.Pointer[Generator]

func init() { ManualSeed(0x5EED) }

// ManualSeed starts all default generators anew from the seed. A fresh program
// starts from a fixed one, so that runs repeat unless they are told not to.
// PyTorch: torch.manual_seed.
func ManualSeed(seed uint64) {
	for i := range defaults {
		defaults[i].Store(NewGenerator(seed, Stream(i)))
	}
}

// DefaultGenerator returns the generator that dl draws from for a purpose.
// PyTorch: torch.default_generator.
func DefaultGenerator(s Stream) *Generator { return defaults[min(s, StreamUser)].Load() }

// Seed returns the seed that the generator was made with.
// PyTorch: Generator.initial_seed.
func (g *Generator) Seed() uint64 { return g.seed }

// Offset returns the position in the sequence, for SetOffset.
// PyTorch: Generator.get_offset.
func (g *Generator) Offset() uint64 { return g.block.Load() }

// SetOffset goes to a position that Offset returned: for checkpoints.
// PyTorch: Generator.set_offset.
func (g *Generator) SetOffset(at uint64) { g.block.Store(at) }

// take reserves n blocks and returns the first.
func (g *Generator) take(n int) uint64 { return g.block.Add(uint64(n)) - uint64(n) }

// words returns the four words of a block.
func (g *Generator) words(block uint64) [4]uint32 {
	return philox4x32([4]uint32{uint32(block), uint32(block >> 32), uint32(g.stream), 0}, uint32(g.seed), uint32(g.seed>>32))
}

// Uint64 returns a random number of 64 bits.
func (g *Generator) Uint64() uint64 {
	w := g.words(g.take(1))
	return uint64(w[0]) | uint64(w[1])<<32
}

// Float64 returns a number from [0, 1).
func (g *Generator) Float64() float64 { return unit64(g.Uint64()) }

// Float32 returns a number from [0, 1).
func (g *Generator) Float32() float32 { return unit32(g.words(g.take(1))[0]) }

// Normal returns a number from the normal distribution with mean 0 and
// standard deviation 1.
func (g *Generator) Normal() float64 {
	w := g.words(g.take(1))
	x, _ := normals64(w)
	return x
}

// IntN returns an integer from [0, n) without bias; n must be positive.
func (g *Generator) IntN(n int) int {
	if n <= 0 {
		panic(&Error{Op: "random integer", Got: "a range that is empty", Want: "n > 0"})
	}
	return int(g.below(uint64(n)))
}

// below is Lemire's multiply-and-reject method.
func (g *Generator) below(n uint64) uint64 {
	hi, lo := bits.Mul64(g.Uint64(), n)
	if lo < n {
		for limit := -n % n; lo < limit; {
			hi, lo = bits.Mul64(g.Uint64(), n)
		}
	}
	return hi
}

// Perm returns a random order of 0 … n-1. PyTorch: torch.randperm.
func (g *Generator) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	g.Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle brings n things into a random order by swapping pairs.
func (g *Generator) Shuffle(n int, swap func(i, j int)) {
	var w [1024]uint32
	for i := n - 1; i > 0; {
		words := min((i+3)&^3, len(w))
		simd.Philox(w[:words], g.take(words/4), uint32(g.stream), g.seed)
		for k := 0; k < words && i > 0; k++ {
			m := uint64(i) + 1
			p := uint64(w[k]) * m
			if m > 1<<32 { // one word is not enough
				swap(i, int(g.below(m)))
				i--
				continue
			}
			if uint32(p) < uint32(m) && uint32(p) < -uint32(m)%uint32(m) {
				continue // a rejected word: Lemire's method without bias
			}
			swap(i, int(p>>32))
			i--
		}
	}
}

func unit32(w uint32) float32 { return float32(int32(w>>8)) * (1.0 / (1 << 24)) }
func unit64(w uint64) float64 { return float64(w>>11) * (1.0 / (1 << 53)) }

// boxMuller takes two numbers from (0, 2³²).
func boxMuller(u, v float64) (x, y float64) {
	r := math.Sqrt(-2 * math.Log(u*(1.0/(1<<32))))
	s, c := math.Sincos(2 * math.Pi * v * (1.0 / (1 << 32)))
	return r * c, r * s
}

// normals64 makes two normal numbers of 53 bits of a block.
func normals64(w [4]uint32) (x, y float64) {
	u := (float64(uint64(w[0])|uint64(w[1])<<32) + 0.5) * (1.0 / (1 << 32))
	v := float64(uint64(w[2])|uint64(w[3])<<32) * (1.0 / (1 << 32))
	return boxMuller(min(max(u, 1e-9), 1<<32-1e-6), v)
}

// rngGrain is how many random numbers are worth a task of their own.
const rngGrain = 4096

// fillBlocks cuts n numbers into pieces that begin at a block of per numbers
// and lets f fill each piece, block by block.
func fillBlocks(g *Generator, n, per int, f func(lo, hi int, block uint64)) {
	first := g.take((n + per - 1) / per)
	grain := rngGrain / per * per
	par.For((n+grain-1)/grain, 1, func(lo, hi int) {
		for p := lo; p < hi; p++ {
			at := p * grain
			f(at, min(at+grain, n), first+uint64(at/per))
		}
	})
}

// FillUniform fills dst with numbers from [0, 1). PyTorch: Tensor.uniform_.
func (g *Generator) FillUniform(dst []float32) {
	fillBlocks(g, len(dst), 4, func(lo, hi int, block uint64) {
		simd.PhiloxUniform(dst[lo:hi], block, uint32(g.stream), g.seed)
	})
}

// FillNormal fills dst with normally distributed numbers of mean 0 and
// standard deviation 1. PyTorch: Tensor.normal_.
func (g *Generator) FillNormal(dst []float32) {
	fillBlocks(g, len(dst), 4, func(lo, hi int, block uint64) {
		normals32(g, dst[lo:hi], block)
	})
}

// FillUniform64 is FillUniform with 53 random bits.
func (g *Generator) FillUniform64(dst []float64) {
	fillBlocks(g, len(dst), 2, func(lo, hi int, block uint64) {
		for i := lo; i < hi; i += 2 {
			w := g.words(block)
			block++
			dst[i] = unit64(uint64(w[0]) | uint64(w[1])<<32)
			if i+1 < hi {
				dst[i+1] = unit64(uint64(w[2]) | uint64(w[3])<<32)
			}
		}
	})
}

// FillNormal64 is FillNormal with 53 random bits.
func (g *Generator) FillNormal64(dst []float64) {
	fillBlocks(g, len(dst), 2, func(lo, hi int, block uint64) {
		for i := lo; i < hi; i += 2 {
			x, y := normals64(g.words(block))
			block++
			dst[i] = x
			if i+1 < hi {
				dst[i+1] = y
			}
		}
	})
}

// FillBelow fills dst with integers from [low, high).
func (g *Generator) FillBelow(dst []int64, low, high int64) {
	if high <= low {
		panic(&Error{Op: "random integers", Got: "a range that is empty", Want: "low < high"})
	}
	n := uint64(high - low)
	if n <= 1<<32 { // 64 bits for at most 32: the bias is below 2⁻³²
		fillBlocks(g, len(dst), 2, func(lo, hi int, block uint64) {
			var w [1024]uint32
			for ; lo < hi; lo += len(w) / 2 {
				m := min(len(w)/2, hi-lo)
				simd.Philox(w[:], block, uint32(g.stream), g.seed)
				block += uint64(len(w) / 4)
				for i, d := 0, dst[lo:lo+m]; i < len(d); i++ {
					h, _ := bits.Mul64(uint64(w[2*i])|uint64(w[2*i+1])<<32, n)
					d[i] = low + int64(h)
				}
			}
		})
		return
	}
	for i := range dst {
		dst[i] = low + int64(g.below(n))
	}
}
