package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/lzw"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
)

type codec struct {
	name string
	enc  func(io.Writer) io.WriteCloser
	dec  func(io.Reader) (io.ReadCloser, error)
}

type counter struct {
	n int
	w io.Writer
}

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return c.w.Write(p)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func codecs() []codec {
	return []codec{
		{"gzip", func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }, func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }},
		{"zlib", func(w io.Writer) io.WriteCloser { return must(zlib.NewWriterLevel(w, zlib.BestCompression)) }, zlib.NewReader},
		{"flate", func(w io.Writer) io.WriteCloser { return must(flate.NewWriter(w, 9)) }, func(r io.Reader) (io.ReadCloser, error) { return flate.NewReader(r), nil }},
		{"lzw", func(w io.Writer) io.WriteCloser { return lzw.NewWriter(w, lzw.LSB, 8) }, func(r io.Reader) (io.ReadCloser, error) { return lzw.NewReader(r, lzw.LSB, 8), nil }},
	}
}

func roundTrip(c codec, text string) (size int, err error) {
	var buf bytes.Buffer
	cw := &counter{w: &buf}
	w := c.enc(cw)
	if _, err = io.Copy(w, strings.NewReader(text)); err != nil {
		return
	}
	if err = w.Close(); err != nil {
		return
	}
	size = cw.n
	r, err := c.dec(&buf)
	if err != nil {
		return size, err
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if string(got) != text {
		err = errors.Join(err, fmt.Errorf("%s: got %d bytes, want %d", c.name, len(got), len(text)))
	}
	return size, err
}

func main() {
	text := strings.Repeat("she sells sea shells; ", 200)
	for _, c := range codecs() {
		n, err := roundTrip(c, text)
		fmt.Println(c.name, n < len(text)/3, err)
	}
	_, err := gzip.NewReader(strings.NewReader("not gzip at all"))
	fmt.Println(err, err == gzip.ErrHeader)
	_, err = io.ReadAll(flate.NewReader(strings.NewReader("\xff\xff")))
	var ce flate.CorruptInputError
	fmt.Println(err, errors.As(err, &ce))

	bz := must(base64.StdEncoding.DecodeString("QlpoOTFBWSZTWdhb8wYAAAHXgAAQQAAAQACABkSQIAAhpo0YQwI6LuSKcKEhsLfmDA=="))
	out, err := io.ReadAll(bzip2.NewReader(bytes.NewReader(bz)))
	fmt.Printf("%q %v\n", out, err != nil)

	var zb bytes.Buffer
	zw := zip.NewWriter(&zb)
	zw.SetComment("a test")
	for i, name := range []string{"a.txt", "dir/b.txt", "dir/sub/c.txt"} {
		w := must(zw.CreateHeader(&zip.FileHeader{Name: name, Method: uint16(i%2) * zip.Deflate, Modified: time.Date(2024, 5, i+1, 10, 0, 0, 0, time.UTC)}))
		fmt.Fprintf(w, "content of %s %s", name, strings.Repeat("x", i*10))
	}
	if err := zw.Close(); err != nil {
		panic(err)
	}
	zr := must(zip.NewReader(bytes.NewReader(zb.Bytes()), int64(zb.Len())))
	fmt.Println(zr.Comment, len(zr.File))
	for _, f := range zr.File {
		rc := must(f.Open())
		b := must(io.ReadAll(rc))
		rc.Close()
		fmt.Println(f.Name, f.UncompressedSize64, f.Method, f.Modified.UTC().Format(time.DateOnly), len(b))
	}
	fs.WalkDir(zr, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		fmt.Println(p, d.IsDir(), path.Ext(p))
		if d.Name() == "sub" {
			return fs.SkipDir
		}
		return nil
	})
	b, err := fs.ReadFile(zr, "dir/b.txt")
	fmt.Println(string(b), err)
	_, err = zr.Open("nope")
	fmt.Println(err, errors.Is(err, fs.ErrNotExist))

	var tb bytes.Buffer
	tw := tar.NewWriter(&tb)
	for name, body := range map[string]string{"one": "1"} {
		tw.WriteHeader(&tar.Header{Name: name, Mode: 0o640, Size: int64(len(body)), ModTime: time.Unix(0, 0)})
		io.WriteString(tw, body)
	}
	tw.WriteHeader(&tar.Header{Name: "link", Typeflag: tar.TypeSymlink, Linkname: "one"})
	tw.Close()
	for tr := tar.NewReader(&tb); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		b := must(io.ReadAll(tr))
		fmt.Printf("%s %c %v %q %s\n", h.Name, h.Typeflag, h.FileInfo().Mode(), b, h.Linkname)
	}
}
