// Package session is one Go session: it runs cells in order, owns their state and
// sends what they say and show over a link.
//
//	conn, err := link.Inherited()
//	err = session.Serve(conn, session.Options{})
//
// Serve answers completion, inspection and is_complete while a cell runs. What a
// cell prints is sent as streams, in order with what it displays; goroutines that
// outlive their cell still print under it, below one line that says so. An error, a
// panic, os.Exit, a stack overflow and an interrupt end the cell and leave the
// session with its state. A cell that certainly waits for ever is told so, and waits
// on.
//
// It does not know ZeroMQ or Jupyter's envelopes (the front has them), and it
// leaves the file descriptors 1 and 2 to the front: it redirects os.Stdout,
// os.Stderr and the tables' fmt.Print alone.
package session
