package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
	"text/tabwriter"
)

type Money int64

func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s$%d.%02d", sign, int64(m)/100, int64(m)%100)
}

type Row struct {
	Region  string
	Product string
	Units   int
	Price   Money
}

func (r Row) Total() Money { return Money(r.Units) * r.Price }

type Table []Row

func (t Table) Len() int      { return len(t) }
func (t Table) Swap(i, j int) { t[i], t[j] = t[j], t[i] }

type byTotal struct{ Table }

func (b byTotal) Less(i, j int) bool { return b.Table[i].Total() > b.Table[j].Total() }

type ParseError struct {
	Line int
	Col  string
	Err  error
}

func (p *ParseError) Error() string {
	return fmt.Sprintf("line %d, column %s: %v", p.Line, p.Col, p.Err)
}
func (p *ParseError) Unwrap() error { return p.Err }

const data = `region,product,units,price
north,apple,10,1.25
south,pear,3,2.5
north,"plum, dried",7,11.00
east,apple,2,1.30
`

func parseMoney(s string) (Money, error) {
	whole, frac, ok := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return 0, err
	}
	n *= 100
	if ok {
		for len(frac) < 2 {
			frac += "0"
		}
		c, err := strconv.Atoi(frac)
		if err != nil {
			return 0, err
		}
		n += int64(c)
	}
	return Money(n), nil
}

func load(r io.Reader) (t Table, err error) {
	cr := csv.NewReader(r)
	head, err := cr.Read()
	if err != nil {
		return nil, err
	}
	for line := 2; ; line++ {
		rec, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return t, err
		}
		var row Row
		row.Region, row.Product = rec[0], rec[1]
		if row.Units, err = strconv.Atoi(rec[2]); err != nil {
			return t, &ParseError{line, head[2], err}
		}
		if row.Price, err = parseMoney(rec[3]); err != nil {
			return t, &ParseError{line, head[3], err}
		}
		t = append(t, row)
	}
	return t, nil
}

func report(w io.Writer, t Table) {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "region\tproduct\tunits\tprice\ttotal\t")
	var sum Money
	for _, r := range t {
		fmt.Fprintf(tw, "%s\t%s\t%d\t%v\t%v\t\n", r.Region, r.Product, r.Units, r.Price, r.Total())
		sum += r.Total()
	}
	fmt.Fprintf(tw, "\t\t\t\t%v\t\n", sum)
	tw.Flush()
}

func main() {
	t, err := load(strings.NewReader(data))
	fmt.Println(len(t), err)
	sort.Sort(byTotal{t})
	report(os.Stdout, t)
	sort.Stable(sort.Reverse(byTotal{t}))
	fmt.Println(t[0], t[len(t)-1])

	groups := map[string]Table{}
	for _, r := range t {
		groups[r.Region] = append(groups[r.Region], r)
	}
	fmt.Println(groups)
	fmt.Printf("%v %+v\n", t[1], t[1])

	for _, bad := range []string{"a,b,c,d\nx,y,z,1\n", "a,b,c,d\nx,y,1,1.x\n", "a,b\n1,2,3\n", "", "a,b,c,d\n\"x,y,1,1\n"} {
		_, err := load(strings.NewReader(bad))
		var pe *ParseError
		var ne *strconv.NumError
		var ce *csv.ParseError
		fmt.Println(err, errors.As(err, &pe), errors.As(err, &ne), errors.As(err, &ce), errors.Is(err, io.EOF), errors.Is(err, strconv.ErrSyntax), errors.Is(err, csv.ErrFieldCount))
	}

	var buf bytes.Buffer
	cw := csv.NewWriter(&buf)
	cw.Comma = ';'
	for _, r := range t {
		cw.Write([]string{r.Product, r.Total().String(), `say "hi"; bye`})
	}
	cw.Flush()
	fmt.Print(buf.String())
	fmt.Printf("%v|%8v|%-8v|%d|%x\n", Money(-12345), Money(5), Money(50), Money(7), Money(255))
}
