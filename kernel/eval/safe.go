package eval

import (
	"reflect"
	"strings"
	"sync"

	"descent/kernel/closure"
	"descent/kernel/rt"
)

// Compiled code calls the functions and methods of the standard library as they are,
// but for those to which lowering gives another meaning, those that look at the calls
// that led to them, and those that wait for what the user types without asking whether
// the cell still runs. Of other packages, dl above all, it calls nothing: they want to
// know which line of a cell calls them.

// unsafePackages are those of which nothing is called.
var unsafePackages = map[string]bool{"runtime/debug": true, "runtime/pprof": true, "runtime/trace": true, "plugin": true, "testing": true, "unsafe": true, "unique": true, "weak": true}

// unsafeNames are functions, types and methods that are not called.
var unsafeNames = map[string]bool{
	"fmt.Scan": true, "fmt.Scanf": true, "fmt.Scanln": true,
	"log.(*Logger).Fatal": true, "log.(*Logger).Fatalf": true, "log.(*Logger).Fatalln": true,
	"reflect.Type": true, "reflect.Append": true,
	"runtime.AddCleanup": true, "runtime.Breakpoint": true, "runtime.Caller": true, "runtime.Callers": true, "runtime.FuncForPC": true,
	"runtime.SetFinalizer": true, "runtime.Stack": true,
	"sync.OnceFunc": true,
}

func init() {
	for _, m := range []string{"NumMethod", "Method", "MethodByName", "Set", "SetMapIndex", "Send", "Convert", "Call", "Methods"} {
		unsafeNames["reflect.Value."+m] = true
	}
}

// isSafe reports whether compiled code may use a name of a package.
func isSafe(path, name string) bool {
	first, _, _ := strings.Cut(path, "/")
	if strings.Contains(first, ".") || first == "descent" || unsafePackages[path] || unsafeNames[path+"."+name] {
		return false
	}
	return !unsafeNames[path+"."+baseName(name)]
}

// baseName returns the T of "T.M" and "(*T).M".
func baseName(name string) string {
	name, _, _ = strings.Cut(name, ".")
	return strings.Trim(name, "(*)")
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

// symbolTables keeps the symbols of packages.
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
	if !isSafe(path, name) {
		return reflect.Value{}
	}
	v := i.symbols(path)[baseName(name)]
	if v.IsValid() && v.CanAddr() { // how the tables have variables
		return v.Addr()
	}
	return v
}

// safeTwin returns the reflective form of a generic function of a compiled package.
func safeTwin(path, name string) closure.Twin {
	if !isSafe(path, name) {
		return nil
	}
	return rt.TwinOf(path + "." + name)
}

// named returns a type of a compiled package.
func (i *Interp) named(path, name string) reflect.Type {
	v := i.symbols(path)[name]
	if v.IsValid() && v.Kind() == reflect.Pointer && v.IsNil() { // how the tables have types
		return v.Type().Elem()
	}
	return nil
}
