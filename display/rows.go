package display

import (
	"fmt"
	"reflect"
)

// tableOf makes a table of a value that is one: a slice of structs (or of
// pointers to them), a map, a slice of slices of numbers.
func tableOf(v reflect.Value) (*Table, bool) {
	if !v.IsValid() {
		return nil, false
	}
	switch v.Kind() {
	case reflect.Slice, reflect.Array:
		return tableOfList(v)
	case reflect.Map:
		return tableOfMap(v)
	}
	return nil, false
}

// rowStruct returns the struct type of the rows of a list, if they are plain
// structs: those with methods of their own show themselves better.
func rowStruct(t reflect.Type) (reflect.Type, bool) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t.NumField() == 0 {
		return nil, false
	}
	p := reflect.PointerTo(t)
	for _, m := range []reflect.Type{reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error](), reflect.TypeFor[MIMEBundler]()} {
		if t.Implements(m) || p.Implements(m) {
			return nil, false
		}
	}
	return t, true
}

func tableOfList(v reflect.Value) (*Table, bool) {
	if v.Len() == 0 {
		return nil, false
	}
	if t, ok := rowStruct(v.Type().Elem()); ok {
		tab := &Table{Caption: fmt.Sprintf("%s, %d rows", typeName(v.Type()), v.Len()), Columns: []string{""}, RowHeader: true, Align: "r"}
		tab.Columns = append(tab.Columns, structColumns(t)...)
		eachRow(v.Len(), func(i int) {
			tab.Rows = append(tab.Rows, append([]any{i}, structCells(v.Index(i), t)...))
		}, tab)
		return tab, true
	}
	elem := v.Type().Elem()
	if (elem.Kind() == reflect.Slice || elem.Kind() == reflect.Array) && scalar(elem.Elem()) && elem.Elem().Kind() != reflect.Uint8 {
		n := 0
		for i := range v.Len() {
			n = max(n, v.Index(i).Len())
		}
		if n == 0 {
			return nil, false
		}
		tab := &Table{Caption: fmt.Sprintf("%s, %d × %d", typeName(v.Type()), v.Len(), n), Columns: []string{""}, RowHeader: true, Align: "r", goText: true}
		for j := range min(n, 100) {
			tab.Columns = append(tab.Columns, fmt.Sprint(j))
		}
		eachRow(v.Len(), func(i int) {
			row := []any{i}
			for j := range min(v.Index(i).Len(), 100) {
				row = append(row, interfaceOf(v.Index(i).Index(j)))
			}
			tab.Rows = append(tab.Rows, row)
		}, tab)
		return tab, true
	}
	return nil, false
}

// eachRow calls f for the rows that a table will show: all, or the first and the
// last of many, and tells the table how many were left out between them.
func eachRow(n int, f func(i int), tab *Table) {
	const head, tail = 25, 25
	if n <= head+tail {
		for i := range n {
			f(i)
		}
		return
	}
	for i := range head {
		f(i)
	}
	for i := n - tail; i < n; i++ {
		f(i)
	}
	tab.gap, tab.leftOut = head, n-head-tail
}

func tableOfMap(v reflect.Value) (*Table, bool) {
	if v.Len() == 0 {
		return nil, false
	}
	tab := &Table{Caption: fmt.Sprintf("%s, %d entries", typeName(v.Type()), v.Len()), RowHeader: true, goText: true}
	keys := sortedKeys(v)
	if t, ok := rowStruct(v.Type().Elem()); ok {
		tab.Columns = append([]string{"key"}, structColumns(t)...)
		eachRow(len(keys), func(i int) {
			tab.Rows = append(tab.Rows, append([]any{interfaceOf(keys[i])}, structCells(v.MapIndex(keys[i]), t)...))
		}, tab)
		return tab, true
	}
	tab.Columns = []string{"key", "value"}
	eachRow(len(keys), func(i int) {
		tab.Rows = append(tab.Rows, []any{interfaceOf(keys[i]), interfaceOf(v.MapIndex(keys[i]))})
	}, tab)
	return tab, true
}

func scalar(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Bool, reflect.String, reflect.Complex64, reflect.Complex128:
		return true
	}
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
}

func structColumns(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		names = append(names, fieldName(t, i))
	}
	return names
}

func structCells(v reflect.Value, t reflect.Type) []any {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return make([]any, t.NumField())
		}
		v = v.Elem()
	}
	cells := make([]any, v.NumField())
	for i := range cells {
		cells[i] = interfaceOf(v.Field(i))
	}
	return cells
}

// interfaceOf returns the value as a cell of a table takes it. Fields that Go
// does not let us take out are written as text.
func interfaceOf(v reflect.Value) any {
	if v.Kind() == reflect.Interface && !v.IsNil() {
		v = v.Elem()
	}
	if v.CanInterface() {
		return v.Interface()
	}
	switch {
	case v.CanInt():
		return v.Int()
	case v.CanUint():
		return v.Uint()
	case v.CanFloat():
		return v.Float()
	case v.Kind() == reflect.String:
		return v.String()
	}
	return (&writer{seen: map[uintptr]bool{}}).value(v, 1, false)
}
