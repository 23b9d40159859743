package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"container/heap"
	"container/list"
	"container/ring"
	"context"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"syscall"
	"testing/fstest"
	"testing/quick"
	"text/tabwriter"
	"time"
	"unicode"
)

type drv struct{}
type conn struct{ rows int }
type stmt struct{ q string }
type rows struct{ i int }

func (drv) Open(name string) (driver.Conn, error)            { return &conn{}, nil }
func (c *conn) Prepare(q string) (driver.Stmt, error)        { return &stmt{q}, nil }
func (c *conn) Close() error                                 { return nil }
func (c *conn) Begin() (driver.Tx, error)                    { return nil, errors.New("no tx") }
func (s *stmt) Close() error                                 { return nil }
func (s *stmt) NumInput() int                                { return strings.Count(s.q, "?") }
func (s *stmt) Exec(a []driver.Value) (driver.Result, error) { return driver.RowsAffected(len(a)), nil }
func (s *stmt) Query(a []driver.Value) (driver.Rows, error)  { return &rows{}, nil }
func (r *rows) Columns() []string                            { return []string{"id", "name", "lv"} }
func (r *rows) Close() error                                 { return nil }
func (r *rows) Next(d []driver.Value) error {
	if r.i++; r.i > 3 {
		return io.EOF
	}
	d[0], d[1], d[2] = int64(r.i), fmt.Sprint("n", r.i), "L"+fmt.Sprint(r.i)
	if r.i == 2 {
		d[1] = nil
	}
	return nil
}

type Level int

func (l *Level) Scan(v any) error {
	_, err := fmt.Sscanf(v.(string), "L%d", (*int)(l))
	return err
}
func (l Level) Value() (driver.Value, error) { return fmt.Sprint("L", int(l)), nil }

type PQ []*item
type item struct {
	s string
	p int
}

func (q PQ) Len() int           { return len(q) }
func (q PQ) Less(i, j int) bool { return q[i].p < q[j].p }
func (q PQ) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *PQ) Push(x any)        { *q = append(*q, x.(*item)) }
func (q *PQ) Pop() any {
	o := *q
	x := o[len(o)-1]
	*q = o[:len(o)-1]
	return x
}

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	copy(p, bytes.ToUpper(p[:n]))
	return n, err
}

type secret string

func (s secret) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("len", len(s)), slog.String("v", "***"))
}

type vals []string

func (v *vals) String() string     { return strings.Join(*v, ",") }
func (v *vals) Set(s string) error { *v = append(*v, s); return nil }

func main() {
	if len(sql.Drivers()) == 0 {
		sql.Register("toy", drv{})
	}
	db, _ := sql.Open("toy", "x")
	rs, err := db.QueryContext(context.Background(), "select ?", Level(3))
	fmt.Println(err)
	for rs.Next() {
		var id int
		var name sql.Null[string]
		var lv Level
		fmt.Println(rs.Scan(&id, &name, &lv), id, name, lv)
	}
	res, _ := db.Exec("ins ? ?", 1, "a")
	fmt.Println(res.RowsAffected())
	_, err = db.Begin()
	fmt.Println(err)
	q := &PQ{}
	for i, s := range []string{"c", "a", "b"} {
		heap.Push(q, &item{s, 10 - i*i})
	}
	(*q)[0].p = 100
	heap.Fix(q, 0)
	for q.Len() > 0 {
		it := heap.Pop(q).(*item)
		fmt.Print(it.s, it.p, " ")
	}
	l := list.New()
	e := l.PushBack(item{"x", 1})
	l.InsertBefore(item{"y", 2}, e)
	for e := l.Front(); e != nil; e = e.Next() {
		fmt.Print(e.Value.(item).s)
	}
	r := ring.New(3)
	for i := range 3 {
		r.Value = i
		r = r.Next()
	}
	r.Do(func(v any) { fmt.Print(v, ";") })
	fmt.Println()
	b, _ := io.ReadAll(upper{io.LimitReader(strings.NewReader("hello world"), 7)})
	fmt.Println(string(b))
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprintf(pw, "line1\nline2\n")
		pw.CloseWithError(errors.New("custom"))
	}()
	sc := bufio.NewScanner(pr)
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	fmt.Println(sc.Err())
	sc = bufio.NewScanner(strings.NewReader("a,b,,c"))
	sc.Split(func(d []byte, eof bool) (int, []byte, error) {
		if i := bytes.IndexByte(d, ','); i >= 0 {
			return i + 1, d[:i], nil
		}
		if eof && len(d) > 0 {
			return len(d), d, bufio.ErrFinalToken
		}
		return 0, nil, nil
	})
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	fmt.Println()
	h := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	h.With("app", "x").WithGroup("g").Info("msg", "s", secret("abc"), "d", time.Second, "e", errors.New("bad"), "it", item{"q", 1})
	fset := flag.NewFlagSet("prog", flag.ContinueOnError)
	fset.SetOutput(os.Stdout)
	var vs vals
	fset.Var(&vs, "v", "values")
	n := fset.Int("n", 5, "count `N`")
	fmt.Println(fset.Parse([]string{"-v", "a", "-v=b", "-n", "7", "rest"}), vs, *n, fset.Args())
	fmt.Println(fset.Parse([]string{"-zz"}))
	fmt.Printf("%x\n%x\n%08x %d\n", sha256.Sum256([]byte("a")), md5.Sum([]byte("a")), crc32.ChecksumIEEE([]byte("a")), func() uint32 { h := fnv.New32a(); h.Write([]byte("a")); return h.Sum32() }())
	mac := hmac.New(sha256.New, []byte("k"))
	mac.Write([]byte("m"))
	fmt.Printf("%x\n", mac.Sum(nil)[:4])
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	f, _ := zw.Create("a/b.txt")
	io.WriteString(f, "zipped")
	zw.Close()
	zr, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	fmt.Println(zr.File[0].Name, err)
	data, _ := fs.ReadFile(zr, "a/b.txt")
	fmt.Println(string(data))
	buf.Reset()
	gz := gzip.NewWriter(&buf)
	gz.Write(bytes.Repeat([]byte("z"), 1000))
	gz.Close()
	gr, _ := gzip.NewReader(&buf)
	k, _ := io.Copy(io.Discard, gr)
	fmt.Println(k)
	mfs := fstest.MapFS{"x/a.go": {Data: []byte("A")}, "x/y/b.txt": {Data: []byte("BB")}}
	fs.WalkDir(mfs, ".", func(p string, d fs.DirEntry, err error) error {
		if d.Name() == "y" {
			return fs.SkipDir
		}
		fmt.Print(p, d.IsDir(), " ")
		return err
	})
	g, _ := fs.Glob(mfs, "x/*.go")
	fmt.Println(g)
	dir, _ := os.MkdirTemp("", "t")
	defer os.RemoveAll(dir)
	os.WriteFile(filepath.Join(dir, "f"), []byte("data"), 0o600)
	st, err := os.Stat(filepath.Join(dir, "f"))
	fmt.Println(st.Size(), st.Mode(), err, st.Name())
	re := regexp.MustCompile(`(?P<k>\w+)=(?P<v>\d+)`)
	fmt.Println(re.FindAllStringSubmatch("a=1 b=22 c=x", -1), re.SubexpNames(), re.ReplaceAllStringFunc("a=1", strings.ToUpper), re.ReplaceAllString("a=1", "${v}:$k"))
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGTERM)
	signal.Stop(ch)
	fmt.Println(quick.Check(func(a []int8) bool {
		c := append([]int8{}, a...)
		sort.Slice(c, func(i, j int) bool { return c[i] < c[j] })
		return sort.SliceIsSorted(c, func(i, j int) bool { return c[i] < c[j] })
	}, nil))
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 1, '.', tabwriter.AlignRight)
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaaa\tb\tc")
	tw.Flush()
	fmt.Println(strings.FieldsFunc("a1b2c", unicode.IsDigit), strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, "aBcD"), strings.NewReplacer("a", "b", "b", "a").Replace("abba"))
}
