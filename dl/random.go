package dl

// Rand returns float32 numbers from [0, 1). PyTorch: torch.rand.
func Rand(shape ...int) *Tensor { return DefaultGenerator(StreamInit).Rand(shape...) }

// Randn returns normally distributed float32 numbers of mean 0 and standard
// deviation 1. PyTorch: torch.randn.
func Randn(shape ...int) *Tensor { return DefaultGenerator(StreamInit).Randn(shape...) }

// RandInt returns int64 numbers from [low, high). PyTorch: torch.randint.
func RandInt(low, high int64, shape ...int) *Tensor {
	return DefaultGenerator(StreamInit).RandInt(low, high, shape...)
}

// RandPerm returns 0 … n-1 in random order, as int64. PyTorch: torch.randperm.
func RandPerm(n int) *Tensor {
	checkShape("randperm", []int{n})
	t := empty(Int64, []int{n})
	s := span[int64](t)
	for i, v := range DefaultGenerator(StreamInit).Perm(n) {
		s[i] = int64(v)
	}
	return t
}

// RandLike returns Rand of t's shape and type. PyTorch: torch.rand_like.
func RandLike(t *Tensor) *Tensor {
	return randomLike(t, (*Generator).FillUniform, (*Generator).FillUniform64)
}

// RandnLike returns Randn of t's shape and type. PyTorch: torch.randn_like.
func RandnLike(t *Tensor) *Tensor {
	return randomLike(t, (*Generator).FillNormal, (*Generator).FillNormal64)
}

func randomLike(t *Tensor, f32 func(*Generator, []float32), f64 func(*Generator, []float64)) *Tensor {
	needFloat("random", t)
	out := empty(t.dtype, t.shape)
	g := DefaultGenerator(StreamInit)
	if t.dtype == Float32 {
		f32(g, out.f32())
	} else {
		f64(g, span[float64](out))
	}
	return out
}

// UniformInPlace fills t with numbers from [lo, hi). PyTorch: Tensor.uniform_.
func (t *Tensor) UniformInPlace(lo, hi float64) *Tensor {
	return t.drawInPlace("uniform in place", RandLike, hi-lo, lo)
}

// NormalInPlace fills t with normally distributed numbers.
// PyTorch: Tensor.normal_.
func (t *Tensor) NormalInPlace(mean, std float64) *Tensor {
	return t.drawInPlace("normal in place", RandnLike, std, mean)
}

func (t *Tensor) drawInPlace(op string, draw func(*Tensor) *Tensor, scale, shift float64) *Tensor {
	t.beforeWrite(op)
	NoGrad(func() { t.replace(op, draw(t).MulScalar(scale).AddScalar(shift)) })
	return t
}

// Rand is the function Rand with g's numbers. PyTorch: torch.rand(generator=g).
func (g *Generator) Rand(shape ...int) *Tensor {
	checkShape("rand", shape)
	t := blank(Float32, shape)
	g.FillUniform(t.f32())
	return t
}

// Randn is the function Randn with g's numbers.
// PyTorch: torch.randn(generator=g).
func (g *Generator) Randn(shape ...int) *Tensor {
	checkShape("randn", shape)
	t := blank(Float32, shape)
	g.FillNormal(t.f32())
	return t
}

// RandInt is the function RandInt with g's numbers.
// PyTorch: torch.randint(generator=g).
func (g *Generator) RandInt(low, high int64, shape ...int) *Tensor {
	checkShape("randint", shape)
	t := empty(Int64, shape)
	g.FillBelow(span[int64](t), low, high)
	return t
}
