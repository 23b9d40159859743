package rt

import (
	"runtime"
	"sync"
	"testing"
)

func TestGoID(t *testing.T) {
	if goidAt == 0 && (runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64") {
		t.Error("the number of a goroutine is read from its stack: the place is not known")
	}
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			for depth := range 3 {
				deeper(depth*500, func() {
					if got, want := GoID(), printedID(); got != want {
						t.Errorf("goroutine %d calls itself %d", want, got)
					}
				})
			}
		})
	}
	wg.Wait()
}

func deeper(n int, f func()) {
	if n == 0 {
		f()
		return
	}
	deeper(n-1, f)
}
