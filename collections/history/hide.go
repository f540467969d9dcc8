package history

import (
	"bytes"
	"cmp"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"culprit/request"
	"culprit/request/secret"
)

// A mark is what one secret of a recorded request looks like on disk.
type mark struct {
	Ref  string `json:"ref"`
	Hash string `json:"hash"` // salted and slow, to tell whether the secret is still the same
	Mild bool   `json:"mild,omitempty"`
}

// rounds makes guessing a short secret from its hash slow: about 5 ms each.
const rounds = 20_000

func (h *History) hash(value string) string {
	sum, err := pbkdf2.Key(sha256.New, value, h.salt, rounds, 8)
	if err != nil {
		return ""
	}
	return hex.EncodeToString(sum)
}

// The forms in which a secret stands in a request, each with a function that makes it. The mark on disk names
// the form, so that it is filled in again in the same one.
func forms() []form {
	return []form{
		{"", func(s string) string { return s }},
		{"path", url.PathEscape},
		{"query", url.QueryEscape},
		{"json", func(s string) string {
			b, _ := json.Marshal(s) // a string always encodes
			return string(b[1 : len(b)-1])
		}},
	}
}

type form struct {
	name string
	make func(string) string
}

func placeholder(ref, form string) string { return "‹secret:" + ref + "|" + form + "›" }

// texts visits every text of a request that goes on the wire or names a file.
func texts(r *request.Request, visit func(*string)) {
	visit(&r.Method)
	visit(&r.URL)
	for _, list := range [][]request.Field{r.Header, r.Auth.Params, r.Body.Fields} {
		for i := range list {
			visit(&list[i].Name)
			visit(&list[i].Value)
		}
	}
	visit(&r.Body.Type)
	visit(&r.Body.Text)
	visit(&r.Body.Path)
	for i := range r.Body.Parts {
		p := &r.Body.Parts[i]
		for _, s := range []*string{&p.Name, &p.Value, &p.Path, &p.FileName, &p.Type} {
			visit(s)
		}
	}
	visit(&r.Settings.Proxy.URL)
}

// hide returns r without its secrets: a mark in place of each, in whatever form it is found. refillable is
// false when one was found in a form that cannot be made again.
func (h *History) hide(r request.Request) (hidden request.Request, marks []mark, refillable bool) {
	secrets := request.Strict(r.Secrets)
	slices.SortStableFunc(secrets, func(a, b request.Secret) int { return cmp.Compare(len(b.Value), len(a.Value)) })
	hidden = r.Clone()
	hidden.Secrets = nil
	set := setOf(r.Secrets)
	refillable = true
	used := map[string]bool{}
	hideMild(&hidden, r.Secrets, used)
	texts(&hidden, func(s *string) {
		for _, sec := range secrets {
			*s = replaceOutside(*s, sec, used)
		}
		if left := withoutMarks(*s); set.Has(left) {
			*s, refillable = set.Mask(left), false
		}
		if !utf8.ValidString(*s) { // JSON cannot hold it
			refillable = false
		}
	})
	for _, s := range r.Secrets {
		if used[s.Ref] {
			marks = append(marks, mark{s.Ref, h.hash(s.Value), s.Mild})
		}
	}
	return hidden, marks, refillable
}

// hideMild puts marks in place of cookies that are no credentials, where they stand and nowhere else.
func hideMild(r *request.Request, secrets []request.Secret, used map[string]bool) {
	for i, f := range r.Header {
		if !strings.EqualFold(f.Name, "Cookie") {
			continue
		}
		pairs := strings.Split(f.Value, "; ")
		for n, p := range pairs {
			for _, s := range secrets {
				if s.Mild && s.Value == p {
					pairs[n], used[s.Ref] = placeholder(s.Ref, ""), true
				}
			}
		}
		r.Header[i].Value = strings.Join(pairs, "; ")
	}
}

// withoutCookie returns a header without one of the pairs of its Cookie.
func withoutCookie(header []request.Field, pair string) []request.Field {
	header = slices.Clone(header)
	for i, f := range header {
		if strings.EqualFold(f.Name, "Cookie") {
			left := slices.DeleteFunc(strings.Split(f.Value, "; "), func(p string) bool { return p == pair })
			header[i].Value = strings.Join(left, "; ")
		}
	}
	return slices.DeleteFunc(header, func(f request.Field) bool { return strings.EqualFold(f.Name, "Cookie") && f.Value == "" })
}

// replaceOutside puts marks in place of a secret, never inside a mark that is already there.
func replaceOutside(s string, sec request.Secret, used map[string]bool) string {
	if sec.Value == "" {
		return s
	}
	for _, f := range forms() {
		needle := f.make(sec.Value)
		var b strings.Builder
		for rest := s; ; {
			before, marked, after := nextMark(rest)
			if strings.Contains(before, needle) {
				used[sec.Ref] = true
			}
			b.WriteString(strings.ReplaceAll(before, needle, placeholder(sec.Ref, f.name)))
			b.WriteString(marked)
			if rest = after; rest == "" {
				break
			}
		}
		s = b.String()
	}
	return s
}

// nextMark cuts s around its first mark.
func nextMark(s string) (before, marked, after string) {
	i := strings.Index(s, "‹secret:")
	if i < 0 {
		return s, "", ""
	}
	n := strings.Index(s[i:], "›")
	if n < 0 {
		return s, "", ""
	}
	n += i + len("›")
	return s[:i], s[i:n], s[n:]
}

func withoutMarks(s string) string {
	var b strings.Builder
	for rest := s; rest != ""; {
		before, marked, after := nextMark(rest)
		b.WriteString(before)
		if marked != "" {
			b.WriteByte(' ')
		}
		rest = after
	}
	return b.String()
}

// A Changed secret is one that is not what it was when the request passed, or not there any more.
type Changed struct{ Refs []string }

// Error names the secrets.
func (c *Changed) Error() string {
	return "the request passed with other values of " + strings.Join(c.Refs, ", ")
}

// show fills the secrets in again. The request is whole also when the error is a *Changed: with the values
// of today.
func (h *History) show(r request.Request, marks []mark, current func(ref string) (string, bool)) (request.Request, error) {
	changed := &Changed{}
	for _, m := range marks {
		value, ok := "", false
		if current != nil {
			value, ok = current(m.Ref)
		}
		switch {
		case !ok && m.Mild:
			r.Header = withoutCookie(r.Header, placeholder(m.Ref, ""))
			changed.Refs = append(changed.Refs, m.Ref)
			continue
		case !ok:
			return request.Request{}, &NoSecret{m.Ref}
		}
		if h.hash(value) != m.Hash {
			changed.Refs = append(changed.Refs, m.Ref)
		}
		texts(&r, func(s *string) {
			for _, f := range forms() {
				*s = strings.ReplaceAll(*s, placeholder(m.Ref, f.name), f.make(value))
			}
		})
		r.Secrets = append(r.Secrets, request.Secret{Ref: m.Ref, Value: value, Mild: m.Mild})
	}
	if len(changed.Refs) > 0 {
		return r, changed
	}
	return r, nil
}

func setOf(secrets []request.Secret) *secret.Set {
	secrets = request.Strict(secrets)
	values := make([]secret.Value, len(secrets))
	for i, s := range secrets {
		values[i] = secret.New(s.Ref, s.Value)
	}
	return secret.NewSet(values...)
}

// A masker shows what was sent and received as a person may see it.
type masker struct {
	secrets []request.Secret
	set     *secret.Set
}

// sent masks a text of the request: also short secrets, which are not searched for elsewhere.
func (m masker) sent(s string) string {
	used := map[string]bool{}
	for _, sec := range m.secrets {
		s = replaceOutside(s, sec, used)
	}
	for _, f := range forms() {
		s = strings.ReplaceAll(s, "|"+f.name+"›", "›")
	}
	return m.set.Mask(s)
}

// fields masks header fields with show, those that usually hold credentials wholly.
func (m masker) fields(fields []request.Field, show func(string) string) []request.Field {
	out := slices.Clone(fields)
	for i, f := range out {
		if strings.EqualFold(f.Name, "Set-Cookie") {
			out[i].Value = cookie(f.Value, show)
			continue
		}
		if secret.Sensitive(f.Name) || secret.Guess(f.Name, f.Value) {
			out[i].Value = secret.Hidden("header " + f.Name)
			continue
		}
		out[i].Name, out[i].Value = show(f.Name), show(f.Value)
	}
	return out
}

// cookie hides the value of a Set-Cookie; its name, and for how long and where it is meant, are kept.
func cookie(v string, show func(string) string) string {
	pair, attributes, more := strings.Cut(v, ";")
	name, _, named := strings.Cut(pair, "=")
	if !named {
		return secret.Hidden("header Set-Cookie")
	}
	out := show(name) + "=" + secret.Hidden("header Set-Cookie")
	if more {
		out += ";" + show(attributes)
	}
	return out
}

// maskedBody returns a body without secrets that it echoes.
func maskedBody(b []byte, set *secret.Set) []byte {
	if text := string(b); set.Has(text) {
		return []byte(set.Mask(text))
	}
	return bytes.Clone(b)
}
