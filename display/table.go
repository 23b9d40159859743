package display

import (
	"fmt"
	"html"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Table is rows and columns with a caption. It shows itself as an HTML table
// that needs no style sheet and as aligned text.
//
// The zero value of every field but Columns and Rows is useful.
type Table struct {
	Caption string
	Columns []string
	Rows    [][]any
	// Footer has rows that sum up, under a line.
	Footer [][]any
	// Align has a letter for each column: l, r or c. Without it, columns of
	// numbers are aligned on the right.
	Align string
	// RowHeader says that the first column names its row.
	RowHeader bool
	// MaxRows and MaxColumns bound what is shown, 50 and 25 when zero; what is
	// left out is counted.
	MaxRows, MaxColumns int
	// Note stands under the table.
	Note string

	goText       bool // the text/plain of the value is Go syntax
	gap, leftOut int  // rows left out by the maker, after row gap
}

// NewTable returns a table of rows under column titles.
func NewTable(caption string, columns []string, rows [][]any) *Table {
	return &Table{Caption: caption, Columns: columns, Rows: rows}
}

// shown is a table cut to its bounds, with the texts of its cells.
type shown struct {
	columns       []string
	align         []byte
	rows, footer  [][]string
	gap           int // index of the row after which rows were left out, or -1
	leftOut       int
	columnsLeft   int
	total, nTotal int
}

func (t *Table) layout() shown {
	maxRows, maxCols := t.MaxRows, t.MaxColumns
	if maxRows <= 0 {
		maxRows = 50
	}
	if maxCols <= 0 {
		maxCols = 25
	}
	n := len(t.Columns)
	for _, r := range t.Rows {
		n = max(n, len(r))
	}
	s := shown{gap: -1, total: len(t.Rows), nTotal: n}
	cols := min(n, maxCols)
	s.columnsLeft = n - cols
	s.columns = make([]string, cols)
	copy(s.columns, t.Columns)
	rows := t.Rows
	if t.leftOut > 0 {
		s.gap, s.leftOut = t.gap, t.leftOut
		s.total += t.leftOut
	} else if len(rows) > maxRows {
		head := (maxRows + 1) / 2
		s.gap, s.leftOut = head, len(rows)-maxRows
		rows = append(append([][]any{}, rows[:head]...), rows[len(rows)-(maxRows-head):]...)
	}
	numeric := make([]bool, cols)
	for i := range numeric {
		numeric[i] = len(rows) > 0
	}
	texts := func(row []any, sets bool) []string {
		out := make([]string, cols)
		for i := range cols {
			if i >= len(row) {
				continue
			}
			out[i] = cellText(row[i])
			if sets && row[i] != nil && !isNumber(row[i]) {
				numeric[i] = false
			}
		}
		return out
	}
	for _, r := range rows {
		s.rows = append(s.rows, texts(r, true))
	}
	for _, r := range t.Footer {
		s.footer = append(s.footer, texts(r, false))
	}
	s.align = make([]byte, cols)
	for i := range cols {
		s.align[i] = 'l'
		if numeric[i] {
			s.align[i] = 'r'
		}
		if i < len(t.Align) {
			s.align[i] = t.Align[i]
		}
	}
	return s
}

func isNumber(v any) bool {
	switch reflect.ValueOf(v).Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64:
		return true
	}
	return false
}

// cellText is what a cell of a table says: strings without quotes, numbers with
// the digits that a reader compares.
func cellText(v any) (s string) {
	defer func() {
		if recover() != nil {
			s = fmt.Sprintf("%T", v)
		}
	}()
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return shortFloat(v)
	case float32:
		return shortFloat(float64(v))
	case error:
		return v.Error()
	case fmt.Stringer:
		return firstLine(v.String())
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.String {
		return r.String()
	}
	return firstLine(GoSyntax(v))
}

// shortFloat writes f with up to six significant digits.
func shortFloat(f float64) string {
	if f == float64(int64(f)) && max(f, -f) < 1e15 {
		return strconv.FormatInt(int64(f), 10)
	}
	return strconv.FormatFloat(f, 'g', 6, 64)
}

// size tells how much of the table is not shown.
func (s shown) size() string {
	if s.leftOut == 0 && s.columnsLeft == 0 {
		return ""
	}
	return fmt.Sprintf("%d rows × %d columns", s.total, s.nTotal)
}

// MIMEBundle shows the table as HTML and text.
func (t *Table) MIMEBundle() Bundle {
	return Bundle{
		Data:     map[string]any{MIMEHTML: t.HTML(), MIMEText: t.String()},
		Metadata: map[string]any{},
	}
}

// HTML returns the table as HTML with inline styles only. No colours are set:
// the text has those of the page, in light and in dark themes.
func (t *Table) HTML() string {
	s := t.layout()
	var sb strings.Builder
	sb.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse">`)
	if t.Caption != "" {
		fmt.Fprintf(&sb, `<caption style="text-align:left;font-weight:bold;padding:4px 0;white-space:nowrap">%s</caption>`, html.EscapeString(t.Caption))
	}
	style := func(i int) string {
		side := map[byte]string{'r': "right", 'c': "center"}[s.align[i]]
		if side == "" {
			side = "left"
		}
		return "text-align:" + side + ";padding:2px 10px"
	}
	sb.WriteString("<thead><tr>")
	for i, c := range s.columns {
		fmt.Fprintf(&sb, `<th scope="col" style="%s">%s</th>`, style(i), html.EscapeString(c))
	}
	sb.WriteString("</tr></thead><tbody>")
	row := func(cells []string, more string) {
		sb.WriteString("<tr>")
		for i, c := range cells {
			// Digits of one width make columns of numbers line up.
			st := style(i) + more
			if s.align[i] == 'r' {
				st += ";font-variant-numeric:tabular-nums"
			}
			text := strings.ReplaceAll(html.EscapeString(c), "\n", "<br>")
			if i == 0 && t.RowHeader {
				fmt.Fprintf(&sb, `<th scope="row" style="%s">%s</th>`, st, text)
			} else {
				fmt.Fprintf(&sb, `<td style="%s">%s</td>`, st, text)
			}
		}
		sb.WriteString("</tr>")
	}
	for i, r := range s.rows {
		if i == s.gap {
			fmt.Fprintf(&sb, `<tr><td colspan="%d" style="text-align:center">… %d rows left out …</td></tr>`, len(s.columns), s.leftOut)
		}
		row(r, "")
	}
	sb.WriteString("</tbody>")
	if len(s.footer) > 0 {
		sb.WriteString("<tfoot>")
		for i, r := range s.footer {
			more := ""
			if i == 0 {
				more = ";border-top:1px solid #8c959f" // seen on white and on black
			}
			row(r, more)
		}
		sb.WriteString("</tfoot>")
	}
	sb.WriteString("</table></div>")
	for _, note := range []string{s.size(), t.Note} {
		if note != "" {
			fmt.Fprintf(&sb, `<div style="padding:2px 10px">%s</div>`, strings.ReplaceAll(html.EscapeString(note), "\n", "<br>"))
		}
	}
	return sb.String()
}

// textWidth is the width from which the cells of a text table are wrapped.
const textWidth = 72

// wrapped divides a cell of a text table into lines, between words.
func wrapped(s string) []string {
	var out []string
	for line := range strings.SplitSeq(s, "\n") {
		for utf8.RuneCountInString(line) > textWidth {
			r := []rune(line)
			cut := textWidth
			for cut > textWidth/2 && r[cut] != ' ' {
				cut--
			}
			if r[cut] != ' ' {
				cut = textWidth // a word longer than half a line
			}
			out = append(out, strings.TrimRight(string(r[:cut]), " "))
			line = strings.TrimLeft(string(r[cut:]), " ")
		}
		out = append(out, line)
	}
	return out
}

// String returns the table as aligned text.
func (t *Table) String() string {
	s := t.layout()
	all := append([][]string{s.columns}, s.rows...)
	all = append(all, s.footer...)
	width := make([]int, len(s.columns))
	for _, r := range all {
		for i, c := range r {
			for _, part := range wrapped(c) {
				width[i] = max(width[i], utf8.RuneCountInString(part))
			}
		}
	}
	var sb strings.Builder
	if t.Caption != "" {
		sb.WriteString(t.Caption + "\n")
	}
	one := func(cells []string) {
		var l strings.Builder
		for i, c := range cells {
			if i > 0 {
				l.WriteString("  ")
			}
			pad := width[i] - utf8.RuneCountInString(c)
			left := map[byte]int{'r': pad, 'c': pad / 2}[s.align[i]]
			l.WriteString(strings.Repeat(" ", left) + c + strings.Repeat(" ", pad-left))
		}
		sb.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	// A cell may have several lines: the row has as many as its tallest.
	line := func(cells []string) {
		for k := 0; ; k++ {
			parts, more := make([]string, len(cells)), false
			for i, c := range cells {
				lines := wrapped(c)
				if k < len(lines) {
					parts[i] = lines[k]
				}
				more = more || k+1 < len(lines)
			}
			one(parts)
			if !more {
				return
			}
		}
	}
	rule := func() {
		var l []string
		for _, w := range width {
			l = append(l, strings.Repeat("─", w))
		}
		sb.WriteString(strings.Join(l, "──") + "\n")
	}
	line(s.columns)
	rule()
	for i, r := range s.rows {
		if i == s.gap {
			fmt.Fprintf(&sb, "… %d rows left out …\n", s.leftOut)
		}
		line(r)
	}
	if len(s.footer) > 0 {
		rule()
		for _, r := range s.footer {
			line(r)
		}
	}
	for _, note := range []string{s.size(), t.Note} {
		if note != "" {
			sb.WriteString(note + "\n")
		}
	}
	return strings.TrimRight(sb.String(), "\n")
}
