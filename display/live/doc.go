// Package live shows a training run while it goes on.
//
// A session installs it once, and every Fit without a reporter of its own has a
// panel under its cell:
//
//	learn.SetReporter(live.NewReporter)
//
// The panel is one output that is rewritten in place, at most four times a
// second however fast the steps are, of the same height from the first frame to
// the last: a bar with its rate and the time left, the last and the best values,
// the curves so far, a table of the epochs. What remains in the notebook is a
// static picture with the final values, and for a run that was interrupted or
// failed, where it stopped. No script and no widget is involved, so the panel
// looks the same in a saved notebook, and the text of it stands alone.
//
// It does not train, and it holds nothing that training needs: a panel that
// cannot be drawn is given up silently.
package live
