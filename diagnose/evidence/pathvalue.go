package evidence

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// byPathValue returns the path segment whose value is v, however short: for complaints that are about the path
// or that repeat what could not be parsed.
func (ix *index) byPathValue(v string) []int {
	var found []int
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el != nil && e.id.IsSegment() && e.el.Text == v && v != "" {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return found[len(found)-1:]
	}
	return found
}

// pathParameter returns the segment that a parameter of a route means: the one that is not of the expected type, the one
// behind the word that the name begins with (petId in /pet/7), or the only one.
func (ix *index) pathParameter(name, expected string) []int {
	var all, odd, behind []int
	before := ""
	for i := range ix.entries {
		e := &ix.entries[i]
		if e.el == nil || !e.id.IsSegment() {
			continue
		}
		all = append(all, i)
		if len(before) > 2 && (strings.HasPrefix(fold(name), strings.TrimSuffix(before, "s")) || fold(name) == "id" && strings.HasSuffix(before, "s")) {
			behind = append(behind, i)
		}
		if _, err := strconv.ParseFloat(e.el.Text, 64); err != nil && (expected == "number" || expected == "integer") || expected == "uuid" && !habit.UUIDLike(e.el.Text) {
			odd = append(odd, i)
		}
		before = fold(e.el.Text)
	}
	for _, found := range [][]int{behind, odd, all} {
		if len(found) == 1 {
			return found
		}
	}
	if len(odd) > 0 && odd[len(odd)-1] == all[len(all)-1] {
		return odd[len(odd)-1:] // routes have their variables behind their words
	}
	return nil
}

// parameter returns the parameter of the query whose value is v, however short, when there is one.
func (ix *index) parameter(v string) []int {
	var found []int
	for i := range ix.entries {
		if e := &ix.entries[i]; e.el != nil && e.place == inQuery && e.value() == v {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		return nil
	}
	return found
}

// pipes reads NestJS's parameter pipes, which say what they expect and not of which parameter: "Validation failed
// (numeric string is expected)". It is the one that is not so.
func (r *reader) pipes(s said) {
	m := pipeRE.FindStringSubmatch(s.text)
	if m == nil {
		return
	}
	fits := map[string]func(string) bool{
		"numeric string": func(v string) bool { _, err := strconv.ParseFloat(v, 64); return err == nil },
		"uuid":           habit.UUIDLike,
		"boolean string": func(v string) bool { return v == "true" || v == "false" },
	}[strings.Trim(strings.ToLower(m[1]), " v12345678")]
	if fits == nil {
		return
	}
	var odd []*diagnose.Element
	for i := range r.els {
		e := &r.els[i]
		if (e.Group == "query" || e.ID.IsSegment()) && e.Text != "" && !fits(e.Text) {
			odd = append(odd, e)
		}
	}
	if len(odd) == 0 {
		return
	}
	ratio := float64(likely)
	if rest := slices.DeleteFunc(slices.Clone(odd), func(e *diagnose.Element) bool { return e.Group != "query" }); len(rest) > 1 {
		odd, ratio = rest, hint*2 // any of them
	} else {
		odd = odd[len(odd)-1:] // routes have their variables behind their words
	}
	expected := map[string]string{"numeric string": "number", "boolean string": "boolean"}[strings.ToLower(m[1])]
	if expected == "" {
		expected = strings.ToLower(m[1])
	}
	for _, at := range odd {
		r.add(diagnose.Evidence{Kind: "pointer", Source: s.source, Text: s.text, Cause: "invalid_request_parameter", Element: at.ID, Ratio: ratio, Expected: expected}) // NestJS pipes
	}
}

var (
	pipeRE   = lazyre.New(`^Validation failed \(([\w ]+?) (?:is|are) expected\)`)
	base64RE = lazyre.New(`(?i)(?:illegal|invalid|malformed|bad|not(?: valid)?) base64`)
	// almostBase64 is what was meant to be base64: eight characters and more, without a blank.
	almostBase64 = lazyre.New(`^[A-Za-z0-9+/_-]{4}[^\s]{4,}$`)
)

// base64 finds the one member that is not what a complaint about base64 expects (RFC 4648).
func (r *reader) base64(s said) {
	if !base64RE.MatchString(s.text) {
		return
	}
	var bad []*diagnose.Element
	for i := range r.els {
		e := &r.els[i]
		pl, segs := takeApart(e.ID)
		text, isText := e.Value.(string)
		if pl != inBody || len(segs) == 0 || !isText || text == "" {
			continue
		}
		if _, err := base64.StdEncoding.DecodeString(text); err == nil {
			continue
		}
		if _, err := base64.RawURLEncoding.DecodeString(text); err == nil && !strings.Contains(s.text, "illegal base64 data") { // Go's own takes none of it
			continue
		}
		bad = append(bad, e)
	}
	if len(bad) > 1 {
		bad = slices.DeleteFunc(bad, func(e *diagnose.Element) bool { return !almostBase64.MatchString(e.Value.(string)) })
	}
	if len(bad) == 1 {
		r.add(diagnose.Evidence{Kind: "pointer", Source: s.source, Text: s.text, Cause: "invalid_body_property_format", Element: bad[0].ID, Ratio: likely}) // RFC 4648 §4
	}
}

// versions finds where the request says which version of the API it means, when the answer does not take it.
func (r *reader) versions(s said) {
	lower := strings.ToLower(s.text)
	if !strings.Contains(lower, "version") || len(lower) > 300 || !versionRE.MatchString(lower) {
		return
	}
	for i := range r.els {
		e := &r.els[i]
		if strings.Contains(strings.ToLower(e.ID.Name()), "version") && (e.Group == "query" || e.ID.Is("header")) {
			ev := diagnose.Evidence{Kind: "pointer", Source: s.source, Text: s.text, Cause: "wrong_api_version", Element: e.ID, Ratio: likely, Allowed: allowedValues(s.text)}
			r.add(ev)
			return
		}
	}
}

var versionRE = lazyre.New(`(?:unsupported|unknown|invalid|unrecognized|no such|not supported|deprecated|obsolete)[\w -]{0,20} version|version[\w ."'-]{0,20} (?:is )?(?:not|no longer|un)\s?(?:supported|known|available|valid)`)

// login reads a refused name or password outside of a challenge (RFC 6749 §5.2 invalid_grant, login forms).
func (r *reader) login(s said) {
	if !loginRE.MatchString(s.text) || r.resp.Status != 400 && r.resp.Status != 401 && r.resp.Status != 403 && r.resp.Status != 422 {
		return
	}
	id, ratio := diagnose.ElementID("auth"), float64(code)
	for i := range r.els {
		pl, segs := takeApart(r.els[i].ID)
		if pl != inBody && pl != inQuery || len(segs) == 0 {
			continue
		}
		switch fold(segs[len(segs)-1]) {
		case "password", "passwd", "pwd", "passphrase":
			id, ratio = r.els[i].ID, likely
		}
	}
	for _, w := range wordsOf(short(s.text)) {
		if found := r.ix.byValue(w, inQuery); len(found) == 1 && id != "auth" && r.ix.entries[found[0]].id != id {
			ratio = certain // who logs in is repeated: it was read where it stands
		}
	}
	if id == "auth" && !r.has("auth") {
		id = r.whoLogsIn(s.text)
	}
	if id == "" {
		return
	}
	r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "invalid_credentials", Element: id, Ratio: ratio})
}

// whoLogsIn is the one field of the header whose value a text has for the name that it refuses: who logs in has a field of
// its own. "" is none. Elsewhere in the text a value may be any word of it: "Invalid email or password", with X-Login-Type.
func (r *reader) whoLogsIn(text string) diagnose.ElementID {
	if m := loginNameRE.FindStringSubmatch(short(text)); m != nil {
		if found := r.ix.byValue(m[1], inHeader); len(found) == 1 {
			return r.ix.entries[found[0]].id
		}
	}
	return ""
}

var loginNameRE = lazyre.New(`(?i)(?:incorrect|invalid|wrong|bad|unknown) (?:user(?:name)?|login):? ['"\x60]?([\w.@+-]*\w)`)

var loginRE = lazyre.New(`(?i)(?:incorrect|invalid|wrong|bad|unknown) (?:e-?mail(?: address)?|user(?:name)?|login|credentials|password)(?:,? (?:or|and|/) password)?|invalid_grant|^failed to (?:authenticate|log ?in|sign ?in)(?: (?:the )?user)?[.!]?$|(?:username|email|user) (?:or|and) password (?:is|are|do|did)`)

// fiber is the shape of the validation recipe of Fiber's documentation: [{FailedField, Tag, Value}].
func fiber(d *doc) []issue {
	list := d.root
	if list == nil || list.kind != '[' {
		list = d.root.get("errors")
	}
	var out []issue
	for k, n := range list.list() {
		field, tag := n.first("FailedField", "failedField", "failed_field"), n.first("Tag", "tag")
		if field == "" || tag == "" {
			continue
		}
		value := n.first("Value", "value", "Param", "param")
		i := goField(field, tag, field+" failed on "+strings.TrimSpace(tag+" "+value))
		i.source, i.dialect = "body ["+itoa(k)+"].FailedField", "Fiber validation"
		if tag == "oneof" {
			i.allowed = strings.Fields(value)
		}
		out = append(out, i)
	}
	return out
}
