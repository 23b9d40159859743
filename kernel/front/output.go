package front

import (
	"encoding/json"
	"strings"
	"sync"
	"time"

	"descent/kernel/wire"
)

const (
	// flushSize is how much text of one stream gathers before it is published.
	flushSize = 32 << 10
	// flushAfter is how long text gathers.
	flushAfter = 20 * time.Millisecond
)

// output publishes on iopub. Text gathers into few messages; everything else
// flushes it first, so that one order holds for text, displays, errors and
// states.
type output struct {
	ep   *wire.Endpoint
	pace *pacer

	mu     sync.Mutex
	parent json.RawMessage
	name   string
	text   strings.Builder
	timer  *time.Timer // runs while text is not empty
}

func newOutput(ep *wire.Endpoint, pace *pacer) *output {
	o := &output{ep: ep, pace: pace}
	o.timer = time.AfterFunc(time.Hour, o.flush)
	o.timer.Stop()
	return o
}

// stream adds text to a stream of the request with that header.
func (o *output) stream(parent json.RawMessage, name, text string) {
	if text == "" {
		return
	}
	when := o.pace.flushing()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.text.Len() > 0 && (name != o.name || string(parent) != string(o.parent)) {
		o.flushLocked()
	}
	if o.text.Len() == 0 {
		o.parent, o.name = parent, name
		o.timer.Reset(when.after)
	}
	o.text.WriteString(text)
	if o.text.Len() >= when.size {
		o.flushLocked()
	}
}

// publish publishes a message after the text before it.
func (o *output) publish(msgType string, parent json.RawMessage, content any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
	o.publishLocked(msgType, parent, content)
}

// publishLocked panics on content that cannot be encoded: all content is made
// in this package or has been JSON already.
func (o *output) publishLocked(msgType string, parent json.RawMessage, content any) {
	if err := o.ep.Publish(msgType, parent, content); err != nil {
		panic(err)
	}
}

func (o *output) flush() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.flushLocked()
}

func (o *output) flushLocked() {
	if o.text.Len() == 0 {
		return
	}
	o.timer.Stop()
	o.publishLocked("stream", o.parent, streamContent{Name: o.name, Text: o.text.String()})
	o.text.Reset()
}

type streamContent struct {
	Name string `json:"name"`
	Text string `json:"text"`
}
