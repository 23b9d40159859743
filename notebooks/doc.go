// Package notebooks holds the tutorials, saved executed, and the test that
// runs them as a reader would: with a real client, on the installed kernel.
//
//	01-first-network.ipynb   train a network on MNIST, look at what it learnt
//
// save.py runs tutorials with the installed kernel and saves them as they are
// kept here, with their outputs.
//
// Each tutorial states its results in its output; the test asserts them
// against the bands that the reference gives.
package notebooks
