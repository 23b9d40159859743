package training

import (
	"fmt"
	"os"
	"testing"

	"descent/kernel/cell"
	"descent/kernel/eval"
	"descent/kernel/rt"
	"descent/kernel/symbols"
	"descent/kernel/symbols/typedata"
)

var cells = []string{
	`type SimpleNN struct {
	fc1, fc2 *nn.Linear
}

func (m *SimpleNN) Forward(x *dl.Tensor) *dl.Tensor {
	x = x.Flatten(1)
	x = m.fc1.Forward(x).ReLU()
	return m.fc2.Forward(x)
}

model := &SimpleNN{fc1: nn.NewLinear(28*28, 128), fc2: nn.NewLinear(128, 10)}
optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})

trainSet, testSet := datasets.MNIST()
loader := data.NewLoader(trainSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 64, Shuffle: true})

for epoch := range 1 {
	var loss *dl.Tensor
	for batch := range loader.All() {
		optimizer.ZeroGrad()
		loss = nn.CrossEntropy(model.Forward(batch.X), batch.Y)
		loss.Backward()
		optimizer.Step()
	}
	fmt.Printf("Epoch %d/5, Loss: %.4f\n", epoch+1, loss.Item())
}`,
	`testLoader := data.NewLoader(testSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 64})
trainer := learn.NewTrainer(model, optimizer, nn.CrossEntropy)
history := trainer.Fit(loader, learn.FitOptions{Epochs: 1, Validation: testLoader})
history`,
	`learn.Confusion(model, testLoader, testSet.Classes)`,
	`explain.Saliency(model, testSet.X.Narrow(0, 0, 8), testSet.Y.Narrow(0, 0, 8))`,
}

func TestTrainingCells(t *testing.T) {
	c := cell.New(cell.Options{Importer: typedata.NewImporter(), Preload: []cell.Import{
		{Name: "fmt", Path: "fmt"}, {Name: "dl", Path: "descent/dl"}, {Name: "nn", Path: "descent/dl/nn"},
		{Name: "optim", Path: "descent/dl/optim"}, {Name: "data", Path: "descent/dl/data"},
		{Name: "learn", Path: "descent/dl/learn"}, {Name: "explain", Path: "descent/dl/explain"},
		{Name: "datasets", Path: "descent/datasets"},
	}})
	in, err := eval.New(eval.Options{Stdout: os.Stdout, Stderr: os.Stderr, Table: symbols.Table, Closure: symbols.Closure, Position: c.Position})
	if err != nil {
		t.Fatal(err)
	}
	rt.SetTypes(symbols.Type)
	rt.SetDisplay(func(vs ...any) { fmt.Printf("%T %.200v\n", vs[0], vs[0]) })
	for i, src := range cells {
		p, d := c.Compile(i+1, src)
		if d != nil {
			t.Fatal(d)
		}
		if os.Getenv("TRACE") != "" {
			fmt.Println(p.Chunks)
		}
		if err := in.Load(p); err != nil {
			t.Fatal(err)
		}
		c.Commit(p)
		if err := in.Run(p); err != nil {
			t.Fatal(err)
		}
	}
}
