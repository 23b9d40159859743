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

func conversionError(v any, id, from int) error {
	if v == nil {
		return assertionError(fmt.Sprintf("interface conversion: %s is nil, not %s", nameOf(from), nameOf(id)))
	}
	return assertionError(fmt.Sprintf("interface conversion: %s is %s, not %s", nameOf(from), reflect.TypeOf(v), nameOf(id)))
}
