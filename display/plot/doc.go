// Package plot makes figures for notebooks: curves, points, bars, histograms,
// heat maps, confusion matrices, grids of pictures and saliency maps.
//
//	import "descent/display/plot"
//
//	plot.Line(losses, plot.Options{Title: "Training", XLabel: "step", YLabel: "loss", LogY: true})
//	plot.Curves([]plot.Series{
//		{Name: "train", Y: history.TrainLoss()},
//		{Name: "validation", Y: history.ValLoss()},
//	}, plot.Options{XLabel: "epoch", YLabel: "loss"})
//
// A [Figure] as the last expression of a cell shows itself. Its bundle has the
// picture as SVG inside an <img> with a text that states what the picture shows,
// the same as PNG at twice the size, and the numbers as plain text. The SVG has
// its own background and follows the theme of the page, light or dark, without
// scripts, style sheets of the page or the network, so it looks the same in a
// notebook that is saved, reopened untrusted, or exported.
//
// Series differ in dash and marker as well as in colour, and the colours (after
// Okabe and Ito, and viridis) can be told apart by colour-blind readers. The
// same data gives the same bytes.
//
// It is the only package that uses gonum.org/v1/plot, which sets axes, ticks and
// text, and draws the PNG; nothing of it is in the API. It knows nothing of
// tensors: display/render turns the values of dl into what is taken here.
package plot
