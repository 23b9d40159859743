package main

import (
	"errors"
	"fmt"
	"strings"
)

type Op byte

const (
	PUSH Op = iota
	ADD
	MUL
	SUB
	DUP
	SWAP
	JMP
	JZ
	LT
	LOAD
	STORE
	CALL
	RET
	PRINT
	HALT
)

var opNames = strings.Split("PUSH ADD MUL SUB DUP SWAP JMP JZ LT LOAD STORE CALL RET PRINT HALT", " ")

func (o Op) String() string {
	if int(o) < len(opNames) {
		return opNames[o]
	}
	return fmt.Sprintf("Op(%#x)", byte(o))
}

type Instr struct {
	Op
	Arg int
}

type VM struct {
	code  []Instr
	stack []int
	calls []int
	mem   [4]int
	pc    int
	steps uint
	out   strings.Builder
	Trace func(vm *VM, in Instr)
}

type vmError struct {
	pc  int
	in  Instr
	err error
}

func (e *vmError) Error() string { return fmt.Sprintf("pc=%d %v: %v", e.pc, e.in, e.err) }
func (e *vmError) Unwrap() error { return e.err }

var (
	errUnderflow = errors.New("stack underflow")
	errSteps     = errors.New("too many steps")
	errOp        = errors.New("illegal op")
)

func (vm *VM) pop() (x int) {
	if len(vm.stack) == 0 {
		panic(errUnderflow)
	}
	x, vm.stack = vm.stack[len(vm.stack)-1], vm.stack[:len(vm.stack)-1]
	return
}
func (vm *VM) push(xs ...int) { vm.stack = append(vm.stack, xs...) }

var binops = map[Op]func(a, b int) int{
	ADD: func(a, b int) int { return a + b },
	MUL: func(a, b int) int { return a * b },
	SUB: func(a, b int) int { return a - b },
	LT: func(a, b int) int {
		if a < b {
			return 1
		}
		return 0
	},
}

func (vm *VM) Run() (out string, err error) {
	var in Instr
	defer func() {
		out = vm.out.String()
		if r := recover(); r != nil {
			e, ok := r.(error)
			if !ok {
				e = fmt.Errorf("%v", r)
			}
			err = &vmError{vm.pc, in, e}
		}
	}()
	for ; ; vm.steps++ {
		if vm.steps > 10000 {
			panic(errSteps)
		}
		in = vm.code[vm.pc]
		if vm.Trace != nil {
			vm.Trace(vm, in)
		}
		vm.pc++
		switch in.Op {
		case PUSH:
			vm.push(in.Arg)
		case DUP:
			x := vm.pop()
			vm.push(x, x)
		case SWAP:
			b, a := vm.pop(), vm.pop()
			vm.push(b, a)
		case JZ:
			if vm.pop() != 0 {
				break
			}
			fallthrough
		case JMP:
			vm.pc = in.Arg
		case LOAD:
			vm.push(vm.mem[in.Arg])
		case STORE:
			vm.mem[in.Arg] = vm.pop()
		case CALL:
			vm.calls = append(vm.calls, vm.pc)
			vm.pc = in.Arg
		case RET:
			n := len(vm.calls) - 1
			vm.pc = vm.calls[n]
			vm.calls = vm.calls[:n]
		case PRINT:
			fmt.Fprint(&vm.out, vm.pop(), " ")
		case HALT:
			return
		default:
			f, ok := binops[in.Op]
			if !ok {
				panic(fmt.Errorf("%w: %v", errOp, in.Op))
			}
			b, a := vm.pop(), vm.pop()
			vm.push(f(a, b))
		}
	}
}

func assemble(src string) (code []Instr, err error) {
	labels := map[string]int{}
	var fix []func() error
	for ln, line := range strings.Split(src, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if l, ok := strings.CutSuffix(f[0], ":"); ok {
			labels[l] = len(code)
			continue
		}
		in := Instr{Op: 0xff}
		for i, n := range opNames {
			if strings.EqualFold(n, f[0]) {
				in.Op = Op(i)
			}
		}
		if len(f) > 1 {
			if _, err := fmt.Sscan(f[1], &in.Arg); err != nil {
				at := len(code)
				fix = append(fix, func() error {
					a, ok := labels[f[1]]
					if !ok {
						return fmt.Errorf("line %d: no label %s", ln+1, f[1])
					}
					code[at].Arg = a
					return nil
				})
			}
		}
		code = append(code, in)
	}
	for _, f := range fix {
		err = errors.Join(err, f())
	}
	return
}

func main() {
	run := func(src string) {
		code, err := assemble(src)
		if err != nil {
			fmt.Println("asm:", err)
			return
		}
		ops := map[Op]int{}
		vm := &VM{code: code, Trace: func(_ *VM, in Instr) { ops[in.Op]++ }}
		out, err := vm.Run()
		var ve *vmError
		fmt.Println(out, err, errors.As(err, &ve), errors.Is(err, errUnderflow), vm.steps, vm.mem, ops)
	}
	run("push 1\nstore 0\npush 10\nloop:\ndup\njz end\ndup\nload 0\nmul\nstore 0\npush 1\nsub\njmp loop\nend:\nload 0\nprint\nhalt")
	run("push 3\ncall sq\nprint\npush 4\ncall sq\nprint\nhalt\nsq:\ndup\nmul\nret")
	run("add\nhalt")
	run("l:\njmp l")
	run("push 1\nprint")
	run("bogus\nhalt")
	run("jmp x\njz y")
	run("push 5\nstore 9")
	run("ret")
	fmt.Printf("%v %+v %s\n", Instr{PUSH, 3}, Instr{JZ, 1}, Op(200))
}
