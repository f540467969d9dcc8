package outside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"culprit/request"
)

// Place checks what stands after --from: ssh://[user@]host[:port]. A password cannot be given there.
func Place(s string) error {
	_, err := target(s)
	return err
}

// target returns the words with which ssh is told where to go.
func target(s string) ([]string, error) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "ssh" || u.Hostname() == "" || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("want ssh://[user@]host[:port]")
	}
	if _, password := u.User.Password(); password {
		return nil, errors.New("ssh takes no password from a URL; use a key or an agent")
	}
	to, user := u.Hostname(), u.User.Username()
	if user != "" {
		to = user + "@" + to
	}
	if strings.HasPrefix(to, "-") || strings.ContainsAny(to, " \t\r\n") {
		return nil, errors.New("no name of a machine starts with a dash or holds a blank")
	}
	var words []string
	if u.Port() != "" {
		words = append(words, "-p", u.Port())
	}
	return append(words, "--", to), nil
}

// Dial opens a connection to address (a name or IP, and a port) from the machine that from names, with the
// user's own ssh and its configuration. Nothing is installed there, and ssh asks for nothing: a password or an
// unknown host key is an error. Whether the connection came about shows with the first byte: ssh does not say.
func Dial(_ context.Context, from, address string) (net.Conn, error) {
	words, err := target(from)
	if err != nil {
		return nil, &request.FarError{From: from, Text: err.Error()}
	}
	program, err := exec.LookPath("ssh")
	if err != nil {
		return nil, &request.FarError{From: from, Text: "there is no ssh here"}
	}
	// Not bound to the context: it ends with the dialling, the process with the connection.
	cmd := exec.Command(program, append([]string{"-o", "BatchMode=yes", "-W", address}, words...)...) //nolint:noctx // ends with Close
	c := &pipe{cmd: cmd, from: from, address: address, over: make(chan struct{})}
	cmd.Stderr = &c.said
	cmd.WaitDelay = time.Second // a helper of ssh may keep the pipe of stderr
	if c.in, err = cmd.StdinPipe(); err == nil {
		c.out, err = cmd.StdoutPipe()
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, &request.FarError{From: from, Text: err.Error()}
	}
	return c, nil
}

// A pipe is a connection made of the two ends of a process.
type pipe struct {
	cmd           *exec.Cmd
	in            io.WriteCloser
	out           io.ReadCloser
	said          said
	from, address string

	got  bool // a byte came; only Read touches it
	once sync.Once
	over chan struct{} // closed once the process has ended
}

// Read implements net.Conn. An end before the first byte is explained with what ssh said.
func (p *pipe) Read(b []byte) (int, error) {
	n, err := p.out.Read(b)
	p.got = p.got || n > 0
	if err != nil && !p.got {
		p.end()
		if p.cmd.ProcessState != nil && p.cmd.ProcessState.ExitCode() > 0 {
			return n, p.explain()
		}
	}
	if err != nil && errors.Is(err, os.ErrClosed) {
		err = net.ErrClosed
	}
	return n, err
}

// Write implements net.Conn. A process that has gone away is explained by Read.
func (p *pipe) Write(b []byte) (int, error) { return p.in.Write(b) }

// Close ends the process and waits for it.
func (p *pipe) Close() error {
	_ = p.in.Close()
	_ = p.cmd.Process.Kill() // it may have ended
	p.end()
	return nil
}

// end waits for the process, once; later callers wait for the first.
func (p *pipe) end() {
	p.once.Do(func() {
		_ = p.cmd.Wait() // how it ended stands in ProcessState
		close(p.over)
	})
	<-p.over
}

// explain reads why ssh gave up. Its words are those of OpenSSH; anything else is a machine that cannot be used.
func (p *pipe) explain() error {
	all := strings.ToLower(p.said.String())
	cause := ""
	if strings.Contains(all, "open failed: connect failed") {
		switch {
		case strings.Contains(all, "refused"):
			cause = "connection_refused"
		case strings.Contains(all, "not known"), strings.Contains(all, "no address"), strings.Contains(all, "name resolution"):
			cause = "dns_name_not_found"
		case strings.Contains(all, "timed out"):
			cause = "connection_timeout"
		default:
			cause = "host_unreachable"
		}
	}
	text := strings.Join(strings.Fields(p.said.String()), " ")
	return &request.FarError{From: p.from, Cause: cause, Text: fmt.Sprintf("no connection to %s: %s", p.address, text)}
}

type place string

// Network implements net.Addr.
func (place) Network() string { return "ssh" }

// String implements net.Addr.
func (p place) String() string { return string(p) }

// LocalAddr implements net.Conn.
func (p *pipe) LocalAddr() net.Addr { return place(p.from) }

// RemoteAddr implements net.Conn: which address the name had over there is not known here.
func (p *pipe) RemoteAddr() net.Addr { return place(p.address) }

// SetDeadline implements net.Conn, where the system's pipes know deadlines.
func (p *pipe) SetDeadline(t time.Time) error {
	return errors.Join(p.SetReadDeadline(t), p.SetWriteDeadline(t))
}

// SetReadDeadline implements net.Conn.
func (p *pipe) SetReadDeadline(t time.Time) error {
	if f, ok := p.out.(interface{ SetReadDeadline(time.Time) error }); ok {
		return f.SetReadDeadline(t)
	}
	return os.ErrNoDeadline
}

// SetWriteDeadline implements net.Conn.
func (p *pipe) SetWriteDeadline(t time.Time) error {
	if f, ok := p.in.(interface{ SetWriteDeadline(time.Time) error }); ok {
		return f.SetWriteDeadline(t)
	}
	return os.ErrNoDeadline
}

// said keeps the beginning of what a program says of itself.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// saidLimit is more than any complaint of ssh or curl.
const saidLimit = 8 << 10

// Write implements io.Writer; what is too much is dropped.
func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Write(b[:min(len(b), max(0, saidLimit-s.b.Len()))])
	return len(b), nil
}

// String returns all of it.
func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
