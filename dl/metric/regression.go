package metric

import (
	"fmt"
	"math"

	"descent/dl"
)

// MSE returns the mean squared error. The shapes hold the same number of values.
// scikit-learn: mean_squared_error.
func MSE(prediction, target *dl.Tensor) float64 {
	return measure("metric.MSE", prediction, target).mse()
}

// RMSE returns the square root of MSE, in the unit of the target.
// scikit-learn: root_mean_squared_error.
func RMSE(prediction, target *dl.Tensor) float64 {
	return measure("metric.RMSE", prediction, target).rmse()
}

// MAE returns the mean absolute error. scikit-learn: mean_absolute_error.
func MAE(prediction, target *dl.Tensor) float64 {
	return measure("metric.MAE", prediction, target).mae()
}

// R2 returns the coefficient of determination: 1 is perfect, 0 is no better than
// always predicting the mean of the target. For a constant target it is 1 if the
// prediction is exact, else 0; NaN for fewer than two samples.
// scikit-learn: r2_score.
func R2(prediction, target *dl.Tensor) float64 {
	return measure("metric.R2", prediction, target).r2()
}

// An Error is a running error of a regression.
type Error struct {
	name  string
	value func(*residuals) float64
	sums  residuals
}

// NewMSE returns the running mean squared error, named "mse".
func NewMSE() *Error { return &Error{name: "mse", value: (*residuals).mse} }

// NewRMSE returns its running square root, named "rmse".
func NewRMSE() *Error { return &Error{name: "rmse", value: (*residuals).rmse} }

// NewMAE returns the running mean absolute error, named "mae".
func NewMAE() *Error { return &Error{name: "mae", value: (*residuals).mae} }

// NewR2 returns the running coefficient of determination, named "r2".
func NewR2() *Error { return &Error{name: "r2", value: (*residuals).r2} }

// Name implements Metric.
func (e *Error) Name() string { return e.name }

// Update implements Metric.
func (e *Error) Update(output, target *dl.Tensor) { e.sums.add("metric."+e.name, output, target) }

// Value implements Metric.
func (e *Error) Value() float64 { return e.value(&e.sums) }

// Reset implements Metric.
func (e *Error) Reset() { e.sums = residuals{} }

// residuals are the sums that all errors come from. The spread of the target is
// kept by Welford's update, which does not cancel for targets far from zero.
type residuals struct {
	n                int
	squared, abs     float64
	mean, deviations float64 // of the target
}

func measure(op string, prediction, target *dl.Tensor) *residuals {
	var r residuals
	r.add(op, prediction, target)
	return &r
}

func (r *residuals) add(op string, prediction, target *dl.Tensor) {
	if prediction.Numel() != target.Numel() {
		panic(&dl.Error{Op: op,
			Got:  fmt.Sprintf("a prediction of shape %v and a target of shape %v", prediction.Shape(), target.Shape()),
			Want: "one prediction for each target"})
	}
	p, t := prediction.To(dl.Float64).Float64s(), target.To(dl.Float64).Float64s()
	for i, v := range t {
		d := p[i] - v
		r.squared += d * d
		r.abs += math.Abs(d)
		r.n++
		delta := v - r.mean
		r.mean += delta / float64(r.n)
		r.deviations += delta * (v - r.mean)
	}
}

func (r *residuals) mse() float64  { return r.squared / float64(r.n) }
func (r *residuals) rmse() float64 { return math.Sqrt(r.mse()) }
func (r *residuals) mae() float64  { return r.abs / float64(r.n) }

func (r *residuals) r2() float64 {
	switch {
	case r.n < 2:
		return nan
	case r.deviations == 0 && r.squared == 0:
		return 1
	case r.deviations == 0:
		return 0
	}
	return 1 - r.squared/r.deviations
}
