package wire

import (
	"crypto/sha256"
	"sync"
)

// digestHistory is how many signatures are remembered. A message whose
// signature is among them is a replay.
const digestHistory = 1 << 16

// digests is the set of the last digestHistory signatures.
type digests struct {
	mu   sync.Mutex
	set  map[[sha256.Size]byte]struct{}
	ring [][sha256.Size]byte
	next int
}

// add reports whether d is new, and remembers it.
func (s *digests) add(d [sha256.Size]byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.set[d]; ok {
		return false
	}
	if s.set == nil {
		s.set = make(map[[sha256.Size]byte]struct{})
	}
	if len(s.ring) < digestHistory {
		s.ring = append(s.ring, d)
	} else {
		delete(s.set, s.ring[s.next])
		s.ring[s.next] = d
		s.next = (s.next + 1) % digestHistory
	}
	s.set[d] = struct{}{}
	return true
}
