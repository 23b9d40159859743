package optim

import (
	"fmt"
	"math"
)

// NewLinearLR makes a schedule that multiplies the rate by a factor that goes from start to end in so many epochs, and
// stays there: a warm-up. PyTorch's defaults are 1/3, 1 and 5.
//
// PyTorch: lr_scheduler.LinearLR.
func NewLinearLR(o Optimizer, start, end float64, epochs int) *LambdaLR {
	if epochs < 1 || !(start > 0) || !(end >= 0) {
		bad("optim.NewLinearLR", fmt.Sprintf("factors %g to %g in %d epochs", start, end, epochs), "positive factors, at least 1 epoch")
	}
	return NewLambdaLR(o, func(n int) float64 {
		return start + (end-start)*float64(min(n, epochs))/float64(epochs)
	})
}

// NewConstantLR makes a schedule that multiplies the rate by a factor for so many epochs. PyTorch's defaults are 1/3 and 5.
//
// PyTorch: lr_scheduler.ConstantLR.
func NewConstantLR(o Optimizer, factor float64, epochs int) *LambdaLR {
	return NewLambdaLR(o, func(n int) float64 {
		if n < epochs {
			return factor
		}
		return 1
	})
}

// NewPolynomialLR makes a schedule that brings the rate to zero in so many epochs, as a power of what is left; power 1 is a
// straight line.
//
// PyTorch: lr_scheduler.PolynomialLR.
func NewPolynomialLR(o Optimizer, epochs int, power float64) *LambdaLR {
	if epochs < 1 {
		bad("optim.NewPolynomialLR", fmt.Sprintf("%d epochs", epochs), "at least 1")
	}
	return NewLambdaLR(o, func(n int) float64 {
		return math.Pow(1-float64(min(n, epochs))/float64(epochs), power)
	})
}

// NewMultiplicativeLR makes a schedule that multiplies the rate by f(epoch) after each epoch, counted from 1.
//
// PyTorch: lr_scheduler.MultiplicativeLR.
func NewMultiplicativeLR(o Optimizer, f func(epoch int) float64) *LambdaLR {
	return NewLambdaLR(o, func(n int) float64 {
		product := 1.0
		for e := 1; e <= n; e++ {
			product *= f(e)
		}
		return product
	})
}

// NewWarmRestarts makes a schedule of half cosine waves from the first rate to least, the first one so many epochs long and
// each next one factor times as long.
//
// I. Loshchilov, F. Hutter: SGDR, arXiv:1608.03983.
// PyTorch: lr_scheduler.CosineAnnealingWarmRestarts.
func NewWarmRestarts(o Optimizer, epochs, factor int, least float64) *LambdaLR {
	if epochs < 1 || factor < 1 {
		bad("optim.NewWarmRestarts", fmt.Sprintf("%d epochs and factor %d", epochs, factor), "at least 1 of both")
	}
	start := firstRate(o)
	return NewLambdaLR(o, func(n int) float64 {
		length := epochs
		for n >= length {
			n -= length
			length *= factor
		}
		if start == 0 {
			return 1
		}
		return (least + (start-least)*(1+math.Cos(math.Pi*float64(n)/float64(length)))/2) / start
	})
}

// NewCyclicLR makes a schedule that goes from the first rate up to highest in so many steps, down in as many, and again.
// Step is to be called after every step of the optimizer.
//
// L. Smith, arXiv:1506.01186.
// PyTorch: lr_scheduler.CyclicLR(mode="triangular", cycle_momentum=False).
func NewCyclicLR(o Optimizer, highest float64, up int) *LambdaLR {
	if up < 1 {
		bad("optim.NewCyclicLR", fmt.Sprintf("%d steps up", up), "at least 1")
	}
	start := firstRate(o)
	if !(start > 0) {
		bad("optim.NewCyclicLR", fmt.Sprintf("a first rate of %g", start), "a positive one, to start from")
	}
	s := NewLambdaLR(o, func(n int) float64 {
		at := n % (2 * up)
		rise := 1 - math.Abs(float64(at)/float64(up)-1)
		return (start + (highest-start)*rise) / start
	})
	s.perStep = true
	return s
}
