// Package origin lets the layers of package nn tell package dl where operations
// came from, for reports of the first NaN: dl cannot know layers, and what a user
// should not need is not exported from dl.
package origin

// Moment is the age of the newest node of the graph: nodes that are made later
// have a higher one. Package dl sets it.
var Moment = func() uint64 { return 0 }

// Watching reports whether origins are wanted. Package dl sets it.
var Watching = func() bool { return false }

// Mark says that the nodes behind result, a *dl.Tensor, that are younger than
// since and have no layer yet, belong to a layer. Package dl sets it.
var Mark = func(result any, since uint64, layer string) {}
