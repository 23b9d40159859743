package rt

import (
	"reflect"
	"sync"
)

var lent sync.Map // int to reflect.Value

// Lend keeps an interpreted function for Lent.
func Lend(id int, f any) bool {
	lent.Store(id, reflect.ValueOf(f))
	return true
}

// Lent returns the function that was kept by a number, once.
func Lent(id int) reflect.Value {
	v, _ := lent.LoadAndDelete(id)
	return v.(reflect.Value)
}
