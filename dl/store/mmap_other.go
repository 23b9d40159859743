//go:build !linux && !darwin

package store

import "os"

// mapping cannot map files here.
func mapping(*os.File, int64) ([]byte, bool) { return nil, false }
