package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

type Dir string
type Room struct {
	Name  string
	Exits map[Dir]*Exit
	Items Bag
}
type Exit struct {
	To   *Room
	Lock Item
}
type Item interface{ fmt.Stringer }
type Key struct{ color string }
type Lamp struct{ on bool }
type Food struct {
	name string
	cal  int
}
type Bag map[string]Item

func (k Key) String() string   { return k.color + " key" }
func (l *Lamp) String() string { return map[bool]string{true: "lit lamp", false: "lamp"}[l.on] }
func (f Food) String() string  { return f.name }

type Eater interface{ Eat(p *Player) string }
type Usable interface{ Use() error }

func (f Food) Eat(p *Player) string { p.hp += f.cal; return "yum" }
func (l *Lamp) Use() error          { l.on = !l.on; return nil }
func (k Key) Use() error            { return fmt.Errorf("use %v where?", k) }

func (b Bag) Put(items ...Item) Bag {
	for _, i := range items {
		f := strings.Fields(i.String())
		b[f[len(f)-1]] = i
	}
	return b
}
func (b Bag) Take(n string) (i Item, ok bool) {
	if i, ok = b[n]; ok {
		delete(b, n)
	}
	return
}
func (b Bag) String() string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(b)) {
		out = append(out, b[k].String())
	}
	if len(out) == 0 {
		return "nothing"
	}
	return strings.Join(out, " and ")
}

type Player struct {
	at  *Room
	bag Bag
	hp  int
}
type verb func(p *Player, arg string) (string, error)

var verbs map[string]verb

func init() {
	verbs = map[string]verb{
		"go": (*Player).Go, "take": (*Player).Take,
		"look": func(p *Player, _ string) (string, error) {
			return fmt.Sprintf("%s with %v, exits %v", p.at.Name, p.at.Items, slices.Sorted(maps.Keys(p.at.Exits))), nil
		},
		"use": func(p *Player, a string) (string, error) {
			switch i := p.bag[a].(type) {
			case nil:
				return "", fmt.Errorf("no %s", a)
			case Usable:
				if err := i.Use(); err != nil {
					return "", err
				}
				return "now: " + fmt.Sprint(i), nil
			default:
				return "", fmt.Errorf("cannot use %v (%T)", i, i)
			}
		},
		"eat": func(p *Player, a string) (string, error) {
			e, ok := p.bag[a].(Eater)
			if !ok {
				return "", fmt.Errorf("%v is not food", p.bag[a])
			}
			delete(p.bag, a)
			return e.Eat(p), nil
		},
		"inv": func(p *Player, _ string) (string, error) { return p.bag.String(), nil },
	}
	verbs["i"] = verbs["inv"]
}

func (p *Player) Go(d string) (string, error) {
	e := p.at.Exits[Dir(d)]
	if e == nil {
		return "", fmt.Errorf("no exit %s", d)
	}
	if e.Lock != nil {
		if k, ok := p.bag["key"]; !ok || k != e.Lock {
			return "", fmt.Errorf("needs %v", e.Lock)
		}
		e.Lock = nil
	}
	p.at = e.To
	p.hp--
	return "you are in " + p.at.Name, nil
}

func (p *Player) Take(n string) (string, error) {
	if i, ok := p.at.Items.Take(n); ok {
		p.bag.Put(i)
		return "took " + i.String(), nil
	}
	return "", fmt.Errorf("no %s here", n)
}

func connect(a, b *Room, there, back Dir, lock Item) {
	a.Exits[there] = &Exit{b, lock}
	b.Exits[back] = &Exit{To: a}
}
func room(n string, items ...Item) *Room { return &Room{n, map[Dir]*Exit{}, Bag{}.Put(items...)} }

func main() {
	hall, kitchen, vault := room("hall", &Lamp{}), room("kitchen", Food{"apple", 5}, Key{"red"}), room("vault")
	connect(hall, kitchen, "north", "south", nil)
	connect(hall, vault, "down", "up", Key{"red"})
	p := &Player{hall, Bag{}, 10}
	for _, line := range strings.Split("look|take lamp|use lamp|go down|go north|take key|take apple|i|eat key|eat apple|use key|use sword|fly|go south|go down|look|inv", "|") {
		v, arg, _ := strings.Cut(line, " ")
		f, ok := verbs[v]
		if !ok {
			fmt.Println("?", v)
			continue
		}
		out, err := f(p, arg)
		if err != nil {
			out = "! " + err.Error()
		}
		fmt.Printf("> %-10s %s (%d)\n", line, out, p.hp)
	}
	fmt.Println(len(verbs), p.at == vault, p.bag)
	fmt.Printf("%v %+v %T\n", Key{"blue"}, Food{"x", 1}, p.bag["lamp"])
}
