package eval

import (
	"encoding/gob"
	"fmt"
	"reflect"
	"strings"
)

// registerGob is gob.Register.
func registerGob(value any) {
	t := reflect.TypeOf(value)
	name := t.String()
	if t.Name() != "" && t.PkgPath() != "" {
		name = t.PkgPath() + "." + t.Name()
	}
	registerGobName(name, value)
}

// registerGobName is gob.RegisterName, which keeps for ever what a name stands for:
// a type of a cell that has been declared anew takes a name of its own. What was
// written of the old type is then read as the old type.
func registerGobName(name string, value any) {
	for n := 2; ; n++ {
		taken := tryGob(name, value)
		if taken == nil {
			return
		}
		if n > 1000 || !redeclared(fmt.Sprint(taken)) {
			panic(taken)
		}
		base, _, _ := strings.Cut(name, "ˑ")
		name = fmt.Sprintf("%sˑ%d", base, n)
	}
}

// redeclared reports whether gob complains of two types with one name.
func redeclared(text string) bool {
	_, types, ok := strings.Cut(text, `": `)
	a, b, _ := strings.Cut(types, " != ")
	return ok && a == b && strings.HasPrefix(text, "gob: registering duplicate types")
}

// tryGob registers a name and returns the panic of it.
func tryGob(name string, value any) (taken any) {
	defer func() { taken = recover() }()
	gob.RegisterName(name, value)
	return nil
}
