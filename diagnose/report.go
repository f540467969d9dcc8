package diagnose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"culprit/request"
)

// Standing is how sure a named culprit is, in the words that the person sees (§1, §3.6).
type Standing string

// The standings, most certain first.
const (
	Confirmed Standing = "confirmed"       // a counterfactual pair, repeated
	Isolated  Standing = "isolated"        // one pass, not repeated (an unsafe method), or the transport error itself
	Named     Standing = "named_by_server" // the error names it; no repair was tried or none passed
	Suspected Standing = "suspected"       // static check or prior only
)

// The outcomes of a verdict.
const (
	OutcomeIsolated     = "isolated"     // found by experiment, or the transport error is the proof
	OutcomeExplained    = "explained"    // the server or a static check named it; no experiment was needed or allowed
	OutcomeFlaky        = "flaky"        // the same request sometimes passes
	OutcomePassing      = "passing"      // it passes now
	OutcomeInconclusive = "inconclusive" // what is left, and what would help, is said
)

// A Report is the result of a diagnosis: PRODUCT.md §3, stable, schema culprit.report/1. Secrets are masked
// by whoever prints it, from Secrets of the case's request.
type Report struct {
	Schema   string        `json:"schema"`
	Request  RequestShown  `json:"request"`
	Failure  FailureShown  `json:"failure"`
	Verdict  Verdict       `json:"verdict"`
	Steps    []StepResult  `json:"steps"`
	Probes   []ProbeRecord `json:"probes"`
	Untested []string      `json:"untested"`
	// Answer is how a success departs from what was to be expected of it; nil when it does not.
	Answer []Departure `json:"answer,omitempty"`
	// Made is what probes have made at the server and nobody has removed (§11, rule 2); nil when no answer says so.
	Made  []Made `json:"made,omitempty"`
	Hints []Hint `json:"hints,omitempty"` // what would help, when it is not isolated
	Cost  Cost   `json:"cost"`
}

// A Hint is what would help. As text, in JSON too, its flag stands behind it: "allow a login (--allow-login)".
type Hint struct {
	Text string
	Flag string // what does it on the command line, "" for nothing; a screen has its own way
	// Cookie is the one of the jar that it would help to take out, "" for none.
	Cookie string
}

func (h Hint) String() string {
	if h.Flag == "" {
		return h.Text
	}
	return h.Text + " (" + h.Flag + ")"
}

// MarshalText implements encoding.TextMarshaler.
func (h Hint) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; the flag stays in the text.
func (h *Hint) UnmarshalText(text []byte) error { *h = Hint{Text: string(text)}; return nil }

// Made is what a write has made, as its answer says: where it is, what it is called, or both. Untrusted.
type Made struct {
	Probe int    `json:"probe"`         // 0 for one of an earlier run of the same diagnosis
	URL   string `json:"url,omitempty"` // whole, where the answer says it
	ID    string `json:"id,omitempty"`
}

// String says where to find it: "http://api.test/orders/7".
func (m Made) String() string {
	if m.URL != "" {
		return m.URL
	}
	return "the one with the id " + m.ID
}

// By says what made it: "probe 3".
func (m Made) By() string {
	if m.Probe == 0 {
		return "an earlier run"
	}
	return fmt.Sprintf("probe %d", m.Probe)
}

// A Departure is one place in which a success is not as its own header says, as earlier answers were, or as a
// document has it.
type Departure struct {
	Place   string  `json:"place"`         // "body", "body /items/0/price" (RFC 6901), "header Content-Type", "time"
	Change  string  `json:"change"`        // removed, renamed, type, null, empty, media, charset, coding, cut, slow, deprecated, undocumented, value
	Was     string  `json:"was,omitempty"` // what was there or announced: a type and a short value; "" for nothing
	Is      string  `json:"is,omitempty"`  // what is there; "" for nothing
	Against string  `json:"against"`       // what it is compared with
	Text    string  `json:"text"`          // all of it in one sentence
	Cause   CauseID `json:"cause,omitempty"`
	// Weight says how much it accuses: 0 is a note, below 1 a suspicion, 1 a contradiction that proves itself.
	Weight float64 `json:"weight"`
}

// RequestShown is the request under diagnosis.
type RequestShown struct {
	Method string `json:"method"`
	URL    string `json:"url"`
	Curl   string `json:"curl"` // written by whoever prints, with secrets masked or not

	Request request.Request `json:"-"`
}

// FailureShown is what is wrong.
type FailureShown struct {
	Status    int    `json:"status,omitempty"`
	Signature string `json:"signature"`
	Error     string `json:"error,omitempty"`
	At        string `json:"at,omitempty"`         // when it was seen first: RFC 3339 with milliseconds, UTC
	RequestID string `json:"request_id,omitempty"` // what the provider's logs know it by, untrusted
}

// A Verdict names the culprits.
type Verdict struct {
	Outcome  string    `json:"outcome"`
	Side     string    `json:"side"` // client, network, server, unknown
	Cause    CauseID   `json:"cause,omitempty"`
	Summary  string    `json:"summary"` // one sentence
	Culprits []Culprit `json:"culprits"`
	Minimal  *Sendable `json:"minimal,omitempty"` // the smallest request that still fails because of the culprit
	Repair   *Fix      `json:"repair,omitempty"`
}

// A Culprit is an element with a cause.
type Culprit struct {
	Element     ElementID `json:"element"`
	Cause       CauseID   `json:"cause"`
	Confidence  float64   `json:"confidence"`
	Standing    Standing  `json:"standing"`
	Explanation string    `json:"explanation"`
	Fix         string    `json:"fix"`
	Evidence    []int     `json:"evidence"` // numbers of the probes that prove it
	With        Tally     `json:"with"`     // the original: seen to fail
	Without     Tally     `json:"without"`  // with the fix: seen to pass
}

// Words say a standing to a person.
func (s Standing) Words() string {
	if s == Named {
		return "named by the server"
	}
	return string(s)
}

// Sure says in words how sure a culprit is, and never more than was seen.
func (c Culprit) Sure() string {
	switch c.Standing {
	case Confirmed:
		if c.Without.Tried == 1 {
			return "confirmed: seen both ways, and named beforehand"
		}
		return "confirmed: seen both ways, repeatedly"
	case Isolated:
		switch c.Without.Tried {
		case 0:
			return "isolated: the failure itself is the proof"
		case 1:
			return "isolated: seen both ways, the pass only once"
		}
		return "isolated: seen both ways"
	case Named:
		return "named by the server, not proved by a probe"
	case Suspected:
		if c.With.Tried > 0 && c.Without.Tried > 0 {
			return "suspected: seen both ways, and not often enough to rule out chance"
		}
		return "suspected, nothing proves it"
	}
	return string(c.Standing)
}

// Standing is how sure what the verdict found is, and never more than was proved: the least sure of the culprits that
// experiments found, else the surest of the others; "" where nothing was found.
func (v Verdict) Standing() Standing {
	if v.Outcome != OutcomeIsolated && v.Outcome != OutcomeExplained {
		return ""
	}
	for _, s := range []Standing{Isolated, Confirmed, Named, Suspected} {
		if slices.ContainsFunc(v.Culprits, func(c Culprit) bool { return c.Standing == s }) {
			return s
		}
	}
	return ""
}

// News reports whether a text about a culprit says anything that the verdict's sentence does not.
func (v Verdict) News(text string) bool {
	return text != "" && !strings.Contains(strings.ToLower(v.Summary), strings.ToLower(strings.Trim(text, ". ")))
}

// A Tally counts what was seen of what was tried: "fails 2/2".
type Tally struct {
	Seen  int `json:"seen"`
	Tried int `json:"tried"`
}

// Sendable is a request as a curl command.
type Sendable struct {
	Curl string `json:"curl"`
	Why  string `json:"why,omitempty"` // why nothing was left out of it; "" where something was

	Request request.Request `json:"-"`
}

// A Fix is the repaired request and how it differs from the original.
type Fix struct {
	Curl     string   `json:"curl"`
	Diff     []Change `json:"diff"`
	Verified bool     `json:"verified"`
	Status   int      `json:"status,omitempty"`
	Edits    []Edit   `json:"-"`
	// Login is the path of the saved request whose answer gave the credentials of the fix; "" for none.
	Login string `json:"-"`

	Request request.Request `json:"-"`
}

// A Change is one element before and after; nil means absent.
type Change struct {
	Element ElementID `json:"element"`
	From    *string   `json:"from"`
	To      *string   `json:"to"`
}

// Differing returns the two sides of a change without the lines that both begin and end with: of a long body only
// what was changed. A change of one line, or of all, stays whole; an object or array that is there on one side alone
// stands on one line.
func (c Change) Differing() (from, to *string) {
	if c.From == nil || c.To == nil {
		return onOneLine(c.From), onOneLine(c.To)
	}
	a, b := strings.Split(*c.From, "\n"), strings.Split(*c.To, "\n")
	for len(a) > 1 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 1 && len(b) > 1 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	was, is := strings.Join(a, "\n"), strings.Join(b, "\n")
	return &was, &is
}

// onOneLine takes the blanks between the parts of a JSON text away.
func onOneLine(text *string) *string {
	var short bytes.Buffer
	if text == nil || !strings.Contains(*text, "\n") || json.Compact(&short, []byte(*text)) != nil {
		return text
	}
	s := short.String()
	return &s
}

// A StepResult is what one step of the wizard learned.
type StepResult struct {
	Step   string `json:"step"`   // reproduce, logs, connectivity, credentials, formats, endpoints, isolation
	Result string `json:"result"` // ok, finding, skipped, running
	Text   string `json:"text"`   // one line
}

// Spoken is the reason of a probe without the number that it has in DIAGNOSIS §6: "K18: wait four times as long".
func Spoken(why string) string {
	code, rest, ok := strings.Cut(why, ": ")
	if !ok || len(code) < 2 || code[0] != 'K' || strings.Trim(code[1:], "0123456789") != "" {
		return why
	}
	return rest
}

// A ProbeRecord is one rung of the ladder.
type ProbeRecord struct {
	N        int      `json:"n"`
	Kind     Kind     `json:"kind"`
	Step     Step     `json:"-"`
	Changed  []string `json:"changed"` // element and what was done: "body:/qty = 5"
	Safety   string   `json:"safety"`
	Status   int      `json:"status,omitempty"`
	Error    string   `json:"error,omitempty"`
	Outcome  Outcome  `json:"verdict"` // "" while it runs
	Duration int64    `json:"duration_ms"`
	Why      string   `json:"why"`
	At       string   `json:"at,omitempty"` // when it was sent: RFC 3339 with milliseconds, UTC; "" for a look
	// RequestID is what the provider's logs know the exchange by, untrusted; "" when the answer does not say.
	RequestID string `json:"request_id,omitempty"`

	Question *Question `json:"-"`
	Answer   *Answer   `json:"-"` // nil while it runs
}

// Wrote reports whether the probe was sent for real and passed, or was not answered although it may have arrived, and so may
// have changed data.
func (p ProbeRecord) Wrote() bool {
	if p.Safety < S5.String() || p.Outcome == Refused || p.Outcome == "" || p.Answer == nil || p.Answer.Exchange == nil {
		return p.Answer != nil && p.Answer.Left && p.Safety >= S5.String()
	}
	return p.Status/100 == 2 || p.Status == 0 && reached(p.Answer.Exchange)
}

// arrived reports whether the request of an answer that nobody waited for may have come to the server.
func (a Answer) arrived() bool { return a.Exchange != nil && reached(a.Exchange) }

// reached reports whether the request may have come to the server: before TLS is through nothing of it is written.
func reached(x *request.Exchange) bool {
	if x.Failure == nil || len(x.Hops) > 1 {
		return true
	}
	switch x.Failure.Phase {
	case request.PhasePrepare, request.PhaseResolve, request.PhaseConnect, request.PhaseProxy, request.PhaseTLS:
		return false
	}
	return true
}

// Cost is what the diagnosis took.
type Cost struct {
	Probes int `json:"probes"`
	// Unsafe are the probes that were sent although they could have changed data (S4, S5), whatever came back; Wrote
	// are those that were sent for real (S5) and passed or were not answered, and so may have done it: no dry run.
	Unsafe   int   `json:"unsafe"`
	Wrote    int   `json:"wrote"`
	Duration int64 `json:"duration_ms"`
}

// Lasted writes a Duration, which is in milliseconds; what took less is not said to have taken none.
func Lasted(ms int64) string {
	switch {
	case ms == 0:
		return "<1 ms"
	case ms < 1000:
		return fmt.Sprintf("%d ms", ms)
	}
	return request.Lapse(time.Duration(ms) * time.Millisecond)
}

// A Suspect is one element of the map of suspicion.
type Suspect struct {
	Element ElementID
	P       float64 // 0 cleared … 1 certain
	State   string  // "", "cleared", "suspect", "culprit"
	Why     string
}

// An Event reports progress of a diagnosis. Exactly one field is set.
type Event struct {
	Step     *StepResult  // a step began (running) or learned something
	Probe    *ProbeRecord // asked (Answer nil) or answered
	Suspects []Suspect    // the whole map, when it changed
	Report   *Report      // the last event
}
