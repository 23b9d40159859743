package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func reverse(s string) string {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return string(r)
}

func palindrome(s string) bool {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsLetter(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String() == reverse(b.String())
}

func caesar(s string, k int) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return 'a' + (r-'a'+rune(k)+26)%26
		case 'A' <= r && r <= 'Z':
			return 'A' + (r-'A'+rune(k)+26)%26
		}
		return r
	}, s)
}

func rle(s string) string {
	var out []byte
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		if j-i > 1 {
			out = strconv.AppendInt(out, int64(j-i), 10)
		}
		out = append(out, s[i])
		i = j
	}
	return string(out)
}

func roman(n int) (s string) {
	for _, p := range []struct {
		v int
		s string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= p.v; n -= p.v {
			s += p.s
		}
	}
	return
}

func lev(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range ra {
		prev := row[0]
		row[0] = i + 1
		for j, y := range rb {
			cost := 1
			if x == y {
				cost = 0
			}
			prev, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, prev+cost)
		}
	}
	return row[len(rb)]
}

func wrap(s string, w int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > w {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func perms(s string, emit func(string)) {
	if len(s) <= 1 {
		emit(s)
		return
	}
	for i := range len(s) {
		perms(s[:i]+s[i+1:], func(t string) { emit(s[i:i+1] + t) })
	}
}

func main() {
	fmt.Println(reverse("héllo, 世界"), palindrome("A man, a plan, a canal: Panama"), palindrome("xyz"))
	fmt.Println(caesar("Hello, World", 3), caesar(caesar("Hello, World", 3), -3), rle("aaabccdddd"), roman(1994), roman(2026))
	fmt.Println(lev("kitten", "sitting"), lev("été", "ete"), lev("", "abc"))
	fmt.Printf("%q\n", wrap("the quick brown fox jümps over the lazy dog", 12))
	var ps []string
	perms("abc", func(s string) { ps = append(ps, s) })
	fmt.Println(ps)
	bad := "a\xffb\xc3"
	for i, r := range bad {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println(utf8.ValidString(bad), len([]rune(bad)), strings.ToValidUTF8(bad, "?"), []byte("é"), string([]byte{0xe4, 0xb8, 0x96}), string(rune(0x10FFFF+1)))
	r, n := utf8.DecodeRuneInString("世x")
	l, ln := utf8.DecodeLastRuneInString("x世")
	fmt.Println(r, n, l, ln, utf8.RuneLen('é'), utf8.AppendRune(nil, '世'))
	s := "immutable"
	b := []byte(s)
	b[0] = 'I'
	fmt.Println(s, string(b), s[2:5], s[len(s)-1], s[3] == 'u', s < "in", s+string(b[:2]))
	fmt.Println(strings.Split("a,b,,c", ","), len(strings.Split("", ",")), strings.SplitN("a:b:c", ":", 2), strings.SplitAfter("a.b", "."), strings.TrimLeft("xxabc", "x"), strings.TrimSuffix("a.go", ".go"), strings.TrimFunc("12ab34", unicode.IsDigit))
	before, after, ok := strings.Cut("key=val=x", "=")
	fmt.Println(before, after, ok, strings.Replace("aaaa", "a", "b", 2), strings.Index("chicken", "ken"), strings.IndexAny("golang", "ny"), strings.IndexFunc("Hello", unicode.IsLower))
	rep := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(rep.Replace("<b>x</b>"), strings.Repeat("ab", 3), strings.Compare("a", "b"), strings.ContainsAny("abc", "xyzc"), strings.HasPrefix("golang", "go"))
	var buf bytes.Buffer
	buf.WriteString("hello ")
	buf.Write([]byte("world"))
	buf.WriteByte('!')
	fmt.Fprintf(&buf, " %d", 42)
	tok, err := buf.ReadString(' ')
	fmt.Println(tok, err, buf.String(), buf.Len(), bytes.Equal([]byte("a"), []byte("a")), bytes.Fields([]byte(" x y ")), bytes.Title([]byte("abc")))
	q, err := strconv.Unquote(`"a\tb\u00e9"`)
	fmt.Println(q, err, strconv.Itoa(-45), strconv.FormatInt(255, 2), strconv.QuoteToASCII("日本"))
	for _, in := range []string{"42", "-7x", "999999999999999999999", "0x1f", ""} {
		n, err := strconv.ParseInt(in, 0, 64)
		fmt.Println(n, err)
	}
	bv, err := strconv.ParseBool("maybe")
	u, err2 := strconv.ParseUint("300", 10, 8)
	fmt.Println(bv, err, u, err2)
}
