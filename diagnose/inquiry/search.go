package inquiry

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/repair"
)

const (
	// singlesTried is how many strong suspicions are tried one by one (§2, stage 8b).
	singlesTried = 3
	// singlesLast is how many of the weaker ones are tried after everything in bulk.
	singlesLast = 5
	// worthTrying is the weight below which a repair is not tried on its own (§2, stage 8e).
	worthTrying = 1.5
)

// suspicious tries what the static checks find most suspicious, the likeliest alone (§2, stage 8b). Where several are
// alike and a pass changes nothing, they are tried at once: that all of them are innocent takes one probe to see. A
// server error that stays without all that may be left out has no suspects.
func (d *detective) suspicious() progress {
	if d.oracle.exchange.Status() >= 500 {
		if p := d.control(); p != nothing || d.failsBare() {
			return p
		}
	}
	suspects := d.suspects(strong)
	if weak := d.suspects(noticed); d.base.Safe() && d.share(weak) > worthFirst {
		suspects = weak
	}
	for i, e := range suspects[:min(singlesTried, len(suspects))] {
		if rest := repair.Together(suspects[i:]); d.base.Safe() && len(rest) > 2 && !outstanding(rest) {
			x, out, n := d.vary(rest, diagnose.Repair, fmt.Sprintf("%d things that look wrong, at once", len(rest)))
			switch out {
			case diagnose.Pass:
				return d.bisect(rest, x, n)
			case diagnose.Same:
				d.board.clear(rest)
				return nothing
			}
		}
		if p := d.mend(e); p != nothing {
			return p
		}
	}
	return nothing
}

// Odds from which a check is listed (§11), and the share of all suspicion from which such checks go before the control in
// a read: it finds more, and leaves more to search.
const noticed, worthFirst = 10, 0.4

// suspects are the repairs of at least these odds that can mend the failure at hand.
func (f *failure) suspects(odds float64) (out []diagnose.Edit) {
	for _, e := range f.scene.repairs {
		if e.Weight >= odds && e.Source != "deletion" && !e.Widens && f.relevant(e.Element) {
			out = append(out, e)
		}
	}
	return out
}

// share is how much of the suspicion lies on the elements of edits, when every other one that somebody wrote has odds of 1.
func (f *failure) share(edits []diagnose.Edit) float64 {
	odds := map[diagnose.ElementID]float64{}
	for _, e := range f.scene.index.Elements {
		if !e.Default && f.relevant(e.ID) {
			odds[e.ID] = 1
		}
	}
	all, theirs := 0.0, 0.0
	for _, e := range edits {
		odds[e.Element] = max(odds[e.Element], e.Weight)
	}
	for _, o := range odds {
		all += o
	}
	for _, e := range repair.Together(edits) {
		theirs += odds[e.Element]
	}
	return theirs / max(all, 1)
}

// outstanding reports that the first of edits is likelier than all others together.
func outstanding(edits []diagnose.Edit) bool {
	others := 0.0
	for _, e := range edits[1:] {
		others += e.Weight
	}
	return edits[0].Weight > others
}

// relevant reports whether an element can be the cause of the failure at hand, as far as its status tells
// which layer refused it.
func (f *failure) relevant(id diagnose.ElementID) bool {
	kind, name, _ := id.Cut()
	header := func(names ...string) bool {
		return kind == "header" && slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
	}
	url := id.InURL() || kind == "method"
	switch f.oracle.exchange.Status() {
	case 0:
		return !f.unsent() || kind != "body" && kind != "form" && kind != "multipart" && kind != "cookie" && kind != "query" && kind != "auth" && !(kind == "header" && !header("Host", "Proxy-Authorization"))
	case 401, 407:
		return kind == "auth" || kind == "cookie" || kind == "header" && !header("Accept", "Content-Type") || kind == "query" || url
	case 403:
		return kind != "body" && kind != "form" && kind != "multipart" || f.scene.exchange.Request.Safe()
	case 404, 410:
		if f.routed {
			return !url
		}
		return url || kind == "query" || kind == "header"
	case 409: // the state that the request is about
		return kind != "cookie" && (kind != "header" || header("If-Match", "If-Unmodified-Since", "Idempotency-Key"))
	case 405:
		return url
	case 501: // RFC 9110 §15.6.2, and for the header RFC 9112 §6.1
		return url || header("Transfer-Encoding")
	case 406:
		return header("Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset", "Content-Type")
	case 415:
		return header("Content-Type", "Content-Encoding", "Accept") || id == "body"
	}
	return true
}

// bundle tries all harmless repairs as one probe and bisects them when it passes (§2, stage 8d).
func (d *detective) bundle() progress {
	edits := d.harmless()
	if len(edits) < 2 {
		return nothing
	}
	why := fmt.Sprintf("%d harmless repairs at once", len(edits))
	if all := d.apart(round{edits, why}, alone); len(all) > 1 {
		for _, r := range all {
			if p := d.inBulk(r); p != nothing || d.ladder.Stopped != "" {
				return p
			}
		}
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Repair, why)
	if out == diagnose.Pass {
		return d.bisect(edits, x, n)
	}
	if out == diagnose.Same {
		d.board.clear(edits)
	}
	return nothing
}

// singles tries the remaining repairs one by one, likeliest first (§2, stage 8e).
func (d *detective) singles() progress {
	tried := 0
	for _, e := range d.scene.repairs {
		if e.Weight < worthTrying || e.Source == "deletion" || e.Widens || !d.relevant(e.Element) || d.combined && data(e.Element) {
			continue
		}
		if tried++; tried > singlesLast {
			break
		}
		if p := d.mend(e); p != nothing {
			return p
		}
		if d.ladder.Stopped != "" {
			break
		}
	}
	return nothing
}

// odds is how suspicious an element is before the search.
func (f *failure) odds(id diagnose.ElementID) float64 {
	odds := 1.0
	if f.off.prior {
		return odds
	}
	for _, h := range f.scene.hits {
		if h.Element == id {
			odds = max(odds, h.Odds)
		}
	}
	for _, e := range f.scene.evidence {
		if e.Element == id {
			odds = max(odds, e.Ratio)
		}
	}
	return odds
}

// data reports an element of the body, of a form however it is encoded, or of the query.
func data(id diagnose.ElementID) bool { return id.InBody() || id.Is("query") }

// moved tries the place that a redirect points at when it is this one in another spelling.
func (d *detective) moved() progress {
	e, ok := nearby(d.oracle.exchange)
	if !ok {
		return nothing
	}
	return d.mend(e)
}
