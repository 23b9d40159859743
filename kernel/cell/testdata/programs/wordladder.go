package main

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
)

type Dict map[string]bool

func NewDict(s string) Dict {
	d := make(Dict)
	for w := range strings.FieldsSeq(s) {
		d[w] = true
	}
	return d
}

func (d Dict) Neighbors(w string, yield func(string) bool) {
	b := []byte(w)
	for i, orig := range b {
		for c := byte('a'); c <= 'z'; c++ {
			if c == orig {
				continue
			}
			b[i] = c
			if s := string(b); d[s] && !yield(s) {
				return
			}
		}
		b[i] = orig
	}
}

type step struct {
	word string
	prev *step
}

func (s *step) path() (out []string) {
	for ; s != nil; s = s.prev {
		out = append(out, s.word)
	}
	slices.Reverse(out)
	return
}

func (d Dict) Ladder(from, to string) ([]string, error) {
	if len(from) != len(to) {
		return nil, errors.New("length mismatch")
	}
	seen := Dict{from: true}
	for queue := []*step{{word: from}}; len(queue) > 0; queue = queue[1:] {
		cur := queue[0]
		if cur.word == to {
			return cur.path(), nil
		}
		d.Neighbors(cur.word, func(n string) bool {
			if !seen[n] {
				seen[n] = true
				queue = append(queue, &step{n, cur})
			}
			return true
		})
	}
	return nil, fmt.Errorf("%s→%s: unreachable", from, to)
}

func anagrams(words []string) (groups [][]string) {
	m := map[[26]uint8][]string{}
	for _, w := range words {
		var k [26]uint8
		for _, r := range strings.ToLower(w) {
			if unicode.IsLower(r) && r < 128 {
				k[r-'a']++
			}
		}
		m[k] = append(m[k], w)
	}
	for _, g := range m {
		if len(g) > 1 {
			sort.Strings(g)
			groups = append(groups, g)
		}
	}
	sort.Slice(groups, func(i, j int) bool { return groups[i][0] < groups[j][0] })
	return
}

type Markov struct {
	next  map[[2]string][]string
	start [2]string
}

func Train(s string) *Markov {
	m := &Markov{next: map[[2]string][]string{}}
	var k [2]string
	for i, w := range strings.Fields(s) {
		if i >= 2 {
			m.next[k] = append(m.next[k], w)
		}
		k = [2]string{k[1], w}
		if i == 1 {
			m.start = k
		}
	}
	return m
}

func (m *Markov) Say(n int, pick func(int) int) string {
	k := m.start
	out := k[:]
	for range n {
		opts := m.next[k]
		if len(opts) == 0 {
			break
		}
		w := opts[pick(len(opts))]
		out = append(out, w)
		k[0], k[1] = k[1], w
	}
	return strings.Join(out, " ")
}

func pigLatin(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if j := strings.IndexAny(w, "aeiou"); j > 0 {
			words[i] = w[j:] + w[:j] + "ay"
		} else if j == 0 {
			words[i] += "way"
		}
	}
	return strings.Join(words, " ")
}

func main() {
	d := NewDict("cat cot cog dog bat bag big bog hot hat dot")
	fmt.Println(d.Ladder("cat", "dog"))
	fmt.Println(d.Ladder("hat", "big"))
	fmt.Println(d.Ladder("cat", "xyz"))
	fmt.Println(d.Ladder("cat", "mouse"))
	n := 0
	d.Neighbors("bat", func(s string) bool { n++; fmt.Print(s, " "); return s != "hat" })
	fmt.Println(n)
	fmt.Println(anagrams(strings.Fields("listen Silent enlist google elgoog abc cab xyz")))
	m := Train("the cat sat on the mat and the cat ran to the cat sat down")
	turn := 0
	fmt.Println(m.Say(12, func(n int) int { turn++; return turn % n }), len(m.next))
	fmt.Println(m.Say(3, func(int) int { return 0 }), m.start)
	fmt.Println(pigLatin("the quick apple shy"))
	vowels := func(s string) (n int) {
		for _, r := range s {
			switch unicode.ToLower(r) {
			case 'a', 'e', 'i', 'o', 'u':
				n++
			}
		}
		return
	}
	ws := strings.Fields("queue rhythm Audio sky eye")
	sort.SliceStable(ws, func(i, j int) bool { return vowels(ws[i]) > vowels(ws[j]) })
	fmt.Println(ws, vowels("ÉAo"))
}
