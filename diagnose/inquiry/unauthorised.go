package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/safety"
	"culprit/request"
	"culprit/request/lazyre"
)

// unauthorised finds out whether credentials are absent, unseen, mangled, or refused.
func (d *detective) unauthorised() progress {
	d.notes.begin(diagnose.Credentials)
	if p, over := d.inTurn(d.baselineFirst); over {
		return p
	}
	if d.otherProxyScheme() {
		return nothing
	}
	first := d.outdated
	if !safety.Credentials(d.base) {
		first = d.renew
	}
	if p := first(); p != nothing || d.result.done() {
		return p
	}
	if id := d.login(); id != "" && !safety.Credentials(d.base) {
		if len(d.peeled) > 0 { // nobody has the name that was put in: what was mended before is all that is known
			d.inconclusive()
			return nothing
		}
		if _, token := d.scene.index.Get("body:/grant_type"); token { // RFC 6749 §4: such requests are forms
			if p := d.asForm(); p != nothing {
				return p
			}
		}
		d.notes.finding(diagnose.Credentials, "the request itself brings a password")
		d.explain("invalid_credentials", id, "the server refuses the password that the request brings", outspoken)
		return nothing
	}
	if !safety.Credentials(d.base) {
		if p, over := d.inTurn(d.strangers); over {
			return p
		}
		d.notes.finding(diagnose.Credentials, "the request carries none"+d.tokensFrom())
		d.explain("missing_credentials", "auth", "the server asks for credentials and the request has none", anyEvidence)
		d.untold()
		return nothing
	}
	if p, over := d.inTurn(d.unsigned, d.keyField, d.mendCredentials); over {
		return p
	}
	x, out, n := d.withoutCredentials()
	read := "these credentials are refused"
	switch out {
	case diagnose.Pass:
		_, edits := safety.Anonymous(d.base)
		d.prove(edits, x, n, nil)
		return solved
	case diagnose.Same:
		read = "without credentials the answer is the same: they are not seen, or not told apart"
		d.notes.finding(diagnose.Credentials, read)
		if d.oracle.exchange.Status() == 401 { // a proxy may have taken them out; one that wants credentials of its own asks for them
			if p := d.goPast(); p != nothing {
				return p
			}
		}
		if p := d.usualScheme(); p != nothing {
			return p
		}
		if p := d.otherName(); p != nothing {
			return p
		}
	case diagnose.Other:
		read = "without credentials the answer is another: these are read and refused"
		d.notes.finding(diagnose.Credentials, read)
	}
	if p, over := d.inTurn(d.renew, d.question); over {
		return p
	}
	if from := d.tokensFrom(); from != "" {
		d.notes.finding(diagnose.Credentials, read+from)
	}
	d.refusedCredentials(out, n)
	d.changedSince()
	return nothing
}

// changedSince says of refused credentials that the request passed with others.
func (d *detective) changedSince() {
	i := d.otherSecret()
	if i < 0 || len(d.result.culprits) == 0 || d.result.culprits[0].Cause.Cause().Layer != "auth" {
		return
	}
	text := d.Good[i].Label + " had another value of " + strings.Join(d.Good[i].Otherwise, ", ")
	d.notes.finding(diagnose.Credentials, text)
	d.hint("use the credential that it passed with, or find out who changed it: " + text)
}

// otherSecret is the place in Good of a pass of this request with other values of its secrets; -1 when there is none.
func (f *failure) otherSecret() int {
	return slices.IndexFunc(f.Good, func(k diagnose.Known) bool { return len(k.Otherwise) > 0 })
}

// login is the member of the body that holds a password, "" for none: the request is no use of credentials, it is how to
// get some.
func (f *failure) login() diagnose.ElementID {
	for _, e := range f.scene.index.Elements {
		if e.Text != "" && e.Text != `""` && data(e.ID) && !e.ID.Is("query") &&
			slices.Contains([]string{"password", "passwd", "client_secret", "passcode"}, strings.ToLower(e.ID.Last())) {
			return e.ID
		}
	}
	return ""
}

// strangers tries a refused request without the fields that say on whose behalf it comes. A server that guards itself
// against other sites says 401 to them as to everybody whom it does not know.
func (d *detective) strangers() progress {
	if d.unseen() || request.Has(d.oracle.exchange.Response().Header, "WWW-Authenticate") {
		return nothing // it asks for credentials in so many words
	}
	for _, name := range []string{"Origin", "Referer", "Host", "X-Forwarded-Host", "X-Forwarded-For"} {
		e, ok := d.scene.index.Get(diagnose.ID("header", name))
		if !ok || e.Default || e.Text == "" {
			continue
		}
		cause := diagnose.CauseID("csrf_or_origin_rejected")
		switch name {
		case "Host", "X-Forwarded-Host":
			cause = "host_header_mismatch"
		case "X-Forwarded-For":
			cause = "ip_not_allowed"
		}
		drop := diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "transform", Cause: cause, Weight: 2 * strong, Why: "without the field that says where it comes from"}
		if p := d.mend(drop); p != nothing {
			return p
		}
	}
	return nothing
}

// baselineFirst lets a request that works decide where there is one: credentials cannot be guessed.
func (d *detective) baselineFirst() progress {
	if len(d.Good) == 0 {
		return nothing
	}
	return d.baseline()
}

// mendCredentials tries structural repairs only (a stray blank, a doubled scheme): never another user or
// password, and no more often than the lock-out guard allows (§11.6).
func (d *detective) mendCredentials() progress {
	tries := d.Budget.Rejections - d.ladder.Rejected()
	if !d.Production {
		tries = singlesTried
	}
	return d.mendOne(slices.DeleteFunc(slices.Clone(d.scene.repairs), func(e diagnose.Edit) bool {
		told := e.Cause == "credentials_in_wrong_place" && d.unseen() // then a guess at the place is worth it
		return e.Source == "deletion" || e.Weight < 10 && !told || !d.credential(e.Element)
	}), tries)
}

// keyField sends the credential where the answer says that it was looked for, and where Kong's key-auth looks for it unless it
// is told otherwise: the scheme Key is its way to say that it wants a key in a field called apikey, and no Authorization. A
// password, an answer to a challenge and a session are no keys.
func (d *detective) keyField() progress {
	place := diagnose.ElementID("")
	for _, e := range d.scene.evidence {
		switch {
		case e.Cause == "missing_credentials" && e.Missing && (e.Element.Is("query") || e.Element.Is("header")) && e.Element.Name() != "" && e.Ratio >= namedRatio:
			place = e.Element
		case place == "" && e.Kind == "challenge" && slices.Contains(e.Allowed, "key"):
			place = "header:Apikey"
		}
	}
	e, _ := d.scene.index.Get(d.where())
	if e.ID.Is("cookie") || e.ID == "auth" && ownForm(d.scheme()) {
		return nothing
	}
	token := e.Text[strings.LastIndexByte(e.Text, ' ')+1:]
	if _, there := d.scene.index.Get(place); place == "" || there || token == "" || strings.ContainsAny(token, ",=") {
		return nothing
	}
	return d.mend(diagnose.Edit{Element: place, Op: diagnose.Add, To: token, Source: "transform", Cause: "credentials_in_wrong_place", Weight: 10, Why: "the key where the gateway looks for it"})
}

// unsigned concludes where the answer names a field that it misses beside the credentials of the request, a signature: nobody
// but who has its secret can make one, and the credentials that are there are not at fault.
func (d *detective) unsigned() progress {
	if a := d.accused(); len(a) > 0 && a[0].Missing && a[0].Cause == "missing_request_header" && a[0].Ratio >= outspoken {
		d.notes.finding(diagnose.Credentials, a[0].Text)
		d.explain(a[0].Cause, a[0].Element, a[0].Text, namingAlready)
	}
	return nothing
}

// usualScheme tries a bare token under the scheme that most servers take (RFC 6750 §2.1), where it was sent under another
// word and the server answers as if there were none.
func (d *detective) usualScheme() progress {
	e, _ := d.scene.index.Get("auth")
	scheme, token, ok := strings.Cut(e.Text, " ")
	if s := strings.ToLower(scheme); s == "bearer" || ownForm(s) {
		return nothing
	}
	if !ok || token == "" || strings.ContainsAny(token, " ,=") || d.sameScheme() {
		return nothing
	}
	edit := diagnose.Edit{Element: "auth", Op: diagnose.Set, To: "Bearer " + token, Source: "transform", Cause: "malformed_authorization", Weight: 2, Why: "the scheme that most servers take"}
	return d.mend(edit)
}

// ownForm reports a scheme, in small letters, whose credentials are no bare token and mean nothing elsewhere.
func ownForm(scheme string) bool {
	switch scheme {
	case "basic", "digest", "negotiate", "ntlm", "hawk", "signature", "dpop", "oauth", "wsse":
		return true
	}
	return false
}

// unseen reports that the answer says in so many words that it found no credentials.
func (f *failure) unseen() bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Cause == "missing_credentials" && e.Kind != "status" && e.Kind != "challenge" && e.Kind != "redirect"
	})
}

// saysNone is unseen without what is said to everybody.
func (f *failure) saysNone() bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Cause == "missing_credentials" && e.Kind != "status" && e.Kind != "challenge" && e.Kind != "redirect" && !demands.MatchString(e.Text)
	})
}

// demands matches what servers say to everybody whom they do not know, whether they found no credentials or wrong ones.
var demands = lazyre.New(`(?i)^["' ]*(full )?(authenti[a-z]+|authori[sz]ation|login|log-in|sign-in) (is )?required|^["' ]*unauthori[sz]ed|^["' ]*please (log|sign) in`)

// refusedInPlace reports that a credential of the request was tried where the server looks for it, and was read and
// refused there: it is none that only stands in the wrong place.
func (a *asker) refusedInPlace() bool {
	return slices.ContainsFunc(a.ladder.Records, func(r diagnose.ProbeRecord) bool {
		return r.Outcome == diagnose.Other && r.Status == 401 && r.Question != nil && slices.ContainsFunc(r.Question.Edits, func(e diagnose.Edit) bool { return e.Cause == "credentials_in_wrong_place" })
	})
}

func (f *failure) credential(id diagnose.ElementID) bool {
	if id == "auth" {
		return true
	}
	if e, ok := f.scene.index.Get(id); ok {
		return e.Secret
	}
	return id.Is("header")
}

// refusedCredentials names the cause when no repair helped: what the static checks and the challenge say, else
// that they are not valid. A slip in another header explains nothing here, nor does a check whose repairs were tried.
func (d *detective) refusedCredentials(out diagnose.Outcome, n int) {
	best := diagnose.Hit{}
	for _, h := range d.scene.hits {
		if layer := h.Cause.Cause().Layer; h.Odds > best.Odds && !d.disproved(h) && (layer == "auth" || layer == "local" && d.credential(h.Element)) {
			best = h
		}
	}
	if n > 0 {
		d.oracle.fails = append(d.oracle.fails, n)
	}
	id := d.where()
	switch {
	case out != diagnose.Other && d.saysNone() && !d.sameScheme():
		d.explain("credentials_in_wrong_place", id, "the server says that it found no credentials", namingAlready)
	case len(d.accused()) > 0 && d.accused()[0].Ratio >= outspoken && d.accused()[0].Element == best.Element:
		d.explain(d.accused()[0].Cause, best.Element, d.accused()[0].Text, namingAlready) // the server says it in words
	case best.Odds >= strong && !(best.Cause == "credentials_in_wrong_place" && d.refusedByName(best.Element)):
		d.conclude(diagnose.OutcomeExplained, sentence(best.Cause, best.Element, best.Text), diagnose.Culprit{
			Element: best.Element, Cause: best.Cause, Standing: diagnose.Suspected, Confidence: 0.9, Explanation: best.Text, Fix: best.Cause.Cause().Fix, Evidence: d.oracle.fails,
		})
	case out == diagnose.Same && !d.challenged() && !d.mentioned(id) && !d.customary(id) && !d.sameScheme() && d.otherSecret() < 0 && !d.speaksFor("signature_mismatch") && !d.speaksFor("invalid_credentials"): // it was seen there before
		d.explain("credentials_in_wrong_place", id, "the server answers as if it saw no credentials", namingAlready)
		d.unsureOf("they may as well be read and not be valid: the answer is the same without any")
	case out == diagnose.Other:
		d.explain("invalid_credentials", id, "the server reads the credentials and refuses them", challenged)
	case d.challenged() || d.sameScheme() || d.refusedByName(id):
		d.explain("invalid_credentials", id, "the server refuses these credentials", anyEvidence)
	default:
		d.explain("invalid_credentials", id, "the server refuses the request, and does not say that it read the credentials", anyEvidence)
		d.unsureOf("they may as well stand where the server does not look: the answer tells the two not apart")
	}
}

// unsureOf makes what was concluded of the credentials a suspicion where the server did not say it: that they are not
// valid, and that they are not seen, are two causes with one answer. other is what it may be instead.
func (d *detective) unsureOf(other string) {
	if len(d.result.culprits) == 0 || d.scheme() == "basic" && d.result.culprits[0].Element == "auth" {
		return // a name with its password has no other place (RFC 7617)
	}
	c := &d.result.culprits[0]
	taste := c.Cause == "session_cookie_invalid" && !sessionLike.MatchString(c.Element.Name())
	if taste {
		other = "no cookie of it has a name that says that it stands for a person: it may carry no credentials"
	}
	if c.Cause != "invalid_credentials" && c.Cause != "credentials_in_wrong_place" && !taste || slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Cause == c.Cause && e.Ratio >= challenged
	}) {
		return
	}
	c.Standing, c.Confidence = diagnose.Suspected, 0.6
	d.hint(other)
}

// scheme is that of the credentials in Authorization, in small letters; "" for none.
func (f *failure) scheme() string {
	e, _ := f.scene.index.Get("auth")
	scheme, _, _ := strings.Cut(e.Text, " ")
	return strings.ToLower(scheme)
}

// refusedByName reports whether the answer says of an element that the credential in it is wrong: then it is looked for
// there.
func (f *failure) refusedByName(id diagnose.ElementID) bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Element == id && e.Cause == "invalid_credentials" && e.Ratio >= namedRatio
	})
}

// mentioned reports whether the answer speaks of the header that holds the credentials by its name.
func (f *failure) mentioned(id diagnose.ElementID) bool {
	name, ok := id.In("header")
	return ok && slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return strings.Contains(strings.ToLower(e.Text), strings.ToLower(name))
	})
}

// sameScheme reports whether the server asks for the scheme that the request's Authorization has: it looks there
// (RFC 9110 §11.6), and refuses what it finds, even if it says the same to those who send nothing.
func (f *failure) sameScheme() bool {
	sent, _, ok := strings.Cut(request.Get(f.base.Header, "Authorization"), " ")
	if !ok {
		sent = f.base.Auth.Scheme
	}
	r := f.oracle.exchange.Response()
	return sent != "" && r != nil && slices.ContainsFunc(r.Header, func(h request.Field) bool {
		asked, _, _ := strings.Cut(h.Value, " ")
		return strings.EqualFold(h.Name, "WWW-Authenticate") && strings.EqualFold(asked, sent)
	})
}

// customary reports whether the credentials are where API keys usually stand: a server that answers a wrong key like none
// is likelier than one that looks elsewhere.
func (f *failure) customary(id diagnose.ElementID) bool {
	switch id {
	case "form:client_secret", "form:password": // RFC 6749 §2.3.1, §4.3.2
		return true
	}
	if s := f.scheme(); id.Is("cookie") || id == "auth" && (ownForm(s) || s == "bearer" || s == "token" || s == "apikey") {
		return true // a cookie has no other place (RFC 6265 §4.2), and these schemes hardly one (RFC 7617, 6750 §2.1, Django, Elasticsearch)
	}
	name, header := id.In("header")
	if a := f.base.Auth; id == "auth" && a.Scheme == "apikey" && a.Param("placement") != "query" {
		name, header = a.Param("key"), true
	}
	switch strings.ToLower(name) {
	case "x-api-key", "api-key", "apikey", "x-apikey", "ocp-apim-subscription-key":
		return header
	}
	return false
}

// challenged reports whether the answer says that it saw credentials.
func (f *failure) challenged() bool {
	return slices.ContainsFunc(f.scene.evidence, func(e diagnose.Evidence) bool {
		return e.Kind == "challenge" && e.Cause != "" && e.Cause != "missing_credentials"
	})
}

// where names the element that holds the credentials.
func (f *failure) where() diagnose.ElementID {
	if _, ok := f.scene.index.Get("auth"); ok {
		return "auth"
	}
	found := diagnose.ElementID("auth")
	for _, e := range f.scene.index.Elements {
		switch {
		case e.Secret && e.ID.Is("query") && strings.HasSuffix(strings.ToLower(e.ID.Name()), "signature"):
			return e.ID // a link that carries its own; what else is in it says by whom
		case !e.Secret || e.ID.Kind() == "body":
		case aside(e.ID):
			if found == "auth" && !e.ID.Is("cookie") {
				found = e.ID
			}
		case found == "auth" || aside(found), found.Is("cookie") && e.ID.Is("cookie") && !sessionLike.MatchString(found.Name()) && sessionLike.MatchString(e.ID.Name()):
			found = e.ID
		}
	}
	return found
}

// forgeryToken is what the request has by the name of a token against request forgery, the field that repeats the cookie
// before the cookie; id when it has none.
func (f *failure) forgeryToken(id diagnose.ElementID) diagnose.ElementID {
	for _, cookies := range []bool{false, true} {
		for _, e := range f.scene.index.Elements {
			if name := strings.ToLower(e.ID.Last()); e.ID.Is("cookie") == cookies && (strings.Contains(name, "csrf") || strings.Contains(name, "xsrf")) {
				return e.ID
			}
		}
	}
	return id
}

// aside reports a secret that by its name is for something else than to say who asks: a CSRF token repeats a cookie,
// others mark a place in a list, a device, an upload.
func aside(id diagnose.ElementID) bool {
	name := strings.ToLower(string(id))
	return slices.ContainsFunc([]string{
		"csrf", "xsrf", "previous", "next", "page", "continuation", "cursor", "sync", "captcha", "confirm", "reset", "invite", "push", "device", "upload", "idempotency", "trace", "correlation", "tracking",
	}, func(word string) bool { return strings.Contains(name, word) })
}
