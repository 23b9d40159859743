package front

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"descent/kernel/link"
	"descent/kernel/wire"
)

// replayMagic is the line that runs earlier cells again. The front handles it,
// not the session: it is wanted when the session has died and knows nothing.
const replayMagic = "%replay"

// ran is a cell that has run without error in this kernel.
type ran struct {
	count int
	code  string
}

// remember keeps a cell for a replay, as it is after its payload.
func (c *cells) remember(cell *cell, payload []json.RawMessage) {
	if !cell.req.stores() || isReplay(cell.req.Code) {
		return
	}
	code := cell.req.Code
	for _, p := range payload {
		if text, ok := replacement(p); ok {
			code = text
		}
	}
	c.done = append(c.done, ran{cell.count, code})
}

// replacement returns the text that a payload puts in the place of its cell's.
func replacement(payload json.RawMessage) (text string, ok bool) {
	var p struct {
		Source, Text string
		Replace      bool
	}
	err := json.Unmarshal(payload, &p)
	return p.Text, err == nil && p.Source == "set_next_input" && p.Replace
}

// payloadFor leaves out what a client would misunderstand: a console takes the
// new text of a cell for the next one. Consoles read the sockets themselves; what
// has cells that can change is an editor behind a server.
func payloadFor(h wire.Header, payload []json.RawMessage) []json.RawMessage {
	if !readsDirectly(h) {
		return payload
	}
	return slices.DeleteFunc(slices.Clone(payload), func(p json.RawMessage) bool {
		_, ok := replacement(p)
		return ok
	})
}

// counts lists the cells that a replay would run, as in "cells 1–4, 6"; "" if
// there are none.
func (c *cells) counts() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.done) == 0 {
		return ""
	}
	var parts []string
	for i := 0; i < len(c.done); {
		j := i
		for j+1 < len(c.done) && c.done[j+1].count == c.done[j].count+1 {
			j++
		}
		if j > i {
			parts = append(parts, fmt.Sprintf("%d–%d", c.done[i].count, c.done[j].count))
		} else {
			parts = append(parts, strconv.Itoa(c.done[i].count))
		}
		i = j + 1
	}
	if len(c.done) == 1 {
		return "cell " + parts[0]
	}
	return "cells " + strings.Join(parts, ", ")
}

func isReplay(code string) bool {
	f := strings.Fields(code)
	return len(f) > 0 && f[0] == replayMagic
}

// selectCells returns the cells that the arguments of a %replay line name:
// numbers and ranges, all cells without any.
func (c *cells) selectCells(code string) ([]ran, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	args := strings.Fields(code)[1:]
	if len(args) == 0 {
		return append([]ran(nil), c.done...), nil
	}
	var list []ran
	for _, a := range args {
		from, to, isRange := strings.Cut(strings.ReplaceAll(a, "–", "-"), "-")
		if !isRange {
			to = from
		}
		lo, err1 := strconv.Atoi(from)
		hi, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || lo > hi {
			return nil, fmt.Errorf("%q is no cell number and no range of them, such as 3 or 1-6", a)
		}
		n := len(list)
		for _, r := range c.done {
			if r.count >= lo && r.count <= hi {
				list = append(list, r)
			}
		}
		if len(list) == n {
			return nil, fmt.Errorf("no cell numbered %s has run without error in this kernel", a)
		}
	}
	return list, nil
}

// replay runs earlier cells again, until one fails. Their output appears
// under the cell that asked.
func (f *Front) replay(ctx context.Context, c *cell) outcome {
	list, err := f.cells.selectCells(c.req.Code)
	if err != nil {
		e := link.Error{EName: "replay", EValue: err.Error(), Traceback: []string{replayMagic + ": " + err.Error()}}
		f.out.publish("error", c.m.RawHeader, e)
		return outcome{reply: link.ExecuteReply{Status: "error", EName: e.EName, EValue: e.EValue, Traceback: e.Traceback}}
	}
	o := outcome{reply: link.ExecuteReply{Status: "ok"}}
	for _, r := range list {
		f.out.stream(c.m.RawHeader, "stdout", fmt.Sprintf("%s: cell %d\n", replayMagic, r.count))
		o = f.execute(ctx, c, r.count, r.code)
		if o.death != nil || o.reply.Status != "ok" {
			break
		}
		o.reply.Payload = nil // it is about the cell that runs again
	}
	return o
}
