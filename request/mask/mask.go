// Package mask shows a request, and what came back, without its secrets.
//
// It hides by value what is known to be secret and by place what usually is. It finds no secret that has neither
// a telling place nor a known value, and changes nothing that is sent or saved.
package mask

import (
	"strings"

	"culprit/request"
	"culprit/request/lazyre"
	"culprit/request/secret"
	"culprit/request/vars"
)

// A Mask knows the secrets of one request. A nil Mask hides nothing: it is what --show-secrets asks for.
type Mask struct{ set *secret.Set }

// Of returns the mask of the secrets that r brings, the credentials that stand in it, and more.
func Of(r request.Request, more ...request.Secret) *Mask {
	var values []secret.Value
	for _, list := range [][]request.Secret{request.Strict(r.Secrets), vars.Literals(r), more} {
		for _, s := range list {
			values = append(values, secret.New(s.Ref, s.Value))
		}
	}
	return &Mask{secret.NewSet(values...)}
}

// Text returns s without the values that are known.
func (m *Mask) Text(s string) string {
	if m == nil {
		return s
	}
	return m.set.Mask(s)
}

// Field returns f with its value hidden: wholly, but for the scheme of an Authorization, when fields of that name
// usually hold a credential.
func (m *Mask) Field(f request.Field) request.Field {
	switch {
	case m == nil:
	case secret.Guess(f.Name, f.Value):
		hidden := secret.Hidden("header " + f.Name)
		if scheme, _, ok := strings.Cut(f.Value, " "); ok && strings.HasSuffix(strings.ToLower(f.Name), "authorization") && len(scheme) <= maxScheme {
			hidden = scheme + " " + hidden
		}
		f.Value = hidden
	default:
		f.Value = m.set.Mask(f.Value)
	}
	return f
}

// maxScheme is longer than every registered authentication scheme (IANA): "AWS4-HMAC-SHA256" has 16 letters.
const maxScheme = 20

// Fields returns Field of each.
func (m *Mask) Fields(fields []request.Field) []request.Field {
	out := make([]request.Field, len(fields))
	for i, f := range fields {
		out[i] = m.Field(f)
	}
	return out
}

// member matches a member of a JSON object whose value is a string.
var member = lazyre.New(`"([A-Za-z0-9_.-]{2,40})"(\s*:\s*)"((?:[^"\\]|\\.)+)"`)

// field matches a field of a form (application/x-www-form-urlencoded).
var field = lazyre.New(`(^|&)([A-Za-z0-9_.-]{2,40})=([^&\s]+)`)

// markup matches an element of XML that holds a text.
var markup = lazyre.New(`<((?:[A-Za-z0-9_.-]{1,40}:)?)([A-Za-z0-9_.-]{2,40})((?:\s[^<>]{0,200})?)>([^<]+)</`)

// Body returns the text of a body without the values that are known, and without those of JSON members, of
// elements of XML and of the fields of a form whose name says that they are credentials: the answer of a token endpoint is one.
func (m *Mask) Body(s string) string {
	if m == nil {
		return s
	}
	s = member.Get().ReplaceAllStringFunc(s, func(found string) string {
		part := member.FindStringSubmatch(found)
		if !secret.Sensitive(part[1]) {
			return found
		}
		return `"` + part[1] + `"` + part[2] + `"` + secret.Hidden(part[1]) + `"`
	})
	if strings.HasPrefix(strings.TrimLeft(s, " \t\r\n"), "<") {
		s = markup.ReplaceAllStringFunc(s, func(found string) string {
			part := markup.FindStringSubmatch(found)
			if !secret.Sensitive(part[2]) {
				return found
			}
			return "<" + part[1] + part[2] + part[3] + ">" + secret.Hidden(part[2]) + "</"
		})
	}
	if !strings.ContainsAny(s, `{<"`) { // no JSON and no page: it may be a form
		s = field.Get().ReplaceAllStringFunc(s, func(found string) string {
			part := field.FindStringSubmatch(found)
			if !secret.Sensitive(part[2]) {
				return found
			}
			return part[1] + part[2] + "=" + secret.Hidden(part[2])
		})
	}
	return m.set.Mask(s)
}
