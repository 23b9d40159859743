package eval

import (
	"context"
	"fmt"
	"log"
	"reflect"
	"runtime"
	"time"

	"descent/kernel/rt"
)

// override replaces the symbols of a package that must behave otherwise in a
// session than in a program of its own.
func (i *Interp) override(importPath string, syms map[string]reflect.Value) {
	set := func(name string, f any) {
		if _, ok := syms[name]; ok {
			syms[name] = reflect.ValueOf(f)
		}
	}
	countTimers(importPath, set)
	switch importPath {
	case "os":
		set("Exit", func(code int) { i.exit(code, "os.Exit") })
	case "log":
		set("Fatal", func(v ...any) {
			_ = log.Output(2, fmt.Sprint(v...)) // as log.Fatal, which cannot report it either
			i.exit(1, "log.Fatal")
		})
		set("Fatalf", func(format string, v ...any) {
			_ = log.Output(2, fmt.Sprintf(format, v...))
			i.exit(1, "log.Fatalf")
		})
		set("Fatalln", func(v ...any) {
			_ = log.Output(2, fmt.Sprintln(v...))
			i.exit(1, "log.Fatalln")
		})
	case "encoding/json":
		set("Unmarshal", rt.UnmarshalJSON)
	case "encoding/gob":
		set("Register", registerGob)
		set("RegisterName", registerGobName)
	case "expvar", "net/http/pprof":
		serve(importPath)
	case "time":
		set("Sleep", func(d time.Duration) { rt.Sleep(d) })
	case "context":
		set("AfterFunc", func(ctx context.Context, f func()) (stop func() bool) {
			return context.AfterFunc(ctx, guarded(f))
		})
	case "runtime":
		set("SetFinalizer", func(obj, finalizer any) { runtime.SetFinalizer(obj, guardedAny(finalizer)) })
	}
}

// guarded is rt.Guarded, with nil left to whoever is given it.
func guarded(f func()) func() {
	if f == nil {
		return nil
	}
	return rt.Guarded(f)
}

// guardedAny is guarded for a function of any type.
func guardedAny(f any) any {
	v := reflect.ValueOf(f)
	if v.Kind() != reflect.Func || v.IsNil() {
		return f
	}
	t := v.Type()
	return reflect.MakeFunc(t, func(args []reflect.Value) (results []reflect.Value) {
		for r := range t.Outs() {
			results = append(results, reflect.Zero(r))
		}
		rt.Guarded(func() { results = v.Call(args) })()
		return results
	}).Interface()
}

// loggerFatal and the others are the methods of a *log.Logger that end the process.
func (i *Interp) loggerFatal(l *log.Logger, v ...any) {
	_ = l.Output(2, fmt.Sprint(v...))
	i.exit(1, "log.Fatal")
}

func (i *Interp) loggerFatalf(l *log.Logger, format string, v ...any) {
	_ = l.Output(2, fmt.Sprintf(format, v...))
	i.exit(1, "log.Fatalf")
}

func (i *Interp) loggerFatalln(l *log.Logger, v ...any) {
	_ = l.Output(2, fmt.Sprintln(v...))
	i.exit(1, "log.Fatalln")
}
