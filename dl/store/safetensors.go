package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	"descent/dl"
	"descent/dl/nn"
)

// LoadSafetensors reads the tensors of a safetensors file, in the order of its
// header; with names, only those. Types that dl does not have become wider ones,
// as for [LoadNPY]. [MapSafetensors] takes no time for files of any size, and
// [OpenSafetensors] reads one tensor at a time.
//
// PyTorch: safetensors.torch.load_file.
func LoadSafetensors(path string, names ...string) (*nn.StateDict, error) {
	f, err := OpenSafetensors(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := f.state(names)
	return s, reading(path, err)
}

// ReadSafetensors is [LoadSafetensors] for size bytes that can be read in any
// order, as those of a bytes.Reader.
//
// PyTorch: safetensors.torch.load.
func ReadSafetensors(r io.ReaderAt, size int64, names ...string) (*nn.StateDict, error) {
	f := &SafetensorsFile{in: r}
	err := f.readHeader(size)
	if err == nil {
		var s *nn.StateDict
		if s, err = f.state(names); err == nil {
			return s, nil
		}
	}
	return nil, fmt.Errorf("store: reading safetensors: %w", err)
}

// SafetensorsFile is an open safetensors file. Its tensors are read when they are
// asked for. It may be used by several goroutines at once.
//
// PyTorch: safetensors.safe_open.
type SafetensorsFile struct {
	in     io.ReaderAt
	close  io.Closer
	path   string
	data   int64 // where the data begin
	names  []string
	info   map[string]tensorInfo
	extras map[string]string
}

// tensorInfo is an entry of the header.
type tensorInfo struct {
	element    element
	shape      []int
	begin, end int64 // from the beginning of the data
}

// OpenSafetensors reads the header of a file. Close it after use.
//
// PyTorch: safetensors.safe_open(path, framework="pt").
func OpenSafetensors(path string) (*SafetensorsFile, error) {
	in, size, err := open(path)
	if err != nil {
		return nil, err
	}
	f := &SafetensorsFile{in: in, close: in, path: path}
	if err := f.readHeader(size); err != nil {
		in.Close()
		return nil, reading(path, err)
	}
	return f, nil
}

// Close closes the file; tensors that were read stay as they are.
func (f *SafetensorsFile) Close() error {
	if f.close == nil {
		return nil
	}
	return f.close.Close()
}

// Names lists the tensors in the order of the header.
//
// PyTorch: safe_open.keys.
func (f *SafetensorsFile) Names() []string { return slices.Clone(f.names) }

// Metadata returns the texts that the file carries beside its tensors.
//
// PyTorch: safe_open.metadata.
func (f *SafetensorsFile) Metadata() map[string]string { return maps.Clone(f.extras) }

// Shape returns the shape of a tensor without reading it, nil if there is none of
// that name.
//
// PyTorch: safe_open.get_slice(name).get_shape.
func (f *SafetensorsFile) Shape(name string) []int { return slices.Clone(f.info[name].shape) }

// Tensor reads one tensor.
//
// PyTorch: safe_open.get_tensor.
func (f *SafetensorsFile) Tensor(name string) (*dl.Tensor, error) {
	t, err := f.tensor(name)
	return t, reading(f.path, err)
}

func (f *SafetensorsFile) tensor(name string) (*dl.Tensor, error) {
	i, ok := f.info[name]
	if !ok {
		return nil, absent("tensor", []string{name}, f.names)
	}
	t, err := i.element.read(io.NewSectionReader(f.in, f.data+i.begin, i.end-i.begin), binary.LittleEndian, i.shape, true)
	if err != nil && !errors.Is(err, dl.ErrInterrupted) {
		err = fmt.Errorf("tensor %q: %w", name, err)
	}
	return t, err
}

func (f *SafetensorsFile) state(names []string) (*nn.StateDict, error) {
	if err := absent("tensor", names, f.names); err != nil {
		return nil, err
	}
	s := nn.NewStateDict()
	for _, n := range f.names {
		if len(names) > 0 && !slices.Contains(names, n) {
			continue
		}
		t, err := f.tensor(n)
		if err != nil {
			return nil, err
		}
		s.Set(n, t)
	}
	return s, nil
}

// maxHeader is the format's own limit.
const maxHeader = 100 << 20

// readHeader reads and checks the header of a file of size bytes.
func (f *SafetensorsFile) readHeader(size int64) error {
	if size < 8 {
		return fmt.Errorf("%d bytes; a safetensors file has at least 8", size)
	}
	var b [8]byte
	if _, err := f.in.ReadAt(b[:], 0); err != nil && err != io.EOF {
		return err
	}
	n := binary.LittleEndian.Uint64(b[:])
	if n > maxHeader {
		return fmt.Errorf("its first 8 bytes, the length of the header, say %d (at most %d is allowed); it is no safetensors file", n, maxHeader)
	}
	if int64(n) > size-8 {
		return fmt.Errorf("a header of %d bytes in a file of %d; it was cut off, or is no safetensors file", n, size)
	}
	text, err := take(io.NewSectionReader(f.in, 8, int64(n)), int(n), true)
	if err != nil {
		return err
	}
	f.data = 8 + int64(n)
	return f.parse(text, size-f.data)
}

// entry is a tensor as the header describes it.
type entry struct {
	DType   string   `json:"dtype"`
	Shape   []uint64 `json:"shape"`
	Offsets []uint64 `json:"data_offsets"`
}

// parse reads the header; room is the number of bytes after it.
func (f *SafetensorsFile) parse(text []byte, room int64) error {
	if len(text) == 0 || text[0] != '{' {
		return errors.New("the header does not begin with {; it is no safetensors file")
	}
	if !utf8.Valid(text) {
		return errors.New("the header is not UTF-8")
	}
	f.info = map[string]tensorInfo{}
	d := json.NewDecoder(bytes.NewReader(text))
	d.Token() // {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return fmt.Errorf("the header is no JSON: %w", err)
		}
		name := key.(string) // the decoder allows no other key
		if name == "__metadata__" {
			if f.extras != nil {
				return errors.New("__metadata__ twice in the header")
			}
			if err := d.Decode(&f.extras); err != nil {
				return fmt.Errorf("__metadata__ is to map texts to texts: %w", err)
			}
			continue
		}
		var e entry
		if err := d.Decode(&e); err != nil {
			return fmt.Errorf("tensor %q: the header is damaged: %w", name, err)
		}
		if _, ok := f.info[name]; ok {
			return fmt.Errorf("tensor %q twice in the header", name)
		}
		i, err := e.check(room)
		if err != nil {
			return fmt.Errorf("tensor %q: %w", name, err)
		}
		f.info[name] = i
		f.names = append(f.names, name)
	}
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("the header is no JSON: %w", err)
	}
	if rest := bytes.TrimRight(text[d.InputOffset():], " \t\r\n\x00"); len(rest) > 0 {
		return fmt.Errorf("%d bytes after the header's last brace", len(rest))
	}
	return f.whole(room)
}

// check turns an entry into numbers that can be trusted.
func (e entry) check(room int64) (tensorInfo, error) {
	el, ok := safetensorsTypes[e.DType]
	if !ok {
		return tensorInfo{}, fmt.Errorf("elements of type %q; save them as F32 (known are F16, BF16, F32, F64, BOOL and the integers)", e.DType)
	}
	shape := make([]int, len(e.Shape))
	for i, n := range e.Shape {
		shape[i] = int(n)
		if n > 1<<62 || uint64(shape[i]) != n {
			return tensorInfo{}, fmt.Errorf("length %d of dimension %d", n, i)
		}
	}
	_, size, err := el.count(shape)
	if err != nil {
		return tensorInfo{}, err
	}
	if len(e.Offsets) != 2 || e.Offsets[0] > e.Offsets[1] {
		return tensorInfo{}, fmt.Errorf("data_offsets %v; want a begin and an end", e.Offsets)
	}
	if e.Offsets[1] > uint64(room) {
		return tensorInfo{}, fmt.Errorf("its data end at byte %d of %d; the file was cut off", e.Offsets[1], room)
	}
	begin, end := int64(e.Offsets[0]), int64(e.Offsets[1])
	if end-begin != int64(size) {
		return tensorInfo{}, fmt.Errorf("%s of shape %v takes %d bytes, data_offsets give it %d", e.DType, shape, size, end-begin)
	}
	return tensorInfo{el, shape, begin, end}, nil
}

// whole demands that the tensors fill the data without holes and overlaps, as
// the format does.
func (f *SafetensorsFile) whole(room int64) error {
	order := slices.Clone(f.names)
	slices.SortFunc(order, func(a, b string) int {
		x, y := f.info[a], f.info[b]
		if x.begin != y.begin {
			return int(min(max(x.begin-y.begin, -1), 1))
		}
		return int(min(max(x.end-y.end, -1), 1))
	})
	at := int64(0)
	for _, n := range order {
		if f.info[n].begin != at {
			return fmt.Errorf("tensor %q begins at byte %d of the data, the one before it ends at %d", n, f.info[n].begin, at)
		}
		at = f.info[n].end
	}
	if at != room {
		return fmt.Errorf("the tensors take %d bytes, the file has %d after its header", at, room)
	}
	return nil
}

var safetensorsTypes = map[string]element{
	"F16": f16, "BF16": bf16, "F32": f32, "F64": f64, "BOOL": boolean,
	"I8": i8, "I16": i16, "I32": i32, "I64": i64, "U8": u8, "U16": u16, "U32": u32, "U64": u64,
}
