package session

import (
	"sync"

	"descent/display/live"
	_ "descent/display/render" // how the values of dl show themselves
	"descent/dl/learn"
)

// install connects the compiled packages to the session: training reports to a
// panel, and types that cells declare have the names that the cells gave them.
var install = sync.OnceFunc(func() {
	learn.SetReporter(func() learn.Reporter { return live.NewReporter() })
})
