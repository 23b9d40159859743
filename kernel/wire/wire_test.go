package wire

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"
	"github.com/go-zeromq/zmq4/security/null"
)

// signed returns the frames of a message as a client sends them.
func signed(c *codec, parts ...string) [][]byte {
	var raw [][]byte
	for _, p := range parts {
		raw = append(raw, []byte(p))
	}
	var sig []byte
	if len(c.key) > 0 {
		sig = hex.AppendEncode(nil, c.sum(raw))
	}
	return append([][]byte{[]byte(delimiter), sig}, raw...)
}

const okHeader = `{"msg_id":"m1","msg_type":"kernel_info_request","session":"s","username":"u","date":"","version":"5.4"}`

func TestDecode(t *testing.T) {
	c := newCodec("secret")
	other := newCodec("other")
	good := func() [][]byte { return signed(c, okHeader, "{}", "{}", `{"a":1}`) }
	tests := []struct {
		name   string
		frames [][]byte
		want   error // nil: accepted; errAny: any error
	}{
		{"no frames", nil, errNoDelimiter},
		{"no delimiter", [][]byte{[]byte("x"), []byte("y")}, errNoDelimiter},
		{"delimiter alone", [][]byte{[]byte(delimiter)}, errTooShort},
		{"content missing", good()[:5], errTooShort},
		{"unsigned", append([][]byte{[]byte(delimiter), nil}, good()[2:]...), errUnsigned},
		{"signed with another key", signed(other, okHeader, "{}", "{}", "{}"), errSignature},
		{"signature is no hex", append([][]byte{[]byte(delimiter), bytes.Repeat([]byte("z"), 64)}, good()[2:]...), errSignature},
		{"signature of odd length", append([][]byte{[]byte(delimiter), []byte("abc")}, good()[2:]...), errSignature},
		{"content changed", append(good()[:5:5], []byte(`{"a":2}`)), errSignature},
		{"header is a list", signed(c, "[]", "{}", "{}", "{}"), errAny},
		{"header is broken", signed(c, `{"msg_id":`, "{}", "{}", "{}"), errAny},
		{"header without id", signed(c, `{"msg_type":"x"}`, "{}", "{}", "{}"), errHeader},
		{"header with a number for an id", signed(c, `{"msg_id":7,"msg_type":"x"}`, "{}", "{}", "{}"), errAny},
		{"content is broken", signed(c, okHeader, "{}", "{}", "{"), errAny},
		{"content is null", signed(c, okHeader, "{}", "{}", "null"), errAny},
		{"good", good(), nil},
		{"the same again", good(), errReplayed},
		{"with routing and buffers", append(append([][]byte{[]byte("id")}, signed(c, okHeader, "{}", "{}", `{"b":1}`)...), []byte("buf")), nil},
	}
	for _, tt := range tests {
		m, err := c.decode(tt.frames)
		switch {
		case tt.want == errAny && err == nil, tt.want != errAny && !errors.Is(err, tt.want):
			t.Errorf("%s: error %v, want %v", tt.name, err, tt.want)
		case err == nil && m.Header.MsgID != "m1":
			t.Errorf("%s: header %+v", tt.name, m.Header)
		}
	}
}

var errAny = errors.New("any error")

func TestEmptyKeyChecksNothing(t *testing.T) {
	c := newCodec("")
	for range 2 {
		if _, err := c.decode(signed(c, okHeader, "{}", "{}", "{}")); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDigestHistoryForgets(t *testing.T) {
	var d digests
	key := func(i int) (k [32]byte) {
		binary.BigEndian.PutUint64(k[:], uint64(i))
		return k
	}
	for i := range digestHistory + 1 {
		if !d.add(key(i)) {
			t.Fatalf("digest %d is called known", i)
		}
	}
	if d.add(key(1)) {
		t.Error("a digest within the history is called new")
	}
	if !d.add(key(0)) {
		t.Error("the oldest digest is still known")
	}
	if len(d.set) != digestHistory {
		t.Errorf("%d digests kept, want %d", len(d.set), digestHistory)
	}
}

func TestEncodeDecode(t *testing.T) {
	c := newCodec("k")
	big := strings.Repeat("<é>", 1000)
	b, err := c.encode(outgoing{prefix: [][]byte{[]byte("topic")}, msgType: "stream", parent: json.RawMessage(okHeader), content: map[string]string{"text": big}, buffers: [][]byte{{1, 2}}})
	if err != nil {
		t.Fatal(err)
	}
	frames := unframe(t, b)
	m, err := c.decode(frames)
	if err != nil {
		t.Fatal(err)
	}
	var content map[string]string
	if err := json.Unmarshal(m.Content, &content); err != nil || content["text"] != big {
		t.Errorf("content came back changed: %v", err)
	}
	if m.Header.MsgType != "stream" || m.Header.Version != ProtocolVersion || string(m.Parent) != okHeader || len(m.Buffers) != 1 {
		t.Errorf("message came back changed: %+v", m.Header)
	}
	if bytes.Contains(b, []byte(`\u003c`)) {
		t.Error("HTML is escaped")
	}
	if _, err := c.encode(outgoing{content: make(chan int)}); err == nil {
		t.Error("a channel was encoded")
	}
}

func unframe(t *testing.T, b []byte) [][]byte {
	t.Helper()
	var frames [][]byte
	for len(b) > 0 {
		n, ok := frameSize(b)
		if !ok || n > len(b) {
			t.Fatalf("frame cut: %d bytes left", len(b))
		}
		head := 2
		if b[0]&flagLong != 0 {
			head = 9
		}
		frames = append(frames, b[head:n])
		b = b[n:]
	}
	return frames
}

func FuzzDecode(f *testing.F) {
	open, keyed := newCodec(""), newCodec("k")
	f.Add([]byte("<IDS|MSG>"), []byte(""), []byte(okHeader), []byte("{}"), []byte("{}"), []byte("{}"))
	f.Add([]byte("id"), []byte("<IDS|MSG>"), []byte("{"), []byte("[]"), []byte("null"), []byte(""))
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g []byte) {
		for n := range 7 {
			frames := [][]byte{a, b, c, d, e, g}[:n]
			if m, err := keyed.decode(frames); err == nil {
				t.Fatalf("accepted without a signature: %+v", m)
			}
			m, err := open.decode(frames)
			if err != nil {
				continue
			}
			if m.Header.MsgID == "" || !json.Valid(m.Content) {
				t.Fatalf("accepted %+v", m)
			}
		}
	})
}

// FuzzGuard checks that the guard and zmq4 agree about the framing: whatever
// comes, nothing larger than the limit is read, and nothing panics.
func FuzzGuard(f *testing.F) {
	greeting := append([]byte{0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0, 'N', 'U', 'L', 'L'}, make([]byte, 48)...)
	ready := append([]byte{4, 26, 5, 'R', 'E', 'A', 'D', 'Y', 11}, "Socket-Type\x00\x00\x00\x03SUB"...)
	f.Add(append(append(greeting[:64:64], ready...), 0, 1, 1))
	f.Add(append(greeting[:64:64], 2, 0x40, 0, 0, 0, 0, 0, 0, 0))
	f.Add([]byte("GET / HTTP/1.1\r\n\r\n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		a, b := net.Pipe()
		go io.Copy(io.Discard, a)
		go func() { a.Write(in); a.Close() }()
		g := newGuardConn(b)
		defer b.Close()
		func() {
			defer func() { recover() }() // zmq4 indexes what peers send; socket.serve recovers too
			zc, err := zmq4.Open(g, null.Security(), zmq4.XPub, nil, true, nil)
			if err != nil {
				return
			}
			const limit = 1000
			g.open(limit, newOutbox(b))
			for {
				m, err := zc.RecvMsg()
				if err != nil {
					return
				}
				n := 0
				for _, f := range m.Frames {
					n += len(f)
				}
				if n > limit {
					t.Errorf("a message of %d bytes came through", n)
				}
			}
		}()
	})
}

func TestConnectionFile(t *testing.T) {
	tests := []struct{ name, json, want string }{
		{"good", `{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"key":"k","signature_scheme":"hmac-sha256"}`, ""},
		{"localhost", `{"ip":"localhost"}`, ""},
		{"ipv6", `{"ip":"::1"}`, ""},
		{"all interfaces", `{"ip":"0.0.0.0"}`, "only loopback"},
		{"a public address", `{"ip":"192.0.2.1"}`, "only loopback"},
		{"a name", `{"ip":"example.org"}`, "no IP address"},
		{"ipc", `{"transport":"ipc","ip":"kernel-ipc"}`, `transport "ipc"`},
		{"md5", `{"key":"k","signature_scheme":"hmac-md5"}`, "hmac-md5"},
		{"port", `{"shell_port":70000}`, "70000"},
		{"broken", `{"ip":`, "JSON"},
	}
	dir := t.TempDir()
	for i, tt := range tests {
		path := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(path, []byte(tt.json), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadConnectionFile(path)
		if (tt.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := ReadConnectionFile(filepath.Join(dir, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

// logbook collects log lines.
type logbook struct {
	mu    sync.Mutex
	lines []string
}

func (l *logbook) add(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, s)
}

// count returns how many lines contain want.
func (l *logbook) count(want string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.lines {
		if strings.Contains(s, want) {
			n++
		}
	}
	return n
}

// wait waits until a line contains want.
func (l *logbook) wait(t *testing.T, want string) {
	t.Helper()
	l.waitFor(t, want, 1)
}

// waitFor waits until n lines contain want.
func (l *logbook) waitFor(t *testing.T, want string, n int) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if l.count(want) >= n {
			return
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	t.Fatalf("not %d log lines with %q; have %q", n, want, l.lines)
}
