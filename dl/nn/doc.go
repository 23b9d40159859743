// Package nn has the layers that networks are built of, the losses they are trained by, and what is done with a whole
// network: listing its parameters, switching between training and evaluation, saving and loading its state, summing it up.
//
// A network is a struct with a Forward method; its parameters are found in its fields:
//
//	type SimpleNN struct {
//		fc1, fc2 *nn.Linear
//	}
//
//	func (m *SimpleNN) Forward(x *dl.Tensor) *dl.Tensor {
//		x = m.fc1.Forward(x.Flatten(1)).ReLU()
//		return m.fc2.Forward(x)
//	}
//
//	model := &SimpleNN{fc1: nn.NewLinear(28*28, 128), fc2: nn.NewLinear(128, 10)}
//	optimizer := optim.NewAdam(nn.Params(model), optim.AdamOptions{LR: 0.001})
//	loss := nn.CrossEntropy(model.Forward(x), y)
//	loss.Backward()
//	optimizer.Step()
//
// The same network as a chain of layers:
//
//	model := nn.NewSequential(nn.NewFlatten(), nn.NewLinear(28*28, 128), nn.NewReLU(), nn.NewLinear(128, 10))
//
// Layers whose work takes or gives more than one tensor have a method for that beside Forward: [LSTM.Run] with states,
// [MultiheadAttention.Attend] with queries, keys, values and masks, [TransformerEncoder.Encode] with masks.
//
// Layers follow PyTorch in names, defaults and first values. A layer that is misused panics with a [*dl.Error] that names the
// layer by its place in the network ("fc2: Linear(128→10)"; places are known once [Params], [Walk] or [Summary] has seen
// the network), the shape it got and the shape it wants.
//
// A field tag changes how a field counts: `nn:"name"` renames it, `nn:"name,buffer"` makes a tensor part of the state
// without training it, `nn:"."` names what is inside a struct as if it stood in the struct around it, `nn:"-"` leaves the
// field out.
//
// The package does not train: optimizers are in package optim, the training loop is yours or that of package learn.
// The operations behind the layers are functions of package dl.
package nn
