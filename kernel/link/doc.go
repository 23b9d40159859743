// Package link is the framed protocol between the two processes of the
// kernel: the front, which holds Jupyter's sockets and never runs user code,
// and the session, which runs it.
//
// A [Conn] carries [Message] values in both directions over one inherited
// pair of byte streams. A frame is a length, the type and the request id of
// the message, and a JSON body; the Go types of the bodies are in this
// package too, named after the message they belong to.
//
//	conn.Send(link.New(link.TypeStream, id, link.Stream{Name: "stdout", Text: "hi\n"}))
//
// All output of a request is sent before its reply, so whoever reads the
// connection in order sees the output in order. The package knows nothing of
// ZeroMQ, of Jupyter's envelopes or of the interpreter.
package link
