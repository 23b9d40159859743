package display

import (
	"encoding/json"
	"maps"
	"slices"
)

// The MIME types that bundles are made of.
const (
	MIMEText     = "text/plain"
	MIMEHTML     = "text/html"
	MIMEMarkdown = "text/markdown"
	MIMELaTeX    = "text/latex"
	MIMESVG      = "image/svg+xml"
	MIMEPNG      = "image/png"
	MIMEJPEG     = "image/jpeg"
	MIMEJSON     = "application/json"
)

// A Bundle is one thing to show, in several representations.
//
// Keys of Data are MIME types. A value is a string, a []byte (sent as base64)
// or anything that encoding/json can marshal. Metadata has, under the same
// keys, what a front-end should know about a representation: width, height and
// alt of a picture. IPython: the (data, metadata) pair of _repr_mimebundle_.
type Bundle struct {
	Data, Metadata map[string]any
}

// A MIMEBundler shows itself. IPython: _repr_mimebundle_.
type MIMEBundler interface {
	MIMEBundle() Bundle
}

// MIMEBundle returns b: a bundle shows itself as it is.
func (b Bundle) MIMEBundle() Bundle { return b }

// Text returns the text/plain of b, "" if there is none.
func (b Bundle) Text() string {
	s, _ := b.Data[MIMEText].(string)
	return s
}

// Types returns the MIME types of b in alphabetical order.
func (b Bundle) Types() []string {
	return slices.Sorted(maps.Keys(b.Data))
}

// Size returns about how many bytes b takes in a notebook file, base64 included.
func (b Bundle) Size() int {
	n := 0
	for k, v := range b.Data {
		n += len(k)
		switch v := v.(type) {
		case string:
			n += len(v)
		case []byte:
			n += (len(v) + 2) / 3 * 4
		default:
			if j, err := json.Marshal(v); err == nil {
				n += len(j)
			}
		}
	}
	return n
}

// clone returns a copy of b whose maps are its own.
func (b Bundle) clone() Bundle {
	c := Bundle{Data: maps.Clone(b.Data), Metadata: maps.Clone(b.Metadata)}
	if c.Data == nil {
		c.Data = map[string]any{}
	}
	if c.Metadata == nil {
		c.Metadata = map[string]any{}
	}
	return c
}

// textBundle is the bundle of plain text.
func textBundle(s string) Bundle {
	return Bundle{Data: map[string]any{MIMEText: s}, Metadata: map[string]any{}}
}
