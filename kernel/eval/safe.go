package eval

import (
	"reflect"
	"strings"
	"sync"

	"descent/kernel/rt"
)

// safePackages are those whose functions compiled code may call as they are: lowering
// gives none of them another meaning, and none waits for something that an interrupt
// must end.
var safePackages = map[string]bool{
	"bufio": true, "bytes": true, "container/heap": true, "container/list": true, "container/ring": true,
	"encoding/binary": true, "encoding/hex": true, "errors": true, "fmt": true, "hash/crc32": true, "hash/fnv": true,
	"math": true, "math/big": true, "math/bits": true, "math/cmplx": true, "math/rand": true, "math/rand/v2": true, "runtime": true,
	"sort": true, "strconv": true, "strings": true, "sync": true, "sync/atomic": true, "text/tabwriter": true, "time": true,
	"unicode": true, "unicode/utf16": true, "unicode/utf8": true,
}

// unsafeNames are the functions and types of safe packages of which that is not so.
var unsafeNames = map[string]bool{
	"errors.As": true, "errors.AsType": true,
	"fmt.Scan": true, "fmt.Scanf": true, "fmt.Scanln": true,
	"runtime.AddCleanup": true, "runtime.Breakpoint": true, "runtime.Caller": true, "runtime.Callers": true, "runtime.FuncForPC": true,
	"runtime.SetFinalizer": true, "runtime.Stack": true,
	"sync.OnceFunc": true, "sync.OnceValue": true, "sync.OnceValues": true,
}

// waitingMethods are the methods that wait, or start a goroutine, and what is called in
// their place.
var waitingMethods = map[string]any{
	"sync.(*Mutex).Lock": rt.Lock, "sync.(*Mutex).Unlock": rt.Unlock,
	"sync.(*RWMutex).Lock": rt.LockRW, "sync.(*RWMutex).Unlock": rt.UnlockRW,
	"sync.(*RWMutex).RLock": rt.RLock, "sync.(*RWMutex).RUnlock": rt.RUnlock,
	"sync.(*WaitGroup).Add": rt.GroupAdd, "sync.(*WaitGroup).Done": rt.GroupDone,
	"sync.(*WaitGroup).Go": rt.GroupGo, "sync.(*WaitGroup).Wait": rt.WaitGroup,
	"sync.(*Cond).Wait": rt.WaitCond,
}

// symbolTables keeps the symbols of the safe packages.
type symbolTables struct {
	mu sync.Mutex
	m  map[string]map[string]reflect.Value
}

func (i *Interp) symbols(path string) map[string]reflect.Value {
	s := &i.safe
	s.mu.Lock()
	defer s.mu.Unlock()
	if syms, ok := s.m[path]; ok {
		return syms
	}
	if s.m == nil {
		s.m = map[string]map[string]reflect.Value{}
	}
	_, syms, ok := i.opts.Table(path)
	if ok {
		i.override(path, syms)
	} else {
		syms = nil
	}
	s.m[path] = syms
	return syms
}

// safeSymbol returns a function of a compiled package, or a pointer to a variable, if
// compiled code may use it; for a method, "T.M" or "(*T).M", some valid Value.
func (i *Interp) safeSymbol(path, name string) reflect.Value {
	if f := waitingMethods[path+"."+name]; f != nil {
		return reflect.ValueOf(f)
	}
	name, _, _ = strings.Cut(name, ".")
	name = strings.Trim(name, "(*)")
	if !safePackages[path] || unsafeNames[path+"."+name] {
		return reflect.Value{}
	}
	v := i.symbols(path)[name]
	if v.IsValid() && v.CanAddr() { // how the tables have variables
		return v.Addr()
	}
	return v
}

// named returns a type of a compiled package.
func (i *Interp) named(path, name string) reflect.Type {
	v := i.symbols(path)[name]
	if v.IsValid() && v.Kind() == reflect.Pointer && v.IsNil() { // how the tables have types
		return v.Type().Elem()
	}
	return nil
}
