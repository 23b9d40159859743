package wire

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"os/user"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// ProtocolVersion is the version of Jupyter's message protocol spoken here.
const ProtocolVersion = "5.4"

// delimiter separates routing identities from the message.
const delimiter = "<IDS|MSG>"

// Why a message is dropped.
var (
	errNoDelimiter = errors.New("no delimiter among the frames")
	errTooShort    = errors.New("frames are missing")
	errUnsigned    = errors.New("unsigned")
	errSignature   = errors.New("wrong signature")
	errReplayed    = errors.New("signature seen before: the message is a replay")
	errHeader      = errors.New("header without msg_id or msg_type")
)

// Header is the header of a message.
type Header struct {
	MsgID    string `json:"msg_id"`
	Session  string `json:"session"`
	Username string `json:"username"`
	Date     string `json:"date"`
	MsgType  string `json:"msg_type"`
	Version  string `json:"version"`
}

// Channel names a socket that takes messages.
type Channel string

// The channels on which clients send.
const (
	Shell   Channel = "shell"
	Control Channel = "control"
	Stdin   Channel = "stdin"
)

// Message is a message from a client. Its signature has been checked and its
// four parts are JSON objects.
type Message struct {
	Channel   Channel
	Header    Header
	RawHeader json.RawMessage // the parent header of every answer
	Parent    json.RawMessage
	Metadata  json.RawMessage
	Content   json.RawMessage
	Buffers   [][]byte

	routing [][]byte // frames before the delimiter
	peer    *peer    // the connection it came by
}

// codec signs, encodes and decodes the messages of one kernel.
type codec struct {
	key      []byte
	session  string
	username string
	counter  atomic.Uint64
	macs     sync.Pool // of hash.Hash keyed with key
	seen     digests
}

func newCodec(key string) *codec {
	c := &codec{key: []byte(key), session: randomID(), username: "kernel"}
	if u, err := user.Current(); err == nil && u.Username != "" {
		c.username = u.Username
	}
	c.macs.New = func() any { return hmac.New(sha256.New, c.key) }
	return c
}

// randomID returns 32 random hexadecimal digits.
func randomID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func (c *codec) sum(parts [][]byte) []byte {
	h := c.macs.Get().(hash.Hash)
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	s := h.Sum(nil)
	c.macs.Put(h)
	return s
}

// decode checks the frames of one message and only then reads them.
func (c *codec) decode(frames [][]byte) (*Message, error) {
	at := -1
	for i, f := range frames {
		if string(f) == delimiter {
			at = i
			break
		}
	}
	if at < 0 {
		return nil, errNoDelimiter
	}
	m := &Message{routing: frames[:at]}
	frames = frames[at+1:]
	if len(frames) < 5 {
		return nil, fmt.Errorf("%w: %d after the delimiter, want at least 5", errTooShort, len(frames))
	}
	sig, parts := frames[0], frames[1:5]
	if len(c.key) > 0 {
		if len(sig) == 0 {
			return nil, errUnsigned
		}
		var got [sha256.Size]byte
		if hex.DecodedLen(len(sig)) != len(got) || len(sig)%2 != 0 {
			return nil, errSignature
		}
		if _, err := hex.Decode(got[:], sig); err != nil {
			return nil, errSignature
		}
		if !hmac.Equal(got[:], c.sum(parts)) {
			return nil, errSignature
		}
		if !c.seen.add(got) {
			return nil, errReplayed
		}
	}
	for i, name := range [...]string{"header", "parent header", "metadata", "content"} {
		if err := object(parts[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	m.RawHeader, m.Parent, m.Metadata, m.Content = parts[0], parts[1], parts[2], parts[3]
	if len(frames) > 5 {
		m.Buffers = frames[5:]
	}
	if err := json.Unmarshal(m.RawHeader, &m.Header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if m.Header.MsgID == "" || m.Header.MsgType == "" {
		return nil, errHeader
	}
	return m, nil
}

// object reports whether b is a JSON object.
func object(b []byte) error {
	if t := bytes.TrimLeft(b, " \t\r\n"); len(t) == 0 || t[0] != '{' {
		return errors.New("no JSON object")
	}
	if !json.Valid(b) {
		return errors.New("malformed JSON")
	}
	return nil
}

// outgoing is a message about to be sent. Nil parts are sent as {}.
type outgoing struct {
	prefix   [][]byte // routing identities, or the topic
	msgType  string
	parent   json.RawMessage
	metadata json.RawMessage
	content  any // marshalled, unless it is a json.RawMessage already
	buffers  [][]byte
}

var emptyObject = json.RawMessage("{}")

// encode returns the message as it goes over a connection, in ZMTP framing.
func (c *codec) encode(o outgoing) ([]byte, error) {
	frames, _, err := c.frames(o)
	if err != nil {
		return nil, err
	}
	return frame(frames), nil
}

// frames returns the frames of a message and its id.
func (c *codec) frames(o outgoing) (frames [][]byte, id string, err error) {
	content, err := marshal(o.content)
	if err != nil {
		return nil, "", fmt.Errorf("wire: %s: %w", o.msgType, err)
	}
	id = c.session + "_" + strconv.FormatUint(c.counter.Add(1), 10)
	header, err := json.Marshal(Header{
		MsgID:    id,
		Session:  c.session,
		Username: c.username,
		Date:     Timestamp(time.Now()),
		MsgType:  o.msgType,
		Version:  ProtocolVersion,
	})
	if err != nil {
		return nil, "", fmt.Errorf("wire: %s: %w", o.msgType, err)
	}
	parts := [][]byte{header, orEmpty(o.parent), orEmpty(o.metadata), content}
	var sig []byte
	if len(c.key) > 0 {
		sig = hex.AppendEncode(nil, c.sum(parts))
	}
	frames = make([][]byte, 0, len(o.prefix)+6+len(o.buffers))
	frames = append(frames, o.prefix...)
	frames = append(frames, []byte(delimiter), sig)
	frames = append(frames, parts...)
	return append(frames, o.buffers...), id, nil
}

func marshal(v any) (json.RawMessage, error) {
	switch v := v.(type) {
	case nil:
		return emptyObject, nil
	case json.RawMessage:
		return orEmpty(v), nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func orEmpty(b json.RawMessage) json.RawMessage {
	if len(b) == 0 {
		return emptyObject
	}
	return b
}

// Timestamp formats t as the protocol wants dates.
func Timestamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000Z")
}

// frame joins the frames of one message in ZMTP framing (NULL mechanism).
func frame(frames [][]byte) []byte {
	n := 0
	for _, f := range frames {
		n += 9 + len(f)
	}
	b := make([]byte, 0, n)
	for i, f := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags |= flagMore
		}
		if len(f) > 255 {
			b = append(b, flags|flagLong)
			b = binary.BigEndian.AppendUint64(b, uint64(len(f)))
		} else {
			b = append(b, flags, byte(len(f)))
		}
		b = append(b, f...)
	}
	return b
}
