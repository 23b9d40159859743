package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"descent/dl/nn"
)

// readTorchLegacy reads a file from before PyTorch 1.6: a magic number, a version
// and facts about the machine, each a pickle; the pickle of the data; a list of
// the storages' keys; and for each its length and its numbers.
func readTorchLegacy(r io.Reader, size int64) (*nn.StateDict, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	p := &torchPickle{storages: map[string]*torchStorage{}}
	magic, err := p.unpickle(in)
	if err != nil {
		return nil, err
	}
	// The magic number has ten bytes: too many for an int64, enough for a float64.
	if magic != any(float64(0x1950a86a20f9469cfc6c)) {
		return nil, errors.New("a pickle that PyTorch did not write")
	}
	version, err := p.unpickle(in)
	if err != nil {
		return nil, err
	}
	if version != any(int64(1001)) {
		return nil, fmt.Errorf("version %v of PyTorch's old format; 1001 is known", version)
	}
	machine, err := p.unpickle(in)
	if err != nil {
		return nil, err
	}
	var order binary.ByteOrder = binary.LittleEndian
	if d, ok := machine.(*dict); ok && d.values["little_endian"] == false {
		order = binary.BigEndian
	}
	v, err := p.unpickle(in)
	if err != nil {
		return nil, err
	}
	keys, err := p.unpickle(in)
	if err != nil {
		return nil, err
	}
	list, ok := keys.(*pyList)
	if !ok {
		return nil, errShape
	}
	for _, k := range list.items {
		key, ok := k.(string)
		s := p.storages[key]
		if !ok || s == nil || s.t != nil {
			return nil, fmt.Errorf("numbers of the storage %v, which no tensor has", k)
		}
		b, err := take(in, 8, true)
		if err != nil {
			return nil, err
		}
		if n := order.Uint64(b); n != uint64(s.n) {
			return nil, fmt.Errorf("storage %q has %d numbers where %d are announced", key, n, s.n)
		}
		_, want, err := s.element.count([]int{s.n})
		if err != nil {
			return nil, err
		}
		if int64(want) > size {
			return nil, &cut{int(size), want}
		}
		if s.t, err = s.element.read(in, order, []int{s.n}, false); err != nil {
			return nil, fmt.Errorf("storage %q: %w", key, err)
		}
	}
	for key, s := range p.storages {
		if s.t == nil {
			return nil, fmt.Errorf("the file has no numbers for storage %q", key)
		}
	}
	return flatten(v)
}
