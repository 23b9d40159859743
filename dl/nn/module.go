package nn

import (
	"descent/dl"
)

// Module is anything that turns one tensor into another: a layer, a container of layers, a whole network. A type
// defined in a notebook cell becomes a module by having this one method; its parameters are found by walking its fields
// (see [Params]), so there is nothing to register and nothing to embed.
//
// PyTorch: nn.Module.
type Module interface {
	Forward(x *dl.Tensor) *dl.Tensor
}

// Func is a function that serves as a module, for steps that have no parameters:
//
//	nn.NewSequential(conv, nn.Func(func(x *dl.Tensor) *dl.Tensor { return x.Flatten(1) }), head)
type Func func(x *dl.Tensor) *dl.Tensor

// Forward calls f.
func (f Func) Forward(x *dl.Tensor) *dl.Tensor { return f(x) }

// String names the kind of module.
func (f Func) String() string { return "Func" }

// Loss compares what a model gave with what it should have given and returns a scalar. [CrossEntropy] is one. It is an
// alias, so that any function of this type is a Loss without conversion.
type Loss = func(output, target *dl.Tensor) *dl.Tensor

// Mode says whether a module trains or is being evaluated. [Dropout] and the batch norms embed it; a module of one's own
// that behaves differently in training embeds it as well and asks [Mode.Training]. [Train] and [Eval] find it by walking
// the fields. The zero value is training.
type Mode struct{ eval bool }

// Training reports whether the module is in training mode, as it is until [Eval] is called.
//
// PyTorch: nn.Module.training.
func (m *Mode) Training() bool { return !m.eval }

// SetTraining sets the mode of this module alone.
func (m *Mode) SetTraining(on bool) { m.eval = !on }

// Train puts every module below m into training mode: dropout drops and batch norm uses the statistics of the batch.
//
// PyTorch: nn.Module.train().
func Train(m Module) { setTraining(m, true) }

// Eval puts every module below m into evaluation mode: dropout does nothing and batch norm uses its running statistics.
//
// PyTorch: nn.Module.eval().
func Eval(m Module) { setTraining(m, false) }

// IsTraining reports whether m trains: false when any module below it is in evaluation mode. A model without a module
// that knows a mode is always training.
func IsTraining(m Module) bool {
	training := true
	w := walker{mode: func(md *Mode) { training = training && md.Training() }}
	w.root(m)
	return training
}

func setTraining(m Module, on bool) {
	w := walker{mode: func(md *Mode) {
		if md.Training() != on { // written only on change, so that replicas may share a model in evaluation mode
			md.SetTraining(on)
		}
	}}
	w.root(m)
}

// InEval runs f with m in evaluation mode and then puts every module back into the mode it was in, however f ends. It is
// for looking at a model in the middle of its training.
func InEval(m Module, f func()) {
	var training []*Mode
	w := walker{mode: func(md *Mode) {
		if md.Training() {
			training = append(training, md)
			md.SetTraining(false)
		}
	}}
	w.root(m)
	defer func() {
		for _, md := range training {
			md.SetTraining(true)
		}
	}()
	f()
}

// NamedParam is a tensor of a model under the path of the field that holds it, for example "fc1.weight".
type NamedParam struct {
	Name   string
	Tensor *dl.Tensor
}

// NamedParams returns the parameters of m in the order of its fields, each once, with their paths. A parameter is a tensor
// made by [dl.NewParameter], which the layers of this package do for their weights, or a leaf that requires a gradient.
// Frozen parameters are among them. Fields are followed whatever their case, through pointers, interfaces, structs, slices,
// arrays and maps (in the order of their keys).
//
// PyTorch: nn.Module.named_parameters().
func NamedParams(m Module) []NamedParam {
	var out []NamedParam
	w := walker{tensor: func(path string, t *dl.Tensor, buffer bool) {
		if !buffer {
			out = append(out, NamedParam{path, t})
		}
	}}
	w.root(m)
	return out
}

// Params returns the parameters of m in the order of its fields, each once. It is what an optimizer takes:
//
//	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{})
//
// PyTorch: nn.Module.parameters().
func Params(m Module) []*dl.Tensor {
	named := NamedParams(m)
	out := make([]*dl.Tensor, len(named))
	for i, p := range named {
		out[i] = p.Tensor
	}
	return out
}

// NamedBuffers returns the tensors of m that belong to its state but are not trained, such as the running statistics of
// batch norm: fields with the tag `nn:"name,buffer"`.
//
// PyTorch: nn.Module.named_buffers().
func NamedBuffers(m Module) []NamedParam {
	var out []NamedParam
	w := walker{tensor: func(path string, t *dl.Tensor, buffer bool) {
		if buffer {
			out = append(out, NamedParam{path, t})
		}
	}}
	w.root(m)
	return out
}

// NumParams counts the numbers in the parameters of m.
func NumParams(m Module) int {
	n := 0
	for _, p := range Params(m) {
		n += p.Numel()
	}
	return n
}

// ZeroGrad forgets the gradients of all parameters of m.
//
// PyTorch: nn.Module.zero_grad().
func ZeroGrad(m Module) {
	for _, p := range Params(m) {
		p.ZeroGrad()
	}
}

// Walk calls f for m (with an empty path) and for every module below it, parents first, in the order of the fields. A
// module that is reached twice is visited once. Struct types defined in a cell are walked through; they are visited
// themselves where the model holds them as a [Module].
//
// PyTorch: nn.Module.named_modules().
func Walk(m Module, f func(path string, m Module)) {
	w := walker{module: f}
	w.root(m)
}
