package main

import (
	"errors"
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
)

type Level int

func (l Level) String() string { return "L" + strconv.Itoa(int(l)) }

type Base struct {
	ID   int `db:"id,pk" json:"id"`
	note string
}

func (b Base) Describe() string { return fmt.Sprintf("base %d", b.ID) }
func (b *Base) SetID(n int)     { b.ID = n }
func (b *Base) Scale(f ...int) int {
	for _, x := range f {
		b.ID *= x
	}
	return b.ID
}
func (b Base) private() {}

type Config struct {
	Base
	Host    string            `env:"HOST" default:"localhost"`
	Port    uint16            `env:"PORT" default:"8080"`
	Debug   bool              `env:"DEBUG"`
	Ratio   float32           `env:"RATIO" default:"0.5"`
	Tags    []string          `env:"TAGS"`
	Level   Level             `env:"LEVEL" default:"2"`
	Labels  map[string]string `env:"-"`
	Inner   struct{ A, B int }
	Next    *Config
	Handler func(int) (string, error)
	Any     any
	ch      chan<- int
}

func fill(dst any, env map[string]string) error {
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("fill: need pointer to struct, have %T", dst)
	}
	v = v.Elem()
	var errs []error
	for i := 0; i < v.NumField(); i++ {
		f := v.Type().Field(i)
		key, ok := f.Tag.Lookup("env")
		if !ok || key == "-" {
			continue
		}
		s, ok := env[key]
		if !ok {
			s = f.Tag.Get("default")
		}
		if s == "" {
			continue
		}
		if err := set(v.Field(i), s); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", f.Name, err))
		}
	}
	return errors.Join(errs...)
}

func set(f reflect.Value, s string) error {
	switch f.Kind() {
	case reflect.String:
		f.SetString(s)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return err
		}
		f.SetInt(n)
	case reflect.Uint16:
		n, err := strconv.ParseUint(s, 10, f.Type().Bits())
		if err != nil {
			return err
		}
		f.SetUint(n)
	case reflect.Bool:
		b, err := strconv.ParseBool(s)
		f.SetBool(b)
		return err
	case reflect.Float32:
		x, _ := strconv.ParseFloat(s, 32)
		f.SetFloat(x)
	case reflect.Slice:
		for _, p := range strings.Split(s, ",") {
			e := reflect.New(f.Type().Elem()).Elem()
			if err := set(e, p); err != nil {
				return err
			}
			f.Set(reflect.Append(f, e))
		}
	default:
		return fmt.Errorf("kind %s", f.Kind())
	}
	return nil
}

func dump(v reflect.Value, ind string) {
	switch v.Kind() {
	case reflect.Struct:
		fmt.Printf("%s%s {\n", ind, v.Type())
		for i := range v.NumField() {
			f := v.Type().Field(i)
			fmt.Printf("%s  %s %s exported=%v anon=%v tag=%q index=%v\n", ind, f.Name, f.Type, f.IsExported(), f.Anonymous, f.Tag, f.Index)
			if f.Type.Kind() == reflect.Struct {
				dump(v.Field(i), ind+"    ")
			}
		}
		fmt.Printf("%s}\n", ind)
	}
}

type Visitor interface{ Visit(n int) string }
type vf func(int) string

func (f vf) Visit(n int) string { return f(n) }

func main() {
	c := Config{Base: Base{ID: 3, note: "n"}}
	fmt.Println(fill(&c, map[string]string{"PORT": "99", "DEBUG": "true", "TAGS": "a,b,c"}))
	fmt.Println(c.Host, c.Port, c.Debug, c.Ratio, c.Tags, c.Level)
	fmt.Println(fill(&c, map[string]string{"PORT": "70000", "LEVEL": "x"}))
	fmt.Println(fill(c, nil))
	dump(reflect.ValueOf(c), "")

	t := reflect.TypeOf(&c)
	for i := range t.NumMethod() {
		m := t.Method(i)
		fmt.Println(m.Name, m.Type, m.Index, m.IsExported())
	}
	fmt.Println(reflect.TypeOf(c).NumMethod(), reflect.TypeFor[Visitor]().NumMethod())
	v := reflect.ValueOf(&c)
	v.MethodByName("SetID").Call([]reflect.Value{reflect.ValueOf(5)})
	fmt.Println(v.MethodByName("Scale").Call([]reflect.Value{reflect.ValueOf(2), reflect.ValueOf(3)})[0].Int(), c.ID)
	fmt.Println(v.MethodByName("Nope").IsValid(), v.MethodByName("Describe").Call(nil)[0])
	f, ok := reflect.TypeOf(c).FieldByName("ID")
	fmt.Println(f.Name, f.Index, ok, f.Tag.Get("db"))
	fmt.Println(reflect.Indirect(v).FieldByName("Level").Interface().(fmt.Stringer).String())
	for _, ft := range []string{"Handler", "Any", "ch", "Labels", "Next", "Inner"} {
		f, _ := reflect.TypeOf(c).FieldByName(ft)
		fmt.Println(f.Type, f.Type.Kind(), f.Type.Name(), f.Type.Comparable())
	}
	ht := reflect.TypeOf(c.Handler)
	fmt.Println(ht.NumIn(), ht.NumOut(), ht.Out(1), ht.IsVariadic())
	fmt.Println(reflect.TypeOf(vf(nil)).Implements(reflect.TypeFor[Visitor]()), reflect.TypeFor[Base]().Implements(reflect.TypeFor[Visitor]()))

	swap := func(in []reflect.Value) []reflect.Value { return []reflect.Value{in[1], in[0]} }
	var intSwap func(int, string) (string, int)
	reflect.ValueOf(&intSwap).Elem().Set(reflect.MakeFunc(reflect.TypeOf(intSwap), swap))
	fmt.Println(intSwap(1, "x"))

	m := reflect.MakeMap(reflect.TypeOf(map[Level][]Base{}))
	m.SetMapIndex(reflect.ValueOf(Level(2)), reflect.ValueOf([]Base{{ID: 1}}))
	m.SetMapIndex(reflect.ValueOf(Level(1)), reflect.Zero(m.Type().Elem()))
	mm := m.Interface().(map[Level][]Base)
	fmt.Println(mm, len(mm))
	keys := m.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].Int() < keys[j].Int() })
	fmt.Println(keys)
	st := reflect.StructOf([]reflect.StructField{{Name: "X", Type: reflect.TypeFor[Level](), Tag: `json:"x"`}, {Name: "B", Type: reflect.TypeFor[*Base]()}})
	sv := reflect.New(st).Elem()
	sv.Field(0).SetInt(9)
	fmt.Printf("%v %+v %s\n", sv, sv, st)
	fmt.Println(reflect.DeepEqual(c, c), reflect.DeepEqual(mm, map[Level][]Base{2: {{ID: 1}}, 1: nil}), reflect.DeepEqual([]any{1, "a", nil}, []any{1, "a", nil}))
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(c).FieldByName("Host").SetString("x")
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(&c).Elem().FieldByName("ch").Interface()
	}()
	fmt.Println(reflect.ValueOf(&c).Elem().FieldByName("ch").CanSet(), reflect.ValueOf(&c).Elem().FieldByName("Host").CanSet())
	var vis Visitor = vf(func(n int) string { return strings.Repeat("*", n) })
	fmt.Println(reflect.ValueOf(vis).MethodByName("Visit").Call([]reflect.Value{reflect.ValueOf(3)})[0])
	fmt.Println(reflect.TypeOf(vis), reflect.TypeOf(&vis).Elem(), reflect.TypeOf(vis).ConvertibleTo(reflect.TypeFor[func(int) string]()))
	for i, x := range reflect.ValueOf([]Level{4, 5}).Seq2() {
		fmt.Print(i, "=", x, " ")
	}
	fmt.Println(reflect.Zero(reflect.TypeFor[[2]Level]()), reflect.ValueOf(Level(3)).Convert(reflect.TypeFor[float64]()))
}
