package nn

import "descent/dl"

// CrossEntropy is the loss of a classifier: the mean negative logarithm of the probability of the true class. It takes raw
// scores; the softmax is part of it.
//
//	output [N, classes] or [N, classes, d…]
//	target [N] or [N, d…] of class indices (Int64), or probabilities of the output's shape
//
// Options, such as class weights and label smoothing, are in [CrossEntropyWith].
//
// PyTorch: nn.CrossEntropyLoss.
func CrossEntropy(output, target *dl.Tensor) *dl.Tensor {
	return dl.CrossEntropy(output, target, dl.CrossEntropyOptions{})
}

// CrossEntropyWith returns [CrossEntropy] with options, as a [Loss]:
//
//	loss := nn.CrossEntropyWith(dl.CrossEntropyOptions{LabelSmoothing: 0.1})
func CrossEntropyWith(o dl.CrossEntropyOptions) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor { return dl.CrossEntropy(output, target, o) }
}

// NLL is [CrossEntropy] for a model that gives log-probabilities, as one that ends in [LogSoftmax].
//
// PyTorch: nn.NLLLoss.
func NLL(output, target *dl.Tensor) *dl.Tensor {
	return dl.NLLLoss(output, target, dl.CrossEntropyOptions{})
}

// NLLWith returns [NLL] with options, as a [Loss].
func NLLWith(o dl.CrossEntropyOptions) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor { return dl.NLLLoss(output, target, o) }
}

// MSE is the mean squared error. Output and target have the same shape.
//
// PyTorch: nn.MSELoss.
func MSE(output, target *dl.Tensor) *dl.Tensor { return dl.MSELoss(output, target, dl.ReduceMean) }

// L1 is the mean absolute error. Output and target have the same shape.
//
// PyTorch: nn.L1Loss.
func L1(output, target *dl.Tensor) *dl.Tensor { return dl.L1Loss(output, target, dl.ReduceMean) }

// Huber is the mean of half the squared error where that error is at most 1, and of the absolute error less ½ beyond.
//
// PyTorch: nn.HuberLoss.
func Huber(output, target *dl.Tensor) *dl.Tensor {
	return dl.HuberLoss(output, target, 1, dl.ReduceMean)
}

// HuberWith returns [Huber] that changes from squared to absolute error at delta, as a [Loss].
func HuberWith(delta float64) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor {
		return dl.HuberLoss(output, target, delta, dl.ReduceMean)
	}
}

// SmoothL1 is [Huber] under its other name: the two agree where they change over at 1.
//
// PyTorch: nn.SmoothL1Loss.
func SmoothL1(output, target *dl.Tensor) *dl.Tensor {
	return dl.SmoothL1Loss(output, target, 1, dl.ReduceMean)
}

// SmoothL1With returns [SmoothL1] that changes over at beta, as a [Loss].
func SmoothL1With(beta float64) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor {
		return dl.SmoothL1Loss(output, target, beta, dl.ReduceMean)
	}
}

// BCE is the mean cross-entropy of two classes. The output holds probabilities, as after a [Sigmoid]; output and target have
// the same shape. [BCEWithLogits] is the safer form.
//
// PyTorch: nn.BCELoss.
func BCE(output, target *dl.Tensor) *dl.Tensor {
	return dl.BCELoss(output, target, dl.BCEOptions{})
}

// BCEWithLogits is the mean cross-entropy of two classes from raw scores; the sigmoid is part of it. Output and target have
// the same shape.
//
// PyTorch: nn.BCEWithLogitsLoss.
func BCEWithLogits(output, target *dl.Tensor) *dl.Tensor {
	return dl.BCEWithLogits(output, target, dl.BCEOptions{})
}

// BCEWithLogitsWith returns [BCEWithLogits] with options, such as the weight of positive targets, as a [Loss].
func BCEWithLogitsWith(o dl.BCEOptions) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor { return dl.BCEWithLogits(output, target, o) }
}

// KLDiv is the Kullback–Leibler divergence, averaged over the batch: output holds log-probabilities, target
// probabilities, both [N, …].
//
// PyTorch: nn.KLDivLoss(reduction="batchmean").
func KLDiv(output, target *dl.Tensor) *dl.Tensor {
	return dl.KLDiv(output, target, dl.KLDivOptions{BatchMean: true})
}
