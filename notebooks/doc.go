// Package notebooks holds the tutorials, saved executed, and the test that
// runs them as a reader would: with a real client, on the installed kernel.
//
//	01-first-network.ipynb   train a network on MNIST, look at what it learnt
//
// A tutorial is saved as this command leaves it, run with the kernel installed:
//
//	jupyter execute --inplace --NotebookClient.record_timing=False --NotebookClient.coalesce_streams=True notebooks/*.ipynb
//
// Each tutorial states its results in its output; the test asserts them
// against the bands that the reference gives.
package notebooks
