package store

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"descent/dl"
	"descent/dl/nn"
)

// LoadPTH reads the tensors of a file that torch.save wrote: a state_dict, or
// dictionaries and lists of tensors inside one another, whose keys are joined by
// dots (see [Under]); the name of a tensor that was saved on its own is empty.
// Numbers and texts are left out. Both kinds of file are read, ZIP archives and
// those from before PyTorch 1.6.
//
// Such a file is a Python program. Only the instructions that build data and
// tensors are carried out; one that names anything else, as the file of a whole
// model does, is an error that says what it names.
//
// PyTorch: torch.load(path, weights_only=True).
func LoadPTH(path string) (*nn.StateDict, error) {
	f, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := readPTH(f, size)
	return s, reading(path, err)
}

// ReadPTH is [LoadPTH] for size bytes that can be read in any order, as those of
// a bytes.Reader.
//
// PyTorch: torch.load(file, weights_only=True).
func ReadPTH(r io.ReaderAt, size int64) (*nn.StateDict, error) {
	s, err := readPTH(r, size)
	if err != nil && !errors.Is(err, dl.ErrInterrupted) {
		err = fmt.Errorf("store: reading .pth: %w", err)
	}
	return s, err
}

func readPTH(r io.ReaderAt, size int64) (*nn.StateDict, error) {
	var head [2]byte
	if _, err := r.ReadAt(head[:], 0); err != nil && err != io.EOF {
		return nil, err
	}
	switch {
	case string(head[:]) == "PK":
		z, err := openZip(r, size)
		if err != nil {
			return nil, err
		}
		root, ok := torchRoot(z)
		if !ok {
			return nil, errors.New("a ZIP archive without data.pkl; PyTorch did not write it")
		}
		return readTorchZip(z, root, size)
	case head[0] == protoOp:
		return readTorchLegacy(io.NewSectionReader(r, 0, size), size)
	}
	return nil, fmt.Errorf("it begins with %q; it is neither a ZIP archive nor a pickle, as PyTorch writes them", head)
}

// torchRoot finds the folder of an archive that holds data.pkl.
func torchRoot(z *zip.Reader) (string, bool) {
	for _, f := range z.File {
		if root, ok := strings.CutSuffix(f.Name, "data.pkl"); ok && (root == "" || strings.HasSuffix(root, "/")) {
			return root, true
		}
	}
	return "", false
}

// readTorchZip reads an archive: data.pkl says what there is, the file data/KEY
// holds the numbers of each storage.
func readTorchZip(z *zip.Reader, root string, size int64) (*nn.StateDict, error) {
	files := map[string]*zip.File{}
	for _, f := range z.File {
		if name, ok := strings.CutPrefix(f.Name, root); ok {
			files[name] = f
		}
	}
	if files["constants.pkl"] != nil {
		return nil, errors.New("a TorchScript program; " + plainHint)
	}
	var order binary.ByteOrder = binary.LittleEndian
	if f := files["byteorder"]; f != nil {
		b, err := wholeEntry(f, size, 16)
		if err != nil {
			return nil, err
		}
		if string(b) == "big" {
			order = binary.BigEndian
		}
	}
	in, _, err := openEntry(files["data.pkl"], size)
	if err != nil {
		return nil, err
	}
	p := &torchPickle{storages: map[string]*torchStorage{}}
	v, err := p.unpickle(bufio.NewReader(in))
	if err = finish(in, err); err != nil {
		return nil, err
	}
	for key, s := range p.storages {
		f := files["data/"+key]
		if f == nil {
			return nil, fmt.Errorf("the archive has no numbers for storage %q", key)
		}
		_, want, err := s.element.count([]int{s.n})
		if err != nil {
			return nil, err
		}
		in, length, err := openEntry(f, size)
		if err != nil {
			return nil, err
		}
		if length < int64(want) {
			in.Close()
			return nil, fmt.Errorf("storage %q of %d %s takes %d bytes, the archive has %d", key, s.n, s.element, want, length)
		}
		s.t, err = s.element.read(in, order, []int{s.n}, true)
		if err = finish(in, err); err != nil {
			return nil, fmt.Errorf("storage %q: %w", key, err)
		}
	}
	return flatten(v)
}

func wholeEntry(f *zip.File, size, most int64) ([]byte, error) {
	in, n, err := openEntry(f, size)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if n > most {
		return nil, fmt.Errorf("%s has %d bytes", f.Name, n)
	}
	return io.ReadAll(in)
}

// torchStorage is the memory behind tensors; t gets its numbers after the pickle
// has said how many there are.
type torchStorage struct {
	element element
	n       int
	t       *dl.Tensor
}

// torchTensor is a view of a storage, to be made when its numbers are there.
type torchTensor struct {
	storage        *torchStorage
	offset         int
	shape, strides []int
}

// torchPickle gives meaning to the names in a file of PyTorch.
type torchPickle struct {
	storages map[string]*torchStorage
}

func (p *torchPickle) unpickle(r *bufio.Reader) (any, error) {
	u := &unpickler{r: r, call: p.call, persistent: p.storage}
	return u.run()
}

var torchTypes = map[global]element{
	"torch.FloatStorage": f32, "torch.DoubleStorage": f64, "torch.HalfStorage": f16, "torch.BFloat16Storage": bf16,
	"torch.LongStorage": i64, "torch.IntStorage": i32, "torch.ShortStorage": i16, "torch.CharStorage": i8,
	"torch.ByteStorage": u8, "torch.BoolStorage": boolean,
	"torch.uint16": u16, "torch.uint32": u32, "torch.uint64": u64,
	"torch.float32": f32, "torch.float64": f64, "torch.float16": f16, "torch.bfloat16": bf16,
	"torch.int64": i64, "torch.int32": i32, "torch.int16": i16, "torch.int8": i8, "torch.uint8": u8, "torch.bool": boolean,
}

const untyped = global("torch.storage.UntypedStorage")

// storage answers ("storage", type, key, device, number of elements).
func (p *torchPickle) storage(id any) (any, error) {
	a, ok := id.([]any)
	if !ok || len(a) < 5 || a[0] != "storage" {
		return nil, errShape
	}
	if len(a) > 5 && a[5] != nil {
		return nil, errors.New("storages that are parts of others, as PyTorch wrote before version 0.4; load the file there and save it again")
	}
	kind, ok := a[1].(global)
	if !ok {
		return nil, errShape
	}
	e, ok := torchTypes[kind]
	if kind == untyped {
		e, ok = u8, true // bytes, whose type the tensor tells
	}
	if !ok {
		return nil, fmt.Errorf("numbers of type %s, which cannot be read; in Python, save tensor.float()", kind)
	}
	key, ok := a[2].(string)
	n, ok2 := a[4].(int64)
	if !ok || !ok2 || n < 0 {
		return nil, errShape
	}
	if s := p.storages[key]; s != nil {
		same := s.element == e && s.n == int(n)
		if kind == untyped { // an earlier tensor may have told its type
			same = s.n*s.element.size() == int(n)
		}
		if !same {
			return nil, fmt.Errorf("storage %q is described in two ways", key)
		}
		return s, nil
	}
	s := &torchStorage{element: e, n: int(n)}
	p.storages[key] = s
	return s, nil
}

// call carries out the few functions that tensors need.
func (p *torchPickle) call(f global, args []any) (any, error) {
	switch f {
	case "collections.OrderedDict", "builtins.dict", "__builtin__.dict":
		d := newDict()
		if len(args) == 0 {
			return d, nil
		}
		pairs, ok := args[0].(*pyList)
		if !ok {
			return nil, errShape
		}
		for _, x := range pairs.items {
			kv, ok := x.([]any)
			if l, is := x.(*pyList); is {
				kv, ok = l.items, true
			}
			if !ok || len(kv) != 2 {
				return nil, errShape
			}
			if err := d.set(kv[0], kv[1]); err != nil {
				return nil, err
			}
		}
		return d, nil
	case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor":
		return rebuild(args, nil)
	case "torch._utils._rebuild_tensor_v3":
		if len(args) < 7 {
			return nil, errShape
		}
		return rebuild(args, args[6])
	case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
		if len(args) == 0 {
			return nil, errShape
		}
		return args[0], nil
	case "torch._tensor._rebuild_from_type_v2": // a subclass: how to make it, its class, with what, its attributes
		if len(args) < 3 {
			return nil, errShape
		}
		how, ok := args[0].(global)
		with, ok2 := args[2].([]any)
		if !ok || !ok2 || how == f {
			return nil, errShape
		}
		return p.call(how, with)
	case "torch.Size":
		if len(args) == 1 {
			return args[0], nil
		}
		return nil, errShape
	case "torch.device", "torch.serialization._get_layout":
		return nil, nil
	case "torch._utils._rebuild_qtensor":
		return nil, errors.New("a quantized tensor; in Python, save tensor.dequantize()")
	case "torch._utils._rebuild_sparse_tensor":
		return nil, errors.New("a sparse tensor; in Python, save tensor.to_dense()")
	}
	return nil, fmt.Errorf("the file wants Python's %s, which is not run; %s", f, plainHint)
}

// rebuild answers (storage, offset, shape, strides, …); dtype is the type of the
// elements when the storage has none of its own.
func rebuild(args []any, dtype any) (any, error) {
	if len(args) < 4 {
		return nil, errShape
	}
	s, ok := args[0].(*torchStorage)
	offset, ok2 := args[1].(int64)
	if !ok || !ok2 || offset < 0 || offset > int64(s.n) {
		return nil, errShape
	}
	shape, err := pyInts(args[2])
	if err != nil {
		return nil, err
	}
	strides, err := pyInts(args[3])
	if err != nil {
		return nil, err
	}
	if dtype != nil {
		g, ok := dtype.(global)
		e, known := torchTypes[g]
		if !ok || !known {
			return nil, fmt.Errorf("numbers of type %v, which cannot be read; in Python, save tensor.float()", dtype)
		}
		if s.element != e {
			if s.element != u8 || s.n%e.size() != 0 {
				return nil, fmt.Errorf("a storage that is used as two types, %s and %s", s.element, e)
			}
			s.element, s.n = e, s.n/e.size()
		}
	}
	t := &torchTensor{s, int(offset), shape, strides}
	return t, t.check()
}

func pyInts(v any) ([]int, error) {
	items, ok := v.([]any)
	if !ok || len(items) > maxDims {
		return nil, errShape
	}
	out := make([]int, len(items))
	for i, x := range items {
		n, ok := x.(int64)
		if !ok || n < 0 || int64(int(n)) != n {
			return nil, errShape
		}
		out[i] = int(n)
	}
	return out, nil
}

// check demands that the view lies within its storage.
func (t *torchTensor) check() error {
	n, _, err := t.storage.element.count(t.shape)
	if err != nil {
		return err
	}
	if len(t.strides) != len(t.shape) {
		return fmt.Errorf("a tensor of shape %v with strides %v", t.shape, t.strides)
	}
	if n == 0 {
		return nil
	}
	last := t.offset
	for i, d := range t.shape {
		if d > 1 && t.strides[i] > (t.storage.n-last)/(d-1) {
			return fmt.Errorf("a tensor of shape %v, strides %v and offset %d in a storage of %d", t.shape, t.strides, t.offset, t.storage.n)
		}
		last += (d - 1) * t.strides[i]
	}
	if last >= t.storage.n {
		return fmt.Errorf("a tensor of shape %v, strides %v and offset %d in a storage of %d", t.shape, t.strides, t.offset, t.storage.n)
	}
	if n > t.storage.n {
		return fmt.Errorf("a tensor of shape %v that repeats %d numbers; in Python, save tensor.contiguous()", t.shape, t.storage.n)
	}
	return nil
}

// tensor makes the view. One that covers its storage in order shares it, so that
// weights tied in the file stay tied; any other is a copy.
func (t *torchTensor) tensor() (*dl.Tensor, error) {
	if err := t.check(); err != nil { // the storage may have got its type since
		return nil, err
	}
	s := t.storage.t
	n, want := 1, make([]int, len(t.shape))
	for i := len(t.shape) - 1; i >= 0; i-- {
		want[i] = n
		if t.shape[i] == 1 {
			want[i] = t.strides[i]
		}
		n *= t.shape[i]
	}
	if n == 0 {
		return dl.ZerosOf(s.DType(), t.shape...), nil
	}
	if slices.Equal(want, t.strides) {
		if t.offset == 0 && n == t.storage.n {
			return s.Reshape(t.shape...), nil
		}
		return s.Narrow(0, t.offset, n).Reshape(t.shape...).Clone(), nil
	}
	at := make([]int64, 0, n)
	index := make([]int, len(t.shape))
	for range n {
		p := t.offset
		for i, k := range index {
			p += k * t.strides[i]
		}
		at = append(at, int64(p))
		for i := len(index) - 1; i >= 0; i-- {
			if index[i]++; index[i] < t.shape[i] {
				break
			}
			index[i] = 0
		}
	}
	return s.IndexSelect(0, dl.FromInt64s(at, n)).Reshape(t.shape...), nil
}

// maxLeaves bounds the values of a file: dictionaries that hold each other twice
// could otherwise stand for more than any memory.
const maxLeaves = 1 << 20

// flatten joins the keys of dictionaries and the places in lists by dots.
func flatten(v any) (*nn.StateDict, error) {
	s := nn.NewStateDict()
	left := maxLeaves
	made := map[*torchTensor]*dl.Tensor{}
	var walk func(path string, v any, depth int) error
	walk = func(path string, v any, depth int) error {
		if left--; left < 0 || depth > 100 {
			return errors.New("dictionaries that hold each other without end")
		}
		below := func(key string, v any) error {
			if path != "" {
				key = path + "." + key
			}
			return walk(key, v, depth+1)
		}
		switch v := v.(type) {
		case *torchTensor:
			t := made[v]
			if t == nil {
				var err error
				if t, err = v.tensor(); err != nil {
					return fmt.Errorf("tensor %q: %w", path, err)
				}
				made[v] = t
			}
			if s.Get(path) != nil {
				return fmt.Errorf("two tensors named %q", path)
			}
			s.Set(path, t)
		case *dict:
			for _, k := range v.keys {
				if err := below(fmt.Sprint(k), v.values[k]); err != nil {
					return err
				}
			}
		case *pyList:
			for i, x := range v.items {
				if err := below(strconv.Itoa(i), x); err != nil {
					return err
				}
			}
		case []any:
			for i, x := range v {
				if err := below(strconv.Itoa(i), x); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return s, walk("", v, 0)
}
