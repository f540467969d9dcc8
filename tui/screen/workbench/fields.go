package workbench

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"culprit/collections"
	"culprit/request"
)

// A tab of the request.
type tab int

const (
	tabParams tab = iota
	tabHeaders
	tabAuth
	tabBody
	tabVars
	tabTests
	tabSettings
	tabDocs
	requestTabs

	noTab tab = -1
)

var tabNames = [requestTabs]string{"Params", "Headers", "Auth", "Body", "Vars", "Tests", "Settings", "Docs"}

// What the fixed rows offer. An unknown value of a file stays and is offered too.
var (
	schemes   = []string{"none", "inherit", "basic", "bearer", "apikey", "digest", "ntlm", "oauth2", "awsv4", "oauth1", "wsse"}
	bodyTypes = []string{"none", "json", "text", "xml", "form-urlencoded", "multipart-form", "file"}
	yesNo     = []string{"default", "yes", "no"}
)

var schemeParams = map[string][]string{
	"basic":  {"username", "password"},
	"bearer": {"token"},
	"apikey": {"key", "value", "placement"},
	"digest": {"username", "password"},
	"ntlm":   {"username", "password", "domain"},
	"oauth2": {"flow", "authorizationUrl", "accessTokenUrl", "callbackUrl", "credentials.clientId", "credentials.clientSecret", "scope"},
	"awsv4":  {"accessKeyId", "secretAccessKey", "sessionToken", "region", "service"},
	"oauth1": {"consumerKey", "consumerSecret", "accessToken", "accessTokenSecret", "signatureMethod", "placement"},
	"wsse":   {"username", "password"},
}

// A row is a line of a form: a name of ours, and a value that is chosen or typed.
type row struct {
	name, value string
	choices     []string // the value is one of these; nil for any
	hint        string   // shown while the value is empty
}

// formOf returns the fixed rows of a tab of s.
func formOf(t tab, s collections.Saved) []row {
	switch t {
	case tabAuth:
		return authRows(s.Auth)
	case tabSettings:
		return settingRows(s.Settings)
	case tabBody:
		kind := cmp.Or(s.Body.Type, "none")
		if kind == collections.GraphQL { // what the file is: it has no other body
			return []row{{name: "kind", value: kind, choices: []string{kind}}}
		}
		return []row{{name: "kind", value: kind, choices: choice(bodyTypes, kind)}}
	}
	return nil
}

func choice(list []string, value string) []string {
	if slices.Contains(list, value) {
		return list
	}
	return append(slices.Clone(list), value)
}

func authRows(a collections.SavedAuth) []row {
	scheme := cmp.Or(a.Scheme, "none")
	rows := []row{{name: "scheme", value: scheme, choices: choice(schemes, scheme)}}
	names := slices.Clone(schemeParams[scheme])
	for _, p := range a.Params {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	for _, n := range names {
		r := row{name: n, value: request.Get(a.Params, n), hint: "not set"}
		switch n {
		case "placement":
			r.value = cmp.Or(r.value, "header")
			r.choices = choice([]string{"header", "query"}, r.value)
		case "signatureMethod":
			r.value = cmp.Or(r.value, "HMAC-SHA1")
			r.choices = choice([]string{"HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "PLAINTEXT"}, r.value)
		case "flow": // the grants that can be gone through (package auth); a browser is taken by the second
			r.value = cmp.Or(r.value, "client_credentials")
			r.choices = choice([]string{"client_credentials", "authorization_code"}, r.value)
		}
		rows = append(rows, r)
	}
	return rows
}

func settingRows(s collections.SavedSettings) []row {
	number := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	flag := func(b *bool) string {
		switch {
		case b == nil:
			return "default"
		case *b:
			return "yes"
		}
		return "no"
	}
	return []row{
		{name: "timeout (ms)", value: number(s.Timeout), hint: "default, 120 s"},
		{name: "follow redirects", value: flag(s.FollowRedirects), choices: yesNo},
		{name: "max redirects", value: number(s.MaxRedirects), hint: "default"},
		{name: "encode URL", value: flag(s.EncodeURL), choices: yesNo},
		{name: "cookie jar", value: flag(s.Cookies), choices: yesNo},
	}
}

// applyForm returns s with the fixed rows of a tab put in; what they do not show stays.
func applyForm(t tab, s collections.Saved, rows []row) collections.Saved {
	switch t {
	case tabAuth:
		s.Auth = toAuth(s.Auth, rows)
	case tabSettings:
		s.Settings = toSettings(rows)
	case tabBody:
		if s.Body.Type = rows[0].value; s.Body.Type == "none" {
			s.Body.Type = ""
		}
	}
	return s
}

func toAuth(old collections.SavedAuth, rows []row) collections.SavedAuth {
	a := collections.SavedAuth{Scheme: rows[0].value}
	if a.Scheme == "none" {
		a.Scheme = ""
	}
	if a.Scheme != old.Scheme { // of the parameters of another scheme those that are called the same are kept
		for _, p := range old.Params {
			if slices.Contains(schemeParams[a.Scheme], p.Name) {
				a.Params = append(a.Params, p)
			}
		}
		return a
	}
	for _, r := range rows[1:] {
		if r.value != "" || request.Has(old.Params, r.name) {
			a.Params = append(a.Params, request.Field{Name: r.name, Value: r.value})
		}
	}
	return a
}

func toSettings(rows []row) collections.SavedSettings {
	number := func(v string) *int {
		n, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || n < 0 {
			return nil
		}
		return &n
	}
	flag := func(v string) *bool {
		yes := v == "yes"
		if v == "default" {
			return nil
		}
		return &yes
	}
	return collections.SavedSettings{Timeout: number(rows[0].value), FollowRedirects: flag(rows[1].value),
		MaxRedirects: number(rows[2].value), EncodeURL: flag(rows[3].value), Cookies: flag(rows[4].value)}
}
