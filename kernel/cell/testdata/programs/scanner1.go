package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/constant"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"text/scanner"
	"unicode"
)

type Stats struct {
	Funcs, Calls, Lits int
	Names              map[string]int
}

type visitor struct {
	*Stats
	depth, max int
}

func (v *visitor) Visit(n ast.Node) ast.Visitor {
	if n == nil {
		return nil
	}
	switch n := n.(type) {
	case *ast.FuncDecl:
		v.Funcs++
	case *ast.CallExpr:
		v.Calls++
	case *ast.BasicLit:
		v.Lits++
	case *ast.Ident:
		v.Names[n.Name]++
	}
	w := &visitor{v.Stats, v.depth + 1, 0}
	if w.depth > deepest {
		deepest = w.depth
	}
	return w
}

var deepest int

const src = `package demo

import "fmt"

// Add adds.
func Add(a, b int) int { return a + b }

type T struct { X int; y string }

func (t *T) String() string { return fmt.Sprint(t.X, "x" , 1.5) }
`

type rename map[string]string

func (r rename) apply(f *ast.File) (n int) {
	ast.Inspect(f, func(x ast.Node) bool {
		if id, ok := x.(*ast.Ident); ok {
			if to, ok := r[id.Name]; ok {
				id.Name = to
				n++
			}
		}
		return true
	})
	return
}

func eval(e ast.Expr) (constant.Value, error) {
	switch e := e.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(e.Value, e.Kind, 0), nil
	case *ast.ParenExpr:
		return eval(e.X)
	case *ast.UnaryExpr:
		x, err := eval(e.X)
		if err != nil {
			return nil, err
		}
		return constant.UnaryOp(e.Op, x, 0), nil
	case *ast.BinaryExpr:
		x, err := eval(e.X)
		if err != nil {
			return nil, err
		}
		y, err := eval(e.Y)
		if err != nil {
			return nil, err
		}
		if e.Op == token.QUO && constant.Sign(y) == 0 {
			return nil, fmt.Errorf("%d: division by zero", e.OpPos)
		}
		return constant.BinaryOp(x, e.Op, y), nil
	default:
		return nil, fmt.Errorf("cannot evaluate %T", e)
	}
}

func main() {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "demo.go", src, parser.ParseComments)
	if err != nil {
		fmt.Println(err)
		return
	}
	st := &Stats{Names: map[string]int{}}
	ast.Walk(&visitor{Stats: st}, f)
	fmt.Println(st.Funcs, st.Calls, st.Lits, st.Names["t"], st.Names["int"], deepest > 5)
	for _, d := range f.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok {
			fmt.Println(fset.Position(fd.Pos()), fd.Name, fd.Doc.Text() == "Add adds.\n")
		}
	}
	fmt.Println(rename{"Add": "Sum", "a": "left"}.apply(f))
	var out strings.Builder
	format.Node(&out, fset, f)
	fmt.Print(out.String())
	_, err = parser.ParseFile(fset, "bad.go", "package p\nfunc {", 0)
	fmt.Println(err)

	for _, s := range []string{"1+2*3", "(1+2)*3-9", `"a"+"b"`, "1/3.0", "f(1)", "1/0", "-'a'"} {
		x, err := parser.ParseExpr(s)
		if err != nil {
			fmt.Println("parse", err)
			continue
		}
		v, err := eval(x)
		fmt.Println(s, "=", v, err)
	}
	tv, err := types.Eval(token.NewFileSet(), nil, token.NoPos, "len(\"abc\") * 2.0")
	fmt.Println(tv.Type, tv.Value, err)

	var s scanner.Scanner
	s.Init(strings.NewReader("x := 3.14 /* skip */ + foo_bar('a', \"str\") // end\n% α"))
	s.Filename = "in"
	s.IsIdentRune = func(ch rune, i int) bool { return ch == '_' || unicode.IsLetter(ch) || unicode.IsDigit(ch) && i > 0 }
	for t := s.Scan(); t != scanner.EOF; t = s.Scan() {
		fmt.Printf("%s %s %q\n", s.Position, scanner.TokenString(t), s.TokenText())
	}
	sc := bufio.NewScanner(strings.NewReader("one,two;;three"))
	sc.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		for i, b := range data {
			if b == ',' || b == ';' {
				return i + 1, data[:i], nil
			}
		}
		if atEOF && len(data) > 0 {
			return len(data), data, bufio.ErrFinalToken
		}
		return 0, nil, nil
	})
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	fmt.Println(sc.Err())
}
