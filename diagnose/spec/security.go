package spec

import (
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose"
	"culprit/request"
)

// schemes are the security schemes of the document.
func (s *Spec) scheme(name string) *openapi3.SecurityScheme {
	if s.doc.Components == nil || s.doc.Components.SecuritySchemes[name] == nil {
		return nil
	}
	return s.doc.Components.SecuritySchemes[name].Value
}

// keys are the names that API keys have in a place ("query", "header", "cookie").
func (s *Spec) keys(in string) []string {
	if s.doc.Components == nil {
		return nil
	}
	var out []string
	for _, name := range sorted(s.doc.Components.SecuritySchemes) {
		if k := s.scheme(name); k != nil && k.Type == "apiKey" && k.In == in {
			out = append(out, k.Name)
		}
	}
	return out
}

// requirements are the alternatives of the operation, each a set of schemes that go together.
func (m match) requirements(s *Spec) openapi3.SecurityRequirements {
	if m.op.Security != nil {
		return *m.op.Security
	}
	return s.doc.Security
}

// security checks that the credentials of one alternative are where the document wants them. Whether they are
// the right ones is the server's to say.
func (i *inspection) security() {
	alternatives := i.op.requirements(i.spec)
	var best []finding
	for k, a := range alternatives {
		var found []finding
		for _, name := range sorted(a) {
			scheme := i.spec.scheme(name)
			if scheme == nil {
				return // the document does not say what it is
			}
			if f, bad := i.credentials(scheme); bad {
				found = append(found, f)
			}
		}
		if len(found) == 0 {
			return
		}
		if k == 0 || rank(found) < rank(best) {
			best = found
		}
	}
	for _, f := range best {
		i.add(f.evidence, f.edits...)
	}
}

// rank orders alternatives: a credential in the wrong place is nearer than none.
func rank(found []finding) int {
	n := 0
	for _, f := range found {
		n++
		if f.evidence.Missing {
			n += 10
		}
	}
	return n
}

// credentials looks for those of one scheme.
func (i *inspection) credentials(s *openapi3.SecurityScheme) (finding, bool) {
	switch s.Type {
	case "apiKey":
		return i.apiKey(s)
	case "mutualTLS":
		if i.x.Request.Settings.TLS.CertFile != "" {
			return finding{}, false
		}
		return finding{evidence: diagnose.Evidence{Cause: "mtls_certificate_required", Element: "tls.client_certificate", Missing: true, Text: "the document wants a client certificate"}}, true
	case "http":
		return i.authorization(s.Scheme)
	case "oauth2", "openIdConnect":
		return i.authorization("bearer") // RFC 6750 §2.1
	}
	return finding{}, false
}

// authorization looks for an Authorization header of a scheme.
func (i *inspection) authorization(scheme string) (finding, bool) {
	r := i.x.Request
	name := strings.ToUpper(scheme[:min(len(scheme), 1)]) + strings.ToLower(scheme[min(len(scheme), 1):])
	auth, ok := i.x.Get("auth")
	if r.Auth.Scheme == "apikey" || !ok && r.Auth.Scheme == "" {
		e := diagnose.Evidence{Cause: "missing_credentials", Element: "auth", Missing: true, Expected: name,
			Text: "the document wants " + name + " credentials in Authorization, and there are none"}
		if id, value := i.stray(); id != "" {
			e.Cause, e.Missing = "credentials_in_wrong_place", false
			e.Element = id
			e.Text = "the document wants " + name + " credentials in Authorization, and there are some in " + string(id)
			return finding{e, []diagnose.Edit{edit("auth", diagnose.Add, name+" "+value, repair, "where the document wants it")}}, true
		}
		return finding{evidence: e}, true
	}
	if !ok {
		return finding{}, false // a scheme that is computed when the request is sent
	}
	got, rest, spaced := strings.Cut(strings.TrimSpace(auth.Text), " ")
	if strings.EqualFold(got, scheme) {
		return finding{}, false
	}
	e := diagnose.Evidence{Cause: "malformed_authorization", Element: "auth", Expected: name, Allowed: []string{name},
		Text: "the document wants " + name + " credentials, and Authorization does not begin with " + name}
	if strings.EqualFold(scheme, "basic") {
		return finding{evidence: e}, true // what the user name is, only a person knows
	}
	if !spaced {
		rest = got
	}
	return finding{e, []diagnose.Edit{edit("auth", diagnose.Set, name+" "+strings.TrimSpace(rest), repair, "with the documented scheme")}}, true
}

// likelyKeys are names that credentials go under when they are in the wrong place.
var likelyKeys = []string{"apikey", "xapikey", "key", "token", "accesstoken", "authtoken", "xauthtoken", "xaccesstoken", "authorization", "auth", "apitoken"}

// stray finds what looks like a credential outside Authorization.
func (i *inspection) stray() (diagnose.ElementID, string) {
	if a := i.x.Request.Auth; a.Scheme == "apikey" && a.Param("value") != "" {
		return "auth", a.Param("value")
	}
	for _, kind := range []string{"header", "query", "cookie"} {
		for _, f := range i.fields(kind) {
			plain := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(f.name))
			if f.text != "" && slices.Contains(likelyKeys, plain) {
				return f.id, f.text
			}
		}
	}
	return "", ""
}

// apiKey looks for a key by its place and name.
func (i *inspection) apiKey(s *openapi3.SecurityScheme) (finding, bool) {
	if s.In == "header" && strings.EqualFold(s.Name, "Authorization") {
		_, ok := i.x.Get("auth")
		if ok || request.Has(i.x.Request.Header, "Authorization") {
			return finding{}, false
		}
	}
	if len(named(i.fields(s.In), s.Name, s.In == "header")) > 0 {
		return finding{}, false
	}
	a := i.x.Request.Auth
	if a.Scheme == "apikey" && placement(a) == s.In && (a.Param("key") == s.Name || s.In == "header" && strings.EqualFold(a.Param("key"), s.Name)) {
		return finding{}, false
	}
	id := elementOf(s.In, s.Name)
	where := "in " + s.In + " " + quoted(s.Name)
	e := diagnose.Evidence{Cause: "missing_credentials", Element: id, Missing: true, Expected: "API key " + where, Text: "the document wants an API key " + where + ", and there is none"}
	from, value := i.stray()
	if from == "" {
		if auth, ok := i.x.Get("auth"); ok && a.Scheme != "basic" {
			from, value = "auth", auth.Text
			if _, rest, ok := strings.Cut(strings.TrimSpace(value), " "); ok {
				value = strings.TrimSpace(rest)
			}
		}
	}
	if from == "" {
		return finding{evidence: e}, true
	}
	e.Cause, e.Missing, e.Element, e.Allowed = "credentials_in_wrong_place", false, from, []string{string(id)}
	e.Text = "the document wants the API key " + where + ", and there is one in " + string(from)
	d := edit(from, diagnose.Move, string(id), repair, "where the document wants it") // C14: odds 40, move
	if from == "auth" {
		d = edit(id, diagnose.Add, value, repair, "where the document wants it")
	}
	return finding{e, []diagnose.Edit{d}}, true
}

// placement is where an API key of its own scheme goes.
func placement(a request.Auth) string {
	switch a.Param("placement") {
	case "query", "queryparams":
		return "query"
	}
	return "header"
}
