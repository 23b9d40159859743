// Package datasets brings real data, each set with a card that says where it
// comes from, under which licence, and what accuracy others reach on it.
//
//	train, test := datasets.MNIST()
//	fmt.Println(datasets.MNISTCard())
//
// The files are part of the program: nothing is downloaded. Their checksums are
// verified when a set is decoded, once a process.
package datasets
