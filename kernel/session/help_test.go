package session

import (
	"strings"
	"testing"

	"descent/kernel/link"
)

// TestHelpWhileACellRuns asks for everything that an editor asks for while a cell
// computes that does not end by itself.
func TestHelpWhileACellRuns(t *testing.T) {
	c := start(t)
	c.ok("type T struct{ Alpha, beta int }\nvalue := T{}")
	id, reply := c.begin(link.Execute{Code: "for {}"})
	defer func() {
		_ = c.conn.Send(link.New(link.TypeInterrupt, id, link.Interrupt{}))
		c.wait(id, reply)
	}()
	var comp link.CompleteReply
	m := <-c.ask(link.TypeComplete, "complete", link.Complete{Code: "s := \"🎉\"; value.", CursorPos: 16})
	if err := m.Decode(&comp); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(comp.Matches, " "); got != "Alpha beta" || comp.CursorStart != 16 || comp.CursorEnd != 16 {
		t.Errorf("complete: %q from %d to %d", got, comp.CursorStart, comp.CursorEnd)
	}
	kinds, _ := comp.Metadata["_jupyter_types_experimental"].([]any)
	if len(kinds) != len(comp.Matches) {
		t.Errorf("%d kinds for %d matches", len(kinds), len(comp.Matches))
	} else if k := kinds[0].(map[string]any); k["text"] != "Alpha" || k["type"] != "property" || k["signature"] != "int" {
		t.Errorf("kind %v", k)
	}
	var insp link.InspectReply
	m = <-c.ask(link.TypeInspect, "inspect", link.Inspect{Code: "dl.Zeros(", CursorPos: 9})
	if err := m.Decode(&insp); err != nil || !insp.Found || !strings.Contains(insp.Data["text/markdown"].(string), "func dl.Zeros") {
		t.Errorf("inspect: %+v %v", insp, err)
	}
	var whole link.IsCompleteReply
	m = <-c.ask(link.TypeIsComplete, "whole", link.IsComplete{Code: "for {"})
	if err := m.Decode(&whole); err != nil || whole.Status != "incomplete" || whole.Indent == "" {
		t.Errorf("is_complete: %+v %v", whole, err)
	}
	m = <-c.ask(link.TypeComplete, "magic", link.Complete{Code: "%ti", CursorPos: 3})
	if err := m.Decode(&comp); err != nil || strings.Join(comp.Matches, " ") != "time timeit" || comp.CursorStart != 1 {
		t.Errorf("magic: %+v %v", comp, err)
	}
	m = <-c.ask(link.TypeInspect, "magic help", link.Inspect{Code: "é\n%timeit f(1)", CursorPos: 5})
	if err := m.Decode(&insp); err != nil || !insp.Found || !strings.Contains(insp.Data["text/plain"].(string), "%timeit code") {
		t.Errorf("inspect of a command: %+v %v", insp, err)
	}
}

func TestWho(t *testing.T) {
	c := start(t)
	c.ok("count := 42\nname := \"descent\"\nfunc f(x int) int { return x }\ntype P struct{}")
	o := c.ok("%who")
	text := ""
	for _, e := range o.events {
		if e.typ == link.TypeDisplay {
			text, _ = e.display.Data["text/plain"].(string)
		}
	}
	for _, want := range []string{"count", "42", "\"descent\"", "f ", "P "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	o = c.ok("strings.ToUpper?")
	if len(o.reply.Payload) != 1 || !strings.Contains(string(o.reply.Payload[0]), `"source":"page"`) || !strings.Contains(string(o.reply.Payload[0]), "upper case") {
		t.Errorf("name? gives the payload %s", o.reply.Payload)
	}
}

// TestFormat formats cells in their places.
func TestFormat(t *testing.T) {
	c := start(t)
	o := c.ok("%fmt\nfunc f(x int)int{return x}\ny:=f( 1 )")
	if got, want := rewritten(t, o), "func f(x int) int { return x }\ny := f(1)"; got != want {
		t.Errorf("the cell becomes %q, want %q", got, want)
	}
	if r := c.run("%fmt\nx := 1\ny := = 2").reply; r.Status != "error" || !strings.Contains(r.EValue, "line 3, column 6") {
		t.Errorf("wrong code: %+v", r)
	}
}
