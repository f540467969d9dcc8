package repair

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request"
	"culprit/request/jsontext"
)

// server adds the repairs that one piece of evidence describes.
func (g *generator) server(e diagnose.Evidence) {
	ratio := max(1, e.Ratio)
	put := func(edit diagnose.Edit, weight float64) {
		edit.Source, edit.Weight = "server", weight*ratio
		if edit.Cause == "" {
			edit.Cause = e.Cause
		}
		if edit.Why == "" {
			edit.Why = "the server asks for it"
		}
		if _, err := element.Apply(g.x.Request, []diagnose.Edit{edit}); err == nil {
			g.put(edit)
		}
	}
	id := e.Element
	if id == "" {
		g.byCause(e, put)
		return
	}
	el, present := g.x.Get(id)
	switch {
	case id == "method" || e.Cause == "method_not_allowed":
		g.methods(e.Allowed, put)
	case id == "header:Content-Type":
		g.contentTypes(e.Allowed, put)
	case id == "header:Accept":
		g.accepts(e.Allowed, put)
	case id == "auth" && present:
		g.schemes(e.Allowed, el, put)
	case e.Cause == "scheme_mismatch":
		g.byCause(e, put)
	case e.Cause == "unexpected_body_property" && (id == "body" || present && strings.HasPrefix(el.Text, "{") && e.Ratio < named):
		g.members(id, put)
	case !present:
		if !strings.HasPrefix(string(e.Cause), "unexpected") {
			g.missing(e, put)
		}
	default:
		g.present(e, el, put)
	}
}

type putter func(diagnose.Edit, float64)

// present repairs an element that is there and that the server does not like.
func (g *generator) present(e diagnose.Evidence, el diagnose.Element, put putter) {
	g.parts(e, el, put)
	w := read(e.Expected, e.Text)
	spoilt := el.ID == "body" && strings.HasPrefix(string(e.Cause), "malformed") // what is unexpected there is a sign, or its end
	unexpected := strings.HasPrefix(string(e.Cause), "unexpected") || !spoilt && w.unknown && len(e.Allowed) == 0 && e.Expected == "" && e.Cause != "invalid_body_property_value"
	if unexpected {
		if near := habit.Nearest(lastName(el.ID), e.Allowed); near != "" {
			put(edit(el.ID, diagnose.Rename, near, .05, "the name that the server knows"), unwanted*1.2)
		}
		put(edit(el.ID, diagnose.Remove, nil, .05, "the server does not know it"), unwanted)
		return
	}
	if name := g.respelt(e.Text, el); name != "" {
		r := edit(el.ID, diagnose.Rename, name, .05, "the name as the server spells it")
		r.Cause = "missing_body_property"
		put(r, asked*1.5)
	}
	g.fromAllowed(el, e.Allowed, put)
	if el.ID.InURL() && !el.ID.IsSegment() || el.ID == "header:Host" {
		return // where a request goes is not made up
	}
	for i, f := range g.coercions(el, w) {
		put(edit(el.ID, diagnose.Set, f.Value, f.harm, f.Why), asked*f.Odds/float64(i+1))
	}
	if isKey(el.ID) {
		put(edit(el.ID, diagnose.Set, g.key(), .02, "a key that nobody has used"), asked)
	}
	if el.ID == "body" {
		g.lines(e, el, put)
		return // another body is another request
	}
	if to := cut(el.Value, w.places); to != nil {
		put(edit(el.ID, diagnose.Set, to, .1, "with as many digits behind the point as the server takes"), asked*1.2)
	}
	k := kindOf(el.ID, w)
	for i, f := range k.Forms(el.Value, g.opt.Now) {
		put(edit(el.ID, diagnose.Set, g.dressed(el.ID, f.Value), .2, f.Why), asked*.8*f.Odds/float64(i+1))
	}
	if text, ok := el.Value.(string); ok {
		if h, ok := prefixedHex(text); ok && strings.Contains(e.Text, "0x") {
			put(edit(el.ID, diagnose.Set, h, .1, "in hexadecimal, with 0x in front"), asked)
		}
		g.forms(e.Text, text, func(to, why string, weight float64) {
			put(edit(el.ID, diagnose.Set, g.dressed(el.ID, to), .2, why), weight)
		})
		if to := ofCharacters(e.Text, text); to != "" && to != text {
			put(edit(el.ID, diagnose.Set, g.dressed(el.ID, to), .1, "of the characters that the server takes"), asked*1.2)
		}
		if p := patternIn(e.Text); p != "" {
			for _, v := range matching(p, text) {
				put(edit(el.ID, diagnose.Set, v, .1, "a value of the pattern that the server names"), asked)
			}
		}
		if t := strings.TrimSpace(text); t != text && t != "" {
			put(edit(el.ID, diagnose.Set, t, .01, "without the white space"), asked)
		}
	}
	for i, c := range g.otherForms(e, el) {
		put(edit(el.ID, diagnose.Set, c.Edit.To, c.Harm, c.Edit.Why), guessed*(1+c.Odds)/float64(i+1))
	}
	// A made-up value of the right kind, then leaving it out: what is left when its own value cannot be saved.
	if !el.Secret && !isContainer(el) && !listed(el.ID) && !isKey(el.ID) && (!el.ID.InURL() || el.ID.IsSegment() && len(w.types) > 0) {
		made := g.example(el.ID, w)
		if text, is := made.(string); is && isNumber(el) && len(w.types) == 0 && (madeUp(made, el) || digitsOnly.MatchString(text)) {
			put(edit(el.ID, diagnose.Set, json.Number("1"), .4, "a small number"), guessed*.4)
		}
		put(edit(el.ID, diagnose.Set, made, .4, "a usual value"), guessed*.3)
	}
	if removable(el) {
		put(edit(el.ID, diagnose.Remove, nil, .3, "without it"), guessed*.6)
	}
}

// prefixedHex is a number in hexadecimal as Ethereum's JSON-RPC writes it; false for what is none, or has its prefix.
func prefixedHex(s string) (string, bool) {
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return fmt.Sprintf("%#x", n), true
	}
	return "0x" + s, s != "" && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}

// listed reports a name whose values are a list of their own (RFC 6749 §4): another one is chosen from it, not made up.
func listed(id diagnose.ElementID) bool { return lastName(id) == "grant_type" }

// isKey reports the field that says which sendings of a write are one.
func isKey(id diagnose.ElementID) bool {
	return strings.EqualFold(string(id), "header:Idempotency-Key") || strings.EqualFold(string(id), "header:X-Idempotency-Key")
}

// key is a key for this request in this run, which no other has.
func (g *generator) key() string {
	r := g.x.Request
	return habit.Key(r.Method, r.URL, r.Body.Text, fmt.Sprint(r.Body.Fields, r.Body.Parts), g.opt.Now.UTC().Format(time.RFC3339Nano))
}

// named is the ratio from which the server means the element itself.
const named = 100

// schemes puts the credential under the scheme that the challenge asks for (RFC 9110 §11.6.1). What is no credential of
// that scheme is left alone: Basic, Digest and NTLM need a name and a password. To a scheme that sends the password, not a
// proof of it, nothing is changed where others on the way could read it.
func (g *generator) schemes(allowed []string, el diagnose.Element, put putter) {
	_, credential, ok := strings.Cut(el.Text, " ")
	if !ok {
		credential = el.Text
	}
	name, password, known := element.NamePassword(el.Text)
	for _, s := range allowed {
		to := ""
		switch s = strings.ToLower(s); {
		case s == "", s == "dpop", !known && (s == "basic" || s == "digest" || s == "negotiate" || s == "ntlm" || s == "wsse"):
			continue
		case s == "basic" && !g.unread():
			continue
		case s == "basic":
			to = "Basic " + base64.StdEncoding.EncodeToString([]byte(name+":"+password))
		case s == "digest":
			to = "Digest " + name + ":" + password
		case s == "ntlm", s == "negotiate":
			to = "NTLM " + name + ":" + password
		case s == "wsse":
			to = "WSSE " + name + ":" + password
		default:
			to = strings.ToUpper(s[:1]) + s[1:] + " " + strings.TrimSpace(credential)
		}
		e := edit("auth", diagnose.Set, to, .05, "the scheme that the server asks for")
		e.Cause = "malformed_authorization"
		put(e, asked)
	}
}

// unread reports whether nobody between here and the server can read what is sent.
func (g *generator) unread() bool {
	u := element.SplitURL(g.x.Request.URL)
	return strings.EqualFold(u.Scheme, "https") || u.Host == "localhost" || u.Host == "127.0.0.1" || u.Host == "[::1]"
}

// members proposes to leave out the members of an object of which the server says that it knows one of them not:
// those of unusual names first, and of these the ones at the end, where additions are made.
func (g *generator) members(id diagnose.ElementID, put putter) {
	root, _ := g.x.JSON()
	if root == nil {
		return
	}
	at, _ := id.In("body")
	object := root.At(at)
	if object == nil || object.Kind != jsontext.Object {
		return
	}
	n := len(object.Children)
	for i, c := range object.Children {
		weight := unwanted * float64(i+1) / float64(n)
		if habit.Of(c.Key) != habit.Free && i < n-1 { // what was added last stands last: see added
			weight /= 2
		}
		e := edit(diagnose.ID("body", at).Child(c.Key), diagnose.Remove, nil, .2, "the server does not know one of these")
		put(e, weight)
	}
}

// fromAllowed proposes the values that the server says it takes: the nearest first.
func (g *generator) fromAllowed(el diagnose.Element, allowed []string, put putter) {
	if _, text := g.x.Prose(); len(allowed) == 0 || isContainer(el) || text && el.ID == "body" {
		return // a word that a text may hold is no text
	}
	near := ""
	if text, ok := el.Value.(string); ok {
		near = habit.Nearest(text, allowed)
	}
	order := slices.Clone(allowed)
	if i := slices.Index(order, near); i > 0 {
		order = append([]string{near}, slices.Delete(order, i, i+1)...)
	}
	for i, v := range order[:min(len(order), 4)] {
		weight, harm := asked/float64(i+1), .3
		if v == near {
			weight, harm = asked*1.5, .05
		}
		put(edit(el.ID, diagnose.Set, g.typed(el, v), harm, "a value that the server takes"), weight)
	}
}

// typed writes an allowed value in the JSON type of the old one when that was no text.
func (g *generator) typed(el diagnose.Element, v string) any {
	if el.ID.Is("body") {
		if _, text := el.Value.(string); !text {
			if n, ok := habit.Number(v); ok {
				return n
			}
		}
	}
	return v
}

// methods proposes what Allow names, the one nearest to the intent first (§8: 80, Widens).
func (g *generator) methods(allowed []string, put putter) {
	m, _ := g.x.Get("method")
	nearTo := map[string][]string{
		"POST": {"PUT", "PATCH", "GET"}, "PUT": {"PATCH", "POST"}, "PATCH": {"PUT", "POST"}, "GET": {"POST", "HEAD", "QUERY"}, "DELETE": {"POST"}, "HEAD": {"GET"},
	}[strings.ToUpper(m.Text)]
	var order []string
	for _, n := range nearTo {
		if slices.ContainsFunc(allowed, func(a string) bool { return strings.EqualFold(a, n) }) {
			order = append(order, n)
		}
	}
	for _, a := range allowed {
		a = strings.ToUpper(a)
		if !slices.Contains(order, a) && a != "OPTIONS" && a != "HEAD" && a != "TRACE" {
			order = append(order, a)
		}
	}
	for i, a := range order {
		if a == m.Text {
			continue
		}
		e := edit("method", diagnose.Set, a, .5, "a method that the server allows here")
		e.Widens, e.Cause = true, "method_not_allowed"
		put(e, 80/float64(i+1))
	}
}

// contentTypes proposes what Accept-Post and the like offer: what the body is comes first.
func (g *generator) contentTypes(allowed []string, put putter) {
	body := sniff(g.x)
	var order []string
	if body != "" && (len(allowed) == 0 || slices.ContainsFunc(allowed, func(a string) bool { return request.Essence(a) == body || request.Essence(a) == "*/*" })) {
		order = append(order, body)
	}
	for _, a := range allowed {
		if a = request.Essence(a); strings.Contains(a, "/") && !strings.Contains(a, "*") && !slices.Contains(order, a) {
			order = append(order, a)
		}
	}
	if root, _ := g.x.JSON(); root != nil && len(order) > 1 { // a patch of RFC 6902 is a list, one of RFC 7396 hardly ever
		slices.SortStableFunc(order, func(a, b string) int {
			return cmp.Compare(misfit(root.Kind, a), misfit(root.Kind, b))
		})
	}
	if body == "application/json" && len(allowed) == 0 {
		order = append(order, "application/vnd.api+json", "application/merge-patch+json")
	}
	if form := "application/x-www-form-urlencoded"; body == "application/json" && (slices.ContainsFunc(allowed, func(a string) bool { return request.Essence(a) == form }) || len(allowed) == 0) {
		if b, ok := formOf(g.x); ok {
			weight := guessed
			if len(allowed) > 0 && !slices.ContainsFunc(allowed, func(a string) bool { return request.Essence(a) == body }) {
				weight = asked * 1.5
			}
			put(edit("body", diagnose.Set, b, .1, "as a form, which the server takes"), weight)
		}
	}
	if now, _ := g.x.Get("header:Content-Type"); request.Essence(now.Text) == "application/json" && body == request.Essence(now.Text) && len(allowed) == 0 {
		// What the body is called is right already: "not supported" may be said of what is to come back.
		if a, ok := g.x.Get("header:Accept"); !ok || a.Default {
			e := edit("header:Accept", diagnose.Set, "application/json", .02, "ask for what is sent")
			e.Cause = "not_acceptable"
			put(e, guessed/4)
		}
	}
	for i, t := range order {
		put(edit("header:Content-Type", diagnose.Set, t, .02, "the type of the body, as the server takes it"), asked/float64(i+1))
	}
}

// misfit is 1 for the type of a patch that a body of a kind is not.
func misfit(kind jsontext.Kind, media string) int {
	if media == "application/json-patch+json" && kind != jsontext.Array || media == "application/merge-patch+json" && kind == jsontext.Array {
		return 1
	}
	return 0
}

func (g *generator) accepts(allowed []string, put putter) {
	put(edit("header:Accept", diagnose.Set, "*/*", .01, "accept any type"), asked)
	for i, a := range allowed {
		if strings.Contains(a, "/") && i < 3 {
			put(edit("header:Accept", diagnose.Set, a, .02, "a type that the server offers"), asked*.9/float64(i+1))
		}
	}
}

// byCause repairs what evidence without an element speaks of.
func (g *generator) byCause(e diagnose.Evidence, put putter) {
	switch e.Cause {
	case "method_not_allowed":
		g.methods(e.Allowed, put)
	case "unsupported_media_type", "content_type_mismatch":
		g.contentTypes(e.Allowed, put)
	case "not_acceptable":
		g.accepts(e.Allowed, put)
	case "precondition_required":
		put(edit("header:If-Match", diagnose.Add, "*", .1, "a condition that always holds"), asked)
	case "precondition_failed":
		for _, h := range []diagnose.ElementID{"header:If-Match", "header:If-None-Match", "header:If-Unmodified-Since", "header:If-Modified-Since"} {
			if _, ok := g.x.Get(h); ok {
				put(edit(h, diagnose.Remove, nil, .1, "without the condition"), asked)
			}
		}
	case "idempotency_key_missing":
		put(edit("header:Idempotency-Key", diagnose.Add, g.key(), .02, "a key of its own"), asked)
	case "trailing_slash", "redirect_changed_method":
		put(g.toggledSlash(), guessed)
	case "scheme_mismatch":
		if s, ok := g.x.Get("url.scheme"); ok && s.Text == "http" {
			put(edit("url.scheme", diagnose.Set, "https", .1, "over TLS"), asked)
		}
	}
}

func edit(id diagnose.ElementID, op diagnose.Op, to any, harm float64, why string) diagnose.Edit {
	return diagnose.Edit{Element: id, Op: op, To: to, Harm: harm, Why: why}
}
