package eval

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"reflect"
	"sync"

	"github.com/traefik/yaegi/interp"
	"github.com/traefik/yaegi/stdlib"

	"descent/kernel/cell"
	"descent/kernel/rt"
)

// ErrInterrupted is what Load and Run return when Interrupt stopped the cell.
var ErrInterrupted = errors.New("interrupted")

// Options configures an Interp. The zero value uses the streams of the process
// and no symbols beyond the standard library.
type Options struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Symbols maps "import/path/name" to the exported symbols of that package.
	Symbols map[string]map[string]reflect.Value
}

// Interp is one interpreter with the state of one session. Load and Run must be
// called by one goroutine; Interrupt may be called by any.
type Interp struct {
	in *interp.Interpreter

	mu sync.Mutex
}

// prelude declares what every lowered cell may name: the helpers and the flag
// that asks interpreted code to stop.
const prelude = `package main

import __rt "descent/kernel/rt"

var stopˑ bool

var _ = __rt.Display
`

// New makes an interpreter, loads the symbols and evaluates the prelude.
func New(o Options) (*Interp, error) {
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	i := &Interp{in: interp.New(interp.Options{
		Stdin: o.Stdin, Stdout: o.Stdout, Stderr: o.Stderr, Unrestricted: true,
	})}
	if err := i.in.Use(stdlib.Symbols); err != nil {
		return nil, err
	}
	if err := i.in.Use(interp.Exports(o.Symbols)); err != nil {
		return nil, err
	}
	if err := i.in.Use(interp.Exports{"descent/kernel/rt/rt": rt.Exports}); err != nil {
		return nil, err
	}
	if err := i.eval(prelude); err != nil {
		return nil, fmt.Errorf("prelude: %w", err)
	}
	return i, nil
}

// Use adds the symbols of one package.
func (i *Interp) Use(importPath, name string, syms map[string]reflect.Value) error {
	return i.in.Use(interp.Exports{path.Join(importPath, name): syms})
}

// Load evaluates the declarations of p.
func (i *Interp) Load(p *cell.Program) error {
	for _, c := range p.Chunks {
		if err := i.eval(c); err != nil {
			return err
		}
	}
	return nil
}

// Run evaluates the statements of p.
func (i *Interp) Run(p *cell.Program) error {
	if p.Run == "" {
		return nil
	}
	return i.eval(p.Run)
}

func (i *Interp) eval(src string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("interpreter: %v", r)
		}
	}()
	_, err = i.in.Eval(src)
	return err
}
