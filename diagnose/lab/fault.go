package lab

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// A Fault is a request that fails, and the truth about it.
type Fault struct {
	ID    string // "expired-token"
	Title string // one line for a person
	// Request makes the failing request. It may differ from call to call in what has to be unique.
	Request func(*Lab) request.Request
	// Healthy makes its neighbour: the same request with the fault mended. It passes.
	Healthy func(*Lab) request.Request
	// Good makes another request of the same operation that is known to pass; nil when nobody kept one.
	Good func(*Lab) request.Request
	// Prepare brings the lab into the state in which Request fails; nil when it always does.
	Prepare func(*Lab)
	// Truth holds one entry for each independent culprit, all of which have to be found.
	Truth []Truth

	// Turn is what happened since the request passed; nil when nothing did.
	Turn *Turn

	Setting Setting
	Opaque  bool // the answer tells nothing
	// Beyond is set when no edit of the request mends it: the network, the server or time is to blame.
	Beyond bool
}

// A Truth is what may be said about one culprit.
type Truth struct {
	Causes   []diagnose.CauseID   // accepted, best first
	Elements []diagnose.ElementID // accepted, best first; each of them alone will do
	// Mute is set where nothing tells the causes apart: the element decides, and any cause on the
	// same side is accepted.
	Mute bool
}

// A Case is a request that passes although it looks odd. It must never be accused.
type Case struct {
	ID      string
	Title   string
	Request func(*Lab) request.Request
}

// Right reports whether a verdict with these culprits agrees with the truth: each entry is met by a culprit
// with an accepted cause and element, and no culprit is left over.
func (f Fault) Right(culprits []diagnose.Culprit) bool {
	met := make([]bool, len(f.Truth))
	for _, c := range culprits {
		i := slices.IndexFunc(f.Truth, func(t Truth) bool { return t.accepts(c) })
		if i < 0 {
			return false
		}
		met[i] = true
	}
	return !slices.Contains(met, false)
}

func (t Truth) accepts(c diagnose.Culprit) bool {
	return (t.Mute && c.Cause.Cause().Side == t.Causes[0].Cause().Side || slices.Contains(t.Causes, c.Cause)) && slices.ContainsFunc(t.Elements, func(id diagnose.ElementID) bool { return alike(id, c.Element) })
}

// alike reports whether two names mean the same element: those of header fields have no case (RFC 9110 §5.1).
func alike(a, b diagnose.ElementID) bool {
	return a == b || a.Is("header") && strings.EqualFold(string(a), string(b))
}

// Faults returns the table of faults, in the order in which they are told.
func Faults() []Fault { return slices.Concat(shopFaults(), worldFaults()) }

// shopFaults are what the shop refuses.
func shopFaults() []Fault {
	return slices.Concat(authFaults(), keyFaults(), bodyFaults(), purchaseFaults(), mediaFaults(), pathFaults(), queryFaults(), headerFaults(), businessFaults(), shelfFaults())
}

// worldFaults are failures of what stands around it, and of the shop itself.
func worldFaults() []Fault {
	return slices.Concat(
		serverFaults(), carelessFaults(), coyFaults(), gatewayFaults(), signedFaults(), digestFaults(), redirectFaults(), nameFaults(), networkFaults(), tlsFaults(), responseFaults(),
	)
}

// one is the truth about a single culprit. causes and elements are lists separated by spaces.
func one(causes, elements string) []Truth {
	var t Truth
	for c := range strings.FieldsSeq(causes) {
		t.Causes = append(t.Causes, diagnose.CauseID(c))
	}
	for e := range strings.FieldsSeq(elements) {
		t.Elements = append(t.Elements, diagnose.ElementID(e))
	}
	return []Truth{t}
}

// authElements are the names under which the credentials of a request may be accused.
const authElements = "auth header:Authorization"

// A change is one deviation of a request from the usual one.
type change func(*Lab, *request.Request)

// to returns a factory of requests to the shop: as the shop's own documentation would write them, with the
// token of a shopkeeper, and then changed. path starts with a prefix; a body makes it JSON.
func to(method, path, body string, changes ...change) func(*Lab) request.Request {
	return func(l *Lab) request.Request {
		r := request.Request{Method: method, URL: l.URL + path, Auth: bearer(l.Tokens.Valid)}
		r.Header = []request.Field{{Name: "Accept", Value: "application/json"}}
		if body != "" {
			r.Body = request.Body{Kind: request.RawBody, Type: "application/json", Text: body}
		}
		for _, c := range changes {
			c(l, &r)
		}
		return l.secretive(r)
	}
}

func get(path string, changes ...change) func(*Lab) request.Request {
	return to("GET", path, "", changes...)
}

func post(path, body string, changes ...change) func(*Lab) request.Request {
	return to("POST", path, body, changes...)
}

func bearer(token string) request.Auth {
	return request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: token}}}
}

// secretive names the values of r that must not be shown.
func (l *Lab) secretive(r request.Request) request.Request {
	for _, p := range r.Auth.Params {
		if p.Name != "username" && p.Name != "key" && p.Name != "placement" && p.Value != "" {
			r.Secrets = append(r.Secrets, request.Secret{Ref: "auth " + p.Name, Value: p.Value})
		}
	}
	for _, h := range r.Header {
		switch strings.ToLower(h.Name) {
		case "authorization", "cookie", "x-api-key", "x-csrf-token":
			r.Secrets = append(r.Secrets, request.Secret{Ref: "header " + h.Name, Value: h.Value})
		}
	}
	return r
}

// token sends a bearer token that pick chooses.
func token(pick func(Tokens) string) change {
	return func(l *Lab, r *request.Request) { r.Auth = bearer(pick(l.Tokens)) }
}

func noAuth(_ *Lab, r *request.Request) { r.Auth = request.Auth{} }

// header sets a header field.
func header(name, value string) change {
	return func(_ *Lab, r *request.Request) { r.Header = request.Set(r.Header, name, value) }
}

// headerOf sets a header field to a credential of the lab.
func headerOf(name string, pick func(Tokens) string) change {
	return func(l *Lab, r *request.Request) { r.Header = request.Set(r.Header, name, pick(l.Tokens)) }
}

func without(name string) change {
	return func(_ *Lab, r *request.Request) { r.Header = request.Del(r.Header, name) }
}

// media sets the type of the body as people do, with a header field.
func media(kind string) change {
	return func(_ *Lab, r *request.Request) {
		r.Body.Type = ""
		r.Header = request.Set(r.Header, "Content-Type", kind)
	}
}

// untyped leaves the type of the body away.
func untyped(_ *Lab, r *request.Request) { r.Body.Type = "" }

// base sends the request to another server of the lab.
func base(pick func(*Lab) string) change {
	return func(l *Lab, r *request.Request) { r.URL = pick(l) + strings.TrimPrefix(r.URL, l.URL) }
}

func follow(_ *Lab, r *request.Request) { r.Settings.Follow = 10 }

// swap replaces the only occurrence of old in a document. The tests see to it that there is one.
func swap(doc string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		doc = strings.Replace(doc, pairs[i], pairs[i+1], 1)
	}
	return doc
}

// unique returns a text that no other call returned.
func (l *Lab) unique(format string) string {
	l.shop.mu.Lock()
	defer l.shop.mu.Unlock()
	l.shop.calls["unique"]++
	return fmt.Sprintf(format, l.shop.calls["unique"])
}
