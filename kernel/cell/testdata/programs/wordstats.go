package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"
)

const text = `The quick brown fox — jumps over the lazy dog.
The dog didn't care; the fox (quick as ever) ran on!
Naïve cafés serve crème brûlée, naïve café…

A final line: 42 dogs, 7 foxes, 3.14 pies.`

type Freq struct {
	Word string
	N    int
}

func (f Freq) String() string { return fmt.Sprintf("%s×%d", f.Word, f.N) }

func count(s string) map[string]int {
	m := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '\''
	}) {
		m[w]++
	}
	return m
}

func top(m map[string]int, n int) []Freq {
	fs := make([]Freq, 0, len(m))
	for w, n := range m {
		fs = append(fs, Freq{w, n})
	}
	slices.SortFunc(fs, func(a, b Freq) int {
		return cmp.Or(-cmp.Compare(a.N, b.N), cmp.Compare(a.Word, b.Word))
	})
	return fs[:min(n, len(fs))]
}

func main() {
	m := count(text)
	fmt.Println(top(m, 5), len(m))
	sc := bufio.NewScanner(strings.NewReader(text))
	for n := 1; sc.Scan(); n++ {
		l := sc.Text()
		if strings.TrimSpace(l) == "" {
			fmt.Println(n, "blank")
			continue
		}
		fmt.Println(n, len(l), utf8.RuneCountInString(l), len(strings.Fields(l)))
	}
	ws := bufio.NewScanner(strings.NewReader(text))
	ws.Split(bufio.ScanWords)
	longest := ""
	for ws.Scan() {
		if w := strings.Trim(ws.Text(), ".,;!…()"); len(w) > len(longest) {
			longest = w
		}
	}
	fmt.Printf("%q %v\n", longest, ws.Err())
	re := regexp.MustCompile(`(?i)\b(\d+(?:\.\d+)?)\s+(\w+)`)
	for _, g := range re.FindAllStringSubmatch(text, -1) {
		fmt.Print(g[1], "/", g[2], " ")
	}
	fmt.Println(re.ReplaceAllString("5 cats 6 dogs", "${2}=$1"))
	fmt.Println(re.ReplaceAllStringFunc("5 cats", strings.ToUpper), re.NumSubexp(), re.FindStringIndex(text))
	byLen := map[int][]string{}
	for w := range m {
		k := utf8.RuneCountInString(w)
		byLen[k] = append(byLen[k], w)
	}
	tw := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	for _, k := range slices.Sorted(maps.Keys(byLen)) {
		slices.Sort(byLen[k])
		fmt.Fprintf(tw, "%d\t%d\t%s\n", k, len(byLen[k]), strings.Join(byLen[k], ","))
	}
	tw.Flush()
	letters := [26]int{}
	for _, r := range strings.ToLower(text) {
		if 'a' <= r && r <= 'z' {
			letters[r-'a']++
		}
	}
	best := slices.Max(letters[:])
	fmt.Println(string(rune('a'+slices.Index(letters[:], best))), best, letters)
	fmt.Println(strings.Title("hello world"), strings.EqualFold("Straße", "STRAßE"), strings.Count("cheese", "e"), strings.LastIndex("go gopher", "go"))
	fmt.Printf("%-8s|%8s|%.3s|%08.3f|%+d|%x|%X|%o|%b|%c|%U\n", "ab", "cd", "efghi", 3.14159, 5, "hi", 255, 8, 5, 'é', 'é')
}
