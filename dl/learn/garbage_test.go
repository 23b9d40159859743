package learn_test

import (
	"runtime"
	"testing"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/learn"
	"descent/dl/nn"
	"descent/dl/optim"
)

// TestFitMakesLittleGarbage counts the bytes that a step of Fit takes from the
// Go allocator once the buffers that steps give back are there. A step of the
// first tutorial's network works on 1.1 MB: the batch, three activations, their
// gradients, and those of the parameters.
func TestFitMakesLittleGarbage(t *testing.T) {
	x, y := dl.Rand(6400, 1, 28, 28), dl.RandInt(0, 10, 6400)
	loader := data.NewLoader(data.NewTensorDataset(x, y), data.LoaderOptions{BatchSize: 64, Shuffle: true, Seed: 1})
	model := newSimpleNN()
	trainer := learn.NewTrainer(model, optim.NewAdam(nn.Params(model), optim.AdamOptions{}), nn.CrossEntropy)
	trainer.Fit(loader, learn.FitOptions{Epochs: 4})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const epochs = 8
	trainer.Fit(loader, learn.FitOptions{Epochs: epochs})
	runtime.ReadMemStats(&after)
	bytes := float64(after.TotalAlloc-before.TotalAlloc) / float64(epochs*loader.Len())
	t.Logf("%.0f bytes a step, %d collections", bytes, after.NumGC-before.NumGC)
	if bytes > 150e3 {
		t.Errorf("a step of Fit took %.0f bytes from the allocator, want at most 150000", bytes)
	}
}
