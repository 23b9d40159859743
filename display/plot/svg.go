package plot

import (
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// An svgCanvas draws SVG that follows the theme of the page: colours are classes
// whose rules differ for prefers-color-scheme, which browsers apply inside a
// picture too. One point of the canvas is one CSS pixel. Coordinates are written
// in tenths of a pixel, so equal drawings are equal bytes on every machine.
type svgCanvas struct {
	w, h    vg.Length
	body    strings.Builder
	classes map[[2]color.NRGBA]string
	order   []ink
	images  map[string]string // data URI to id
	fonts   []string          // rules of the classes f0, f1, …
	state   svgState
	stack   []svgState
}

type svgState struct {
	col      color.Color
	width    vg.Length
	dash     []vg.Length
	offset   vg.Length
	m        [6]float64 // x' = m0 x + m2 y + m4; y' = m1 x + m3 y + m5
	rotation float64
}

func newSVGCanvas(w, h vg.Length) *svgCanvas {
	return &svgCanvas{
		w: w, h: h,
		classes: map[[2]color.NRGBA]string{},
		images:  map[string]string{},
		state:   svgState{col: color.Black, width: 1, m: [6]float64{1, 0, 0, 1, 0, 0}},
	}
}

// Size and the methods below implement vg.CanvasSizer.
func (c *svgCanvas) Size() (x, y vg.Length)                 { return c.w, c.h }
func (c *svgCanvas) SetLineWidth(w vg.Length)               { c.state.width = w }
func (c *svgCanvas) SetColor(col color.Color)               { c.state.col = col }
func (c *svgCanvas) Push()                                  { c.stack = append(c.stack, c.state) }
func (c *svgCanvas) Pop()                                   { c.state, c.stack = c.stack[len(c.stack)-1], c.stack[:len(c.stack)-1] }
func (c *svgCanvas) Translate(pt vg.Point)                  { c.multiply(1, 0, 0, 1, pt.X.Points(), pt.Y.Points()) }
func (c *svgCanvas) Scale(x, y float64)                     { c.multiply(x, 0, 0, y, 0, 0) }
func (c *svgCanvas) SetLineDash(d []vg.Length, o vg.Length) { c.state.dash, c.state.offset = d, o }

func (c *svgCanvas) Rotate(rad float64) {
	s, co := math.Sincos(rad)
	c.multiply(co, s, -s, co, 0, 0)
	c.state.rotation += rad
}

func (c *svgCanvas) multiply(a, b, d, e, tx, ty float64) {
	m := c.state.m
	c.state.m = [6]float64{
		m[0]*a + m[2]*b, m[1]*a + m[3]*b,
		m[0]*d + m[2]*e, m[1]*d + m[3]*e,
		m[0]*tx + m[2]*ty + m[4], m[1]*tx + m[3]*ty + m[5],
	}
}

// at maps a point to tenths of a pixel from the upper left corner.
func (c *svgCanvas) at(p vg.Point) (x, y int) {
	m, px, py := c.state.m, p.X.Points(), p.Y.Points()
	return int(math.Round(10 * (m[0]*px + m[2]*py + m[4]))),
		int(math.Round(10 * (c.h.Points() - (m[1]*px + m[3]*py + m[5]))))
}

// tenths writes n/10 as short as SVG allows.
func tenths(n int) string {
	s := strconv.FormatFloat(float64(n)/10, 'f', -1, 64)
	if t, ok := strings.CutPrefix(s, "0."); ok {
		return "." + t
	}
	if t, ok := strings.CutPrefix(s, "-0."); ok {
		return "-." + t
	}
	return s
}

func length(l vg.Length) string { return tenths(int(math.Round(10 * l.Points()))) }

// pair writes two numbers, with a separator only where one is needed.
func pair(x, y int) string {
	sx, sy := tenths(x), tenths(y)
	if sy[0] == '-' {
		return sx + sy
	}
	return sx + " " + sy
}

// path writes relative commands: the numbers of a dense curve are short then.
func (c *svgCanvas) path(p vg.Path) string {
	var sb strings.Builder
	var x, y int
	last := byte(0)
	command := func(k byte, s string) {
		if k != last || k == 'M' {
			sb.WriteByte(k)
		} else if s[0] != '-' {
			sb.WriteByte(' ')
		}
		sb.WriteString(s)
		last = k
	}
	lineTo := func(nx, ny int) {
		if nx != x || ny != y {
			command('l', pair(nx-x, ny-y))
		}
		x, y = nx, ny
	}
	for _, comp := range p {
		switch comp.Type {
		case vg.MoveComp:
			x, y = c.at(comp.Pos)
			command('M', pair(x, y))
		case vg.LineComp:
			lineTo(c.at(comp.Pos))
		case vg.ArcComp:
			point := func(a float64) (int, int) {
				s, co := math.Sincos(a)
				return c.at(vg.Point{X: comp.Pos.X + comp.Radius*vg.Length(co), Y: comp.Pos.Y + comp.Radius*vg.Length(s)})
			}
			if sx, sy := point(comp.Start); len(p) > 0 && last == 0 {
				x, y = sx, sy
				command('M', pair(x, y))
			} else {
				lineTo(sx, sy)
			}
			// Half circles and less: an arc that ends where it begins is not drawn.
			n := int(math.Ceil(math.Abs(comp.Angle)/math.Pi - 1e-9))
			for i := 1; i <= n; i++ {
				nx, ny := point(comp.Start + comp.Angle*float64(i)/float64(n))
				sweep := "0"
				if comp.Angle < 0 {
					sweep = "1"
				}
				r := length(comp.Radius)
				command('a', r+" "+r+" 0 0 "+sweep+" "+pair(nx-x, ny-y))
				x, y = nx, ny
			}
		case vg.CurveComp:
			s := ""
			for _, ctl := range append(append([]vg.Point{}, comp.Control...), comp.Pos) {
				nx, ny := c.at(ctl)
				if s != "" {
					s += " "
				}
				s += pair(nx-x, ny-y)
			}
			k := byte('q')
			if len(comp.Control) == 2 {
				k = 'c'
			}
			command(k, s)
			x, y = c.at(comp.Pos)
		case vg.CloseComp:
			sb.WriteByte('z')
			last = 'z'
		}
	}
	return sb.String()
}

// class returns the class of the current colour and its opacity.
func (c *svgCanvas) class() (name string, opacity float64) {
	k, ok := c.state.col.(ink)
	if !ok {
		col := c.state.col
		if col == nil {
			col = color.Black
		}
		n := color.NRGBAModel.Convert(col).(color.NRGBA)
		k = ink{n, n}
	}
	opacity = float64(k.light.A) / 255
	k.light.A, k.dark.A = 255, 255
	key := [2]color.NRGBA{k.light, k.dark}
	name, ok = c.classes[key]
	if !ok {
		name = "c" + strconv.FormatInt(int64(len(c.order)), 36)
		c.classes[key] = name
		c.order = append(c.order, k)
	}
	return name, opacity
}

func opacityAttr(o float64) string {
	if o >= 1 {
		return ""
	}
	return ` opacity="` + strconv.FormatFloat(math.Round(o*100)/100, 'f', -1, 64) + `"`
}

func (c *svgCanvas) Stroke(p vg.Path) {
	if c.state.width <= 0 || len(p) == 0 {
		return
	}
	name, o := c.class()
	fmt.Fprintf(&c.body, `<path class="%s s" stroke-width="%s"`, name, length(c.state.width))
	if len(c.state.dash) > 0 {
		var d []string
		for _, l := range c.state.dash {
			d = append(d, length(l))
		}
		fmt.Fprintf(&c.body, ` stroke-dasharray="%s"`, strings.Join(d, " "))
	}
	fmt.Fprintf(&c.body, `%s d="%s"/>`+"\n", opacityAttr(o), c.path(p))
}

func (c *svgCanvas) Fill(p vg.Path) {
	if len(p) == 0 {
		return
	}
	name, o := c.class()
	if x, y, w, h, ok := c.rectangle(p); ok {
		fmt.Fprintf(&c.body, `<rect class="%s"%s x="%s" y="%s" width="%s" height="%s"/>`+"\n", name, opacityAttr(o), tenths(x), tenths(y), tenths(w), tenths(h))
		return
	}
	fmt.Fprintf(&c.body, `<path class="%s"%s d="%s"/>`+"\n", name, opacityAttr(o), c.path(p))
}

// rectangle recognizes an upright rectangle, which is shorter as a <rect>.
func (c *svgCanvas) rectangle(p vg.Path) (x, y, w, h int, ok bool) {
	if len(p) != 5 || p[0].Type != vg.MoveComp || p[4].Type != vg.CloseComp {
		return
	}
	var xs, ys [4]int
	for i := range 4 {
		if i > 0 && p[i].Type != vg.LineComp {
			return
		}
		xs[i], ys[i] = c.at(p[i].Pos)
	}
	x0, x1, y0, y1 := min(xs[0], xs[2]), max(xs[0], xs[2]), min(ys[0], ys[2]), max(ys[0], ys[2])
	for i := range 4 {
		j := (i + 1) % 4
		if (xs[i] != x0 && xs[i] != x1) || (ys[i] != y0 && ys[i] != y1) || (xs[i] != xs[j]) == (ys[i] != ys[j]) {
			return
		}
	}
	return x0, y0, x1 - x0, y1 - y0, true
}

func (c *svgCanvas) FillString(f font.Face, pt vg.Point, s string) {
	if f.Font.Size == 0 || s == "" {
		return
	}
	name, o := c.class()
	x, y := c.at(pt)
	fmt.Fprintf(&c.body, `<text class="%s %s"%s x="%s" y="%s"`, name, c.font(f), opacityAttr(o), tenths(x), tenths(y))
	if len(s) > 3 {
		// The text keeps the width that the layout has given it, whatever font it gets.
		fmt.Fprintf(&c.body, ` textLength="%s"`, length(f.Width(s)))
	}
	if c.state.rotation != 0 {
		fmt.Fprintf(&c.body, ` transform="rotate(%d %s %s)"`, int(math.Round(-c.state.rotation*180/math.Pi)), tenths(x), tenths(y))
	}
	fmt.Fprintf(&c.body, ">%s</text>\n", html.EscapeString(s))
}

// font returns the class of a size and weight.
func (c *svgCanvas) font(f font.Face) string {
	rule := "font-size:" + length(f.Font.Size) + "px"
	if f.Font.Weight > 0 {
		rule += ";font-weight:700"
	}
	for i, r := range c.fonts {
		if r == rule {
			return "f" + strconv.Itoa(i)
		}
	}
	c.fonts = append(c.fonts, rule)
	return "f" + strconv.Itoa(len(c.fonts)-1)
}

// DrawImage draws img with square pixels.
func (c *svgCanvas) DrawImage(r vg.Rectangle, img image.Image) { c.drawPicture(r, img, 1) }

func (c *svgCanvas) drawPicture(r vg.Rectangle, img image.Image, opacity float64) {
	uri := "data:image/png;base64," + base64.StdEncoding.EncodeToString(encodePNG(img))
	x, y := c.at(vg.Point{X: r.Min.X, Y: r.Max.Y})
	w, h := int(math.Round(10*r.Size().X.Points())), int(math.Round(10*r.Size().Y.Points()))
	// A picture that is drawn twice at one size is stored once.
	key := fmt.Sprintf("%d %d %s", w, h, uri)
	if id, ok := c.images[key]; ok {
		var at [2]int
		fmt.Sscan(id[strings.IndexByte(id, ' ')+1:], &at[0], &at[1])
		fmt.Fprintf(&c.body, `<use href="#%s"%s x="%s" y="%s"/>`+"\n", id[:strings.IndexByte(id, ' ')], opacityAttr(opacity), tenths(x-at[0]), tenths(y-at[1]))
		return
	}
	id := "i" + strconv.Itoa(len(c.images))
	c.images[key] = fmt.Sprintf("%s %d %d", id, x, y)
	img1 := fmt.Sprintf(`<image id="%s" x="%s" y="%s" width="%s" height="%s" preserveAspectRatio="none" href="%s"/>`, id, tenths(x), tenths(y), tenths(w), tenths(h), uri)
	if opacity < 1 {
		// The opacity is on a group, so that a later use of the picture is free of it.
		img1 = "<g" + opacityAttr(opacity) + ">" + img1 + "</g>"
	}
	c.body.WriteString(img1 + "\n")
}

// document returns the finished SVG with a title for those who open the file.
func (c *svgCanvas) document(title string) string {
	var sb strings.Builder
	w, h := length(c.w), length(c.h)
	fmt.Fprintf(&sb, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img">`+"\n", w, h, w, h)
	fmt.Fprintf(&sb, "<title>%s</title>\n<style>\n", html.EscapeString(title))
	sb.WriteString("text{font-family:\"Liberation Sans\",Arial,Helvetica,sans-serif;white-space:pre}.s{fill:none!important;stroke-linejoin:round;stroke-linecap:butt}image{image-rendering:pixelated}\n")
	for i, r := range c.fonts {
		fmt.Fprintf(&sb, ".f%d{%s}", i, r)
	}
	rules := func(pick func(ink) color.NRGBA) {
		for i, k := range c.order {
			n := pick(k)
			hex := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
			fmt.Fprintf(&sb, ".c%s{fill:%s;stroke:none}.c%[1]s.s{stroke:%[2]s}", strconv.FormatInt(int64(i), 36), hex)
		}
	}
	rules(func(k ink) color.NRGBA { return k.light })
	sb.WriteString("\n@media(prefers-color-scheme:dark){")
	rules(func(k ink) color.NRGBA { return k.dark })
	sb.WriteString("}\n</style>\n")
	sb.WriteString(c.body.String())
	sb.WriteString("</svg>\n")
	return sb.String()
}
