package eval

import (
	"context"
	"runtime"
	"strings"
	"sync/atomic"
	"time"
)

// wakers is what of the process could end a wait of a cell without being a
// goroutine: timers, and what packages do that this file knows nothing about.
// Interpreters of one process share it, because their goroutines meet.
var wakers struct {
	until   atomic.Int64 // a timer may fire until then, in Unix nanoseconds
	unknown atomic.Bool  // something may happen at any time
}

// timed notes a timer that fires once.
func timed(d time.Duration) {
	end := time.Now().Add(d + time.Second).UnixNano()
	for old := wakers.until.Load(); end > old; old = wakers.until.Load() {
		if wakers.until.CompareAndSwap(old, end) {
			return
		}
	}
}

// quietPackages are those whose functions return with their work done, or keep a
// goroutine that can be seen at it: none calls or sends later, out of nowhere. The
// timers of time and context are counted.
var quietPackages = func() map[string]bool {
	m := map[string]bool{}
	for p := range strings.FieldsSeq(`
		bufio bytes cmp context errors fmt html io iter log maps math os path
		path/filepath regexp slices sort strconv strings sync sync/atomic time unicode
		unicode/utf8 unicode/utf16 unsafe text/tabwriter text/template text/scanner
		container/heap container/list container/ring encoding/json encoding/csv
		encoding/xml encoding/hex encoding/base64 encoding/binary hash/fnv hash/crc32
		math/big math/bits math/cmplx math/rand math/rand/v2
		descent/dl descent/dl/nn descent/dl/optim descent/dl/data descent/dl/learn
		descent/dl/metric descent/dl/explain descent/display descent/datasets
		descent/kernel/rt descent/kernel/eval`) {
		m[p] = true
	}
	return m
}()

// imported notes that cells can use a package.
func imported(path string) {
	if !quietPackages[path] {
		wakers.unknown.Store(true)
	}
}

// countTimers replaces the functions of a package that start timers by ones that
// note it.
func countTimers(importPath string, set func(name string, f any)) {
	switch importPath {
	case "time":
		set("After", func(d time.Duration) <-chan time.Time { timed(d); return time.After(d) })
		// These can be set again by methods.
		set("AfterFunc", func(d time.Duration, f func()) *time.Timer {
			wakers.unknown.Store(true)
			return time.AfterFunc(d, guarded(f))
		})
		set("NewTimer", func(d time.Duration) *time.Timer { wakers.unknown.Store(true); return time.NewTimer(d) })
		set("NewTicker", func(d time.Duration) *time.Ticker { wakers.unknown.Store(true); return time.NewTicker(d) })
		set("Tick", func(d time.Duration) <-chan time.Time { wakers.unknown.Store(true); return time.Tick(d) })
	case "context":
		set("WithTimeout", func(p context.Context, d time.Duration) (context.Context, context.CancelFunc) {
			timed(d)
			return context.WithTimeout(p, d)
		})
		set("WithDeadline", func(p context.Context, at time.Time) (context.Context, context.CancelFunc) {
			timed(time.Until(at))
			return context.WithDeadline(p, at)
		})
		set("WithTimeoutCause", func(p context.Context, d time.Duration, cause error) (context.Context, context.CancelFunc) {
			timed(d)
			return context.WithTimeoutCause(p, d, cause)
		})
		set("WithDeadlineCause", func(p context.Context, at time.Time, cause error) (context.Context, context.CancelFunc) {
			timed(time.Until(at))
			return context.WithDeadlineCause(p, at, cause)
		})
	}
}

// maxDump is how long a dump of all stacks may be before it costs too much.
const maxDump = 4 << 20

// Deadlock reports whether the running cell waits for something that cannot
// happen, and what it waits for: "receive", "send", "select", "lock", "group" or
// "condition". It says so only when it is certain: every goroutine waits in a
// helper of kernel/rt or is one of the kernel's that cells cannot wait for, no timer runs, and no package has been imported that could act by
// itself. It stops the world for a moment.
func (i *Interp) Deadlock() (what string, ok bool) {
	r := i.cur.Load()
	if r == nil || r.interrupted.Load() || runtime.NumGoroutine() > maxWatched || wakers.unknown.Load() || time.Now().UnixNano() < wakers.until.Load() {
		return "", false
	}
	for size := 64 << 10; size <= maxDump; size *= 4 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size {
			return deadlocked(string(buf[:n]), r.gid.Load())
		}
	}
	return "", false
}

// deadlocked decides it from the dump of all stacks, for a cell on goroutine id.
func deadlocked(dump string, id uint64) (what string, ok bool) {
	for g := range strings.SplitSeq(dump, "\n\n") {
		n, state, at, by := goroutine(g)
		wait := ""
		if f, ok := strings.CutPrefix(at, rtPath+"."); ok {
			wait = waits[f[:strings.IndexAny(f+"(", ".([")]]
		}
		switch {
		case n == id:
			if what = wait; what == "" || !blocked(state) {
				return "", false
			}
		case outside(by):
		case blocked(state) && (wait != "" || strings.HasPrefix(at, parPath+".")):
		default:
			return "", false
		}
	}
	return what, what != ""
}

// waits are the helpers in which cells wait for other goroutines.
var waits = map[string]string{
	"Recv": "receive", "Send": "send", "Select": "select",
	"Lock": "lock", "LockRW": "lock", "RLock": "lock", "WaitGroup": "group", "WaitCond": "condition",
	"RecvOf": "receive", "SendOf": "send", "RecvValue": "receive", "SendValue": "send", "SelectCases": "select",
}

// blocked reports whether a goroutine in this state runs on only if another lets
// it.
func blocked(state string) bool {
	switch state, _, _ = strings.Cut(state, ","); state {
	case "chan receive", "chan send", "select", "chan receive (nil chan)", "chan send (nil chan)", "select (no cases)",
		"semacquire", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "sync.WaitGroup.Wait", "sync.Cond.Wait":
		return true
	}
	return false
}

// outside reports whether a goroutine created by this function, "" for the first
// of the process, belongs to the kernel and touches nothing of a cell.
func outside(by string) bool {
	for _, p := range []string{"descent/kernel/session.", "descent/kernel/link.", "descent/kernel/wire.", "main.", "testing.", "os/signal.", "unique."} {
		if strings.HasPrefix(by, p) {
			return true
		}
	}
	return by == ""
}

// goroutine reads the dump of one: its number and state, its innermost frame that
// is not of the runtime, and the function that created it.
func goroutine(dump string) (id uint64, state, at, by string) {
	head, rest, _ := strings.Cut(strings.TrimSpace(dump), "\n")
	for _, c := range strings.TrimPrefix(head, "goroutine ") {
		if c < '0' || c > '9' {
			break
		}
		id = id*10 + uint64(c-'0')
	}
	if _, s, ok := strings.Cut(head, "["); ok {
		state = strings.TrimSuffix(s, "]:")
	}
	for line := range strings.Lines(rest) {
		if f, ok := strings.CutPrefix(line, "created by "); ok {
			by, _, _ = strings.Cut(strings.TrimSpace(f), " in goroutine")
			continue
		}
		if at == "" && !strings.HasPrefix(line, "\t") && !passed(line) {
			at = line
		}
	}
	return id, state, at, by
}

// passed reports whether a frame is below what called for the wait.
func passed(frame string) bool {
	for _, p := range []string{"runtime.", "reflect.", "sync.", "internal/", rtPath + ".acquire("} {
		if strings.HasPrefix(frame, p) {
			return true
		}
	}
	return false
}

const (
	rtPath  = "descent/kernel/rt"
	parPath = "descent/dl/internal/par" // its workers wait between computations
)
