package gemm

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"
	"unsafe"

	"descent/dl/internal/par"
)

func TestRooms(t *testing.T) {
	for _, n := range []int{0, roomWorth - 1, roomLen + 1} {
		if r := takeRoom(n); r != nil {
			t.Errorf("a room for %d floats", n)
			giveRoom(r)
		}
	}
	seen := map[*float32]bool{}
	var all [][]float32
	for {
		r := takeRoom(roomLen)
		if r == nil {
			break
		}
		if at := uintptr(unsafe.Pointer(&r[0])); at%largePage != 0 || len(r) != roomLen {
			t.Errorf("a room of %d floats at %#x", len(r), at)
		}
		if seen[&r[0]] {
			t.Fatal("a room was given out twice")
		}
		seen[&r[0]] = true
		r[0], r[roomLen-1] = 1, 2
		all = append(all, r)
	}
	if len(all) > roomMost {
		t.Errorf("%d rooms", len(all))
	}
	for _, r := range all {
		giveRoom(r)
	}
	if r := takeRoom(roomLen); r == nil && len(all) > 0 {
		t.Error("no room after they were given back")
	} else {
		giveRoom(r)
	}
}

// TestRoomOrHeap multiplies with packed operands in a room and, when all
// rooms are taken, in the heap.
func TestRoomOrHeap(t *testing.T) {
	const m, n, k = 301, 517, 700
	r := rand.New(rand.NewPCG(3, 4))
	random := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		return x
	}
	a, b := random(k*m), random(n*k)
	multiply := func() []float32 {
		c := make([]float32, m*n)
		Sgemm(true, true, m, n, k, 1, a, m, b, k, 0, c, n)
		return c
	}
	want := multiply()
	var all [][]float32
	for r := takeRoom(roomLen); r != nil; r = takeRoom(roomLen) {
		all = append(all, r)
	}
	got := multiply()
	for _, r := range all {
		giveRoom(r)
	}
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("element %d is %v in the heap, %v in a room", i, got[i], want[i])
		}
	}
}

// TestStoppedGivesRoomBack stops products more often than there are rooms.
func TestStoppedGivesRoomBack(t *testing.T) {
	if !useVector() {
		return // nothing is packed
	}
	const n = 600
	x := make([]float32, n*n)
	defer par.SetPatience(par.SetPatience(0))
	defer par.SetStop(nil)
	par.SetStop(func() bool { return true })
	for range roomMost + 1 {
		func() {
			defer func() {
				if err, _ := recover().(error); !errors.Is(err, par.ErrStopped) {
					t.Errorf("a product that should stop ended with %v", err)
				}
			}()
			time.Sleep(time.Microsecond)
			Sgemm(false, false, n, n, n, 1, x, n, x, n, 0, make([]float32, n*n), n)
		}()
	}
	rooms.Lock()
	defer rooms.Unlock()
	if rooms.made > 0 && len(rooms.free) != min(rooms.made, roomMost) {
		t.Errorf("%d of %d rooms are free", len(rooms.free), rooms.made)
	}
}
