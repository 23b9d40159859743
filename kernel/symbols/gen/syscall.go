package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// shared returns the part of package syscall that is the same on every system.
func shared(path string) (*types.Package, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "syscall.go", sharedSyscall, 0)
	if err != nil {
		return nil, err
	}
	return (&types.Config{IgnoreFuncBodies: true}).Check(path, fset, []*ast.File{f}, nil)
}

const sharedSyscall = `package syscall

type Signal int

func (s Signal) Signal()        {}
func (s Signal) String() string { return "" }

const (
	SIGHUP  Signal = 0x1
	SIGINT  Signal = 0x2
	SIGQUIT Signal = 0x3
	SIGILL  Signal = 0x4
	SIGTRAP Signal = 0x5
	SIGABRT Signal = 0x6
	SIGFPE  Signal = 0x8
	SIGKILL Signal = 0x9
	SIGSEGV Signal = 0xb
	SIGPIPE Signal = 0xd
	SIGALRM Signal = 0xe
	SIGTERM Signal = 0xf
)

type Errno uintptr

func (e Errno) Error() string        { return "" }
func (e Errno) Is(target error) bool { return false }
func (e Errno) Temporary() bool      { return false }
func (e Errno) Timeout() bool        { return false }

type Conn interface{ SyscallConn() (RawConn, error) }

type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

func Getpid() int                                  { return 0 }
func Getppid() int                                 { return 0 }
func Getpagesize() int                             { return 0 }
func Getuid() int                                  { return 0 }
func Geteuid() int                                 { return 0 }
func Getgid() int                                  { return 0 }
func Getegid() int                                 { return 0 }
func Getwd() (wd string, err error)                { return }
func Environ() []string                            { return nil }
func Getenv(key string) (value string, found bool) { return }
func Setenv(key, value string) error               { return nil }
func Unsetenv(key string) error                    { return nil }
func Clearenv()                                    {}
`
