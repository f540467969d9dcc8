package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// oauth is family 29: errors of the token endpoint (RFC 6749 §5.2).
func oauth(d *doc) []issue {
	e := d.root.get("error")
	if !e.isString() || len(d.root.keys) > 6 || d.status != 400 && d.status != 401 {
		return nil
	}
	i := issue{text: strings.TrimSpace(e.text + " " + d.root.get("error_description").str()), source: "body error", dialect: "RFC 6749 §5.2", absolute: true, ratio: likely}
	about, known := tokenErrors[e.text]
	i.cause, i.segs = about.cause, []string{about.name}
	if about.cause == "" {
		i.class = wrongValue
	}
	switch desc := d.root.get("error_description").str(); e.text {
	case "invalid_grant":
		i.segs = []string{spokenOf(i.text, about.name, "refresh_token", "password", "assertion", "code_verifier")}
	case "invalid_client":
		i.segs = []string{spokenOf(i.text, about.name, "client_assertion", "client_secret")}
	case "unauthorized_client":
		if d.status == 401 && strings.Contains(strings.ToLower(i.text), "credentials") {
			i.cause, i.segs = "invalid_credentials", []string{"client_secret"} // it says of the client that it is not who it says
		}
	case "invalid_redirect_uri": // the metadata has a list of them, a request one
		if strings.Contains(i.text, "redirect_uris") || desc == "" {
			i.segs = []string{"redirect_uris"}
		}
	case "invalid_request":
		if i.segs, i.class = ofTokenRequest(desc); len(i.segs) == 0 {
			return nil
		}
	default:
		if !known {
			return nil
		}
	}
	if i.cause != "" {
		i.generic = true // without that field the credentials were in the header
	}
	return []issue{i}
}

// spokenOf is the last of the names that a description speaks of, in either spelling; otherwise when it speaks of none.
func spokenOf(text, otherwise string, names ...string) string {
	low := strings.ToLower(text)
	for _, name := range names {
		if strings.Contains(low, name) || strings.Contains(low, strings.ReplaceAll(name, "_", " ")) {
			otherwise = name
		}
	}
	return otherwise
}

// tokenErrors are the codes that say which parameter they are about, with the cause where that is more than its value.
var tokenErrors = map[string]struct {
	name  string
	cause diagnose.CauseID
}{
	"invalid_client":            {"client_id", "invalid_credentials"}, // RFC 6749 §5.2
	"invalid_grant":             {"code", "invalid_credentials"},
	"unauthorized_client":       {"client_id", "insufficient_permission"},
	"unsupported_grant_type":    {"grant_type", ""},
	"invalid_scope":             {"scope", ""},
	"unsupported_response_type": {"response_type", ""},       // RFC 6749 §4.1.2.1
	"invalid_redirect_uri":      {"redirect_uri", ""},        // RFC 7591 §3.2.2
	"invalid_target":            {"resource", ""},            // RFC 8707 §2
	"unsupported_token_type":    {"token_type_hint", ""},     // RFC 7009 §2.2.1
	"authorization_pending":     {"device_code", "conflict"}, // RFC 8628 §3.5
	"slow_down":                 {"device_code", "rate_limit_exceeded"},
	"expired_token":             {"device_code", "expired_token"},
	"invalid_request_uri":       {"request_uri", ""}, // RFC 9101 §6.3
	"invalid_request_object":    {"request", ""},
}

// ofTokenRequest is the parameter that the description of an invalid_request names; nil for none.
func ofTokenRequest(desc string) ([]string, class) {
	for _, tok := range append(quotedTokens(desc), strings.FieldsFunc(desc, func(r rune) bool { return r == ' ' || r == ':' || r == ',' || r == '.' })...) {
		if strings.Contains(tok, "_") && looksLikeName(tok) {
			return []string{tok}, unclear
		}
	}
	if m := missingParameter.FindStringSubmatch(desc); m != nil {
		return []string{m[1]}, missing
	}
	if strings.Contains(strings.ToLower(desc), "pkce") { // RFC 7636 §4.4.1, §4.6
		return []string{"code_challenge"}, missing
	}
	return nil, unclear
}

// missingParameter is what a description says of a parameter that is not there (RFC 6749 §5.2).
var missingParameter = lazyre.New(`(?i)\bmissing (?:required |form )?parameters?:? ["'\x60]?([A-Za-z][\w-]*)`)

// tokenFailure is for OAuth errors whose credentials are no body field.
func (r *reader) tokenFailure() {
	switch e := r.doc.root.get("error").str(); e {
	case "invalid_client", "invalid_grant":
		if id, ok := r.granted(); ok && e == "invalid_grant" {
			r.add(diagnose.Evidence{Kind: "text", Source: "body error", Text: e + " " + r.doc.root.get("error_description").str(), Cause: "invalid_credentials", Element: id, Ratio: likely}) // RFC 6749 §5.2
			return
		}
		r.add(diagnose.Evidence{Kind: "text", Source: "body error", Text: e + " " + r.doc.root.get("error_description").str(), Cause: "invalid_credentials", Element: "auth", Ratio: challenge}) // RFC 6749 §5.2
	}
}

// grantFields are what each grant_type is granted for (RFC 6749 §4.1.3, §4.3.2, §6; RFC 7521 §4.1).
var grantFields = map[string]string{"authorization_code": "code", "password": "password", "refresh_token": "refresh_token",
	"urn:ietf:params:oauth:grant-type:jwt-bearer": "assertion", "urn:ietf:params:oauth:grant-type:device_code": "device_code"}

// granted is the field of a token request whose grant the server refuses: no other credential of the request can be
// meant. Where it is not there, it is the kind of grant that asks for it.
func (r *reader) granted() (diagnose.ElementID, bool) {
	kind := r.ix.exact([]string{"grant_type"}, inBody)
	if len(kind) != 1 {
		return "", false
	}
	at := r.ix.entries[kind[0]]
	if found := r.ix.exact([]string{grantFields[at.value()]}, inBody); len(found) == 1 {
		at = r.ix.entries[found[0]]
	}
	return at.id, true
}
