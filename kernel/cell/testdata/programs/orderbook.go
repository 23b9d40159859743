package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

type Side bool

const (
	Buy  Side = true
	Sell Side = false
)

func (s Side) String() string {
	if s {
		return "BUY"
	}
	return "SELL"
}
func (s Side) MarshalText() ([]byte, error) { return []byte(strings.ToLower(s.String())), nil }
func (s *Side) UnmarshalText(b []byte) error {
	switch string(b) {
	case "buy":
		*s = Buy
	case "sell":
		*s = Sell
	default:
		return fmt.Errorf("side %q", b)
	}
	return nil
}

type Price int64
type Order struct {
	ID    int   `json:"id"`
	Side  Side  `json:"side"`
	Price Price `json:"price"`
	Qty   int   `json:"qty"`
	seq   int
}
type Trade struct {
	Maker, Taker int
	Price        Price
	Qty          int
}

func (p Price) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%d.%02d", p/100, p%100), nil }
func (p *Price) UnmarshalJSON(b []byte) error {
	whole, frac, _ := strings.Cut(string(b), ".")
	var w, f int64
	if _, err := fmt.Sscan(whole, &w); err != nil {
		return err
	}
	if frac != "" {
		fmt.Sscan((frac + "0")[:2], &f)
	}
	*p = Price(w*100 + f)
	return nil
}

type Book struct {
	mu     sync.Mutex
	sides  map[Side][]*Order
	seq    int
	trades []Trade
	onFill []func(Trade)
}

var errQty = errors.New("quantity must be positive")

type rejected struct {
	Order
	error
}

func (r rejected) Unwrap() error { return r.error }

func (b *Book) better(s Side) func(x, y *Order) int {
	return func(x, y *Order) int {
		c := cmp.Compare(x.Price, y.Price)
		if s == Buy {
			c = -c
		}
		return cmp.Or(c, x.seq-y.seq)
	}
}

func (b *Book) Submit(o Order) (left int, err error) {
	if o.Qty <= 0 {
		return 0, rejected{o, errQty}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seq++
	o.seq = b.seq
	opp := b.sides[!o.Side]
	for len(opp) > 0 && o.Qty > 0 {
		m := opp[0]
		if o.Side == Buy && m.Price > o.Price || o.Side == Sell && m.Price < o.Price {
			break
		}
		q := min(m.Qty, o.Qty)
		m.Qty -= q
		o.Qty -= q
		t := Trade{m.ID, o.ID, m.Price, q}
		b.trades = append(b.trades, t)
		defer func() {
			for _, f := range b.onFill {
				f(t)
			}
		}()
		if m.Qty == 0 {
			opp = opp[1:]
		}
	}
	b.sides[!o.Side] = opp
	if o.Qty > 0 {
		b.sides[o.Side] = append(b.sides[o.Side], &o)
		slices.SortFunc(b.sides[o.Side], b.better(o.Side))
	}
	return o.Qty, nil
}

func main() {
	b := &Book{sides: map[Side][]*Order{}}
	var fills []string
	b.onFill = append(b.onFill, func(t Trade) { fills = append(fills, fmt.Sprintf("%d@%d", t.Qty, t.Price)) })
	dec := json.NewDecoder(strings.NewReader(`{"id":1,"side":"sell","price":10.5,"qty":5}{"id":2,"side":"sell","price":10.25,"qty":3}
		{"id":3,"side":"buy","price":9,"qty":4}{"id":4,"side":"buy","price":10.50,"qty":6}{"id":5,"side":"sell","price":8.999,"qty":10}{"id":6,"side":"buy","price":1,"qty":0}{"id":7,"side":"hold"}`))
	for dec.More() {
		var o Order
		if err := dec.Decode(&o); err != nil {
			fmt.Println("decode:", err)
			break
		}
		left, err := b.Submit(o)
		var r rejected
		fmt.Println(o.ID, o.Side, o.Price, left, err, errors.As(err, &r) && r.ID == o.ID, errors.Is(err, errQty))
	}
	fmt.Println(b.trades, fills)
	for _, s := range []Side{Buy, Sell} {
		for _, o := range b.sides[s] {
			j, _ := json.Marshal(o)
			fmt.Println(string(j))
		}
	}
	j, err := json.Marshal(map[Side]map[string]Price{Buy: {"best": 1999}, Sell: nil})
	fmt.Println(string(j), err)
	fmt.Printf("%v %+v %T %s\n", b.trades[0], Order{ID: 1, Side: Sell}, b.sides, !Buy)
}
