package neon

import "fmt"

// set is a set of small numbers.
type set []uint64

func newSet(n int) set       { return make(set, (n+63)/64) }
func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }
func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) drop(i int)     { s[i/64] &^= 1 << (i % 64) }

// union adds t and reports whether that changed s.
func (s set) union(t set) bool {
	changed := false
	for i, w := range t {
		if s[i]|w != s[i] {
			s[i] |= w
			changed = true
		}
	}
	return changed
}

// each calls f with the members in order.
func (s set) each(f func(i int)) {
	for i := range len(s) * 64 {
		if s[i/64] == 0 {
			continue
		}
		if s.has(i) {
			f(i)
		}
	}
}

// successors lists where the control flow goes from every instruction.
func (c *code) successors() ([][]int, error) {
	places := map[string]int{}
	for i := range c.ins {
		if l := c.ins[i].label; l != "" {
			places[l] = i
		}
	}
	next := make([][]int, len(c.ins))
	for i := range c.ins {
		in := &c.ins[i]
		if in.target != "" {
			at, ok := places[in.target]
			if !ok {
				return nil, fmt.Errorf("no label %s", in.target)
			}
			next[i] = append(next[i], at)
		}
		if !in.ends && i+1 < len(c.ins) {
			next[i] = append(next[i], i+1)
		}
	}
	return next, nil
}

// live returns the registers that are needed after every instruction.
func (c *code) live() ([]set, error) {
	next, err := c.successors()
	if err != nil {
		return nil, err
	}
	n := len(c.classes)
	before, after := make([]set, len(c.ins)), make([]set, len(c.ins))
	for i := range c.ins {
		before[i], after[i] = newSet(n), newSet(n)
	}
	for changed := true; changed; {
		changed = false
		for i := len(c.ins) - 1; i >= 0; i-- {
			for _, s := range next[i] {
				after[i].union(before[s])
			}
			in := append(set(nil), after[i]...)
			for _, r := range c.ins[i].regs {
				if r.def {
					in.drop(int(r.v))
				}
			}
			for _, r := range c.ins[i].regs {
				if r.use {
					in.add(int(r.v))
				}
			}
			changed = before[i].union(in) || changed
		}
	}
	if len(c.ins) > 0 {
		before[0].each(func(v int) {
			if err == nil {
				err = fmt.Errorf("register %d (class %d) may be read before it is written", v, c.classes[v])
			}
		})
	}
	return after, err
}

// prune removes instructions whose results nobody needs.
func (c *code) prune() error {
	for {
		after, err := c.live()
		if err != nil {
			return err
		}
		kept := c.ins[:0:0]
		for i, in := range c.ins {
			needed := in.keep || in.label != ""
			for _, r := range in.regs {
				needed = needed || r.def && after[i].has(int(r.v))
			}
			if needed {
				kept = append(kept, in)
			}
		}
		if len(kept) == len(c.ins) {
			return nil
		}
		c.ins = kept
	}
}

// split gives unrelated uses of one register different registers: a use and
// the definitions that reach it stay together.
func (c *code) split() error {
	next, err := c.successors()
	if err != nil {
		return err
	}
	type site struct{ ins, reg int }
	var sites []site
	of := map[site]int{}
	same := make([][]int, len(c.classes)) // sites of a register
	for i := range c.ins {
		for k, r := range c.ins[i].regs {
			if r.def {
				of[site{i, k}] = len(sites)
				same[r.v] = append(same[r.v], len(sites))
				sites = append(sites, site{i, k})
			}
		}
	}
	reach := make([]set, len(c.ins)) // before the instruction
	for i := range reach {
		reach[i] = newSet(len(sites))
	}
	for changed := true; changed; {
		changed = false
		for i := range c.ins {
			out := append(set(nil), reach[i]...)
			for k, r := range c.ins[i].regs {
				if r.def {
					for _, s := range same[r.v] {
						out.drop(s)
					}
					out.add(of[site{i, k}])
				}
			}
			for _, n := range next[i] {
				changed = reach[n].union(out) || changed
			}
		}
	}
	root := make([]int, len(sites))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	users := map[site]int{}
	for i := range c.ins {
		for k, r := range c.ins[i].regs {
			if !r.use {
				continue
			}
			first := -1
			for _, s := range same[r.v] {
				switch {
				case !reach[i].has(s):
				case first < 0:
					first = s
				default:
					root[find(s)] = find(first)
				}
			}
			if first < 0 {
				return fmt.Errorf("instruction %d, %s: register %d is never written", i, c.ins[i].text, r.v)
			}
			if r.def {
				root[find(of[site{i, k}])] = find(first)
			}
			users[site{i, k}] = first
		}
	}
	names := map[int]value{}
	name := func(s int) value {
		s = find(s)
		if _, ok := names[s]; !ok {
			names[s] = c.value(c.classes[c.ins[sites[s].ins].regs[sites[s].reg].v])
		}
		return names[s]
	}
	renamed := make([][]ref, len(c.ins))
	for i := range c.ins {
		for k, r := range c.ins[i].regs {
			if r.def {
				r.v = name(of[site{i, k}])
			} else {
				r.v = name(users[site{i, k}])
			}
			renamed[i] = append(renamed[i], r)
		}
	}
	for i := range c.ins {
		c.ins[i].regs = renamed[i]
	}
	return nil
}
