// Package diagnose finds out by experiment why a request fails, and proves it.
//
// The root is the vocabulary: a Case goes in; Questions are asked one after another; each Answer is judged
// (pass, same failure, other failure, unresolved); a Report with a Verdict comes out. A Session is pure: it
// has no clock, no socket, no file, and the same answers always give the same questions and the same report.
// Run drives a session against something that can answer (package probe: the network; a test: a table).
// How the next question is chosen is package inquiry. What an answer means is packages evidence and lint.
package diagnose

import (
	"time"

	"culprit/request"
)

// An Element is one addressable part of a request and its value.
type Element struct {
	ID      ElementID
	Group   string // for the hierarchy of §7.4: "url", "auth", "header", "cookie", "query", "body:/ship", "transport"; or Markup
	Value   any    // string for most; a JSON value (json.Number for numbers) for body members
	Text    string // the value as it goes over the wire, undecorated; for a JSON member its source text
	Secret  bool
	Default bool // added by the client, not written by a person
}

// Markup is the Group of what a body in XML holds: elements that hold no others, and attributes. Their ids are made of local
// names, those of one name numbered from 0: body:/order/item/1/@sku.
const Markup = "xml"

// An Op is what an Edit does.
type Op string

// The operations. For Rename, To is the new name; for Move, To is the new ElementID.
const (
	Remove Op = "remove"
	Set    Op = "set"
	Add    Op = "add"
	Rename Op = "rename"
	Move   Op = "move"
)

// An Edit is one reversible change of one element: everything the search handles is a set of edits (the
// design calls it a delta).
type Edit struct {
	Element ElementID
	Op      Op
	// To is the new value: a string for header, query, form, url, method and auth elements; a JSON value
	// (string, json.Number, bool, nil, json.RawMessage) for body members; the whole text for "body".
	To any

	Source string  // lint, server, baseline, sibling, spec, transform, deletion, transport
	Cause  CauseID // what it would mean if this edit is the fix
	Why    string  // for a person: `looks like a number in quotes`
	Weight float64 // odds of being (part of) the fix, 1 = an unremarkable element (§5, §8)
	Harm   float64 // probability that it breaks a healthy request (§8)
	Widens bool    // it changes what the operation does (method, path, id): needs a question
}

// A Step is one of the seven steps that the wizard shows, from 1.
type Step int

// The steps of PRODUCT.md §4.
const (
	Reproduce Step = iota + 1
	Logs
	Connectivity
	Credentials
	Formats
	Endpoints
	Isolation
)

// Steps are all of them, in order.
var Steps = []Step{Reproduce, Logs, Connectivity, Credentials, Formats, Endpoints, Isolation}

// String returns the step's short title.
func (s Step) String() string {
	switch s {
	case Reproduce:
		return "Reproduce"
	case Logs:
		return "Logs"
	case Connectivity:
		return "Connectivity"
	case Credentials:
		return "Credentials"
	case Formats:
		return "Data formats"
	case Endpoints:
		return "Endpoints and documentation"
	case Isolation:
		return "Isolation"
	}
	return "?"
}

// A Kind says what a question is for.
type Kind string

// The kinds of question.
const (
	Replay    Kind = "replay"
	Control   Kind = "control"  // the opacity control of §3.4
	Contrast  Kind = "contrast" // K1…K22, meant to fail
	Repair    Kind = "repair"
	Baseline  Kind = "baseline" // the whole known-good request
	Bisect    Kind = "bisect"
	Deletion  Kind = "deletion"
	Confirm   Kind = "confirm"
	Renew     Kind = "renewal"   // new credentials, from where the collection says
	Transport Kind = "transport" // a look at DNS, TCP, TLS or a proxy; no HTTP
	Ask       Kind = "question"  // asked of the person
)

// Safety is the class of §11.
type Safety int

// The classes. Higher needs more consent.
const (
	S0 Safety = iota // local, nothing is sent
	S1               // a connection, no HTTP
	S2               // a safe method to the same origin
	S3               // cannot act: lacks what the server needs
	S4               // may succeed, harmless by declaration
	S5               // may change data
	S6               // never
)

// String returns "S2" and the like.
func (s Safety) String() string { return "S" + string(rune('0'+s)) }

// A Question is one thing to find out: a variation of the request to send, a look at the network, or
// something to ask the person. Exactly one of Request, Look and Prompt is set.
type Question struct {
	N       int // number of the probe, from 1
	Step    Step
	Kind    Kind
	Request *request.Request
	Look    *Look
	Prompt  *Prompt
	Edits   []Edit // how Request differs from the original; nil for a replay
	Safety  Safety
	// Free marks a probe of class S3 that runs without a question, on production too (§17): it names a path that no
	// server has, or keeps the body back.
	Free bool
	// Unsure marks a probe that may change data and may have arrived already, when an earlier run was stopped under way: it
	// needs a yes of its own, whatever consent there is.
	Unsure bool
	Why    string // why this, why now: one sentence
	If     string // what a pass would mean, for the consent overlay
	// Wait is how long to hold the probe back: a Retry-After, or the back-off of a retry.
	Wait time.Duration
}

// Removes returns what in the request asks for a deletion, "" where nothing does or where it cannot act. What is removed is
// gone, so a yes to it is typed (§11).
func (q Question) Removes() string {
	if q.Request == nil || q.Safety < S5 {
		return ""
	}
	return q.Request.Removes()
}

// Effect says what becomes of a probe that may change data when the server accepts it, by what its method asks for (RFC 9110
// §9.3, RFC 5789): "what is there is replaced".
func (q Question) Effect() string {
	switch {
	case q.Kind == Renew:
		return "new credentials are issued"
	case q.Removes() != "":
		return "what is there is removed"
	case q.Request == nil:
		return "it takes effect"
	}
	switch q.Request.Method {
	case "POST":
		return "something is made, changed or sent"
	case "PUT":
		return "what is there is replaced, or made"
	case "PATCH":
		return "what is there is changed"
	}
	return "it takes effect"
}

// A Look examines one layer below HTTP.
type Look struct {
	Layer   string // "dns", "tcp", "tls", "proxy", "plain" (an HTTP request in clear to a TLS port, or TLS to a plain one)
	Host    string
	Port    string
	Address string // one address, for tcp and tls; "" means all that Host has
	Options request.TLS
	// Dir and Confine are those of the request: where Options' files are, and whether only there.
	Dir     string
	Confine bool
	// Extra are certificates (DER) that the chain of a TLS handshake is verified with beside those that the server
	// sends: with them it is seen whether one is missing.
	Extra [][]byte
}

// A Sight is what a Look found.
type Sight struct {
	OK      bool
	Text    string // one line, untrusted
	Took    time.Duration
	Found   []string         // addresses, names, issuers
	Failure *request.Failure // why not OK
	// Trusted is for TLS: the chain, with Extra, leads to a root that the request trusts.
	Trusted bool
}

// A Prompt asks the person; "don't know" is always an answer and costs nothing.
type Prompt struct {
	ID      string
	Text    string
	Choices []string   // empty for free text
	About   Occurrence // of which a server's log is asked, "log"; the zero value for other prompts
}

// An Occurrence is an exchange as a server's log may have it.
type Occurrence struct {
	ID          string // of the request, as its answer says; "" for none
	From, Until time.Time
}

// An Answer is what asking brought. Exactly one field counts.
type Answer struct {
	Exchange *request.Exchange
	Sight    *Sight
	Reply    string // of the person; "" is "don't know"
	Refused  string // why it was not asked: NoConsent, NotThis, Skipped; never counts as an outcome
	// Left says of a refused answer that the request went out all the same: the person did not wait for what came back.
	Left bool
}

// An Outcome is how an answer is judged (§3.1).
type Outcome string

// The outcomes.
const (
	Pass       Outcome = "pass"
	Same       Outcome = "same"
	Other      Outcome = "other"
	Unresolved Outcome = "unresolved"
	Refused    Outcome = "refused"
)

// A Case is all that is known when a diagnosis begins.
type Case struct {
	Request  request.Request
	Recorded *request.Exchange // the failing exchange, when it was already sent; nil otherwise
	// Good are requests that are believed to pass, best first (§7.2).
	Good []Known
	// Earlier are passes of the same saved request, each with its Exchange, newest first; nil when none is known. Their
	// answers are compared with the one of today; unlike Good, they hold the same request as often as it was sent.
	Earlier []Known
	// Past is how long earlier passing exchanges of the same saved request took, until their last byte, newest
	// first; nil when that is not known. A success that is far slower than all of them is said to be slow.
	Past []time.Duration
	// Lost are cookies that earlier passes of the same saved request had from a jar which does not have them any more, by
	// their names.
	Lost []string
	// Endings are how earlier exchanges of the same saved request ended, newest first; nil when none is known. They tell
	// whether failing goes with the time of day.
	Endings []Ending
	// Siblings are other saved requests of the same host, for the majority rules of §5.
	Siblings []request.Request
	// Around is what the machine and the collection say beside the request.
	Around Surroundings
	// Spec is what a document says about the API (package spec); nil when there is none.
	Spec Knowledge
	// Describe reads a document that the API serves about itself, which came from base; nil looks for none. It is pure.
	Describe func(document []byte, base string) (Knowledge, error)
	// Priors are earlier findings of this person. They change the order of probes only.
	Priors Priors
	Budget Budget
	// Renewals are the ways to new credentials that the person's collection has, best first; nil when it has none.
	Renewals []Renewal
	// Clients are other programs of this machine that can send the request: "curl". nil when there are none.
	Clients []string
	// Places are other machines that the person offers to send it from: "ssh://[user@]host[:port]".
	Places []string
	// Writes is consent, given beforehand, for probes of this run on this method and path that may change data.
	Writes bool
	// DryRuns is consent, given beforehand, for dry runs of this method and path, where the API's document has them:
	// they are sent in place of asking for probes that may change data.
	DryRuns bool
	// Production marks a host that is neither loopback, private nor marked dev.
	Production bool
	// Interactive is true when Prompts can be answered.
	Interactive bool
	// Log is true when the prompt for a server's log is answered without a person, from a file.
	Log bool
	// Expected is what a person wants of the answer, when it counts as a pass and is wrong all the same.
	Expected Expectation
	// Wanted are steps that the person wants done even where they would be left out: a failure seen a moment ago
	// is replayed, a server that answers is looked at below HTTP.
	Wanted []Step
	// Now is the local time at the start; the session has no clock of its own.
	Now time.Time
}

// An Ending is when an exchange began, and whether it passed.
type Ending struct {
	At     time.Time
	Passed bool
}

// A Renewal is a way to new credentials: whom to ask, and the request with what the answer brings.
type Renewal struct {
	Label string // for a person, inside a sentence: "the saved request auth/login"
	Path  string // of that saved request; "" for none
	// Request goes to whoever gives the credentials, with what it takes to get them; it is sent only with consent of its
	// own, and no redirect of it is followed.
	Request request.Request
	// Renewed is the request of the case with the credentials of that answer, which are among its Secrets; the error says
	// what the answer lacks, and holds no credential. Pure.
	Renewed func(*request.Exchange) (request.Request, error)
}

// An Expectation is what a right answer has, or has not, in its body: pieces of it as they are written there. The
// zero value expects nothing.
type Expectation struct {
	Has, Lacks string
	// As is a request, with its Exchange, whose answer a person calls right; nil for none.
	As *Known
}

// String returns what an answer has to be to pass: "the answer has “mug”"; "" for no expectation.
func (e Expectation) String() string {
	switch {
	case e.As != nil:
		return "the answer is built as that of " + e.As.Label + ", whatever its values are"
	case e.Has != "" && e.Lacks != "":
		return "the answer has “" + e.Has + "” and not “" + e.Lacks + "”"
	case e.Has != "":
		return "the answer has “" + e.Has + "”"
	case e.Lacks != "":
		return "the answer has no “" + e.Lacks + "”"
	}
	return ""
}

// localWrites is how many probes that change data may pass on a host that is local or marked dev, once they are
// allowed at all: a bisection over a known-good request needs about as many as it has steps.
const localWrites = 10

// Bounds returns the budget of the case with its zero fields filled: what a run keeps to, and what is shown.
func (c Case) Bounds() Budget {
	if c.Budget.Unsafe == 0 && !c.Production {
		c.Budget.Unsafe = localWrites
	}
	return c.Budget.Or()
}

// Known is a request that is believed to pass. Whether it does is seen by sending it, before it is used.
type Known struct {
	Label   string // "the last passing exchange of 2026-11-20 14:02 UTC", "the request of --good"
	Request request.Request
	From    Provenance
	// Otherwise are the names of secrets that had other values when it passed; nil when all are the same.
	Otherwise []string
	// Exchange is one in which Request passed, as the history keeps it: status, header fields, timing and body, without
	// the values of secrets, so that an answer can be compared with its answer; nil when only the request is known. It
	// is only read; its body may have been cut off or freed.
	Exchange *request.Exchange
}

// A Provenance says where a Known comes from, and so what it means when it fails too.
type Provenance string

// The provenances of §7.2. Of the first two it is known that they worked: when they fail now, the world changed.
// The others are guesses, and say nothing when they fail.
const (
	FromHistory     Provenance = "history"     // seen to pass by this program
	FromPerson      Provenance = "person"      // somebody says that it works: --good, a pasted command; also ""
	FromVersion     Provenance = "version"     // an earlier version of the saved request
	FromEnvironment Provenance = "environment" // the same request as another environment has it
	FromSibling     Provenance = "sibling"     // another saved request of the same operation
	FromSpec        Provenance = "spec"        // made from a document
)

// Worked reports whether k is known to have passed once.
func (k Known) Worked() bool { return k.From == FromHistory || k.From == FromPerson || k.From == "" }

// Knowledge is what is known about an API before anything is sent: in practice an OpenAPI document. It is
// weaker than the server's own word, for a document may be out of date. Its methods are pure, do not block,
// and may be called from several goroutines.
type Knowledge interface {
	// Check says how a request departs from its documented operation; nil when it does not.
	Check(request.Request) []Evidence
	// Edits are the repairs of what Check found, best first. The time is for dates that must be made up.
	Edits(request.Request, time.Time) []Edit
	// Hits are the same as findings of a static check, rule "spec", most suspicious first: each with its repairs.
	Hits(request.Request, time.Time) []Hit
	// Known are requests of the same operation that should pass, best first, to the host and with the
	// credentials of the original; nil when the operation is not documented.
	Known(request.Request, time.Time) []Known
	// DryRun is the edit that makes a request one that the server checks and does not carry out, by the parameter that
	// is documented for its operation; false when there is none, or when the request has it.
	DryRun(request.Request) (Edit, bool)
	// Response says how the answer of an exchange departs from what is documented for it.
	Response(*request.Exchange) []Evidence
}
