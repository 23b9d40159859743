package cell

import (
	"go/token"
	"regexp"
	"strings"
)

var (
	expectedFound = regexp.MustCompile(`^expected (.+), found (.+)$`)
	missingComma  = regexp.MustCompile(`^missing ',' (?:before newline )?in (.+)$`)
)

// syntaxMessage puts a message of go/parser into the words of the compiler. atEnd
// says that the place is the end of the cell.
func syntaxMessage(msg string, atEnd bool) string {
	if m := missingComma.FindStringSubmatch(msg); m != nil {
		what := map[string]string{"argument list": ")", "composite literal": "}", "parameter list": ")"}[m[1]]
		found := "newline"
		if atEnd {
			found = "EOF"
		}
		return "unexpected " + found + " in " + m[1] + "; possibly missing comma or " + what
	}
	if msg == "expected 1 expression" {
		return "unexpected comma at end of statement"
	}
	m := expectedFound.FindStringSubmatch(msg)
	if m == nil {
		return msg
	}
	want, found := m[1], foundToken(m[2])
	if atEnd {
		found = "EOF"
	}
	switch want {
	case "';'":
		if found == "EOF" {
			return "unexpected EOF, expected }"
		}
		return "unexpected " + found + " at end of statement"
	case "operand", "expression":
		return "unexpected " + found + ", expected expression"
	case "'IDENT'":
		return "unexpected " + found + ", expected name"
	case "type":
		return "unexpected " + found + ", expected type"
	case "statement":
		return "unexpected " + found + ", expected }"
	}
	return "unexpected " + found + ", expected " + strings.Trim(want, "'")
}

// foundToken names a token as the compiler does.
func foundToken(s string) string {
	switch {
	case s == "newline" || s == "EOF" || s == "'EOF'":
		return strings.Trim(s, "'")
	case strings.HasPrefix(s, "'"):
		t := strings.Trim(s, "'")
		if token.IsKeyword(t) {
			return "keyword " + t
		}
		if t == "" {
			return s
		}
		return t
	case token.IsIdentifier(s):
		return "name " + s
	}
	return "literal " + s
}
