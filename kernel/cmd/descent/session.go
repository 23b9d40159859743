package main

import (
	"flag"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"descent/kernel/link"
	"descent/kernel/session"
)

// maxStack is the largest stack of a goroutine before the runtime calls it an
// overflow. The default of 1 GB can take a small machine down with it.
const maxStack = 512 << 20

// runSession is the process that runs the cells.
func runSession(args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("session", flag.ContinueOnError)
	if err := parse(fs, args, 0, stderr); err != nil {
		return err
	}
	conn, err := link.Inherited()
	if err != nil {
		return err
	}
	debug.SetMaxStack(maxStack)
	// An interrupt goes to the whole process group; the front turns it into a
	// message. Caught rather than ignored, so that the programs a cell starts
	// get it in the ordinary way.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	return session.Serve(conn, session.Options{})
}
