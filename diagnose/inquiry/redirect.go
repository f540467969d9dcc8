package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// redirected looks at what following a redirect did to the request (§4.6): another method, a lost body, lost
// credentials. On the same origin the final URL is tried directly; to another origin credentials are never
// sent, so there the record of the hops is the evidence.
func (d *detective) redirected() progress {
	x := d.oracle.exchange
	if len(x.Hops) < 2 {
		return nothing
	}
	cause, text := redirectCause(x)
	if cause == "" {
		return nothing
	}
	final := x.Last().Sent.URL
	from, to := element.SplitURL(d.base.URL), element.SplitURL(final)
	edit := diagnose.Edit{Element: "url", Op: diagnose.Set, To: final, Source: "redirect", Cause: cause, Why: "go to the final URL at once", Weight: 50}
	if strings.EqualFold(from.Host, to.Host) && from.Port == to.Port && from.Scheme == to.Scheme {
		if p := d.mend(edit); p != nothing {
			return p
		}
	}
	d.notes.finding(diagnose.Credentials, text)
	d.conclude(diagnose.OutcomeIsolated, sentence(cause, "redirect", text), diagnose.Culprit{
		Element: "redirect", Cause: cause, Standing: diagnose.Isolated, Confidence: 0.9, Explanation: text, Fix: element.Phrase(edit), Evidence: d.oracle.fails,
		With: diagnose.Tally{Seen: 1, Tried: 1},
	})
	d.result.fix = []diagnose.Edit{edit}
	return nothing
}

// redirectCause says what a redirect took away that this answer asks for.
func redirectCause(x *request.Exchange) (diagnose.CauseID, string) {
	status := x.Status()
	for _, h := range x.Hops {
		hop := h.Followed
		if hop == nil {
			continue
		}
		switch {
		case (status == 401 || status == 403) && lostCredentials(hop.Dropped):
			return "redirect_dropped_credentials", "The redirect leads to " + hop.To + ", another origin, so " + lost(hop.Dropped) + " stayed behind."
		case (hop.Method[0] != hop.Method[1] || lostBody(hop.Dropped)) && (status == 400 || status == 404 || status == 405 || status == 415 || status == 422 || status == 411):
			return "redirect_changed_method", "The redirect to " + hop.To + " " + changed(hop.Method, hop.Dropped) + "."
		}
	}
	return "", ""
}

func lostBody(dropped []string) bool {
	return slices.ContainsFunc(dropped, func(s string) bool { return strings.HasPrefix(s, "body") })
}

// changed says what a redirect made of the request: its methods before and after, and the body.
func changed(method [2]string, dropped []string) string {
	if method[0] == method[1] {
		return "went without the body"
	}
	if lostBody(dropped) {
		return "turned " + method[0] + " into " + method[1] + ", without the body"
	}
	return "turned " + method[0] + " into " + method[1]
}

// lost names the credentials among what a redirect dropped.
func lost(dropped []string) string {
	var names []string
	for _, s := range dropped {
		name, _, _ := strings.Cut(s, ":")
		switch scheme, ok := strings.CutPrefix(name, "auth "); {
		case name == "body":
		case ok:
			names = append(names, "the "+scheme+" credential")
		default:
			names = append(names, name)
		}
	}
	return strings.Join(names, " and ")
}

func lostCredentials(dropped []string) bool {
	for _, s := range dropped {
		if !strings.HasPrefix(strings.ToLower(s), "body") {
			return true
		}
	}
	return false
}

// backTo reports an answer that only redirects to the path whose answer was the failure: the server sends the
// other spelling of a path to the one it knows.
func backTo(x *request.Exchange, failed string) bool {
	r := x.Response()
	if r == nil || r.Status/100 != 3 {
		return false
	}
	to, from := element.SplitURL(request.Get(r.Header, "Location")), element.SplitURL(failed)
	return to.Path != "" && to.Path == from.Path && (to.Host == "" || strings.EqualFold(to.Host, from.Host))
}

// nearby reports a redirect that was not followed and leads to the same place spelt with or without a slash at
// its end, of a request that was meant to do something: it did nothing. A redirect of a safe method is an
// answer like any other.
func nearby(x *request.Exchange) (diagnose.Edit, bool) {
	r := x.Response()
	if r == nil || r.Status/100 != 3 || x.Request.Safe() {
		return diagnose.Edit{}, false
	}
	to := element.SplitURL(request.Get(r.Header, "Location"))
	from := element.SplitURL(x.Request.URL)
	if to.Host != "" && !to.SameOrigin(from) {
		return diagnose.Edit{}, false
	}
	if to.Path == from.Path || strings.TrimSuffix(to.Path, "/") != strings.TrimSuffix(from.Path, "/") {
		return diagnose.Edit{}, false
	}
	return diagnose.Edit{Element: "url.path", Op: diagnose.Set, To: to.Path, Source: "redirect", Cause: "trailing_slash", Weight: 60, Why: "the server redirects to this form of the path"}, true
}
