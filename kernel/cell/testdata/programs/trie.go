package main

import (
	"fmt"
	"sort"
	"strings"
)

type Trie struct {
	next map[rune]*Trie
	end  bool
	cnt  int
}

func (t *Trie) Insert(words ...string) *Trie {
	for _, w := range words {
		n := t
		for _, r := range w {
			if n.next == nil {
				n.next = map[rune]*Trie{}
			}
			c, ok := n.next[r]
			if !ok {
				c = new(Trie)
				n.next[r] = c
			}
			c.cnt++
			n = c
		}
		n.end = true
	}
	return t
}

func (t *Trie) find(prefix string) *Trie {
	for _, r := range prefix {
		if t = t.next[r]; t == nil {
			return nil
		}
	}
	return t
}

func (t *Trie) Walk(prefix string, f func(string) bool) bool {
	if t == nil {
		return true
	}
	if t.end && !f(prefix) {
		return false
	}
	keys := make([]rune, 0, len(t.next))
	for r := range t.next {
		keys = append(keys, r)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	for _, r := range keys {
		if !t.next[r].Walk(prefix+string(r), f) {
			return false
		}
	}
	return true
}

func (t *Trie) Complete(prefix string, max int) (out []string) {
	t.find(prefix).Walk(prefix, func(s string) bool {
		out = append(out, s)
		return len(out) < max
	})
	return
}

func main() {
	t := new(Trie).Insert("car", "card", "care", "cat", "dog", "do", "über", "übel", "日本", "日本語", "日曜")
	fmt.Println(t.Complete("ca", 10), t.Complete("ca", 2), t.Complete("x", 5) == nil)
	fmt.Println(t.Complete("ü", 9), t.Complete("日", 9), t.Complete("", 3))
	fmt.Println(t.find("ca").cnt, t.find("car").cnt, t.find("do").end, t.find("d").end)
	for _, w := range []string{"über", "日本"} {
		fmt.Print(len(w), " ", len([]rune(w)), " ")
		for i, r := range w {
			fmt.Printf("%d:%c(%U) ", i, r, r)
		}
		fmt.Printf("%q %+q %x % x\n", w, w, w, w)
	}
	depth := func() func(*Trie) int {
		var d func(*Trie) int
		d = func(t *Trie) int {
			best := 0
			for _, c := range t.next {
				best = max(best, d(c)+1)
			}
			return best
		}
		return d
	}()
	fmt.Println(depth(t), strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+13)%26
		case r == 'ü':
			return -1
		}
		return r
	}, "über card 日本"))
}
