//go:build !linux

package main

import "time"

// threadTime is the processor time of the thread where that can be asked for,
// else wall time.
func threadTime() time.Duration { return time.Since(started) }
