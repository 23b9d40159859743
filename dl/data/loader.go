package data

import (
	"fmt"
	"sync"

	"descent/dl"
)

// LoaderOptions configure a Loader. The zero value makes batches of 32 in order.
type LoaderOptions struct {
	// BatchSize is the number of samples of a batch; 0 means 32.
	BatchSize int
	// Shuffle draws a new order each epoch.
	Shuffle bool
	// Seed decides the orders of all epochs and the augmentation. 0 takes a seed
	// from the shuffle stream of dl.ManualSeed when the first epoch begins.
	Seed uint64
	// DropLast leaves out a last batch that is not full.
	DropLast bool
	// Prefetch is how many batches are prepared ahead, on up to as many goroutines;
	// 0 prepares each when it is asked for, which is best for datasets in memory.
	// Whatever it is, the batches are the same and come in the same order.
	Prefetch int
	// Sampler chooses the samples of each epoch instead of Shuffle.
	Sampler Sampler
	// Augment changes each sample at random, every epoch differently. It sees the
	// input before a TensorDataset's normalisation, so that black is still black.
	Augment Transform
}

// A Loader turns a dataset into batches. PyTorch: torch.utils.data.DataLoader.
type Loader struct {
	ds Dataset
	o  LoaderOptions

	mu     sync.Mutex
	epoch  int
	seed   uint64
	seeded bool
}

// NewLoader returns a loader over ds. It panics if ds is empty or the options
// contradict each other.
func NewLoader(ds Dataset, o LoaderOptions) *Loader {
	const op = "data.NewLoader"
	if t, ok := ds.(*TensorDataset); ok && t == nil {
		ds = nil // a variable whose cell has failed
	}
	switch {
	case ds == nil:
		panic(&dl.Error{Op: op, Got: "no dataset", Want: "something with Len and Get", Hint: "has the cell that makes it run?"})
	case o.BatchSize < 0 || o.Prefetch < 0:
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("BatchSize %d, Prefetch %d", o.BatchSize, o.Prefetch), Want: "numbers of at least 0"})
	case o.Shuffle && o.Sampler != nil:
		panic(&dl.Error{Op: op, Got: "both Shuffle and a Sampler", Want: "one of them", Hint: "a Sampler decides the order itself"})
	case ds.Len() == 0:
		panic(&dl.Error{Op: op, Got: "an empty dataset", Want: "at least one sample"})
	}
	if o.BatchSize == 0 {
		o.BatchSize = 32
	}
	l := &Loader{ds: ds, o: o}
	if o.Seed != 0 {
		l.seed, l.seeded = o.Seed, true
	}
	if l.Len() == 0 {
		panic(&dl.Error{Op: op, Got: fmt.Sprintf("%d samples and batches of %d with DropLast", ds.Len(), o.BatchSize),
			Want: "at least one full batch", Hint: "use a smaller BatchSize"})
	}
	return l
}

// Dataset returns what the loader reads.
func (l *Loader) Dataset() Dataset { return l.ds }

// Options returns the loader's options, with BatchSize filled in.
func (l *Loader) Options() LoaderOptions { return l.o }

// BatchSize returns the number of samples of a full batch.
func (l *Loader) BatchSize() int { return l.o.BatchSize }

// Len returns the number of batches of an epoch; with a Sampler, as if it chose
// every sample once. PyTorch: len(loader).
func (l *Loader) Len() int { return batches(l.ds.Len(), l.o) }

// Samples returns the number of samples of an epoch, without those that DropLast
// leaves out.
func (l *Loader) Samples() int {
	n := l.ds.Len()
	if l.o.DropLast {
		n -= n % l.o.BatchSize
	}
	return n
}

func batches(n int, o LoaderOptions) int {
	if o.DropLast {
		return n / o.BatchSize
	}
	return (n + o.BatchSize - 1) / o.BatchSize
}

// Epoch returns the number of the epoch that the next All reads, from 0.
func (l *Loader) Epoch() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch
}

// SetEpoch makes the next All read the given epoch, for resuming a run or
// repeating one.
func (l *Loader) SetEpoch(epoch int) {
	if epoch < 0 {
		panic(&dl.Error{Op: "Loader.SetEpoch", Got: fmt.Sprint(epoch), Want: "a number of at least 0"})
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.epoch = epoch
}

// begin starts an epoch.
func (l *Loader) begin() epoch {
	l.mu.Lock()
	if !l.seeded {
		if l.o.Shuffle || l.o.Sampler != nil || l.o.Augment != nil {
			l.seed = dl.DefaultGenerator(dl.StreamShuffle).Uint64()
		}
		l.seeded = true
	}
	e := epoch{l: l, seed: mix(l.seed, uint64(l.epoch))}
	seed, number := l.seed, l.epoch
	l.epoch++
	l.mu.Unlock()

	switch {
	case l.o.Sampler != nil:
		e.order = l.o.Sampler(seed, number)
		checkIndices("LoaderOptions.Sampler", e.order, l.ds.Len())
	case l.o.Shuffle:
		e.order = permutation(l.ds.Len(), seed, number)
	default:
		e.order = span(0, l.ds.Len())
	}
	e.n = batches(len(e.order), l.o)
	return e
}

// All returns the batches of one epoch, for use with range. Every call is the next
// epoch, in its own order if the loader shuffles. The loop may be left at any
// time: what was prefetched is dropped and its goroutines end.
//
// A panic of the dataset reaches the loop, also from a prefetching goroutine. An
// interrupt panics with dl.ErrInterrupted.
func (l *Loader) All() func(yield func(Batch) bool) {
	return func(yield func(Batch) bool) {
		e := l.begin()
		if l.o.Prefetch > 0 {
			e.ahead(min(l.o.Prefetch, e.n), yield)
			return
		}
		for k := range e.n {
			if dl.Interrupted() {
				panic(dl.ErrInterrupted)
			}
			if !yield(e.batch(k)) {
				return
			}
		}
	}
}

// First returns the first batch of the coming epoch, without beginning it.
func (l *Loader) First() Batch {
	number := l.Epoch()
	e := l.begin()
	l.SetEpoch(number)
	return e.batch(0)
}

// An epoch is one pass over the dataset.
type epoch struct {
	l     *Loader
	order []int
	n     int    // batches
	seed  uint64 // of the augmentation
}

// batch makes batch k.
func (e *epoch) batch(k int) Batch {
	size := e.l.o.BatchSize
	hi := min((k+1)*size, len(e.order))
	indices := e.order[k*size : hi : hi]
	if e.l.o.Augment == nil {
		return Collect(e.l.ds, indices)
	}
	return augmented(e.l.ds, indices, e.l.o.Augment, e.seed)
}
