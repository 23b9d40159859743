package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"descent/dl"
	"descent/dl/nn"
)

// SafetensorsOptions configures [SaveSafetensors].
type SafetensorsOptions struct {
	// Metadata are texts that the file carries beside its tensors. Programs of the
	// transformers library want {"format": "pt"}.
	Metadata map[string]string
}

// SaveSafetensors writes named tensors of any type to a safetensors file, whole or
// not at all.
//
// PyTorch: safetensors.torch.save_file.
func SaveSafetensors(path string, s *nn.StateDict, o SafetensorsOptions) error {
	return save(path, func(w io.Writer) error { return writeSafetensors(w, s, o) })
}

// WriteSafetensors is [SaveSafetensors] for a stream.
//
// PyTorch: safetensors.torch.save.
func WriteSafetensors(w io.Writer, s *nn.StateDict, o SafetensorsOptions) error {
	if err := writeSafetensors(w, s, o); err != nil {
		return fmt.Errorf("store: writing safetensors: %w", err)
	}
	return nil
}

// writeSafetensors keeps the names in the order of the state. The data are sorted
// by the size of their elements, widest first, so that all are aligned.
func writeSafetensors(w io.Writer, s *nn.StateDict, o SafetensorsOptions) error {
	if s == nil {
		return errNoState
	}
	names := s.Names()
	for _, n := range names {
		if s.Get(n) == nil {
			return fmt.Errorf("tensor %q is nil", n)
		}
		if n == "__metadata__" {
			return fmt.Errorf("a tensor cannot be named %q in a safetensors file", n)
		}
	}
	order := slices.Clone(names)
	slices.SortStableFunc(order, func(a, b string) int { return s.Get(b).DType().Size() - s.Get(a).DType().Size() })
	begin, at := map[string]int{}, 0
	for _, n := range order {
		begin[n] = at
		at += bytesIn(s.Get(n))
	}

	h := []byte{'{'}
	if len(o.Metadata) > 0 {
		h = append(h, `"__metadata__":`...)
		h = append(h, compact(o.Metadata)...)
	}
	for _, n := range names {
		t := s.Get(n)
		if len(h) > 1 {
			h = append(h, ',')
		}
		h = append(h, compact(n)...)
		h = fmt.Appendf(h, `:{"dtype":%q,"shape":%s,"data_offsets":[%d,%d]}`,
			safetensorsName(t.DType()), compact(t.Shape()), begin[n], begin[n]+bytesIn(t))
	}
	h = append(h, '}')
	for len(h)%8 != 0 {
		h = append(h, ' ')
	}
	if len(h) > maxHeader {
		return fmt.Errorf("a header of %d bytes; the format allows %d", len(h), maxHeader)
	}
	if _, err := w.Write(append(binary.LittleEndian.AppendUint64(nil, uint64(len(h))), h...)); err != nil {
		return err
	}
	for _, n := range order {
		if err := put(w, s.Get(n)); err != nil {
			return fmt.Errorf("tensor %q: %w", n, err)
		}
	}
	return nil
}

func bytesIn(t *dl.Tensor) int { return t.Numel() * t.DType().Size() }

// compact writes v as JSON on one line, with the characters of names as they are.
func compact(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.Encode(v) // texts and numbers only: it cannot fail
	return bytes.TrimRight(b.Bytes(), "\n")
}

func safetensorsName(dt dl.DType) string {
	e := elementOf(dt)
	for name, x := range safetensorsTypes {
		if x == e {
			return name
		}
	}
	panic("store: no safetensors name of " + dt.String())
}
