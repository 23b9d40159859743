package main

import (
	"bufio"
	"fmt"
	"sort"
	"strings"
	"unicode"
)

const text = `The quick brown fox jumps over the lazy dog.
The dog sleeps; the fox runs away, and the day ends.
Ünïcödé wörds wörds`

type pair struct {
	word  string
	count int
}

type byCount []pair

func (p byCount) Len() int      { return len(p) }
func (p byCount) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p byCount) Less(i, j int) bool {
	if p[i].count != p[j].count {
		return p[i].count > p[j].count
	}
	return p[i].word < p[j].word
}

func words(line string) []string {
	return strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) })
}

func main() {
	counts := map[string]int{}
	first := make(map[rune][]string)
	sc := bufio.NewScanner(strings.NewReader(text))
	lines := 0
	for sc.Scan() {
		lines++
		for i, w := range words(sc.Text()) {
			counts[w]++
			for _, r := range w {
				if i < 2 {
					first[r] = append(first[r], w)
				}
				break
			}
		}
	}
	var list []pair
	for w, n := range counts {
		list = append(list, pair{w, n})
	}
	sort.Sort(byCount(list))
	for i, p := range list {
		if i == 5 {
			break
		}
		fmt.Printf("%2d. %-8s %d\n", i+1, p.word, p.count)
	}
	fmt.Println(lines, len(counts), list[len(list)-1])
	keys := make([]string, 0, len(first))
	for r := range first {
		keys = append(keys, string(r))
	}
	sort.Strings(keys)
	fmt.Println(keys, first['t'], first['ü'])
	fmt.Println(strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, "Hello Wörld"))
}
