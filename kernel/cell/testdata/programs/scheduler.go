package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

type Weekday = time.Weekday

type Field struct {
	lo, hi int
	set    uint64
}

func (f Field) Has(v int) bool { return v >= f.lo && v <= f.hi && f.set>>uint(v)&1 == 1 }

type Cron struct {
	Min, Hour, Dom, Month, Dow Field
	src                        string
}

type FieldError struct {
	Name string
	Pos  int
	Err  error
}

func (e *FieldError) Error() string { return fmt.Sprintf("field %d (%s): %v", e.Pos, e.Name, e.Err) }
func (e *FieldError) Unwrap() error { return e.Err }

var errRange = errors.New("out of range")

func parseField(s string, lo, hi int) (f Field, err error) {
	f = Field{lo: lo, hi: hi}
	for _, part := range strings.Split(s, ",") {
		step := 1
		if base, st, ok := strings.Cut(part, "/"); ok {
			if _, err := fmt.Sscanf(st, "%d", &step); err != nil {
				return f, fmt.Errorf("step %q: %w", st, err)
			}
			part = base
		}
		a, b := lo, hi
		if part != "*" {
			n, e := fmt.Sscanf(part, "%d-%d", &a, &b)
			switch {
			case n == 0:
				return f, e
			case n == 1:
				b = a
			}
		}
		if a < lo || b > hi || a > b || step < 1 {
			return f, fmt.Errorf("%d-%d/%d: %w", a, b, step, errRange)
		}
		for v := a; v <= b; v += step {
			f.set |= 1 << v
		}
	}
	return
}

func Parse(s string) (c *Cron, err error) {
	parts := strings.Fields(s)
	if len(parts) != 5 {
		return nil, fmt.Errorf("want 5 fields, got %d", len(parts))
	}
	c = &Cron{src: s}
	for i, spec := range []struct {
		name   string
		f      *Field
		lo, hi int
	}{{"min", &c.Min, 0, 59}, {"hour", &c.Hour, 0, 23}, {"dom", &c.Dom, 1, 31}, {"month", &c.Month, 1, 12}, {"dow", &c.Dow, 0, 6}} {
		if *spec.f, err = parseField(parts[i], spec.lo, spec.hi); err != nil {
			return nil, &FieldError{spec.name, i + 1, err}
		}
	}
	return
}

func (c *Cron) Match(t time.Time) bool {
	for _, p := range []struct {
		Field
		v int
	}{{c.Min, t.Minute()}, {c.Hour, t.Hour()}, {c.Dom, t.Day()}, {c.Month, int(t.Month())}, {c.Dow, int(t.Weekday())}} {
		if !p.Has(p.v) {
			return false
		}
	}
	return true
}

func (c *Cron) Next(t time.Time) (time.Time, bool) {
	t = t.Truncate(time.Minute).Add(time.Minute)
	limit := t.AddDate(5, 0, 0)
wrap:
	for t.Before(limit) {
		for !c.Month.Has(int(t.Month())) {
			t = time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, t.Location())
			continue wrap
		}
		if !c.Dom.Has(t.Day()) || !c.Dow.Has(int(t.Weekday())) {
			t = time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
			continue
		}
		if !c.Hour.Has(t.Hour()) {
			t = t.Truncate(time.Hour).Add(time.Hour)
			continue
		}
		if c.Min.Has(t.Minute()) {
			return t, true
		}
		t = t.Add(time.Minute)
	}
	return time.Time{}, false
}

func (c Cron) All(from time.Time) func(func(int, time.Time) bool) {
	return func(yield func(int, time.Time) bool) {
		for i := 0; ; i++ {
			t, ok := c.Next(from)
			if !ok || !yield(i, t) {
				return
			}
			from = t
		}
	}
}

func main() {
	start := time.Date(2024, 2, 28, 23, 50, 30, 0, time.UTC)
	for _, s := range []string{"*/15 * * * *", "0 9-17/4 * * 1-5", "30 6 29 2 *", "0 0 1,15 * 0", "59 23 31 4 *"} {
		c, err := Parse(s)
		if err != nil {
			fmt.Println(err)
			continue
		}
		var out []string
		for i, t := range c.All(start) {
			out = append(out, t.Format("Mon 02 Jan 06 15:04"))
			if i == 2 {
				break
			}
		}
		fmt.Printf("%-18s %q\n", c.src, out)
	}
	for _, s := range []string{"* * *", "60 * * * *", "a * * * *", "*/x * * * *", "1-70 * * * *", "* * * 5-3 *"} {
		_, err := Parse(s)
		var fe *FieldError
		fmt.Println(err, errors.Is(err, errRange), errors.As(err, &fe) && fe.Pos > 0)
	}
	c, _ := Parse("0 12 * * 6")
	fmt.Println(c.Match(time.Date(2024, 3, 2, 12, 0, 0, 0, time.UTC)), c.Match(start), Weekday(6), c.Dow)
	days := []Weekday{time.Friday, time.Monday, time.Sunday}
	slices.Sort(days)
	fmt.Println(days, slices.Contains(days, time.Monday))
}
