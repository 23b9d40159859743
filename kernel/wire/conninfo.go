package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
)

// ConnectionInfo is the content of a connection file, which the process that
// starts a kernel writes for it.
type ConnectionInfo struct {
	Transport       string `json:"transport"`
	IP              string `json:"ip"`
	ShellPort       int    `json:"shell_port"`
	ControlPort     int    `json:"control_port"`
	StdinPort       int    `json:"stdin_port"`
	IOPubPort       int    `json:"iopub_port"`
	HBPort          int    `json:"hb_port"`
	Key             string `json:"key"`
	SignatureScheme string `json:"signature_scheme"`
	KernelName      string `json:"kernel_name,omitempty"`
}

// ErrNotLoopback is returned for a connection file that would make the kernel
// listen where other machines can reach it.
var ErrNotLoopback = errors.New("wire: only loopback addresses are served: a kernel runs whatever its clients send, so reach it from afar through Jupyter Server or an ssh tunnel")

// ReadConnectionFile reads and checks a connection file.
func ReadConnectionFile(path string) (ConnectionInfo, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return ConnectionInfo{}, fmt.Errorf("wire: connection file: %w", err)
	}
	var c ConnectionInfo
	if err := json.Unmarshal(b, &c); err != nil {
		return ConnectionInfo{}, fmt.Errorf("wire: connection file %s: %w", path, err)
	}
	if err := c.check(); err != nil {
		return ConnectionInfo{}, fmt.Errorf("%w (connection file %s)", err, path)
	}
	return c, nil
}

func (c *ConnectionInfo) check() error {
	if c.Transport != "" && c.Transport != "tcp" {
		return fmt.Errorf("wire: transport %q is not supported, only tcp", c.Transport)
	}
	if c.Key != "" && c.SignatureScheme != "" && c.SignatureScheme != "hmac-sha256" {
		return fmt.Errorf("wire: signature scheme %q is not supported, only hmac-sha256", c.SignatureScheme)
	}
	if c.IP == "localhost" || c.IP == "" {
		c.IP = "127.0.0.1"
	}
	ip := net.ParseIP(c.IP)
	if ip == nil {
		return fmt.Errorf("wire: %q is no IP address", c.IP)
	}
	if !ip.IsLoopback() {
		return fmt.Errorf("%w (ip %s)", ErrNotLoopback, c.IP)
	}
	for _, p := range []int{c.ShellPort, c.ControlPort, c.StdinPort, c.IOPubPort, c.HBPort} {
		if p < 0 || p > 65535 {
			return fmt.Errorf("wire: port %d does not exist", p)
		}
	}
	return nil
}

func (c *ConnectionInfo) addr(port int) string {
	return net.JoinHostPort(c.IP, strconv.Itoa(port))
}
