package eval

import (
	"fmt"
	"log"
	"reflect"
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
	case "expvar", "net/http/pprof":
		serve(importPath)
	case "time":
		set("Sleep", func(d time.Duration) { rt.Sleep(d) })
	}
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
