package session

import (
	"strings"
	"testing"
)

// TestTraining runs the cells of the first notebook as a reader types them, on a
// part of the data.
func TestTraining(t *testing.T) {
	c := start(t)
	c.ok(`type SimpleNN struct {
	fc1, fc2 *nn.Linear
}

func (m *SimpleNN) Forward(x *dl.Tensor) *dl.Tensor {
	x = x.Flatten(1)
	x = m.fc1.Forward(x).ReLU()
	return m.fc2.Forward(x)
}

model := &SimpleNN{fc1: nn.NewLinear(28*28, 128), fc2: nn.NewLinear(128, 10)}
optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})`)
	if got := c.ok("len(nn.Params(model))").result(); got != "4" {
		t.Errorf("%s parameters, want 4", got)
	}
	c.ok(`trainSet, testSet := datasets.MNIST()
loader := data.NewLoader(trainSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 64, Shuffle: true})
testLoader := data.NewLoader(testSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 256})`)
	o := c.ok(`for epoch := range 1 {
	var loss *dl.Tensor
	for batch := range loader.All() {
		optimizer.ZeroGrad()
		loss = nn.CrossEntropy(model.Forward(batch.X), batch.Y)
		loss.Backward()
		optimizer.Step()
	}
	fmt.Printf("Epoch %d/5, Loss: %.4f\n", epoch+1, loss.Item())
}`)
	if got := o.stream("stdout"); !strings.HasPrefix(got, "Epoch 1/5, Loss: 0.") {
		t.Errorf("printed %q", got)
	}
	c.ok(`trainer := learn.NewTrainer(model, optimizer, nn.CrossEntropy)
history := trainer.Fit(loader, learn.FitOptions{Epochs: 1, Validation: testLoader})`)
	for _, code := range []string{
		"history",
		"learn.Confusion(model, testLoader, testSet.Classes)",
		"explain.Saliency(model, testSet.X.Narrow(0, 0, 8), testSet.Y.Narrow(0, 0, 8))",
	} {
		if o := c.ok(code); o.result() == "" {
			t.Errorf("%s shows nothing", code)
		}
	}
}
