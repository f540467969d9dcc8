package inquiry

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/diagnose/ladder"
	"culprit/diagnose/safety"
	"culprit/request"
	"culprit/request/lazyre"
)

// A neighbour is what the collection above a resource tells (K4): whether it can be read, and which ids it has.
type neighbour struct {
	passes bool
	other  bool // it is answered in another way
	ids    []string
}

// above reads the collection that the last segment of the path lies in. Only for a safe method, where there is
// such a segment.
func (a *asker) above() neighbour {
	at, _ := a.last()
	if at < 1 || !a.base.Safe() {
		return neighbour{}
	}
	r := a.base.Clone()
	u := element.SplitURL(r.URL)
	path := strings.TrimRight(u.Path, "/")
	u.Path, u.Query = path[:strings.LastIndexByte(path, '/')], ""
	r.URL = u.String()
	x, out, _ := a.send(r, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Endpoints, Why: "K4: can the collection above be read?", Pass: "the route exists, and it is about the last segment"})
	if out != diagnose.Pass || x.Status()/100 != 2 {
		return neighbour{other: out == diagnose.Other}
	}
	return neighbour{passes: true, ids: idsIn(x)}
}

// last returns the number and the text of the last segment of the path.
func (f *failure) last() (int, string) {
	path := strings.Trim(element.SplitURL(f.base.URL).Path, "/")
	if path == "" {
		return -1, ""
	}
	parts := strings.Split(path, "/")
	return len(parts) - 1, parts[len(parts)-1]
}

// idsIn returns the ids of the first items of a list, at most two.
func idsIn(x *request.Exchange) []string {
	var root any
	if json.Unmarshal(x.Response().Body.Head(1<<16), &root) != nil {
		return nil
	}
	list, ok := root.([]any)
	if m, object := root.(map[string]any); object {
		for _, v := range m {
			if l, is := v.([]any); is && len(l) > 0 && !ok {
				list, ok = l, true
			}
		}
	}
	var ids []string
	for _, item := range list {
		m, _ := item.(map[string]any)
		for _, k := range []string{"id", "_id", "uuid", "slug", "key", "code", "name"} {
			if v, is := m[k]; is && len(ids) < 2 {
				ids = append(ids, fmt.Sprint(v))
				break
			}
		}
	}
	return ids
}

// sibling tries another resource of the same collection: when it passes, the route and all the rest of the request
// are fine, and the id is the culprit.
func (d *detective) sibling(ids []string) progress {
	at, now := d.last()
	for _, id := range ids {
		if id == now || id == "" {
			continue
		}
		cause := diagnose.CauseID("resource_not_found")
		if d.oracle.exchange.Status() != 404 && (shapeOf(id) != shapeOf(now) || strings.EqualFold(id, now) || strings.Trim(now, "-0") == "") {
			cause = "invalid_request_parameter"
		}
		if d.oracle.exchange.Status() == 500 {
			cause = "input_triggered_server_error"
		}
		e := diagnose.Edit{Element: diagnose.SegmentID(at), Op: diagnose.Set, To: id, Source: "sibling", Cause: cause, Weight: 10, Why: "another resource of this collection"}
		if p := d.mend(e); p != nothing {
			return p
		}
	}
	return nothing
}

// shapeOf tells ids apart that no API takes for each other: numbers, UUIDs, words.
func shapeOf(id string) string {
	switch {
	case habit.UUIDLike(id):
		return "uuid"
	case id != "" && strings.Trim(id, "0123456789") == "":
		return "number"
	}
	return "word"
}

// anyWord is what a nonsense word in place of a path segment is answered.
func (a *asker) anyWord(at int) diagnose.Outcome {
	e := diagnose.Edit{Element: diagnose.SegmentID(at), Op: diagnose.Set, To: strings.TrimPrefix(safety.Nonsense, "/"), Source: "contrast", Why: "does any word pass in this place?"}
	_, out, _ := a.vary([]diagnose.Edit{e}, diagnose.Contrast, e.Why)
	return out
}

// onlyPath reports a request of which a person gave nothing but where it goes: no parameter, no field of the header
// beside the usual ones, no body.
func (f *failure) onlyPath() bool {
	return f.base.Body.Kind == "" && !slices.ContainsFunc(f.scene.index.Elements, func(e diagnose.Element) bool {
		return e.Group == "query" || e.ID.Is("cookie") || e.ID.Is("header") && !e.Default && !e.Secret && e.ID != "header:Accept"
	})
}

// credentialsTell reports a request without credentials, or one that is answered otherwise without them: where it is not, a
// word that cannot exist is refused in the same way for them as well, before anybody looks for it.
func (d *detective) credentialsTell() bool {
	if !safety.Credentials(d.base) {
		return true
	}
	_, out, _ := d.withoutCredentials()
	return out == diagnose.Other
}

// emptyHanded reports a parameter of the query without a value: that is what a refusal is about before any name in the
// path is.
func (f *failure) emptyHanded() bool {
	return slices.ContainsFunc(f.scene.index.Elements, func(e diagnose.Element) bool { return e.Group == "query" && e.Text == "" })
}

// asksMore reports a refusal of the data of a request whose path ends in a word and that has parameters: the word names
// what is asked, and the parameters are likelier wrong.
func (f *failure) asksMore() bool {
	s := f.oracle.exchange.Status()
	_, now := f.last()
	return (s == 400 || s == 422) && wordOnly.MatchString(now) && slices.ContainsFunc(f.scene.index.Elements, func(e diagnose.Element) bool { return e.Group == "query" && !e.Secret })
}

// wordOnly is a word that stands for no resource by its looks.
var wordOnly = lazyre.New(`^[A-Za-z]+([_-][A-Za-z]+)*$`)

// resourceAround looks at the resources beside the one asked for, when nothing says what is wrong with a request
// that only reads.
func (d *detective) resourceAround() progress {
	if len(d.accused()) == 0 && d.base.Safe() && strings.HasSuffix(element.SplitURL(d.base.URL).Path, "/") {
		if p := d.mendOne(d.slash(), 1); p != nothing {
			return p
		}
	}
	at, _ := d.last()
	if at < 1 || len(d.accused()) > 0 || d.emptyHanded() || d.asksMore() || !d.base.Safe() || d.oracle.exchange.Status()/100 != 4 {
		return nothing
	}
	n := d.above()
	if p := d.sibling(n.ids); p != nothing {
		return p
	}
	_, now := d.last()
	if shapeOf(now) == "word" && !strings.Contains(now, ".") || strings.Trim(now, "-0") == "" {
		others := []string{"1"}
		if up := strings.ToUpper(now); up != now && strings.ContainsAny(now, "0123456789") {
			others = []string{up} // a code in capitals
		}
		if !n.passes {
			switch d.anyWord(at) {
			case diagnose.Pass:
				return nothing // whatever stands there passes, but for this word: it is no id, it is a route with rules of its own
			case diagnose.Same:
				if s := d.oracle.exchange.Status(); n.other && d.onlyPath() && (s == 400 || s == 404 || s == 422) && d.credentialsTell() {
					d.notes.finding(diagnose.Endpoints, "a word that cannot exist gets the same answer in this place")
					d.explain("wrong_path", d.resource(), "a word that cannot exist gets the same answer in this place, and the path above it another one", namingAlready)
					return nothing
				}
			}
		}
		if p := d.sibling(others); p != nothing {
			return p
		}
	}
	if n.passes {
		cause := diagnose.CauseID("resource_not_found")
		if s := d.oracle.exchange.Status(); shapeOf(now) != "uuid" && (shapeOf(now) == "word" || s == 400 || s == 422) {
			cause = "invalid_request_parameter"
		}
		d.notes.finding(diagnose.Endpoints, "the collection above can be read: it is about this one resource")
		d.explain(cause, d.resource(), "the collection above can be read with the same credentials; this resource cannot", namingAlready)
	}
	return nothing
}
