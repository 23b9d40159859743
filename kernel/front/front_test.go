//go:build unix

package front

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/kernel/wire"
)

func TestExecute(t *testing.T) {
	k := startKernel(t, nil)
	r := k.run("print a", "stderr b", "clear", "displays 2", "result 42", "expr", "page")
	if want := "execute_input stream stream clear_output display_data display_data execute_result"; r.types() != want {
		t.Errorf("messages %s, want %s", r.types(), want)
	}
	if r.text("stdout") != "a\n" || r.text("stderr") != "b\n" {
		t.Errorf("stdout %q, stderr %q", r.text("stdout"), r.text("stderr"))
	}
	if r.reply["status"] != "ok" || r.reply["execution_count"] != 1.0 || len(r.reply["payload"].([]any)) != 1 || r.reply["user_expressions"].(map[string]any)["a"] == nil {
		t.Errorf("reply %v", r.reply)
	}
	last := content(r.iopub[len(r.iopub)-1])
	if last["execution_count"] != 1.0 || last["data"].(map[string]any)["text/plain"] != "42" || last["metadata"] == nil {
		t.Errorf("result %v", last)
	}
	r = k.run("error bad")
	if r.types() != "execute_input error" || r.reply["status"] != "error" || r.reply["ename"] != "Boom" || r.reply["execution_count"] != 2.0 {
		t.Errorf("messages %s, reply %v", r.types(), r.reply)
	}
}

func TestSilentAndStoreHistory(t *testing.T) {
	k := startKernel(t, nil)
	k.run("print a")
	r := k.ask(wire.Shell, "execute_request", map[string]any{"code": "result 1", "silent": true})
	if r.types() != "" || r.reply["execution_count"] != 1.0 {
		t.Errorf("silent: messages %q, reply %v", r.types(), r.reply)
	}
	r = k.ask(wire.Shell, "execute_request", map[string]any{"code": "result 1", "store_history": false})
	if r.types() != "execute_input execute_result" || r.reply["execution_count"] != 1.0 {
		t.Errorf("store_history=false: messages %q, reply %v", r.types(), r.reply)
	}
	if r = k.run("print b"); r.reply["execution_count"] != 2.0 {
		t.Errorf("reply %v", r.reply)
	}
	h := k.ask(wire.Shell, "history_request", map[string]any{"hist_access_type": "tail", "n": 10, "output": false})
	if n := len(h.reply["history"].([]any)); n != 2 {
		t.Errorf("%d entries in the history, want 2", n)
	}
}

func TestErrorAbortsTheQueue(t *testing.T) {
	k := startKernel(t, nil)
	a := k.post(wire.Shell, "execute_request", map[string]any{"code": "input ?\nerror x"})
	b := k.post(wire.Shell, "execute_request", map[string]any{"code": "print b"})
	c := k.post(wire.Shell, "execute_request", map[string]any{"code": "print c"})
	// The kernel takes what comes on shell in order: once it has answered a
	// question after them, both are in its queue.
	info := k.post(wire.Shell, "kernel_info_request", nil)
	if m, err := k.c.Recv(wire.Shell, patience); err != nil || parentID(m) != info {
		t.Fatalf("%v, %v", m, err)
	}
	if _, err := k.c.Recv(wire.Stdin, patience); err != nil {
		t.Fatal(err)
	}
	k.post(wire.Stdin, "input_reply", map[string]any{"value": ""})
	if r := k.collect(k.c, wire.Shell, a); r.reply["status"] != "error" {
		t.Errorf("a: %v", r.reply)
	}
	for _, id := range []string{b, c} {
		if r := k.collect(k.c, wire.Shell, id); r.reply["status"] != "aborted" || r.types() != "" {
			t.Errorf("queued: %v, messages %q", r.reply, r.types())
		}
	}
	if r := k.run("print d"); r.reply["status"] != "ok" {
		t.Errorf("sent after the error: %v", r.reply)
	}
	a = k.post(wire.Shell, "execute_request", map[string]any{"code": "sleep 50\nerror x", "stop_on_error": false})
	b = k.post(wire.Shell, "execute_request", map[string]any{"code": "print b"})
	k.collect(k.c, wire.Shell, a)
	if r := k.collect(k.c, wire.Shell, b); r.reply["status"] != "ok" {
		t.Errorf("after an error with stop_on_error=false: %v", r.reply)
	}
}

func TestRequestsOnTheirWayAreAborted(t *testing.T) {
	now := time.Now()
	for _, tt := range []struct {
		name   string
		failed time.Duration // ago
		sent   time.Duration // after the failure
		id     string
		date   string // "" for the one that sent says
		want   bool
	}{
		{"sent before, arrives just after", 5 * time.Millisecond, -time.Millisecond, "s_1", "", true},
		{"sent in answer to the error", 5 * time.Millisecond, time.Millisecond, "s_1", "", false},
		{"sent before, arrives late", time.Second, -time.Millisecond, "s_1", "", false},
		{"a browser in the middle of run all", 20 * time.Millisecond, 10 * time.Millisecond, browser.MsgID, "", true},
		{"a browser that knows of the error", 100 * time.Millisecond, 80 * time.Millisecond, browser.MsgID, "", false},
		{"no date", 5 * time.Millisecond, 0, browser.MsgID, "yesterday", false},
	} {
		c := &cells{failed: now.Add(-tt.failed)}
		h := wire.Header{MsgID: tt.id, Session: "s", Date: wire.Timestamp(c.failed.Add(tt.sent))}
		if tt.date != "" {
			h.Date = tt.date
		}
		if got := c.late(&cell{m: &wire.Message{Header: h}}, now); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if (&cells{}).late(&cell{m: &wire.Message{Header: browser}}, now) {
		t.Error("late without any error before")
	}
}

func TestQuestions(t *testing.T) {
	k := startKernel(t, nil)
	tests := []struct {
		ch      wire.Channel
		typ     string
		content map[string]any
		key     string
		want    string
	}{
		{wire.Shell, "kernel_info_request", map[string]any{}, "protocol_version", `"5.4"`},
		{wire.Control, "kernel_info_request", map[string]any{}, "implementation", `"descent"`},
		{wire.Shell, "complete_request", map[string]any{"code": "fmt.Pri", "cursor_pos": 7}, "matches", `["Println"]`},
		{wire.Shell, "inspect_request", map[string]any{"code": "x", "cursor_pos": 1}, "found", `true`},
		{wire.Shell, "is_complete_request", map[string]any{"code": "if {"}, "indent", `"\t"`},
		{wire.Shell, "comm_info_request", map[string]any{}, "comms", `{}`},
		{wire.Control, "debug_request", map[string]any{}, "status", `"error"`},
		{wire.Shell, "connect_request", map[string]any{}, "status", `"ok"`},
		{wire.Shell, "history_request", map[string]any{"n": "x"}, "status", `"error"`},
		{wire.Shell, "complete_request", map[string]any{"code": 7, "cursor_pos": 7}, "matches", `[]`},
		{wire.Shell, "execute_request", map[string]any{"code": 7}, "status", `"error"`},
		{wire.Control, "interrupt_request", map[string]any{}, "status", `"ok"`},
	}
	check := func() {
		t.Helper()
		for _, tt := range tests {
			r := k.ask(tt.ch, tt.typ, tt.content)
			if got, _ := json.Marshal(r.reply[tt.key]); string(got) != tt.want {
				t.Errorf("%s: %s is %s, want %s", tt.typ, tt.key, got, tt.want)
			}
			if r.reply["status"] == nil {
				t.Errorf("%s: no status in %v", tt.typ, r.reply)
			}
		}
	}
	check()
	tests = tests[:len(tests)-2] // an interrupt would end the cell, the bad execute would wait
	cell := k.begin("soft")
	check()
	k.interrupt()
	if m, err := k.c.Recv(wire.Shell, patience); err != nil || parentID(m) != cell.id {
		t.Errorf("reply of the cell: %v", err)
	}
}

func TestComms(t *testing.T) {
	k := startKernel(t, nil)
	k.run("print ready") // the session has told its targets
	post := func(typ string, c map[string]any) []*wire.Message {
		id := k.post(wire.Shell, typ, c)
		var got []*wire.Message
		for {
			m, err := k.c.Recv(wire.IOPub, patience)
			if err != nil {
				t.Fatal(err)
			}
			if parentID(m) != id {
				continue
			}
			if m.Header.MsgType == "status" {
				if content(m)["execution_state"] == "idle" {
					return got
				}
				continue
			}
			got = append(got, m)
		}
	}
	got := post("comm_open", map[string]any{"comm_id": "c1", "target_name": "unknown", "data": map[string]any{}})
	if len(got) != 1 || got[0].Header.MsgType != "comm_close" || content(got[0])["comm_id"] != "c1" {
		t.Errorf("unknown target: %d messages", len(got))
	}
	post("comm_open", map[string]any{"comm_id": "c2", "target_name": "known", "data": map[string]any{}})
	r := k.ask(wire.Shell, "comm_info_request", map[string]any{"target_name": "known"})
	if fmt.Sprint(r.reply["comms"]) != "map[c2:map[target_name:known]]" {
		t.Errorf("comms %v", r.reply["comms"])
	}
	post("comm_close", map[string]any{"comm_id": "c2"})
	r = k.ask(wire.Shell, "comm_info_request", map[string]any{})
	if fmt.Sprint(r.reply["comms"]) != "map[]" {
		t.Errorf("comms after close %v", r.reply["comms"])
	}
}

func TestCommsOfTheSession(t *testing.T) {
	k := startKernel(t, nil)
	r := k.run("comm")
	if r.types() != "execute_input comm_open comm_msg" {
		t.Fatalf("messages %s", r.types())
	}
	if open := r.iopub[1]; string(open.Metadata) != `{"version":"2"}` || content(open)["target_name"] != "made.here" {
		t.Errorf("open %s %s", open.Metadata, open.Content)
	}
	if msg := r.iopub[2]; len(msg.Buffers) != 1 || string(msg.Buffers[0]) != "\x01\x02\x03" || content(msg)["data"] == nil {
		t.Errorf("msg %s, %d buffers", msg.Content, len(msg.Buffers))
	}
	info := k.ask(wire.Shell, "comm_info_request", map[string]any{})
	if fmt.Sprint(info.reply["comms"]) != "map[s1:map[target_name:made.here]]" {
		t.Errorf("comms %v", info.reply["comms"])
	}
	if r := k.run("comm close"); r.types() != "execute_input comm_open comm_msg comm_close" {
		t.Errorf("messages %s", r.types())
	}
	// A session that ends takes its comms with it.
	k.run("comm")
	k.run("exit 1")
	info = k.ask(wire.Shell, "comm_info_request", map[string]any{})
	if fmt.Sprint(info.reply["comms"]) != "map[]" {
		t.Errorf("comms after the session's end %v", info.reply["comms"])
	}
}

func TestSessionThatTalksNonsense(t *testing.T) {
	k := startKernel(t, nil)
	if r := k.run("unknown", "print on"); r.reply["status"] != "ok" || r.text("stdout") != "on\n" {
		t.Errorf("reply %v, stdout %q", r.reply, r.text("stdout"))
	}
	for _, want := range []string{`unknown type "nonsense"`, "stream", `"no cell"`} {
		if !strings.Contains(k.log.String(), want) {
			t.Errorf("%s is not in the log", want)
		}
	}
}

func TestAnotherParentThanNamed(t *testing.T) {
	// Not this process's parent, but what counts is that it has changed.
	k := startKernel(t, func(o *Options) { o.ParentPID = 1 << 22 })
	k.run("print a")
	gone := make(chan struct{})
	go watchParent(t.Context(), 1<<22, func() { close(gone) })
	select {
	case <-gone:
		t.Error("a parent that is not the one named is taken for gone")
	case <-time.After(1500 * time.Millisecond):
	}
}

func TestInput(t *testing.T) {
	k := startKernel(t, nil)
	id := k.post(wire.Shell, "execute_request", map[string]any{"code": "print before\ninput name?"})
	m, err := k.c.Recv(wire.Stdin, patience)
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.MsgType != "input_request" || content(m)["prompt"] != "name?" || content(m)["password"] != false || parentID(m) != id {
		t.Errorf("%s %s", m.Header.MsgType, m.Content)
	}
	k.post(wire.Stdin, "input_reply", map[string]any{"value": "bob"})
	if r := k.collect(k.c, wire.Shell, id); r.text("stdout") != "before\n\"bob\" false\n" {
		t.Errorf("stdout %q", r.text("stdout"))
	}
	r := k.ask(wire.Shell, "execute_request", map[string]any{"code": "input x", "allow_stdin": false})
	if r.text("stdout") != "\"\" true\n" {
		t.Errorf("without stdin: %q", r.text("stdout"))
	}
}

func TestLateOutputKeepsItsParent(t *testing.T) {
	k := startKernel(t, nil)
	id := k.post(wire.Shell, "execute_request", map[string]any{"code": "late"})
	k.collect(k.c, wire.Shell, id)
	k.post(wire.Shell, "execute_request", map[string]any{"code": "print other"})
	for {
		m, err := k.c.Recv(wire.IOPub, patience)
		if err != nil {
			t.Fatal(err)
		}
		if m.Header.MsgType == "stream" && content(m)["text"] == "late\n" {
			if parentID(m) != id {
				t.Errorf("%s with parent %s, want %s", m.Content, parentID(m), id)
			}
			return
		}
	}
}

func TestOrder(t *testing.T) {
	k := startKernel(t, nil)
	const n = 500
	r := k.run("mixed " + strconv.Itoa(n))
	var got strings.Builder
	for _, m := range r.iopub {
		switch m.Header.MsgType {
		case "stream":
			got.WriteString(content(m)["text"].(string))
		case "display_data":
			got.WriteString(content(m)["data"].(map[string]any)["text/plain"].(string))
		}
	}
	// What went past the session is only ordered against what came after it.
	seen := map[string]int{}
	for i, w := range strings.Fields(got.String()) {
		seen[w] = i + 1
	}
	for i := range n {
		s, raw, d := seen[fmt.Sprintf("s%d", i)], seen[fmt.Sprintf("r%d", i)], seen[fmt.Sprintf("d%d", i)]
		if s == 0 || raw == 0 || d == 0 || s > d || raw > d || i > 0 && s < seen[fmt.Sprintf("d%d", i-1)] {
			t.Fatalf("turn %d: stream at %d, raw at %d, display at %d", i, s, raw, d)
		}
	}
}

func TestFloods(t *testing.T) {
	k := startKernel(t, nil)
	began := time.Now()
	id := k.post(wire.Shell, "execute_request", map[string]any{"code": "lines 100000"})
	time.Sleep(500 * time.Millisecond) // a reader that comes late
	r := k.collect(k.c, wire.Shell, id)
	var want strings.Builder
	for i := range 100000 {
		fmt.Fprintln(&want, "line", i)
	}
	if r.text("stdout") != want.String() {
		t.Errorf("%d bytes of lines came, want %d, or they differ", len(r.text("stdout")), want.Len())
	}
	// A message is full, or the text had its time to gather.
	if n, most := len(r.iopub), want.Len()/flushSize+int(time.Since(began)/flushAfter)+2; n > most {
		t.Errorf("%d messages for 100000 lines, want at most %d", n, most)
	}
	id = k.post(wire.Shell, "execute_request", map[string]any{"code": "displays 20000"})
	time.Sleep(500 * time.Millisecond)
	r = k.collect(k.c, wire.Shell, id)
	if len(r.iopub) != 20001 {
		t.Fatalf("%d messages, want 20001", len(r.iopub))
	}
	for i, m := range r.iopub[1:] {
		if content(m)["data"].(map[string]any)["text/plain"] != strconv.Itoa(i) {
			t.Fatalf("display %d is %s", i, m.Content)
		}
	}
}

func TestShutdown(t *testing.T) {
	for _, ch := range []wire.Channel{wire.Control, wire.Shell} {
		k := startKernel(t, nil)
		pid, _ := strconv.Atoi(k.run("pid").text("stdout"))
		cell := k.post(wire.Shell, "execute_request", map[string]any{"code": "never"})
		id := k.post(ch, "shutdown_request", map[string]any{"restart": true})
		for got := map[string]bool{}; !got["shutdown_reply"]; {
			m, err := k.c.Recv(ch, patience)
			if err != nil {
				t.Fatal(err)
			}
			if parentID(m) == id && content(m)["restart"] != true {
				t.Errorf("reply %s", m.Content)
			}
			got[m.Header.MsgType] = true
		}
		select {
		case err := <-k.done:
			if err != nil {
				t.Error(err)
			}
			k.done <- nil
		case <-time.After(5 * time.Second):
			t.Fatal("no end after shutdown_reply")
		}
		if processRuns(pid) {
			t.Errorf("session %d outlives the kernel", pid)
		}
		_ = cell
	}
}
