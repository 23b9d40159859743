package eval

import (
	"expvar"
	"net/http"
	"net/http/pprof"
	"sync"
)

// The packages expvar and net/http/pprof, which the binary holds, have added their
// handlers to http.DefaultServeMux. A cell gets one without them until it imports
// the packages.
func init() { http.DefaultServeMux = http.NewServeMux() }

var serveVars, serveProfiles sync.Once

// serve adds the handlers that a program gets with the import of a package.
func serve(importPath string) {
	switch importPath {
	case "expvar":
		serveVars.Do(func() { http.Handle("GET /debug/vars", expvar.Handler()) })
	case "net/http/pprof":
		serveProfiles.Do(func() {
			http.HandleFunc("GET /debug/pprof/", pprof.Index)
			http.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
			http.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
			http.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
			http.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
		})
	}
}
