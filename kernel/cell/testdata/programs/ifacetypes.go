package main

import (
	"encoding/json"
	"fmt"
	"reflect"
)

type Shape interface{ Area() float64 }
type Any interface{}
type Sq struct{ S float64 }

func (s Sq) Area() float64 { return s.S * s.S }

type Holder struct {
	Main Shape                       `json:"main"`
	All  []Shape                     `json:"all"`
	By   map[string]Shape            `json:"by"`
	F    func(Shape) Shape           `json:"-"`
	X    interface{ Area() float64 } `json:"x"`
	E    error                       `json:"e"`
	S    fmt.Stringer
	A    Any
}

func main() {
	fmt.Printf("%T %T %T %T\n", []Shape{}, map[string]Shape{}, func(Shape) Any { return nil }, struct{ A Shape }{})
	fmt.Printf("%v %+v %#v\n", []Shape{Sq{1}}, []Shape{Sq{2}, nil}, []Shape{Sq{3}, nil})
	fmt.Printf("%T %T %T\n", []interface{ Area() float64 }{}, []Any{}, chan Shape(nil))
	fmt.Printf("%T\n", []interface {
		Area() float64
		error
	}{})
	h := Holder{Main: Sq{1}}
	fmt.Printf("%+v\n", Holder{Main: Sq{1}, All: []Shape{Sq{2}}})
	fmt.Printf("%#v\n", Holder{Main: Sq{1}, All: []Shape{Sq{2}}})
	var s []Shape
	fmt.Println(json.Unmarshal([]byte(`[{"S":1}]`), &s), s)
	fmt.Println(json.Unmarshal([]byte(`[null, null]`), &s), s)
	fmt.Println(json.Unmarshal([]byte(`{"main": {"S": 5}}`), &h), h.Main)
	fmt.Println(json.Unmarshal([]byte(`{"main": null}`), &h), h.Main)
	p := &Sq{1}
	h.Main = p
	fmt.Println(json.Unmarshal([]byte(`{"main": {"S": 5}}`), &h), h.Main, p.S)
	fmt.Println(json.Unmarshal([]byte(`{"by": {"k": 12}}`), &h))
	fmt.Println(json.Unmarshal([]byte(`{"x": "str"}`), &h), h.X)
	fmt.Println(json.Unmarshal([]byte(`{"e": [1]}`), &h), h.E)
	fmt.Println(json.Unmarshal([]byte(`{"A": [1, true]}`), &h), h.A)
	var m map[string]Shape
	fmt.Println(json.Unmarshal([]byte(`{"a": true}`), &m))
	var one Shape
	fmt.Println(json.Unmarshal([]byte(`true`), &one), one)
	b, err := json.Marshal(Holder{Main: Sq{1}, All: []Shape{Sq{2}, nil}, By: map[string]Shape{"a": Sq{4}}})
	fmt.Println(string(b), err)
	t := reflect.TypeOf(h)
	for i := range t.NumField() {
		f := t.Field(i).Type
		fmt.Println(t.Field(i).Name, f, f.Kind(), f.Name(), f.NumMethod())
	}
	ft := t.Field(0).Type
	fmt.Println(ft.NumMethod(), ft.Method(0).Name, ft.Method(0).Type, reflect.TypeOf(Sq{}).Implements(ft), reflect.TypeOf(1).Implements(ft), reflect.TypeOf(1).AssignableTo(ft))
	fmt.Println(reflect.TypeOf([]Shape{}).Elem() == reflect.TypeOf((*Shape)(nil)).Elem(), reflect.TypeFor[Shape]() == ft)
	_, has := ft.MethodByName("Area")
	fmt.Println(has)
	v := reflect.ValueOf(&h).Elem().Field(0)
	v.Set(reflect.ValueOf(Sq{9}))
	fmt.Println(h.Main, v.NumMethod(), v.Elem().Type(), v.Type())
	func() {
		defer func() { fmt.Println(recover()) }()
		v.Set(reflect.ValueOf(3))
	}()
	fmt.Println(v.Interface(), v.Method(0).Call(nil)[0])
	sv := reflect.ValueOf([]Shape{Sq{1}})
	sv = reflect.Append(sv, reflect.ValueOf(Sq{7}))
	fmt.Println(sv.Interface(), sv.Index(1).Interface().(Shape).Area(), sv.Type())
	fmt.Println(reflect.DeepEqual([]Shape{Sq{1}}, []Shape{Sq{1}}), reflect.DeepEqual([]any{Sq{1}}, []Shape{Sq{1}}))
	var x any = []Shape{Sq{1}}
	_, isAny := x.([]any)
	_, isShape := x.([]Shape)
	fmt.Println(isAny, isShape)
	switch x.(type) {
	case []any:
		fmt.Println("any")
	case []Shape:
		fmt.Println("shape")
	}
	var e1 any = &one
	fmt.Printf("%T %T\n", &one, e1)
	_, isp := e1.(*any)
	fmt.Println(isp)
}
