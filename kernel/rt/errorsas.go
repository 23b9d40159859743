package rt

import "reflect"

// ErrorsAs is errors.As for a target that is an interface of a cell: p points to a
// variable of the interpreter, id is the interface.
func ErrorsAs(err error, p any, id int) bool {
	target, ok := p.(*any)
	if err != nil && (!ok || target == nil) {
		panic("errors: target must be a non-nil pointer")
	}
	found := FirstError(err, func(e error) bool { return missing(e, id) == "" })
	if found != nil {
		*target = found
	}
	return found != nil
}

// FirstError returns the first error of a tree that a test accepts, nil if there is
// none.
func FirstError(err error, accept func(error) bool) error {
	for err != nil {
		if accept(err) {
			return err
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range x.Unwrap() {
				if found := FirstError(e, accept); found != nil {
					return found
				}
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// implements is the method Implements of reflect.Type for interfaces of cells too.
func implements(t, u reflect.Type) bool { return realInterface(t).Implements(realInterface(u)) }
