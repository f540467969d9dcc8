package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// negotiated reads a 406 that repeats a word of a header field of the request other than Accept: the version of an API
// is negotiated so where it stands in a field of its own.
func (r *reader) negotiated(s said) bool {
	words := wordsOf(short(s.text))
	for i := range r.els {
		e := &r.els[i]
		name, ok := e.ID.In("header")
		if !ok || e.Default || e.Secret || name == "Accept" || name == "Content-Type" {
			continue
		}
		if !slices.ContainsFunc(strings.Fields(e.Text), func(w string) bool { return len(w) > 1 && slices.Contains(words, w) }) {
			continue
		}
		cause := diagnose.CauseID("invalid_request_header")
		if strings.Contains(strings.ToLower(name), "version") {
			cause = "wrong_api_version"
		}
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: cause, Element: e.ID, Ratio: 2 * certain, Allowed: r.versionsServed()})
		return true
	}
	return false
}

// versionsServed are the bounds of the versions that an error offers: max_version and min_version (OpenStack).
func (r *reader) versionsServed() []string {
	if r.doc.root == nil {
		return nil
	}
	var out []string
	for _, k := range []string{"max_version", "errors.0.max_version", "maxVersion", "min_version", "errors.0.min_version", "minVersion"} {
		if v := r.doc.root.at(k).str(); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// mismatchRE are words for a signature that does not fit.
var mismatchRE = lazyre.New(`(?i)(?:signature|hmac|digest)\b.{0,40}\b(?:not match|n't match|mismatch|invalid|not valid|incorrect|wrong|fail|verif|not found)|(?:invalid|wrong|bad|incorrect|mismatch\w*|no matching|verify|verifying|verification of) (?:the )?(?:\w+ )?(?:signature|hmac|digest)\b`)

// signatureField is the name of a field that carries a signature of the request.
var signatureField = lazyre.New(`(?i)^(?:[a-z0-9]+-)*(?:signature|hmac)(?:-[a-z0-9]+)*$`)

// fieldCase is the case that fields are written in, and an e-signature or a counter-signature is not.
var fieldCase = lazyre.New(`^(?:X|x|[A-Z][a-z0-9]+)(?:-[A-Za-z0-9]+)+$`)

// namedField are the names of fields in a sentence that have a dash in them.
var namedField = lazyre.New(`(?i)\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\b`)

// unsigned reads a complaint that the field with the signature is missing, which it names, and which was not sent.
func (r *reader) unsigned(s said) bool {
	if st := r.resp.Status; st < 400 || st > 403 || classOfText(s.text) != missing {
		return false
	}
	for _, name := range namedField.FindAllString(s.text, 10) {
		if signatureField.MatchString(name) && (fieldCase.MatchString(name) || strings.Contains(strings.ToLower(s.text), "header")) && r.sentHeader(name) == "" {
			r.settle(issue{segs: []string{name}, place: inHeader, class: missing, text: s.text, source: s.source, ratio: likely})
			return true
		}
	}
	return false
}

// signed reads a complaint about the signature of a request that carries it in a header field of its own: webhooks.
func (r *reader) signed(s said, lower string) bool {
	if st := r.resp.Status; st != 400 && st != 401 && st != 403 || !mismatchRE.MatchString(short(s.text)) || strings.Contains(lower, "certificate") {
		return false
	}
	for i := range r.els {
		name, ok := r.els[i].ID.In("header")
		if name = strings.ToLower(name); ok && (strings.Contains(name, "signature") || strings.Contains(name, "hmac")) && name != "signature-input" {
			r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "signature_mismatch", Element: r.els[i].ID, Ratio: likely})
			return true
		}
	}
	return false
}

// versioned reads a conflict of a request that carries the version it was made from: the one member or parameter that
// optimistic locking checks. A server that says that something exists already means something else.
func (r *reader) versioned() {
	if r.resp.Status != 409 || r.pointed() {
		return
	}
	said := false
	for _, s := range r.doc.messages() {
		if classOfText(s.text) == exists {
			return
		}
		said = said || conflictRE.MatchString(short(s.text))
	}
	found := r.ix.sole(func(e *entry) bool {
		return e.el != nil && !e.el.Default && (e.place == inBody || e.place == inQuery) && versionName(lastOf(e.segs))
	})
	if found >= 0 && (said || len(r.doc.messages()) == 0) {
		only := &r.ix.entries[found]
		r.add(diagnose.Evidence{Kind: "status", Source: "status", Text: "409: the resource is no longer the one of this " + lastOf(only.segs), Cause: "conflict", Element: only.id, Ratio: likely}) // RFC 9110 §15.5.10
	}
}

// outdated reads versioned's conflict first where its words say that somebody else has changed the resource: what they quote is
// its name.
func (r *reader) outdated() {
	if slices.ContainsFunc(r.doc.messages(), func(s said) bool { return changedRE.MatchString(short(s.text)) }) {
		r.versioned()
	}
}

// changedRE says that a resource is no longer as it was read.
var changedRE = lazyre.New(`(?i)\b(?:has|have) been (?:modified|changed|updated)\b|\bversion conflict\b|\bconcurrent(?:ly)? (?:update|modif)`)

// conflictRE are words for a resource that has changed meanwhile.
var conflictRE = lazyre.New(`(?i)conflict|modified|concurrent|stale|out of date|outdated|version|revision|generation|changed`)

// versionName reports the name of a member that holds the version of a resource.
func versionName(name string) bool {
	switch f := fold(strings.TrimLeft(name, "_")); f {
	case "rev", "etag", "ifseqno", "seqno", "changevector":
		return true
	default:
		for _, w := range []string{"version", "revision", "generation", "revisionnumber", "versionnumber", "etag"} {
			if f == w || strings.HasSuffix(f, w) && !strings.HasPrefix(f, "api") && !strings.HasPrefix(f, "schema") {
				return true
			}
		}
	}
	return false
}

// fieldValue is the field of the header whose value a sentence begins with or ends in, "9.0.0 is not supported by GET /users";
// -1 for none.
func (r *reader) fieldValue(text string, cl class) int {
	v := atAnEnd(text, cl)
	if st := r.resp.Status; len(v) < 2 || st != 400 && st != 404 && st != 406 && st != 422 {
		return -1
	}
	return r.ix.sole(func(e *entry) bool {
		return e.place == inHeader && e.el != nil && !e.el.Default && !e.el.Secret && e.value() == v
	})
}
