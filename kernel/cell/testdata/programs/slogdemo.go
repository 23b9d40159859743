package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"
)

type Secret string

func (Secret) LogValue() slog.Value { return slog.StringValue("***") }

type User struct {
	ID   int
	Name string
	Pass Secret
}

func (u User) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("id", u.ID), slog.String("name", u.Name), slog.Any("pass", u.Pass))
}

type lineHandler struct {
	mu    *sync.Mutex
	w     io.Writer
	attrs []slog.Attr
	group string
	min   slog.Leveler
}

func (h *lineHandler) Enabled(_ context.Context, l slog.Level) bool { return l >= h.min.Level() }
func (h *lineHandler) WithAttrs(as []slog.Attr) slog.Handler {
	c := *h
	c.attrs = append(c.attrs[:len(c.attrs):len(c.attrs)], as...)
	return &c
}
func (h *lineHandler) WithGroup(g string) slog.Handler {
	c := *h
	c.group += g + "/"
	return &c
}
func (h *lineHandler) Handle(ctx context.Context, r slog.Record) error {
	var b strings.Builder
	fmt.Fprintf(&b, "[%s] %s", r.Level, r.Message)
	show := func(a slog.Attr) bool {
		fmt.Fprintf(&b, " %s%s=%v", h.group, a.Key, a.Value.Resolve())
		return true
	}
	for _, a := range h.attrs {
		show(a)
	}
	r.Attrs(show)
	if id, ok := ctx.Value(ctxKey{}).(string); ok {
		b.WriteString(" trace=" + id)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := fmt.Fprintln(h.w, b.String())
	return err
}

type ctxKey struct{}

var _ slog.Handler = (*lineHandler)(nil)

func noTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	if a.Key == "dur" {
		a.Value = slog.StringValue("D:" + a.Value.Duration().String())
	}
	return a
}

func main() {
	u := User{7, "ann", "hunter2"}
	opts := &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: noTime}
	l := slog.New(slog.NewTextHandler(os.Stdout, opts))
	l.Info("login", "user", u, "n", 3, "ok", true, "dur", 1500*time.Millisecond)
	l.Warn("odd", "key")
	l.Error("fail", "err", errors.New("disk \"full\""), "pass", u.Pass)
	l.Debug("deep", slog.Group("g", slog.Int("a", 1), slog.Group("h", slog.Float64("b", 2.5))))

	j := slog.New(slog.NewJSONHandler(os.Stdout, opts)).With("svc", "api").WithGroup("req")
	j.Info("hit", "path", "/x?y=<z>", "user", u, "list", []int{1, 2}, "m", map[string]int{"b": 2, "a": 1})
	j.Log(context.Background(), slog.LevelInfo+1, "custom", "any", struct{ A, B int }{1, 2})

	lv := new(slog.LevelVar)
	h := &lineHandler{mu: &sync.Mutex{}, w: os.Stdout, min: lv}
	m := slog.New(h)
	m.Debug("hidden")
	lv.Set(slog.LevelDebug)
	m.Debug("shown", "u", u)
	m.With("a", 1).WithGroup("g").With("b", 2).InfoContext(context.WithValue(context.Background(), ctxKey{}, "t-1"), "ctx", "c", 3)
	fmt.Println(m.Enabled(context.Background(), slog.LevelDebug-1), lv.Level(), slog.Level(5))

	var buf bytes.Buffer
	lg := log.New(&buf, "app: ", log.Lmsgprefix)
	lg.Println("hello", 1, 2)
	lg.Printf("%05.1f", 3.14159)
	lg.SetPrefix("new ")
	lg.SetFlags(0)
	lg.Print("a", 1, 2, "b")
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		lg.Panicf("bad %d", 42)
	}()
	fmt.Print(buf.String())
	fmt.Println(lg.Prefix(), lg.Flags())
	std := slog.NewLogLogger(h, slog.LevelWarn)
	std.Print("via log")
}
