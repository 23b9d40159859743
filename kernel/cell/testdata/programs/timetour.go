package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"
)

type Weekdays uint8

func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }
func (w *Weekdays) Add(ds ...time.Weekday) {
	for _, d := range ds {
		*w |= 1 << d
	}
}
func (w Weekdays) String() string {
	var s []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		if w.Has(d) {
			s = append(s, d.String()[:3])
		}
	}
	return strings.Join(s, "+")
}

type Event struct {
	Name string        `json:"name"`
	At   time.Time     `json:"at"`
	For  time.Duration `json:"for"`
	Days Weekdays      `json:"days"`
}

type Date struct {
	Y int
	M time.Month
	D int
}

func (d Date) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%04d-%02d-%02d", d.Y, d.M, d.D), nil
}
func (d *Date) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	if err != nil {
		return err
	}
	d.Y, d.M, d.D = t.Date()
	return nil
}

func easter(y int) Date {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date{y, time.Month(n / 31), n%31 + 1}
}

func calendar(y int, m time.Month) string {
	var b strings.Builder
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	fmt.Fprintf(&b, "%*s\n", 10+len(m.String())/2, m)
	b.WriteString(strings.Repeat("   ", int(first.Weekday())))
	for d := first; d.Month() == m; d = d.AddDate(0, 0, 1) {
		fmt.Fprintf(&b, "%3d", d.Day())
		if d.Weekday() == time.Saturday {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func main() {
	t := time.Date(2024, time.February, 29, 13, 4, 5, 678901234, time.UTC)
	for _, l := range []string{time.RFC3339Nano, time.RFC1123Z, time.Kitchen, time.StampMicro, "Mon Jan _2 2006", "2006-002 15h", "06/1/2 03:04:05.000 PM", time.ANSIC} {
		fmt.Println(t.Format(l))
	}
	est := time.FixedZone("EST", -5*3600)
	fmt.Println(t.In(est), t.In(est).Equal(t), t.In(est) == t, t.Unix(), t.UnixMilli())
	z, off := t.In(est).Zone()
	fmt.Println(z, off, t.YearDay(), t.IsZero(), time.Time{})
	y, w := t.ISOWeek()
	fmt.Println(y, w, t.AddDate(1, 0, 0).Format(time.DateOnly), t.AddDate(0, 1, 1).Format(time.DateOnly), t.Truncate(time.Hour).Format(time.TimeOnly), t.Round(time.Second).Format(time.TimeOnly))
	fmt.Printf("%v %s %d %T %q\n", t.Month(), t.Weekday(), t.Month(), t.Month(), t.Weekday())
	for _, s := range []string{"1h15m30.918273645s", "-1.5h", "300ms", "1us", "5", "2x", ""} {
		d, err := time.ParseDuration(s)
		fmt.Println(d, err, d.Round(time.Minute), d.Truncate(time.Second), d.Hours())
	}
	u := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	fmt.Println(u.Sub(t), t.Before(u), t.Compare(u), u.Sub(t).Hours()/24 > 300)
	_, err := time.Parse(time.DateOnly, "2024-13-01")
	var pe *time.ParseError
	fmt.Println(err, errors.As(err, &pe))
	p, err := time.ParseInLocation("02 Jan 06 15:04", "03 Mar 21 09:30", est)
	fmt.Println(p, err)

	var wd Weekdays
	wd.Add(time.Monday, time.Friday)
	ev := Event{"standup", t, 15 * time.Minute, wd}
	b, err := json.Marshal(ev)
	fmt.Println(string(b), err)
	var back Event
	fmt.Println(json.Unmarshal(b, &back), back == ev, back.At.Equal(ev.At), back)
	b, err = json.Marshal(map[Date]Weekdays{easter(2024): 3, easter(1961): 64})
	fmt.Println(string(b), err)
	var dm map[Date]int
	fmt.Println(json.Unmarshal([]byte(`{"2020-02-29":1}`), &dm), dm)
	fmt.Println(json.Unmarshal([]byte(`{"2021-02-29":1}`), &dm))
	fmt.Print(calendar(2024, time.September), "\n")
	es := []Event{{Name: "c", At: t.Add(time.Hour)}, {Name: "a", At: t}, {Name: "b", At: t.Add(-time.Minute)}}
	sort.Slice(es, func(i, j int) bool { return es[i].At.Before(es[j].At) })
	for _, e := range es {
		fmt.Print(e.Name, " ")
	}
	fmt.Println()

	ctx, cancel := context.WithTimeoutCause(context.Background(), 5*time.Millisecond, errors.New("too slow"))
	defer cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err(), context.Cause(ctx))
	case <-time.After(10 * time.Second):
		fmt.Println("late")
	}
	tk := time.NewTicker(time.Millisecond)
	n := 0
	for range tk.C {
		if n++; n == 3 {
			tk.Stop()
			break
		}
	}
	done := make(chan string)
	tm := time.AfterFunc(time.Hour, func() { done <- "no" })
	fmt.Println(n, tm.Stop(), tm.Reset(time.Millisecond), <-done)
	stop := context.AfterFunc(ctx, func() { done <- "after" })
	fmt.Println(<-done, stop())
	fmt.Println(time.Duration(1<<63-1), time.Duration(-1), 90*time.Second, time.Duration(0), time.UnixMicro(1).UTC())
	loc, err := time.LoadLocation("Not/There")
	fmt.Println(loc, err)
}
