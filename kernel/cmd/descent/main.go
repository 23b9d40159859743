// Command descent is the Jupyter kernel for Go: the one program that Jupyter,
// the installer and the kernel itself start.
//
//	descent kernel CONNECTION_FILE   serve Jupyter (what the kernelspec runs)
//	descent session                  run cells for a kernel, never by hand
//	descent doctor                   check the installation and say what is wrong
//	descent doctor --conformance     measure the kernel and try to break it
//	descent version                  say what this is
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// command is a subcommand.
type command struct {
	name, args, help string
	run              func(args []string, stdout, stderr io.Writer) error
}

var commands []command

func init() {
	commands = []command{
		{"kernel", "CONNECTION_FILE", "serve Jupyter over the sockets of the connection file", runKernel},
		{"session", "", "run cells for a kernel; started by it, never by hand", runSession},
		{"doctor", "[--conformance]", "check the installation, or measure the kernel and try to break it", runDoctor},
		{"version", "", "print the version", runVersion},
	}
}

// errUsage is returned for a command line that makes no sense.
var errUsage = errors.New("usage")

func main() {
	err := dispatch(os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "descent:", err)
		os.Exit(1)
	}
}

func dispatch(args []string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		usage(stderr)
		return errUsage
	}
	name := strings.TrimLeft(args[0], "-")
	if name == "help" || name == "h" {
		usage(stdout)
		return nil
	}
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == name })
	if i < 0 {
		fmt.Fprintf(stderr, "descent: no command %q\n\n", args[0])
		usage(stderr)
		return errUsage
	}
	return commands[i].run(args[1:], stdout, stderr)
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "descent is the Jupyter kernel for Go.\n\nusage:")
	for _, c := range commands {
		fmt.Fprintf(w, "  descent %-24s %s\n", strings.TrimSpace(c.name+" "+c.args), c.help)
	}
}

// parse parses the flags of a subcommand that takes n arguments.
func parse(fs *flag.FlagSet, args []string, n int, stderr io.Writer) error {
	fs.SetOutput(stderr)
	if err := fs.Parse(args); err != nil {
		return errUsage
	}
	if fs.NArg() != n {
		fmt.Fprintf(stderr, "descent %s: %d arguments, want %d\n", fs.Name(), fs.NArg(), n)
		usage(stderr)
		return errUsage
	}
	return nil
}
