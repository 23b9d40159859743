package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "install:", err)
		os.Exit(1)
	}
}

// options are what the command line asks for.
type options struct {
	noLab     bool
	print     bool
	uninstall bool
	where     location
}

func parse(args []string, out io.Writer) (options, error) {
	var o options
	var user bool
	flags := flag.NewFlagSet("install", flag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() {
		fmt.Fprintln(out, "usage: go run ./install [--no-lab] [--print] [--uninstall] [--user | --sys-prefix | --prefix DIR]")
		flags.PrintDefaults()
	}
	flags.BoolVar(&o.noLab, "no-lab", false, "stop after the kernelspec; do not look for or open JupyterLab")
	flags.BoolVar(&o.print, "print", false, "say what would be done and do nothing")
	flags.BoolVar(&o.uninstall, "uninstall", false, "remove what earlier runs made, and nothing else")
	flags.BoolVar(&user, "user", false, "kernelspec for this user (the default)")
	flags.BoolVar(&o.where.sysPrefix, "sys-prefix", false, "kernelspec in the environment of the Python on PATH")
	flags.StringVar(&o.where.prefix, "prefix", "", "kernelspec below `DIR`/share/jupyter")
	if err := flags.Parse(args); err != nil {
		return o, flag.ErrHelp
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("unexpected argument %q; the flags are --no-lab, --print, --uninstall, --user, --sys-prefix and --prefix DIR", flags.Arg(0))
	}
	chosen := 0
	for _, is := range []bool{user, o.where.sysPrefix, o.where.prefix != ""} {
		if is {
			chosen++
		}
	}
	if chosen > 1 {
		return o, errors.New("--user, --sys-prefix and --prefix exclude each other; give one of them")
	}
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := parse(args, out)
	if err != nil {
		return err
	}
	act := &actor{out: out, dry: o.print}
	made, err := openManifest()
	if err != nil {
		return err
	}
	if o.uninstall {
		return uninstall(act, made)
	}
	repo, err := repository()
	if err != nil {
		return err
	}
	binary, err := build(ctx, act, made, repo)
	if err != nil {
		return err
	}
	if err := writeKernelspec(ctx, act, made, binary, o.where); err != nil {
		return err
	}
	if o.noLab {
		return nil
	}
	return openLab(ctx, act, made, filepath.Join(repo, "notebooks"))
}

// actor carries out steps, or with dry only names them.
type actor struct {
	out io.Writer
	dry bool
}

// do announces a step and, unless this is a dry run, takes it.
func (a *actor) do(step string, f func() error) error {
	if a.dry {
		fmt.Fprintln(a.out, "would", step)
		return nil
	}
	fmt.Fprintln(a.out, "descent:", step)
	return f()
}

// repository is the directory of go.mod, at or above the working directory.
func repository() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && modulePath(text) == "descent" {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("%s is not inside a clone of descent; run `go run ./install` in the folder that holds its go.mod", start)
		}
	}
}
