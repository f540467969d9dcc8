package inquiry

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
)

// supplement adds, as one probe that is bisected when it passes, the header fields that servers ask for without
// saying so: where the request comes from, who sends it, and which number it has. They do no harm to a request
// that does not need them.
func (d *detective) supplement() progress {
	if len(d.accused()) > 0 || d.oracle.exchange.Status()/100 != 4 {
		return nothing
	}
	edits := d.usualHeaders()
	if len(edits) == 0 {
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Repair, "with the header fields that servers ask for silently")
	if out == diagnose.Pass {
		return d.bisect(edits, x, n)
	}
	return nothing
}

// browser is a User-Agent that no filter for scripts refuses.
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

func (f *failure) usualHeaders() []diagnose.Edit {
	u := element.SplitURL(f.base.URL)
	origin := u.Scheme + "://" + u.Host
	if u.Port != "" {
		origin += ":" + u.Port
	}
	number := ladder.KeyFor(f.base, f.Now)
	var edits []diagnose.Edit
	add := func(name, value string, cause diagnose.CauseID) {
		if e, ok := f.scene.index.Get(diagnose.ID("header", name)); !ok || e.Default {
			op := diagnose.Add
			if ok {
				op = diagnose.Set
			}
			edits = append(edits, diagnose.Edit{Element: diagnose.ID("header", name), Op: op, To: value, Source: "transform", Cause: cause, Weight: 2, Harm: 0.05, Why: "a header that some servers ask for silently"})
		}
	}
	add("Origin", origin, "csrf_or_origin_rejected")
	add("Referer", origin+"/", "missing_request_header")
	add("X-Requested-With", "XMLHttpRequest", "csrf_or_origin_rejected")
	if !f.base.Safe() {
		add("Idempotency-Key", number, "idempotency_key_missing")
	}
	add("X-Request-Id", number, "missing_request_header")
	add("X-Correlation-Id", number, "missing_request_header")
	add("User-Agent", browser, "blocked_by_waf")
	add("Accept", "application/json", "missing_request_header")
	return edits
}

// origins are other origins that the one given may have been meant to be: this server's own, or the same over TLS.
func (d *detective) origins() progress {
	now, ok := d.scene.index.Get("header:Origin")
	if !ok {
		return nothing
	}
	to := []string{}
	if rest, plain := strings.CutPrefix(now.Text, "http://"); plain {
		to = append(to, "https://"+rest)
	}
	u := element.SplitURL(d.base.URL)
	own := u.Scheme + "://" + u.Host
	if u.Port != "" {
		own += ":" + u.Port
	}
	for _, o := range append(to, own) {
		if o == now.Text {
			continue
		}
		e := diagnose.Edit{Element: "header:Origin", Op: diagnose.Set, To: o, Source: "transform", Cause: "csrf_or_origin_rejected", Weight: 10, Why: "another origin"}
		if p := d.mend(e); p != nothing {
			return p
		}
	}
	return nothing
}

// reading asks whether the path can be read, when a method that acts is refused and no credentials are sent: then
// it is the method that is refused.
func (a *asker) reading() (passes bool) {
	return !safety.Credentials(a.base) && a.readable()
}

// readable asks whether the path of a request that acts can be read.
func (a *asker) readable() (passes bool) {
	if a.base.Safe() {
		return false
	}
	_, out, n := a.send(reader(a.base), ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "can the path be read?", Pass: "it is the method that is refused"})
	if out == diagnose.Pass {
		a.oracle.fails = append(a.oracle.fails, n)
	}
	return out == diagnose.Pass
}

// reader is the request that reads what r writes to.
func reader(r request.Request) request.Request {
	r = r.Clone()
	r.Method, r.Body = "GET", request.Body{}
	r.Header = request.Del(r.Header, "Content-Type")
	return r
}
