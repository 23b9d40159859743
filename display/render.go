package display

import (
	"fmt"
	"image"
	"reflect"
	"slices"
	"sync"
)

// A renderer shows values of the types it knows and says false for all others.
type renderer func(v any) (Bundle, bool)

var (
	renderersMu sync.RWMutex
	renderers   []renderer
)

// Register adds a renderer for values that do not show themselves. The one
// registered last is asked first. It must say false, and quickly, for values
// that it does not know; if it panics, the next one is asked.
func Register(f func(v any) (Bundle, bool)) {
	renderersMu.Lock()
	defer renderersMu.Unlock()
	renderers = append(slices.Clip(renderers), f)
}

// Render returns the bundle of v: what a notebook shows for a last expression.
//
// In this order it takes: the value's MIMEBundle method, a registered renderer,
// a picture for an image.Image, the message of an error, the String method,
// a table for rows of a table (slices of structs, maps, matrices), and Go
// syntax. What panics on the way is passed over and named in the text.
// The bundle always has text/plain, and application/json stands alone with it,
// since JupyterLab prefers JSON to everything else.
func Render(v any) (b Bundle) {
	defer func() {
		if p := recover(); p != nil {
			b = textBundle(fmt.Sprintf("%T (cannot be shown: %s)", v, panicText(p)))
		}
	}()
	var note string
	if m, ok := v.(MIMEBundler); ok {
		b, note = attempt("MIMEBundle", func() (Bundle, bool) {
			b := m.MIMEBundle()
			return b, len(b.Data) > 0
		})
		if note == "" && len(b.Data) > 0 {
			return complete(b, v)
		}
	}
	renderersMu.RLock()
	rs := renderers
	renderersMu.RUnlock()
	for _, r := range slices.Backward(rs) {
		b, n := attempt("renderer", func() (Bundle, bool) { return r(v) })
		if len(b.Data) > 0 {
			return complete(b, v)
		}
		if n != "" {
			note = n
		}
	}
	b, n := attempt("String", func() (Bundle, bool) { return renderKnown(v) })
	if n != "" {
		note = n
	}
	if len(b.Data) == 0 {
		b = textBundle(GoSyntax(v))
	}
	if note != "" {
		b.Data[MIMEText] = b.Text() + "\n(" + note + ")"
	}
	return complete(b, v)
}

// renderKnown shows what the standard interfaces and the shape of a value tell.
func renderKnown(v any) (Bundle, bool) {
	switch v := v.(type) {
	case nil:
		return textBundle("nil"), true
	case image.Image:
		if isNil(v) {
			break
		}
		return Image(v), true
	case error:
		if isNil(v) {
			break
		}
		return textBundle(v.Error()), true
	case fmt.Stringer:
		if isNil(v) {
			break
		}
		return textBundle(clip(v.String())), true
	}
	if t, ok := tableOf(reflect.ValueOf(v)); ok {
		b := t.MIMEBundle()
		if t.goText {
			b.Data[MIMEText] = GoSyntax(v)
		}
		return b, true
	}
	return Bundle{}, false
}

// attempt calls f and turns a panic into a note, since a value that cannot show
// itself must still be seen.
func attempt(what string, f func() (Bundle, bool)) (b Bundle, note string) {
	defer func() {
		if p := recover(); p != nil {
			b, note = Bundle{}, fmt.Sprintf("%s panicked: %s", what, panicText(p))
		}
	}()
	b, ok := f()
	if !ok {
		return Bundle{}, ""
	}
	return b, ""
}

// panicText is the text of a panic value, whose own methods may panic as well.
func panicText(p any) (s string) {
	defer func() {
		if recover() != nil {
			s = fmt.Sprintf("%T", p)
		}
	}()
	return clip(fmt.Sprint(p))
}

func isNil(v any) bool {
	r := reflect.ValueOf(v)
	switch r.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Func, reflect.Chan, reflect.Interface:
		return r.IsNil()
	}
	return false
}

// complete makes of a bundle one that keeps the rules of this package.
func complete(b Bundle, v any) Bundle {
	c := b.clone()
	if _, ok := c.Data[MIMEJSON]; ok {
		for k := range c.Data {
			if k != MIMEJSON && k != MIMEText {
				delete(c.Data, k)
			}
		}
	}
	if c.Text() == "" {
		if h, ok := c.Data[MIMEHTML].(string); ok && stripTags(h) != "" {
			c.Data[MIMEText] = stripTags(h)
		} else if m, ok := c.Data[MIMEMarkdown].(string); ok {
			c.Data[MIMEText] = m
		} else if s, ok := v.(string); !ok || s != "" {
			c.Data[MIMEText] = fallbackText(v)
		}
	}
	if _, ok := c.Data[MIMEText].(string); !ok {
		c.Data[MIMEText] = ""
	}
	// A page of megabytes need not be sent a second time as text.
	if len(c.Data) > 1 {
		c.Data[MIMEText] = clipTo(c.Text(), 64<<10)
	}
	warnOfSize(c)
	return c
}

// largeBundle is the size from which an output is worth a word: notebooks are
// kept in version control and sent by mail.
const largeBundle = 1 << 20

func warnOfSize(b Bundle) {
	n := b.Size()
	if n < largeBundle {
		return
	}
	note := fmt.Sprintf("(this output takes %.1f MB of the notebook)", float64(n)/1e6)
	b.Data[MIMEText] = b.Text() + "\n" + note
	if h, ok := b.Data[MIMEHTML].(string); ok {
		b.Data[MIMEHTML] = h + "<div>" + note + "</div>"
	}
}

func fallbackText(v any) string {
	if b, ok := v.(Bundle); ok {
		return fmt.Sprint(b.Types())
	}
	return GoSyntax(v)
}

// maxText bounds what one value may write under a cell.
const maxText = 20_000

// clip shortens a text that would fill the notebook and says by how much.
func clip(s string) string { return clipTo(s, maxText) }

func clipTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && s[cut]&0xC0 == 0x80 {
		cut--
	}
	return fmt.Sprintf("%s\n… (%d more bytes)", s[:cut], len(s)-cut)
}
