package inquiry

import (
	"cmp"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/evidence"
	"culprit/request"
)

// An oracle judges answers against the failure at hand (§3).
type oracle struct {
	exchange *request.Exchange  // the failure at hand
	sig      diagnose.Signature // its signature
	level    diagnose.Level     // how finely signatures are compared
	elements []diagnose.Element
	expect   evidence.Expect
	fails    []int                                    // numbers of the probes that showed this failure
	wrong    []diagnose.Departure                     // of the failure from an answer that a person calls right
	signs    map[*request.Exchange]diagnose.Signature // of what was answered since the failure is at hand; see sign
	// rootRight is whether a request without a query is known to work at the root: its page is an answer, then.
	rootRight bool
}

// sign is the signature of x, which is taken once: an answer is judged, compared with by later ones, and calibrated by.
func (o *oracle) sign(x *request.Exchange) diagnose.Signature {
	sig, ok := o.signs[x]
	if !ok {
		sig = evidence.Sign(x, o.elements)
		o.signs[x] = sig
	}
	return sig
}

// set makes x the failure at hand.
func (o *oracle) set(x *request.Exchange, r request.Request, n int) {
	o.exchange = nil
	o.wrong = o.unlike(x)
	o.exchange, o.elements, o.signs = x, element.Of(r).Elements, map[*request.Exchange]diagnose.Signature{}
	o.sig = o.sign(x)
	o.level = diagnose.L2
	if o.sig.Pointers != "" || o.sig.Code != "" {
		o.level = diagnose.L3
	}
	if s := x.Status(); s/100 == 2 && x.Failure == nil {
		// What was expected of a success that is none is expected of the repaired one too: a variation that no
		// longer asks for JSON does not pass because it gets a page.
		o.expect.Media = cmp.Or(wanted(r), o.expect.Media)
	}
	o.fails = nil
	if n > 0 {
		o.fails = []int{n}
	}
}

// Judge says what an answer means. Before a failure is set, everything that does not pass is the same.
func (o *oracle) Judge(x *request.Exchange) diagnose.Outcome {
	if withheld(x) {
		return diagnose.Other // the header is accepted
	}
	if _, near := nearby(x); near {
		if o.exchange == nil || o.exchange.Status()/100 == 3 {
			return diagnose.Same
		}
		return diagnose.Other
	}
	// A redirect is an answer like any other as long as nothing failed; a variation that only leads elsewhere
	// has mended nothing.
	o.expect.Redirect = o.exchange == nil
	if o.exchange != nil && (backTo(x, o.exchange.Request.URL) || o.rootPage(x)) {
		return diagnose.Same
	}
	if ok, _ := evidence.Passed(x, o.expect); ok && len(o.unlike(x)) == 0 {
		return diagnose.Pass
	}
	if o.exchange == nil {
		return diagnose.Same
	}
	sig := o.sign(x)
	if sig.Equal(o.sig, o.level) {
		return diagnose.Same
	}
	if transient(x) && !transient(o.exchange) {
		return diagnose.Unresolved
	}
	return diagnose.Other
}

// Failure is the failure at hand.
func (o *oracle) Failure() *request.Exchange { return o.exchange }

// transient reports an answer that says nothing about the request: it is to be repeated (§3.1).
func transient(x *request.Exchange) bool {
	switch x.Status() {
	case 408, 425, 429, 502, 503, 504:
		return true
	}
	return x.Response() == nil && !showsCertificate(x) // a certificate stays as it is
}

// calibrate notes that x is another sighting of the failure, and coarsens the level to what they share.
func (o *oracle) calibrate(x *request.Exchange, n int) {
	if l := evidence.Calibrate(o.sig, o.sign(x)); l < o.level {
		o.level = l
	}
	o.fails = append(o.fails, n)
}

// wanted is the media type that r asks for first, "" when it takes anything.
func wanted(r request.Request) string {
	first, _, _ := strings.Cut(request.Get(r.Header, "Accept"), ",")
	first, _, _ = strings.Cut(first, ";")
	if first = strings.TrimSpace(first); strings.Contains(first, "*") {
		return ""
	}
	return first
}
