package inquiry

import (
	"encoding/json"
	"net/url"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/ladder"
)

const (
	// listed is how many servers or scopes are named in a sentence.
	listed = 5
	// longName is the length of a server's URL or a scope, in bytes, from which it is no part of a sentence.
	longName = 120
)

// tokensFrom is who gives tokens for the API and for which scopes, as a part of a sentence: what the document says that
// a challenge names (RFC 9728 §5.1), fetched without credentials from the origin of the request and from no other. ""
// when there is none, or when it is about another resource (§3.3).
func (a *asker) tokensFrom() string {
	for _, e := range a.scene.evidence {
		ref, ok := strings.CutPrefix(e.Text, "who gives tokens for it is said at ")
		if !ok || e.Source != "header WWW-Authenticate" {
			continue
		}
		target, ok := a.here(ref)
		if !ok {
			continue
		}
		x := a.fetchText(target, "application/json", ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Credentials, Why: "the answer says where it is written who gives tokens", Pass: "it can be said where a token comes from"})
		if x == nil {
			return ""
		}
		var m struct {
			Resource string   `json:"resource"`
			Servers  []string `json:"authorization_servers"`
			Scopes   []string `json:"scopes_supported"`
		}
		if json.Unmarshal(x.Response().Body.Head(maxDocument), &m) != nil {
			return ""
		}
		if _, ok := a.here(m.Resource); !ok || m.Resource == "" {
			return ""
		}
		return givers(m.Servers, m.Scopes)
	}
	return ""
}

// givers is what such a document says, after what was found.
func givers(servers, scopes []string) string {
	var urls, names []string
	for _, s := range servers {
		u, err := url.Parse(s)
		if err == nil && u.Host != "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http") && len(s) < longName {
			urls = append(urls, s)
		}
	}
	for _, s := range scopes {
		if s != "" && len(s) < longName && !strings.ContainsAny(s, " \"\\") {
			names = append(names, s)
		}
	}
	out := ""
	if len(urls) > 0 {
		out = "; the API says that tokens for it come from " + some(urls)
	}
	if len(names) > 0 {
		out += "; the scopes that it names: " + some(names)
	}
	return out
}

// some is the first of a list in a sentence.
func some(all []string) string {
	text := strings.Join(all[:min(len(all), listed)], ", ")
	if len(all) > listed {
		text += " and others"
	}
	return text
}
