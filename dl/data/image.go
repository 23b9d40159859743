package data

import (
	"fmt"
	"math"

	"descent/dl"
)

// FlipHorizontal mirrors left and right with probability p. Not for digits or
// letters: a mirrored 3 is no 3. torchvision: RandomHorizontalFlip.
func FlipHorizontal(p float64) Transform {
	checkShare("data.FlipHorizontal", p)
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		if uniform(g) >= p {
			return x
		}
		return redraw("data.FlipHorizontal", x, func(dst, src []float32, h, w int) {
			for r := range h {
				for c := range w {
					dst[r*w+c] = src[r*w+w-1-c]
				}
			}
		})
	}
}

// FlipVertical mirrors top and bottom with probability p.
// torchvision: RandomVerticalFlip.
func FlipVertical(p float64) Transform {
	checkShare("data.FlipVertical", p)
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		if uniform(g) >= p {
			return x
		}
		return redraw("data.FlipVertical", x, func(dst, src []float32, h, w int) {
			for r := range h {
				copy(dst[r*w:(r+1)*w], src[(h-1-r)*w:])
			}
		})
	}
}

// Shift moves the image by up to pixels in both directions and fills with fill:
// what torchvision's RandomCrop(size, padding=pixels) does.
func Shift(pixels int, fill float64) Transform {
	if pixels < 0 {
		panic(&dl.Error{Op: "data.Shift", Got: fmt.Sprintf("%d pixels", pixels), Want: "a number of at least 0"})
	}
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		span := uint64(2*pixels + 1)
		dy, dx := int(g.Uint64()%span)-pixels, int(g.Uint64()%span)-pixels
		return redraw("data.Shift", x, func(dst, src []float32, h, w int) {
			for r := range h {
				for c := range w {
					v := float32(fill)
					if y, x := r-dy, c-dx; y >= 0 && y < h && x >= 0 && x < w {
						v = src[y*w+x]
					}
					dst[r*w+c] = v
				}
			}
		})
	}
}

// Erase fills a random square of the given side, of which at least the centre is
// in the image (cutout, DeVries & Taylor 2017). torchvision: RandomErasing.
func Erase(side int, fill float64) Transform {
	if side < 1 {
		panic(&dl.Error{Op: "data.Erase", Got: fmt.Sprintf("a side of %d", side), Want: "at least 1"})
	}
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		cy, cx := uniform(g), uniform(g)
		return redraw("data.Erase", x, func(dst, src []float32, h, w int) {
			copy(dst, src)
			top, left := int(cy*float64(h))-side/2, int(cx*float64(w))-side/2
			for r := max(top, 0); r < min(top+side, h); r++ {
				for c := max(left, 0); c < min(left+side, w); c++ {
					dst[r*w+c] = float32(fill)
				}
			}
		})
	}
}

// AffineOptions bound a random affine change of an image. The zero value changes
// nothing.
type AffineOptions struct {
	Degrees   float64 // turn by up to this much to either side
	Translate float64 // move by up to this share of the width and the height
	Scale     float64 // grow or shrink by up to this share: 0.1 draws from 0.9 to 1.1
	Shear     float64 // slant by up to this many degrees
	Fill      float64 // value of what comes into view
}

// RandomAffine turns, moves, scales and slants the image around its centre, with
// bilinear interpolation. torchvision: RandomAffine.
func RandomAffine(o AffineOptions) Transform {
	if o.Scale < 0 || o.Scale >= 1 {
		panic(&dl.Error{Op: "data.RandomAffine", Got: fmt.Sprintf("Scale %v", o.Scale), Want: "0 ≤ Scale < 1"})
	}
	return func(x *dl.Tensor, g *dl.Generator) *dl.Tensor {
		angle := between(g, o.Degrees) * math.Pi / 180
		shear := math.Tan(between(g, o.Shear) * math.Pi / 180)
		scale := 1 + between(g, o.Scale)
		ty, tx := between(g, o.Translate), between(g, o.Translate)
		sin, cos := math.Sincos(angle)
		return redraw("data.RandomAffine", x, func(dst, src []float32, h, w int) {
			cy, cx := float64(h-1)/2, float64(w-1)/2
			my, mx := cy+ty*float64(h), cx+tx*float64(w)
			for r := range h {
				for c := range w {
					// Where does the pixel come from? Undo moving, scaling, turning, slanting.
					y, x := (float64(r)-my)/scale, (float64(c)-mx)/scale
					y, x = cos*y-sin*x, sin*y+cos*x
					x -= shear * y
					dst[r*w+c] = bilinear(src, h, w, y+cy, x+cx, float32(o.Fill))
				}
			}
		})
	}
}

// bilinear returns the value between the four pixels around (y, x); pixels
// outside of the image have the value fill.
func bilinear(src []float32, h, w int, y, x float64, fill float32) float32 {
	y0, x0 := math.Floor(y), math.Floor(x)
	fy, fx := float32(y-y0), float32(x-x0)
	r, c := int(y0), int(x0)
	if r < -1 || r >= h || c < -1 || c >= w {
		return fill
	}
	at := func(r, c int) float32 {
		if r < 0 || r >= h || c < 0 || c >= w {
			return fill
		}
		return src[r*w+c]
	}
	top := at(r, c)*(1-fx) + at(r, c+1)*fx
	bottom := at(r+1, c)*(1-fx) + at(r+1, c+1)*fx
	return top*(1-fy) + bottom*fy
}

// redraw makes a new image, plane by plane.
func redraw(op string, x *dl.Tensor, plane func(dst, src []float32, h, w int)) *dl.Tensor {
	if x.Dim() < 2 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("a sample of shape %v", x.Shape()), Want: "an image [C, H, W] or [H, W]",
			Hint: "reshape the data to images first: X.Reshape(n, 1, 28, 28)"})
	}
	src := x.To(dl.Float32).Float32s()
	dst := make([]float32, len(src))
	h, w := x.Size(x.Dim()-2), x.Size(x.Dim()-1)
	for lo := 0; lo+h*w <= len(src) && h*w > 0; lo += h * w {
		plane(dst[lo:lo+h*w], src[lo:lo+h*w], h, w)
	}
	return dl.FromFloat32s(dst, x.Shape()...)
}
