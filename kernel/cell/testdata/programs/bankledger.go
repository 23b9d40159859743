package main

import (
	"errors"
	"fmt"
	"math/rand"
	"sort"
	"strings"
	"sync"
)

type AccountID string
type Amount int64

func (a Amount) String() string {
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	return fmt.Sprintf("%s$%d.%02d", sign, int64(a)/100, int64(a)%100)
}

type TxKind int

const (
	Deposit TxKind = iota
	Withdraw
	Transfer
)

//go:generate stringer
func (k TxKind) String() string {
	switch k {
	case Deposit:
		return "deposit"
	case Withdraw:
		return "withdraw"
	}
	return fmt.Sprintf("TxKind(%d)", int(k))
}

type Tx struct {
	Kind     TxKind
	From, To AccountID
	Amount
}

type InsufficientFunds struct {
	ID         AccountID
	Have, Want Amount
}

func (e InsufficientFunds) Error() string {
	return fmt.Sprintf("%s has %v, needs %v", e.ID, e.Have, e.Want)
}

var (
	ErrNoAccount = errors.New("no such account")
	ErrNegative  = fmt.Errorf("invalid: %w", errors.New("negative amount"))
)

type Bank struct {
	mu       sync.Mutex
	balances map[AccountID]Amount
	history  []Tx
	hooks    []func(*Bank, Tx)
}

func (b *Bank) apply(tx Tx) (err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer func() {
		if err != nil {
			err = fmt.Errorf("%v %v: %w", tx.Kind, tx.Amount, err)
			return
		}
		b.history = append(b.history, tx)
		for _, h := range b.hooks {
			h(b, tx)
		}
	}()
	if tx.Amount < 0 {
		return ErrNegative
	}
	if tx.Kind != Deposit {
		have, ok := b.balances[tx.From]
		if !ok {
			return ErrNoAccount
		} else if have < tx.Amount {
			return InsufficientFunds{tx.From, have, tx.Amount}
		}
		b.balances[tx.From] -= tx.Amount
	}
	if tx.Kind != Withdraw {
		b.balances[tx.To] += tx.Amount
	}
	return nil
}

func main() {
	b := &Bank{balances: make(map[AccountID]Amount)}
	kinds := map[TxKind]int{}
	b.hooks = append(b.hooks, func(_ *Bank, t Tx) { kinds[t.Kind]++ })
	for _, tx := range []Tx{
		{Deposit, "", "ann", 10050}, {Kind: Deposit, To: "bob", Amount: 500}, {Withdraw, "ann", "", 20000},
		{Transfer, "ann", "bob", 5025}, {Transfer, "eve", "bob", 1}, {Deposit, "", "bob", -5},
	} {
		err := b.apply(tx)
		var inf InsufficientFunds
		if errors.As(err, &inf) {
			fmt.Println("short by", inf.Want-inf.Have)
		}
		fmt.Println(tx, err, errors.Is(err, ErrNoAccount), errors.Is(err, ErrNegative))
	}
	fmt.Printf("%v\n%+v\n", b.balances, b.history[2])
	r := rand.New(rand.NewSource(42))
	var wg sync.WaitGroup
	for i := 0; i < 8; i++ {
		amt := Amount(r.Intn(100))
		wg.Add(1)
		go func(id AccountID) {
			defer wg.Done()
			for j := 0; j < 5; j++ {
				if err := b.apply(Tx{Deposit, "", id, amt + Amount(i)}); err != nil {
					panic(err)
				}
			}
		}(AccountID(fmt.Sprint("acc", i%3)))
	}
	wg.Wait()
	ids := make([]string, 0)
	var total Amount
	for id, bal := range b.balances {
		ids = append(ids, strings.ToUpper(string(id))+"="+bal.String())
		total += bal
	}
	sort.Sort(sort.Reverse(sort.StringSlice(ids)))
	fmt.Println(ids[len(ids)-2:], len(b.history), kinds)
	fmt.Printf("%s %d %v %x\n", total-total-1, Amount(5), []Amount{1, -250}, Amount(255))
}
