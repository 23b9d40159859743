package store_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/nn"
	"descent/dl/optim"
	"descent/dl/store"
)

// fresh is a small run as its program makes it: a model with dropout and batch
// norm, Adam and a schedule.
func fresh() store.Checkpoint {
	dl.ManualSeed(7)
	m := nn.NewSequential(nn.NewLinear(3, 8), nn.NewBatchNorm1d(8, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewDropout(0.3), nn.NewLinear(8, 2))
	o := optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.01})
	return store.Checkpoint{Model: m, Optimizer: o, Schedule: optim.NewStepLR(o, 2, 0.5)}
}

// trained makes a fresh run and trains it to the given number of epochs. At each
// epoch's end f may replace the run by another.
func trained(epochs int, f func(c *store.Checkpoint)) store.Checkpoint {
	c := fresh()
	train(&c, epochs, f)
	return c
}

func train(c *store.Checkpoint, epochs int, f func(c *store.Checkpoint)) {
	g := dl.NewGenerator(1, dl.StreamUser)
	x := make([]float32, 3*40)
	y := make([]int64, 40)
	for i := range x {
		x[i] = float32(g.Normal())
	}
	for i := range y {
		y[i] = int64(g.IntN(2))
	}
	set := data.NewTensorDataset(dl.FromFloat32s(x, 40, 3), dl.FromInt64s(y, 40))
	for c.Epoch < epochs {
		loader := data.NewLoader(set, data.LoaderOptions{BatchSize: 16, Shuffle: true, Seed: 5})
		loader.SetEpoch(c.Epoch)
		for b := range loader.All() {
			c.Optimizer.ZeroGrad()
			noise := dl.Randn(b.X.Shape()...).MulScalar(0.1)
			nn.CrossEntropy(c.Model.Forward(b.X.Add(noise)), b.Y).Backward()
			c.Optimizer.Step()
			c.Step++
		}
		c.Schedule.Step()
		c.Epoch++
		if f != nil {
			f(c)
		}
	}
}

// TestResume stops a run after each epoch and takes it up again from the file, in
// a new program: the end must be the same, bit by bit.
func TestResume(t *testing.T) {
	want := trained(5, nil)
	path := filepath.Join(t.TempDir(), "run.safetensors")
	got := trained(5, func(c *store.Checkpoint) {
		c.Notes = map[string]string{"data": "spirals", "ä": "ö"}
		if err := store.SaveCheckpoint(path, *c); err != nil {
			t.Fatal(err)
		}
		dl.ManualSeed(99)
		dl.Randn(17)
		next := fresh()
		dl.ManualSeed(123)
		if err := store.LoadCheckpoint(path, &next); err != nil {
			t.Fatal(err)
		}
		if next.Epoch != c.Epoch || next.Step != c.Step || !maps.Equal(next.Notes, c.Notes) {
			t.Errorf("epoch %d, step %d, notes %v after %d, %d, %v", next.Epoch, next.Step, next.Notes, c.Epoch, c.Step, c.Notes)
		}
		*c = next
	})
	a, b := nn.State(want.Model), nn.State(got.Model)
	for _, n := range a.Names() {
		same(t, n, b.Get(n), a.Get(n))
	}
	if want.Optimizer.LR() != got.Optimizer.LR() || got.Optimizer.LR() == 0.01 {
		t.Errorf("learning rate %v, want %v", got.Optimizer.LR(), want.Optimizer.LR())
	}
	if got.Step != 15 {
		t.Errorf("%d steps", got.Step)
	}
	// The file is one that anybody can read.
	s, err := store.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nn.LoadState(fresh().Model, store.Under(s, "model"), nn.LoadOptions{}); err != nil {
		t.Error(err)
	}
}

// TestResumeGroups: rates that were changed by hand stay.
func TestResumeGroups(t *testing.T) {
	make := func() (store.Checkpoint, *optim.Adam) {
		m := nn.NewSequential(nn.NewLinear(2, 3), nn.NewLinear(3, 1))
		o := optim.NewAdam(nn.Params(m)[:2], optim.AdamOptions{LR: 0.1})
		o.AddGroup(optim.Group{Params: nn.Params(m)[2:], LR: 0.3})
		return store.Checkpoint{Model: m, Optimizer: o, Schedule: optim.NewExponentialLR(o, 0.9)}, o
	}
	c, o := make()
	c.Schedule.Step()
	o.Groups()[1].LR = 0.123
	var b bytes.Buffer
	if err := store.WriteCheckpoint(&b, c); err != nil {
		t.Fatal(err)
	}
	d, p := make()
	if err := store.ReadCheckpoint(bytes.NewReader(b.Bytes()), int64(b.Len()), &d); err != nil {
		t.Fatal(err)
	}
	if p.Groups()[0].LR != o.Groups()[0].LR || p.Groups()[1].LR != 0.123 {
		t.Errorf("rates %v and %v, want %v and 0.123", p.Groups()[0].LR, p.Groups()[1].LR, o.Groups()[0].LR)
	}
}

// TestCheckpointErrors: what does not fit changes nothing and says why.
func TestCheckpointErrors(t *testing.T) {
	file := func(c store.Checkpoint) []byte {
		var b bytes.Buffer
		if err := store.WriteCheckpoint(&b, c); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	full := trained(1, nil)
	bare := full
	bare.Optimizer, bare.Schedule = nil, nil
	unscheduled := full
	unscheduled.Schedule = nil
	weights, err := os.ReadFile("testdata/net.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		file       []byte
		change     func(c *store.Checkpoint)
	}{
		{"weights alone", "a safetensors file without a run; LoadModel reads", weights, func(*store.Checkpoint) {}},
		{"no model", "no Model", file(full), func(c *store.Checkpoint) { c.Model = nil }},
		{"no optimizer", "memory of an optimizer, Adam", file(full), func(c *store.Checkpoint) { c.Optimizer = nil }},
		{"no optimizer in the file", "saved without an optimizer", file(bare), func(*store.Checkpoint) {}},
		{"no schedule", "one side only", file(full), func(c *store.Checkpoint) { c.Schedule = nil }},
		{"no schedule in the file", "one side only", file(unscheduled), func(*store.Checkpoint) {}},
		{"another optimizer", "a state of Adam for SGD", file(full), func(c *store.Checkpoint) {
			c.Optimizer = optim.NewSGD(nn.Params(c.Model), optim.SGDOptions{LR: 1})
		}},
		{"another model", "8×3", file(full), func(c *store.Checkpoint) {
			other := nn.NewSequential(nn.NewLinear(3, 9), nn.NewBatchNorm1d(9, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewDropout(0.3), nn.NewLinear(9, 2))
			c.Model = other
		}},
		{"another model and its optimizer", "[8 3] for a parameter of float32 [9 3]", file(full), func(c *store.Checkpoint) {
			c.Model = nn.NewSequential(nn.NewLinear(3, 9), nn.NewBatchNorm1d(9, nn.BatchNormOptions{}), nn.NewReLU(), nn.NewDropout(0.3), nn.NewLinear(9, 2))
			c.Optimizer = optim.NewAdam(nn.Params(c.Model), optim.AdamOptions{LR: 0.01})
		}},
		{"cut off", "cut off", file(full)[:len(file(full))-1], func(*store.Checkpoint) {}},
	} {
		run := fresh()
		c.change(&run)
		var before *nn.StateDict
		if run.Model != nil {
			before = nn.State(run.Model).Clone()
		}
		offset := dl.DefaultGenerator(dl.StreamInit).Offset()
		err := store.ReadCheckpoint(bytes.NewReader(c.file), int64(len(c.file)), &run)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v\nwant an error with %q", c.name, err, c.want)
		}
		if before != nil {
			for _, n := range before.Names() {
				same(t, c.name+": "+n, nn.State(run.Model).Get(n), before.Get(n))
			}
		}
		if run.Optimizer != nil {
			for _, slot := range run.Optimizer.State().Slots {
				for i, s := range slot {
					if s != nil {
						t.Errorf("%s: the optimizer has a memory of parameter %d", c.name, i)
					}
				}
			}
		}
		if run.Epoch != 0 || dl.DefaultGenerator(dl.StreamInit).Offset() != offset {
			t.Errorf("%s: the run has moved", c.name)
		}
	}
	if err := store.SaveCheckpoint(filepath.Join(t.TempDir(), "x"), store.Checkpoint{}); err == nil || !strings.Contains(err.Error(), "no Model") {
		t.Errorf("no model: %v", err)
	}
	plateau := fresh()
	plateau.Schedule = optim.NewReduceOnPlateau(plateau.Optimizer, optim.PlateauOptions{})
	if err := store.SaveCheckpoint(filepath.Join(t.TempDir(), "x"), plateau); err == nil || !strings.Contains(err.Error(), "ReduceOnPlateau") {
		t.Errorf("a schedule without a place: %v", err)
	}
}
