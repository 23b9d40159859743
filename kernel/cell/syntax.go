package cell

import (
	"fmt"
	"go/scanner"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

var (
	expectedFound = regexp.MustCompile(`^expected (.+), found (.+)$`)
	missingComma  = regexp.MustCompile(`^missing ',' (?:before newline )?in (.+)$`)
	badEscape     = regexp.MustCompile(`^illegal character U\+[0-9A-F]+ ('.*') in escape sequence$`)
	mustBeCall    = regexp.MustCompile(`^expression in (defer|go) must be function call$`)
)

// syntaxError puts a message of go/parser or go/scanner at an offset of a text into
// the words of the compiler, and returns where that says it; "" if the compiler does
// not say it.
func syntaxError(msg, text string, off int) (string, int) {
	off = min(max(off, 0), len(text))
	if s, at := lexicalError(msg, text, off); s != "" {
		return s, at
	}
	if m := mustBeCall.FindStringSubmatch(msg); m != nil {
		if at := strings.LastIndex(text[:off], m[1]+" "); at >= 0 {
			off = at + len(m[1]) + 1
		}
		return msg, off
	}
	switch msg {
	case "method has no receiver", "method has multiple receivers", "can only use ... with final parameter":
		return msg, off
	case "expected at most 2 expressions":
		return "range clause permits at most two iteration variables", off
	}
	if strings.HasPrefix(msg, "expression in ") && strings.HasSuffix(msg, " must not be parenthesized") {
		return msg, off
	}
	if strings.Contains(msg, "found 'ILLEGAL'") || strings.Contains(msg, "found ILLEGAL") {
		return "", off
	}
	return "syntax error: " + syntaxMessage(msg, text, off), off
}

// lexicalError is syntaxError for what go/scanner says, "" for anything else.
func lexicalError(msg, text string, off int) (string, int) {
	rest := text[off:]
	switch msg {
	case "illegal rune literal":
		if strings.HasPrefix(rest, "''") {
			return "empty rune literal or unescaped '", off + 1
		}
		return "more than one character in rune literal", off
	case "rune literal not terminated":
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return "newline in rune literal", off + n
		}
		return msg, off
	case "string literal not terminated":
		if n := strings.IndexByte(rest, '\n'); n >= 0 {
			return "newline in string", off + n
		}
		return "string not terminated", off
	case "raw string literal not terminated":
		return "string not terminated", off
	case "comment not terminated":
		return msg, off
	case "unknown escape sequence":
		return "unknown escape", off
	case "'_' must separate successive digits", "exponent has no digits":
		return msg, off
	}
	if msg == "escape sequence is invalid Unicode code point" {
		n := 3
		if off < len(text) && text[off] == 'u' {
			n = 5
		} else if off < len(text) && text[off] == 'U' {
			n = 9
		}
		end := min(off+n, len(text))
		if x, err := strconv.ParseUint(strings.TrimLeft(text[off:end], "uU"), map[bool]int{true: 8, false: 16}[n == 3], 32); err == nil && n == 3 {
			return fmt.Sprintf("octal escape value %d > 255", x), end
		} else if err == nil {
			return fmt.Sprintf("escape is invalid Unicode code point %#U", x), end
		}
	}
	if m := badEscape.FindStringSubmatch(msg); m != nil {
		base := "octal"
		if i := strings.LastIndexByte(text[:off], '\\'); i >= 0 && i+1 < off && strings.IndexByte("xuU", text[i+1]) >= 0 {
			base = "hexadecimal"
		}
		return "invalid character " + m[1] + " in " + base + " escape", off
	}
	if strings.HasPrefix(msg, "invalid digit ") || strings.HasSuffix(msg, " literal has no digits") {
		return msg, off
	}
	if c, ok := strings.CutPrefix(msg, "illegal character "); ok {
		return "invalid character " + c, off
	}
	return "", off
}

// syntaxMessage puts a message of go/parser into the words of the compiler.
func syntaxMessage(msg, text string, off int) string {
	if m := missingComma.FindStringSubmatch(msg); m != nil {
		what := map[string]string{"argument list": ")", "composite literal": "}", "parameter list": ")"}[m[1]]
		if what == ")" && bracketAt(text, off) == token.LBRACK {
			what = "]"
		}
		return "unexpected " + tokenAt(text, off) + " in " + m[1] + "; possibly missing comma or " + what
	}
	if msg == "expected 1 expression" {
		return "unexpected comma at end of statement"
	}
	m := expectedFound.FindStringSubmatch(msg)
	if m == nil {
		return strings.Replace(msg, "expecting", "expected", 1)
	}
	want, found := m[1], foundToken(m[2])
	if off >= len(text) {
		found = "EOF"
	}
	block := blockAt(text, off)
	switch want {
	case "';'":
		switch {
		case found == "EOF":
			return "unexpected EOF, expected }"
		case block == "struct" || block == "interface":
			return "unexpected " + found + " in " + block + " type; possibly missing semicolon or newline or }"
		}
		return "unexpected " + found + " at end of statement"
	case "operand", "expression":
		return "unexpected " + found + ", expected expression"
	case "'IDENT'":
		return "unexpected " + found + ", expected name"
	case "type":
		return "unexpected " + found + ", expected type"
	case "if statement or block":
		return "else must be followed by if or statement block"
	case "statement":
		return "unexpected " + found + ", expected }"
	case "'}'":
		if block == "switch" || block == "select" {
			return "unexpected " + found + ", expected case or default or }"
		}
	case "'{'":
		if lead := leadAt(text, off); found == "newline" && (lead == "for" || lead == "if" || lead == "switch") {
			return "unexpected newline, expected { after " + lead + " clause"
		}
	}
	return "unexpected " + found + ", expected " + strings.Trim(want, "'")
}

// foundToken names a token of go/parser as the compiler does.
func foundToken(s string) string {
	switch {
	case s == "newline" || s == "EOF" || s == "'EOF'":
		return strings.Trim(s, "'")
	case strings.HasPrefix(s, "'"):
		t := strings.Trim(s, "'")
		if token.IsKeyword(t) {
			return "keyword " + t
		}
		switch t {
		case "":
			return s
		case ",":
			return "comma"
		case ";":
			return "semicolon"
		}
		return t
	case token.IsIdentifier(s):
		return "name " + s
	}
	return "literal " + s
}

// tokenAt names the token at an offset as the compiler does.
func tokenAt(text string, off int) string {
	if off >= len(text) {
		return "EOF"
	}
	if text[off] == '\n' {
		return "newline"
	}
	found := "EOF"
	eachToken(text[off:], func(_ int, tok token.Token, lit string) bool {
		switch {
		case tok == token.SEMICOLON && lit == "\n":
			found = "newline"
		case tok == token.IDENT || tok.IsLiteral():
			found = foundToken(lit)
		default:
			found = foundToken("'" + tok.String() + "'")
		}
		return false
	})
	return found
}

// eachToken calls f for the tokens of a text with their offsets until it returns
// false.
func eachToken(text string, f func(off int, tok token.Token, lit string) bool) {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(text))
	var s scanner.Scanner
	s.Init(file, []byte(text), func(token.Position, string) {}, 0)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF || !f(file.Offset(pos), tok, lit) {
			return
		}
	}
}

// leads tells for an offset the keywords that introduce what is around it: one for
// each open brace, and that of the statement begun last.
func leads(text string, off int) (open []string, last string) {
	eachToken(text, func(at int, tok token.Token, _ string) bool {
		if at >= off {
			return false
		}
		switch tok {
		case token.LBRACE:
			open, last = append(open, last), ""
		case token.RBRACE:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
			last = ""
		case token.SEMICOLON:
			if last != "for" && last != "if" && last != "switch" {
				last = ""
			}
		case token.STRUCT, token.INTERFACE, token.SWITCH, token.SELECT, token.FOR, token.IF, token.FUNC:
			last = tok.String()
		}
		return true
	})
	return open, last
}

// bracketAt is the bracket around an offset that is open.
func bracketAt(text string, off int) token.Token {
	var open []token.Token
	eachToken(text, func(at int, tok token.Token, _ string) bool {
		switch n := nesting(tok); {
		case at >= off:
			return false
		case n > 0:
			open = append(open, tok)
		case n < 0 && len(open) > 0:
			open = open[:len(open)-1]
		}
		return true
	})
	if len(open) == 0 {
		return token.ILLEGAL
	}
	return open[len(open)-1]
}

// blockAt is the keyword that introduces the innermost block around an offset.
func blockAt(text string, off int) string {
	if open, _ := leads(text, off); len(open) > 0 {
		return open[len(open)-1]
	}
	return ""
}

// leadAt is the keyword of the statement at an offset.
func leadAt(text string, off int) string {
	_, last := leads(text, off)
	return last
}
