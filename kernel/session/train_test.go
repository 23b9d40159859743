package session

import (
	"strings"
	"testing"
	"time"

	"descent/kernel/link"
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
trainSet = &data.TensorDataset{X: trainSet.X.Narrow(0, 0, 6000), Y: trainSet.Y.Narrow(0, 0, 6000), Classes: trainSet.Classes}
testSet = &data.TensorDataset{X: testSet.X.Narrow(0, 0, 500), Y: testSet.Y.Narrow(0, 0, 500), Classes: testSet.Classes}
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
	// The same from a goroutine of the trainer: an interrupt ends it early and keeps
	// what was learnt.
	id, reply := c.begin(link.Execute{Code: "fmt.Println(\"begun\")\ntrainer.Fit(loader, learn.FitOptions{Epochs: 1000}).Interrupted"})
	c.until(id, "stdout", "begun\n")
	time.Sleep(300 * time.Millisecond)
	if err := c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{})); err != nil {
		t.Fatal(err)
	}
	if o := c.wait(id, reply); o.reply.Status != "ok" || o.result() != "true" {
		t.Errorf("interrupted training: %s %q %s", o.reply.Status, o.result(), o.trace())
	}
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
