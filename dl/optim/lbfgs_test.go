package optim_test

import (
	"math"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/internal/golden"
	"descent/dl/optim"
)

// rosenbrock returns a closure that evaluates the function at x and y, and counts.
func rosenbrock(o *optim.LBFGS, x, y *dl.Tensor, count *int) func() *dl.Tensor {
	return func() *dl.Tensor {
		*count++
		o.ZeroGrad()
		loss := x.RSubScalar(1).Square().Add(y.Sub(x.Square()).Square().MulScalar(5)).Sum()
		loss.Backward()
		return loss
	}
}

func TestLBFGSAgainstTorch(t *testing.T) {
	for _, c := range cases(t, "lbfgs ") {
		t.Run(c.Name, func(t *testing.T) {
			x, y := dl.NewParameter(c.In["x"].Tensor()), dl.NewParameter(c.In["y"].Tensor())
			o := optim.NewLBFGS([]*dl.Tensor{x, y}, optim.LBFGSOptions{LR: c.Float("lr", 0), Iterations: c.Int("max_iter", 0),
				Evals: c.Int("max_eval", 0), History: c.Int("history_size", 0), LineSearch: c.String("line_search_fn") != ""})
			count := 0
			for i := range c.Out["x"].Shape[0] {
				loss := o.StepWith(rosenbrock(o, x, y, &count))
				if want := float64(c.Out["loss"].Data[i]); math.Abs(loss.Item()-want) > 1e-7*want+1e-12 {
					t.Errorf("call %d began at a loss of %g, want %g", i, loss.Item(), want)
				}
				golden.Close(t, x.Detach(), row(c.Out["x"], i), 1e-6, 1e-9)
				golden.Close(t, y.Detach(), row(c.Out["y"], i), 1e-6, 1e-9)
				if want := int(c.Out["count"].Data[i]); count != want {
					t.Errorf("%d evaluations after call %d, want %d", count, i, want)
				}
			}
		})
	}
}

// TestLBFGSResumes: after loading a state, all goes on as it would have.
func TestLBFGSResumes(t *testing.T) {
	start := func() (x, y *dl.Tensor, o *optim.LBFGS) {
		x, y = dl.NewParameter(dl.New([]float64{-1.2, 0.8}).Double()), dl.NewParameter(dl.New([]float64{1, 2}).Double())
		return x, y, optim.NewLBFGS([]*dl.Tensor{x, y}, optim.LBFGSOptions{LineSearch: true, Iterations: 3})
	}
	n := 0
	x, y, o := start()
	o.StepWith(rosenbrock(o, x, y, &n))
	s := o.State().Clone()
	x2, y2, o2 := start()
	dl.NoGrad(func() { x2.CopyFrom(x); y2.CopyFrom(y) })
	if err := o2.LoadState(s); err != nil {
		t.Fatal(err)
	}
	o.StepWith(rosenbrock(o, x, y, &n))
	o2.StepWith(rosenbrock(o2, x2, y2, &n))
	if !dl.AllClose(x.Detach(), x2.Detach(), 1e-12, 0) || !dl.AllClose(y.Detach(), y2.Detach(), 1e-12, 0) {
		t.Errorf("resumed to %v %v, want %v %v", x2, y2, x, y)
	}
	delete(s.Slots, "change0")
	if err := o2.LoadState(s); err == nil || !strings.Contains(err.Error(), "change0") {
		t.Errorf("a state without part of a pair: %v", err)
	}
	other := optim.NewSGD([]*dl.Tensor{x, y}, optim.SGDOptions{})
	if err := o2.LoadState(other.State()); err == nil || !strings.Contains(err.Error(), "SGD") {
		t.Errorf("a state of SGD: %v", err)
	}
}

// TestLBFGSStep: steps without a closure go downhill too.
func TestLBFGSStep(t *testing.T) {
	x, y := dl.NewParameter(dl.New([]float64{-1.2, 0.8}).Double()), dl.NewParameter(dl.New([]float64{1, 2}).Double())
	o := optim.NewLBFGS([]*dl.Tensor{x, y}, optim.LBFGSOptions{LR: 0.5})
	n := 0
	f := rosenbrock(o, x, y, &n)
	first := f().Item()
	for range 40 {
		f()
		o.Step()
	}
	if last := f().Item(); !(last < first/1000) {
		t.Errorf("loss went from %g to %g", first, last)
	}
}

func TestJoinedSchedulesRefuse(t *testing.T) {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{})
	p := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{})
	step := optim.NewStepLR(o, 1, 0.5)
	for what, f := range map[string]func(){
		"no schedules":      func() { optim.NewChainedScheduler(o, nil) },
		"another optimizer": func() { optim.NewChainedScheduler(p, []optim.Schedule{step}) },
		"ReduceOnPlateau": func() {
			optim.NewSequentialLR(o, []optim.Schedule{optim.NewReduceOnPlateau(o, optim.PlateauOptions{})}, nil)
		},
		"milestones":      func() { optim.NewSequentialLR(o, []optim.Schedule{step, step}, nil) },
		"of 1 dimensions": func() { optim.NewMuon(o.Params(), optim.MuonOptions{}) },
		"a second group":  func() { optim.NewLBFGS(o.Params(), optim.LBFGSOptions{}).AddGroup(optim.Group{}) },
		"PerStep":         func() { optim.NewChainedScheduler(o, []optim.Schedule{step, optim.NewCyclicLR(o, 1, 2)}) },
	} {
		func() {
			defer func() {
				if e, ok := recover().(*dl.Error); !ok || !strings.Contains(e.Error(), what) {
					t.Errorf("%s: %v", what, e)
				}
			}()
			f()
		}()
	}
}

// TestFirstRate: a schedule made while another leads the rate starts from the rate that was set by hand, and from a new one
// that is set by hand since.
func TestFirstRate(t *testing.T) {
	o := optim.NewSGD([]*dl.Tensor{dl.NewParameter(dl.Zeros(1))}, optim.SGDOptions{LR: 1})
	a := optim.NewExponentialLR(o, 0.5)
	a.Step()
	b := optim.NewExponentialLR(o, 0.1)
	b.Step()
	if o.LR() != 0.1 {
		t.Errorf("rate %g, want 0.1", o.LR())
	}
	o.SetLR(3)
	c := optim.NewExponentialLR(o, 0.1)
	c.Step()
	if math.Abs(o.LR()-0.3) > 1e-12 {
		t.Errorf("rate %g, want 0.3", o.LR())
	}
}
