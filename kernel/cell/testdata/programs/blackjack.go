package main

import (
	"errors"
	"fmt"
	"math/rand"
	"sort"
	"strings"
)

type Suit byte
type Rank byte

const (
	Spades Suit = iota
	Hearts
	Diamonds
	Clubs
)

func (s Suit) String() string { return string([]rune("♠♥♦♣")[s]) }
func (r Rank) String() string {
	switch {
	case r == 1:
		return "A"
	case r > 10:
		return string("JQK"[r-11])
	}
	return fmt.Sprint(byte(r))
}

type Card struct {
	Rank
	Suit
}

func (c Card) String() string { return c.Rank.String() + c.Suit.String() }
func (c Card) Value() int     { return min(int(c.Rank), 10) }

type Hand []Card

func (h Hand) Score() (total int, soft bool) {
	aces := 0
	for _, c := range h {
		total += c.Value()
		if c.Rank == 1 {
			aces++
		}
	}
	if aces > 0 && total+10 <= 21 {
		return total + 10, true
	}
	return
}
func (h Hand) Blackjack() bool { s, _ := h.Score(); return len(h) == 2 && s == 21 }

type Deck struct {
	cards []Card
	rng   *rand.Rand
}

var ErrEmpty = errors.New("deck is empty")

func NewDeck(seed int64) *Deck {
	d := &Deck{rng: rand.New(rand.NewSource(seed))}
	for s := Spades; s <= Clubs; s++ {
		for r := Rank(1); r <= 13; r++ {
			d.cards = append(d.cards, Card{r, s})
		}
	}
	d.rng.Shuffle(len(d.cards), func(i, j int) { d.cards[i], d.cards[j] = d.cards[j], d.cards[i] })
	return d
}

func (d *Deck) Draw(n int) (h Hand, err error) {
	if n > len(d.cards) {
		return nil, fmt.Errorf("draw %d: %w", n, ErrEmpty)
	}
	h = append(h, d.cards[:n]...)
	d.cards = d.cards[n:]
	return
}

type Player interface {
	Name() string
	Hit(own Hand, up Card) bool
}
type dealer struct{}
type cautious struct {
	name  string
	limit int
}
type strategy struct {
	cautious
	decide func(score int, soft bool, up int) bool
}

func (dealer) Name() string { return "dealer" }
func (dealer) Hit(h Hand, _ Card) bool {
	s, soft := h.Score()
	return s < 17 || s == 17 && soft
}
func (c cautious) Name() string            { return c.name }
func (c cautious) Hit(h Hand, _ Card) bool { s, _ := h.Score(); return s < c.limit }
func (s *strategy) Hit(h Hand, up Card) bool {
	sc, soft := h.Score()
	return s.decide(sc, soft, up.Value())
}

type Table struct {
	deck *Deck
	wins map[string]int
}

func (t *Table) play(p Player, h Hand, up Card) (Hand, int) {
	for p.Hit(h, up) {
		c, err := t.deck.Draw(1)
		if err != nil {
			panic(err)
		}
		h = append(h, c...)
	}
	s, _ := h.Score()
	if s > 21 {
		s = -1
	}
	return h, s
}

func (t *Table) Round(ps ...Player) (log []string, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case error:
			err = fmt.Errorf("round over: %w", r)
		default:
			panic(r)
		}
	}()
	hands := map[string]Hand{}
	for _, p := range append(ps[:len(ps):len(ps)], dealer{}) {
		h, err := t.deck.Draw(2)
		if err != nil {
			return nil, err
		}
		hands[p.Name()] = h
	}
	up := hands["dealer"][0]
	dh, ds := t.play(dealer{}, hands["dealer"], up)
	for _, p := range ps {
		h, s := t.play(p, hands[p.Name()], up)
		res := "lose"
		switch {
		case s > ds, h.Blackjack() && !dh.Blackjack():
			res = "win"
			t.wins[p.Name()]++
		case s == ds && s > 0:
			res = "push"
		}
		log = append(log, fmt.Sprintf("%s %v %d %s", p.Name(), h, s, res))
	}
	t.wins["rounds"]++
	return append(log, fmt.Sprint("dealer ", dh, ds)), nil
}

func main() {
	t := &Table{NewDeck(3), map[string]int{}}
	smart := &strategy{cautious{name: "smart"}, func(s int, soft bool, up int) bool {
		return s < 12 || soft && s < 18 || s < 17 && up >= 7
	}}
	for i := 0; ; i++ {
		log, err := t.Round(cautious{"careful", 14}, smart)
		if err != nil {
			fmt.Println(err, errors.Is(err, ErrEmpty))
			break
		}
		if i < 2 {
			fmt.Println(strings.Join(log, "; "))
		}
	}
	fmt.Println(t.wins["rounds"] > 3, len(t.wins))
	h := Hand{{1, Spades}, {13, Hearts}}
	fmt.Println(h, h.Blackjack(), Hand{{1, 0}, {1, 1}, {9, 2}})
	fmt.Println(append(h, Card{5, Clubs}).Score())
	sort.Slice(h, func(i, j int) bool { return h[i].Rank > h[j].Rank })
	fmt.Printf("%v %s %d %+v\n", h, h[0], h[1], Card{11, Diamonds})
	m := map[Card]bool{{1, Spades}: true}
	fmt.Println(m[Card{Suit: Spades, Rank: 1}], m)
}
