// Package store saves tensors to files and reads them back: safetensors, NumPy's
// .npy and .npz, the .pth and .pt files of PyTorch (reading), and checkpoints of
// whole runs.
//
//	err := store.SaveModel("digits.safetensors", model)
//	…
//	report, err := store.LoadModel("digits.safetensors", model, nn.LoadOptions{})
//
// Named tensors are an nn.StateDict, the state of a model; [Load] finds out by
// itself what kind of file it has. [SaveCheckpoint] keeps the optimizer, the
// epoch and the random generators too, and a run that is taken up from there
// computes the same numbers as one that never stopped. [MapSafetensors] opens
// files of any size at once.
//
//	safetensors  all types; exact; the choice for weights
//	.npz, .npy   all types but bfloat16; for NumPy
//	.pth, .pt    read only, without running the program that such a file is
//
// Files are data from elsewhere: readers check what a header says against what is
// there before they allocate memory for it, run nothing, and return errors that
// say what was found, what was expected and what to do. Files are written as a
// whole or not at all.
//
// It does not read ONNX or TensorFlow files, and downloads nothing.
package store
