package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"strings"
	"time"
)

type listFlag []string

func (l *listFlag) String() string     { return strings.Join(*l, ",") }
func (l *listFlag) Set(s string) error { *l = append(*l, s); return nil }

type level int

func (l *level) UnmarshalText(b []byte) error {
	switch string(b) {
	case "low":
		*l = 1
	case "high":
		*l = 9
	default:
		return fmt.Errorf("bad level %q", b)
	}
	return nil
}
func (l level) MarshalText() ([]byte, error) { return []byte(fmt.Sprint("L", int(l))), nil }

type opts struct {
	name    string
	n       int
	verbose bool
	wait    time.Duration
	tags    listFlag
	lv      level
	ratio   *float64
}

func parse(args ...string) (o opts, rest []string, err error) {
	fs := flag.NewFlagSet("tool", flag.ContinueOnError)
	var buf bytes.Buffer
	fs.SetOutput(&buf)
	fs.StringVar(&o.name, "name", "anon", "who")
	fs.IntVar(&o.n, "n", 3, "`count` of things")
	fs.BoolVar(&o.verbose, "v", false, "verbose")
	fs.DurationVar(&o.wait, "wait", time.Second, "delay")
	fs.Var(&o.tags, "tag", "a tag")
	fs.TextVar(&o.lv, "level", level(1), "level")
	o.ratio = fs.Float64("ratio", 0.5, "ratio")
	fs.Func("twice", "appends twice", func(s string) error {
		if s == "" {
			return errors.New("empty")
		}
		o.tags = append(o.tags, s, s)
		return nil
	})
	if err = fs.Parse(args); err != nil {
		line, _, _ := strings.Cut(buf.String(), "\n")
		return o, nil, fmt.Errorf("%w [%s]", err, line)
	}
	fs.Visit(func(f *flag.Flag) { fmt.Print(f.Name, "=", f.Value, " ") })
	return o, fs.Args(), nil
}

type user struct {
	Name string
	pw   string
}

func (u user) LogValue() slog.Value {
	return slog.GroupValue(slog.String("name", u.Name), slog.String("pw", "***"))
}

type prefixWriter struct {
	w io.Writer
	p string
}

func (p prefixWriter) Write(b []byte) (int, error) {
	if _, err := io.WriteString(p.w, p.p); err != nil {
		return 0, err
	}
	return p.w.Write(b)
}

func main() {
	o, rest, err := parse("-name", "bob", "-n=5", "-v", "-wait", "1m30s", "-tag", "a", "--tag=b", "-level", "high", "-twice", "z", "file", "-x")
	fmt.Println()
	fmt.Println(o.name, o.n, o.verbose, o.wait, o.tags, o.lv, *o.ratio, rest, err)
	for _, a := range [][]string{{"-n", "x"}, {"-nope"}, {"-level", "mid"}, {"-twice="}, {"-h"}, {}} {
		o, rest, err := parse(a...)
		fmt.Println(o.n, len(rest), err, errors.Is(err, flag.ErrHelp))
	}
	var lb strings.Builder
	l := log.New(prefixWriter{&lb, "> "}, "[app] ", log.Lmsgprefix)
	l.Println("started", 1, user{"a", "b"})
	l.SetPrefix("P:")
	l.SetFlags(0)
	l.Printf("%d%%", 50)
	fmt.Print(lb.String())
	h := slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: func(g []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})
	lg := slog.New(h).With("svc", "x").WithGroup("g")
	lg.Info("hello", "user", user{"ann", "secret"}, "n", 3, slog.Group("in", slog.Bool("ok", true)))
	lg.Debug("err", "e", errors.New("bad"), "d", 2*time.Second)
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		l.Panicf("fatal %v", o.tags)
	}()
	js := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelWarn, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == "time" {
			a.Value = slog.StringValue("T")
		}
		return a
	}}))
	js.Info("no")
	js.Warn("w", "u", user{"x", "y"}, "list", []int{1, 2}, "m", map[string]any{"a": nil})
}
