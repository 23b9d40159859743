package store

import (
	"bytes"
	"encoding/binary"
	"slices"

	"descent/dl"
	"descent/dl/nn"
)

// MapSafetensors makes the tensors of a safetensors file without reading it: their
// memory is the file, and the system brings in what is touched. Programs that map
// the same file share the memory. With names, only those tensors are made.
//
// Writing to such a tensor is allowed and changes this program's copy, never the
// file. Tensors that have to be converted, and any whose data are not aligned,
// are read as by [LoadSafetensors], and so are all of them on systems other than
// Linux and macOS. The file stays mapped until the program ends; it must not be
// shortened or overwritten in place meanwhile ([SaveSafetensors] replaces a file
// and is safe).
//
// PyTorch: safetensors.torch.load_file, which maps too.
func MapSafetensors(path string, names ...string) (*nn.StateDict, error) {
	in, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	f := &SafetensorsFile{in: in}
	if err := f.readHeader(size); err != nil {
		return nil, reading(path, err)
	}
	if err := absent("tensor", names, f.names); err != nil {
		return nil, reading(path, err)
	}
	m, ok := mapping(in, size)
	if !ok || native != binary.ByteOrder(binary.LittleEndian) {
		s, err := f.state(names)
		return s, reading(path, err)
	}
	f.in = bytes.NewReader(m)
	s := nn.NewStateDict()
	for _, n := range f.names {
		if len(names) > 0 && !slices.Contains(names, n) {
			continue
		}
		t, err := f.mapped(n, m)
		if err != nil {
			return nil, reading(path, err)
		}
		s.Set(n, t)
	}
	return s, nil
}

// mapped makes one tensor on the memory of the mapped file, if it can.
func (f *SafetensorsFile) mapped(name string, m []byte) (*dl.Tensor, error) {
	i := f.info[name]
	b := m[f.data+i.begin : f.data+i.end : f.data+i.end]
	if !i.element.direct() || !aligned(b, i.element.size()) {
		return f.tensor(name)
	}
	return onto(i.element, b, i.shape), nil
}
