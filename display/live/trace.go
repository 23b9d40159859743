package live

// traceSize bounds the points of the loss curve while a run goes on.
const traceSize = 4096

// A trace is the loss over steps in bounded memory: when it is full, neighbours
// are averaged and from then on each point stands for twice as many steps.
type trace struct {
	stride int // steps for each point
	y      []float64
	sum    float64 // of the point under way
	n      int
	steps  int
}

func (t *trace) add(v float64) {
	if t.stride == 0 {
		t.stride = 1
	}
	t.steps++
	t.sum += v
	t.n++
	if t.n < t.stride {
		return
	}
	t.y = append(t.y, t.sum/float64(t.n))
	t.sum, t.n = 0, 0
	if len(t.y) < traceSize {
		return
	}
	for i := range traceSize / 2 {
		t.y[i] = (t.y[2*i] + t.y[2*i+1]) / 2
	}
	t.y = t.y[:traceSize/2]
	t.stride *= 2
}

// points returns the curve, x in epochs of so many steps.
func (t *trace) points(perEpoch int) (x, y []float64) {
	x = make([]float64, len(t.y))
	for i := range x {
		x[i] = float64((i+1)*t.stride) / float64(max(1, perEpoch))
	}
	return x, t.y
}
