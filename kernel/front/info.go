package front

import (
	"fmt"
	"runtime"
	"strings"

	"descent/kernel/wire"
)

// helpLink is an entry of the Help menu.
type helpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// kernelInfo is the content of kernel_info_reply.
func (f *Front) kernelInfo() map[string]any {
	goVersion := strings.TrimPrefix(runtime.Version(), "go")
	return map[string]any{
		"status":                 "ok",
		"protocol_version":       wire.ProtocolVersion,
		"implementation":         "descent",
		"implementation_version": f.opts.Version,
		"language_info": map[string]any{
			"name":            "go",
			"version":         goVersion,
			"mimetype":        "text/x-go",
			"file_extension":  ".go",
			"pygments_lexer":  "go",
			"codemirror_mode": "go",
		},
		"banner": fmt.Sprintf("Descent %s: Go %s and deep learning, cell by cell", f.opts.Version, goVersion),
		"help_links": []helpLink{
			{"Go language specification", "https://go.dev/ref/spec"},
			{"Go standard library", "https://pkg.go.dev/std"},
			{"A Tour of Go", "https://go.dev/tour/"},
		},
		"supported_features": []string{},
	}
}
