package simd

import "math"

// AdamParams are the scalars of one step of Adam.
type AdamParams struct {
	LR           float32
	Beta1, Beta2 float32
	Eps          float32
	// WeightDecay is added to the gradient times the parameter (L2), or, when
	// Decoupled, times LR taken off the parameter first (AdamW).
	WeightDecay float32
	Decoupled   bool
	// Step counts from 1; the bias corrections follow from it.
	Step int
}

// adamConsts are what the loop needs, rounded once for all levels.
type adamConsts struct {
	beta1, omb1, beta2, omb2 float32 // omb: one minus beta
	step                     float32 // LR / (1-beta1^t)
	root                     float32 // 1 / sqrt(1-beta2^t)
	eps                      float32
	decay                    float32 // for the gradient
	shrink                   float32 // for the parameter
}

func (o *AdamParams) consts() adamConsts {
	t := float64(max(o.Step, 1))
	b1, b2 := float64(o.Beta1), float64(o.Beta2)
	c := adamConsts{
		beta1: o.Beta1, omb1: float32(1 - b1), beta2: o.Beta2, omb2: float32(1 - b2),
		step: float32(float64(o.LR) / (1 - math.Pow(b1, t))),
		root: float32(1 / math.Sqrt(1-math.Pow(b2, t))),
		eps:  o.Eps, shrink: 1,
	}
	if o.Decoupled {
		c.shrink = float32(1 - float64(o.LR)*float64(o.WeightDecay))
	} else {
		c.decay = o.WeightDecay
	}
	return c
}

// Adam makes one step: it updates the parameters p and the moments m and v
// from the gradient g (PyTorch: optim.Adam, optim.AdamW; Kingma and Ba 2015,
// Loshchilov and Hutter 2019).
func Adam(p, g, m, v []float32, o AdamParams) {
	g, m, v = g[:len(p)], m[:len(p)], v[:len(p)]
	c := o.consts()
	adam(p, g, m, v, &c)
}

func adam(p, g, m, v []float32, c *adamConsts) {
	for i := range p {
		x := float32(p[i] * c.shrink)
		gi := g[i] + float32(c.decay*p[i])
		mi := float32(c.beta1*m[i]) + float32(c.omb1*gi)
		vi := float32(c.beta2*v[i]) + float32(float32(c.omb2*gi)*gi)
		d := float32(sqrt32(vi)*c.root) + c.eps
		m[i], v[i] = mi, vi
		p[i] = x - float32(c.step*mi)/d
	}
}

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// SGDParams are the scalars of one step of SGD.
type SGDParams struct {
	LR, Momentum, Dampening, WeightDecay float32
	Nesterov                             bool
	// First says that there is no momentum yet: the gradient becomes it.
	First bool
}

// SGD makes one step: it updates the parameters p and, when Momentum is not
// zero, the momentum buffer from the gradient g (PyTorch: optim.SGD). Without
// momentum the buffer may be nil.
func SGD(p, g, buf []float32, o SGDParams) {
	g = g[:len(p)]
	if o.Momentum == 0 {
		for i := range p {
			p[i] -= float32(o.LR * (g[i] + float32(o.WeightDecay*p[i])))
		}
		return
	}
	buf = buf[:len(p)]
	damp := float32(1 - o.Dampening)
	for i := range p {
		gi := g[i] + float32(o.WeightDecay*p[i])
		b := gi
		if !o.First {
			b = float32(o.Momentum*buf[i]) + float32(damp*gi)
		}
		buf[i] = b
		if o.Nesterov {
			b = gi + float32(o.Momentum*b)
		}
		p[i] -= float32(o.LR * b)
	}
}
