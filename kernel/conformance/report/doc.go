// Package report measures a built kernel and tries to break it, and says of every
// row whether it is as good as it should be:
//
//	failed := report.Run(os.Stdout, "/path/to/descent")
//
// prints latencies, what happens to floods of output, the interrupt matrix and the
// crash matrix, each with the compilation of functions and loops on and off. Rows
// named "function:" are about functions and loops that are compiled where that is on.
//
// `descent doctor --conformance` is this report for the installed program. It needs
// neither Python nor the Go toolchain.
//
// It does not check what cells compute: the tests of the packages cell and session
// do.
package report
