package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"
	"time"
)

type Base struct {
	ID   int    `json:"id" db:"pk"`
	Kind string `json:"kind,omitempty"`
}

func (b Base) Describe() string  { return fmt.Sprintf("base#%d", b.ID) }
func (b *Base) SetID(n int)      { b.ID = n }
func (b Base) Hidden(x int) bool { return x > b.ID }

type User struct {
	Base
	Name   string            `json:"name" valid:"required,min=3"`
	Emails []string          `json:"emails"`
	Meta   map[string]any    `json:"meta"`
	secret string            //nolint
	Opt    *Base             `json:"opt"`
	Fn     func(int) string  `json:"-"`
	Ch     chan<- int        `json:"-"`
	T      time.Duration     `json:"t"`
	Arr    [2]Level          `json:"arr"`
	M2     map[Level]Level   `json:"m2"`
	S      interface{ Do() } `json:"s"`
}

type Level uint8

func (l Level) String() string { return [...]string{"low", "mid", "high"}[l] }
func (l Level) MarshalText() ([]byte, error) {
	return []byte(l.String()), nil
}
func (l *Level) UnmarshalText(b []byte) error {
	for i, s := range []string{"low", "mid", "high"} {
		if s == string(b) {
			*l = Level(i)
			return nil
		}
	}
	return fmt.Errorf("bad level %q", b)
}

type Calc struct{ acc float64 }

func (c *Calc) Add(x float64) *Calc     { c.acc += x; return c }
func (c *Calc) Mul(x float64) *Calc     { c.acc *= x; return c }
func (c Calc) Result() float64          { return c.acc }
func (c Calc) Sum(xs ...float64) string { return fmt.Sprint(len(xs), xs) }

func walk(v reflect.Value, depth int) {
	pad := strings.Repeat("  ", depth)
	switch v.Kind() {
	case reflect.Struct:
		t := v.Type()
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Printf("%s%s %s %q exported=%v anon=%v idx=%v\n", pad, f.Name, f.Type, f.Tag.Get("json"), f.IsExported(), f.Anonymous, f.Index)
			if f.IsExported() {
				walk(v.Field(i), depth+1)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), depth+1)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			fmt.Printf("%s[%d]=%v\n", pad, i, v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return fmt.Sprint(keys[i]) < fmt.Sprint(keys[j]) })
		for _, k := range keys {
			fmt.Printf("%s%v=%v\n", pad, k, v.MapIndex(k))
		}
	default:
		fmt.Printf("%s%v (%v)\n", pad, v, v.Kind())
	}
}

func main() {
	u := User{Base: Base{1, "k"}, Name: "bob", Emails: []string{"a@b"}, Meta: map[string]any{"x": 1, "y": []int{2}}, Opt: &Base{ID: 9}, T: time.Second, Arr: [2]Level{1, 2}, M2: map[Level]Level{0: 2}}
	walk(reflect.ValueOf(u), 0)
	t := reflect.TypeOf(u)
	fmt.Println(t, t.Name(), t.Kind(), t.NumMethod(), reflect.TypeOf(&u).NumMethod(), t.NumField(), t.PkgPath())
	for i := range reflect.TypeOf(&u).NumMethod() {
		m := reflect.TypeOf(&u).Method(i)
		fmt.Println(m.Name, m.Type)
	}
	fmt.Println(reflect.ValueOf(u).MethodByName("Describe").Call(nil)[0])
	reflect.ValueOf(&u).MethodByName("SetID").Call([]reflect.Value{reflect.ValueOf(77)})
	fmt.Println(u.ID, reflect.ValueOf(u).MethodByName("Nope").IsValid())
	f, ok := t.FieldByName("Kind")
	fmt.Println(f.Name, f.Index, ok, f.Tag)
	b, err := json.Marshal(u)
	fmt.Println(string(b), err)
	var u2 User
	err = json.Unmarshal([]byte(`{"id":5,"name":"al","arr":["high","mid"],"m2":{"mid":"low"},"opt":{"id":3}}`), &u2)
	fmt.Println(u2.ID, u2.Name, u2.Arr, u2.M2, *u2.Opt, err)
	err = json.Unmarshal([]byte(`{"arr":["zzz"]}`), &u2)
	fmt.Println(err)
	np := reflect.New(reflect.TypeOf(Calc{}))
	np.MethodByName("Add").Call([]reflect.Value{reflect.ValueOf(2.5)})
	np.Interface().(*Calc).Mul(4)
	fmt.Println(np.Elem().Interface().(Calc).Result(), np.MethodByName("Sum").Call([]reflect.Value{reflect.ValueOf(1.0), reflect.ValueOf(2.0)})[0])
	swap := reflect.MakeFunc(reflect.TypeOf((func(int, string) (string, int))(nil)), func(a []reflect.Value) []reflect.Value {
		return []reflect.Value{a[1], a[0]}
	})
	fmt.Println(swap.Interface().(func(int, string) (string, int))(1, "z"))
	st := reflect.StructOf([]reflect.StructField{{Name: "A", Type: reflect.TypeFor[Level](), Tag: `json:"a"`}})
	sv := reflect.New(st).Elem()
	sv.Field(0).SetUint(2)
	fmt.Printf("%v %+v\n", sv.Interface(), sv.Interface())
	mt := reflect.MapOf(reflect.TypeFor[string](), reflect.TypeFor[Base]())
	mv := reflect.MakeMap(mt)
	mv.SetMapIndex(reflect.ValueOf("q"), reflect.ValueOf(Base{3, "z"}))
	fmt.Println(mv.Interface().(map[string]Base)["q"], mt)
	fmt.Println(reflect.DeepEqual(u, u2), reflect.DeepEqual([]Base{{1, ""}}, []Base{{1, ""}}), reflect.TypeFor[fmt.Stringer]().Kind())
	fmt.Println(reflect.TypeFor[Level]().Implements(reflect.TypeFor[fmt.Stringer]()), reflect.TypeFor[Calc]().ConvertibleTo(reflect.TypeFor[struct{ acc float64 }]()))
	sl := reflect.MakeSlice(reflect.TypeFor[[]Level](), 0, 2)
	sl = reflect.Append(sl, reflect.ValueOf(Level(1)))
	fmt.Println(sl.Interface(), sl.Type().Elem(), reflect.Zero(t).Field(1).String() == "")
	ch := reflect.MakeChan(reflect.TypeFor[chan Base](), 1)
	ch.Send(reflect.ValueOf(Base{8, "c"}))
	r, _ := ch.Recv()
	fmt.Println(r)
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(u).Field(1).SetString("x")
	}()
	reflect.ValueOf(&u).Elem().FieldByName("Name").SetString("new")
	fmt.Println(u.Name, reflect.Indirect(reflect.ValueOf(&u)).FieldByName("secret").CanSet())
}
