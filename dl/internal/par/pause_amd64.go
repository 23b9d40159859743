package par

// pause runs n PAUSE instructions.
//
//go:noescape
func pause(n int)
