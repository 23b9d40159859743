package cell

// delta is what a compiled cell changes in the session.
type delta struct{}
