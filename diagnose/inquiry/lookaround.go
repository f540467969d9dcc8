package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/repair"
	"culprit/request"
)

// Probes that leave the request alone and look at what is round it: another request of the same API, the host
// itself, the method's neighbours, an empty or a broken body (§6, K2, K4-K8, K11, K12). None of them can change data.

// another is K11: does a request of the collection to the same host work, with the same credentials?
func (a *asker) another() (works, known bool) {
	from := element.SplitURL(a.base.URL)
	for _, s := range a.Siblings {
		u := element.SplitURL(s.URL)
		if !s.Safe() || !u.SameOrigin(from) || safety.Acts(u.Path, u.Query) {
			continue
		}
		_, out, _ := a.send(s, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K11: does another request of this API work?"})
		switch out {
		case diagnose.Pass:
			a.notes.ok(diagnose.Endpoints, "another request works: the network, TLS and the credentials are fine")
			return true, true
		case diagnose.Same:
			a.notes.finding(diagnose.Endpoints, "another request fails the same way: it is not this request")
			return false, true
		}
		return false, false
	}
	return false, false
}

// root is K12: does the host answer at all, and who?
func (a *asker) root() diagnose.Outcome {
	r, _ := safety.Anonymous(a.base)
	u := element.SplitURL(r.URL)
	u.Path, u.Query, u.Fragment = "/", "", ""
	r.URL, r.Method, r.Body = u.String(), "HEAD", request.Body{}
	_, out, n := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Connectivity, Why: "K12: does the host itself answer?"})
	if n > 0 {
		switch out {
		case diagnose.Same:
			a.notes.finding(diagnose.Connectivity, "the host answers its root the same way: everything fails here")
		case diagnose.Pass, diagnose.Other:
			a.notes.ok(diagnose.Connectivity, "the host answers its root")
		}
	}
	return out
}

// exists is K6: does the path exist for a safe method?
func (a *asker) exists() bool {
	r := a.base.Clone()
	r.Method, r.Body = "HEAD", request.Body{}
	r.Header = request.Del(r.Header, "Content-Type")
	x, _, n := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K6: does the path exist for another method?"})
	return n > 0 && x != nil && (x.Status()/100 == 2 || x.Status() == 405 || x.Status() == 401)
}

// otherPath asks whether a path one word away exists where the one that was asked for does not, for a request that acts
// and is therefore not sent there: HEAD tells, by any answer that a route gives.
func (d *detective) otherPath() progress {
	if d.base.Safe() {
		return nothing
	}
	tried := 0
	for _, e := range d.scene.repairs {
		if e.Element != "url.path" || e.Cause != "wrong_path" {
			continue
		}
		if tried++; tried > pathsAsked {
			break
		}
		if d.isThere(e) {
			return nothing
		}
	}
	return nothing
}

// isThere asks for another path with HEAD, and concludes where it exists and the one that was asked for does not.
func (d *detective) isThere(e diagnose.Edit) bool {
	r, err := element.Apply(d.base, []diagnose.Edit{e})
	if err != nil {
		return false
	}
	r.Method, r.Body = "HEAD", request.Body{}
	r.Header = request.Del(r.Header, "Content-Type")
	x, _, n := d.send(r, ladder.Probe{Kind: diagnose.Repair, Step: diagnose.Endpoints, Edits: []diagnose.Edit{e}, Why: "K6: does another path exist?"})
	if n == 0 || x == nil || x.Status() != 405 && x.Status()/100 != 2 || d.exists() || d.takesAll(e) {
		return false
	}
	text := "another path is there, " + e.Why + ", and this one is not"
	d.notes.finding(diagnose.Endpoints, text)
	d.explain("wrong_path", "url.path", text, namingAlready)
	d.result.fix = append(slices.Clone(d.peeled), e)
	return true
}

// pathsAsked is how many paths are asked for with HEAD.
const pathsAsked = 3

// empty is K8: an empty object in place of the body. Where validation runs, the answer lists what is required; where it
// is the same, the error does not tell requests apart.
func (a *asker) empty() (said []diagnose.Evidence, opaque bool) {
	if root, _ := a.scene.index.JSON(); root == nil || !a.Writes && !a.base.Reads() {
		return nil, false
	}
	r := a.base.Clone()
	r.Body.Text = "{}"
	x, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Control, Step: diagnose.Formats, Why: "K8: what does the server say to an empty body?", Pass: "nothing of the body is required"})
	switch out {
	case diagnose.Same:
		a.notes.ok(diagnose.Formats, "an empty body gets the same answer: the error does not tell requests apart")
		return nil, true
	case diagnose.Other:
		a.notes.ok(diagnose.Formats, "an empty body gets another answer: the body is validated")
		said := a.read(scene{index: element.Of(r), exchange: x})
		return slices.DeleteFunc(said, func(e diagnose.Evidence) bool { return e.Missing && a.has(e.Element) }), false
	}
	return nil, false
}

// has reports whether the request has an element of this name, in whatever case: an empty body does not show how its
// names are spelled.
func (f *failure) has(id diagnose.ElementID) bool {
	return slices.ContainsFunc(f.scene.index.Elements, func(e diagnose.Element) bool { return strings.EqualFold(string(e.ID), string(id)) })
}

// garbage is K2: a credential that cannot be right. It counts as a rejected one and is sent at most once
// (§11.6).
func (a *asker) garbage() diagnose.Outcome {
	e, ok := a.scene.index.Get("auth")
	if !ok || a.garbled || a.ladder.Rejected() >= a.Budget.Rejections {
		return diagnose.Refused
	}
	a.garbled = true
	scheme, token, found := strings.Cut(e.Text, " ")
	if !found {
		scheme, token = "", e.Text
	}
	edit := diagnose.Edit{Element: "auth", Op: diagnose.Set, To: strings.TrimSpace(scheme + " " + strings.Repeat("x", len(token)))}
	r, err := element.Apply(a.base, []diagnose.Edit{edit})
	if err != nil {
		return diagnose.Refused
	}
	if r, ok = a.unable(r); !ok {
		return diagnose.Refused
	}
	_, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Credentials, Edits: []diagnose.Edit{edit}, Why: "K2: is a credential that cannot be right refused in the same way?"})
	return out
}

// nonsenseID is K4: does an id that cannot exist, in the same place, get the same answer?
func (a *asker) nonsenseID() diagnose.Outcome {
	id := a.resource()
	e, ok := a.scene.index.Get(id)
	if !ok || id == "url.path" || !a.base.Safe() {
		return diagnose.Refused
	}
	// Digits stay digits and letters letters, so that it is refused for what it is, not for its form.
	to := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '7'
		case r >= 'a' && r <= 'f':
			return 'e'
		}
		return r
	}, e.Text)
	if to == e.Text {
		return diagnose.Refused
	}
	edit := diagnose.Edit{Element: id, Op: diagnose.Set, To: to, Source: "contrast"}
	r, err := element.Apply(a.base, []diagnose.Edit{edit})
	if err != nil {
		return diagnose.Refused
	}
	_, out, n := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Edits: []diagnose.Edit{edit}, Why: "K4: what does the server say to an id that cannot exist?"})
	switch {
	case n > 0 && out == diagnose.Same:
		a.oracle.fails = append(a.oracle.fails, n)
	case out == diagnose.Other:
		a.notes.finding(diagnose.Endpoints, "an id that cannot exist gets another answer: it is about this one, its state or a permission")
	}
	return out
}

// lookAround asks the server what it needs (K8), and whether it reads the body at all (K7), when no change of the
// request has passed.
func (d *detective) lookAround() progress {
	found := false
	said, opaque := d.empty()
	for _, e := range said {
		if _, sent := d.scene.index.Get(e.Element); e.Missing && !sent && e.Ratio >= namedRatio {
			d.scene.evidence, found = append(d.scene.evidence, e), true
		}
	}
	if found {
		d.scene.repairs = repair.For(d.scene.index, d.scene.evidence, d.scene.hits, repair.Options{Now: d.Now, Status: d.oracle.exchange.Status()})
		return d.named()
	}
	if opaque {
		return nothing // nor would a broken body or another media type be told apart (§3.4)
	}
	if d.broken() == diagnose.Same {
		d.oddMedia()
	}
	return nothing
}

// oddMedia is K9: a media type that nobody knows, when a broken body made no difference.
func (a *asker) oddMedia() {
	r := a.base.Clone()
	r.Header = request.Set(r.Header, "Content-Type", "text/x-gx")
	_, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Formats, Why: "K9: does a media type that nobody knows fail in another way?", Pass: "the media type does not matter"})
	switch out {
	case diagnose.Same:
		a.notes.ok(diagnose.Formats, "a media type that nobody knows gets the same answer: the media type is not what is refused")
	case diagnose.Other:
		a.notes.ok(diagnose.Formats, "a media type that nobody knows gets another answer: the media type is looked at, and is not what is refused")
	}
}

// broken is K7: a body that nobody can parse.
func (a *asker) broken() diagnose.Outcome {
	if root, _ := a.scene.index.JSON(); root == nil || !a.Writes && !a.base.Reads() {
		return diagnose.Refused
	}
	r := a.base.Clone()
	r.Body.Text = "{"
	_, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Formats, Why: "K7: does a broken body fail in another way?", Pass: "the body does not matter"})
	switch out {
	case diagnose.Same:
		a.notes.ok(diagnose.Formats, "a broken body gets the same answer: this one is refused like one that cannot be read")
	case diagnose.Other:
		a.notes.ok(diagnose.Formats, "a broken body gets another answer: this one is read")
	}
	return out
}
