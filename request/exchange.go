package request

import (
	"crypto/tls"
	"time"
)

// An Exchange is one request as sent and what came back: every hop, timing, TLS fact and error.
type Exchange struct {
	ID      string // unique and sortable by time; "" until it is recorded
	Request Request
	Start   time.Time
	Took    time.Duration // until the last byte of the last hop
	Hops    []Hop         // at least one, unless the request could not be written at all
	Failure *Failure      // nil when a response came back whole; an error status is no Failure
}

// Last returns the last hop, or nil when there is none.
func (x *Exchange) Last() *Hop {
	if x == nil || len(x.Hops) == 0 {
		return nil
	}
	return &x.Hops[len(x.Hops)-1]
}

// Wire returns everything that went out, in order: each hop after the rounds before it.
func (x *Exchange) Wire() []*Hop {
	if x == nil {
		return nil
	}
	var out []*Hop
	for i := range x.Hops {
		for j := range x.Hops[i].Rounds {
			out = append(out, &x.Hops[i].Rounds[j])
		}
		out = append(out, &x.Hops[i])
	}
	return out
}

// Response returns the response of the last hop, or nil.
func (x *Exchange) Response() *Response {
	if h := x.Last(); h != nil {
		return h.Response
	}
	return nil
}

// Status returns the status of the last response, 0 when there is none.
func (x *Exchange) Status() int {
	if r := x.Response(); r != nil {
		return r.Status
	}
	return 0
}

// Close frees the bodies' spool files. The exchange's other facts stay usable.
func (x *Exchange) Close() {
	if x == nil {
		return
	}
	for _, h := range x.Hops {
		h.close()
	}
}

// A Hop is one request on the wire and its response.
type Hop struct {
	Sent     Sent
	Response *Response // nil when none came
	Timing   Timing
	Conn     Conn
	Informed []Response // 1xx responses, at most 10
	Followed *Redirect  // set when the response is a redirect and redirects are followed, see Redirect.Stopped
	// Rounds are what went out before on the same URL until the credentials could be computed (Digest, NTLM), oldest first;
	// nil for most. Each has its own response, mostly 401 with a challenge.
	Rounds []Hop
}

func (h *Hop) close() {
	if h.Response != nil && h.Response.Body != nil {
		h.Response.Body.Close()
	}
	for i := range h.Rounds {
		h.Rounds[i].close()
	}
}

// Sent is what went out, as it went out.
type Sent struct {
	Method string
	URL    string
	Proto  string   // "HTTP/1.1", "HTTP/2.0"
	Header []Field  // in the order of the wire, Host included (":authority" and the like on HTTP/2)
	Body   *Content // what was written of the body; nil for none. At most the first 1 MiB is kept, see Whole
	Size   int64    // bytes of the body that went out
	Jar    []string // names of the cookies in Header that are of a jar; nil for none

	source *source // of a body that is larger; nil where there is none, as in the history
}

// A Response is what came back on one hop.
type Response struct {
	Proto   string
	Status  int
	Reason  string // as sent, untrusted
	Header  []Field
	Trailer []Field
	Body    *Content // decoded; never nil
	Wire    int64    // bytes of the body on the wire, before decoding
	Coding  []string // content codings that were undone, outermost first
	Warn    string   // what is odd about the body: a huge compression ratio, an unknown coding; "" for nothing
	Stored  []Stored // what became of its fields Set-Cookie, in their order; nil where no jar was asked
}

// Timing holds the milestones of a hop, each measured from the start of the exchange. A zero Done means
// that the phase did not end (or did not happen, see Conn.Reused).
type Timing struct {
	Start                     time.Duration
	DNSStart, DNSDone         time.Duration
	ConnectStart, ConnectDone time.Duration
	TLSStart, TLSDone         time.Duration
	Wrote                     time.Duration // request and body written
	FirstByte                 time.Duration
	Done                      time.Duration // last byte of the body
}

// Conn is the connection of a hop.
type Conn struct {
	Resolved []string // addresses that the name had
	Tried    []Dial   // connection attempts in order
	Remote   string   // address and port in use, "" when none
	Reused   bool
	Proxy    string               // proxy's URL without credentials, "" for none
	ProxyWhy string               // why it was or was not used: "HTTPS_PROXY", "NO_PROXY entry .local", "no proxy set"
	TLS      *tls.ConnectionState // nil without TLS; set also when verification failed
}

// A Dial is one attempt to connect.
type Dial struct {
	Address string
	Took    time.Duration
	Err     error // nil when it connected
}

// A Redirect is how one hop led to the next.
type Redirect struct {
	Status  int
	To      string
	Method  [2]string // before and after
	Dropped []string  // header names and "body" that were not sent on, with the reason after a colon
	Cross   bool      // the origin changed: scheme, host or port
	Stopped string    // why it was not followed, so that this hop is the last; "" when it was
}

// An EventKind says what an Event reports.
type EventKind string

// The kinds of event, in the order in which a hop meets them.
const (
	SignIn       EventKind = "sign in" // before everything: Text is an address that the person is to open in a browser
	HopStarted   EventKind = "hop"
	Resolved     EventKind = "resolved"
	Connected    EventKind = "connected"
	Secured      EventKind = "secured"
	Wrote        EventKind = "wrote"
	FirstByte    EventKind = "first byte"
	HeaderRead   EventKind = "header"
	BodyHead     EventKind = "body head" // the beginning of a large body or of one that trickles, then each time with more
	BodyProgress EventKind = "body"      // at most 20 a second
	HopDone      EventKind = "done"
)

// An Event reports progress of an exchange.
type Event struct {
	Kind EventKind
	At   time.Duration // since the start of the exchange
	Text string        // addresses, protocol, status; untrusted
	Size int64         // bytes so far, for BodyProgress and BodyHead; of all that will come, for HeaderRead, 0 for not known
	Head []byte        // the first bytes as decoded, for BodyHead, whose Text is the Content-Type; not to be changed; each begins with the one before
}
