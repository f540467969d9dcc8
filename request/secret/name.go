package secret

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The rule of Sensitive: a name is cut into words where its letters end or change from small to capital
// ("X-Api-Key", "api_key", "apiKey", "APIKey" are api, key). It is sensitive when one of its words, or two or
// three neighbours written together, says so. Whole words only: "monkey", "author", "keyword", "tokenizer",
// "design" and "passenger" are not. Plurals count ("tokens"), and a number at the end does not ("token2").

// Sensitive reports whether a field, variable or parameter of that name usually holds a credential. It is
// meant for headers, query and form fields, JSON members and variables alike; case does not matter.
func Sensitive(name string) bool {
	if len(name) > len(cors) && strings.EqualFold(name[:len(cors)], cors) {
		return false
	}
	words := split(name)
	for i := range words {
		joined := ""
		for n, w := range words[i:min(i+3, len(words))] {
			joined += w
			if (n == 0 && sensitiveWord(joined) || sensitivePair(joined)) && !harmless(words, i+n) {
				return true
			}
		}
	}
	return false
}

// cors begins the fields of the Fetch standard that say who may send credentials, and hold none.
const cors = "Access-Control-"

// sensitiveWord reports whether a word alone says that a value is a credential.
func sensitiveWord(w string) bool {
	switch w {
	case "pass", "sas":
		return true
	}
	switch strings.TrimSuffix(w, "s") {
	case "authorization", "auth", "cookie", "setcookie", "secret", "token", "password", "passwd",
		"passwort", "passphrase", "passcode", "pwd", "pw", "credential", "cred", "session", "sessid", "sid", "jwt",
		"bearer", "wsse", "otp", "totp", "pin", "cvv", "cvc", "key", "sig", "signature", "hmac", "csrf", "xsrf",
		"jsessionid", "phpsessid", "apikey", "psk", "pat", "dsn", "assertion":
		return true
	}
	return false
}

// sensitivePair reports whether words written together say so.
func sensitivePair(w string) bool {
	switch strings.TrimSuffix(w, "s") {
	case "apikey", "authkey", "authtoken", "accesskey", "accesstoken", "secretkey", "clientsecret", "privatekey",
		"subscriptionkey", "refreshtoken", "idtoken", "sessionid", "sessiontoken", "sessionkey", "csrftoken",
		"xsrftoken", "xcsrftoken", "onetimecode", "authcode", "userpass", "userpwd", "dbpassword", "signingkey",
		"masterkey", "bearertoken", "jwttoken", "apitoken", "apisecret", "appkey", "appsecret", "usertoken":
		return true
	}
	return false
}

// harmless reports whether the words around word i take its meaning back: the name then tells of a
// credential (its type, its age) or of a key that is a name, and does not hold one.
func harmless(words []string, i int) bool {
	if i+1 < len(words) {
		switch words[i+1] {
		case "type", "method", "name", "uri", "url", "expires", "expiry", "expiration", "ttl", "age", "length",
			"count", "limit", "control", "policy", "required", "enabled", "status", "kind", "endpoint", "mode",
			"word", "words", "timeout", "info", "algorithm", "alg", "board", "hint", "condition", "conditions", "schema":
			return true
		}
	}
	if i > 0 && (words[i] == "key" || words[i] == "keys") {
		switch words[i-1] {
		case "idempotency", "sort", "primary", "foreign", "public", "cache", "partition", "surrogate", "hot",
			"routing", "row", "translation", "message", "group", "sec", "socket", "object", "index", "max", "min", "num":
			return true
		}
	}
	if i > 0 && words[i] == "authenticate" {
		return true
	}
	return i == 0 && len(words) > 2 && words[0] == "access" && words[1] == "control"
}

// split cuts a name into lower-case words without digits at their ends.
func split(name string) []string {
	var words []string
	var prev rune
	start := -1
	end := func(i int) {
		if start >= 0 {
			if w := strings.TrimRight(strings.ToLower(name[start:i]), "0123456789"); w != "" {
				words = append(words, w)
			}
		}
		start = -1
	}
	for i, r := range name {
		_, size := utf8.DecodeRuneInString(name[i:])
		next, _ := utf8.DecodeRuneInString(name[i+size:])
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end(i)
		case unicode.IsUpper(r) && (unicode.IsLower(prev) || unicode.IsUpper(prev) && unicode.IsLower(next)):
			end(i)
			start = i
		case start < 0:
			start = i
		}
		prev = r
	}
	end(len(name))
	return words
}

// minGuess is the length from which an unknown text can be told from a word (RELIABILITY §4.5).
const minGuess = 20

// Guess reports whether a literal value looks like a credential, by its name and by its shape: a JSON Web
// Token, an authorization scheme with something behind it, a token with a well-known prefix, or 20 characters
// and more that look random. A value that is a {{variable}} is none.
func Guess(name, value string) bool {
	value = strings.TrimSpace(value)
	if value == "" || strings.HasPrefix(value, "{{") && strings.HasSuffix(value, "}}") {
		return false
	}
	if strings.HasSuffix(strings.ToLower(name), "-authenticate") { // a challenge asks for credentials and holds none
		return false
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok {
		switch strings.ToLower(scheme) {
		case "bearer", "basic", "token", "apikey", "digest", "negotiate", "aws4-hmac-sha256":
			return !strings.HasPrefix(strings.TrimSpace(rest), "{{")
		}
	}
	return Sensitive(name) || jwt(value) || prefixed(value) || random(value)
}

// jwt reports whether v has the shape of RFC 7519: three base64url parts, the first a JSON object.
func jwt(v string) bool {
	return strings.HasPrefix(v, "eyJ") && strings.Count(v, ".") >= 2 && len(v) > minGuess && !strings.ContainsAny(v, " /?{")
}

// prefixed reports whether v begins as the tokens of a well-known issuer do.
func prefixed(v string) bool {
	if len(v) < minGuess {
		return false
	}
	for _, p := range []string{"ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk_live_", "sk_test_", "sk-", "rk_live_",
		"xoxb-", "xoxp-", "xoxa-", "AKIA", "ASIA", "AIza", "ya29.", "SG.", "npm_", "pypi-", "dop_v1_", "shpat_"} {
		if strings.HasPrefix(v, p) {
			return !strings.ContainsAny(v, " \t")
		}
	}
	return false
}

// random reports whether v looks drawn by lot: one word of letters and digits mixed, whose characters
// spread far. UUIDs, dates, media types and paths are not taken: they have few symbols or separators.
func random(v string) bool {
	if len(v) < minGuess || len(v) > 4096 {
		return false
	}
	var upper, lower, digit, other int
	for _, r := range v {
		switch {
		case r >= 'A' && r <= 'Z':
			upper++
		case r >= 'a' && r <= 'z':
			lower++
		case r >= '0' && r <= '9':
			digit++
		case r == '_' || r == '-' || r == '+' || r == '/' || r == '=':
			other++
		default:
			return false
		}
	}
	hexOnly := strings.Trim(v, "0123456789abcdefABCDEF") == ""
	switch {
	case strings.Count(v, "-") >= 3 || strings.Count(v, "/") >= 2:
		return false
	case hexOnly:
		// 32 hex digits and more are keys and digests; both are better not shown.
		return len(v) >= 32 && digit > 0 && upper+lower > 0
	}
	return digit >= 2 && upper+lower >= 4 && other <= len(v)/8 && entropy(v) >= 3.5
}

// entropy returns Shannon's entropy of the characters of v in bits per character.
func entropy(v string) float64 {
	var count [256]int
	for i := range len(v) {
		count[v[i]]++
	}
	bits := 0.0
	for _, n := range count {
		if n > 0 {
			p := float64(n) / float64(len(v))
			bits -= p * math.Log2(p)
		}
	}
	return bits
}
