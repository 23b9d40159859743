package neon

import (
	"errors"
	"slices"
)

// R18 belongs to the system, R27 to the assembler, R28 is the goroutine.
var generalRegisters = []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 19, 20, 21, 22, 23, 24, 25, 26, 16, 17}

const vectorRegisters = 32

var errFull = errors.New("not enough registers")

// assign gives every value a register and drops the moves that have become
// moves to the same place: coloring as by Chaitin and Briggs.
func (c *code) assign() ([]int, error) {
	after, err := c.live()
	if err != nil {
		return nil, err
	}
	n := len(c.classes)
	clash := make([]map[int]bool, n)
	friends := make([][]int, n)
	var order []int // in the code
	for i := range c.ins {
		in := &c.ins[i]
		for k, r := range in.regs {
			v := int(r.v)
			if clash[v] == nil {
				clash[v] = map[int]bool{}
				order = append(order, v)
			}
			if !r.def {
				continue
			}
			meet := func(o int) {
				if o == v || c.classes[o] != c.classes[v] || in.move && o == int(in.regs[1].v) {
					return
				}
				clash[v][o] = true
				if clash[o] == nil {
					clash[o] = map[int]bool{}
					order = append(order, o)
				}
				clash[o][v] = true
			}
			after[i].each(meet)
			for j, o := range in.regs {
				if j != k && o.def {
					meet(int(o.v))
				}
			}
		}
		if in.move {
			d, s := int(in.regs[0].v), int(in.regs[1].v)
			friends[d], friends[s] = append(friends[d], s), append(friends[s], d)
		}
	}
	return c.color(order, clash, friends)
}

func (c *code) color(order []int, clash []map[int]bool, friends [][]int) ([]int, error) {
	limit := func(v int) int {
		if c.classes[v] == vector {
			return vectorRegisters
		}
		return len(generalRegisters)
	}
	degree := make([]int, len(clash))
	for v := range clash {
		degree[v] = len(clash[v])
	}
	// Take away what surely finds a register, else what clashes most.
	left := slices.Clone(order)
	slices.Reverse(left)
	var stack []int
	for len(left) > 0 {
		pick := slices.IndexFunc(left, func(v int) bool { return degree[v] < limit(v) })
		if pick < 0 {
			pick = 0
			for i, v := range left {
				if degree[v] > degree[left[pick]] {
					pick = i
				}
			}
		}
		v := left[pick]
		left = slices.Delete(left, pick, pick+1)
		stack = append(stack, v)
		for o := range clash[v] {
			degree[o]--
		}
	}
	register := slices.Repeat([]int{-1}, len(clash))
	for i := len(stack) - 1; i >= 0; i-- {
		v := stack[i]
		taken := map[int]bool{}
		for o := range clash[v] {
			taken[register[o]] = true
		}
		for _, f := range friends[v] {
			if r := register[f]; r >= 0 && !taken[r] {
				register[v] = r
			}
		}
		for k := 0; register[v] < 0; k++ {
			if k == limit(v) {
				return nil, errFull
			}
			r := k
			if c.classes[v] == general {
				r = generalRegisters[k]
			}
			if !taken[r] {
				register[v] = r
			}
		}
	}
	kept := c.ins[:0]
	for _, in := range c.ins {
		if !in.move || register[in.regs[0].v] != register[in.regs[1].v] {
			kept = append(kept, in)
		}
	}
	c.ins = kept
	return register, nil
}
