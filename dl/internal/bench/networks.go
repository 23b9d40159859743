package main

import (
	"descent/dl"
	"descent/dl/nn"
	"descent/dl/optim"
)

func convnet() nn.Module {
	return nn.NewSequential(nn.NewConv2d(1, 32, 3, nn.Conv2dOptions{}), nn.NewReLU(),
		nn.NewConv2d(32, 64, 3, nn.Conv2dOptions{}), nn.NewReLU(),
		nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewDropout(0.25), nn.NewFlatten(),
		nn.NewLinear(9216, 128), nn.NewReLU(), nn.NewDropout(0.5), nn.NewLinear(128, 10))
}

func lenet() nn.Module {
	return nn.NewSequential(nn.NewConv2d(1, 6, 5, nn.Conv2dOptions{Padding: 2}), nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}),
		nn.NewConv2d(6, 16, 5, nn.Conv2dOptions{}), nn.NewReLU(), nn.NewMaxPool2d(2, nn.MaxPool2dOptions{}), nn.NewFlatten(),
		nn.NewLinear(400, 120), nn.NewReLU(), nn.NewLinear(120, 84), nn.NewReLU(), nn.NewLinear(84, 10))
}

// resBlock is the basic block of a residual network.
type resBlock struct {
	c1, c2   *nn.Conv2d
	b1, b2   *nn.BatchNorm2d
	shortcut *nn.Sequential // nil where the input can be added as it is
}

func newResBlock(in, out, stride int) *resBlock {
	b := &resBlock{
		c1: nn.NewConv2d(in, out, 3, nn.Conv2dOptions{Stride: stride, Padding: 1, NoBias: true}), b1: nn.NewBatchNorm2d(out, nn.BatchNormOptions{}),
		c2: nn.NewConv2d(out, out, 3, nn.Conv2dOptions{Padding: 1, NoBias: true}), b2: nn.NewBatchNorm2d(out, nn.BatchNormOptions{}),
	}
	if stride != 1 || in != out {
		b.shortcut = nn.NewSequential(nn.NewConv2d(in, out, 1, nn.Conv2dOptions{Stride: stride, NoBias: true}), nn.NewBatchNorm2d(out, nn.BatchNormOptions{}))
	}
	return b
}

func (b *resBlock) Forward(x *dl.Tensor) *dl.Tensor {
	y := b.b1.Forward(b.c1.Forward(x)).ReLU()
	y = b.b2.Forward(b.c2.Forward(y))
	if b.shortcut != nil {
		x = b.shortcut.Forward(x)
	}
	return y.Add(x).ReLU()
}

// resnet18 is ResNet-18 as it is used on pictures of 32×32.
type resnet18 struct {
	body *nn.Sequential
	head *nn.Linear
}

func newResNet18() *resnet18 {
	body := nn.NewSequential(nn.NewConv2d(3, 64, 3, nn.Conv2dOptions{Padding: 1, NoBias: true}), nn.NewBatchNorm2d(64, nn.BatchNormOptions{}), nn.NewReLU())
	in := 64
	for _, out := range []int{64, 128, 256, 512} {
		stride := 2
		if out == 64 {
			stride = 1
		}
		body.Append(newResBlock(in, out, stride)).Append(newResBlock(out, out, 1))
		in = out
	}
	return &resnet18{body, nn.NewLinear(512, 10)}
}

func (m *resnet18) Forward(x *dl.Tensor) *dl.Tensor {
	return m.head.Forward(m.body.Forward(x).Mean(2, 3))
}

// charGPT is a language model of characters: 4 layers of 128 features that
// see 128 characters.
type charGPT struct {
	letters *nn.Embedding
	places  *nn.LearnedPositions
	body    *nn.TransformerEncoder
	head    *nn.Linear
}

const characters = 65

func newCharGPT() *charGPT {
	return &charGPT{nn.NewEmbedding(characters, 128), nn.NewLearnedPositions(128, 128, nn.PositionOptions{BatchFirst: true}),
		nn.NewTransformerEncoder(128, 4, 4, nn.TransformerOptions{FeedForward: 512, GELU: true, NormFirst: true, FinalNorm: true, BatchFirst: true}),
		nn.NewLinearWith(128, characters, nn.LinearOptions{NoBias: true})}
}

func (m *charGPT) Forward(x *dl.Tensor) *dl.Tensor {
	z := m.body.Encode(m.places.Forward(m.letters.Forward(x)), nn.AttendOptions{Causal: true})
	return m.head.Forward(z).Reshape(-1, characters)
}

// stepOf returns one training step of a network on one batch.
func stepOf(m nn.Module, o optim.Optimizer, x, y *dl.Tensor) func() {
	return func() {
		o.ZeroGrad()
		nn.CrossEntropy(m.Forward(x), y).Backward()
		o.Step()
	}
}

// digits is a batch for networks that read MNIST.
func digits() (x, y *dl.Tensor) { return dl.Rand(64, 1, 28, 28), dl.RandInt(0, 10, 64) }

// steps are training steps, by the names that peer_torch.py knows them by.
var steps = map[string]func() func(){
	"article": func() func() { return digitStep(newSimpleNN()) },
	"lenet":   func() func() { return digitStep(lenet()) },
	"convnet": func() func() { return digitStep(convnet()) },
	"resnet": func() func() {
		m := newResNet18()
		return stepOf(m, optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.001}), dl.Rand(32, 3, 32, 32), dl.RandInt(0, 10, 32))
	},
	"gpt": func() func() {
		m := newCharGPT()
		return stepOf(m, optim.NewAdamW(nn.Params(m), optim.AdamOptions{LR: 0.001}), dl.RandInt(0, characters, 16, 128), dl.RandInt(0, characters, 16*128))
	},
	"lstm": func() func() { return sequenceStep(nn.NewLSTM(32, 128, nn.RecurrentOptions{BatchFirst: true}), 32) },
	"gru":  func() func() { return sequenceStep(nn.NewGRU(32, 128, nn.RecurrentOptions{BatchFirst: true}), 32) },
	"encoder": func() func() {
		return sequenceStep(nn.NewTransformerEncoder(128, 4, 2, nn.TransformerOptions{FeedForward: 512, Dropout: 0.1, BatchFirst: true}), 128)
	},
}

func digitStep(m nn.Module) func() {
	x, y := digits()
	return stepOf(m, optim.NewAdam(nn.Params(m), optim.AdamOptions{LR: 0.001}), x, y)
}

// sequenceStep returns forward and backward of a network on sequences of 64
// in a batch of 32.
func sequenceStep(m nn.Module, features int) func() {
	x := dl.Rand(32, 64, features)
	params := nn.Params(m)
	return func() {
		for _, p := range params {
			p.ZeroGrad()
		}
		m.Forward(x).Mean().Backward()
	}
}

// forwardOf returns a forward pass that nothing is recorded of.
func forwardOf(network func() nn.Module, batch int) func() func() {
	return func() func() {
		m := network()
		nn.Eval(m)
		x := dl.Rand(batch, 1, 28, 28)
		return func() { dl.NoGrad(func() { m.Forward(x) }) }
	}
}

func networkRows() []row {
	return []row{
		{name: "net LSTM 32→128, 64 steps, 32", peer: "sequence lstm", prep: steps["lstm"]},
		{name: "net GRU 32→128, 64 steps, 32", peer: "sequence gru", prep: steps["gru"]},
		{name: "net encoder 2×128, 64 steps, 32", peer: "sequence encoder", prep: steps["encoder"]},
		{name: "net char-GPT 4×128, 128 steps, 16", peer: "step gpt", prep: steps["gpt"]},
		{name: "net article step 64", peer: "step article", jax: "article", prep: steps["article"]},
		{name: "net LeNet step 64", peer: "step lenet", prep: steps["lenet"]},
		{name: "net MNIST convnet step 64", peer: "step convnet", jax: "convnet", prep: steps["convnet"]},
		{name: "net ResNet-18 step 32", peer: "step resnet", prep: steps["resnet"]},
		{name: "net article forward 1", peer: "forward article 1", prep: forwardOf(func() nn.Module { return newSimpleNN() }, 1)},
		{name: "net LeNet forward 64", peer: "forward lenet 64", work: 64, unit: "image", prep: forwardOf(lenet, 64)},
		{name: "net MNIST convnet forward 64", peer: "forward convnet 64", work: 64, unit: "image", prep: forwardOf(convnet, 64)},
	}
}
