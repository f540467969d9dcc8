package outside

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"culprit/request"
	"culprit/request/body"
	"culprit/request/curl"
)

// Clients are the other clients of this machine, as Settings.Client calls them; nil when there is none.
func Clients() []string {
	if _, err := exec.LookPath("curl"); err != nil {
		return nil
	}
	return []string{"curl"}
}

// Send sends r with the system's curl: the same method, URL, header fields, credentials, body, TLS and network
// choices, but curl's own connection, TLS and order of fields. Redirects are not followed and the person's .curlrc
// is not read. The Exchange is never nil; it has one hop, and no facts of the connection but the peer's address.
func Send(ctx context.Context, r request.Request) *request.Exchange {
	x := &request.Exchange{Request: r, Start: time.Now()}
	dir, err := os.MkdirTemp("", "culprit-curl-")
	if err == nil {
		defer os.RemoveAll(dir)
		err = run(ctx, x, dir)
	}
	x.Took = time.Since(x.Start)
	if err != nil && !errors.As(err, &x.Failure) {
		x.Failure = &request.Failure{Phase: request.PhasePrepare, Text: "The request cannot be sent with curl.", Err: err}
	}
	return x
}

// told is what curl writes on standard error at the end: the peer.
const told = "\npeer %{remote_ip} %{remote_port}"

func run(ctx context.Context, x *request.Exchange, dir string) error {
	r := x.Request.Clone()
	s := &r.Settings
	if s.Client != "curl" || s.From != "" || s.WithholdBody {
		return errors.New("curl is the only other client, and neither sends from another machine nor withholds a body")
	}
	s.Timeouts, s.Limits, s.Follow, s.Client = s.Timeouts.WithDefaults(), s.Limits.WithDefaults(), 0, ""
	limit := s.Limits.Body
	s.Limits.Body, s.Raw = 0, false
	for i := range r.Header {
		r.Header[i].Default = false // they go out as they are
	}
	for _, path := range []string{s.TLS.CAFile, s.TLS.CertFile, s.TLS.KeyFile} {
		if path == "" {
			continue
		}
		f, err := r.OpenFile(path) // whether it may be read is decided there
		if err != nil {
			return err
		}
		f.Close()
	}
	if err := embody(&r, filepath.Join(dir, "body")); err != nil {
		return err
	}
	header := filepath.Join(dir, "header")
	config := curl.Config(r) + "silent\nshow-error\nsuppress-connect-headers\ndump-header = " + word(header) + "\nwrite-out = " + word("%{stderr}"+told) + "\n"
	p, err := execute(ctx, r.Dir, config, limit)
	if err != nil {
		return err
	}
	text, peer, _ := strings.Cut(p.complaint, "peer ")
	hop := request.Hop{Sent: request.Sent{Method: cmp.Or(r.Method, "GET"), URL: r.URL, Header: r.Header, Proto: "HTTP/1.1"}}
	if ip, port, ok := strings.Cut(strings.TrimSpace(peer), " "); ok {
		hop.Conn.Remote = joined(ip, port)
	}
	var undecodable error
	if b, err := os.ReadFile(header); err == nil {
		hop.Response = response(b)
	}
	if hop.Response != nil {
		hop.Sent.Proto = hop.Response.Proto
		undecodable = decode(hop.Response, p.body, limit)
		if p.cut {
			hop.Response.Body.Cut = "only the first " + strconv.FormatInt(limit, 10) + " bytes are kept"
		}
	}
	x.Hops = append(x.Hops, hop)
	switch {
	case ctx.Err() != nil:
		return &request.Failure{Phase: request.PhaseWait, Cause: "cancelled", Text: "The exchange was stopped.", Err: ctx.Err()}
	case undecodable != nil && !p.cut && p.ended == nil:
		return &request.Failure{Phase: request.PhaseDecode, Cause: "content_coding_error", Text: "The body does not decode as its Content-Encoding says.", Err: undecodable}
	case p.cut || p.ended == nil && p.unread == nil && hop.Response != nil:
		return nil
	}
	return failure(p.ended, strings.TrimSpace(text))
}

// printed is what curl printed.
type printed struct {
	body      []byte // at most limit bytes
	cut       bool   // there was more
	complaint string
	unread    error // of reading the body
	ended     error // of the process
}

// execute runs curl in dir with a configuration; the error says that it did not start.
func execute(ctx context.Context, dir, config string, limit int64) (p printed, err error) {
	cmd := exec.CommandContext(ctx, "curl", "--disable", "--config", "-")
	cmd.Dir, cmd.Stdin, cmd.WaitDelay = dir, strings.NewReader(config), time.Second
	var complaint said
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return p, err
	}
	if err := cmd.Start(); err != nil {
		return p, err
	}
	p.body, p.unread = io.ReadAll(io.LimitReader(out, limit+1))
	if p.cut = int64(len(p.body)) > limit; p.cut {
		p.body = p.body[:limit]
		_ = cmd.Process.Kill() // enough came
	}
	p.ended = cmd.Wait()
	p.complaint = complaint.String()
	return p, nil
}

// embody puts the body into a file, for curl reads no line above 100 KiB and no zero byte in its options.
func embody(r *request.Request, name string) error {
	if r.Body.Kind == request.NoBody {
		return nil
	}
	p, err := body.Encode(*r)
	if err != nil {
		return err
	}
	if p.Type != "" && (!request.Has(r.Header, "Content-Type") || r.Body.Kind == request.MultipartBody) {
		r.Header = request.Set(r.Header, "Content-Type", p.Type)
	}
	r.Body = request.Body{}
	if p.Open == nil {
		return nil
	}
	from, err := p.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	r.Body = request.Body{Kind: request.FileBody, Path: name}
	return errors.Join(err, to.Close())
}

func word(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

func joined(ip, port string) string {
	if strings.Contains(ip, ":") {
		ip = "[" + ip + "]"
	}
	return ip + ":" + port
}

// response reads the last block of a header file: those before it are informational.
func response(b []byte) *request.Response {
	text := strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n"))
	lines := strings.Split(text[strings.LastIndex(text, "\n\n")+1:], "\n")
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return nil
	}
	words := strings.SplitN(lines[0], " ", 3)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return nil
	}
	status, err := strconv.Atoi(words[1])
	if err != nil || status < 200 {
		return nil
	}
	out := &request.Response{Proto: words[0], Status: status}
	if !strings.Contains(out.Proto, ".") {
		out.Proto += ".0" // curl writes HTTP/2
	}
	if len(words) == 3 {
		out.Reason = words[2]
	}
	for _, l := range lines[1:] {
		if name, value, ok := strings.Cut(l, ":"); ok {
			out.Header = append(out.Header, request.Field{Name: name, Value: strings.TrimSpace(value)})
		}
	}
	return out
}

// decode undoes the content codings, outermost first, as the engine does with its own answers; curl itself would hand them
// over as they came. What does not decode stays as it is, and the error says why; so does an unknown coding, without one.
func decode(r *request.Response, b []byte, limit int64) (err error) {
	r.Wire = int64(len(b))
	codings := strings.Split(request.Get(r.Header, "Content-Encoding"), ",")
	for i := len(codings) - 1; i >= 0 && len(b) > 0 && err == nil; i-- {
		coding := strings.ToLower(strings.TrimSpace(codings[i]))
		if coding == "" || coding == "identity" {
			continue
		}
		if coding == "x-gzip" { // RFC 9110 §8.4.1.3
			coding = "gzip"
		}
		var plain []byte
		if plain, err = undo(coding, b, limit); err == nil {
			b, r.Coding = plain, append(r.Coding, coding)
		}
	}
	r.Body = request.NewContent(b)
	if errors.Is(err, body.ErrUnknownCoding) {
		return nil
	}
	return err
}

// undo returns b without one coding, at most limit bytes of it.
func undo(coding string, b []byte, limit int64) ([]byte, error) {
	d, err := body.Decode(coding, bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return io.ReadAll(io.LimitReader(d, limit))
}

// exits are what curl's exit codes say (its manual, EXIT CODES): the phase and the cause.
func exits(code int) (request.Phase, string) {
	e, ok := map[int]struct {
		phase request.Phase
		cause string
	}{
		5: {request.PhaseProxy, "proxy_unreachable"}, 6: {request.PhaseResolve, "dns_name_not_found"}, 7: {request.PhaseConnect, "connection_refused"},
		16: {request.PhaseRead, "http_version_mismatch"}, 18: {request.PhaseRead, "truncated_response"}, 28: {request.PhaseWait, "response_timeout"},
		35: {request.PhaseTLS, "connection_reset"}, 51: {request.PhaseTLS, "tls_hostname_mismatch"}, 52: {request.PhaseWait, "empty_response"},
		55: {request.PhaseWrite, "connection_reset"}, 56: {request.PhaseRead, "connection_reset"}, 60: {request.PhaseTLS, "tls_unknown_authority"},
		61: {request.PhaseDecode, "content_coding_error"}, 92: {request.PhaseRead, "connection_reset"}, 97: {request.PhaseProxy, "proxy_misrouted"},
	}[code]
	if !ok {
		return request.PhasePrepare, ""
	}
	return e.phase, e.cause
}

func failure(ended error, text string) error {
	code := -1
	var exit *exec.ExitError
	if errors.As(ended, &exit) {
		code = exit.ExitCode()
	}
	phase, cause := exits(code)
	return &request.Failure{Phase: phase, Cause: cause, Text: "curl got no response.", Err: fmt.Errorf("exit code %d: %s", code, text)}
}
