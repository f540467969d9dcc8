package element

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/request"
)

// Apply returns r with the edits put in. They all speak of r as it is, whatever their order: a whole body is
// set first, what is removed goes last, and of several removals the last in the text goes first. An edit of an
// element that is not there is an error, except a removal, which is then done already.
func Apply(r request.Request, edits []diagnose.Edit) (request.Request, error) {
	r = r.Clone()
	var first, then, last []diagnose.Edit
	for _, e := range edits {
		switch {
		case e.Op == diagnose.Remove:
			last = append(last, e)
		case e.Element == "body" || e.Element == "url":
			first = append(first, e)
		default:
			then = append(then, e)
		}
	}
	slices.Reverse(last)
	all, done := slices.Concat(first, then, last), 0 // those below done are in the body
	for i, e := range all {
		if i >= done && setsValue(e) && (i == 0 || !setsValue(all[i-1])) {
			done = i + sets(&r, all[i:])
		}
		if i >= done {
			if err := apply(&r, e); err != nil {
				return r, fmt.Errorf("%s %s: %w", e.Op, e.Element, err)
			}
		}
		if to, ok := e.To.(string); ok {
			r.Secrets = derived(r.Secrets, to)
		}
	}
	return r, nil
}

// minDerived is the length in bytes from which a value that a secret begins with, or has in it, is made of it.
const minDerived = 6

// derived adds to, when it is one of the secrets in another spelling, cut, trimmed or extended: what is hidden of the
// one is hidden of the other.
func derived(secrets []request.Secret, to string) []request.Secret {
	for _, s := range secrets {
		if len(to) < minDerived || to == s.Value || len(s.Value) < minDerived {
			continue
		}
		if strings.Contains(strings.ToLower(s.Value), strings.ToLower(to)) || strings.HasPrefix(to, s.Value[:max(minDerived, len(s.Value)/2)]) || strings.EqualFold(to, s.Value) {
			return append(slices.Clip(secrets), request.Secret{Ref: "variation of " + s.Ref, Value: to})
		}
	}
	return secrets
}

func apply(r *request.Request, e diagnose.Edit) error {
	kind, name, n := parse(e.Element)
	to, _ := e.To.(string)
	switch {
	case e.Op == diagnose.Move:
		return move(r, e, to)
	case kind == "method":
		r.Method = to
	case kind == "url":
		r.URL = to
	case e.Element.InURL():
		return setURL(r, e.Element, e.Op, to)
	case kind == "auth":
		return setAuth(r, e.Op, to)
	case kind == "header":
		return setHeader(r, name, n, e.Op, to)
	case kind == "cookie":
		return setCookie(r, name, n, e.Op, to)
	case kind == "query":
		u := SplitURL(r.URL)
		q, err := setPair(splitPairs(u.Query), name, n, e.Op, to)
		u.Query, u.question = joinPairs(q), len(q) > 0
		r.URL = u.String()
		return err
	case kind == "form":
		return setForm(r, name, n, e.Op, to)
	case kind == "multipart":
		return setPart(r, name, n, e.Op, to)
	case e.Element == "body":
		return setBody(r, e)
	case kind == "body":
		return setMember(r, name, e)
	default:
		return setTransport(r, string(e.Element), to)
	}
	return nil
}

// move takes the value away from one place and adds it at another: header:X-Api-Key to query:api_key.
func move(r *request.Request, e diagnose.Edit, to string) error {
	el, ok := Of(*r).Get(e.Element)
	if !ok {
		return errAbsent
	}
	if err := apply(r, diagnose.Edit{Element: e.Element, Op: diagnose.Remove}); err != nil {
		return err
	}
	value := el.Text
	if text, ok := el.Value.(string); ok {
		value = text
	}
	return apply(r, diagnose.Edit{Element: diagnose.ElementID(to), Op: diagnose.Add, To: value})
}

var errAbsent = errors.New("no such element")

func setURL(r *request.Request, id diagnose.ElementID, op diagnose.Op, to string) error {
	u := SplitURL(r.URL)
	switch {
	case id == "url.scheme":
		u.Scheme = to
	case id == "url.host":
		u.Host = to
	case id == "url.port":
		u.Port = to
	case id == "url.path":
		u.Path = to
	case id == "url.query":
		u.Query, u.question = to, to != ""
	case id == "url.fragment":
		u.Fragment, u.hash = to, to != ""
	case id == "url.user":
		u.User = to
	default:
		s := u.segments()
		i, ok := id.Segment()
		if !ok || i < 0 || i >= len(s) {
			return errAbsent
		}
		if op == diagnose.Remove {
			s = slices.Delete(slices.Clone(s), i, i+1)
		} else {
			s[i] = to
		}
		u.Path = "/" + strings.Join(s, "/")
	}
	r.URL = u.String()
	return nil
}

// setAuth changes credentials where they are: the parameters of a scheme or the Authorization header.
func setAuth(r *request.Request, op diagnose.Op, to string) error {
	if op == diagnose.Remove {
		r.Auth = request.Auth{}
		r.Header = request.Del(r.Header, "Authorization")
		return nil
	}
	if scheme, name, password, ok := proved(to); ok {
		r.Header = request.Del(r.Header, "Authorization")
		r.Auth = request.Auth{Scheme: scheme, Params: r.Auth.Params}.With("username", name).With("password", password)
		return nil
	}
	switch a := r.Auth; a.Scheme {
	case "apikey":
		if scheme, _, ok := strings.Cut(to, " "); ok && !strings.EqualFold(a.Param("key"), "Authorization") && !strings.HasPrefix(a.Param("value"), scheme+" ") && (scheme == "Bearer" || scheme == "Basic") {
			break // a value of Authorization is none of this key's
		}
		r.Auth = a.With("value", to)
		return nil
	case "bearer":
		if token, ok := strings.CutPrefix(to, "Bearer "); ok {
			r.Auth = a.With("token", token)
			return nil
		}
	case "basic", "anyauth", "digest", "ntlm", "negotiate", "wsse":
		if user, pass, ok := basic(to); ok {
			if a.Scheme != "anyauth" {
				a.Scheme = "basic"
			}
			r.Auth = a.With("username", user).With("password", pass)
			return nil
		}
	}
	r.Auth = request.Auth{}
	r.Header = request.Set(r.Header, "Authorization", to)
	return nil
}

func basic(v string) (user, pass string, ok bool) {
	b64, ok := strings.CutPrefix(v, "Basic ")
	if !ok {
		return "", "", false
	}
	raw, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		return "", "", false
	}
	return strings.Cut(string(raw), ":")
}

func setHeader(r *request.Request, name string, n int, op diagnose.Op, to string) error {
	at := nth(len(r.Header), n, func(i int) bool { return http.CanonicalHeaderKey(r.Header[i].Name) == name })
	if name == "Content-Type" && at < 0 && op == diagnose.Remove {
		r.Body.Type = "" // it came from the kind of the body
	}
	var err error
	r.Header, err = setField(r.Header, at, name, op, to)
	return err
}

// change does op on what stands at an index of a list, -1 when it is not there: what is to be set is added then, and what
// is to be removed is gone already.
func change[T any](all []T, at int, op diagnose.Op, fresh T, rename, set func(*T)) ([]T, error) {
	switch {
	case op == diagnose.Add || op == diagnose.Set && at < 0:
		return append(all, fresh), nil
	case at < 0 && op == diagnose.Remove:
	case at < 0:
		return all, errAbsent
	case op == diagnose.Remove:
		return slices.Delete(all, at, at+1), nil
	case op == diagnose.Rename:
		rename(&all[at])
	default:
		set(&all[at])
	}
	return all, nil
}

func setField(fields []request.Field, at int, name string, op diagnose.Op, to string) ([]request.Field, error) {
	return change(fields, at, op, request.Field{Name: name, Value: to},
		func(f *request.Field) { f.Name = to }, func(f *request.Field) { f.Value, f.Default = to, false })
}

// nth returns the index of the n-th of count things that match, -1 when there are fewer.
func nth(count, n int, match func(int) bool) int {
	for i := range count {
		if match(i) {
			if n == 0 {
				return i
			}
			n--
		}
	}
	return -1
}

func setCookie(r *request.Request, name string, n int, op diagnose.Op, to string) error {
	for i, h := range r.Header {
		if !strings.EqualFold(h.Name, "Cookie") {
			continue
		}
		c := splitCookies(h.Value)
		c, err := setField(c, nth(len(c), n, func(i int) bool { return c[i].Name == name }), name, op, to)
		if err != nil {
			return err
		}
		if len(c) == 0 {
			r.Header = slices.Delete(r.Header, i, i+1)
		} else {
			r.Header[i].Value = joinCookies(c)
		}
		return nil
	}
	if op != diagnose.Remove {
		r.Header = append(r.Header, request.Field{Name: "Cookie", Value: name + "=" + to})
	}
	return nil
}

func setPair(pairs []pair, name string, n int, op diagnose.Op, to string) ([]pair, error) {
	at := nth(len(pairs), n, func(i int) bool { return pairs[i].name() == name })
	return change(pairs, at, op, pair{Encode(name) + "=" + Encode(to)},
		func(p *pair) { *p = p.withName(to) }, func(p *pair) { *p = p.withValue(to) })
}

func setForm(r *request.Request, name string, n int, op diagnose.Op, to string) error {
	if r.Body.Kind != request.FormBody {
		p, err := setPair(splitPairs(r.Body.Text), name, n, op, to)
		r.Body.Text = joinPairs(p)
		return err
	}
	f := r.Body.Fields
	var err error
	r.Body.Fields, err = setField(f, nth(len(f), n, func(i int) bool { return f[i].Name == name }), name, op, to)
	return err
}

func setPart(r *request.Request, name string, n int, op diagnose.Op, to string) (err error) {
	p := r.Body.Parts
	at := nth(len(p), n, func(i int) bool { return p[i].Name == name })
	r.Body.Parts, err = change(p, at, op, request.Part{Name: name, Value: to},
		func(p *request.Part) { p.Name = to }, func(p *request.Part) { p.Value, p.Path = to, "" })
	return err
}

// setTransport changes how the request is sent.
func setTransport(r *request.Request, id, to string) error {
	s := &r.Settings
	switch id {
	case "http_version":
		s.HTTPVersion = to
	case "proxy":
		s.Proxy.URL = to
	case "redirect":
		s.Follow, _ = strconv.Atoi(to)
	case "client":
		s.Client = to
	case "place":
		s.From = to
	case "ip_family":
		s.IPFamily, _ = strconv.Atoi(to)
	case "timeout":
		d, err := request.ParseLapse(to)
		if err != nil {
			return err
		}
		s.Timeouts.FirstByte, s.Timeouts.Total = d, 2*d
	case "tls.ca":
		s.TLS.CAFile = to
	case "tls.client_certificate":
		s.TLS.CertFile, s.TLS.KeyFile = to, ""
	case "tls.server_name":
		s.TLS.ServerName = to
	case "tls.min_version":
		s.TLS.MinVersion = to
	case "tls.max_version":
		s.TLS.MaxVersion = to
	default:
		return errAbsent
	}
	return nil
}
