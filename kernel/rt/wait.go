package rt

import "reflect"

// RecvOf, SendOf and the other functions of this file wait for compiled code: an
// interrupt ends the waiting with a panic of ErrStop.

// RecvOf receives from a channel.
func RecvOf[T any](c <-chan T) (T, bool) {
	select {
	case v, ok := <-c:
		return v, ok
	case <-Done():
		Stop()
		panic("unreachable")
	}
}

// SendOf sends a value.
func SendOf[T any](c chan<- T, v T) {
	select {
	case c <- v:
	case <-Done():
		Stop()
	}
}

// RecvValue receives from a channel.
func RecvValue(c reflect.Value) (reflect.Value, bool) {
	_, v, ok := SelectCases([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: c}})
	return v, ok
}

// SendValue sends a value.
func SendValue(c, v reflect.Value) {
	SelectCases([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: c, Send: v}})
}

// SelectCases waits for one of several operations, none of which is a default.
func SelectCases(cases []reflect.SelectCase) (int, reflect.Value, bool) {
	n := len(cases)
	i, v, ok := reflect.Select(append(cases[:n:n], reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(Done())}))
	if i == n {
		Stop()
	}
	return i, v, ok
}
