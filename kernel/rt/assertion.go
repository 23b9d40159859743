package rt

import (
	"fmt"
	"reflect"
)

// assertionError is the panic value of a failed type assertion.
type assertionError string

// Error returns the runtime's text.
func (e assertionError) Error() string { return string(e) }

// RuntimeError marks the type as runtime.Error.
func (e assertionError) RuntimeError() {}

// BadAssert panics as a failed assertion of v to the type id does. from is the type
// of the interface.
func BadAssert(v any, id, from int) { panic(conversionError(v, id, from)) }

func conversionError(v any, id, from int) error {
	t := TypeOf(id)
	if t.Kind() == reflect.Interface {
		if v == nil {
			return assertionError(fmt.Sprintf("interface conversion: interface is nil, not %s", nameOf(id)))
		}
		for i := range t.NumMethod() {
			m := t.Method(i)
			if _, ok := reflect.TypeOf(v).MethodByName(m.Name); !ok {
				return assertionError(fmt.Sprintf("interface conversion: %s is not %s: missing method %s", reflect.TypeOf(v), nameOf(id), m.Name))
			}
		}
	}
	if v == nil {
		return assertionError(fmt.Sprintf("interface conversion: %s is nil, not %s", nameOf(from), nameOf(id)))
	}
	return assertionError(fmt.Sprintf("interface conversion: %s is %s, not %s", nameOf(from), reflect.TypeOf(v), nameOf(id)))
}
