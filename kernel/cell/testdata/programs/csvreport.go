package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
)

type Row struct {
	City  string
	Year  int
	Temp  float64
	Flags []string
}

type Column[T any] struct {
	Name string
	Get  func(Row) T
	Fmt  func(T) string
}

func (c Column[T]) Cell(r Row) string { return c.Fmt(c.Get(r)) }
func (c Column[T]) Title() string     { return strings.ToUpper(c.Name) }

type Cell interface {
	Cell(Row) string
	Title() string
}

type lineErr struct {
	Line int
	Err  error
}

func (e *lineErr) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *lineErr) Unwrap() error { return e.Err }

func read(r io.Reader) (rows []Row, errs []error) {
	cr := csv.NewReader(r)
	cr.FieldsPerRecord = -1
	cr.TrimLeadingSpace = true
	head, err := cr.Read()
	if err != nil {
		return nil, []error{err}
	}
	idx := map[string]int{}
	for i, h := range head {
		idx[strings.ToLower(h)] = i
	}
	for n := 2; ; n++ {
		rec, err := cr.Read()
		if err == io.EOF {
			return
		}
		var row Row
		parse := func() error {
			if err != nil {
				return err
			}
			if len(rec) < len(head) {
				return csv.ErrFieldCount
			}
			row.City = rec[idx["city"]]
			if row.Year, err = strconv.Atoi(rec[idx["year"]]); err != nil {
				return err
			}
			row.Temp, err = strconv.ParseFloat(rec[idx["temp"]], 64)
			return err
		}
		if err := parse(); err != nil {
			errs = append(errs, &lineErr{n, err})
			continue
		}
		row.Flags = rec[len(head):]
		rows = append(rows, row)
	}
}

type Stats struct {
	N             int
	Sum, Min, Max float64
}

func (s *Stats) Add(x float64) {
	if s.N == 0 || x < s.Min {
		s.Min = x
	}
	if s.N == 0 || x > s.Max {
		s.Max = x
	}
	s.N++
	s.Sum += x
}
func (s Stats) Mean() float64 { return s.Sum / float64(s.N) }

func main() {
	data := "City,Year,Temp\nOslo,2020, 5.5\nRome,2020,16.25,hot,dry\nOslo,x,1\nRome,2021,abc\nOslo\n\"Bad \"quote\",1,2\n\"St. \"\"X\"\"\",1999,-3e1\nOslo,2021,6.5\nRome,2019,15"
	rows, errs := read(strings.NewReader(data))
	for _, e := range errs {
		var le *lineErr
		var pe *csv.ParseError
		fmt.Println(e, errors.As(e, &le), errors.Is(e, csv.ErrFieldCount), errors.Is(e, strconv.ErrSyntax), errors.As(e, &pe))
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(strings.Compare(a.City, b.City), cmp.Compare(b.Year, a.Year))
	})
	cols := []Cell{
		Column[string]{"city", func(r Row) string { return r.City }, strconv.Quote},
		Column[int]{"year", func(r Row) int { return r.Year }, strconv.Itoa},
		Column[float64]{"temp", func(r Row) float64 { return r.Temp }, func(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }},
		Column[[]string]{"flags", func(r Row) []string { return r.Flags }, func(f []string) string { return fmt.Sprint(len(f), f) }},
	}
	tw := tabwriter.NewWriter(os.Stdout, 4, 0, 1, '.', tabwriter.AlignRight)
	for _, c := range cols {
		fmt.Fprint(tw, c.Title(), "\t")
	}
	fmt.Fprintln(tw)
	for _, r := range rows {
		for _, c := range cols {
			fmt.Fprint(tw, c.Cell(r), "\t")
		}
		fmt.Fprintln(tw)
	}
	tw.Flush()
	byCity := map[string]*Stats{}
	byYear := map[int]Stats{}
	for _, r := range rows {
		if byCity[r.City] == nil {
			byCity[r.City] = &Stats{}
		}
		byCity[r.City].Add(r.Temp)
		s := byYear[r.Year]
		s.Add(r.Temp)
		byYear[r.Year] = s
	}
	for _, c := range []string{"Oslo", "Rome"} {
		fmt.Printf("%s %+v %.3f\n", c, *byCity[c], byCity[c].Mean())
	}
	fmt.Println(byYear)
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Comma = ';'
	w.Write([]string{"a;b", "c\"d", "e\nf", ""})
	w.WriteAll([][]string{{"1", "2"}, {" x"}})
	fmt.Printf("%q %v\n", buf.String(), w.Error())
	br := bufio.NewReaderSize(strings.NewReader("word1 word2\nlast"), 16)
	p, _ := br.Peek(5)
	l, pre, _ := br.ReadLine()
	c, size, _ := br.ReadRune()
	br.UnreadRune()
	rest, err := br.ReadString('\n')
	fmt.Println(string(p), string(l), pre, string(c), size, rest, err)
}
