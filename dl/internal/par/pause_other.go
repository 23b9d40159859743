//go:build !amd64

package par

// pause passes some n·10 ns.
//
//go:noinline
func pause(n int) {
	for range 10 * n {
	}
}
