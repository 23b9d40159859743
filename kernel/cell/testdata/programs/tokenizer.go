package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

type Type int

const (
	ILLEGAL Type = iota
	IDENT
	INT
	STRING
	PUNCT
	KEYWORD
	EOF
)

//go:noinline
func (t Type) String() string {
	return []string{"ILLEGAL", "IDENT", "INT", "STRING", "PUNCT", "KEYWORD", "EOF"}[t]
}

type Position struct{ Line, Col int }

func (p Position) String() string { return fmt.Sprintf("%d:%d", p.Line, p.Col) }

type Token struct {
	Type
	Lit string
	Position
}

func (t Token) String() string { return fmt.Sprintf("%v(%q)@%v", t.Type, t.Lit, t.Position) }

type Scanner struct {
	src  io.RuneScanner
	pos  Position
	prev Position
	errs []error
}

var keywords = func() map[string]bool {
	m := make(map[string]bool)
	for _, k := range [...]string{"if", "else", "func", "return"} {
		m[k] = true
	}
	return m
}()

type scanError struct {
	Position
	msg string
}

func (e scanError) Error() string { return e.Position.String() + ": " + e.msg }

func (s *Scanner) read() rune {
	r, _, err := s.src.ReadRune()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			s.errs = append(s.errs, err)
		}
		return -1
	}
	s.prev = s.pos
	if r == '\n' {
		s.pos.Line++
		s.pos.Col = 0
	} else {
		s.pos.Col++
	}
	return r
}

func (s *Scanner) unread() {
	s.src.UnreadRune()
	s.pos = s.prev
}

func (s *Scanner) while(sb *strings.Builder, ok func(rune) bool) {
	for r := s.read(); r >= 0; r = s.read() {
		if !ok(r) {
			s.unread()
			return
		}
		sb.WriteRune(r)
	}
}

func (s *Scanner) Next() (t Token) {
	var sb strings.Builder
again:
	r := s.read()
	t.Position = s.pos
	switch {
	case r < 0:
		t.Type = EOF
	case unicode.IsSpace(r):
		goto again
	case r == '#':
		s.while(&strings.Builder{}, func(r rune) bool { return r != '\n' })
		goto again
	case unicode.IsLetter(r), r == '_':
		sb.WriteRune(r)
		s.while(&sb, func(r rune) bool { return unicode.In(r, unicode.Letter, unicode.Digit) || r == '_' })
		t.Lit, t.Type = sb.String(), IDENT
		if keywords[t.Lit] {
			t.Type = KEYWORD
		}
	case '0' <= r && r <= '9':
		sb.WriteRune(r)
		s.while(&sb, unicode.IsDigit)
		t.Lit, t.Type = sb.String(), INT
	case r == '"':
		esc := false
		s.while(&sb, func(r rune) bool {
			if esc {
				esc = false
				return true
			}
			esc = r == '\\'
			return r != '"'
		})
		t.Type, t.Lit = STRING, sb.String()
		if s.read() != '"' {
			s.errs = append(s.errs, scanError{t.Position, "unterminated string"})
			t.Type = ILLEGAL
		}
	case strings.ContainsRune("(){}+-*/=<>!,;", r):
		t.Type, t.Lit = PUNCT, string(r)
		if n := s.read(); n == '=' && strings.ContainsRune("=<>!", r) {
			t.Lit += "="
		} else if n >= 0 {
			s.unread()
		}
	default:
		t.Lit = string(r)
		s.errs = append(s.errs, scanError{s.pos, fmt.Sprintf("bad character %#U", r)})
	}
	return
}

func (s *Scanner) All(yield func(int, Token) bool) {
	for i := 0; ; i++ {
		t := s.Next()
		if !yield(i, t) || t.Type == EOF {
			return
		}
	}
}

func main() {
	src := "func ünï(a1, _b) {\n  # comment ) (\n\tif a1 >= 10 { return \"x\\\"y\" }\n  a @ b = !c == d\n}\n\"open"
	s := &Scanner{src: strings.NewReader(src), pos: Position{1, 0}}
	count := map[Type]int{}
	for i, t := range s.All {
		count[t.Type]++
		if i%4 == 0 {
			fmt.Println(i, t)
		}
	}
	fmt.Println(count)
	var se scanError
	fmt.Println(errors.Join(s.errs...), errors.As(s.errs[0], &se), se.Line, se.msg)
	for _, t := range (&Scanner{src: strings.NewReader("a b c"), pos: Position{Line: 1}}).All {
		if t.Lit == "b" {
			fmt.Printf("%v %+v %s %d\n", t, t.Position, t.Type, t.Type)
			break
		}
	}
}
