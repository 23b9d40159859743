// Package report measures a built kernel and tries to break it, and says of every
// row whether it is as good as it should be:
//
//	failed := report.Run(os.Stdout, "/path/to/descent")
//
// prints how many feature scripts and programs of the tests print what compiled Go
// prints, latencies beside those of ipykernel if there is one, what happens to floods of output, the interrupt matrix and the
// crash matrix, each with the compilation of functions and loops on and off. Rows
// named "function:" are about functions and loops that are compiled where that is on.
//
// `descent doctor --conformance` is this report for the installed program. It needs
// neither Python nor the Go toolchain: the scripts and programs are embedded, with
// what compiled Go has printed.
package report
