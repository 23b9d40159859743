package store

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"descent/dl/nn"
)

// LoadNPZ reads the arrays of a .npz file, in the file's order; with names, only
// those. [LoadNPY] says which types can be read.
//
// PyTorch: numpy.load(path).
func LoadNPZ(path string, names ...string) (*nn.StateDict, error) {
	f, size, err := open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s, err := readNPZ(f, size, names)
	return s, reading(path, err)
}

// ReadNPZ is [LoadNPZ] for size bytes that can be read in any order, as those of
// a bytes.Reader.
//
// PyTorch: numpy.load(file).
func ReadNPZ(r io.ReaderAt, size int64, names ...string) (*nn.StateDict, error) {
	s, err := readNPZ(r, size, names)
	if err != nil {
		err = fmt.Errorf("store: reading .npz: %w", err)
	}
	return s, err
}

func readNPZ(r io.ReaderAt, size int64, names []string) (*nn.StateDict, error) {
	z, err := openZip(r, size)
	if err != nil {
		return nil, err
	}
	out := nn.NewStateDict()
	var have []string
	for _, f := range z.File {
		name, ok := strings.CutSuffix(f.Name, ".npy")
		if !ok {
			continue // NumPy writes nothing else; what others add is not for us
		}
		have = append(have, name)
		if len(names) > 0 && !slices.Contains(names, name) {
			continue
		}
		if out.Get(name) != nil {
			return nil, fmt.Errorf("two arrays named %q", name)
		}
		in, length, err := openEntry(f, size)
		if err != nil {
			return nil, fmt.Errorf("array %q: %w", name, err)
		}
		t, err := readNPY(in, length)
		if err = finish(in, err); err != nil {
			return nil, fmt.Errorf("array %q: %w", name, err)
		}
		out.Set(name, t)
	}
	if len(have) == 0 && len(z.File) > 0 {
		return nil, fmt.Errorf("a ZIP archive without any .npy file; its first entry is %q", z.File[0].Name)
	}
	return out, absent("array", names, have)
}

// absent says which of the names asked for are not there.
func absent(what string, names, have []string) error {
	for _, n := range names {
		if !slices.Contains(have, n) {
			return fmt.Errorf("no %s named %q; there are: %s", what, n, list(have))
		}
	}
	return nil
}

// list names the first few of many.
func list(names []string) string {
	const most = 12
	if len(names) == 0 {
		return "none"
	}
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// openZip opens an archive, whose directory must be small enough to have been
// written honestly.
func openZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	z, err := zip.NewReader(r, size)
	if errors.Is(err, zip.ErrFormat) {
		return nil, errors.New("no ZIP archive, or one that was cut off: the directory at its end is missing")
	}
	return z, err
}

// maxDeflate is the most that a byte of deflate can stand for.
const maxDeflate = 1032

// openEntry opens one file of an archive of the given size and tells its length.
// A length that the compressed bytes cannot hold is refused before memory is
// allocated for it.
func openEntry(f *zip.File, size int64) (io.ReadCloser, int64, error) {
	packed, n := f.CompressedSize64, f.UncompressedSize64
	if packed > uint64(size) || f.Method == zip.Store && n != packed || n/maxDeflate > packed {
		return nil, 0, fmt.Errorf("%d bytes that are said to come from %d in an archive of %d; the file is damaged", n, packed, size)
	}
	in, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		err = fmt.Errorf("compressed by method %d; stored and deflated arrays can be read", f.Method)
	}
	return in, int64(n), err
}

// finish reads an entry to its end, where its checksum is compared, and closes it.
// err is what happened before.
func finish(in io.ReadCloser, err error) error {
	if err == nil {
		_, err = io.Copy(io.Discard, in)
	}
	in.Close()
	if errors.Is(err, zip.ErrChecksum) {
		err = errors.New("the checksum is wrong; the file is damaged")
	}
	return err
}

// NPZOptions configures [SaveNPZ]. The zero value does not compress.
type NPZOptions struct {
	// Compress makes the file smaller and saving slower, as numpy.savez_compressed.
	Compress bool
}

// SaveNPZ writes named tensors to a .npz file, whole or not at all.
//
// PyTorch: numpy.savez(path, **arrays).
func SaveNPZ(path string, s *nn.StateDict, o NPZOptions) error {
	return save(path, func(w io.Writer) error { return writeNPZ(w, s, o) })
}

// WriteNPZ is [SaveNPZ] for a stream.
//
// PyTorch: numpy.savez(file, **arrays).
func WriteNPZ(w io.Writer, s *nn.StateDict, o NPZOptions) error {
	if err := writeNPZ(w, s, o); err != nil {
		return fmt.Errorf("store: writing .npz: %w", err)
	}
	return nil
}

func writeNPZ(w io.Writer, s *nn.StateDict, o NPZOptions) error {
	if s == nil {
		return errNoState
	}
	z := zip.NewWriter(w)
	method := zip.Store
	if o.Compress {
		method = zip.Deflate
	}
	for _, name := range s.Names() {
		out, err := z.CreateHeader(&zip.FileHeader{Name: name + ".npy", Method: method})
		if err == nil {
			err = writeNPY(out, s.Get(name))
		}
		if err != nil {
			return fmt.Errorf("array %q: %w", name, err)
		}
	}
	return z.Close()
}

var errNoState = errors.New("there is no state: it is nil")
