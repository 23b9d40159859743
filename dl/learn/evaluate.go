package learn

import (
	"fmt"
	"time"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/metric"
	"descent/dl/nn"
)

// Evaluate measures the loss and the metrics of a model over a loader, in
// evaluation mode and without gradients. The loss is the mean over all samples;
// nil metrics mean accuracy where the targets are class numbers.
func Evaluate(model nn.Module, loader *data.Loader, loss nn.Loss, metrics []metric.Metric) Result {
	check("learn.Evaluate", model, loader)
	if loss == nil {
		panic(&dl.Error{Op: "learn.Evaluate", Got: "no loss", Want: "a function of output and target"})
	}
	return evaluate(model, loader, loss, newMeter(metrics, loader.Dataset()), nil)
}

// evaluate is Evaluate with the metrics of m; step is told of each batch.
func evaluate(model nn.Module, loader *data.Loader, loss nn.Loss, m *meter, step func(step, seen int, last, mean float64)) Result {
	start := time.Now()
	m.reset()
	r := Result{MetricNames: m.names()}
	total, steps := 0.0, 0
	each(model, loader, func(batch data.Batch, output *dl.Tensor) {
		value := loss(output, batch.Y).Item()
		m.update(output, batch.Y)
		total += value * float64(batch.Len())
		r.Samples += batch.Len()
		steps++
		if step != nil {
			step(steps, r.Samples, value, total/float64(r.Samples))
		}
	})
	r.Loss = total / float64(r.Samples)
	r.Metrics = m.values()
	r.Seconds = time.Since(start).Seconds()
	return r
}

// Predict returns the model's outputs for all samples of a loader, [N, …], in
// evaluation mode and without gradients. They come in the order of the loader,
// which for samples in their own order must not shuffle.
func Predict(model nn.Module, loader *data.Loader) *dl.Tensor {
	check("learn.Predict", model, loader)
	outputs := make([]*dl.Tensor, 0, loader.Len())
	each(model, loader, func(_ data.Batch, output *dl.Tensor) { outputs = append(outputs, output) })
	var all *dl.Tensor
	dl.NoGrad(func() { all = dl.Cat(outputs, 0) })
	return all
}

// Confusion counts how often each class is taken for each other over a loader, in
// evaluation mode and without gradients. nil classes take the names of the
// dataset, or numbers.
func Confusion(model nn.Module, loader *data.Loader, classes []string) *metric.ConfusionMatrix {
	check("learn.Confusion", model, loader)
	var m *metric.ConfusionMatrix
	each(model, loader, func(batch data.Batch, output *dl.Tensor) {
		if m == nil {
			scores("learn.Confusion", output, batch.Y)
			if classes == nil {
				classes = classNames(loader, output.Size(1))
			}
			if len(classes) != output.Size(1) {
				panic(&dl.Error{Op: "learn.Confusion", Got: fmt.Sprintf("%d names of classes", len(classes)),
					Want: fmt.Sprintf("%d, as many as the model has outputs", output.Size(1))})
			}
			m = metric.NewConfusion(classes)
		}
		m.Update(output, batch.Y)
	})
	return m
}

// each calls f with every batch and the model's output for it, in evaluation mode
// and without gradients. Afterwards every module is in the mode it was in.
func each(model nn.Module, loader *data.Loader, f func(batch data.Batch, output *dl.Tensor)) {
	nn.InEval(model, func() {
		dl.NoGrad(func() {
			for batch := range loader.All() {
				f(batch, model.Forward(batch.X))
			}
		})
	})
}

func check(op string, model nn.Module, loader *data.Loader) {
	switch {
	case model == nil:
		panic(&dl.Error{Op: op, Got: "no model", Want: "something with Forward"})
	case loader == nil:
		panic(&dl.Error{Op: op, Got: "no loader", Want: "data", Hint: "data.NewLoader(set, data.LoaderOptions{BatchSize: 256})"})
	}
}

// scores panics unless output is [N, C] and target has a class for each row.
func scores(op string, output, target *dl.Tensor) {
	if output.Dim() != 2 || target == nil || target.Dim() != 1 || !isClass(target) {
		e := &dl.Error{Op: op, Got: "a model that does not classify", Want: "outputs [N, C] and targets [N] of class numbers"}
		e.Shapes = append(e.Shapes, output.Shape())
		if target != nil {
			e.Shapes = append(e.Shapes, target.Shape())
		}
		panic(e)
	}
}

// classNames returns the names that the dataset has for n classes, or numbers.
func classNames(loader *data.Loader, n int) []string {
	if d, ok := loader.Dataset().(interface{ ClassNames() []string }); ok {
		if names := d.ClassNames(); len(names) == n {
			return names
		}
	}
	return metric.Digits(n)
}
