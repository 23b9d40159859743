package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

type Currency string

type Money struct {
	Amount   int64    `json:"amount"`
	Currency Currency `json:"currency"`
}

func (m Money) String() string {
	return fmt.Sprintf("%d.%02d %s", m.Amount/100, m.Amount%100, m.Currency)
}

type Kind int

const (
	Deposit Kind = iota + 1
	Withdraw
	Transfer
)

func (k Kind) String() string {
	switch k {
	case Deposit:
		return "deposit"
	case Withdraw:
		return "withdraw"
	}
	return fmt.Sprintf("Kind(%d)", int(k))
}

func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

func (k *Kind) UnmarshalText(b []byte) error {
	switch string(b) {
	case "deposit":
		*k = Deposit
	case "withdraw":
		*k = Withdraw
	default:
		return fmt.Errorf("unknown kind %q", b)
	}
	return nil
}

type base struct {
	ID      int       `json:"id"`
	Created time.Time `json:"-"`
}

type Entry struct {
	base
	Kind  Kind    `json:"kind"`
	Money Money   `json:"money"`
	Note  *string `json:"note,omitempty"`
	tags  []string
}

type Account struct {
	Owner   string  `json:"owner"`
	Entries []Entry `json:"entries"`
	balance int64
}

type InsufficientError struct{ Need, Have Money }

func (e InsufficientError) Error() string {
	return fmt.Sprint("need ", e.Need, ", have ", e.Have)
}

func (a *Account) Apply(k Kind, cents int64) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s for %s: %w", k, a.Owner, err)
		}
	}()
	switch k {
	case Deposit:
		a.balance += cents
	case Withdraw:
		if cents > a.balance {
			return InsufficientError{Money{cents, "EUR"}, Money{a.balance, "EUR"}}
		}
		a.balance -= cents
	default:
		return errors.ErrUnsupported
	}
	a.Entries = append(a.Entries, Entry{base: base{ID: len(a.Entries) + 1}, Kind: k, Money: Money{cents, "EUR"}})
	return nil
}

func main() {
	a := &Account{Owner: "Ada"}
	for _, op := range []struct {
		k Kind
		n int64
	}{{Deposit, 10000}, {Withdraw, 2550}, {Withdraw, 999999}, {Transfer, 1}} {
		if err := a.Apply(op.k, op.n); err != nil {
			var ins InsufficientError
			fmt.Println("error:", err, errors.As(err, &ins), ins.Have.Amount, errors.Is(err, errors.ErrUnsupported))
		}
	}
	note := "first"
	a.Entries[0].Note = &note
	a.Entries[0].tags = []string{"x"}
	b, err := json.MarshalIndent(a, "", "  ")
	fmt.Println(string(b), err)
	var back Account
	err = json.Unmarshal(b, &back)
	fmt.Println(err, back.Owner, len(back.Entries), back.Entries[1].Kind, *back.Entries[0].Note, back.Entries[0].ID)
	err = json.Unmarshal([]byte(`{"entries":[{"kind":"theft"}]}`), &back)
	fmt.Println(err)
	err = json.Unmarshal([]byte(`{"owner": 3}`), &back)
	var te *json.UnmarshalTypeError
	fmt.Println(err, errors.As(err, &te))
	dec := json.NewDecoder(strings.NewReader(`{"amount": 5, "currency": "USD"} {"amount": 7}`))
	for {
		var m Money
		if err := dec.Decode(&m); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(m)
	}
	fmt.Println(a.Entries[0].Money, a.Entries[1].Kind, a.balance)
	fmt.Printf("%v %d %s %+v\n", a.Entries[1].Kind, a.Entries[1].Kind, a.Entries[1].Kind, a.Entries[1].Money)
	m := map[Kind]Money{Deposit: {1, "A"}, Withdraw: {2, "B"}}
	mb, _ := json.Marshal(m)
	fmt.Println(string(mb), m)
	enc := json.NewEncoder(os.Stdout)
	enc.Encode(struct {
		A int `json:"a"`
		b int
		C any
	}{1, 2, []Kind{Deposit}})
}
