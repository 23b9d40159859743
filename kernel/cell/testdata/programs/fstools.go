package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing/fstest"
	"time"
)

type sizeFS struct{ fs.FS }

func (s sizeFS) Total(glob string) (n int64, err error) {
	ms, err := fs.Glob(s.FS, glob)
	if err != nil {
		return 0, err
	}
	for _, m := range ms {
		fi, err := fs.Stat(s, m)
		if err != nil {
			return n, err
		}
		n += fi.Size()
	}
	return n, nil
}

// upper is a file system whose files read in capitals.
type upper struct{ fs.FS }
type upperFile struct{ fs.File }

func (u upper) Open(name string) (fs.File, error) {
	f, err := u.FS.Open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "upper", Path: name, Err: errors.Unwrap(err)}
	}
	return upperFile{f}, nil
}

func (f upperFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	copy(p, strings.ToUpper(string(p[:n])))
	return n, err
}

func tree(f fs.FS) string {
	var b strings.Builder
	err := fs.WalkDir(f, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		depth := strings.Count(p, "/")
		if p != "." {
			depth++
		}
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), d.Name())
		if d.IsDir() {
			b.WriteByte('/')
		} else if fi, err := d.Info(); err == nil {
			fmt.Fprintf(&b, " %d", fi.Size())
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		return err.Error()
	}
	return b.String()
}

func main() {
	m := fstest.MapFS{
		"a.txt":         {Data: []byte("alpha")},
		"dir/b.txt":     {Data: []byte("bravo bravo"), Mode: 0o600},
		"dir/c.go":      {Data: []byte("package c"), ModTime: time.Unix(1e9, 0)},
		"dir/deep/d.go": {Data: []byte("d")},
	}
	fmt.Print(tree(m))
	fmt.Println(fstest.TestFS(m, "a.txt", "dir/deep/d.go"))
	fmt.Println(sizeFS{m}.Total("dir/*"))
	fmt.Println(sizeFS{m}.Total("[x"))
	sub, err := fs.Sub(m, "dir")
	fmt.Println(err)
	b, err := fs.ReadFile(upper{sub}, "b.txt")
	fmt.Println(string(b), err)
	_, err = upper{sub}.Open("zz")
	var pe *fs.PathError
	fmt.Println(err, errors.As(err, &pe), errors.Is(err, fs.ErrNotExist), os.IsNotExist(err))

	dir, err := os.MkdirTemp("", "fstools")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	fmt.Println(os.CopyFS(dir, m))
	fmt.Print(strings.ReplaceAll(tree(os.DirFS(dir)), filepath.Base(dir), "."))
	p := filepath.Join(dir, "log.txt")
	f, err := os.OpenFile(p, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
	if err != nil {
		fmt.Println(err)
	}
	for i := range 3 {
		fmt.Fprintf(f, "line %d\n", i)
	}
	f.Seek(5, io.SeekStart)
	var n int
	fmt.Fscan(f, &n)
	fi, _ := f.Stat()
	fmt.Println(n, fi.Size(), fi.Mode(), fi.Name(), fi.IsDir())
	f.Close()
	_, err = f.Write([]byte("x"))
	fmt.Println(errors.Is(err, os.ErrClosed))
	fmt.Println(os.Rename(p, filepath.Join(dir, "new.log")), os.Remove(p) != nil)
	es, _ := os.ReadDir(dir)
	for _, e := range es {
		fmt.Print(e.Name(), " ", e.Type().IsRegular(), "; ")
	}
	fmt.Println()
	ms, _ := filepath.Glob(filepath.Join(dir, "*.log"))
	fmt.Println(len(ms), filepath.Base(ms[0]), filepath.Ext(ms[0]))
	root, err := os.OpenRoot(dir)
	if err == nil {
		_, err = root.Open("../etc/passwd")
		fmt.Println(err)
		b, err := root.ReadFile("a.txt")
		fmt.Println(string(b), err)
		root.Close()
	}
	for _, q := range []string{"a/../b//c", "/../x", "", "a/b/", "./q/.."} {
		d, l := filepath.Split(q)
		fmt.Printf("%q %q %q %v\n", filepath.Clean(q), d, l, filepath.IsAbs(q))
	}
	r, err := filepath.Rel("/a/b", "/a/c/d")
	fmt.Println(r, err)
	ok, err := filepath.Match("*.[ch]", "x.c")
	fmt.Println(ok, err)
	names := []string{}
	for k := range m {
		names = append(names, k)
	}
	sort.Slice(names, func(i, j int) bool { return len(names[i]) < len(names[j]) })
	fmt.Println(names)
	fmt.Println(fs.FormatFileInfo(fi)[:10], fs.ValidPath("a/../b"), fs.FileMode(0o755|fs.ModeDir))
}
