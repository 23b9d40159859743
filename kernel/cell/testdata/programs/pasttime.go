package main

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

type Span struct {
	Start, End time.Time
	Label      string
}

func (s Span) Duration() time.Duration { return s.End.Sub(s.Start) }
func (s Span) Overlaps(o Span) bool    { return s.Start.Before(o.End) && o.Start.Before(s.End) }
func (s Span) String() string {
	const f = "15:04"
	return fmt.Sprintf("%s-%s %s", s.Start.Format(f), s.End.Format(f), s.Label)
}

type Day struct{ time.Time }

func (d Day) At(h, m int) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), h, m, 0, 0, d.Location())
}
func (d Day) Next() Day { return Day{d.AddDate(0, 0, 1)} }
func (d Day) Weekend() bool {
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		return true
	}
	return false
}

type Spans []Span

func (s Spans) Len() int           { return len(s) }
func (s Spans) Less(i, j int) bool { return s[i].Start.Before(s[j].Start) }
func (s Spans) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

func (s Spans) Merge() (out Spans) {
	sort.Sort(s)
	for _, x := range s {
		if n := len(out) - 1; n >= 0 && !out[n].End.Before(x.Start) {
			if x.End.After(out[n].End) {
				out[n].End = x.End
			}
			out[n].Label += "+" + x.Label
			continue
		}
		out = append(out, x)
	}
	return
}

func calendar(y int, m time.Month) string {
	var b strings.Builder
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	fmt.Fprintf(&b, "%s %d\n%s", m, y, strings.Repeat("   ", (int(first.Weekday())+6)%7))
	for d := first; d.Month() == m; d = d.AddDate(0, 0, 1) {
		fmt.Fprintf(&b, "%3d", d.Day())
		if d.Weekday() == time.Sunday {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func main() {
	d := Day{time.Date(2024, time.February, 28, 0, 0, 0, 0, time.UTC)}
	for range 4 {
		fmt.Print(d.Format("Mon 2006-01-02"), d.Weekend(), " ")
		d = d.Next()
	}
	fmt.Println(d.Year(), d.YearDay())
	s := Spans{{d.At(9, 0), d.At(10, 30), "b"}, {d.At(8, 0), d.At(9, 0), "a"}, {d.At(13, 0), d.At(14, 0), "d"}, {d.At(10, 0), d.At(12, 15), "c"}}
	fmt.Println(s[0].Overlaps(s[1]), s[0].Overlaps(s[3]), s[3].Duration())
	fmt.Println(s.Merge())
	fmt.Println(s)
	fmt.Println(calendar(2024, 2))
	for _, c := range []struct{ layout, val string }{{time.RFC3339, "2024-05-06T07:08:09+02:00"}, {time.Kitchen, "3:04PM"}, {"02/01/06", "31/12/99"}, {time.DateTime, "2024-02-30 00:00:00"}, {time.ANSIC, "bad"}} {
		t, err := time.Parse(c.layout, c.val)
		if err != nil {
			fmt.Println("err:", err)
			continue
		}
		_, off := t.Zone()
		fmt.Println(t.UTC().Format(time.RFC1123), off, t.Unix())
	}
	est := time.FixedZone("EST", -5*3600)
	t := time.Unix(1700000000, 123456789).In(est)
	fmt.Println(t, t.Nanosecond(), t.Truncate(time.Hour).Format(time.StampMicro), t.Equal(t.UTC()), t == t.UTC())
	y, w := t.ISOWeek()
	h, m, sec := t.Clock()
	fmt.Println(y, w, h, m, sec, t.Weekday(), t.Month(), int(t.Month()))
	fmt.Println(time.Duration(0), 1500*time.Microsecond, 36*time.Hour, -time.Second, time.Duration(1.5*float64(time.Minute)))
	fmt.Printf("%v %s %d %.2f %T\n", time.Minute, time.Minute, time.Millisecond, (90 * time.Second).Minutes(), time.March)
	var zero time.Time
	fmt.Println(zero, zero.IsZero(), zero.Unix(), t.Compare(zero), time.Until(zero) < 0)
	b, _ := t.MarshalJSON()
	var back time.Time
	fmt.Println(string(b), back.UnmarshalJSON(b), back.Equal(t))
	ages := map[time.Month][]int{time.May: {1}}
	ages[time.May] = append(ages[time.May], int(time.May))
	fmt.Println(ages)
}
