package nn

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"descent/dl"
)

// walker goes through the value of a model and reports what it meets; nil callbacks are skipped. It reads unexported
// fields as well, because in a cell a network's fields are lower-case.
type walker struct {
	module func(path string, m Module)
	tensor func(path string, t *dl.Tensor, buffer bool)
	mode   func(m *Mode)

	seen map[visit]bool
	// structs is told the type of every struct, modules or not.
	structs func(path string, t reflect.Type)
}

type visit struct {
	ptr unsafe.Pointer
	typ reflect.Type
}

var (
	moduleType = reflect.TypeFor[Module]()
	tensorType = reflect.TypeFor[*dl.Tensor]()
	modeType   = reflect.TypeFor[Mode]()
	valueType  = reflect.TypeFor[reflect.Value]()
)

// container is a module whose children have names of their own, as those of Sequential have: "0", "1", ….
type container interface {
	children() []child
}

// namesTensors is a module with parameters whose names depend on its options, as those of LSTM do: "weight_ih_l0", ….
type namesTensors interface {
	ownTensors() []NamedParam
}

type child struct {
	name   string
	module Module
}

func (w *walker) root(m Module) {
	if m == nil {
		panic(&dl.Error{Op: "nn.Params", Got: "a nil model", Want: "a module",
			Hint: "make the model before walking it: model := &Net{fc: nn.NewLinear(784, 10)}"})
	}
	w.seen = map[visit]bool{}
	w.value("", reflect.ValueOf(m), false)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// value walks v, which is at path. buffer says that a tensor found here is state that is not trained.
func (w *walker) value(path string, v reflect.Value, buffer bool) {
	if !holdsModules(v.Type()) || !v.CanInterface() && !v.CanAddr() {
		return
	}
	v = readable(v)
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			w.value(path, v.Elem(), buffer)
		}
	case reflect.Pointer:
		w.pointer(path, v, buffer)
	case reflect.Struct:
		w.structure(path, v, false)
	case reflect.Slice, reflect.Array:
		w.visitModule(path, v)
		for i := range v.Len() {
			w.value(join(path, strconv.Itoa(i)), v.Index(i), buffer)
		}
	case reflect.Map:
		w.mapping(path, v, buffer)
	case reflect.Func:
		w.visitModule(path, v)
	}
}

func (w *walker) pointer(path string, v reflect.Value, buffer bool) {
	if v.IsNil() {
		return
	}
	key := visit{v.UnsafePointer(), v.Type()}
	if w.seen[key] {
		return
	}
	w.seen[key] = true
	if v.Type() == tensorType {
		t := v.Interface().(*dl.Tensor)
		if w.tensor != nil && (buffer || t.IsParameter() || t.IsLeaf() && t.RequiresGrad()) {
			w.tensor(path, t, buffer)
		}
		return
	}
	w.visitModule(path, v)
	if v.Type().Implements(moduleType) {
		if c, ok := v.Interface().(container); ok {
			for _, ch := range c.children() {
				if ch.module != nil {
					w.value(join(path, ch.name), reflect.ValueOf(ch.module), false)
				}
			}
			return
		}
	}
	if v.Elem().Kind() == reflect.Struct {
		w.structure(path, v.Elem(), true)
		return
	}
	w.value(path, v.Elem(), buffer)
}

// structure walks a struct; visited says that a pointer to it was reported already.
func (w *walker) structure(path string, v reflect.Value, visited bool) {
	t := v.Type()
	if t == modeType {
		if w.mode != nil && v.CanAddr() {
			w.mode((*Mode)(v.Addr().UnsafePointer()))
		}
		return
	}
	if !v.CanAddr() {
		// A struct inside an interface or a map: its fields can be read only in a copy. What its pointers lead to is shared.
		c := reflect.New(t).Elem()
		c.Set(v)
		v = c
	}
	if inner, ok := wrapped(v); ok {
		w.visitModule(path, v)
		w.value(path, inner, false)
		return
	}
	switch {
	case visited:
	case reflect.PointerTo(t).Implements(moduleType) && !t.Implements(moduleType):
		w.visitModule(path, v.Addr()) // a layer held by value: visited by its address, so that it can be changed
	default:
		w.visitModule(path, v)
	}
	if w.structs != nil {
		w.structs(path, t)
	}
	if n, ok := v.Addr().Interface().(namesTensors); ok {
		for _, p := range n.ownTensors() {
			w.value(join(path, p.Name), reflect.ValueOf(p.Tensor), false)
		}
	}
	names := fieldNames(t)
	for i := range t.NumField() {
		name, buffer := names[i], false
		if tag, ok := t.Field(i).Tag.Lookup("nn"); ok {
			if tag == "-" {
				continue
			}
			own, kind, _ := strings.Cut(tag, ",")
			if own != "" {
				name = own
			}
			buffer = kind == "buffer"
		}
		if name == "." {
			w.value(path, v.Field(i), buffer)
			continue
		}
		w.value(join(path, name), v.Field(i), buffer)
	}
}

func (w *walker) mapping(path string, v reflect.Value, buffer bool) {
	if v.IsNil() {
		return
	}
	keys := v.MapKeys()
	sort.SliceStable(keys, func(a, b int) bool { return keyLess(keys[a], keys[b]) })
	for _, k := range keys {
		w.value(join(path, keyString(k)), v.MapIndex(k), buffer)
	}
}

// visitModule reports v to the module callback when it is a module. Pointers are seen once; other kinds have no identity.
func (w *walker) visitModule(path string, v reflect.Value) {
	if !v.Type().Implements(moduleType) {
		return
	}
	if v.Kind() == reflect.Func && v.IsNil() {
		return
	}
	m := v.Interface().(Module)
	if l, ok := m.(located); ok {
		l.setPath(path)
	}
	if w.module != nil {
		w.module(path, m)
	}
}

// readable lets a value that was reached through an unexported field be read like any other. The walk makes every struct
// addressable before it reads a field, so such a value always has an address.
func readable(v reflect.Value) reflect.Value {
	if v.CanInterface() {
		return v
	}
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

// wrapped returns the value inside the two boxes that the interpreter of a notebook uses: the one it makes when a value of
// a type from a cell is passed as a Module (a struct with a field IValue and one field for each method), and the one in
// which it keeps the values of interfaces defined in a cell.
func wrapped(v reflect.Value) (reflect.Value, bool) {
	t := v.Type()
	if f, ok := t.FieldByName("IValue"); ok && f.Type.Kind() == reflect.Interface && len(f.Index) == 1 {
		return v.FieldByIndex(f.Index), true
	}
	if t.Name() == "valueInterface" && strings.HasSuffix(t.PkgPath(), "/interp") {
		f := v.FieldByName("value")
		if f.IsValid() && f.Type() == valueType && f.CanAddr() {
			inner := *(*reflect.Value)(f.Addr().UnsafePointer())
			if inner.IsValid() {
				return inner, true
			}
		}
	}
	return reflect.Value{}, false
}

var (
	interesting sync.Map // reflect.Type → bool

	typeNames struct {
		sync.RWMutex
		f func(t reflect.Type) (typeName string, fields []string, ok bool)
	}
)

// SetTypeNames tells this package how to find the names of struct types that have none in the eyes of reflection, as types
// defined in a notebook cell have none. f gives the name of a type and those of its fields in order. The session of the
// kernel calls it; nil restores the default, which strips the X that the interpreter puts before lower-case names.
func SetTypeNames(f func(t reflect.Type) (typeName string, fields []string, ok bool)) {
	typeNames.Lock()
	defer typeNames.Unlock()
	typeNames.f = f
}

func askTypeNames(t reflect.Type) (string, []string, bool) {
	typeNames.RLock()
	f := typeNames.f
	typeNames.RUnlock()
	if f == nil || t.Name() != "" {
		return "", nil, false
	}
	return f(t)
}

// fieldNames gives the names of the fields of a struct type as its author wrote them.
func fieldNames(t reflect.Type) []string {
	if _, fields, ok := askTypeNames(t); ok && len(fields) == t.NumField() {
		return fields
	}
	names := make([]string, t.NumField())
	for i := range names {
		n := t.Field(i).Name
		if t.Name() == "" && len(n) > 1 && n[0] == 'X' && 'a' <= n[1] && n[1] <= 'z' {
			n = n[1:]
		}
		names[i] = n
	}
	return names
}

// holdsModules reports whether a value of type t can lead to a parameter or a module. It keeps the walk out of large
// slices of numbers and out of types of the standard library, whose insides are not ours to read.
func holdsModules(t reflect.Type) bool {
	if known, ok := interesting.Load(t); ok {
		return known.(bool)
	}
	yes := examine(t, map[reflect.Type]bool{})
	interesting.Store(t, yes)
	return yes
}

func examine(t reflect.Type, under map[reflect.Type]bool) bool {
	if t == tensorType || t == modeType || t.Implements(moduleType) {
		return true
	}
	if under[t] {
		return false // a recursive type: whatever else it holds decides
	}
	under[t] = true
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return examine(t.Elem(), under)
	case reflect.Struct:
		if foreign(t.PkgPath()) && t.Name() != "valueInterface" {
			return false
		}
		for i := range t.NumField() {
			if examine(t.Field(i).Type, under) {
				return true
			}
		}
	}
	return false
}

// foreign reports whether types of the package hold nothing that belongs to a model: the standard library, the
// interpreter, and the tensor package itself, of which *dl.Tensor alone counts.
func foreign(pkg string) bool {
	if pkg == "" || pkg == "main" {
		return false
	}
	if strings.HasSuffix(pkg, "/yaegi/interp") {
		return true
	}
	if own, ok := strings.CutPrefix(pkg, tensorType.Elem().PkgPath()); ok {
		switch own {
		case "", "/data", "/explain", "/learn", "/metric", "/optim":
			return true // a trainer or an optimizer in a field holds the parameters of some model, not of this one
		}
	}
	first, _, _ := strings.Cut(pkg, "/")
	switch first {
	case "archive", "bufio", "bytes", "compress", "container", "context", "crypto", "database", "debug", "encoding", "expvar",
		"flag", "fmt", "go", "hash", "html", "image", "index", "internal", "io", "iter", "log", "math", "mime", "net", "os",
		"path", "plugin", "reflect", "regexp", "runtime", "strings", "sync", "syscall", "testing", "text", "time", "unicode",
		"unique", "weak":
		return true
	}
	return false
}

func keyString(k reflect.Value) string {
	switch k.Kind() {
	case reflect.String:
		return k.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(k.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(k.Uint(), 10)
	default:
		return fmt.Sprint(k)
	}
}

// keyLess orders integer keys by value and all others by their text.
func keyLess(a, b reflect.Value) bool {
	if a.CanInt() && b.CanInt() {
		return a.Int() < b.Int()
	}
	if a.CanUint() && b.CanUint() {
		return a.Uint() < b.Uint()
	}
	return keyString(a) < keyString(b)
}
