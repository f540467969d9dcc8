package request

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// A recorder is what all hops of one exchange share: the clock, and the one door through which events leave.
type recorder struct {
	mu    sync.Mutex
	start time.Time
	emit  func(Event)
	dog   watchdog
}

// A hopTrace writes one Hop down while it happens. The transport calls it from several goroutines, also after
// the hop is over (a losing dial, a late write): then it does nothing.
type hopTrace struct {
	x     *recorder
	times Timeouts
	once  bool // exactly one request may go out
	held  bool // the body is withheld
	fence bool // private addresses are out of bounds: a public server redirected here

	hop      Hop
	rounds   []Hop // those before it, see Hop.Rounds
	over     bool
	attempts int // connections that the transport chose to send on
	tap      *tapConn
	peer     string // the address that was dialled for the connection in use
	taps     []*tapConn
	asked    bool // the server asked for a client certificate
	wrote    bool
	first    bool
	handed   bool // header read, the engine reads the body
	lastSize time.Duration
	read     time.Duration // when the header was read
	slow     trickle
	lastHead time.Duration
	headed   int64 // bytes that head told last; 0 for none
}

// hopKey finds the hopTrace in the context of a dial: the transport offers no other way to tell its dialer
// for which request it dials.
type hopKey struct{}

func hopOf(ctx context.Context) *hopTrace {
	h, _ := ctx.Value(hopKey{}).(*hopTrace)
	return h
}

// with returns a context whose transport reports to h. secure says whether TLS is to be expected.
func (h *hopTrace) with(ctx context.Context, secure bool) context.Context {
	ctx = context.WithValue(ctx, hopKey{}, h)
	trace := &httptrace.ClientTrace{
		GotConn:              h.gotConn,
		GotFirstResponseByte: h.gotFirstByte,
		Got1xxResponse:       h.got1xx,
		WroteHeaderField:     h.wroteField,
		WroteRequest:         h.wroteRequest,
	}
	if secure {
		trace.TLSHandshakeStart, trace.TLSHandshakeDone = h.securing, h.secured
	}
	return httptrace.WithClientTrace(ctx, trace)
}

// now locks the recorder and returns the time; ok is false when the hop is over, and then nothing is locked.
func (h *hopTrace) now() (at time.Duration, ok bool) {
	if h == nil {
		return 0, false
	}
	h.x.mu.Lock()
	if h.over {
		h.x.mu.Unlock()
		return 0, false
	}
	return time.Since(h.x.start), true
}

func (h *hopTrace) done() { h.x.mu.Unlock() }

// say emits an event. The recorder is locked.
func (h *hopTrace) say(kind EventKind, at time.Duration, text string, size int64) {
	if h.x.emit != nil {
		h.x.emit(Event{Kind: kind, At: at, Text: text, Size: size})
	}
}

func (h *hopTrace) timeouts() Timeouts {
	if h == nil {
		return Timeouts{}.WithDefaults()
	}
	return h.times
}

// fenced reports whether private addresses are out of bounds.
func (h *hopTrace) fenced() bool { return h != nil && h.fence }

func (h *hopTrace) begin(url string) {
	if at, ok := h.now(); ok {
		defer h.done()
		h.hop.Timing.Start = at
		h.say(HopStarted, at, url, 0)
	}
}

func (h *hopTrace) resolving() {
	if at, ok := h.now(); ok {
		defer h.done()
		h.hop.Timing.DNSStart = at
	}
}

func (h *hopTrace) resolved(all []net.IPAddr, err error) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if err != nil {
		return
	}
	h.hop.Timing.DNSDone = at
	h.hop.Conn.Resolved = nil
	for _, a := range all {
		h.hop.Conn.Resolved = append(h.hop.Conn.Resolved, a.String())
	}
	if h.x.emit != nil {
		h.say(Resolved, at, strings.Join(h.hop.Conn.Resolved, ", "), 0)
	}
}

func (h *hopTrace) connecting() {
	if at, ok := h.now(); ok {
		defer h.done()
		h.hop.Timing.ConnectStart = at
	}
}

// trying notes an attempt and returns its number; tried ends it.
func (h *hopTrace) trying(address string) int {
	at, ok := h.now()
	if !ok {
		return -1
	}
	defer h.done()
	h.hop.Conn.Tried = append(h.hop.Conn.Tried, Dial{Address: address, Took: -at})
	return len(h.hop.Conn.Tried) - 1
}

func (h *hopTrace) tried(n int, err error) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if n < 0 || n >= len(h.hop.Conn.Tried) {
		return
	}
	d := &h.hop.Conn.Tried[n]
	d.Took, d.Err = d.Took+at, err
}

// opened notes a new connection.
func (h *hopTrace) opened(c *tapConn) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	h.hop.Timing.ConnectDone = at
	h.taps = append(h.taps, c)
	if a := c.RemoteAddr(); a != nil {
		h.hop.Conn.Remote = a.String()
	}
	h.say(Connected, at, h.hop.Conn.Remote, 0)
}

func (h *hopTrace) securing() {
	if at, ok := h.now(); ok {
		defer h.done()
		h.hop.Timing.TLSStart, h.hop.Timing.TLSDone = at, 0
	}
}

func (h *hopTrace) secured(s tls.ConnectionState, err error) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if err != nil {
		return
	}
	h.hop.Timing.TLSDone = at
	h.hop.Conn.TLS = &s
	if h.x.emit != nil {
		h.say(Secured, at, tls.VersionName(s.Version)+" "+s.NegotiatedProtocol, 0)
	}
}

// certificateAsked notes that the server asked for a client certificate.
func (h *hopTrace) certificateAsked() {
	if _, ok := h.now(); ok {
		defer h.done()
		h.asked = true
	}
}

// gotConn starts an attempt to send. The transport may make several of them for one RoundTrip when a kept
// connection turns out to be dead; what counts is the last.
func (h *hopTrace) gotConn(info httptrace.GotConnInfo) {
	if _, ok := h.now(); !ok {
		return
	}
	defer h.done()
	conn := info.Conn
	if t, ok := conn.(*tls.Conn); ok {
		conn = t.NetConn()
	}
	tap, _ := conn.(*tapConn)
	if tap != nil {
		h.peer = tap.dialled
	}
	h.attempts++
	if h.fence && tap != nil && private(tap.dialled) { // a kept connection: nobody dialled
		tap.seal()
		h.x.dog.stop(errPrivate)
		return
	}
	if h.once && h.attempts > 1 {
		if tap != nil {
			tap.seal()
		}
		h.x.dog.stop(errSecondRequest)
		return
	}
	h.hop.Sent.Header = make([]Field, 0, 12) // the usual number
	h.hop.Conn.Reused = info.Reused
	if a := info.Conn.RemoteAddr(); a != nil {
		h.hop.Conn.Remote = a.String()
	}
	if h.tap = nil; tap != nil && conn == info.Conn {
		h.tap = tap
		tap.start()
	}
}

func (h *hopTrace) wroteField(name string, values []string) {
	if _, ok := h.now(); !ok {
		return
	}
	defer h.done()
	for _, v := range values {
		h.hop.Sent.Header = append(h.hop.Sent.Header, Field{Name: name, Value: v})
	}
}

func (h *hopTrace) wroteRequest(info httptrace.WroteRequestInfo) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if info.Err != nil || h.tap != nil && h.tap.broken() {
		return
	}
	h.wrote = true
	h.hop.Timing.Wrote = at
	h.say(Wrote, at, "", 0)
	if !h.first {
		h.x.limit("first byte", at, h.times.FirstByte)
	}
}

func (h *hopTrace) gotFirstByte() {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if h.first {
		return
	}
	h.first = true
	h.hop.Timing.FirstByte = at
	h.say(FirstByte, at, "", 0)
	h.x.limit("further byte", at, h.times.Idle)
}

// errAsked ends a hop whose body is withheld: the server said 100 Continue.
var errAsked = errors.New("the server asked for the body, which was withheld")

// errInformed ends a hop with more interim responses than anybody needs (R3).
var errInformed = errors.New("more interim (1xx) responses than are kept")

func (h *hopTrace) got1xx(code int, header textproto.MIMEHeader) error {
	at, ok := h.now()
	if !ok {
		return nil
	}
	defer h.done()
	if len(h.hop.Informed) == informedMax {
		return errInformed
	}
	h.hop.Informed = append(h.hop.Informed, Response{
		Status: code, Reason: http.StatusText(code), Header: sorted(http.Header(header)), Body: NewContent(nil),
	})
	h.say(HeaderRead, at, fmt.Sprint(code), 0)
	if h.held && code == http.StatusContinue {
		h.x.dog.stop(errAsked) // the transport waits for its writer, and that for the body
		return errAsked
	}
	h.x.limit("response", at, h.times.FirstByte)
	return nil
}

// progress reports bytes of the body so far, and keeps the idle timer from firing.
func (h *hopTrace) progress(size int64) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	h.x.limit("further byte", at, h.times.Idle)
	if at-h.lastSize >= progressStep {
		h.lastSize = at
		h.say(BodyProgress, at, "", size)
	}
}

// head reports what is there of a body of which size bytes have come: first its beginning, then, as long as it takes to
// arrive, twice as much each time.
func (h *hopTrace) head(media string, size int64, sofar func() []byte) {
	at, ok := h.now()
	if !ok {
		return
	}
	defer h.done()
	if h.x.emit == nil || h.headed > 0 && (size < 2*h.headed || at-h.lastHead < streamStep) {
		return
	}
	h.headed, h.lastHead = size, at
	if b := sofar(); len(b) > 0 {
		h.x.emit(Event{Kind: BodyHead, At: at, Text: media, Size: size, Head: b})
	}
}

// plainLength is how long the body of res says that it will be, once it is decoded: 0 for not known.
func plainLength(res *http.Response) int64 {
	if res.Header.Get("Content-Encoding") != "" {
		return 0
	}
	return max(res.ContentLength, 0)
}

// header notes that the response's header has been read, and what it says of the size of the body.
func (h *hopTrace) header(status string, size int64) {
	if at, ok := h.now(); ok {
		defer h.done()
		h.handed, h.read = true, at
		h.say(HeaderRead, at, status, size)
		h.x.limit("further byte", at, h.times.Idle)
	}
}

// end closes the trace and returns the hop. After it the transport's late reports go nowhere.
func (h *hopTrace) end(whole bool) Hop {
	h.x.mu.Lock()
	defer h.x.mu.Unlock()
	at := time.Since(h.x.start)
	h.x.dog.phase = 0
	if h.slow.timer != nil {
		h.slow.timer.Stop()
	}
	if h.tap != nil {
		h.tap.stop()
	}
	for i := range h.hop.Conn.Tried {
		if d := &h.hop.Conn.Tried[i]; d.Took < 0 {
			d.Took, d.Err = d.Took+at, context.Canceled
		}
	}
	if whole {
		h.hop.Timing.Done = at
	}
	h.say(HopDone, at, "", 0)
	h.over = true
	return h.hop
}
