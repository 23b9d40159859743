// Package goid names the running goroutine, so that dl can keep the gradient
// mode of each goroutine apart.
//
// The name is the address of the runtime's record of the goroutine. It is
// unique among live goroutines and stays the same while a goroutine lives; it
// may be used again after the goroutine ended. It is no key for long-lived
// state, only for state that is removed before the goroutine's call returns.
package goid
