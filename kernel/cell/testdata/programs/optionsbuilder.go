package main

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

type Level int8

const (
	Debug Level = iota - 1
	Info
	Warn
)

var levelNames = [...]string{"DEBUG", "INFO", "WARN"}

func (l Level) String() string {
	if i := int(l - Debug); i >= 0 && i < len(levelNames) {
		return levelNames[i]
	}
	return fmt.Sprintf("Level(%d)", int8(l))
}

type config struct {
	name    string
	level   Level
	timeout time.Duration
	filters []func(string) bool
	meta    map[string]any
}

type Option interface{ apply(*config) error }
type optionFunc func(*config) error

func (f optionFunc) apply(c *config) error { return f(c) }

func WithLevel(l Level) Option {
	return optionFunc(func(c *config) error {
		if l > Warn {
			return fmt.Errorf("bad level %v", l)
		}
		c.level = l
		return nil
	})
}

type WithTimeout time.Duration

func (w WithTimeout) apply(c *config) error { c.timeout = time.Duration(w); return nil }

type WithMeta map[string]any

func (w WithMeta) apply(c *config) error {
	for k, v := range w {
		if _, dup := c.meta[k]; dup {
			return errors.New("duplicate " + k)
		}
		c.meta[k] = v
	}
	return nil
}

func Filter(f ...func(string) bool) optionFunc {
	return func(c *config) error { c.filters = append(c.filters, f...); return nil }
}

type Logger struct {
	config
	out strings.Builder
}

func New(name string, opts ...Option) (*Logger, error) {
	l := &Logger{config: config{name: name, timeout: time.Second, meta: map[string]any{}}}
	var errs []error
	for i, o := range opts {
		if err := o.apply(&l.config); err != nil {
			errs = append(errs, fmt.Errorf("option %d (%T): %w", i, o, err))
		}
	}
	return l, errors.Join(errs...)
}

func (l *Logger) Log(lv Level, format string, args ...any) *Logger {
	if lv < l.level {
		return l
	}
	msg := fmt.Sprintf(format, args...)
	for _, f := range l.filters {
		if !f(msg) {
			return l
		}
	}
	fmt.Fprintf(&l.out, "[%-5v] %s: %s\n", lv, l.name, msg)
	return l
}

func main() {
	l, err := New("app", WithLevel(Info), WithTimeout(3*time.Second), WithMeta{"a": 1, "b": []int{2}},
		Filter(func(s string) bool { return !strings.Contains(s, "secret") }, func(s string) bool { return len(s) < 20 }))
	fmt.Println(err, l.timeout, l.meta, l.level)
	l.Log(Debug, "no").Log(Info, "hello %s %d", "x", 3).Log(Warn, "secret %v", 1).Log(Warn, "%v", []any{1, "a", nil, 2.5}).Log(Level(9), strings.Repeat("z", 30))
	fmt.Print(l.out.String())
	_, err = New("bad", WithLevel(7), WithMeta{"k": 1}, WithMeta{"k": 2})
	fmt.Println(strings.ReplaceAll(err.Error(), "\n", " | "))
	fmt.Println(reflect.TypeOf(WithTimeout(0)), reflect.ValueOf(l).Elem().NumField(), reflect.TypeOf(*l).Field(0).Name)
	var o Option = WithTimeout(5)
	switch v := o.(type) {
	case optionFunc:
		fmt.Println("func", v != nil)
	case WithTimeout, WithMeta:
		fmt.Printf("%T %v\n", v, v)
	}
	fmt.Printf("%v %d %s|%5v|%-7v|%q\n", Warn, Warn, Level(5), Info, Debug, Info)
}
