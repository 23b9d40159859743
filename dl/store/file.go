package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"descent/dl"
)

// save writes a file as a whole or not at all: what was there before stays until
// the new contents are on the disk, so that a crash or a full disk in the middle
// of it loses no checkpoint.
func save(path string, write func(w io.Writer) error) (err error) {
	if target, e := filepath.EvalSymlinks(path); e == nil {
		path = target // a link keeps pointing at what is written
	}
	mode := fs.FileMode(0o666) // less what the user's umask takes away
	old, e := os.Stat(path)
	if e == nil {
		if !old.Mode().IsRegular() {
			return fmt.Errorf("store: %s is no ordinary file", path)
		}
		mode = old.Mode().Perm()
	}
	f, err := beside(path, mode)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
			err = fmt.Errorf("store: writing %s: %w", path, err)
		}
	}()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := write(w); err != nil {
		return err
	}
	if err := errors.Join(w.Flush(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// beside creates a new file in the folder of path.
func beside(path string, mode fs.FileMode) (*os.File, error) {
	for i := 0; ; i++ {
		name := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+strconv.Itoa(os.Getpid())+"-"+strconv.Itoa(i))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode)
		if err == nil || !errors.Is(err, fs.ErrExist) || i == 1000 {
			return f, err
		}
	}
}

// put writes the elements of t, little-endian.
func put(w io.Writer, t *dl.Tensor) error {
	b := little(memory(t), t.DType().Size())
	for len(b) > 0 {
		if dl.Interrupted() {
			return dl.ErrInterrupted
		}
		n, err := w.Write(b[:min(piece, len(b))])
		if err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// open opens a file for reading and tells its size.
func open(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, fmt.Errorf("store: %w", err)
	}
	s, err := f.Stat()
	if err == nil && !s.Mode().IsRegular() {
		err = errors.New("no ordinary file")
	}
	if err != nil {
		f.Close()
		return nil, 0, fmt.Errorf("store: %s: %w", path, err)
	}
	return f, s.Size(), nil
}

// reading puts the name of the file before an error.
func reading(path string, err error) error {
	if err == nil || errors.Is(err, dl.ErrInterrupted) {
		return err
	}
	return fmt.Errorf("store: reading %s: %w", path, err)
}

// Exists reports whether there is a file at path.
func Exists(path string) bool {
	s, err := os.Stat(path)
	return err == nil && s.Mode().IsRegular()
}
