package main

import (
	"fmt"
	"sort"
	"strings"
)

type Stats struct {
	HP, Max int
	Resist  [3]int
	Buffs   map[string]int
}

type Element int

const (
	Fire Element = iota
	Ice
	Bolt
)

func (e Element) String() string { return [...]string{"fire", "ice", "bolt"}[e] }

type Unit struct {
	Name string
	Stats
	Pos  struct{ X, Y int }
	AI   func(self *Unit, foes []*Unit) Action
	log  *[]string
	prev *Unit
}

type Action interface{ Do(by *Unit) string }
type Attack struct {
	Target *Unit
	Elem   Element
	Dmg    int
}
type Heal int
type Move struct{ DX, DY int }
type Combo []Action

func (s Stats) With(f func(*Stats)) Stats { f(&s); return s }
func (s *Stats) Hurt(e Element, d int) (real int) {
	real = max(d-s.Resist[e]-s.Buffs["shield"], 0)
	s.HP = max(s.HP-real, 0)
	return
}
func (u Unit) Alive() bool { return u.HP > 0 }
func (u *Unit) Logf(f string, a ...any) string {
	s := u.Name + " " + fmt.Sprintf(f, a...)
	*u.log = append(*u.log, s)
	return s
}
func (u *Unit) Snapshot() { c := *u; c.prev = nil; u.prev = &c }

func (a Attack) Do(by *Unit) string {
	if !a.Target.Alive() {
		return by.Logf("beats the dead %s", a.Target.Name)
	}
	a.Target.Snapshot()
	d := a.Target.Hurt(a.Elem, a.Dmg)
	return by.Logf("%v→%s %d", a.Elem, a.Target.Name, d)
}
func (h Heal) Do(by *Unit) string {
	by.Snapshot()
	by.HP = min(by.HP+int(h), by.Max)
	return by.Logf("heals to %d", by.HP)
}
func (m Move) Do(by *Unit) string {
	by.Pos.X += m.DX
	by.Pos.Y += m.DY
	return by.Logf("at %v", by.Pos)
}
func (c Combo) Do(by *Unit) string {
	var parts []string
	for _, a := range c {
		parts = append(parts, a.Do(by))
	}
	return strings.Join(parts, "+")
}

type Party [2]*Unit

func (p Party) All(yield func(int, *Unit) bool) {
	for i, u := range p {
		if u != nil && !yield(i, u) {
			return
		}
	}
}
func (p *Party) Cull() (n int) {
	for i := range p {
		if p[i] != nil && !p[i].Alive() {
			p[i] = nil
			n++
		}
	}
	return
}

func main() {
	var log []string
	base := Stats{HP: 20, Max: 20, Buffs: map[string]int{}}
	mk := func(name string, f func(*Stats), ai func(*Unit, []*Unit) Action) *Unit {
		return &Unit{Name: name, Stats: base.With(f), AI: ai, log: &log}
	}
	weakest := func(us []*Unit) *Unit {
		us = append([]*Unit{}, us...)
		sort.Slice(us, func(i, j int) bool { return us[i].HP < us[j].HP })
		return us[0]
	}
	turn := 0
	heroes := Party{
		mk("ann", func(s *Stats) { s.Resist[Ice] = 3 }, func(u *Unit, f []*Unit) Action {
			if u.HP < 8 {
				return Combo{Heal(5), Move{-1, 0}}
			}
			return Attack{weakest(f), Element(turn % 3), 7}
		}),
		mk("bo", func(s *Stats) { s.Max, s.Buffs = 15, map[string]int{"shield": 1} }, func(u *Unit, f []*Unit) Action {
			return Attack{f[len(f)-1], Bolt, 4 + turn}
		}),
	}
	foes := Party{
		mk("orc", func(s *Stats) { s.HP = 25 }, func(u *Unit, f []*Unit) Action { return Attack{f[0], Ice, 9} }),
		mk("imp", func(s *Stats) { s.Resist = [3]int{99, 0, 0} }, func(u *Unit, f []*Unit) Action { return Move{1, turn} }),
	}
	fmt.Println(base.Resist, base.HP, heroes[0].Resist, foes[1].Resist, heroes[1].Buffs, base.Buffs)
	live := func(p Party) (out []*Unit) {
		for _, u := range p.All {
			if u.Alive() {
				out = append(out, u)
			}
		}
		return
	}
battle:
	for turn = 1; ; turn++ {
		for _, side := range [][2]*Party{{&heroes, &foes}, {&foes, &heroes}} {
			for _, u := range live(*side[0]) {
				enemies := live(*side[1])
				if len(enemies) == 0 {
					fmt.Println("over in turn", turn, side[0] == &heroes)
					break battle
				}
				u.AI(u, enemies).Do(u)
			}
		}
		if turn > 20 {
			fmt.Println("draw")
			break
		}
	}
	fmt.Println(strings.Join(log[:min(8, len(log))], "\n"))
	fmt.Println(len(log), foes.Cull(), heroes.Cull(), foes)
	for i, u := range heroes.All {
		fmt.Println(i, u.Name, u.HP, u.Pos, u.prev != nil && u.prev.HP >= u.HP)
	}
	a := *heroes[0]
	a.Resist[0], a.Name = 42, "copy"
	a.Buffs["shared"] = 1
	fmt.Println(heroes[0].Resist, a.Resist, base.Buffs, heroes[0].Name)
}
