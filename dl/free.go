package dl

import "descent/dl/internal/recycle"

// usedFreed is the panic of whoever uses a tensor after Free.
func usedFreed() {
	panic(&Error{Op: "free", Got: "a tensor whose memory was given back", Want: "one that is still in use",
		Hint: "call Free after the last use of the tensor and of its views, and after the backward pass that needs it"})
}

// Free gives the memory of t back at once, for the next result to use. The
// garbage collector does so later by itself; a loop that makes large results
// runs faster on the same memory, which is still in the processor's caches.
//
// Neither t nor a tensor that shares its memory (a view, a Detach) may be used
// afterwards, nor may a backward pass need it: all of them panic. Slices
// that Float32s and its like returned stay as they are. Free of a tensor that
// was freed does nothing. PyTorch: del t.
func (t *Tensor) Free() {
	s := t.store
	if s.freed {
		return
	}
	s.version.Add(1) // a backward pass that saved it must not see what comes next
	f32, ext := s.f32, s.ext
	s.freed, s.f32, s.ext = true, nil, nil
	if !s.pooled || s.shown.Load() {
		return
	}
	if places, ok := ext.([]int64); ok {
		recycle.PutInt64s(places)
	} else {
		recycle.Put(f32)
	}
}
