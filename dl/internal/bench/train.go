package main

import (
	"fmt"
	"time"

	"descent/dl"
	"descent/dl/data"
	"descent/dl/learn"
	"descent/dl/nn"
	"descent/dl/optim"
)

// contender trains the article's network on MNIST.
type contender struct {
	name  string
	epoch func() (time.Duration, error)
	model nn.Module // ours
	sum   time.Duration
}

// train runs epochs of the article's training on the full MNIST, ours and the
// peers' in turns, and prints the time of each and what ours learned.
func train(o *options, torch, jax *peer) error {
	trainSet, err := loadMNIST(o.mnist, "train")
	if err != nil {
		return err
	}
	testSet, err := loadMNIST(o.mnist, "t10k")
	if err != nil {
		return err
	}
	all := []*contender{eager(trainSet), byTrainer(trainSet)}
	add := func(name string, p *peer, work string) {
		if p != nil {
			all = append(all, &contender{name: name, epoch: func() (time.Duration, error) {
				return p.measure(work+" "+o.mnist, time.Microsecond)
			}})
		}
	}
	add("torch", torch, "mnist_epoch")
	add("torch, fused Adam", torch, "mnist_epoch_fused")
	if o.loader {
		add("torch with its loader", torch, "mnist_loader")
	}
	add("jax by steps", jax, "mnist_steps")
	add("jax, one scan", jax, "mnist_scan")

	fmt.Printf("\nthe article's training on MNIST, batch 64, Adam: seconds of each of %d epochs\n", o.epochs)
	for _, c := range all {
		fmt.Printf("%22s", c.name)
	}
	fmt.Println()
	for range o.epochs {
		for _, c := range all {
			d, err := c.epoch()
			if err != nil {
				return err
			}
			c.sum += d
			fmt.Printf("%20.3f s", d.Seconds())
		}
		fmt.Println()
	}
	for _, c := range all[2:] {
		fmt.Printf("eager loop / %s: %.3f, Trainer / %s: %.3f\n", c.name, all[0].sum.Seconds()/c.sum.Seconds(),
			c.name, all[1].sum.Seconds()/c.sum.Seconds())
	}
	for _, c := range all[:2] {
		loader := data.NewLoader(testSet.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 1000})
		fmt.Printf("%s: test accuracy %.4f\n", c.name, learn.Evaluate(c.model, loader, nn.CrossEntropy, nil).Accuracy())
	}
	return nil
}

// eager is the loop as the article writes it.
func eager(set *data.TensorDataset) *contender {
	dl.ManualSeed(1)
	model := newSimpleNN()
	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})
	loader := data.NewLoader(set.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 64, Shuffle: true})
	return &contender{name: "eager loop", model: model, epoch: func() (time.Duration, error) {
		start := time.Now()
		var loss *dl.Tensor
		for batch := range loader.All() {
			optimizer.ZeroGrad()
			loss = nn.CrossEntropy(model.Forward(batch.X), batch.Y)
			loss.Backward()
			optimizer.Step()
		}
		loss.Item()
		return time.Since(start), nil
	}}
}

// byTrainer is the same by learn.Trainer.
func byTrainer(set *data.TensorDataset) *contender {
	dl.ManualSeed(1)
	model := newSimpleNN()
	trainer := learn.NewTrainer(model, optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001}), nn.CrossEntropy)
	loader := data.NewLoader(set.Normalize(0.5, 0.5), data.LoaderOptions{BatchSize: 64, Shuffle: true})
	return &contender{name: "Trainer", model: model, epoch: func() (time.Duration, error) {
		start := time.Now()
		trainer.Fit(loader, learn.FitOptions{})
		return time.Since(start), nil
	}}
}
