package store

import (
	"errors"
	"fmt"
)

var errShape = errors.New("the pickle is damaged: an instruction finds the wrong kind of value")

// build executes the instructions that make tuples, lists and dictionaries.
func (u *unpickler) build(op byte) error {
	switch op {
	case ')':
		return u.push([]any{})
	case ']':
		return u.push(&pyList{})
	case '}':
		return u.push(newDict())
	case 0x85, 0x86, 0x87:
		n := int(op - 0x84)
		if len(u.stack) < n {
			return errStack
		}
		items := append([]any(nil), u.stack[len(u.stack)-n:]...)
		u.stack = u.stack[:len(u.stack)-n]
		return u.push(items)
	case 'a':
		v, err := u.pop()
		if err != nil {
			return err
		}
		return u.extend([]any{v})
	case 's':
		v, err := u.pop()
		if err != nil {
			return err
		}
		k, err := u.pop()
		if err != nil {
			return err
		}
		return u.setAll([]any{k, v})
	}
	items, err := u.popMark()
	if err != nil {
		return err
	}
	switch op {
	case 't':
		return u.push(items)
	case 'l':
		return u.push(&pyList{items})
	case 'e':
		return u.extend(items)
	case 'd':
		if err := u.push(newDict()); err != nil {
			return err
		}
	}
	return u.setAll(items)
}

func (u *unpickler) extend(items []any) error {
	v, err := u.top()
	if err != nil {
		return err
	}
	l, ok := v.(*pyList)
	if !ok {
		return errShape
	}
	l.items = append(l.items, items...)
	return nil
}

// setAll puts keys and values by turns into the dictionary on the stack.
func (u *unpickler) setAll(items []any) error {
	v, err := u.top()
	if err != nil {
		return err
	}
	d, ok := v.(*dict)
	if !ok || len(items)%2 != 0 {
		return errShape
	}
	for i := 0; i < len(items); i += 2 {
		if err := d.set(items[i], items[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// object executes the instructions that would run Python code.
func (u *unpickler) object(op byte) error {
	switch op {
	case 'c':
		module, err := u.line()
		if err != nil {
			return err
		}
		name, err := u.line()
		if err != nil {
			return err
		}
		return u.push(global(module + "." + name))
	case 'Q':
		id, err := u.pop()
		if err != nil {
			return err
		}
		v, err := u.persistent(id)
		if err != nil {
			return err
		}
		return u.push(v)
	}
	b, err := u.pop()
	if err != nil {
		return err
	}
	a, err := u.pop()
	if err != nil {
		return err
	}
	switch op {
	case 0x93:
		module, ok1 := a.(string)
		name, ok2 := b.(string)
		if !ok1 || !ok2 {
			return errShape
		}
		return u.push(global(module + "." + name))
	case 'b':
		// The state of an object: OrderedDict has attributes (_metadata of a
		// state_dict), which are not data.
		if _, ok := a.(*dict); !ok {
			return fmt.Errorf("an object with a state of its own; %s", plainHint)
		}
		return u.push(a)
	}
	f, ok1 := a.(global)
	args, ok2 := b.([]any)
	if !ok1 || !ok2 {
		return errShape
	}
	v, err := u.call(f, args)
	if err != nil {
		return err
	}
	return u.push(v)
}

const plainHint = "in Python, save model.state_dict() instead of the model"
