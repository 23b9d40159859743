//go:build unix

package front

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"descent/kernel/wire"
)

func TestReplay(t *testing.T) {
	k := startKernel(t, nil)
	k.run("print one")
	k.run("print two")
	k.run("error three")
	k.run("result four")
	r := k.run("exit 1") // cell 5
	tb := fmt.Sprint(r.reply["traceback"])
	if !strings.Contains(tb, "`%replay` in a cell runs cells 1–2, 4 again") {
		t.Errorf("traceback %s", tb)
	}
	r = k.run("%replay")
	if r.reply["status"] != "ok" || r.text("stdout") != "%replay: cell 1\none\n%replay: cell 2\ntwo\n%replay: cell 4\n" || !strings.HasSuffix(r.types(), "execute_result") {
		t.Errorf("replay: %v, %s, %q", r.reply, r.types(), r.text("stdout"))
	}
	for _, tt := range []struct{ code, stdout, evalue string }{
		{"%replay 2", "%replay: cell 2\ntwo\n", ""},
		{" %replay 1-3 4", "%replay: cell 1\none\n%replay: cell 2\ntwo\n%replay: cell 4\n", ""},
		{"%replay x", "", "no cell number"},
		{"%replay 3", "", "no cell numbered 3"},
		{"%replay 2-1", "", "no cell number"},
	} {
		r := k.run(tt.code)
		evalue, _ := r.reply["evalue"].(string)
		if r.text("stdout") != tt.stdout || !strings.Contains(evalue, tt.evalue) || (tt.evalue == "") != (r.reply["status"] == "ok") {
			t.Errorf("%s: stdout %q, reply %v", tt.code, r.text("stdout"), r.reply)
		}
	}
	k.run("sleep 1")
	k.run("kill")
	if r := k.run("%replay 1"); r.text("stdout") != "%replay: cell 1\none\n" {
		t.Errorf("after a second death: %q", r.text("stdout"))
	}
}

func TestRewrittenCell(t *testing.T) {
	k := startKernel(t, nil)
	// To this client, which is no editor, the new text is not told.
	if r := k.run("page", "rewrite new"); fmt.Sprint(r.reply["payload"]) != "[map[source:page]]" {
		t.Errorf("payload %v", r.reply["payload"])
	}
	if r := k.run("%replay"); r.text("stdout") != "%replay: cell 1\nnew\n" {
		t.Errorf("replay prints %q", r.text("stdout"))
	}
	payload := []json.RawMessage{json.RawMessage(`{"source":"set_next_input","text":"x","replace":true}`)}
	if got := payloadFor(browser, payload); len(got) != 1 {
		t.Errorf("an editor gets %s", got)
	}
	other := []json.RawMessage{json.RawMessage(`{"source":"set_next_input","text":"x"}`), json.RawMessage(`{"source":"page"}`)}
	if got := payloadFor(wire.Header{MsgID: "s_1", Session: "s"}, append(payload, other...)); len(got) != 2 {
		t.Errorf("a console gets %s", got)
	}
}

func TestHistoryFile(t *testing.T) {
	file := t.TempDir() + "/deep/history.jsonl"
	silent := func(line string) { t.Errorf("log: %s", line) }
	h := openHistory(file, silent)
	for i := range 30 {
		h.add(i+1, strings.Repeat("x", maxHistoryFile/20))
		h.output(i+1, strings.Repeat("o", maxOutput+1)) // too long to keep
	}
	h.close()
	if b, err := os.ReadFile(file); err != nil || len(b) < maxHistoryFile {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	// What is too much is cut to its newer half; a broken line is passed over.
	f, _ := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	f.WriteString("{\"s\":1,\n")
	f.Close()
	h = openHistory(file, silent)
	h.add(1, "new")
	if h.session != 2 || len(h.entries) < 10 || len(h.entries) > 20 {
		t.Errorf("session %d with %d entries", h.session, len(h.entries))
	}
	h.close()
	if b, _ := os.ReadFile(file); len(b) > maxHistoryFile || !strings.HasSuffix(string(b), "{\"s\":2,\"n\":1,\"code\":\"new\"}\n") {
		t.Errorf("%d bytes after the cut, ending %q", len(b), b[max(0, len(b)-60):])
	}
	// A place that cannot be written costs the file, not the history.
	var lines []string
	h = openHistory(file+"/impossible", func(l string) { lines = append(lines, l) })
	h.add(1, "kept")
	if len(lines) != 1 || len(h.entries) != 1 {
		t.Errorf("log %q, %d entries", lines, len(h.entries))
	}
	h.close()
}

func TestHistoryAcrossKernels(t *testing.T) {
	file := t.TempDir() + "/history.jsonl"
	with := func(o *Options) { o.HistoryFile = file }
	k := startKernel(t, with)
	k.run("result 1")
	k.run("print a")
	k.stop()
	k.done <- <-k.done
	k = startKernel(t, with)
	k.run("result 3")
	r := k.ask(wire.Shell, "history_request", map[string]any{"hist_access_type": "tail", "n": 10, "output": true, "raw": true})
	if got := fmt.Sprint(r.reply["history"]); got != "[[1 1 [result 1 1]] [1 2 [print a <nil>]] [2 1 [result 3 3]]]" {
		t.Errorf("history %s", got)
	}
	for _, tt := range []struct {
		request map[string]any
		want    string
	}{
		{map[string]any{"hist_access_type": "range", "session": 0, "start": 1, "stop": 2}, "[[2 1 result 3]]"},
		{map[string]any{"hist_access_type": "range", "session": -1, "start": 2, "stop": nil}, "[[1 2 print a]]"},
		{map[string]any{"hist_access_type": "search", "pattern": "res*[13]", "n": 1}, "[[2 1 result 3]]"},
		{map[string]any{"hist_access_type": "search", "pattern": "print ?", "unique": true}, "[[1 2 print a]]"},
	} {
		r := k.ask(wire.Shell, "history_request", tt.request)
		if got := fmt.Sprint(r.reply["history"]); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.request, got, tt.want)
		}
	}
}
