package rt

import "fmt"

// runtimeError is a panic value with the text and the type of one of the Go
// runtime's own.
type runtimeError string

func plainError(s string) runtimeError { return runtimeError(s) }

func plainErrorf(format string, args ...any) runtimeError {
	return runtimeError(fmt.Sprintf(format, args...))
}

// Error returns the text with which a compiled program would die.
func (e runtimeError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks the type as runtime.Error.
func (e runtimeError) RuntimeError() {}
