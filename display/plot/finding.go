package plot

import (
	"fmt"
	"math"
	"strings"
)

// stats are the numbers of one series.
type stats struct {
	n, nan, inf, skipped         int
	first, last, lowest, highest xy
	values                       []float64
}

func (k *curve) stats() stats {
	s := stats{nan: len(k.nan), inf: len(k.inf), skipped: k.skipped, lowest: xy{0, math.Inf(1)}, highest: xy{0, math.Inf(-1)}}
	for _, p := range k.points() {
		if s.n == 0 {
			s.first = p
		}
		s.last = p
		s.n++
		if p.y < s.lowest.y {
			s.lowest = p
		}
		if p.y > s.highest.y {
			s.highest = p
		}
	}
	s.values = k.Y
	return s
}

func (c *curves) number(v float64) string {
	if c.Percent {
		return Percent(v)
	}
	return Number(v)
}

// subject is what the chart is about, in a few words.
func (o Options) subject(kind string) string {
	switch {
	case o.Title != "":
		return strings.TrimRight(o.Title, ".:")
	case o.YLabel != "" && o.XLabel != "":
		return fmt.Sprintf("%s of %s over %s", kind, o.YLabel, o.XLabel)
	case o.YLabel != "":
		return fmt.Sprintf("%s of %s", kind, o.YLabel)
	}
	return kind
}

// finding says what a reader would see: from where to where each line goes.
func (c *curves) finding() string {
	var parts []string
	points := false
	for i := range c.list {
		k := &c.list[i]
		s := k.stats()
		points = points || k.Points
		name := k.Name
		if name == "" {
			name = c.YLabel
		}
		if name == "" {
			name = "values"
		}
		switch {
		case s.n == 0:
			parts = append(parts, name+": no finite values")
		case k.Points:
			parts = append(parts, fmt.Sprintf("%s: %d points", name, s.n))
		case k.Reference:
			parts = append(parts, fmt.Sprintf("%s at %s", name, c.number(s.last.y)))
		case s.n == 1:
			parts = append(parts, fmt.Sprintf("%s %s", name, c.number(s.last.y)))
		default:
			t := fmt.Sprintf("%s %s → %s", name, c.number(s.first.y), c.number(s.last.y))
			if s.lowest.y < math.Min(s.first.y, s.last.y) && s.lowest.x != s.last.x {
				t += fmt.Sprintf(" (lowest %s at %s)", c.number(s.lowest.y), Number(s.lowest.x))
			} else if s.highest.y > math.Max(s.first.y, s.last.y) {
				t += fmt.Sprintf(" (highest %s at %s)", c.number(s.highest.y), Number(s.highest.x))
			}
			parts = append(parts, t)
		}
		if s.nan+s.inf > 0 {
			parts[len(parts)-1] += fmt.Sprintf(", %d not finite", s.nan+s.inf)
		}
	}
	kind := "Curves"
	if points {
		kind = "Points"
	}
	alt := c.subject(kind) + ": " + strings.Join(parts, "; ")
	if c.XLabel != "" && len(c.list) > 0 && c.xmax > c.xmin {
		alt += fmt.Sprintf("; %s %s to %s", c.XLabel, Number(c.xmin), Number(c.xmax))
	}
	return alt + "."
}

// text is the chart in numbers.
func (c *curves) text() string {
	var sb strings.Builder
	title := c.Title
	if title == "" {
		title = c.subject("Curves")
	}
	sb.WriteString(title + "\n")
	if c.Subtitle != "" {
		sb.WriteString(c.Subtitle + "\n")
	}
	width := 0
	for _, k := range c.list {
		width = max(width, len([]rune(k.Name)))
	}
	for i := range c.list {
		k := &c.list[i]
		s := k.stats()
		if k.Name != "" {
			fmt.Fprintf(&sb, "%-*s  ", width, k.Name)
		}
		switch {
		case s.n == 0:
			sb.WriteString("no finite values")
		case k.Points:
			fmt.Fprintf(&sb, "%d points, y from %s to %s", s.n, c.number(s.lowest.y), c.number(s.highest.y))
		case k.Reference:
			sb.WriteString("at " + c.number(s.last.y))
		default:
			fmt.Fprintf(&sb, "%s → %s   lowest %s at %s, highest %s at %s, %d values   %s",
				c.number(s.first.y), c.number(s.last.y), c.number(s.lowest.y), Number(s.lowest.x), c.number(s.highest.y), Number(s.highest.x), s.n, spark(s.values, 30))
		}
		if s.nan > 0 {
			fmt.Fprintf(&sb, ", %d NaN (first at %s)", s.nan, Number(k.nan[0]))
		}
		if s.inf > 0 {
			fmt.Fprintf(&sb, ", %d infinite (first at %s)", s.inf, Number(k.inf[0]))
		}
		if s.skipped > 0 {
			fmt.Fprintf(&sb, ", %d left out", s.skipped)
		}
		sb.WriteString("\n")
	}
	var axes []string
	if c.XLabel != "" {
		axes = append(axes, "x: "+c.XLabel)
	}
	if c.YLabel != "" {
		axes = append(axes, "y: "+c.YLabel)
	}
	if len(axes) > 0 {
		sb.WriteString(strings.Join(axes, ", ") + "\n")
	}
	return strings.TrimRight(sb.String(), "\n")
}
