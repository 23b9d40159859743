package rt

import "reflect"

// Exports is the symbol table of the package for the interpreter.
var Exports = map[string]reflect.Value{
	"Any":     reflect.ValueOf((*any)(nil)),
	"Display": reflect.ValueOf(Display),
	"GoPanic": reflect.ValueOf(GoPanic),
	"Sleep":   reflect.ValueOf(Sleep),
	"Stop":    reflect.ValueOf(Stop),
}
