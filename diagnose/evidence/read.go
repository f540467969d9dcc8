package evidence

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"culprit/diagnose"
	"culprit/request"
)

const (
	// maxBody bounds what is read of an error body. Errors are small; a page of 256 KiB is none.
	maxBody = 256 << 10
	// maxText bounds the text of one piece of evidence, so that a report stays readable.
	maxText = 200
	// maxProse bounds how much of a plain text or HTML body the text rules see.
	maxProse = 4 << 10
)

// A reader collects the evidence of one exchange.
type reader struct {
	x    *request.Exchange
	hop  *request.Hop
	resp *request.Response // nil without a response
	els  []diagnose.Element
	ix   *index
	doc  *doc
	hide *strings.Replacer // secrets of the request

	unseen  []diagnose.ElementID // sent, but the server says they are missing
	misread []issue              // what says so of a member by the name that the server's program has for it
	sent    *string              // body as it went out, read on first use
	tree    *node                // body as JSON, read on first use; see sentTree
	mirror  *[]string            // path of what the answer repeats of the body, looked for on first use
	copies  sums                 // objects of the body, made on first use; see sentAs
	out     []diagnose.Evidence

	sentence string // that prose reads; "" outside of it. What is read within it is shorter, so that it ends
}

// Read returns everything that x tells about its failure, strongest first; of a healthy exchange only hints,
// such as a deprecation. elements is the request of x taken apart; the elements that a server names are
// given by these ids, an absent one by the id it would have, with Missing set. It reads at most 256 KiB of
// the body and does not block on a network. Text is untrusted and without secrets.
func Read(x *request.Exchange, elements []diagnose.Element) []diagnose.Evidence {
	if x == nil {
		return nil
	}
	r := newReader(x, elements)
	r.transport()
	r.redirects()
	r.timing()
	if r.resp != nil {
		r.responder()
		r.status()
		r.headers()
		r.body()
		r.alternatives()
		r.skewed()
	}
	return r.sorted()
}

// ReadRefused is Read for an answer that counts as a success and of which a person says that it is none: its words are read
// as those of a refusal.
func ReadRefused(x *request.Exchange, elements []diagnose.Element) []diagnose.Evidence {
	if x.Response() == nil || x.Status()/100 != 2 {
		return Read(x, elements)
	}
	refused, hop, resp := *x, *x.Last(), *x.Response()
	resp.Status, hop.Response = 400, &resp
	refused.Hops = append(slices.Clone(x.Hops[:len(x.Hops)-1]), hop)
	return slices.DeleteFunc(Read(&refused, elements), func(e diagnose.Evidence) bool { return e.Source == "status" })
}

func newReader(x *request.Exchange, elements []diagnose.Element) *reader {
	r := &reader{x: x, hop: x.Last(), resp: x.Response(), els: elements, hide: hiding(&x.Request, elements)}
	r.ix = newIndex(&x.Request, elements)
	r.doc = newDoc(r.resp)
	return r
}

// sorted returns the evidence strongest first, one per cause and element.
func (r *reader) sorted() []diagnose.Evidence {
	type key struct {
		c diagnose.CauseID
		e diagnose.ElementID
		t string
	}
	seen := map[key]int{}
	var out []diagnose.Evidence
	for _, e := range r.out {
		k := key{c: e.Cause, e: e.Element}
		if e.Cause == "" {
			k.t = e.Kind + e.Text
		}
		n, dup := seen[k]
		if !dup {
			seen[k] = len(out)
			out = append(out, e)
			continue
		}
		first := &out[n]
		if e.Ratio > first.Ratio {
			e.Allowed, e.Expected = cmpList(e.Allowed, first.Allowed), cmp.Or(e.Expected, first.Expected)
			*first = e
		} else {
			first.Allowed, first.Expected = cmpList(first.Allowed, e.Allowed), cmp.Or(first.Expected, e.Expected)
		}
	}
	slices.SortStableFunc(out, func(a, b diagnose.Evidence) int { return cmp.Compare(b.Ratio, a.Ratio) })
	return out
}

func cmpList(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

// add keeps a piece of evidence, its text made short and free of secrets.
func (r *reader) add(e diagnose.Evidence) {
	if e.Cause == "invalid_credentials" && e.Element == "auth" && !r.has("auth") && !r.ownCredential() {
		e.Cause, e.Missing = "missing_credentials", true // there is nothing that could be wrong
	}
	e.Text = r.clean(e.Text)
	e.Source = r.clean(e.Source)
	e.Expected = r.clean(e.Expected)
	for i, a := range e.Allowed {
		e.Allowed[i] = r.clean(a)
	}
	r.out = append(r.out, e)
}

// clean masks secrets and cuts a text to one short line.
func (r *reader) clean(s string) string {
	if s == "" {
		return s
	}
	s = r.hide.Replace(s) // before it is cut: half a secret would not be known again
	s = strings.ToValidUTF8(s[:min(len(s), 8*maxText)], "\ufffd")
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= maxText {
		return s
	}
	return string([]rune(s)[:maxText-1]) + "…"
}

// minSecret is the shortest secret that is masked, in bytes: shorter ones would blank out ordinary words.
const minSecret = 4

// hiding masks what is secret in a request, the longest first: one may begin as another does.
func hiding(q *request.Request, els []diagnose.Element) *strings.Replacer {
	var all []string
	for _, x := range q.Secrets {
		all = append(all, x.Value)
	}
	for i := range els {
		if e := &els[i]; e.Secret {
			all = append(all, e.Text, unquote(e.Text), afterSpace(e.Text))
		}
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	var pairs []string
	for _, s := range all {
		if len(s) >= minSecret {
			pairs = append(pairs, s, "•••")
		}
	}
	return strings.NewReplacer(pairs...)
}

// afterSpace returns the credential of "Bearer abc".
func afterSpace(s string) string {
	_, rest, _ := strings.Cut(s, " ")
	return rest
}

// has reports whether the request has the element.
func (r *reader) has(id diagnose.ElementID) bool {
	if _, ok := r.ix.byID[id]; ok {
		return true
	}
	return id == "auth" && (r.x.Request.Auth.Scheme != "" || r.sentHeader("Authorization") != "")
}

// sentHeader returns a header as it went out on the last hop, or as it was to be sent.
func (r *reader) sentHeader(name string) string {
	if r.hop != nil {
		if v := request.Get(r.hop.Sent.Header, name); v != "" {
			return v
		}
	}
	return request.Get(r.x.Request.Header, name)
}

// sentBody returns the body as it went out, up to 1 MiB.
func (r *reader) sentBody() string {
	if r.sent == nil {
		s := ""
		if b := &r.x.Request.Body; b.Kind == request.RawBody {
			s = b.Text
		} else if r.hop != nil && r.hop.Sent.Body != nil {
			s = string(r.hop.Sent.Body.Head(1 << 20))
		}
		r.sent = &s
	}
	return *r.sent
}

// method returns the method that was sent first.
func (r *reader) method() string { return cmp.Or(r.x.Request.Method, "GET") }
