package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
	"culprit/request/lazyre"
)

// control leaves out everything that may be optional outside the body: the opacity control of §3.4 for a safe
// method. A pass hands the search a set to bisect.
func (d *detective) control() progress {
	if !d.base.Safe() {
		return nothing
	}
	edits := slices.DeleteFunc(d.strippable(d.base), func(e diagnose.Edit) bool {
		return slices.ContainsFunc(d.peeled, func(p diagnose.Edit) bool { return p.Op == diagnose.Add && p.Element == e.Element }) // the server asked for it
	})
	if of := slices.IndexFunc(edits, onBehalf); of >= 0 && len(edits) > 1 && !slices.ContainsFunc(edits[of+1:], onBehalf) {
		edits = slices.Delete(edits, of, of+1) // of several, one may be one too many
	}
	if len(edits) == 0 {
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Control, "does it work without what may be optional?")
	switch out {
	case diagnose.Pass:
		return d.bisect(edits, x, n)
	case diagnose.Same:
		d.notes.ok(diagnose.Formats, "the bare request gets the same answer: the error does not tell requests apart")
	}
	return nothing
}

// onBehalf reports a field of the header that says for whom is asked: hardly a server does without it.
func onBehalf(e diagnose.Edit) bool {
	return e.Element.Is("header") && identity.MatchString(string(e.Element))
}

var identity = lazyre.New(`(?i)(tenant|org-?id|organi[sz]ation|account|project|workspace|api-?key|token)s?(-?id)?$`)

// strippable returns removals of what a request can usually do without: query, cookies, headers that a person
// added and that hold no credentials, a body on a safe method.
func (a *asker) strippable(r request.Request) []diagnose.Edit {
	var edits []diagnose.Edit
	for _, e := range element.Of(r).Elements {
		kind, name, _ := e.ID.Cut()
		drop := false
		switch kind {
		case "query":
			drop = !e.Secret
		case "cookie":
			drop = true
		case "header":
			drop = !e.Secret && !e.Default && !strings.EqualFold(name, "Content-Type")
		}
		if e.ID == "body" && r.Safe() {
			drop = true
		}
		if drop {
			edits = append(edits, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "deletion", Weight: a.oddsNow(e.ID), Why: "leave it out"})
		}
	}
	return edits
}

// withoutCredentials is K1: it tells whether the server looked at the credentials at all. Of a write only the header goes
// out: a server that forgets to check would act.
func (a *asker) withoutCredentials() (*request.Exchange, diagnose.Outcome, int) {
	r, edits := safety.Anonymous(a.base)
	r, ok := a.unable(r)
	if !ok {
		return nil, diagnose.Refused, 0
	}
	x, out, n := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Credentials, Edits: edits, Why: "K1: what does the server say without credentials?", Pass: "no credentials are needed, and these break it"})
	if r.Settings.WithholdBody && (out == diagnose.Pass || x != nil && withheld(x)) {
		out = diagnose.Unresolved // the header is accepted, by whoever answers: nothing is known of the request
	}
	return x, out, n
}

// unable is r as it can be sent with other credentials without doing anything (§6): a safe method as it is; a write,
// outside of production, by its header alone, where no server could act without the body.
func (f *failure) unable(r request.Request) (request.Request, bool) {
	switch {
	case r.Safe():
		return r, true
	case f.Production || !f.needsBody():
		return r, false
	}
	return keepBack(r), true
}

// nonsensePath is K3: it tells an unknown route from an unknown resource.
func (a *asker) nonsensePath() (diagnose.Outcome, int) {
	r := a.base.Clone()
	r.URL = nowhere(r.URL)
	if !r.Safe() {
		r.Method, r.Body = "GET", request.Body{}
		r.Header = request.Del(r.Header, "Content-Type")
	}
	_, out, n := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K3: what does the server say to a path that cannot exist?"})
	return out, n
}

// nowhere is a path on the same server that cannot exist, below what the path has of prefixes of an API: what answers
// there answers for its unknown routes, and not for those of the whole host.
func nowhere(url string) string {
	u := element.SplitURL(url)
	prefix := ""
	segs := strings.Split(strings.Trim(u.Path, "/"), "/")
	for _, s := range segs[:len(segs)-1] {
		if !prefixes.MatchString(s) {
			break
		}
		prefix += "/" + s
	}
	u.Path, u.Query = prefix+safety.Nonsense+safety.NoWord, ""
	return u.String()
}

// prefixes matches segments under which whole APIs hang.
var prefixes = lazyre.New(`(?i)^(v?[0-9]{1,2}(\.[0-9]+)?|v[0-9]{4}[0-9.-]*|apis?|rest|json|public|services?|[a-z]+-api|api-[a-z0-9]+)$`)
