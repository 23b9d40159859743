// Package front is the process that Jupyter starts: it holds the sockets,
// answers what needs no interpreter, and looks after the session process, in
// which the cells run.
//
//	info, err := wire.ReadConnectionFile(path)
//	err = front.Run(ctx, front.Options{
//		Info:    info,
//		Session: func() *exec.Cmd { return exec.Command(exe, "session") },
//	})
//
// The front never runs user code. A cell that takes its process with it is
// reported under the cell with the reason, a fresh session is started, and
// the next cell is answered. Control messages and the heartbeat never wait
// for a cell; completion, inspection and is_complete go to the session while
// a cell runs.
//
// The package does not know how a cell is run: it speaks to the session in
// the messages of package link.
package front
