package collections

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/request"
)

// An Amendment is how a saved request becomes one that sends something else.
type Amendment struct {
	Saved  Saved
	Assign []Assignment // variables to change, with the store: they are not part of the request's file
	Drop   []string     // cookies to take out of the jar, in which alone they are; Amend itself names none
	Notes  []string     // what a person should know before saying yes
}

// Amend carries a change from the request that was sent back to what is saved: r is how saved was resolved, to
// the request as it should be sent (r.Request with the edits of a diagnosis). The change is as small as it can
// be: what stays is written as it was, a row that goes is switched off, a value that comes from a variable
// changes where the variable is. An error says what cannot be saved and why; it wraps ErrSecretValue when a
// secret would have to change. Nothing is written.
func Amend(e *Entry, saved Saved, r Resolved, to request.Request, o ResolveOptions) (Amendment, error) {
	to, changed := r.Unjarred(to)
	if len(changed) > 0 {
		return Amendment{}, jarred(changed)
	}
	r.Request, _ = r.Unjarred(r.Request)
	o.Jar = nil
	a := &amender{e: e, o: o, r: r, to: to, out: Amendment{Saved: saved}}
	a.out.Saved.Headers, a.out.Saved.Params = slices.Clone(saved.Headers), slices.Clone(saved.Params)
	a.out.Saved.Auth.Params = slices.Clone(saved.Auth.Params)
	a.out.Saved.Body.Rows, a.out.Saved.Body.Parts = slices.Clone(saved.Body.Rows), slices.Clone(saved.Body.Parts)
	seen := map[string]bool{}
	for _, pieces := range r.texts {
		for _, p := range pieces {
			if p.secret && p.out != "" && !p.param && !seen[p.out] {
				seen[p.out] = true
				a.secrets = append(a.secrets, p)
			}
		}
	}
	slices.SortFunc(a.secrets, func(x, y piece) int {
		return cmp.Or(cmp.Compare(len(y.out), len(x.out)), strings.Compare(x.src, y.src))
	})
	for _, step := range []func() error{a.method, a.url, a.headers, a.auth, a.body, a.settings} {
		if err := step(); err != nil {
			return Amendment{}, err
		}
	}
	if err := a.proved(); err != nil {
		return Amendment{}, err
	}
	return a.out, nil
}

type amender struct {
	e       *Entry
	o       ResolveOptions
	r       Resolved
	to      request.Request
	out     Amendment
	secrets []piece // longest first
}

// proved resolves what would be saved and compares it with what should be sent. Generated values differ every
// time, and folders are not changed for a try: then nothing is compared.
func (a *amender) proved() error {
	o := a.o
	for _, u := range a.r.Uses {
		if u.Scope == "generated" {
			return nil
		}
	}
	for _, as := range a.out.Assign {
		if as.Entry != nil {
			return nil
		}
		env := *o.Environment
		env.Variables = as.In(env.Variables)
		o.Environment = &env
	}
	r, err := ResolveSaved(a.e, a.out.Saved, o)
	if err != nil {
		return fmt.Errorf("the change cannot be saved: %w", err)
	}
	got, want := r.Request, a.to
	fields := func(fields []request.Field) []request.Field {
		fields = slices.Clone(fields)
		for i := range fields {
			fields[i].Default = false
		}
		slices.SortFunc(fields, func(x, y request.Field) int {
			return cmp.Or(strings.Compare(x.Name, y.Name), strings.Compare(x.Value, y.Value))
		})
		return fields
	}
	if got.Method != want.Method || got.URL != want.URL || got.Auth.Scheme != want.Auth.Scheme ||
		!slices.Equal(got.Auth.Params, want.Auth.Params) || !slices.Equal(fields(got.Header), fields(want.Header)) ||
		got.Body.Kind != want.Body.Kind || got.Body.Text != want.Body.Text || !slices.Equal(got.Body.Fields, want.Body.Fields) ||
		!slices.Equal(got.Body.Parts, want.Body.Parts) {
		return ErrNotCarried
	}
	return nil
}

// ErrNotCarried says that a change of the request that was sent cannot be expressed in the saved one.
var ErrNotCarried = errors.New("the change cannot be expressed in the saved request; change it by hand")

// ErrGranted says that a fix is another token of the auth oauth2, which is got when the request is sent.
var ErrGranted = errors.New("its token is got anew when it is sent; there is nothing to save")

func (a *amender) note(format string, args ...any) {
	if s := fmt.Sprintf(format, args...); !slices.Contains(a.out.Notes, s) {
		a.out.Notes = append(a.out.Notes, s)
	}
}

func (a *amender) method() error {
	if a.to.Method == a.r.Request.Method {
		return nil
	}
	src, err := a.rewrite(a.r.texts["method"], a.to.Method)
	if err == nil {
		a.out.Saved.Method = src
	}
	return err
}

// url changes the URL; query rows that went are kept, switched off.
func (a *amender) url() error {
	if a.to.URL == a.r.Request.URL {
		return nil
	}
	src, moved, err := a.moved()
	if !moved {
		src, err = a.rewrite(a.r.texts["url"], a.to.URL)
	}
	if err != nil {
		return err
	}
	before := a.out.Saved.Params
	s := a.out.Saved.WithURL(src)
	for i, row := range before {
		isRow := func(o Row) bool { return o.Kind != "path" && !o.Off && o.Name == row.Name }
		if row.Kind != "path" && !row.Off && count(s.Params, isRow) < count(before[:i+1], isRow) {
			row.Off = true
			s.Params = slices.Insert(slices.Clone(s.Params), min(i, len(s.Params)), row)
		}
	}
	a.out.Saved = s
	return nil
}

func count(rows []Row, match func(Row) bool) int {
	n := 0
	for _, r := range rows {
		if match(r) {
			n++
		}
	}
	return n
}

// A pairing says which field became which: -1 for one that went or came.
type pairing struct{ from, to int }

// pair matches two lists of fields: equal ones, then those of one name, then those of one value.
func pair(from, to []request.Field) []pairing {
	match := make([]int, len(from))
	for i := range match {
		match[i] = -1
	}
	taken := make([]bool, len(to))
	same := []func(a, b request.Field) bool{
		func(a, b request.Field) bool { return a.Name == b.Name && a.Value == b.Value },
		func(a, b request.Field) bool { return strings.EqualFold(a.Name, b.Name) },
		func(a, b request.Field) bool { return a.Value == b.Value && a.Value != "" },
	}
	for _, equal := range same {
		for i, f := range from {
			for j, t := range to {
				if match[i] < 0 && !taken[j] && equal(f, t) {
					match[i], taken[j] = j, true
				}
			}
		}
	}
	var out []pairing
	for i, j := range match {
		out = append(out, pairing{i, j})
	}
	for j := range to {
		if !taken[j] {
			out = append(out, pairing{-1, j})
		}
	}
	return out
}

func (a *amender) headers() error {
	from, to := a.r.Request.Header, a.to.Header
	for _, p := range pair(from, to) {
		switch {
		case p.from >= 0 && p.to >= 0 && from[p.from].Name == to[p.to].Name && from[p.from].Value == to[p.to].Value:
		case p.from >= 0 && from[p.from].Default && p.to < 0:
			return fmt.Errorf("culprit adds the header %s by itself; a saved request cannot leave it out", from[p.from].Name)
		case p.from < 0 || from[p.from].Default:
			a.out.Saved.Headers = append(a.out.Saved.Headers, Row{Name: to[p.to].Name, Value: a.written(to[p.to].Value)})
		default:
			if err := a.header(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// header changes, renames or switches off one header, where it is.
func (a *amender) header(p pairing) error {
	place := "header " + strconv.Itoa(p.from)
	o, ok := a.r.rows[place]
	name := a.r.Request.Header[p.from].Name
	own := ok && o.entry == a.e
	switch {
	case p.to < 0 && !own:
		return fmt.Errorf("the header %s comes from the %s; switch it off there", name, scopeName(o.entry))
	case p.to < 0:
		a.out.Saved.Headers[o.row].Off = true
		return nil
	}
	to := a.to.Header[p.to]
	assigned := len(a.out.Assign)
	src, err := a.rewrite(a.r.texts[place], to.Value)
	switch {
	case err != nil:
		return fmt.Errorf("header %s: %w", name, err)
	case own:
		a.out.Saved.Headers[o.row].Value = src
		if to.Name != name {
			a.out.Saved.Headers[o.row].Name = to.Name
		}
	case len(a.out.Assign) == assigned || to.Name != name:
		a.note("the header %s comes from the %s; the request gets its own", name, scopeName(o.entry))
		a.out.Saved.Headers = append(a.out.Saved.Headers, Row{Name: to.Name, Value: src})
	}
	return nil
}

// auth changes parameters where they are, or the scheme in the request.
func (a *amender) auth() error {
	from, to := a.r.Request.Auth, a.to.Auth
	switch {
	case from.Scheme == to.Scheme && slices.Equal(from.Params, to.Params):
		return nil
	case from.Scheme == "oauth2":
		return ErrGranted
	}
	if from.Scheme != to.Scheme {
		fresh := SavedAuth{Scheme: to.Scheme}
		for _, p := range to.Params {
			fresh.Params = append(fresh.Params, request.Field{Name: p.Name, Value: a.written(p.Value)})
		}
		a.out.Saved.Auth = fresh
		return nil
	}
	inherited := a.out.Saved.Auth.Scheme == "inherit"
	fresh := SavedAuth{Scheme: to.Scheme}
	moved := false
	for _, p := range to.Params {
		place := "auth " + p.Name
		assigned := len(a.out.Assign)
		src, err := a.rewrite(a.r.texts[place], p.Value)
		if err != nil {
			return fmt.Errorf("auth %s: %w", p.Name, err)
		}
		fresh.Params = append(fresh.Params, request.Field{Name: p.Name, Value: src})
		moved = moved || p.Value != from.Param(p.Name) && len(a.out.Assign) == assigned
	}
	if inherited && !moved {
		return nil
	}
	if inherited {
		a.note("the auth is inherited; the request gets its own")
		a.out.Saved.Auth = fresh
		return nil
	}
	for _, p := range fresh.Params {
		a.out.Saved.Auth.Params = request.Set(a.out.Saved.Auth.Params, p.Name, p.Value)
	}
	return nil
}

// settings keeps what the format has a place for and says what it has none for.
func (a *amender) settings() error {
	from, to := a.r.Request.Settings, a.to.Settings
	if from.Follow != to.Follow {
		yes, n := to.Follow > 0, to.Follow
		a.out.Saved.Settings.FollowRedirects = &yes
		if yes {
			a.out.Saved.Settings.MaxRedirects = &n
		}
	}
	if from.Timeouts.Total != to.Timeouts.Total && to.Timeouts.Total > 0 {
		ms := int(to.Timeouts.Total / time.Millisecond)
		a.out.Saved.Settings.Timeout = &ms
	}
	if from.HTTPVersion != to.HTTPVersion || from.IPFamily != to.IPFamily || from.TLS != to.TLS || from.Proxy != to.Proxy ||
		!slices.Equal(from.Resolve, to.Resolve) {
		a.note("a choice of the connection (HTTP version, address family, TLS, proxy) has no place in the file")
	}
	return nil
}
