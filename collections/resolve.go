package collections

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"culprit/request"
	"culprit/request/cookie"
	"culprit/request/secret"
	"culprit/request/vars"
)

// agent is the User-Agent of a request that sets none.
const agent = "culprit/0.1"

// ResolveOptions are what resolving an entry depends on besides its file. The zero value is usable.
type ResolveOptions struct {
	Dir         string       // of the collection; files of bodies are looked for here and nowhere else
	Environment *Environment // nil for none
	Vars        []Variable   // given on the command line; they win over all others
	Session     []Variable   // of this session alone, taken from answers or typed; they win over what files say
	// Secrets gives the value of a secret variable of an environment ("" for those of folders and requests);
	// false when there is none. nil gives none.
	Secrets func(environment, name string) (string, bool)
	// Jar has the cookies of the environment; nil has none.
	Jar Jar
}

// Resolved is an entry as it can be sent, and where everything in it came from.
type Resolved struct {
	Request request.Request
	Uses    []vars.Use // every variable that was filled in
	// Asserts are the assertions that are switched on, variables filled in; one that has no value keeps its {{}}.
	Asserts []Assert
	// Warnings say what the file asks for and was not done: a script, a second header of one name.
	Warnings []string
	// Jarred are the cookies of the request that the jar added.
	Jarred []cookie.Cookie
	NoJar  string // why a jar that is there takes no part; "" when it does

	texts map[string][]piece // by place, how the text was made
	rows  map[string]origin  // by place, the row it came from
}

// Secret returns the value of a secret by its reference, as package history asks for it when it fills in a
// recorded request; false when the request has none of that name.
func (r Resolved) Secret(ref string) (string, bool) {
	for _, s := range r.Request.Secrets {
		if s.Ref == ref {
			return s.Value, true
		}
	}
	return "", false
}

// ErrNotBuilt is wrapped by errors that name something culprit does not do yet.
var ErrNotBuilt = errors.New("not built yet")

// Resolve makes the request of an entry: defaults of the folders above, variables filled in, bodies with the
// content types of the format. An *Unfilled error names variables without a value.
func Resolve(e *Entry, o ResolveOptions) (Resolved, error) {
	return ResolveSaved(e, e.Saved, o)
}

// ResolveSaved is Resolve for an edited request that is not saved yet.
func ResolveSaved(e *Entry, saved Saved, o ResolveOptions) (Resolved, error) {
	if e.Kind != HTTP {
		return Resolved{}, fmt.Errorf("%s: sending a %s entry is %w", e.Path, cmp.Or(e.Type, string(e.Kind)), ErrNotBuilt)
	}
	r := &resolver{entry: e, saved: saved, o: o, chain: chain(e), absent: vars.Unresolved{Near: map[string]string{}, Off: map[string]string{}}}
	r.out.texts, r.out.rows = map[string][]piece{}, map[string]origin{}
	r.filler = vars.Filler{Scopes: r.scopes()}
	if err := r.run(); err != nil {
		return Resolved{}, fmt.Errorf("%s: %w", e.Path, err)
	}
	return r.out, nil
}

// A resolver makes one request.
type resolver struct {
	entry  *Entry
	saved  Saved
	o      ResolveOptions
	chain  []*Entry
	filler vars.Filler

	out     Resolved
	missing []string // secrets without a value
	err     error    // the first that is not about missing values
	absent  vars.Unresolved
}

func (r *resolver) run() error {
	req := &r.out.Request
	req.Dir, req.Confine = r.o.Dir, true
	for _, e := range slices.Concat(r.chain, []*Entry{r.entry}) {
		for _, m := range e.Met {
			if !strings.HasPrefix(m, "auth ") {
				r.warn("%s of %s is not run", m, scopeName(e))
			}
		}
	}
	req.Method = r.text("method", r.saved.Method)
	switch {
	case req.Method != "":
	case r.saved.Body.Type == GraphQL:
		req.Method = "POST"
	default:
		req.Method = "GET"
	}
	r.url()
	r.headers()
	if err := r.auth(); err != nil {
		return err
	}
	if err := r.body(); err != nil {
		return err
	}
	r.settings()
	r.asserts()
	if r.err != nil {
		return r.err
	}
	if len(r.absent.Names)+len(r.absent.Prompts) > 0 {
		return r.unfilled()
	}
	r.literals()
	*req = req.WithDefaults(agent)
	r.jar()
	return nil
}

func (r *resolver) warn(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(r.out.Warnings, text) {
		r.out.Warnings = append(r.out.Warnings, text)
	}
}

// headers merges those of the folders and the request by exact name; the last wins and takes the place of the
// first (FORMATS §4).
func (r *resolver) headers() {
	type header struct {
		row   Row
		from  *Entry
		index int
	}
	var list []header
	for _, e := range slices.Concat(r.chain, []*Entry{r.entry}) {
		rows := e.Saved.Headers
		if e == r.entry {
			rows = r.saved.Headers
		}
		for n, row := range rows {
			if row.Off || row.Name == "" {
				continue
			}
			h := header{row, e, n}
			i := slices.IndexFunc(list, func(o header) bool { return o.row.Name == row.Name })
			switch {
			case i < 0:
				list = append(list, h)
			default:
				if list[i].from == e {
					r.warn("the header %s is there twice; the last is sent, as Bruno does", row.Name)
				}
				list[i] = h
			}
		}
	}
	for _, h := range list {
		name := r.text("", h.row.Name)
		i := len(r.out.Request.Header)
		place := fmt.Sprintf("header %d", i)
		value := r.textAt(place, "header "+name, h.row.Value)
		r.out.Request.Header = append(r.out.Request.Header, request.Field{Name: name, Value: value})
		r.out.rows[place] = origin{h.from, h.index}
	}
}

// auth finds the auth that counts: the request's own, or for "inherit" that of the nearest folder that has one.
func (r *resolver) auth() error {
	saved, from := r.entry.Auth(r.saved.Auth)
	switch saved.Scheme {
	case "":
		return nil
	case "basic", "bearer", "apikey", "digest", "ntlm", "negotiate", "anyauth", "awsv4", "oauth1", "oauth2", "wsse":
	default:
		return fmt.Errorf("auth %s is %w: basic, bearer, apikey, digest, ntlm, awsv4, oauth1, oauth2 and wsse are", saved.Scheme, ErrNotBuilt)
	}
	a := request.Auth{Scheme: saved.Scheme}
	for i, p := range saved.Params {
		place := "auth " + p.Name
		value := r.textAt(place, place, p.Value)
		a.Params = append(a.Params, request.Field{Name: p.Name, Value: value})
		r.out.rows[place] = origin{from, i}
		switch last := p.Name[strings.LastIndexByte(p.Name, '.')+1:]; {
		case last == "password", last == "token", last == "clientSecret", last == "secretAccessKey", last == "sessionToken", last == "consumerSecret", last == "accessToken", last == "accessTokenSecret", last == "verifier", p.Name == "value", p.Name == "privateKey.value":
			r.secret("auth "+saved.Scheme+" "+p.Name, value)
		}
	}
	r.out.Request.Auth = a
	return nil
}

// settings: redirects are followed, at most 5, unless the file says otherwise (FORMATS §4).
func (r *resolver) settings() {
	s, out := r.saved.Settings, &r.out.Request.Settings
	out.Follow = 5
	if s.MaxRedirects != nil {
		out.Follow = *s.MaxRedirects
	}
	if s.FollowRedirects != nil && !*s.FollowRedirects {
		out.Follow = 0
	}
	if s.Timeout != nil && *s.Timeout > 0 {
		out.Timeouts.Total = time.Duration(*s.Timeout) * time.Millisecond
	}
}

// asserts fills in the assertions; what is missing there stops no send.
func (r *resolver) asserts() {
	for _, a := range r.saved.Asserts {
		if a.Off {
			continue
		}
		for _, text := range []*string{&a.Expression, &a.Value} {
			if filled, _, err := r.filler.Fill(*text); err == nil {
				*text = filled
			}
		}
		r.out.Asserts = append(r.out.Asserts, a)
	}
}

// secret notes a value that must not be shown, once.
func (r *resolver) secret(ref, value string) {
	if value == "" || slices.ContainsFunc(r.out.Request.Secrets, func(s request.Secret) bool { return s.Value == value }) {
		return
	}
	r.out.Request.Secrets = append(r.out.Request.Secrets, request.Secret{Ref: ref, Value: value})
}

// literals notes credentials that stand in the request itself and not in a variable.
func (r *resolver) literals() {
	for _, h := range r.out.Request.Header {
		if secret.Guess(h.Name, h.Value) {
			r.secret("header "+h.Name, h.Value)
			if _, credentials, ok := strings.Cut(h.Value, " "); ok && strings.EqualFold(h.Name, "Authorization") {
				r.secret("header "+h.Name, credentials)
			}
		}
	}
	_, query, _ := cutURL(r.out.Request.URL)
	for _, t := range tokens(query) {
		if name, value := cutPair(t); secret.Guess(name, value) {
			r.secret("query "+name, value)
		}
	}
	for _, f := range r.out.Request.Body.Fields {
		if secret.Guess(f.Name, f.Value) {
			r.secret("form "+f.Name, f.Value)
		}
	}
}
