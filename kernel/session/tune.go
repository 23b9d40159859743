package session

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	gcSmall = 400       // percent of garbage while little is alive
	gcLarge = 100       // and when much is
	small   = 64 << 20  // bytes that count as little
	large   = 512 << 20 // and as much
)

// tune makes the collector lazy while the session is small: interpreted code
// allocates a frame for every call, and half of its time went into collecting
// them. What is alive after a collection decides about the next.
func tune() {
	debug.SetGCPercent(gcSmall)
	rearm()
}

// sentinel dies in every collection and says so.
type sentinel struct{ _ [16]byte }

func rearm() {
	runtime.SetFinalizer(new(sentinel), func(*sentinel) {
		debug.SetGCPercent(percent(liveBytes()))
		rearm()
	})
}

// liveBytes returns the bytes that the last collection found alive.
func liveBytes() uint64 {
	m := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(m)
	if m[0].Value.Kind() != metrics.KindUint64 {
		return large
	}
	return m[0].Value.Uint64()
}

func percent(live uint64) int {
	switch {
	case live <= small:
		return gcSmall
	case live >= large:
		return gcLarge
	}
	return gcSmall - int(uint64(gcSmall-gcLarge)*(live-small)/(large-small))
}
