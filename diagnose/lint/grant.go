package lint

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/token"
	"culprit/request/jsontext"
)

// checkScopes is the part of C11 about scopes: the challenge asks for some that the token does not have.
func checkScopes(s *scan, r rule) {
	if len(s.f.Scopes) == 0 {
		return
	}
	s.jwts(func(c credential, j token.JWT, err error) {
		if err != nil || len(j.Scopes) == 0 {
			return
		}
		for _, want := range s.f.Scopes {
			if !slices.Contains(j.Scopes, want) {
				s.hit(r, c.id, "insufficient_scope", "The token lacks a scope that the server asks for: "+shortName(want)+".")
				return
			}
		}
	})
}

// grants are those of RFC 6749, 8628, 7523, 8693.
var grants = []string{"authorization_code", "client_credentials", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code",
	"urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:saml2-bearer"}

// checkGrant is the part of C19 about token requests (RFC 6749 §4, RFC 7636).
func checkGrant(s *scan, r rule) {
	if n := s.grantInJSON(); n != "" && strings.Contains(s.u.Path, "token") {
		s.hit(r.at(20), typeID, "content_type_mismatch", "A token request is a form, not JSON (RFC 6749 §4); few servers take both.")
		return
	}
	has := func(name string) bool { _, ok := s.x.Get(diagnose.ID("form", name)); return ok }
	if has("token_type_hint") && !has("token") {
		s.hit(r.at(70), "form:token", "missing_body_property", "What is asked about, or taken back, stands in token (RFC 7662 §2.1, RFC 7009 §2.1).", s.calledOtherwise("token")...)
	}
	grant, ok := s.x.Get("form:grant_type")
	if !ok {
		return
	}
	if near := habit.Nearest(grant.Text, grants); near != "" && near != grant.Text && !slices.Contains(grants, grant.Text) {
		s.hit(r.at(70), "form:grant_type", "invalid_body_property_value", "The grant type is one slip away from "+near+".", set("form:grant_type", near, .02))
	}
	if grant.Text == "authorization_code" && has("code") && !has("code_verifier") && !has("client_secret") && s.authText() == "" {
		s.hit(r, "form:code_verifier", "missing_body_property", "A client without a secret proves itself with a code_verifier (PKCE, RFC 7636).")
	}
	for _, name := range grantNeeds[grant.Text] {
		if !has(name) {
			s.hit(r.at(70), diagnose.ID("form", name), "missing_body_property", "The grant "+grant.Text+" needs "+name+" (RFC 6749 §4).", s.calledOtherwise(name)...)
		}
	}
	mine, redirected := s.x.Get("form:redirect_uri")
	if grant.Text == "authorization_code" && !redirected {
		s.hit(r, "form:redirect_uri", "missing_body_property", "The grant asks for the redirect_uri of the authorization request, which is not sent.")
	}
	if redirected {
		for _, x := range s.same {
			if theirs, ok := x.Get("query:redirect_uri"); ok && theirs.Text != mine.Text {
				s.hit(r, "form:redirect_uri", "invalid_body_property_value", "The redirect_uri is not that of the authorization request; they are compared as text.", set("form:redirect_uri", theirs.Text, .02))
				break
			}
		}
	}
}

// grantNeeds are the parameters that a grant cannot go without (RFC 6749 §4.1.3, §4.3.2, §6; RFC 8628 §3.4; RFC 7523 §2.1).
var grantNeeds = map[string][]string{
	"authorization_code": {"code"}, "password": {"username", "password"}, "refresh_token": {"refresh_token"},
	"urn:ietf:params:oauth:grant-type:device_code": {"device_code"}, "urn:ietf:params:oauth:grant-type:jwt-bearer": {"assertion"},
}

// calledOtherwise renames the field of a token request that has one of the other usual names of a parameter.
func (s *scan) calledOtherwise(name string) []diagnose.Edit {
	others := map[string][]string{"username": {"user", "login", "email", "user_name", "userName"}, "password": {"pass", "pwd", "passwd"}, "code": {"authorization_code", "auth_code"},
		"refresh_token": {"token", "refreshToken"}, "assertion": {"jwt", "token"}, "device_code": {"code", "deviceCode"}, "token": {"access_token", "refresh_token", "accessToken", "jwt"}}[name]
	for _, other := range others {
		id := diagnose.ID("form", other)
		if _, ok := s.x.Get(id); ok {
			return []diagnose.Edit{because(rename(id, name, .02), "the name that the specification gives it")}
		}
	}
	return nil
}

// grantInJSON is the grant type of a token request in JSON, "" when it is none.
func (s *scan) grantInJSON() string {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return ""
	}
	if n := s.root.At("/grant_type"); n != nil && n.Kind == jsontext.String {
		return s.src[n.Start:n.End]
	}
	return ""
}
