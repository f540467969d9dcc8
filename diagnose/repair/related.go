package repair

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// A setter tries another value of one element.
type setter = func(v any, odds, harm float64, cause diagnose.CauseID, why string)

// beside returns the element of that name in the same place; ok is false when there is none.
func (l *places) beside(id diagnose.ElementID, name string) (diagnose.Element, bool) {
	for _, e := range l.x.Elements {
		rest, ok := strings.CutPrefix(string(e.ID), string(id.Place()))
		if ok && e.ID != id && habit.Snake.Of(rest) == name {
			return e, true
		}
	}
	return diagnose.Element{}, false
}

// asRelated tries what a value has to be because of another: the same as what it confirms, a code like that of its other
// half.
func (l *places) asRelated(e diagnose.Element, set setter) {
	w := habit.Words(lastName(e.ID))
	text, isText := e.Value.(string)
	if !isText || len(w) == 0 {
		return
	}
	rest := slices.DeleteFunc(slices.Clone(w), func(s string) bool {
		return slices.Contains([]string{"confirm", "confirmation", "repeat", "again", "verify", "retype"}, s)
	})
	if len(rest) < len(w) {
		for _, of := range []string{strings.Join(rest, "_"), "password", "email"} {
			if o, ok := l.beside(e.ID, of); ok && o.Value != e.Value {
				l.raise(e.ID, 6)
				set(o.Value, .9, .1, valueCauseID, "the same as what it confirms")
				return
			}
		}
	}
	name := strings.Join(w, "_")
	for _, p := range halves {
		other := ""
		switch name {
		case p.a:
			other = p.b
		case p.b:
			other = p.a
		default:
			continue
		}
		o, ok := l.beside(e.ID, other)
		if !ok {
			continue
		}
		if o.Value == e.Value && len(text) > shortCode {
			l.raise(e.ID, 4)
			set(another(text), .6, .1, valueCauseID, "another than its other half")
			return
		}
		if id, _ := o.Value.(string); habit.UUIDLike(id) && !habit.UUIDLike(text) {
			l.raise(e.ID, 10)
			set(anyUUID, .7, .1, formatCauseID, "a UUID as its other half is")
			return
		}
		if code, _ := o.Value.(string); len(code) <= shortCode && word.MatchString(code) && strings.ToUpper(code) == code && len(text) >= len(code) && strings.ToUpper(text) != text {
			l.raise(e.ID, 10)
			set(strings.ToUpper(text[:len(code)]), .6, .1, formatCauseID, "a code like that of its other half")
		}
	}
}

// codeBeside reports that the other half of a pair is a code in capitals as well.
func (l *places) codeBeside(e diagnose.Element) bool {
	name := habit.Snake.Of(lastName(e.ID))
	return slices.ContainsFunc(halves, func(p half) bool {
		other := map[string]string{p.a: p.b, p.b: p.a}[name]
		o, ok := l.beside(e.ID, other)
		code, _ := o.Value.(string)
		return ok && other != "" && word.MatchString(code) && strings.ToUpper(code) == code
	})
}

// another is a value of the same kind as v, and not the same.
func another(v string) string {
	if grouped.MatchString(v) || iban.MatchString(v) {
		return "GB29NWBK60161331926819" // the example of ISO 13616
	}
	if n, err := strconv.Atoi(v); err == nil {
		return strconv.Itoa(n + 1)
	}
	return v + "2"
}

// otherSchemes tries the credentials under the other schemes that take a bare token (RFC 6750, and the habit of Django).
func (l *places) otherSchemes(e diagnose.Element) {
	scheme, token, ok := strings.Cut(e.Text, " ")
	if !ok || strings.EqualFold(scheme, "Digest") {
		return
	}
	if strings.EqualFold(scheme, "Basic") {
		l.withColon(token)
		return
	}
	bare := strings.Trim(strings.TrimSpace(token), `"'`)
	for i, to := range []string{"Bearer " + bare, "Token " + bare, scheme + " " + bare, "ApiKey " + bare} {
		d := edit("auth", diagnose.Set, to, .8, "another scheme for the same token")
		d.Source, d.Cause, d.Weight = "transform", "malformed_authorization", 2
		l.put(d, .5/float64(i+1), .9, "")
	}
}

// withColon puts the colon between a user and a password that a blank parts (RFC 7617 §2).
func (l *places) withColon(token string) {
	plain, err := base64.StdEncoding.DecodeString(token)
	user, password, ok := strings.Cut(strings.TrimSuffix(string(plain), ":"), " ")
	if err != nil || !ok || strings.Contains(string(plain), ":") && !strings.HasSuffix(string(plain), ":") {
		return
	}
	d := edit("auth", diagnose.Set, "Basic "+base64.StdEncoding.EncodeToString([]byte(user+":"+password)), .5, "a colon between the user and the password")
	d.Source, d.Cause, d.Weight = "transform", "malformed_authorization", 2
	l.raise("auth", untidy)
	l.put(d, .6, .9, "")
}

// otherPatch tries the media types of a patch: application/json is none (RFC 5789 §2, RFC 7396).
func (l *places) otherPatch(e diagnose.Element) {
	if l.x.Request.Method != http.MethodPatch || !strings.EqualFold(string(e.ID), "header:Content-Type") || !strings.HasPrefix(e.Text, "application/json") || strings.Contains(e.Text, "patch") {
		return
	}
	l.raise(e.ID, 5)
	d := edit(e.ID, diagnose.Set, "application/merge-patch+json", .4, "the type of a patch")
	d.Source, d.Cause, d.Weight = "transform", "unsupported_media_type", 2
	l.put(d, .6, .4, "")
}

var (
	// usualScheme is what most servers ask for (RFC 6750, RFC 7617, RFC 7616).
	usualScheme = lazyre.New(`^(?i:Bearer|Basic|Digest) [^"' ]+$`)
	iban        = lazyre.New(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`) // ISO 13616
	macLike     = lazyre.New(`(?i)^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$`)
	isoUnits    = map[string]string{"s": "T%S", "m": "T%M", "h": "T%H", "d": "%D", "w": "%W", "y": "%Y"}
)

// isoDuration writes a duration with a unit in full as ISO 8601 does.
func isoDuration(n, unit string) string {
	return "P" + strings.Replace(isoUnits[strings.ToLower(unit[:1])], "%", n, 1)
}

// otherCodes tries the other ways of writing codes that standards leave open.
func (l *places) otherCodes(id diagnose.ElementID, v string, k habit.Kind, kind string, set setter) {
	switch {
	case macLike.MatchString(v):
		l.raise(id, 2) // servers want one of its four spellings
		colons, dashes := strings.ReplaceAll(v, "-", ":"), strings.ReplaceAll(v, ":", "-")
		for _, to := range []string{strings.ToUpper(colons), strings.ToLower(colons), strings.ToUpper(dashes), strings.ToLower(dashes)} {
			set(to, .3, .7, formatCauseID, "the address in another spelling")
		}
	case k == habit.Language && strings.ContainsAny(v, "_-"):
		set(strings.ReplaceAll(v, "_", "-"), .6, .1, formatCauseID, "a tag of BCP 47")
		set(strings.ReplaceAll(v, "-", "_"), .4, .4, formatCauseID, "with an underscore")
	case k == habit.Zone && !strings.Contains(v, "/"):
		l.raise(id, untidy)
		set("Europe/Berlin", .5, .1, formatCauseID, "a name of the zone database")
	case strings.Contains(v, " ") && slices.Contains([]string{"slug", "handle", "username", "login", "key", "id", "code"}, lastWord(lastName(id))):
		for _, to := range []string{"_", "", "-"} {
			set(strings.ReplaceAll(v, " ", to), .4, .2, formatCauseID, "without its blanks")
		}
	}
	if n, ok := habit.Spelled(v); ok && kind == "body" {
		l.raise(id, 2)
		set(n, .6, .5, typeCauseID, "as a number")
	}
	if n, ok := habit.Number(v); ok && k == habit.Money && n.String() == v && kind == "body" {
		set(n, .4, .5, typeCauseID, "as a number")
	}
}
