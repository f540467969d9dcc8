package dossier

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/cookie"
	"culprit/request/lazyre"
)

// A session that is a cookie of the jar: which of them is gone, and which saved request sets it anew.

// lost are those of the cookies that earlier passes had which a request does not have in another way.
func (s Subject) lost(names []string) []string {
	ix := element.Of(s.Resolved.Request)
	return slices.DeleteFunc(names, func(name string) bool {
		_, here := ix.Get(diagnose.ID("cookie", name))
		return here
	})
}

// logins are the saved requests that set the session of this one, as the history has it: the cookies of the jar in it that
// are secret, and those that it lost.
func (s Subject) logins(ctx context.Context, lost []string) (out []diagnose.Renewal, notes []string) {
	if s.History == nil || s.Options.Jar == nil || s.Collection == nil {
		return nil, nil
	}
	names := slices.Clone(lost)
	for _, c := range s.Resolved.Jarred {
		if _, secret := s.Resolved.Secret("cookie " + c.Name); secret {
			names = append(names, c.Name)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	setters, err := s.History.Setters(ctx, s.Options.Dir, s.environment(), names)
	if err != nil {
		return nil, []string{"the history cannot be read: " + err.Error()}
	}
	for _, path := range setters {
		e := s.Collection.Root.Request(path)
		if e == nil || e.Kind != collections.HTTP || e.Path == s.Entry.Path {
			continue
		}
		r, err := collections.Resolve(e, s.Options)
		if err == nil && signsIn(r.Request) && sameHost(s.Resolved.Request, r.Request) && sameScheme(s.Resolved.Request, r.Request) && r.Request.Auth.Scheme != "oauth2" {
			out = append(out, diagnose.Renewal{Label: "the saved request " + path, Path: path, Request: r.Request, Renewed: s.session(names)})
		}
		if len(out) == most {
			break
		}
	}
	return out, nil
}

// signsIn reports a request that is there to sign in, as the end of its path says, or the whole path of one that brings a
// password. Many servers set the session anew in every answer, and who allows a login has not allowed an order.
func signsIn(r request.Request) bool {
	if r.Method == "DELETE" || r.Method == "PATCH" {
		return false // that ends one, or changes it
	}
	path := strings.TrimRight(element.SplitURL(r.URL).Path, "/")
	return signIn.MatchString(path[strings.LastIndexByte(path, '/')+1:]) || session.MatchString(path) &&
		slices.ContainsFunc(element.Of(r).Elements, func(e diagnose.Element) bool { return password.MatchString(e.ID.Last()) })
}

var (
	signIn   = lazyre.New(`(?i)^(log[_-]?[io]n|sign[_-]?in|auth)(\.[a-z]+)?$`)
	session  = lazyre.New(`(?i)/(log[_-]?[io]n|sign[_-]?in|auth|authenticat(e|ion)|sessions?|token)(\.[a-z]+)?(/|$)`)
	password = lazyre.New(`(?i)^(password|passwd|passcode)$`)
)

// A held jar is one as it would be; nothing of it is kept.
type held struct{ *cookie.Jar }

// Open implements collections.Jar.
func (h held) Open() (*cookie.Jar, error) { return h.Jar, nil }

// Keep implements collections.Jar.
func (held) Keep(*request.Exchange) error { return nil }

// session makes the request anew with the cookies of these names that an answer sets.
func (s Subject) session(names []string) func(*request.Exchange) (request.Request, error) {
	return func(x *request.Exchange) (request.Request, error) {
		like := s.Resolved.Request
		if x.Status() == 0 {
			return like, errors.New("it got no answer")
		}
		now, err := s.Options.Jar.Open()
		if err != nil {
			return like, err
		}
		jar := cookie.New(now.All(x.Start)) // the one that is open may be of an exchange that is shown
		for _, h := range x.Wire() {        // what was sent is not marked as kept: nothing is
			u, err := url.Parse(h.Sent.URL)
			if err != nil || h.Response == nil {
				continue
			}
			for _, f := range h.Response.Header {
				if strings.EqualFold(f.Name, "Set-Cookie") {
					jar.Set(u, f.Value, x.Start)
				}
			}
		}
		o := s.Options
		o.Jar = held{jar}
		is, err := resolve(s, s.Saved, o)
		if err != nil {
			return like, err
		}
		edits := slices.DeleteFunc(element.Diff(like, is), func(d diagnose.Edit) bool {
			return !d.Element.Is("cookie") || d.Op == diagnose.Remove || !slices.Contains(names, d.Element.Name())
		})
		if len(edits) == 0 {
			return like, fmt.Errorf("it answers %d and does not set %s", x.Status(), strings.Join(names, ", "))
		}
		r, err := element.Apply(like, edits)
		r.Secrets = append(slices.Clip(r.Secrets), is.Secrets...)
		return r, err
	}
}
