package live

import (
	"errors"
	"flag"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/display"
	"descent/dl/learn"
)

var look = flag.String("look", "", "write the panels of the tests to this directory, to look at them")

// A sink records what a notebook would get.
type sink struct {
	ids     []string
	bundles []display.Bundle
	times   []time.Time
	now     func() time.Time
}

func (s *sink) add(b display.Bundle, id string) {
	s.ids = append(s.ids, id)
	s.bundles = append(s.bundles, b)
	s.times = append(s.times, s.now())
}
func (s *sink) Display(b display.Bundle, id string) { s.add(b, id) }
func (s *sink) Update(b display.Bundle, id string)  { s.add(b, "update "+id) }
func (s *sink) Clear(bool)                          {}

func (s *sink) last() display.Bundle { return s.bundles[len(s.bundles)-1] }

// A drive runs a reporter on a clock of its own.
type drive struct {
	now  time.Time
	sink *sink
	r    *reporter
	h    *learn.History
	run  learn.Run
}

func newDrive(t *testing.T, run learn.Run) *drive {
	d := &drive{now: time.Unix(1000, 0), run: run}
	clock := func() time.Time { return d.now }
	d.sink = &sink{now: clock}
	display.SetSink(d.sink)
	t.Cleanup(func() { display.SetSink(nil) })
	d.r = &reporter{now: clock}
	d.h = &learn.History{StepsPerEpoch: run.StepsPerEpoch, MetricNames: run.MetricNames}
	d.r.Begin(run)
	return d
}

// steps runs n steps of an epoch, each of which takes dt.
func (d *drive) steps(epoch, from, n int, dt time.Duration) {
	for s := from; s < from+n; s++ {
		d.now = d.now.Add(dt)
		i := (epoch-1)*d.run.StepsPerEpoch + s
		loss := 2.2*math.Exp(-float64(i)/250) + 0.1 + 0.1*math.Abs(math.Sin(float64(i*i)))
		d.h.StepLoss = append(d.h.StepLoss, loss)
		d.r.Step(learn.Progress{Epoch: epoch, Epochs: d.run.Epochs, Step: s, Steps: d.run.StepsPerEpoch,
			Samples: s * d.run.BatchSize, Loss: loss, MeanLoss: loss, Phase: learn.PhaseTrain})
	}
}

func (d *drive) epoch(n int, best bool) {
	e := learn.EpochResult{Epoch: n, Epochs: d.run.Epochs, TrainLoss: 0.4 / float64(n), ValLoss: math.NaN(), Train: map[string]float64{"accuracy": 1 - 0.1/float64(n)}, Seconds: 0.9, Best: best}
	if d.run.HasValidation {
		e.ValLoss, e.Val = 0.3/float64(n)+0.05, map[string]float64{"accuracy": 0.99 - 0.1/float64(n)}
	}
	d.h.Epochs = append(d.h.Epochs, e)
	if best {
		d.h.BestEpoch = n
	}
	d.r.Epoch(e)
}

func (d *drive) end(reason string, err error) {
	d.h.Reason, d.h.Err, d.h.Seconds = reason, err, d.now.Sub(time.Unix(1000, 0)).Seconds()
	d.r.End(learn.Outcome{History: d.h, Reason: reason, Err: err})
}

func mnist() learn.Run {
	return learn.Run{Epochs: 5, StepsPerEpoch: 938, BatchSize: 64, Samples: 60000, HasValidation: true, MetricNames: []string{"accuracy"}, Parameters: 101770}
}

func (d *drive) save(t *testing.T, name string) {
	if *look == "" {
		return
	}
	for i, b := range d.sink.bundles {
		page, _ := b.Data[display.MIMEHTML].(string)
		if err := os.WriteFile(*look+"/"+name+"-"+strconv.Itoa(i)+".html", []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPanel(t *testing.T) {
	d := newDrive(t, mnist())
	for e := 1; e <= 5; e++ {
		d.steps(e, 1, 938, time.Millisecond)
		d.epoch(e, true)
	}
	d.end(learn.ReasonCompleted, nil)
	d.save(t, "panel")

	// 4.69 s at four updates a second, the first and the last.
	if n := len(d.sink.bundles); n < 15 || n > 21 {
		t.Errorf("%d updates", n)
	}
	for i := 1; i < len(d.sink.times)-1; i++ {
		if gap := d.sink.times[i].Sub(d.sink.times[i-1]); gap < interval {
			t.Errorf("update %d after %v", i, gap)
		}
	}
	// One output, updated in place.
	for i, id := range d.sink.ids {
		if i > 0 && id != "update "+d.sink.ids[0] || d.sink.ids[0] == "" {
			t.Errorf("id %d is %q", i, id)
		}
	}
	first := height(t, d.sink.bundles[0])
	for i, b := range d.sink.bundles {
		if h := height(t, b); h != first {
			t.Errorf("frame %d is %d pixels high, the first %d", i, h, first)
		}
		if n := b.Size(); n > 120<<10 {
			t.Errorf("frame %d has %d bytes", i, n)
		}
		_, png := b.Data[display.MIMEPNG]
		if final := i == len(d.sink.bundles)-1; png != final {
			t.Errorf("frame %d has a PNG: %v", i, png)
		}
		checkPage(t, b.Data[display.MIMEHTML].(string))
	}

	middle := d.sink.bundles[len(d.sink.bundles)/2]
	for _, want := range []string{"Training: epoch 3 of 5, step ", "64,000 samples/s", " left", "loss 0.", "epoch 2: validation loss 0.2000, accuracy 94.00 %"} {
		if !strings.Contains(middle.Text(), want) {
			t.Errorf("no %q in %q", want, middle.Text())
		}
	}
	text := d.sink.last().Text()
	for _, want := range []string{"Trained: 5 epochs in 4.7 s · 64,000 samples/s", "98.00 %", "0.1100", "97.00 %", "★"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	page := d.sink.last().Data[display.MIMEHTML].(string)
	if !strings.Contains(page, "Training, 5 epochs: loss 0.4000 → 0.0800, validation loss 0.3500 → 0.1100, validation accuracy 89.00 % → 97.00 %.") {
		t.Error("the alternative text does not state the result")
	}
}

// height adds up what a browser reserves: lines, picture and rows of the table.
func height(t *testing.T, b display.Bundle) int {
	t.Helper()
	page := b.Data[display.MIMEHTML].(string)
	h := 0
	for _, m := range regexp.MustCompile(`style="height:(\d+)px|height="(\d+)"`).FindAllStringSubmatch(page, -1) {
		n, _ := strconv.Atoi(m[1] + m[2])
		h += n
	}
	return h + 20*strings.Count(page, "<tr>")
}

// checkPage checks what a sanitizer would drop and what a screen reader needs.
func checkPage(t *testing.T, page string) {
	t.Helper()
	for _, want := range []string{"<progress value=", "<caption", `scope="col"`, `scope="row"`, `<img alt="`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	bare := regexp.MustCompile(`alt="[^"]*"|base64,[^"]*`).ReplaceAllString(page, "")
	if bad := regexp.MustCompile(`(?i)<script|<style|<svg|var\(|calc\(|currentColor|[^-]color:|aria-|https?:`).FindString(bare); bad != "" {
		t.Errorf("%q in %s", bad, bare)
	}
	if !regexp.MustCompile(`>(\d+) %</progress> (\d+) %`).MatchString(page) {
		t.Error("the bar has no text")
	}
}

func TestStops(t *testing.T) {
	tests := []struct {
		name, reason string
		err          error
		headline     []string
		bar          string
	}{
		{"interrupt", learn.ReasonInterrupted, nil, []string{"Interrupted: stopped at 28 % (epoch 2 of 5, step 400 of 938)", "the model keeps what it has learnt"}, `value="28"`},
		{"callback", learn.ReasonCallback, nil, []string{"Stopped: by a callback, stopped at 28 %"}, `value="28"`},
		{"failure", learn.ReasonFailed, errors.New("fc2: Linear(128→10): shapes do not fit\nhint"), []string{"Failed: stopped at 28 %", "fc2: Linear(128→10): shapes do not fit"}, `value="28"`},
		{"nan", learn.ReasonNaN, errors.New("loss is NaN at step 400 of epoch 2"), []string{"Failed: loss is NaN at step 400 of epoch 2"}, `value="28"`},
		{"early", learn.ReasonEarly, nil, []string{"Stopped early: no improvement, after 1 epoch of 5"}, `value="100"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDrive(t, mnist())
			d.steps(1, 1, 938, time.Millisecond)
			d.epoch(1, true)
			d.steps(2, 1, 400, time.Millisecond)
			d.end(tt.reason, tt.err)
			d.save(t, tt.name)
			b := d.sink.last()
			for _, want := range append(tt.headline, "0.3500", "89.00 %") {
				if !strings.Contains(b.Text(), want) {
					t.Errorf("no %q in %q", want, b.Text())
				}
			}
			page := b.Data[display.MIMEHTML].(string)
			if !strings.Contains(page, tt.bar) {
				t.Errorf("no %s in %.600s", tt.bar, page)
			}
			// The last values stand in the panel.
			if tt.reason != learn.ReasonEarly && !regexp.MustCompile(`loss 0\.\d{4} \(epoch so far`).MatchString(page) {
				t.Error("no last values")
			}
			if h, f := height(t, b), height(t, d.sink.bundles[0]); h != f {
				t.Errorf("height %d, first %d", h, f)
			}
		})
	}
}

// TestFirstAndLast checks that a run shorter than the interval is shown, too.
func TestFirstAndLast(t *testing.T) {
	run := mnist()
	run.Epochs, run.StepsPerEpoch, run.HasValidation, run.MetricNames = 1, 3, false, nil
	d := newDrive(t, run)
	d.steps(1, 1, 3, time.Millisecond)
	d.epoch(1, true)
	d.end(learn.ReasonCompleted, nil)
	d.save(t, "short")
	if len(d.sink.bundles) != 2 {
		t.Fatalf("%d outputs", len(d.sink.bundles))
	}
	if text := d.sink.last().Text(); !strings.Contains(text, "Trained: 1 epoch in") || !strings.Contains(text, "0.4000") {
		t.Error(text)
	}
}

func TestManyEpochsAreThrottled(t *testing.T) {
	run := mnist()
	run.Epochs, run.StepsPerEpoch = 200, 2
	d := newDrive(t, run)
	for e := 1; e <= 200; e++ {
		d.steps(e, 1, 2, time.Millisecond)
		d.epoch(e, e == 150)
	}
	d.end(learn.ReasonCompleted, nil)
	d.save(t, "many")
	if n := len(d.sink.bundles); n > 4 {
		t.Errorf("%d updates in 0.4 s", n)
	}
	page := d.sink.last().Data[display.MIMEHTML].(string)
	if !strings.Contains(page, "Epochs, the last 10 of 200") || !strings.Contains(page, "best, epoch 150") {
		t.Errorf("%.900s", page)
	}
	if h, f := height(t, d.sink.last()), height(t, d.sink.bundles[0]); h != f {
		t.Errorf("height %d, first %d", h, f)
	}
}

func TestTraceIsBounded(t *testing.T) {
	var tr trace
	for i := range 1_000_000 {
		tr.add(float64(i))
	}
	if len(tr.y) >= traceSize {
		t.Fatalf("%d points", len(tr.y))
	}
	x, y := tr.points(1000)
	for i := range y {
		// The mean of the steps of point i, which ends at step (i+1)·stride.
		if want := float64(i*tr.stride) + float64(tr.stride-1)/2; y[i] != want || x[i] != float64((i+1)*tr.stride)/1000 {
			t.Fatalf("point %d is (%v, %v), want y %v", i, x[i], y[i], want)
		}
	}
	if last := x[len(x)-1]; last < 990 {
		t.Errorf("the curve ends at epoch %v of 1000", last)
	}
}

// TestBrokenPanel checks that a sink that panics does not end the training.
func TestBrokenPanel(t *testing.T) {
	display.SetSink(bomb{})
	defer display.SetSink(nil)
	r := NewReporter()
	r.Begin(mnist())
	r.Step(learn.Progress{Epoch: 1, Step: 1, Steps: 2, Phase: learn.PhaseTrain})
	r.End(learn.Outcome{Reason: learn.ReasonFailed})
}

type bomb struct{}

func (bomb) Display(display.Bundle, string) { panic("no display") }
func (bomb) Update(display.Bundle, string)  { panic("no display") }
func (bomb) Clear(bool)                     {}

// BenchmarkStep is what a step of training pays for the panel.
func BenchmarkStep(b *testing.B) {
	display.SetSink(&sink{now: time.Now})
	defer display.SetSink(nil)
	r := NewReporter()
	r.Begin(mnist())
	i := 0
	for b.Loop() {
		i++
		r.Step(learn.Progress{Epoch: 1 + i/938%5, Epochs: 5, Step: i % 938, Steps: 938, Samples: i % 938 * 64, Loss: 0.5, MeanLoss: 0.5, Phase: learn.PhaseTrain})
	}
}
