package rt

import "reflect"

// BadAssert panics as a failed assertion of v to the type id does. from is the type
// of the interface.
func BadAssert(v any, id, from int) { panic(conversionError(v, id, from)) }

// AssertionError is the error with which the assertion of v to the type or interface id
// panics. from is the type of the interface.
func AssertionError(v any, id, from int) error {
	typesMu.RLock()
	op := underOf(entries[id].def).op
	typesMu.RUnlock()
	switch {
	case op == 'e':
		return assertionError(nil, nil, TypeOf(id), "")
	case op == 'i':
		return interfaceError(v, id)
	}
	return conversionError(v, id, from)
}

func conversionError(v any, id, from int) error {
	t := TypeOf(id)
	if t.Kind() == reflect.Interface {
		if v == nil {
			return assertionError(nil, nil, t, "")
		}
		for i := range t.NumMethod() {
			m := t.Method(i)
			if _, ok := reflect.TypeOf(v).MethodByName(m.Name); !ok {
				return assertionError(v, nil, t, m.Name)
			}
		}
	}
	return assertionError(v, TypeOf(from), t, "")
}
