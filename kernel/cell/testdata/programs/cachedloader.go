package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing/fstest"
	"time"
)

type Loader interface {
	Load(name string) ([]byte, error)
}
type LoaderFunc func(string) ([]byte, error)

func (f LoaderFunc) Load(n string) ([]byte, error) { return f(n) }

type cached struct {
	Loader
	data  map[string][]byte
	stats struct{ hit, miss int }
}

func (c *cached) Load(n string) ([]byte, error) {
	if b, ok := c.data[n]; ok {
		c.stats.hit++
		return b, nil
	}
	c.stats.miss++
	b, err := c.Loader.Load(n)
	if err != nil {
		return nil, fmt.Errorf("cached: %w", err)
	}
	c.data[n] = b
	return b, nil
}

type fsLoader struct {
	fs.FS
	root string
}

func (f fsLoader) Load(n string) ([]byte, error) { return fs.ReadFile(f.FS, filepath.Join(f.root, n)) }

type multi []Loader

func (m multi) Load(n string) (b []byte, err error) {
	var errs []error
	for _, l := range m {
		if b, err = l.Load(n); err == nil {
			return b, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

func tree(fsys fs.FS) (lines []string, err error) {
	err = fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), "_") {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprint(p, " ", info.Size(), " ", info.Mode()))
		return nil
	})
	return
}

func main() {
	mem := fstest.MapFS{
		"etc/a.txt":    {Data: []byte("alpha"), Mode: 0o644, ModTime: time.Unix(0, 0)},
		"etc/b.txt":    {Data: []byte("beta beta")},
		"_hidden/x":    {Data: []byte("no")},
		"etc/sub/c.md": {Data: []byte("# c")},
	}
	fmt.Println(tree(mem))
	c := &cached{Loader: fsLoader{mem, "etc"}, data: map[string][]byte{}}
	for _, n := range []string{"a.txt", "a.txt", "zz", "sub/c.md", "a.txt"} {
		b, err := c.Load(n)
		var pe *fs.PathError
		fmt.Printf("%s %q %v %v\n", n, b, errors.Is(err, fs.ErrNotExist), errors.As(err, &pe) && pe.Op == "open")
	}
	fmt.Printf("%+v\n", c.stats)
	up := LoaderFunc(func(n string) ([]byte, error) {
		if n == "magic" {
			return []byte(strings.ToUpper(n)), nil
		}
		return nil, errors.New("not magic: " + n)
	})
	m := multi{c, up}
	var l Loader = m
	b, err := l.Load("magic")
	fmt.Println(string(b), err)
	_, err = l.Load("none")
	fmt.Println(err, errors.Is(err, os.ErrNotExist))
	matches, err := fs.Glob(mem, "etc/*.txt")
	fmt.Println(matches, err)
	dir, err := os.MkdirTemp("", "cells")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	for i, s := range []string{"one\n", "two\n", "three\n"} {
		p := filepath.Join(dir, fmt.Sprintf("f%d.txt", 9-i))
		if err := os.WriteFile(p, []byte(s), 0o600); err != nil {
			fmt.Println(err)
		}
	}
	f, err := os.OpenFile(filepath.Join(dir, "f9.txt"), os.O_APPEND|os.O_WRONLY, 0)
	fmt.Fprintf(f, "more %d", 1)
	fmt.Println(f.Close(), err, f.Close() != nil)
	ents, _ := os.ReadDir(dir)
	sort.Slice(ents, func(i, j int) bool { return ents[i].Name() > ents[j].Name() })
	for _, e := range ents {
		b, _ := os.ReadFile(filepath.Join(dir, e.Name()))
		fmt.Printf("%s %q; ", e.Name(), b)
	}
	fmt.Println()
	_, err = os.Stat(filepath.Join(dir, "none"))
	fmt.Println(os.IsNotExist(err), filepath.Base("/a/b.tar.gz"), filepath.Ext("b.tar.gz"), filepath.Join("a", "../b", "c"))
	var nilLoader *cached
	defer func() { fmt.Println("r:", recover()) }()
	nilLoader.Load("x")
}
