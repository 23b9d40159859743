// Package magic runs the lines of a cell that are not Go: %name, !command and
// name?.
//
// They stand at the head of a cell; what follows them is Go again:
//
//	%time
//	model.Forward(x)
//
// A registry holds the commands by name. Each is a function of its arguments and
// of a Host, the session; a new one is one call of Register.
//
//	r := magic.New(host)
//	r.Register(magic.Command{Name: "hello", Help: "greets", Run: greet})
//	rest, done, err := r.Run(code)
//
// It does not compile Go: the host does.
package magic
