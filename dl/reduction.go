package dl

// Reduction says what a loss function does with the losses of the elements.
type Reduction uint8

const (
	ReduceMean Reduction = iota // their mean, the default
	ReduceSum                   // their sum
	ReduceNone                  // nothing: the result has the shape of the input
)

// String returns PyTorch's name of the reduction: "mean", "sum" or "none".
func (r Reduction) String() string {
	switch r {
	case ReduceSum:
		return "sum"
	case ReduceNone:
		return "none"
	default:
		return "mean"
	}
}
