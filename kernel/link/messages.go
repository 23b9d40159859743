package link

import "encoding/json"

// Message types from front to session.
const (
	TypeExecute    = "execute"     // [Execute]; answered by execute_reply after all output
	TypeComplete   = "complete"    // [Complete]; answered by complete_reply, also while a cell runs
	TypeInspect    = "inspect"     // [Inspect]; answered by inspect_reply, also while a cell runs
	TypeIsComplete = "is_complete" // [IsComplete]; answered by is_complete_reply, also while a cell runs
	TypeInterrupt  = "interrupt"   // [Interrupt]; ID is the cell to stop; no answer of its own
	TypeInputReply = "input_reply" // [InputReply]; ID is that of the input_request
	TypeShutdown   = "shutdown"    // no body: the session process ends
)

// Message types from session to front.
const (
	TypeReady           = "ready"             // [Ready], once, first
	TypeStream          = "stream"            // [Stream]
	TypeDisplay         = "display"           // [Display]
	TypeUpdateDisplay   = "update_display"    // [Display] with Update set; [Encode] chooses it
	TypeClearOutput     = "clear_output"      // [ClearOutput]
	TypeResult          = "result"            // [Result]
	TypeError           = "error"             // [Error]
	TypeExecuteReply    = "execute_reply"     // [ExecuteReply]
	TypeCompleteReply   = "complete_reply"    // [CompleteReply]
	TypeInspectReply    = "inspect_reply"     // [InspectReply]
	TypeIsCompleteReply = "is_complete_reply" // [IsCompleteReply]
	TypeInputRequest    = "input_request"     // [InputRequest]
)

// Message types in both directions. The ID is that of the request that the
// message belongs to: the cell that opened the comm, or the client's message.
const (
	TypeCommOpen  = "comm_open"  // [CommOpen]
	TypeCommMsg   = "comm_msg"   // [CommMsg]
	TypeCommClose = "comm_close" // [CommClose]
)

// Execute asks the session to run a cell. Count is the number of the cell,
// decided by the front. With Silent nothing is displayed and nothing counted.
type Execute struct {
	Code            string            `json:"code"`
	Count           int               `json:"count"`
	Silent          bool              `json:"silent,omitempty"`
	StoreHistory    bool              `json:"store_history,omitempty"`
	AllowStdin      bool              `json:"allow_stdin,omitempty"`
	UserExpressions map[string]string `json:"user_expressions,omitempty"`
}

// Complete asks for completions of Code at CursorPos, counted in code points.
type Complete struct {
	Code      string `json:"code"`
	CursorPos int    `json:"cursor_pos"`
}

// Inspect asks for documentation at CursorPos, counted in code points.
// DetailLevel 1 asks for the source where it is known.
type Inspect struct {
	Code        string `json:"code"`
	CursorPos   int    `json:"cursor_pos"`
	DetailLevel int    `json:"detail_level"`
}

// IsComplete asks whether Code is a whole cell.
type IsComplete struct {
	Code string `json:"code"`
}

// Interrupt asks the session to stop the running cell: at first by its stop
// flag, with Hard by stopping the interpreter where it stands.
type Interrupt struct {
	Hard bool `json:"hard,omitempty"`
}

// InputReply is the line that the user typed. EOF says that no line will
// come: the client allows no input, or has gone.
type InputReply struct {
	Value string `json:"value"`
	EOF   bool   `json:"eof,omitempty"`
}

// Ready says that the session runs cells from now on. CommTargets are the
// comm targets that it knows; the front closes any other at once.
type Ready struct {
	PID         int      `json:"pid"`
	Banner      string   `json:"banner,omitempty"`
	CommTargets []string `json:"comm_targets,omitempty"`
}

// Stream is text for the cell's stdout or stderr, whole UTF-8 sequences only.
type Stream struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Display shows a MIME bundle, or with Update replaces the one shown before
// under Transient["display_id"]. Values of Data are strings, []byte (which
// JSON carries as base64, as Jupyter wants it) or anything JSON can express.
//
// The JSON of Display, ClearOutput, Result and Error is the content of
// Jupyter's own message, so that the front passes it on without parsing what
// may be megabytes.
type Display struct {
	Data      map[string]any `json:"data"`
	Metadata  map[string]any `json:"metadata"`
	Transient map[string]any `json:"transient"`
	Update    bool           `json:"-"`
}

// ClearOutput clears the cell's output, with Wait only when the next comes.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// Result is the value of the cell's last expression.
type Result struct {
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata"`
	Count    int            `json:"execution_count"`
}

// Error is the error under a cell; the matching [ExecuteReply] says the same.
type Error struct {
	EName     string   `json:"ename"`
	EValue    string   `json:"evalue"`
	Traceback []string `json:"traceback"`
}

// ExecuteReply ends a request to run a cell. Status is "ok", "error" or
// "aborted". EName, EValue and Traceback are set with "error".
type ExecuteReply struct {
	Status          string                     `json:"status"`
	EName           string                     `json:"ename,omitempty"`
	EValue          string                     `json:"evalue,omitempty"`
	Traceback       []string                   `json:"traceback,omitempty"`
	UserExpressions map[string]json.RawMessage `json:"user_expressions,omitempty"`
	Payload         []json.RawMessage          `json:"payload,omitempty"`
}

// CompleteReply lists the matches that replace the text from CursorStart to
// CursorEnd (code points).
type CompleteReply struct {
	Matches     []string       `json:"matches"`
	CursorStart int            `json:"cursor_start"`
	CursorEnd   int            `json:"cursor_end"`
	Metadata    map[string]any `json:"metadata,omitempty"`
}

// InspectReply holds documentation as a MIME bundle.
type InspectReply struct {
	Found    bool           `json:"found"`
	Data     map[string]any `json:"data,omitempty"`
	Metadata map[string]any `json:"metadata,omitempty"`
}

// IsCompleteReply has Status "complete", "incomplete", "invalid" or
// "unknown", and with "incomplete" the indentation of the next line.
type IsCompleteReply struct {
	Status string `json:"status"`
	Indent string `json:"indent,omitempty"`
}

// InputRequest asks the user for a line; answered by [InputReply].
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password,omitempty"`
}

// CommOpen opens a comm, from either side.
type CommOpen struct {
	CommID     string         `json:"comm_id"`
	TargetName string         `json:"target_name"`
	Data       map[string]any `json:"data"`
	Metadata   map[string]any `json:"metadata,omitempty"`
	Buffers    [][]byte       `json:"buffers,omitempty"`
}

// CommMsg is a message on an open comm.
type CommMsg struct {
	CommID   string         `json:"comm_id"`
	Data     map[string]any `json:"data"`
	Metadata map[string]any `json:"metadata,omitempty"`
	Buffers  [][]byte       `json:"buffers,omitempty"`
}

// CommClose closes a comm.
type CommClose struct {
	CommID string         `json:"comm_id"`
	Data   map[string]any `json:"data,omitempty"`
}
