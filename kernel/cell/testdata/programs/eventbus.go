package main

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

type Event interface{ Topic() string }

type UserCreated struct {
	ID   int
	Name string
}
type OrderPaid struct {
	ID     int
	Amount float64
}

func (UserCreated) Topic() string { return "user" }
func (*OrderPaid) Topic() string  { return "order" }

type Handler func(Event) error

func (h Handler) Named(n string) named { return named{n, h} }

type named struct {
	name string
	Handler
}

type Bus struct {
	subs map[string][]named
	log  []string
}

func (b *Bus) On(topic string, h named) (cancel func()) {
	if b.subs == nil {
		b.subs = map[string][]named{}
	}
	b.subs[topic] = append(b.subs[topic], h)
	return func() {
		b.subs[topic] = slices.DeleteFunc(b.subs[topic], func(n named) bool { return n.name == h.name })
	}
}

func (b *Bus) Emit(e Event) (err error) {
	for _, s := range b.subs[e.Topic()] {
		func() {
			defer func() {
				if r := recover(); r != nil {
					err = errors.Join(err, fmt.Errorf("%s panicked: %v", s.name, r))
				}
			}()
			if e := s.Handler(e); e != nil {
				err = errors.Join(err, fmt.Errorf("%s: %w", s.name, e))
			}
		}()
	}
	b.log = append(b.log, fmt.Sprintf("%T%+v", e, e))
	return
}

type limitErr float64

func (l limitErr) Error() string { return fmt.Sprintf("over %.2f", float64(l)) }

func main() {
	var b Bus
	total := 0.0
	cancel := b.On("order", Handler(func(e Event) error {
		o := e.(*OrderPaid)
		if o.Amount > 100 {
			return limitErr(100)
		}
		total += o.Amount
		return nil
	}).Named("sum"))
	b.On("order", Handler(func(e Event) error {
		_ = e.(interface{ Refund() })
		return nil
	}).Named("refund"))
	names := []string{}
	b.On("user", Handler(func(e Event) error {
		switch e := e.(type) {
		case UserCreated:
			names = append(names, strings.ToUpper(e.Name))
		case *OrderPaid:
			return errors.New("wrong")
		}
		return nil
	}).Named("upper"))
	for _, e := range []Event{UserCreated{1, "ann"}, &OrderPaid{7, 20.5}, UserCreated{2, "bob"}, &OrderPaid{8, 200}} {
		if err := b.Emit(e); err != nil {
			for _, l := range strings.Split(err.Error(), "\n") {
				fmt.Println("err:", l)
			}
			var le limitErr
			fmt.Println(errors.As(err, &le), float64(le))
		}
	}
	cancel()
	fmt.Println(b.Emit(&OrderPaid{9, 500}), len(b.subs["order"]))
	fmt.Println(total, names)
	sort.Strings(b.log)
	for _, l := range b.log {
		fmt.Println(l[:strings.IndexByte(l+"{", '{')])
	}
	fmt.Println(b.subs["none"] == nil, b.Emit(nilTopic{}))
}

type nilTopic struct{}

func (nilTopic) Topic() string { return "nil" }
