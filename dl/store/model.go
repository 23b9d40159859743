package store

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"descent/dl/nn"
)

// Load reads the tensors of a file of any kind that this package knows, by its
// contents: safetensors, .npz, .npy (one tensor, named as the file without its
// ending) and PyTorch's .pth and .pt.
//
// PyTorch: torch.load(path, weights_only=True).
func Load(path string) (*nn.StateDict, error) {
	f, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := load(f, size, path)
	return s, reading(path, err)
}

func load(f io.ReaderAt, size int64, path string) (*nn.StateDict, error) {
	head := make([]byte, 9)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	head = head[:n]
	whole := io.NewSectionReader(f, 0, size)
	switch {
	case bytes.HasPrefix(head, []byte(npyMagic)):
		t, err := readNPY(whole, size)
		if err != nil {
			return nil, err
		}
		s := nn.NewStateDict()
		s.Set(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)), t)
		return s, nil
	case bytes.HasPrefix(head, []byte("PK")):
		z, err := openZip(f, size)
		if err != nil {
			return nil, err
		}
		if root, ok := torchRoot(z); ok {
			return readTorchZip(z, root, size)
		}
		return readNPZ(f, size, nil)
	case len(head) > 0 && head[0] == protoOp:
		return readTorchLegacy(whole, size)
	case len(head) == 9 && head[8] == '{':
		s := &SafetensorsFile{in: f}
		if err := s.readHeader(size); err != nil {
			return nil, err
		}
		return s.state(nil)
	}
	return nil, fmt.Errorf("it begins with %q, as no file of tensors does; safetensors, .npz, .npy, .pth and .pt can be read", head)
}

// Save writes named tensors to a file whose ending says how: .safetensors (the
// choice for weights) or .npz.
//
// PyTorch: torch.save.
func Save(path string, s *nn.StateDict) error {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".safetensors":
		return SaveSafetensors(path, s, SafetensorsOptions{})
	case ".npz":
		return SaveNPZ(path, s, NPZOptions{})
	case ".pth", ".pt":
		return fmt.Errorf("store: %s files are read but not written; save %s.safetensors, which PyTorch opens with safetensors.torch.load_file",
			ext, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	default:
		return fmt.Errorf("store: cannot tell from %q how to save; end the name in .safetensors or .npz", filepath.Base(path))
	}
}

// SaveModel writes the parameters and buffers of a model, as [Save] does.
//
// PyTorch: torch.save(model.state_dict(), path).
func SaveModel(path string, m nn.Module) error { return Save(path, nn.State(m)) }

// LoadModel reads a file as [Load] does and copies its tensors into m. When names
// or shapes differ it changes nothing and returns an error that lists the
// differences, unless o allows them.
//
// PyTorch: model.load_state_dict(torch.load(path, weights_only=True)).
func LoadModel(path string, m nn.Module, o nn.LoadOptions) (*nn.LoadReport, error) {
	s, err := Load(path)
	if err != nil {
		return nil, err
	}
	r, err := nn.LoadState(m, s, o)
	return r, reading(path, err)
}

// Under returns the tensors whose names begin with prefix and a dot, without
// both: the state of a part of a model, or the model in a checkpoint that holds
// more. They share memory with s.
//
//	s, err := store.Load("checkpoint.pth")
//	nn.LoadState(model, store.Under(s, "model_state_dict"), nn.LoadOptions{})
func Under(s *nn.StateDict, prefix string) *nn.StateDict {
	out := nn.NewStateDict()
	prefix = strings.TrimSuffix(prefix, ".") + "."
	for _, n := range s.Names() {
		if rest, ok := strings.CutPrefix(n, prefix); ok {
			out.Set(rest, s.Get(n))
		}
	}
	return out
}
