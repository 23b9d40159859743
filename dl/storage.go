package dl

import "sync/atomic"

// storage is the memory behind one or more tensors. Float32 data, the common
// case, has a field of its own; data of other types sits in ext as a []float64,
// []int64, []int32, []uint8 (Uint8 and Bool) or []uint16 (the half types).
type storage struct {
	f32     []float32
	ext     any
	version atomic.Uint32 // counts in-place changes; saved tensors compare it
	birth   uint64        // value of the graph clock when the memory was made
	viewed  atomic.Bool   // some view other than Detach shares this memory
	claimed atomic.Bool   // the memory is some leaf's gradient or a hook has seen it
	shown   atomic.Bool   // a slice of the memory was given to the user
	pooled  bool          // the memory came from recycle and is nobody else's
	freed   bool          // by Free
	stream  bool          // the memory is best written past the caches, once, by who made it
}

func newStorage(dt DType, n int) *storage {
	s := &storage{birth: clock.Load()}
	switch dt {
	case Float32:
		s.f32 = make([]float32, n)
	case Float64:
		s.ext = make([]float64, n)
	case Int64:
		s.ext = make([]int64, n)
	case Int32:
		s.ext = make([]int32, n)
	case Uint8, Bool:
		s.ext = make([]uint8, n)
	case BFloat16, Float16:
		s.ext = make([]uint16, n)
	}
	return s
}

// element is the set of Go types that tensors are stored as.
type element interface {
	float32 | float64 | int64 | int32 | uint8 | uint16
}

// number is the set of Go types that arithmetic is defined on.
type number interface {
	float32 | float64 | int64 | int32 | uint8
}

// slice returns the whole memory of s as a []T; T must be the stored type.
func slice[T element](s *storage) []T {
	if s.freed {
		usedFreed()
	}
	if p, ok := any(&s.f32).(*[]T); ok {
		return *p
	}
	return s.ext.([]T)
}

// span returns the elements of a contiguous tensor.
func span[T element](t *Tensor) []T {
	return slice[T](t.store)[t.offset : t.offset+t.n]
}

// f32 returns the elements of a contiguous float32 tensor.
func (t *Tensor) f32() []float32 {
	s := t.store
	if s.freed {
		usedFreed()
	}
	return s.f32[t.offset : t.offset+t.n]
}
