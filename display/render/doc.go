// Package render is how the values of dl show themselves under a cell.
//
// Importing it is enough: it registers itself with display, and from then on a
// tensor, a training history, a confusion matrix, an attribution, a model's
// summary, a batch or a dataset of pictures, a set of mistakes as the last
// expression of a cell is drawn or tabulated.
//
//	history                                                   // its curves
//	learn.Confusion(model, testLoader, testSet.Classes)       // a coloured matrix
//	explain.Saliency(model, x, y)                             // pictures and heat maps
//
// The functions make the same figures with options of one's own:
//
//	render.Images(x, render.ImagesOptions{Titles: names, Columns: 5})
//	render.Predictions(model, batch.X, batch.Y, testSet.Classes)
//	render.Weights(model.fc1.Weight, "fc1.weight")
//
// It is the room where display meets dl; drawing itself is in display/plot.
package render
