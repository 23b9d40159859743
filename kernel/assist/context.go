package assist

import (
	"go/scanner"
	"go/token"
	"strings"
)

type place int

const (
	inCode place = iota
	inString
	inComment
)

// context is what the tokens before the cursor say. The parser is of little help
// with code that breaks off there.
type context struct {
	kind      place
	start     int            // of the text inside the string
	importing bool           // the string is an import path
	before    [2]token.Token // last tokens before the word at the cursor, the last one first
	lead      token.Token    // keyword that the statement began with
	blocks    []token.Token  // keywords that the open braces belong to, or LBRACE
	closed    token.Token    // and of the last brace that was closed
	after     token.Token    // what stood before the last bracket that was closed
	closers   string         // the brackets that would close those that are open
	brackets  int            // parentheses and brackets that are open in the innermost brace
}

// atStmt reports whether a statement may begin at the cursor.
func (c context) atStmt() bool {
	switch c.before[0] {
	case token.SEMICOLON, token.COLON:
		return c.brackets == 0
	case token.LBRACE:
		return c.block() != token.LBRACE
	}
	return false
}

// afterDot reports whether a selector is being written.
func (c context) afterDot() bool { return c.before[0] == token.PERIOD }

// block returns the keyword of the innermost open brace, ILLEGAL outside of all.
func (c context) block() token.Token {
	if len(c.blocks) == 0 {
		return token.ILLEGAL
	}
	return c.blocks[len(c.blocks)-1]
}

// header reports whether the cursor is in the head of a function declaration,
// outside of brackets.
func (c context) header() bool {
	return c.lead == token.FUNC && c.block() == token.ILLEGAL && c.brackets == 0
}

// within reports whether the cursor is in a block of one of the keywords, in the
// same function.
func (c context) within(keywords ...token.Token) bool {
	for i := len(c.blocks) - 1; i >= 0; i-- {
		for _, k := range keywords {
			if c.blocks[i] == k {
				return true
			}
		}
		if c.blocks[i] == token.FUNC {
			return false
		}
	}
	return false
}

// afterOperand reports whether a literal stands before the cursor, behind which no
// name can follow.
func (c context) afterOperand() bool {
	switch c.before[0] {
	case token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING:
		return true
	case token.RBRACE:
		return c.closed == token.LBRACE
	}
	return false
}

// contextAt reads the tokens of code up to off.
func contextAt(code string, off int) context {
	t := tokenizer{off: off, ctx: context{before: [2]token.Token{token.SEMICOLON, token.SEMICOLON}}}
	fset := token.NewFileSet()
	file := fset.AddFile("", fset.Base(), len(code))
	var s scanner.Scanner
	s.Init(file, []byte(code), func(token.Position, string) {}, scanner.ScanComments)
	wordStart, _ := word(code, off)
	for {
		pos, tok, lit := s.Scan()
		at := file.Offset(pos)
		if tok == token.EOF || at >= off || at >= wordStart && (tok == token.IDENT || tok.IsKeyword()) {
			t.ctx.closers = t.closers()
			return t.ctx
		}
		if t.text(at, tok, lit) {
			return t.ctx
		}
		if tok != token.COMMENT {
			t.token(tok, lit)
		}
	}
}

// tokenizer follows the brackets and what they belong to.
type tokenizer struct {
	ctx              context
	off              int
	stack            []bracket // that are open
	lead             token.Token
	literal          bool // a function literal has begun whose body has not
	importing, group bool
}

// bracket is an open bracket, with what was there before it.
type bracket struct {
	tok     token.Token
	after   token.Token // before it
	lead    token.Token
	literal bool
}

// text reports whether the cursor is in a comment or in a string.
func (t *tokenizer) text(at int, tok token.Token, lit string) bool {
	end := at + len(lit)
	switch tok {
	case token.COMMENT:
		open := strings.HasPrefix(lit, "//") || !strings.HasSuffix(lit, "*/")
		if t.off > at+1 && (t.off < end || t.off == end && open) {
			t.ctx.kind = inComment
		}
	case token.STRING, token.CHAR:
		closed := len(lit) > 1 && lit[len(lit)-1] == lit[0]
		if t.off > at && (t.off < end || t.off == end && !closed) {
			t.ctx.kind, t.ctx.start, t.ctx.importing = inString, at+1, t.importing || t.group
		}
	}
	return t.ctx.kind != inCode
}

func (t *tokenizer) token(tok token.Token, lit string) {
	c := &t.ctx
	switch tok {
	case token.IMPORT:
		t.importing = true
	case token.LPAREN, token.LBRACK:
		t.group = t.group || t.importing && tok == token.LPAREN
		t.stack = append(t.stack, bracket{tok, c.before[0], t.lead, t.literal})
	case token.LBRACE:
		t.open()
	case token.RPAREN, token.RBRACK, token.RBRACE:
		t.close()
	case token.SEMICOLON:
		t.importing = t.importing && t.group
		if lit == "\n" && c.brackets == 0 {
			t.lead = token.ILLEGAL
		}
	case token.FUNC:
		if c.before[0] == token.SEMICOLON && c.block() == token.ILLEGAL {
			t.lead = tok
		} else {
			t.literal = true
		}
	case token.SELECT, token.SWITCH, token.FOR, token.IF, token.ELSE:
		t.lead = tok
	}
	c.before = [2]token.Token{tok, c.before[0]}
	c.lead = t.lead
	c.brackets = 0
	for i := len(t.stack) - 1; i >= 0 && t.stack[i].tok != token.LBRACE; i-- {
		c.brackets++
	}
}

// open opens a brace: that of a type or function, or of the statement whose header
// ends here, or else of a literal.
func (t *tokenizer) open() {
	c := &t.ctx
	block := token.LBRACE
	switch last := c.before[0]; {
	case last == token.STRUCT || last == token.INTERFACE:
		block = last
	case t.literal:
		block, t.literal = token.FUNC, false
	case t.lead != token.ILLEGAL && c.brackets == 0:
		block = t.lead
	}
	t.stack = append(t.stack, bracket{token.LBRACE, c.before[0], t.lead, t.literal})
	c.blocks = append(c.blocks, block)
	t.lead, t.literal = token.ILLEGAL, false
}

// close closes the innermost bracket. What the statement began with is so again:
// a literal in the header of a loop is not its body.
func (t *tokenizer) close() {
	if len(t.stack) == 0 {
		return
	}
	last := t.stack[len(t.stack)-1]
	t.stack = t.stack[:len(t.stack)-1]
	t.lead, t.literal = last.lead, last.literal
	c := &t.ctx
	c.after = last.after
	if last.tok == token.LBRACE {
		c.closed = c.block()
		c.blocks = c.blocks[:len(c.blocks)-1]
	}
	if len(t.stack) == 0 {
		t.group = false
	}
}

// closers returns what closes the open brackets.
func (t *tokenizer) closers() string {
	var b strings.Builder
	for i := len(t.stack) - 1; i >= 0; i-- {
		b.WriteString(map[token.Token]string{token.LPAREN: ")", token.LBRACK: "]", token.LBRACE: "\n}"}[t.stack[i].tok])
	}
	if c := &t.ctx; c.lead == token.FUNC && c.block() == token.ILLEGAL {
		b.WriteString("{}") // a function without a body is none
	}
	return b.String()
}
