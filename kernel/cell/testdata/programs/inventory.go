package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
)

type Unit string
type Product struct {
	SKU   string
	Name  string
	Qty   int
	Price float64
	Dims  struct{ W, H int }
	unit  Unit
}

type Inventory struct {
	products map[string]Product
	index    map[Unit][]string
	Stats
}

type Stats struct{ added, removed int }

func (s *Stats) note(n int) {
	if n >= 0 {
		s.added += n
	} else {
		s.removed -= n
	}
}
func (s Stats) Report() string { return fmt.Sprintf("+%d/-%d", s.added, s.removed) }

type stockError struct {
	sku string
	err error
}

func (e *stockError) Error() string { return e.sku + ": " + e.err.Error() }
func (e *stockError) Unwrap() error { return e.err }

var (
	errMissing = errors.New("missing")
	errShort   = errors.New("not enough")
)

func (inv *Inventory) Load(r io.Reader) (n int, err error) {
	cr := csv.NewReader(r)
	cr.Comment = '#'
	for line := 1; ; line++ {
		rec, err := cr.Read()
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		qty, e1 := strconv.Atoi(rec[2])
		price, e2 := strconv.ParseFloat(rec[3], 64)
		if err := errors.Join(e1, e2); err != nil {
			return n, fmt.Errorf("record %d: %w", line, err)
		}
		p := Product{SKU: rec[0], Name: rec[1], Qty: qty, Price: price, unit: Unit(rec[4])}
		p.Dims.W = len(rec[1])
		inv.products[p.SKU] = p
		inv.index[p.unit] = append(inv.index[p.unit], p.SKU)
		inv.note(qty)
		n++
	}
}

func (inv *Inventory) Change(sku string, d int) error {
	p, ok := inv.products[sku]
	switch {
	case !ok:
		return &stockError{sku, errMissing}
	case p.Qty+d < 0:
		return &stockError{sku, fmt.Errorf("%w: %d+%d", errShort, p.Qty, d)}
	}
	p.Qty += d
	inv.products[sku] = p
	inv.note(d)
	return nil
}

func main() {
	inv := &Inventory{products: map[string]Product{}, index: map[Unit][]string{}}
	n, err := inv.Load(strings.NewReader("# stock\na1,\"Nut, hex\",100,0.05,pc\nb2,Rope,30,1.5,m\nc3,Oil,7,12.25,l\na2,Bolt,80,.1,pc\n"))
	fmt.Println(n, err, inv.Report(), inv.Stats)
	for _, c := range []struct {
		sku string
		d   int
	}{{"a1", -20}, {"b2", -31}, {"zz", 1}, {"c3", +3}} {
		err := inv.Change(c.sku, c.d)
		var se *stockError
		fmt.Println(c, err, errors.Is(err, errShort), errors.As(err, &se) && se.err == errMissing)
	}
	keys := make([]string, 0, len(inv.products))
	for k := range inv.products {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := inv.products[keys[i]], inv.products[keys[j]]
		return a.Price*float64(a.Qty) > b.Price*float64(b.Qty)
	})
	value := 0.0
	for _, k := range keys {
		p := inv.products[k]
		value += p.Price * float64(p.Qty)
		fmt.Printf("%-3s %-10q %4d %7.2f %v\n", p.SKU, p.Name, p.Qty, p.Price, p.Dims)
	}
	fmt.Printf("%.2f %v\n", value, inv.index)
	fmt.Printf("%+v\n%v\n%#v\n", inv.products["b2"], inv.products["none"], inv.products["c3"].Dims)
	n, err = inv.Load(strings.NewReader("x,y,1,2,u\nz,w,2\n"))
	fmt.Println(n, err)
	n, err = inv.Load(strings.NewReader("x,y,q,r,s\n"))
	fmt.Println(n, err, errors.Is(err, strconv.ErrSyntax))
	f := inv.Report
	inv.note(1000)
	fmt.Println(f(), inv.Report())
}
