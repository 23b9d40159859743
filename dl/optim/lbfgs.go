package optim

import (
	"fmt"
	"math"

	"descent/dl"
)

// LBFGSOptions are the settings of [LBFGS].
type LBFGSOptions struct {
	LR         float64 // length of the steps, first guess of the line search; 0 means 1
	Iterations int     // most iterations of one StepWith; 0 means 20
	Evals      int     // most evaluations of the loss in one StepWith; 0 means Iterations·5/4
	GradTol    float64 // stop when no part of the gradient is larger; 0 means 1e-7, a negative number 0
	ChangeTol  float64 // stop when the loss or the parameters change less; 0 means 1e-9, a negative number 0
	History    int     // how many steps the curvature is known from; 0 means 100
	LineSearch bool    // look along each direction for a step that meets the strong Wolfe conditions
}

// LBFGS follows the direction of Newton's method with curvature estimated from its last steps. It is for few parameters
// and whole batches, where it needs far fewer evaluations than gradient descent; StepWith is what it is made for.
//
// J. Nocedal, S. Wright: Numerical Optimization, 2nd edition, algorithms 7.4, 7.5, 3.5 and 3.6.
// PyTorch: torch.optim.LBFGS.
type LBFGS struct {
	Base
	o         LBFGSOptions
	grad      []float64 // where direction started; nil before the first iteration
	direction []float64
	length    float64 // of the last step, in units of direction
	pairs     []pair  // oldest first
}

// pair is one step s and the change y of the gradient over it.
type pair struct {
	s, y []float64
	rho  float64 // 1/(s·y)
}

// NewLBFGS makes an [LBFGS] optimizer of the parameters.
func NewLBFGS(params []*dl.Tensor, o LBFGSOptions) *LBFGS {
	for _, n := range []int{o.Iterations, o.Evals, o.History} {
		if n < 0 {
			bad("optim.NewLBFGS", fmt.Sprintf("%d iterations, %d evaluations, a history of %d", o.Iterations, o.Evals, o.History), "positive numbers")
		}
	}
	if o.Iterations == 0 {
		o.Iterations = 20
	}
	if o.Evals == 0 {
		o.Evals = o.Iterations * 5 / 4
	}
	if o.History == 0 {
		o.History = 100
	}
	o.GradTol, o.ChangeTol = or(o.GradTol, 1e-7), or(o.ChangeTol, 1e-9)
	return &LBFGS{Base: newBase("LBFGS", params, or(o.LR, 1), 0), o: o}
}

// AddGroup panics: one direction is found for all parameters together.
func (l *LBFGS) AddGroup(Group) {
	bad("LBFGS.AddGroup", "a second group", "all parameters in NewLBFGS")
}

// Step makes one iteration of step length LR from the gradients that the parameters have now, without a line search.
func (l *LBFGS) Step() {
	g := l.gradient()
	if largest(g) <= l.o.GradTol {
		return
	}
	l.turn(g)
	l.move(l.length)
}

// StepWith makes up to Iterations iterations. loss sets the gradients to zero, computes the loss, calls Backward and returns
// the loss; it is called once for every point looked at. StepWith returns the loss where it began.
//
// PyTorch: LBFGS.step(closure).
func (l *LBFGS) StepWith(loss func() *dl.Tensor) *dl.Tensor {
	var first *dl.Tensor
	eval := func() (float64, []float64) {
		var y *dl.Tensor
		dl.EnableGrad(func() { y = loss() })
		if first == nil {
			first = y
		}
		return y.Item(), l.gradient()
	}
	f, g := eval()
	evals := 1
	if largest(g) <= l.o.GradTol {
		return first
	}
	for n := 1; ; n++ {
		l.turn(g)
		before := f
		slope := dot(g, l.direction)
		if slope > -l.o.ChangeTol {
			return first
		}
		switch {
		case l.o.LineSearch:
			s := &search{l: l, eval: eval, from: l.flat(), f: f, slope: slope, most: l.o.Evals - evals}
			best := s.run(point{f: f, g: g, slope: slope}, l.length)
			evals += s.evals
			f, g, l.length = best.f, best.g, best.t
			l.place(s.from, l.length)
		case n == l.o.Iterations: // the gradient at the last point is of no use
			l.move(l.length)
		default:
			l.move(l.length)
			f, g = eval()
			evals++
		}
		moved := largest(l.direction) * math.Abs(l.length)
		if n == l.o.Iterations || evals >= l.o.Evals || largest(g) <= l.o.GradTol || moved <= l.o.ChangeTol || math.Abs(f-before) < l.o.ChangeTol {
			return first
		}
	}
}

// turn finds the direction to follow from a point with gradient g, and a first guess of the step's length.
func (l *LBFGS) turn(g []float64) {
	l.steps++
	lr := l.LR()
	if l.grad == nil {
		l.direction = scaledBy(g, -1)
		sum := 0.0
		for _, v := range g {
			sum += math.Abs(v)
		}
		l.grad, l.length = append([]float64(nil), g...), lr*min(1, 1/sum)
		return
	}
	s, y := scaledBy(l.direction, l.length), append([]float64(nil), g...)
	addTo(y, l.grad, -1)
	if sy := dot(s, y); sy > 1e-10 {
		if len(l.pairs) == l.o.History {
			l.pairs = l.pairs[1:]
		}
		l.pairs = append(l.pairs, pair{s, y, 1 / sy})
	}
	l.direction = l.newton(g)
	copy(l.grad, g)
	l.length = lr
}

// newton multiplies -g by the estimate of the inverse Hessian that the pairs stand for.
func (l *LBFGS) newton(g []float64) []float64 {
	q := scaledBy(g, -1)
	alpha := make([]float64, len(l.pairs))
	for i := len(l.pairs) - 1; i >= 0; i-- {
		p := l.pairs[i]
		alpha[i] = p.rho * dot(p.s, q)
		addTo(q, p.y, -alpha[i])
	}
	if n := len(l.pairs); n > 0 {
		last := l.pairs[n-1]
		q = scaledBy(q, 1/(last.rho*dot(last.y, last.y)))
	}
	for i, p := range l.pairs {
		addTo(q, p.s, alpha[i]-p.rho*dot(p.y, q))
	}
	return q
}
