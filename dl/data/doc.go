// Package data holds datasets and turns them into batches.
//
//	train, val := data.NewTensorDataset(x, y).Normalize(0.5, 0.5).Split(0.9, 1)
//	loader := data.NewLoader(train, data.LoaderOptions{BatchSize: 64, Shuffle: true})
//	for batch := range loader.All() {
//		loss := nn.CrossEntropy(model.Forward(batch.X), batch.Y)
//		…
//	}
//
// A Dataset is anything with Len and Get, a type of your own included. The
// datasets of this package hand over whole batches at once: rows are copied in
// parallel and normalised on the way, so that nothing but the batch is ever
// made. A Loader draws a new order each epoch from its seed alone: the same seed
// gives the same batches on any number of cores, prefetching or not.
//
// Real datasets (MNIST and its relatives) are in package datasets.
package data
