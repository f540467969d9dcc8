package inquiry

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
	"culprit/request/jsontext"
)

// Probes whose body never leaves this machine (K10), and what they tell of a body that may be too large (K20).

// headerOnly is K10: the header with the length of the body, and never the body. A refusal at that point does not
// depend on the body. It returns nil where there is no body to keep back, or where a server could act without one.
func (a *asker) headerOnly() (*request.Exchange, int) {
	if a.base.Safe() || !a.needsBody() {
		return nil, 0
	}
	r := keepBack(a.base)
	x, _, n := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Reproduce, Why: "K10: is the header alone refused? The body is kept back"})
	if x == nil || x.Response() == nil {
		return nil, n // it asks for the body: the header is accepted, by whoever answers
	}
	return x, n
}

// needsBody reports a write that no server could carry out without its body.
func (f *failure) needsBody() bool {
	u := element.SplitURL(f.base.URL)
	return f.base.Method != "DELETE" && !bodiless(f.base) && !safety.Acts(u.Path, u.Query) && !safety.Overridden(f.base)
}

// unasked is how long a server that asks for no body may be silent: many do not know the expectation (RFC 9110
// §10.1.1), and wait. As long as curl waits before it sends the body; we never do.
const unasked = time.Second

// keepBack is r without its body on the wire.
func keepBack(r request.Request) request.Request {
	r = r.Clone()
	r.Settings.WithholdBody, r.Settings.Timeouts.Total = true, unasked
	return r
}

// bodiless reports a body that no server would miss.
func bodiless(r request.Request) bool {
	return r.Body.Kind == request.NoBody || r.Body.Kind == request.RawBody && len(strings.TrimSpace(r.Body.Text)) <= len("{}")
}

// beforeTheBody reports a status that is decided by the header alone (RFC 9110 §15.5): others may be about a body that
// did not come.
func beforeTheBody(status int) bool {
	switch status {
	case 401, 402, 403, 404, 405, 406, 407, 410, 412, 413, 414, 415, 421, 426, 428, 429, 431, 451:
		return true
	}
	return false
}

// aboutTheWay reports an answer that says, whatever its status is, that something is wrong with how the request came, and
// not with what was sent: nginx answers 400 to what no body can change.
func (f *failure) aboutTheWay(x *request.Exchange) bool {
	said := f.read(scene{index: element.Of(f.base), exchange: x})
	return slices.ContainsFunc(said, func(e diagnose.Evidence) bool {
		switch e.Cause {
		case "scheme_mismatch", "mtls_certificate_required", "mtls_certificate_rejected", "request_header_too_large":
			return e.Kind != "status" && e.Ratio >= namedRatio
		}
		return false
	})
}

// withheld reports a probe whose body was asked for, or waited for in silence, and kept back. Where no connection came about
// or it broke, nobody has read the header.
func withheld(x *request.Exchange) bool {
	return x.Request.Settings.WithholdBody && x.Response() == nil && (x.Failure == nil || x.Failure.Cause == "" || x.Failure.Cause == "response_timeout")
}

// tooLarge is K20: it halves the body until it is no longer refused, with the header alone where that is refused too,
// else with fewer items of the largest list. The limit lies between the last two sizes: log2 probes.
func (d *detective) tooLarge() progress {
	limit := 0
	if x, _ := d.headerOnly(); x != nil && x.Status() == d.oracle.exchange.Status() {
		limit = d.smallerHeader()
	}
	if p := d.shorterText(limit); p != nothing || d.result.done() {
		return p
	}
	return d.fewerItems()
}

// smallest is the size, in bytes, below which no limit is looked for: no server's is smaller.
const smallest = 1 << 10

// smallerHeader returns the size that is let through; 0 when none was found.
func (d *detective) smallerHeader() int {
	size := bodySize(d.base)
	for n := size / 2; n >= smallest; n /= 2 {
		r := keepBack(d.base)
		r.Body = request.Body{Kind: request.RawBody, Type: r.Body.Type, Text: strings.Repeat(" ", n)}
		x, out, _ := d.send(r, ladder.Probe{Kind: diagnose.Bisect, Step: diagnose.Isolation, Why: fmt.Sprintf("K20: are %d bytes taken? The body is kept back", n)})
		switch {
		case out == diagnose.Refused || !ofItsSize(x):
			return 0
		case x.Status() != d.oracle.exchange.Status():
			d.limitFound(fmt.Sprintf("a body of %d bytes is let through, one of %d is refused", n, 2*n), diagnose.Named)
			return n
		}
	}
	return 0
}

// ofItsSize reports that a probe whose body was kept back was answered for its size: the body was asked for, or there is an
// answer that says more than to come later. One who is silent may be slow, or not have been reached.
func ofItsSize(x *request.Exchange) bool {
	if withheld(x) {
		return x.Failure.Cause == ""
	}
	return !transient(x)
}

// fewerItems leaves out the second half of the largest list until the request passes.
func (d *detective) fewerItems() progress {
	root, text := d.scene.index.JSON()
	list, at := largest(root, "")
	if list == nil || len(list.Children) < 2 {
		return nothing
	}
	for n := len(list.Children); n > 1; n /= 2 {
		fewer := text[list.Start:list.Children[n/2-1].End] + "]"
		e := diagnose.Edit{Element: diagnose.ID("body", at), Op: diagnose.Set, To: json.RawMessage(fewer), Source: "transform", Cause: "payload_too_large", Why: "fewer items"}
		if at == "" {
			e.Element, e.To = "body", fewer
		}
		_, out, _ := d.vary([]diagnose.Edit{e}, diagnose.Bisect, fmt.Sprintf("K20: does it pass with %d of %d items?", n/2, len(list.Children)))
		switch out {
		case diagnose.Pass:
			d.limitFound(fmt.Sprintf("%d items of %s pass, %d are refused", n/2, nameOf(at), n), diagnose.Isolated)
			return nothing
		case diagnose.Refused:
			return nothing
		}
	}
	return nothing
}

// shorterText cuts the longest text of a JSON body, where it makes most of it, until the request passes: to what fits into
// limit, a size in bytes that is let through, where it is known, else by halves.
func (d *detective) shorterText(limit int) progress {
	long := diagnose.Element{}
	for _, e := range d.scene.index.Elements {
		if t, ok := e.Value.(string); ok && e.ID.Is("body") && len(t) > len(long.Text) {
			long = e
			long.Text = t
		}
	}
	size := bodySize(d.base)
	if 2*len(long.Text) < size || size < smallest {
		return nothing
	}
	text := []rune(long.Text)
	n := len(text) / 2
	if limit > 0 {
		n = len(text) - size + limit
	}
	for ; n > 0; n /= 2 {
		e := diagnose.Edit{Element: long.ID, Op: diagnose.Set, To: string(text[:n]), Source: "transform", Cause: "payload_too_large", Weight: strong, Why: "a shorter text"}
		x, out, _ := d.vary([]diagnose.Edit{e}, diagnose.Bisect, fmt.Sprintf("K20: does it pass with %d of its %d characters?", n, len(text)))
		switch out {
		case diagnose.Pass:
			d.limitFound(fmt.Sprintf("it passes with %d characters in %s, and not with %d", n, long.ID, len(text)), diagnose.Isolated)
			d.result.fix, d.result.fixed, d.result.verified = append(slices.Clone(d.peeled), e), x.Status(), true
			return nothing
		case diagnose.Refused:
			return nothing
		}
	}
	return nothing
}

// largest returns the list with the most bytes below n, and its pointer.
func largest(n *jsontext.Node, at string) (*jsontext.Node, string) {
	if n == nil {
		return nil, ""
	}
	if n.Kind == jsontext.Array {
		return n, at
	}
	var found *jsontext.Node
	var where string
	for _, c := range n.Children {
		if l, path := largest(c, at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(c.Key)); l != nil && (found == nil || l.End-l.Start > found.End-found.Start) {
			found, where = l, path
		}
	}
	return found, where
}

func nameOf(pointer string) string {
	if pointer == "" {
		return "the list"
	}
	return "body:" + pointer
}

func (d *detective) limitFound(text string, s diagnose.Standing) {
	d.notes.finding(diagnose.Isolation, text)
	d.conclude(diagnose.OutcomeExplained, sentence("payload_too_large", "body", text), diagnose.Culprit{
		Element: "body", Cause: "payload_too_large", Standing: s, Confidence: 0.95, Explanation: text, Fix: diagnose.CauseID("payload_too_large").Cause().Fix,
		Evidence: d.oracle.fails, With: diagnose.Tally{Seen: len(d.oracle.fails), Tried: len(d.oracle.fails)},
	})
}

// bodySize is the length of a body as far as it is known without sending it.
func bodySize(r request.Request) int {
	n := len(r.Body.Text)
	for _, f := range r.Body.Fields {
		n += len(f.Name) + len(f.Value) + 2
	}
	for _, p := range r.Body.Parts {
		n += len(p.Value)
	}
	return n
}
