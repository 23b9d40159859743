package assist

import (
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// IsComplete says whether code is a whole cell: "complete", "incomplete" (with the
// indentation of the next line) or "invalid".
func IsComplete(code string) (status, indent string) {
	trimmed := strings.TrimSpace(code)
	if trimmed == "" {
		return "complete", ""
	}
	if strings.HasPrefix(trimmed, "%") || strings.HasPrefix(trimmed, "!") || strings.HasSuffix(trimmed, "?") {
		return "complete", ""
	}
	t := scan(code)
	switch {
	case t.open: // a raw string or comment goes on
		return "incomplete", ""
	case t.illegal || t.depth < 0:
		return "invalid", ""
	case t.depth > 0:
		return "incomplete", strings.Repeat("    ", t.depth)
	case continues(t.last):
		return "incomplete", "    "
	}
	for i, s := range t.chunks {
		text := code[s[0]:s[1]]
		if strings.TrimSpace(text) == "" {
			continue
		}
		if err := parseChunk(text); err != nil {
			if i == len(t.chunks)-1 && atEnd(err) {
				return "incomplete", "    "
			}
			return "invalid", ""
		}
	}
	return "complete", ""
}

// tokens is what the scanner sees of a cell.
type tokens struct {
	depth   int // brackets that are open at the end
	last    token.Token
	open    bool // the end lies inside a raw string or a comment
	illegal bool
	chunks  [][2]int // declarations and statements at depth 0
}

func scan(code string) tokens {
	var t tokens
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(_ token.Position, msg string) {
		switch {
		case strings.Contains(msg, "raw string literal not terminated"), strings.Contains(msg, "comment not terminated"):
			t.open = true
		default:
			t.illegal = true
		}
	}, 0)
	begin := 0
	for {
		pos, tok, _ := s.Scan()
		off := file.Offset(pos)
		switch tok {
		case token.EOF:
			t.chunks = append(t.chunks, [2]int{begin, len(code)})
			return t
		case token.LPAREN, token.LBRACK, token.LBRACE:
			t.depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			t.depth--
			if t.depth < 0 {
				return t
			}
		case token.SEMICOLON:
			if t.depth == 0 {
				t.chunks = append(t.chunks, [2]int{begin, min(off, len(code))})
				begin = min(off+1, len(code))
			}
			continue
		}
		t.last = tok
	}
}

// continues reports whether a line that ends with tok goes on.
func continues(tok token.Token) bool {
	switch tok {
	case token.COMMA, token.PERIOD, token.COLON, token.ASSIGN, token.DEFINE, token.ARROW, token.NOT,
		token.FUNC, token.IF, token.FOR, token.SWITCH, token.SELECT, token.ELSE, token.GO, token.DEFER,
		token.TYPE, token.VAR, token.CONST, token.IMPORT, token.STRUCT, token.INTERFACE, token.MAP, token.CHAN, token.RANGE, token.CASE:
		return true
	}
	return tok.IsOperator() && tok.Precedence() > token.LowestPrec || tok >= token.ADD_ASSIGN && tok <= token.AND_NOT_ASSIGN
}

// parseChunk parses one declaration or statement.
func parseChunk(text string) error {
	fset := token.NewFileSet()
	const mode = parser.SkipObjectResolution
	if strings.HasPrefix(strings.TrimSpace(text), "package ") {
		_, err := parser.ParseFile(fset, "", text, mode|parser.PackageClauseOnly)
		return err
	}
	_, declErr := parser.ParseFile(fset, "", "package p;"+text, mode)
	if declErr == nil {
		return nil
	}
	if _, err := parser.ParseFile(fset, "", "package p;func _() {"+text+"\n}", mode); err != nil {
		first := strings.TrimSpace(text)
		if strings.HasPrefix(first, "func ") || strings.HasPrefix(first, "import") || strings.HasPrefix(first, "package") {
			return declErr
		}
		return err
	}
	return nil
}

// atEnd reports whether a parser stumbled over the end of the text.
func atEnd(err error) bool {
	list, ok := err.(scanner.ErrorList)
	return ok && len(list) > 0 && (strings.Contains(list[0].Msg, "'EOF'") || strings.Contains(list[0].Msg, "found '}'") || strings.Contains(list[0].Msg, "found newline"))
}
