package rt

// ErrorsAs is errors.As for a target that is an interface of a cell: p points to a
// variable of the interpreter, id is the interface.
func ErrorsAs(err error, p any, id int) bool {
	if err == nil {
		return false
	}
	target, ok := p.(*any)
	if !ok || target == nil {
		panic("errors: target must be a non-nil pointer")
	}
	for {
		if missing(err, id) == "" {
			*target = err
			return true
		}
		switch x := err.(type) {
		case interface{ Unwrap() error }:
			if err = x.Unwrap(); err == nil {
				return false
			}
		case interface{ Unwrap() []error }:
			for _, e := range x.Unwrap() {
				if e != nil && ErrorsAs(e, p, id) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
}
