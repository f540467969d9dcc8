package collections

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"culprit/request"
	"culprit/request/mask"
	"culprit/request/secret"
)

// An Adopted request came from elsewhere (a curl command, a HAR entry) and is ready to be saved.
type Adopted struct {
	Saved Saved
	// Secrets are the variables that stand in the place of credentials: they are never saved. The request
	// declares them, and their values have to be given when it is sent.
	Secrets []string
	Values  []string // of the Secrets, in their order
	Notes   []string // what could not be carried over
}

// Adopt returns r as it can be saved, without its credentials. What the client adds by itself is left out: culprit
// adds its own. taken are names of variables that mean something else where r will be.
func Adopt(r request.Request, taken []string) Adopted {
	a := &adopter{taken: taken}
	a.adopt(r)
	for _, l := range a.lost {
		a.note("%s: there is no place for it in the file", l)
	}
	return a.out
}

// Names returns the variables of a collection's environments and folders.
func (c *Collection) Names() []string {
	var out []string
	add := func(vars []Variable) {
		for _, v := range vars {
			out = append(out, v.Name)
		}
	}
	for _, e := range c.Environments {
		add(e.Variables)
	}
	for e := range c.Root.All() {
		if e.Kind == Folder {
			add(e.Saved.Vars)
		}
	}
	return out
}

// FromRequest returns a saved request that sends what r sends, for editing: as Adopt does, but literal values
// stay literal. What a saved request cannot hold is listed in lost: TLS options, proxies, addresses.
func FromRequest(r request.Request) (saved Saved, lost []string) {
	a := &adopter{literal: true}
	a.adopt(r)
	return a.out.Saved, a.lost
}

type adopter struct {
	out     Adopted
	taken   []string
	literal bool // credentials stay where they are
	lost    []string
}

func (a *adopter) adopt(r request.Request) {
	s := &a.out.Saved
	s.Method = cmp.Or(r.Method, "GET")
	a.body(r)
	for _, h := range r.Header {
		isType := strings.EqualFold(h.Name, "Content-Type")
		if h.Default && !isType || isType && s.Body.Type != "" && mediaType(s.Body.Type) == h.Value {
			continue
		}
		s.Headers = append(s.Headers, Row{Name: h.Name, Value: a.header(h)})
	}
	if r.Body.Type != "" && !request.Has(r.Header, "Content-Type") && s.Body.Type != "" && mediaType(s.Body.Type) != r.Body.Type {
		s.Headers = append(s.Headers, Row{Name: "Content-Type", Value: r.Body.Type})
	}
	s.Auth = SavedAuth{Scheme: r.Auth.Scheme}
	for _, p := range r.Auth.Params {
		value := p.Value
		if p.Name == "password" || p.Name == "token" || p.Name == "value" {
			value = a.variable(p.Name, value)
		}
		s.Auth.Params = append(s.Auth.Params, request.Field{Name: p.Name, Value: value})
	}
	*s = s.WithURL(a.url(r.URL))
	a.settings(r.Settings)
	for _, name := range a.out.Secrets {
		s.Vars = append(s.Vars, Variable{Name: name, Secret: true})
	}
}

func (a *adopter) note(format string, args ...any) {
	a.out.Notes = append(a.out.Notes, fmt.Sprintf(format, args...))
}

// variable declares a secret variable for a value and returns the reference to it.
func (a *adopter) variable(name, value string) string {
	if value == "" || a.literal || strings.HasPrefix(value, "{{") {
		return value
	}
	name = strings.Trim(strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c - 'A' + 'a'
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			return c
		}
		return '_'
	}, name), "_")
	free := name
	for n := 2; slices.Contains(a.out.Secrets, free) || slices.Contains(a.taken, free); n++ {
		free = fmt.Sprintf("%s_%d", name, n)
	}
	a.out.Secrets, a.out.Values = append(a.out.Secrets, free), append(a.out.Values, value)
	return "{{" + free + "}}"
}

// header returns the value of a field with its credentials in variables.
func (a *adopter) header(h request.Field) string {
	if !secret.Guess(h.Name, h.Value) {
		return h.Value
	}
	if strings.EqualFold(h.Name, "Cookie") {
		pairs := strings.Split(h.Value, ";")
		for i, pair := range pairs {
			if name, value, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
				pairs[i] = name + "=" + a.variable("cookie_"+name, value)
			}
		}
		return strings.Join(pairs, "; ")
	}
	scheme, rest, ok := strings.Cut(h.Value, " ")
	if strings.HasSuffix(strings.ToLower(h.Name), "authorization") && ok {
		return scheme + " " + a.variable("token", strings.TrimSpace(rest))
	}
	return a.variable(h.Name, h.Value)
}

func (a *adopter) url(raw string) string {
	base, query, fragment := cutURL(raw)
	rest := raw[len(base) : len(raw)-len(fragment)]
	scheme, authority, _ := strings.Cut(base, "://")
	authority, path, slash := strings.Cut(authority, "/")
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		if user, password, ok := strings.Cut(authority[:i], ":"); ok { // as it is written, escapes too
			base = scheme + "://" + user + ":" + a.variable("password", password) + authority[i:]
			if slash {
				base += "/" + path
			}
		}
	}
	if query == "" {
		return base + rest
	}
	parts := strings.Split(query, "&")
	for i, p := range parts {
		name, value, ok := strings.Cut(p, "=")
		if plain, err := url.QueryUnescape(value); ok && err == nil && secret.Guess(name, plain) {
			parts[i] = name + "=" + a.variable(name, value)
		}
	}
	return base + "?" + strings.Join(parts, "&")
}

func (a *adopter) body(r request.Request) {
	b, s := r.Body, &a.out.Saved.Body
	kind := cmp.Or(request.Get(r.Header, "Content-Type"), b.Type)
	switch b.Kind {
	case request.RawBody:
		a.text(b.Text, strings.ToLower(kind))
	case request.FormBody:
		s.Type = "form-urlencoded"
		for _, f := range b.Fields {
			s.Rows = append(s.Rows, Row{Name: f.Name, Value: a.guessed(f.Name, f.Value)})
		}
	case request.MultipartBody:
		s.Type = "multipart-form"
		for _, p := range b.Parts {
			part := Part{Row: Row{Name: p.Name, Value: p.Value}, Type: p.Type}
			if p.Path != "" {
				part.IsFile, part.File = true, []string{p.Path}
				a.note("the file %s is looked for in the collection's folder, and nowhere else", p.Path)
			} else {
				part.Value = a.guessed(p.Name, p.Value)
			}
			s.Parts = append(s.Parts, part)
		}
	case request.FileBody:
		s.Type = "file"
		s.Parts = []Part{{IsFile: true, File: []string{b.Path}, Type: kind}}
		a.note("the file %s is looked for in the collection's folder, and nowhere else", b.Path)
	}
}

func (a *adopter) guessed(name, value string) string {
	if secret.Guess(name, value) {
		return a.variable(name, value)
	}
	return value
}

// text keeps a raw body: as a form when its fields say the same bytes again.
func (a *adopter) text(text, kind string) {
	s := &a.out.Saved.Body
	if strings.HasPrefix(kind, "application/x-www-form-urlencoded") {
		if rows, ok := formFields(text); ok {
			s.Type = "form-urlencoded"
			for _, r := range rows {
				s.Rows = append(s.Rows, Row{Name: r.Name, Value: a.guessed(r.Name, r.Value)})
			}
			return
		}
	}
	s.Text = text
	switch {
	case strings.Contains(kind, "json"):
		s.Type = "json"
	case strings.Contains(kind, "sparql"):
		s.Type = "sparql"
	case strings.Contains(kind, "xml"):
		s.Type = "xml"
	default:
		s.Type = "text"
	}
	if m := mask.Of(request.Request{}); m.Body(text) != text {
		a.note("the body seems to hold a credential; put it in a secret variable before others see the file")
	}
}

// formFields takes a form apart; false when putting it together again would give other bytes.
func formFields(text string) ([]request.Field, bool) {
	var rows []request.Field
	for pair := range strings.SplitSeq(text, "&") {
		n, v, ok := strings.Cut(pair, "=")
		name, err1 := url.QueryUnescape(n)
		value, err2 := url.QueryUnescape(v)
		if !ok || err1 != nil || err2 != nil || url.QueryEscape(name) != n || url.QueryEscape(value) != v {
			return nil, false
		}
		rows = append(rows, request.Field{Name: name, Value: value})
	}
	return rows, true
}

// settings keeps what the format has a place for and says what it has none for.
func (a *adopter) settings(from request.Settings) {
	to := &a.out.Saved.Settings
	follow, plain := from.Follow > 0, false
	to.FollowRedirects, to.EncodeURL = &follow, &plain
	if follow {
		to.MaxRedirects = &from.Follow
	}
	if t := from.Timeouts.Total; t > 0 {
		ms := int(t / time.Millisecond)
		to.Timeout = &ms
	}
	for _, l := range []struct {
		set  bool
		what string
	}{
		{from.TLS != (request.TLS{}), "TLS options"}, {from.Proxy != (request.Proxy{}), "the proxy"},
		{len(from.Resolve) > 0, "addresses given by hand"}, {from.UnixSocket != "", "the Unix socket"},
		{from.HTTPVersion != "", "the HTTP version"}, {from.IPFamily != 0, "the address family"},
	} {
		if l.set {
			a.lost = append(a.lost, l.what)
		}
	}
}
