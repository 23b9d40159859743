package front

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"descent/kernel/link"
)

const (
	// maxHistoryFile is the size above which the older half of the history
	// file is forgotten when a kernel starts.
	maxHistoryFile = 2 << 20
	// maxOutput is the length of the longest output that the history keeps.
	maxOutput = 4 << 10
)

// entry is a cell that was run. In the file, a line without code marks the
// start of a session.
type entry struct {
	Session int    `json:"s"`
	Line    int    `json:"n,omitempty"`
	Code    string `json:"code,omitempty"`
	Output  string `json:"out,omitempty"`
}

// history is what was run, in this session (one run of the kernel) and those
// before it.
type history struct {
	log     func(string)
	ready   chan struct{} // closed when the file has been read
	mu      sync.Mutex
	session int
	entries []entry
	file    *os.File
	pending *entry // the newest, not written yet: its output may come
}

// openHistory starts reading the history file; "" means that there is none.
func openHistory(path string, log func(string)) *history {
	h := &history{log: log, session: 1, ready: make(chan struct{})}
	if path == "" {
		close(h.ready)
		return h
	}
	go func() {
		defer close(h.ready)
		if err := h.load(path); err != nil {
			log(fmt.Sprintf("history: %v; it will be kept in memory only", err))
		}
	}()
	return h
}

func (h *history) load(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	b, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if len(b) > maxHistoryFile {
		b = b[len(b)/2:]
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			b = b[i+1:]
		}
		if err := replaceFile(path, b); err != nil {
			return err
		}
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Buffer(nil, maxHistoryFile)
	for sc.Scan() {
		var e entry
		if json.Unmarshal(sc.Bytes(), &e) != nil {
			continue // a line cut by a crash
		}
		h.session = max(h.session, e.Session+1)
		if e.Code != "" {
			h.entries = append(h.entries, e)
		}
	}
	h.file = file
	h.append(entry{Session: h.session}) // takes the number
	return sc.Err()
}

func replaceFile(path string, b []byte) error {
	tmp := path + ".new"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// append writes one line; one write keeps the lines of several kernels whole.
func (h *history) append(e entry) {
	if h.file == nil {
		return
	}
	b, err := json.Marshal(e)
	if err == nil {
		_, err = h.file.Write(append(b, '\n'))
	}
	if err != nil {
		h.log(fmt.Sprintf("history: %v; from here on it is kept in memory only", err))
		h.file.Close()
		h.file = nil
	}
}

func (h *history) writePending() {
	if h.pending != nil {
		h.append(*h.pending)
		h.pending = nil
	}
}

// add records a cell that is about to run.
func (h *history) add(line int, code string) {
	<-h.ready
	h.mu.Lock()
	defer h.mu.Unlock()
	h.writePending()
	h.entries = append(h.entries, entry{Session: h.session, Line: line, Code: code})
	p := h.entries[len(h.entries)-1]
	h.pending = &p
}

// output records what the cell with that number displayed as its result.
func (h *history) output(line int, text string) {
	if len(text) > maxOutput {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := len(h.entries); n > 0 && h.pending != nil && h.pending.Line == line {
		h.entries[n-1].Output = text
		h.pending.Output = text
	}
}

func (h *history) close() {
	<-h.ready
	h.mu.Lock()
	defer h.mu.Unlock()
	h.writePending()
	if h.file != nil {
		h.file.Close()
		h.file = nil
	}
}

// historyRequest is the content of history_request.
type historyRequest struct {
	Output  bool   `json:"output"`
	Type    string `json:"hist_access_type"`
	Session int    `json:"session"`
	Start   int    `json:"start"`
	Stop    *int   `json:"stop"`
	N       *int   `json:"n"`
	Pattern string `json:"pattern"`
	Unique  bool   `json:"unique"`
}

// answer is the content of history_reply.
func (h *history) answer(request json.RawMessage) map[string]any {
	var r historyRequest
	if err := json.Unmarshal(request, &r); err != nil {
		c := errorContent("BadRequest", "history_request: "+err.Error())
		c["history"] = []any{}
		return c
	}
	<-h.ready
	h.mu.Lock()
	found := h.find(r)
	h.mu.Unlock()
	list := make([][3]any, 0, len(found))
	for _, e := range found {
		item := [3]any{e.Session, e.Line, e.Code}
		if r.Output {
			var out any
			if e.Output != "" {
				out = e.Output
			}
			item[2] = [2]any{e.Code, out}
		}
		list = append(list, item)
	}
	return map[string]any{"status": "ok", "history": list}
}

func (h *history) find(r historyRequest) []entry {
	var found []entry
	switch r.Type {
	case "range":
		session := r.Session
		if session <= 0 {
			session += h.session // 0 is this one, -1 the one before
		}
		for _, e := range h.entries {
			if e.Session == session && e.Line >= r.Start && (r.Stop == nil || e.Line < *r.Stop) {
				found = append(found, e)
			}
		}
		return found
	case "search":
		match := glob(r.Pattern)
		at := map[string]int{}
		for _, e := range h.entries {
			if !match.MatchString(e.Code) {
				continue
			}
			if i, seen := at[e.Code]; r.Unique && seen {
				found[i].Code = "" // the newest stands for all
			}
			at[e.Code] = len(found)
			found = append(found, e)
		}
		kept := found[:0]
		for _, e := range found {
			if e.Code != "" {
				kept = append(kept, e)
			}
		}
		found = kept
	default: // tail
		found = h.entries
	}
	if r.N != nil && *r.N >= 0 && len(found) > *r.N {
		found = found[len(found)-*r.N:]
	}
	return found
}

// glob compiles a pattern of *, ? and [sets], which matches whole cells.
func glob(pattern string) *regexp.Regexp {
	if pattern == "" {
		pattern = "*"
	}
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '*':
			b.WriteString(".*")
		case '?':
			b.WriteString(".")
		case '[':
			if end := strings.IndexByte(pattern[i+1:], ']'); end > 0 {
				set := pattern[i+1 : i+1+end]
				not := ""
				if set[0] == '^' || set[0] == '!' {
					not, set = "^", set[1:]
				}
				if set != "" {
					b.WriteString("[" + not + strings.NewReplacer(`\`, `\\`, `[`, `\[`, `^`, `\^`).Replace(set) + "]")
					i += end + 1
					continue
				}
			}
			b.WriteString(`\[`)
		default:
			b.WriteString(regexp.QuoteMeta(pattern[i : i+1]))
		}
	}
	b.WriteString(`\z`)
	re, err := regexp.Compile(b.String())
	if err != nil { // a set such as [z-a]
		return regexp.MustCompile(`(?s)\A` + regexp.QuoteMeta(pattern) + `\z`)
	}
	return re
}

// result publishes the value of a cell's last expression.
func (f *Front) result(m link.Message) {
	c := f.cells.running()
	if c != nil && c.m.Header.MsgID == m.ID {
		if c.req.Silent {
			return
		}
		if c.req.stores() && len(m.Body) <= 4*maxOutput {
			var r struct {
				Data struct {
					Plain string `json:"text/plain"`
				} `json:"data"`
			}
			if json.Unmarshal(m.Body, &r) == nil {
				f.history.output(c.count, r.Data.Plain)
			}
		}
	}
	f.out.publish("execute_result", f.parents.get(m.ID), m.Body)
}
