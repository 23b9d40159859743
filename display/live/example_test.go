package live_test

import (
	"descent/display/live"
	"descent/dl/learn"
)

// A session does this once; every Fit after it shows a panel under its cell.
func ExampleNewReporter() {
	learn.SetReporter(live.NewReporter)
	defer learn.SetReporter(nil)
	// Output:
}
