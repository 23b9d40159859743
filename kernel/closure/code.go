package closure

import (
	"go/ast"
	"unsafe"
)

// A function with one result that is no struct or array returns it from its closure; a
// call needs not read it from the frame then.

// setCode makes the code of a function out of its body: the entry looks at the stop
// flag, and moves the frame if the page is full.
func setCode[T any](c *compiler, f *Func, body expr[T], toFrame func(off uintptr, f any) stm) {
	stop, stopped, size := c.env.Stop, c.env.stopper(f.pos), c.most
	inFrame := toFrame(frameHead, body)
	result := repOf(f.results[0].t).frame(frameHead).(expr[T])
	moved := func(fp pointer) { inFrame(fp) }
	*f.code.(*expr[T]) = func(fp pointer) T {
		if *stop {
			stopped(fp)
		}
		if !fits(fp, size) {
			move(fp, f, moved)
			return result(fp)
		}
		return body(fp)
	}
}

// asRun returns the code of a function as one that leaves the result in the frame.
func asRun[T any](f *Func, toFrame func(off uintptr, f any) stm) func(fp pointer) {
	s := toFrame(frameHead, *f.code.(*expr[T]))
	return func(fp pointer) { s(fp) }
}

// callOf returns a call: the arguments are set, the site is noted, the code runs.
func callOf[T any](f *Func, set []stm, s *site) any {
	code, at, here := f.code.(*expr[T]), s.off, pointer(s)
	switch len(set) {
	case 0:
		return expr[T](func(fp pointer) T {
			to := unsafe.Add(fp, at)
			*ref(to, 0) = here
			return (*code)(to)
		})
	case 1:
		a := set[0]
		return expr[T](func(fp pointer) T {
			a(fp)
			to := unsafe.Add(fp, at)
			*ref(to, 0) = here
			return (*code)(to)
		})
	case 2:
		a, b := set[0], set[1]
		return expr[T](func(fp pointer) T {
			a(fp)
			b(fp)
			to := unsafe.Add(fp, at)
			*ref(to, 0) = here
			return (*code)(to)
		})
	}
	return expr[T](func(fp pointer) T {
		for _, a := range set {
			a(fp)
		}
		to := unsafe.Add(fp, at)
		*ref(to, 0) = here
		return (*code)(to)
	})
}

// tail compiles statements that end with a return as an expression, an expr[T] of the
// only result; nil if they have another form. What it has compiled then is left alone.
func (c *compiler) tail(list []ast.Stmt) any {
	if !endsWithReturn(list) {
		return nil
	}
	top := c.top
	defer func() { c.top = top }()
	return c.tailFrom(list)
}

func (c *compiler) tailFrom(list []ast.Stmt) any {
	r := repOf(c.results[0].t)
	switch s := list[0].(type) {
	case *ast.ReturnStmt:
		top := c.top
		defer func() { c.top = top }()
		return c.assignable(c.full(s.Results[0]), c.results[0].t).f
	case *ast.IfStmt:
		if !returns(s) {
			break
		}
		top := c.top
		var init stm
		if s.Init != nil {
			init = c.statement(s.Init)
		}
		cond := c.condition(s.Cond)
		then := c.tail(s.Body.List)
		var other any
		if b, ok := s.Else.(*ast.BlockStmt); ok {
			other = c.tail(b.List)
			c.top = top
		} else {
			c.top = top
			other = c.tailFrom(list[1:])
		}
		f := r.choose(cond, then, other)
		if init != nil {
			f = r.after([]stm{init}, f)
		}
		return f
	}
	var pre []stm
	for len(list) > 1 && !returns(list[0]) {
		if s := c.statement(list[0]); s != nil {
			pre = append(pre, s)
		}
		list = list[1:]
	}
	rest := c.tailFrom(list)
	if len(pre) == 0 {
		return rest
	}
	return r.after([]stm{sequence(pre)}, rest)
}

// endsWithReturn reports whether statements are such that tail can compile them: some
// without a return, then a return, or an if that returns and more of the kind.
func endsWithReturn(list []ast.Stmt) bool {
	for i, s := range list {
		last := i == len(list)-1
		switch s := s.(type) {
		case *ast.ReturnStmt:
			return last && len(s.Results) == 1
		case *ast.IfStmt:
			if !returns(s) {
				break
			}
			if !endsWithReturn(s.Body.List) {
				return false
			}
			if s.Else != nil {
				b, ok := s.Else.(*ast.BlockStmt)
				return ok && last && endsWithReturn(b.List)
			}
			continue
		}
		if returns(s) {
			return false
		}
	}
	return false
}

// returns reports whether a return stands in a statement.
func returns(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ReturnStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}
