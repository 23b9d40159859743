package nn

import "descent/dl"

// HingeEmbedding is the mean of the output, a distance, where the target is 1, and of what it lacks to 1 where the target
// is -1. Output and target have the same shape.
//
// PyTorch: nn.HingeEmbeddingLoss.
func HingeEmbedding(output, target *dl.Tensor) *dl.Tensor {
	return dl.HingeEmbeddingLoss(output, target, 1, dl.ReduceMean)
}

// SoftMargin is the mean of log(1 + e^(−target·output)) for targets of 1 and -1. Output and target have the same shape.
//
// PyTorch: nn.SoftMarginLoss.
func SoftMargin(output, target *dl.Tensor) *dl.Tensor {
	return dl.SoftMarginLoss(output, target, dl.ReduceMean)
}

// MultiMargin asks the score of the true class to be above each other one by 1. Output is [N, classes], target [N] of
// class indices.
//
// PyTorch: nn.MultiMarginLoss.
func MultiMargin(output, target *dl.Tensor) *dl.Tensor {
	return dl.MultiMarginLoss(output, target, dl.MultiMarginOptions{})
}

// MultiMarginWith returns [MultiMargin] with options, as a [Loss].
func MultiMarginWith(o dl.MultiMarginOptions) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor { return dl.MultiMarginLoss(output, target, o) }
}

// MultiLabelMargin is [MultiMargin] for several true classes: a row of the target lists them, then -1.
//
// PyTorch: nn.MultiLabelMarginLoss.
func MultiLabelMargin(output, target *dl.Tensor) *dl.Tensor {
	return dl.MultiLabelMarginLoss(output, target, dl.ReduceMean)
}

// MultiLabelSoftMargin is [BCEWithLogits], the mean over the classes first. Output and target are [N, classes].
//
// PyTorch: nn.MultiLabelSoftMarginLoss.
func MultiLabelSoftMargin(output, target *dl.Tensor) *dl.Tensor {
	return dl.MultiLabelSoftMarginLoss(output, target, nil, dl.ReduceMean)
}

// PoissonNLL is the loss of counts whose logarithm of the rate is predicted. Output and target have the same shape.
//
// PyTorch: nn.PoissonNLLLoss.
func PoissonNLL(output, target *dl.Tensor) *dl.Tensor {
	return dl.PoissonNLLLoss(output, target, dl.PoissonNLLOptions{})
}

// PoissonNLLWith returns [PoissonNLL] with options, as a [Loss].
func PoissonNLLWith(o dl.PoissonNLLOptions) Loss {
	return func(output, target *dl.Tensor) *dl.Tensor { return dl.PoissonNLLLoss(output, target, o) }
}
