package rt

import "reflect"

// Recv receives from a channel into *p. It reports whether a value was sent, and
// panics with ErrStop if an interrupt comes first.
func Recv(c, p any) bool {
	ch := reflect.ValueOf(c)
	v, ok := ch.TryRecv()
	if !v.IsValid() { // empty, not closed
		done := Done()
		i, w, sent := reflect.Select([]reflect.SelectCase{
			{Dir: reflect.SelectRecv, Chan: ch},
			{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(done)},
		})
		if i == 1 {
			Stop()
		}
		v, ok = w, sent
	}
	reflect.ValueOf(p).Elem().Set(v)
	return ok
}

// Send sends a value. It panics with ErrStop if an interrupt comes first.
func Send(c, v any) {
	ch := reflect.ValueOf(c)
	x := element(ch, v)
	if !ch.IsNil() && ch.TrySend(x) {
		return
	}
	i, _, _ := reflect.Select([]reflect.SelectCase{
		{Dir: reflect.SelectSend, Chan: ch, Send: x},
		{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(Done())},
	})
	if i == 1 {
		Stop()
	}
}

// element is a value to be sent on a channel.
func element(ch reflect.Value, v any) reflect.Value {
	if v == nil {
		return reflect.Zero(ch.Type().Elem())
	}
	return reflect.ValueOf(v)
}

// Select waits for one of several operations and returns its index. kinds has a
// letter for each clause: d for default, s for a send with channel and value, r for
// a receive with the channel, v with a pointer for the value too, o with another
// for whether it was sent.
func Select(kinds string, operands ...any) int {
	cases := make([]reflect.SelectCase, len(kinds), len(kinds)+1)
	into := make([][]any, len(kinds))
	wait := true
	next := func() any {
		v := operands[0]
		operands = operands[1:]
		return v
	}
	for i := range kinds {
		if kinds[i] == 'd' {
			cases[i].Dir = reflect.SelectDefault
			wait = false
			continue
		}
		ch := reflect.ValueOf(next())
		cases[i] = reflect.SelectCase{Dir: reflect.SelectRecv, Chan: ch}
		switch kinds[i] {
		case 's':
			cases[i].Dir = reflect.SelectSend
			cases[i].Send = element(ch, next())
		case 'v':
			into[i] = []any{next()}
		case 'o':
			into[i] = []any{next(), next()}
		}
	}
	if wait {
		cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(Done())})
	}
	i, v, ok := reflect.Select(cases)
	if i == len(kinds) {
		Stop()
	}
	if len(into[i]) > 0 {
		reflect.ValueOf(into[i][0]).Elem().Set(v)
	}
	if len(into[i]) > 1 {
		*into[i][1].(*bool) = ok
	}
	return i
}
