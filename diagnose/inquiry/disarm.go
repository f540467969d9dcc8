package inquiry

import (
	"encoding/json"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/evidence"
	"culprit/request/lazyre"
)

// armed is what filters of requests look for in values: the quotes and marks of SQL, markup, shells and paths that climb.
var armed = lazyre.New(`(?i)['"<>\x60;|{}$\\]|--|\.\./|/\*|\b(union|select|drop|insert|sleep|script|eval|exec)\b`)

// letters are what is left of a value that no filter minds.
var letters = lazyre.New(`[^\pL\pN .,@:_-]+|-{2,}|\.{2,}`)

// attack is what hardly stands in a header field by chance: markup, a union of tables, a path that climbs.
var attack = lazyre.New(`(?i)<script|<[a-z]+ on[a-z]+=|\bunion\b.+\bselect\b|'\s*(or|and)\s*'?\d|\.\./\.\./|\$\{jndi:|/etc/passwd`)

// attacks reports a value that every filter takes for an attack.
func (f *failure) attacks(id diagnose.ElementID) bool {
	e, ok := f.original.Get(id)
	return ok && attack.MatchString(e.Text)
}

// arms reports an element that holds what filters look for; one that a gate does not know is wrong in its own way.
func (f *failure) arms(id diagnose.ElementID) bool {
	e, ok := f.scene.index.Get(id)
	return ok && armed.MatchString(e.Text)
}

// filtered reports that it is a filter before the application which refuses a value: it is an attack to every filter, or
// holds what they look for and somebody else answered.
func (f *failure) filtered(id diagnose.ElementID) bool {
	return f.attacks(id) || f.arms(id) && !f.own()
}

// own reports that the application itself answered, in its own form.
func (f *failure) own() bool {
	_, origin, _ := evidence.Responder(f.oracle.exchange)
	return origin && f.explained() && f.oracle.exchange.Response().Body.Size() > 0
}

// disarm tries a refused request with nothing in its values that a filter may take for an attack (§6, K18): a pass is
// bisected over the values. Where none looks so, it asks nothing.
func (d *detective) disarm() progress {
	var edits []diagnose.Edit
	for _, e := range d.scene.index.Elements {
		kind := e.ID.Kind()
		text, ok := e.Value.(string)
		if !ok && kind == "query" {
			text, ok = e.Text, true
		}
		if !ok || e.Secret || kind != "body" && kind != "form" && kind != "multipart" && kind != "query" || !armed.MatchString(text) || json.Valid([]byte(text)) {
			continue
		}
		plain := "test"
		if words := strings.Fields(letters.ReplaceAllString(text, " ")); len(words) > 0 && !armed.MatchString(words[0]) {
			plain = words[0]
		}
		edits = append(edits, diagnose.Edit{Element: e.ID, Op: diagnose.Set, To: plain, Source: "transform", Cause: "blocked_by_waf", Weight: strong, Harm: .3, Why: "without what a filter may take for an attack"})
	}
	if len(edits) == 0 {
		return nothing
	}
	if len(edits) == 1 {
		return d.try(edits, diagnose.Repair, edits[0].Why)
	}
	x, out, n := d.vary(edits, diagnose.Repair, edits[0].Why)
	if out == diagnose.Pass {
		return d.bisect(edits, x, n)
	}
	return nothing
}
