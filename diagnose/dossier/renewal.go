package dossier

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"culprit/collections"
	"culprit/collections/check"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/auth"
)

// renewals are the ways to new credentials that the collection has: the grant of the auth oauth2, else other saved
// requests whose answer sets a variable that a credential of this one is made of.
func (s Subject) renewals() []diagnose.Renewal {
	if a := s.Granted; a.Scheme == auth.OAuth2 {
		like := s.Resolved.Request
		q, err := auth.TokenRequest(a, "", like)
		if err != nil {
			return nil
		}
		return []diagnose.Renewal{{Label: "its OAuth2 grant", Request: q, Renewed: func(x *request.Exchange) (request.Request, error) {
			token, err := auth.TokenOf(a, x)
			if err != nil {
				return like, err
			}
			return token.With(a, like), nil
		}}}
	}
	needed := s.inCredentials()
	if len(needed) == 0 {
		return nil
	}
	var out []diagnose.Renewal
	s.others(func(e *collections.Entry, r request.Request) bool {
		for _, c := range e.Saved.Captures {
			if slices.Contains(needed, c.Variable) {
				out = append(out, diagnose.Renewal{Label: "the saved request " + e.Path, Path: e.Path, Request: r, Renewed: s.captured(e, c.Variable)})
				break
			}
		}
		return len(out) < most
	})
	return out
}

// inCredentials are the variables that the credentials of the request are made of, each once. A credential that holds no
// value yet counts: nobody has logged in.
func (s Subject) inCredentials() []string {
	held := map[string]bool{}
	for _, e := range element.Of(s.Resolved.Request).Elements {
		if name, ok := e.ID.In("header"); ok && e.Secret {
			held["header "+strings.ToLower(name)] = true
		}
		if e.Secret && e.ID.Is("cookie") {
			held["header cookie"] = true
		}
		if e.Secret && e.ID.Is("query") {
			held["url"] = true
		}
	}
	var out []string
	for _, u := range s.Resolved.Uses {
		where := strings.ToLower(u.Where)
		if (strings.HasPrefix(where, "auth ") || where == "header authorization" || held[where]) && !slices.Contains(out, u.Name) {
			out = append(out, u.Name)
		}
	}
	return out
}

// captured makes the request anew with what the answer of e sets. Its credentials need not be the only thing that is
// set, so all that is captured is filled in; what carries the name that is needed has to be there.
func (s Subject) captured(e *collections.Entry, needed string) func(*request.Exchange) (request.Request, error) {
	return func(x *request.Exchange) (request.Request, error) {
		o := s.Options
		o.Vars = slices.Clone(o.Vars)
		found := false
		for _, c := range e.Saved.Captures {
			value, ok := check.Text(c.Expression, x)
			if !ok {
				continue
			}
			o.Vars = append(slices.DeleteFunc(o.Vars, func(v collections.Variable) bool { return v.Name == c.Variable }),
				collections.Variable{Name: c.Variable, Value: value, Secret: true})
			found = found || c.Variable == needed
		}
		switch status := x.Status(); {
		case status == 0:
			return s.Resolved.Request, errors.New("it got no answer")
		case !found:
			return s.Resolved.Request, fmt.Errorf("it answers %d and nothing for %s", status, needed)
		}
		was, err := resolve(s, s.Saved, s.Options)
		if err != nil {
			return s.Resolved.Request, err
		}
		is, err := resolve(s, s.Saved, o)
		if err != nil {
			return s.Resolved.Request, err
		}
		with := element.Of(is)
		edits := slices.DeleteFunc(element.Diff(was, is), func(d diagnose.Edit) bool {
			el, _ := with.Get(d.Element)
			return !el.Secret // a login may set more than credentials
		})
		r, err := element.Apply(s.Resolved.Request, edits)
		r.Secrets = append(slices.Clip(r.Secrets), is.Secrets...)
		return r, err
	}
}

// granted gives a request of the same grant the token that this one has; the error is for one of another grant, whose
// token nobody got.
func (s Subject) granted(r request.Request) (request.Request, error) {
	switch {
	case r.Auth.Scheme != auth.OAuth2:
	case s.Granted.Scheme == r.Auth.Scheme && slices.Equal(s.Granted.Params, r.Auth.Params):
		r = r.Clone()
		r.Auth, r.Secrets = s.Resolved.Request.Auth, append(r.Secrets, s.Resolved.Request.Secrets...)
	default:
		return r, errors.New("its token comes from another grant")
	}
	return r, nil
}
