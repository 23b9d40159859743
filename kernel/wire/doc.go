// Package wire speaks Jupyter's messages over the five sockets of a kernel:
// shell, control and stdin (ROUTER), iopub (XPUB) and heartbeat (REP).
//
//	info, err := wire.ReadConnectionFile(path)
//	ep, err := wire.Listen(info, wire.Options{
//		Handle: func(m *wire.Message) { … ep.Reply(m, "kernel_info_reply", content) … },
//	})
//	ep.Publish("status", m.RawHeader, map[string]string{"execution_state": "busy"})
//
// It is built on the handshake and the connection of go-zeromq/zmq4 but not on
// its sockets, whose accept loop, writer and reader are shared by all clients.
// Here every connection is on its own: a handshake with a deadline, a reader
// that checks sizes before it allocates and signatures before it decodes, and
// a writer behind a queue that is bounded in bytes. What a peer does wrong
// ends in a log line and, at worst, in the loss of its connection; no other
// client notices.
//
// Nothing that is published is dropped for a client that still reads, however
// late: see [Endpoint.WaitRoom] for how the source is held back.
//
// The package listens on loopback only and knows no encryption.
package wire
