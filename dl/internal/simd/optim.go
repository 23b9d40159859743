package simd

import "math"

// AdamParams are the scalars of one step of Adam.
type AdamParams struct {
	LR           float64
	Beta1, Beta2 float64
	Eps          float64
	// WeightDecay is added to the gradient times the parameter (L2), or, when
	// Decoupled, times LR taken off the parameter first (AdamW).
	WeightDecay float64
	Decoupled   bool
	// Step counts from 1; the bias corrections follow from it.
	Step int
}

// adamConsts are what the loop needs, rounded once for all levels. The
// assembly takes the fields in this order.
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
	c := adamConsts{
		beta1: float32(o.Beta1), omb1: float32(1 - o.Beta1),
		beta2: float32(o.Beta2), omb2: float32(1 - o.Beta2),
		step: float32(o.LR / (1 - math.Pow(o.Beta1, t))),
		root: float32(1 / math.Sqrt(1-math.Pow(o.Beta2, t))),
		eps:  float32(o.Eps), shrink: 1,
	}
	if o.Decoupled {
		c.shrink = float32(1 - o.LR*o.WeightDecay)
	} else {
		c.decay = float32(o.WeightDecay)
	}
	return c
}

// Adam makes one step: it updates the parameters p and the moments m and v
// from the gradient g (PyTorch: optim.Adam, optim.AdamW; Kingma and Ba 2015,
// Loshchilov and Hutter 2019).
func Adam(p, g, m, v []float32, o AdamParams) {
	g, m, v = g[:len(p)], m[:len(p)], v[:len(p)]
	c := o.consts()
	if useAsm && len(p) > 0 {
		k := vectors(c.beta1, c.omb1, c.beta2, c.omb2, c.step, c.root, c.eps, c.decay, c.shrink)
		adamAsm(len(p), &p[0], &g[0], &m[0], &v[0], &k[0][0])
		return
	}
	adamGo(p, g, m, v, &c)
}

// vectors repeats each constant eight times, for use as a memory operand.
func vectors(x ...float32) (k [9][8]float32) {
	for i, v := range x {
		for j := range 8 {
			k[i][j] = v
		}
	}
	return k
}

func adamGo(p, g, m, v []float32, c *adamConsts) {
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
	LR, Momentum, Dampening, WeightDecay float64
	Nesterov                             bool
	// First says that there is no momentum yet: the gradient becomes it.
	First bool
}

// sgdConsts are what the loop needs: the step is p -= lr·(direct·g + along·buf)
// after buf = keep·buf + add·g. The assembly takes the fields in this order.
type sgdConsts struct{ lr, decay, keep, add, direct, along float32 }

// SGD makes one step: it updates the parameters p and, when Momentum is not
// zero, the momentum buffer from the gradient g (PyTorch: optim.SGD). Without
// momentum the buffer may be nil.
func SGD(p, g, buf []float32, o SGDParams) {
	g = g[:len(p)]
	c := sgdConsts{lr: float32(o.LR), decay: float32(o.WeightDecay), keep: float32(o.Momentum), add: float32(1 - o.Dampening), along: 1}
	if o.First {
		c.add = 1
	}
	if o.Nesterov {
		c.direct, c.along = 1, float32(o.Momentum)
	}
	if o.Momentum != 0 {
		buf = buf[:len(p)]
	}
	if !useAsm || len(p) == 0 {
		sgdGo(p, g, buf, &c, o.Momentum != 0, o.First)
		return
	}
	k := vectors(c.lr, c.decay, c.keep, c.add, c.direct, c.along)
	switch {
	case o.Momentum == 0:
		sgdAsm(len(p), &p[0], &g[0], &k[0][0])
	case o.First:
		sgdFirstAsm(len(p), &p[0], &g[0], &buf[0], &k[0][0])
	default:
		sgdMomentumAsm(len(p), &p[0], &g[0], &buf[0], &k[0][0])
	}
}

func sgdGo(p, g, buf []float32, c *sgdConsts, momentum, first bool) {
	for i := range p {
		gi := g[i] + float32(c.decay*p[i])
		if momentum {
			b := float32(c.add * gi)
			if !first { // a first buffer may hold anything
				b += float32(c.keep * buf[i])
			}
			buf[i] = b
			gi = float32(c.direct*gi) + float32(c.along*b)
		}
		p[i] -= float32(c.lr * gi)
	}
}
