// Package drive starts a built kernel and talks to it as a Jupyter client does,
// over ZeroMQ and without Python. Reports and tests of the whole kernel are
// written with it.
//
//	k, err := drive.Start("/path/to/descent")
//	r, err := k.Run("1 + 2", time.Minute)
//	fmt.Println(r.Result, r.Took) // 3, from the request to idle
//	k.Close()
//
// It is no client library: a Kernel serves one goroutine, and what arrives for
// nobody is dropped.
package drive
