package link

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// stream is a ReadWriteCloser over a buffer: what is written can be read.
type stream struct{ bytes.Buffer }

func (*stream) Close() error { return nil }

func TestRoundTrip(t *testing.T) {
	tests := []Message{
		New(TypeExecute, "id-1", Execute{Code: "x := 1", Count: 7, StoreHistory: true}),
		New(TypeShutdown, "", nil),
		New(TypeDisplay, strings.Repeat("i", 0xffff), Display{Data: map[string]any{"image/png": []byte{1, 2, 3}}}),
		New(TypeStream, "é", Stream{Name: "stdout", Text: strings.Repeat("日本", 2<<20)}),
		New(TypeExecuteReply, "z", ExecuteReply{Status: "ok"}),
	}
	c := NewConn(&stream{})
	for _, m := range tests {
		if err := c.Send(m); err != nil {
			t.Fatalf("%s: %v", m.Type, err)
		}
	}
	for _, want := range tests {
		got, err := c.Recv()
		if err != nil {
			t.Fatalf("%s: %v", want.Type, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: came back changed (%d bytes, want %d)", want.Type, len(got.Body), len(want.Body))
		}
	}
	if _, err := c.Recv(); err != io.EOF {
		t.Errorf("after the last message: %v, want io.EOF", err)
	}
}

func TestDisplayBytesBecomeBase64(t *testing.T) {
	m := New(TypeDisplay, "", Display{Data: map[string]any{"image/png": []byte("\x89PNG")}})
	if want := `{"data":{"image/png":"iVBORw=="},"metadata":{},"transient":{}}`; string(m.Body) != want {
		t.Errorf("body %s, want %s", m.Body, want)
	}
}

func TestBodiesAreJupyterContent(t *testing.T) {
	tests := []struct {
		m         Message
		typ, body string
	}{
		{New(TypeDisplay, "", Display{Update: true}), TypeUpdateDisplay, `{"data":{},"metadata":{},"transient":{}}`},
		{New(TypeResult, "", Result{Data: map[string]any{"text/html": "<b>&"}, Count: 3}), TypeResult, `{"data":{"text/html":"<b>&"},"metadata":{},"execution_count":3}`},
		{New(TypeError, "", Error{EName: "Panic", EValue: "boom"}), TypeError, `{"ename":"Panic","evalue":"boom","traceback":[]}`},
		{New(TypeClearOutput, "", ClearOutput{}), TypeClearOutput, `{"wait":false}`},
	}
	for _, tt := range tests {
		if tt.m.Type != tt.typ || string(tt.m.Body) != tt.body {
			t.Errorf("got %s %s, want %s %s", tt.m.Type, tt.m.Body, tt.typ, tt.body)
		}
	}
}

func TestSendRefuses(t *testing.T) {
	var s stream
	c := NewConn(&s)
	for _, m := range []Message{
		{},
		{Type: strings.Repeat("t", 256)},
		{Type: "t", ID: strings.Repeat("i", 1<<16)},
	} {
		if err := c.Send(m); !errors.Is(err, ErrBadFrame) {
			t.Errorf("type of %d, id of %d: %v, want ErrBadFrame", len(m.Type), len(m.ID), err)
		}
	}
	if s.Len() != 0 {
		t.Errorf("a refused message left %d bytes on the wire", s.Len())
	}
	if _, err := Encode(TypeDisplay, "", Display{Data: map[string]any{"x": make(chan int)}}); err == nil {
		t.Error("a channel in display data was encoded")
	}
}

func TestRecvRefuses(t *testing.T) {
	frame := func(size uint32, nt byte, nid uint16, rest string) string {
		b := binary.BigEndian.AppendUint32(nil, size)
		b = append(b, nt)
		b = binary.BigEndian.AppendUint16(b, nid)
		return string(b) + rest
	}
	tests := []struct {
		name, in string
		want     error
	}{
		{"empty", "", io.EOF},
		{"cut header", "\x00\x00", io.ErrUnexpectedEOF},
		{"cut body", frame(3+1+10, 1, 0, "tabc"), io.ErrUnexpectedEOF},
		{"no type", frame(3, 0, 0, ""), ErrBadFrame},
		{"type longer than the frame", frame(4, 9, 0, "t"), ErrBadFrame},
		{"id longer than the frame", frame(4, 1, 500, "t"), ErrBadFrame},
		{"shorter than its header", frame(1, 1, 0, "t"), ErrBadFrame},
		{"over the limit", frame(MaxFrame+1, 1, 0, "t"), ErrBadFrame},
	}
	for _, tt := range tests {
		var s stream
		s.WriteString(tt.in)
		if _, err := NewConn(&s).Recv(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestForgedLengthAllocatesLittle(t *testing.T) {
	var s stream
	b := binary.BigEndian.AppendUint32(nil, MaxFrame)
	s.Write(append(b, 1, 0, 0, 't'))
	c := NewConn(&s)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := c.Recv(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Fatalf("err %v, want io.ErrUnexpectedEOF", err)
	}
	runtime.ReadMemStats(&after)
	if d := after.TotalAlloc - before.TotalAlloc; d > 4*growStep {
		t.Errorf("allocated %d bytes for a frame whose bytes never came", d)
	}
}

func TestSendFromManyGoroutines(t *testing.T) {
	a, b := net.Pipe()
	ca, cb := NewConn(a), NewConn(b)
	const writers, each = 8, 200
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				if err := ca.Send(New(TypeStream, fmt.Sprint(w), i)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	next := map[string]int{}
	for range writers * each {
		m, err := cb.Recv()
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprint(next[m.ID]); string(m.Body) != want {
			t.Fatalf("writer %s: body %s, want %s", m.ID, m.Body, want)
		}
		next[m.ID]++
	}
	wg.Wait()
	ca.Close()
	if _, err := cb.Recv(); err == nil {
		t.Error("Recv after the peer's Close returned no error")
	}
}

// TestMain doubles as the child of TestAttach.
func TestMain(m *testing.M) {
	if os.Getenv(envPair) == "" {
		os.Exit(m.Run())
	}
	c, err := Inherited()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
	for {
		msg, err := c.Recv()
		if err != nil {
			os.Exit(4)
		}
		if msg.Type == TypeShutdown {
			os.Exit(0)
		}
		if err := c.Send(msg); err != nil {
			os.Exit(5)
		}
	}
}

func TestAttach(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Stderr = os.Stderr
	p, err := Attach(cmd)
	if err != nil {
		t.Fatal(err)
	}
	err = cmd.Start()
	p.Started()
	if err != nil {
		t.Fatal(err)
	}
	want := New(TypeStream, "1", Stream{Name: "stdout", Text: strings.Repeat("x", 3<<20)})
	go p.Conn().Send(want)
	got, err := p.Conn().Recv()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("the child's echo differs")
	}
	if err := p.Conn().Send(New(TypeShutdown, "", nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Conn().Recv(); err != io.EOF {
		t.Errorf("after the child's end: %v, want io.EOF", err)
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestInheritedWithoutFront(t *testing.T) {
	if _, err := Inherited(); !errors.Is(err, ErrNotInherited) {
		t.Errorf("err %v, want ErrNotInherited", err)
	}
}

func FuzzRecv(f *testing.F) {
	f.Add(appendFrame(nil, Message{Type: "t", ID: "i", Body: []byte("{}")}, 7))
	f.Add([]byte("\xff\xff\xff\xff\x01\x00\x00t"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, in []byte) {
		var s stream
		s.Write(in)
		c := NewConn(&s)
		for {
			m, err := c.Recv()
			if err != nil {
				return
			}
			var out stream
			if err := NewConn(&out).Send(m); err != nil {
				t.Fatalf("received message %q cannot be sent: %v", m.Type, err)
			}
			back, err := NewConn(&out).Recv()
			if err != nil || !reflect.DeepEqual(back, m) {
				t.Fatalf("message %q does not survive: %v", m.Type, err)
			}
		}
	})
}
