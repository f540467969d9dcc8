// Package safety says how dangerous it is to send a request, before anybody sends it (DIAGNOSIS.md §11).
//
// It looks at the request alone, beside the failing one that it varies: its method, the words of its path and query, what a
// GraphQL document asks for, its credentials and its origin. Whether a probe of a class goes out is decided elsewhere.
package safety

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/lazyre"
)

// verbs are the words of paths and queries that do something although the method is safe (§11, RELIABILITY P8).
// A word too many costs a question, a word too few a write that nobody allowed.
var verbs = lazyre.New(`^(delete|destroy|remove|purge|erase|wipe|clear|flush|drop|truncate|reset|revoke|send|resend|notify|publish|` +
	`unpublish|trigger|execute|exec|run|start|stop|restart|reboot|shutdown|kill|logout|logoff|signout|login|signin|` +
	`unsubscribe|subscribe|approve|reject|accept|confirm|cancel|pay|charge|refund|transfer|withdraw|buy|purchase|checkout|` +
	`activate|deactivate|enable|disable|lock|unlock|ban|create|insert|update|save|upload|import|install|uninstall|deploy|` +
	`rollback|merge|archive|rotate|regenerate|invite|mutation)$`)

// says matches queries that name what is to be done, or hide another method (the X-HTTP-Method-Override of forms).
var says = lazyre.New(`(?i)(^|&)(action|cmd|command|do|op|operation|_?method)=`)

// edges are the places where a lower-case letter or a digit meets a capital: sendMail.
var edges = lazyre.New(`([a-z0-9])([A-Z])`)

// Acts reports whether a path or a query smells of action: one of its words is a verb. The start of a page or of a
// time range (?start=10) is none.
func Acts(path, query string) bool {
	if says.MatchString(query) || pathActs(path, query) {
		return true
	}
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		switch {
		case verbal(name, "start"):
			return true
		case strings.EqualFold(name, "query"): // GraphQL, or a search
			if mutates.MatchString(unescaped(value)) {
				return true
			}
		case !texts.MatchString(name) && verbal(value, "start"):
			return true
		}
	}
	return false
}

// pathActs reports whether a part of a path says what is done. A place where things lie is none: it stands first, and what
// follows it there are names (/archive/books), which are read. Behind what it may be done to (/posts/archive/hello), before an
// id (/archive/orders/7) or beside a parameter (/archive/order?id=7) it may as well be done.
func pathActs(path, query string) bool {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if query == "" && len(parts) > 1 && places.MatchString(parts[0]) && !slices.ContainsFunc(parts[1:], func(p string) bool { return !placed.MatchString(p) }) {
		parts = parts[1:]
	}
	return slices.ContainsFunc(parts, func(p string) bool { return verbal(p, "") })
}

var (
	// places are verbs that name where things lie as often.
	places = lazyre.New(`(?i)^(archive|upload)$`)
	// placed is the name of a thing or of a file: letters alone.
	placed = lazyre.New(`^[A-Za-z]+([-_][A-Za-z]+)*(\.[A-Za-z]{1,5})?$`)
	// fetches are the services of Git that read a repository (gitprotocol-http): their upload is the server's.
	fetches = lazyre.New(`^git-upload-(pack|archive)$`)
)

// texts are parameters whose values are looked for, shown or sorted by, and never done (?q=run).
var texts = lazyre.New(`(?i)^(q|s|search|terms?|text|keywords?|filter|names?|title|tags?|status|state|category|sort|sort_?by|order_?by|fields|include|expand|lang|locale)$`)

// mutates matches a GraphQL document that changes something, behind a comment, a fragment or another operation, too.
var mutates = lazyre.New(`(?i)^\s*mutation\b|\bmutation\b[^{}]*\{`)

// verbal reports whether a word of s, but for the harmless one, is a verb.
func verbal(s, harmless string) bool {
	if fetches.MatchString(s) {
		return false
	}
	words := strings.FieldsFunc(edges.ReplaceAllString(unescaped(s), "$1 $2"), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.ToLower(w)
		return w != harmless && verbs.MatchString(w)
	})
}

// unescaped is s without its percent signs, as it is where they are no escapes.
func unescaped(s string) string {
	if out, err := url.QueryUnescape(s); err == nil {
		return out
	}
	return s
}

// Overridden reports whether something in r asks the server to take another method for it, and that changes data.
func Overridden(r request.Request) bool { return len(overrides(r)) > 0 }

// Within reports whether a consent for failing, given beforehand, covers r: it has its method, also the one that a field
// or a member asks for, its host and path. Where no port is written TLS may be added and not taken away: that is another port, in clear text.
func Within(failing, r request.Request) bool {
	from, to := element.SplitURL(failing.URL), element.SplitURL(r.URL)
	return strings.EqualFold(from.Host, to.Host) && from.Port == to.Port && strings.TrimSuffix(from.Path, "/") == strings.TrimSuffix(to.Path, "/") &&
		(from.Port != "" || from.Reached() == to.Reached() || strings.EqualFold(to.Scheme, "https")) &&
		cmp.Or(failing.Method, "GET") == cmp.Or(r.Method, "GET") && slices.Equal(overrides(failing), overrides(r))
}

// overrides are the methods that r asks for instead of its own, and that are not safe.
func overrides(r request.Request) (methods []string) {
	for _, o := range r.Overrides() {
		if !(request.Request{Method: o.Method}).Safe() {
			methods = append(methods, o.Method)
		}
	}
	return methods
}

// Free reports whether a probe of class S3 runs without a question (§17): K3 and K10.
func Free(r request.Request, s diagnose.Safety) bool {
	return s == diagnose.S3 && (r.Settings.WithholdBody || strings.HasPrefix(element.SplitURL(r.URL).Path, Nonsense) && !carries(r))
}

// carries reports whether r has a body or asks for another method in a field: K3 has neither.
func carries(r request.Request) bool { return r.Body.Kind != request.NoBody || Overridden(r) }

// Classify says how dangerous it is to send r, a variation of the failing request (§11).
func Classify(failing, r request.Request) diagnose.Safety {
	from, to := element.SplitURL(failing.URL), element.SplitURL(r.URL)
	if !from.SameOrigin(to) && discloses(r) {
		return diagnose.S6
	}
	switch {
	case r.Reads() && !Acts(to.Path, to.Query) && !slices.ContainsFunc(r.Fetches(), func(f string) bool { return verbal(f, "") }):
		return diagnose.S2
	case strings.HasPrefix(to.Path, Nonsense), r.Settings.WithholdBody && !Overridden(r) && (r.Method == failing.Method || strings.HasSuffix(to.Path, Nonsense+NoWord)):
		return diagnose.S3 // a header in another method than the person's own may be enough to act
	}
	return diagnose.S5
}

// far are the words of paths that move money or write to people: what is done there cannot be undone.
var far = lazyre.New(`^(payments?|pay|charges?|transfers?|payouts?|refunds?|withdrawals?|checkouts?|e?mails?|sms)$`)

// Reaches reports whether the path of r says that money moves or somebody gets a message: in production such a request is
// never sent for real, whatever the consent (§11, S6).
func Reaches(r request.Request) bool {
	path := element.SplitURL(r.URL).Path
	if out, err := url.PathUnescape(path); err == nil {
		path = out
	}
	words := strings.FieldsFunc(edges.ReplaceAllString(path, "$1 $2"), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.ContainsFunc(words, func(w string) bool { return far.MatchString(strings.ToLower(w)) })
}

// Nonsense starts the last part of the path of K3, and NoWord ends it: no server has it.
const Nonsense, NoWord = "/__gx_", "7f3a9c21"

// Credentials reports whether r carries anything that identifies a person, beside what its JSON is about.
func Credentials(r request.Request) bool {
	return slices.ContainsFunc(element.Of(r).Elements, func(e diagnose.Element) bool {
		return e.ID == "auth" || e.Secret && e.ID.Kind() != "body"
	})
}

// discloses reports whether r holds any secret, in its body too: a login's password is for one origin alone.
func discloses(r request.Request) bool {
	return slices.ContainsFunc(element.Of(r).Elements, func(e diagnose.Element) bool { return e.ID == "auth" || e.Secret })
}

// Anonymous returns r without credentials of any kind.
func Anonymous(r request.Request) (request.Request, []diagnose.Edit) {
	var edits []diagnose.Edit
	for _, e := range element.Of(r).Elements {
		kind, _ := element.Kind(e)
		if e.ID == "auth" || e.Secret && kind != "body" && kind != "form" {
			edits = append(edits, diagnose.Edit{Element: e.ID, Op: diagnose.Remove, Source: "contrast"})
		}
	}
	out, err := element.Apply(r, edits)
	if err != nil { // cannot happen: a removal never fails
		return r, nil
	}
	return out, edits
}
