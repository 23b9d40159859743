// Package display is what appears under a cell.
//
// A value shows itself as a [Bundle]: the same thing in several MIME types, of
// which a front-end picks the one it draws best. Every bundle has a text/plain
// that can stand alone, so a terminal, a diff and a screen reader get the
// numbers too, and nothing in a bundle needs a script or the network.
//
//	display.Show(history)                      // any value, as well as it can be shown
//	display.Show(display.Markdown("**done**"))
//
//	h := display.NewHandle("starting")         // one output that is rewritten in place
//	for i := range 100 {
//		h.Update(fmt.Sprintf("%d %%", i))
//	}
//
// [Render] decides how a value is shown: its own MIMEBundle method first, then
// the renderers that packages have registered with [Register], then what the
// value is (image, error, Stringer, rows of a table), and Go syntax last.
// It never panics, whatever the methods of the value do.
//
// Where the bundles go is decided by a [Sink]. A notebook session installs its
// own; without one, text/plain is printed to standard output, so a program
// exported from a notebook still says what it has to say.
//
// Figures are in display/plot, the training panel in display/live, and the way
// tensors, histories and models show themselves in display/render. This package
// knows nothing of them, of dl or of the kernel.
package display
