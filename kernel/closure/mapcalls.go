package closure

import "unsafe"

// These are what reflect itself calls: with them a key and a value need no memory of
// their own.

//go:linkname mapAccess reflect.mapaccess
//go:noescape
func mapAccess(t, m, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapAssign reflect.mapassign0
//go:noescape
func mapAssign(t, m, key, elem unsafe.Pointer)
