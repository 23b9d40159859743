package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

type Clock interface{ Now() time.Time }
type fakeClock struct{ t time.Time }

func (f *fakeClock) Now() time.Time          { return f.t }
func (f *fakeClock) Advance(d time.Duration) { f.t = f.t.Add(d) }

type Bucket struct {
	mu     sync.Mutex
	rate   float64
	burst  float64
	tokens float64
	last   time.Time
	clock  Clock
	denied atomic.Int32
}

type Option func(*Bucket)

func WithBurst(n int) Option   { return func(b *Bucket) { b.burst, b.tokens = float64(n), float64(n) } }
func WithClock(c Clock) Option { return func(b *Bucket) { b.clock = c } }

func New(rate float64, opts ...Option) *Bucket {
	b := &Bucket{rate: rate, burst: 1, tokens: 1}
	for _, o := range opts {
		o(b)
	}
	b.last = b.clock.Now()
	return b
}

func (b *Bucket) Allow(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.clock.Now()
	b.tokens = min(b.burst, b.tokens+now.Sub(b.last).Seconds()*b.rate)
	b.last = now
	if float64(n) > b.tokens {
		b.denied.Add(1)
		return false
	}
	b.tokens -= float64(n)
	return true
}

func main() {
	c := &fakeClock{time.Date(2024, time.February, 28, 23, 59, 58, 0, time.UTC)}
	b := New(2, WithBurst(5), WithClock(c))
	for i, step := range []time.Duration{0, 0, 500 * time.Millisecond, time.Second, 10 * time.Second} {
		c.Advance(step)
		fmt.Println(i, c.Now().Format("Jan _2 15:04:05.000"), b.Allow(3), b.tokens)
	}
	fmt.Println(b.denied.Load(), c.Now().Weekday(), c.Now().YearDay())
	var ok atomic.Int64
	var wg sync.WaitGroup
	c.Advance(time.Minute)
	for range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if b.Allow(1) {
				ok.Add(1)
			}
		}()
	}
	wg.Wait()
	fmt.Println(ok.Load(), b.denied.Load())
	d := 90*time.Minute + 30*time.Second + 5*time.Millisecond
	fmt.Println(d, d.Truncate(time.Minute), d.Round(time.Hour), d.Hours(), time.Duration(1500))
	fmt.Printf("%v %d %T %s\n", d, d, d, []time.Duration{1, time.Second})
	t0 := c.Now()
	fmt.Println(t0.AddDate(0, 1, 1).Format(time.RFC3339), t0.Before(t0.Add(1)), t0.Month() == time.February, t0.Month()+1)
	p, err := time.Parse("2006-01-02", "2024-13-01")
	fmt.Println(p.IsZero(), err)
	pd, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(pd, err, pd.Minutes() > 75)
}
