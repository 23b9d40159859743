//go:build !amd64 && !arm64

package main

func fma(turns int) {}

func fmaWork(turns int) float64 { return 0 }
