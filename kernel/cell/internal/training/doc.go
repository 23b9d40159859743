// Package training holds the test that runs the cells of the first notebook: the
// cell compiler together with the tensor library, without the kernel around them.
package training
