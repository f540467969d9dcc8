package drift

import (
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/secret"
)

// against compares the body of x with that of an earlier success, and with those before it, where one alone might
// be an exception. It reports whether they could be compared.
func against(x *request.Exchange, k diagnose.Known, older []diagnose.Known) (all []diagnose.Departure, compared bool) {
	now, then := x.Response(), k.Exchange.Response()
	c := &comparison{against: k.Label, same: sameRequest(x.Request, k.Request)}
	b, whole := bodyOf(x)
	old, oldWhole := bodyOf(k.Exchange)
	wasType, _ := typeOf(then)
	isType, _ := typeOf(now)
	switch {
	case len(old) == 0 || x.Request.Method == "HEAD" || now.Status == 205 || now.Status == 206:
		return nil, false
	case now.Status == 204 || now.Body.Size() == 0:
		c.add("body", "empty", fmt.Sprintf("%d bytes", len(old)), "nothing", "unexpected_empty_response", map[bool]float64{true: note, false: proof}[now.Status == 204],
			fmt.Sprintf("the answer is empty, %d bytes came before", len(old)))
		return c.out, true
	case isHTML(b) && request.IsJSON(wasType):
		c.add("body", "media", wasType, "text/html", "response_content_type_mismatch", proof, "an HTML page came where "+wasType+" came before")
		return c.out, true
	case request.IsJSON(wasType) && !request.IsJSON(isType) && isType != "" && shapeOf(b) == nil && whole:
		c.add("header Content-Type", "media", wasType, isType, "response_content_type_mismatch", proof, isType+" came where "+wasType+" came before")
		return c.out, true
	case !whole || !oldWhole:
		return nil, false
	}
	was, is := shapeOf(old), shapeOf(b)
	if was == nil || is == nil {
		return nil, false
	}
	for _, other := range older {
		if more, all := bodyOf(other.Exchange); all {
			if s := shapeOf(more); s != nil {
				was.merge(s)
			}
		}
	}
	c.root(was, is)
	return c.out, true
}

// sameRequest reports whether two requests ask for the same: then what is absent was left out by the server.
func sameRequest(a, b request.Request) bool {
	return a.URL == b.URL && a.Body.Text == b.Body.Text
}

// A comparison collects the departures of one body from those before it.
type comparison struct {
	against string
	same    bool // the same was asked for
	had     int  // members, at any depth, that every earlier answer had with something in them
	lost    int  // of these, those that are gone or null
	gone    []int
	out     []diagnose.Departure
}

func (c *comparison) add(place, change, was, is string, cause diagnose.CauseID, weight float64, text string) {
	if len(c.out) == maxDepartures {
		return
	}
	c.out = append(c.out, diagnose.Departure{Place: place, Change: change, Was: was, Is: is, Against: c.against, Cause: cause, Weight: weight, Text: text})
}

// maxDepartures is how many are listed: beyond it, it is another document.
const maxDepartures = 50

// mostLost is the share of lost members above which an answer is no longer the one it was (§3.5: 60 % of the key
// paths must be there), and fewLost how many there must be to speak of a share.
const (
	mostLost = 0.4
	fewLost  = 3
)

func (c *comparison) root(was, is *shape) {
	switch {
	case is.kinds[jsontext.Null] > 0 && was.kinds[jsontext.Null] == 0, was.filled == was.seen && was.objects > 0 && is.objects > 0 && len(is.members) == 0 && !dictionary(was, is):
		c.add("body", "empty", kindOf(was), kindOf(is), "unexpected_empty_response", proof, "the answer is "+map[bool]string{true: "an empty object", false: "null"}[is.objects > 0]+", it had members before")
		return
	}
	c.value("", was, is)
	if c.lost >= fewLost && float64(c.lost) > mostLost*float64(c.had) && c.same {
		for _, i := range c.gone {
			c.out[i].Weight = proof
		}
	}
}

// value compares the values at one place.
func (c *comparison) value(at string, was, is *shape) {
	if is.seen == 0 || was.seen == 0 {
		return
	}
	if c.kinds(at, was, is) {
		return
	}
	if was.objects > 0 && is.objects > 0 {
		c.objects(at, was, is)
	}
	if was.items != nil && is.items != nil {
		if was.items.seen > 0 && is.items.seen == 0 && is.kinds[jsontext.Array] == is.seen {
			c.add(place(at), "empty", "a list with something in it", "an empty list", "", note, place(at)+" is an empty list, it had something in it before")
			return
		}
		c.value(at+"/0", was.items, is.items)
	}
}

// kinds compares types. It reports whether they are so different that looking deeper makes no sense.
func (c *comparison) kinds(at string, was, is *shape) bool {
	known, shared := false, false
	for k := range was.kinds {
		known = known || k != jsontext.Null
		shared = shared || k != jsontext.Null && is.kinds[k] > 0
	}
	values := is.seen - is.kinds[jsontext.Null]
	switch {
	case !known || shared:
		return false
	case values == 0:
		if at != "" && was.filled == was.seen {
			c.add(place(at), "null", described(at, was), "null", "response_schema_mismatch", note, place(at)+" was "+described(at, was)+", is null")
			c.had, c.lost = c.had+1, c.lost+1
		}
		return true
	}
	weight := proof
	if loose(was, is) || loose(is, was) {
		weight = note
	}
	c.add(place(at), "type", described(at, was), described(at, is), "response_schema_mismatch", weight,
		fmt.Sprintf("%s was %s, is %s", place(at), described(at, was), described(at, is)))
	return true
}

// loose reports whether a holds what loosely typed servers write for "nothing there" in place of any type: an
// empty text, an empty list or object, false.
func loose(a, b *shape) bool {
	switch {
	case a.filled == 0:
		return true
	case a.kinds[jsontext.Bool] == a.seen && a.sample == "false":
		return b.kinds[jsontext.Object]+b.kinds[jsontext.Array]+b.kinds[jsontext.String] == b.seen
	}
	return false
}

// objects compares members.
func (c *comparison) objects(at string, was, is *shape) {
	if dictionary(was, is) {
		for _, k := range is.order {
			if old := was.members[k]; old != nil {
				c.value(at+"/"+jsontext.Token(k), old, is.members[k])
			}
		}
		if len(is.order) > 0 && !related(was, is) {
			c.value(at+"/"+jsontext.Token(is.order[0]), was.values(), is.values())
		}
		return
	}
	variant := !sameMarks(was, is)
	for _, k := range was.order {
		old, now, here := was.members[k], is.members[k], at+"/"+jsontext.Token(k)
		always := old.seen == was.objects && old.filled == old.seen
		if now != nil {
			if always && now.seen > 0 {
				c.had++
			}
			if !variant || !variants[k] {
				c.value(here, old, now)
			}
			continue
		}
		if !always || variant {
			continue
		}
		c.removed(here, k, was, is)
	}
}

// removed says that a member that was always there is gone, or what it is called now.
func (c *comparison) removed(here, name string, was, is *shape) {
	old := was.members[name]
	if to := renamed(name, was, is); to != "" {
		c.add(place(here), "renamed", name, to, "response_schema_mismatch", proof, fmt.Sprintf("%s is now called %s", place(here), to))
		return
	}
	weight := suspicion
	if !c.same || comesAndGoes(name, here) || old.date || was.objects > 1 && is.objects < 2 {
		weight = note
	}
	if weight > note {
		c.had, c.lost, c.gone = c.had+1, c.lost+1, append(c.gone, len(c.out))
	}
	c.add(place(here), "removed", described(here, old), "", "response_schema_mismatch", weight, fmt.Sprintf("%s is gone, it was %s", place(here), described(here, old)))
}

// renamed returns the new name of a member: the same word spelt otherwise, or another member that is new and has
// just its value.
func renamed(name string, was, is *shape) string {
	old := was.members[name]
	for _, k := range is.order {
		now := is.members[k]
		if was.members[k] != nil {
			continue
		}
		telling := len(old.sample) > 3 && old.sample != "true" && old.sample != "false"
		if fold(k) == fold(name) || old.sample != "" && telling && now.sample == old.sample && was.objects == is.objects && now.seen == old.seen {
			return k
		}
	}
	return ""
}

func fold(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(s))
}

// comesAndGoes reports whether members of that name are there on some answers only: where the next page is, what
// went wrong, what there is to add.
func comesAndGoes(name, at string) bool {
	switch f := fold(name); {
	case strings.Contains(at, "/_links/"), strings.Contains(at, "/links/"), strings.Contains(at, "/paging/"), strings.Contains(at, "/_embedded/"):
		return true
	case strings.HasPrefix(f, "next"), strings.HasPrefix(f, "prev"), strings.Contains(f, "cursor"), strings.Contains(f, "continuation"), strings.Contains(f, "pagetoken"):
		return true
	default:
		switch f {
		case "error", "errors", "warning", "warnings", "message", "messages", "reason", "note", "notes", "comment", "debug", "hint", "expires", "first", "last":
			return true
		}
	}
	return false
}

// related reports whether two shapes have a member in common.
func related(was, is *shape) bool {
	for k := range is.members {
		if was.members[k] != nil {
			return true
		}
	}
	return false
}

// sameMarks reports whether both shapes have seen the same variants.
func sameMarks(was, is *shape) bool {
	for k := range is.marks {
		if !was.marks[k] {
			return false
		}
	}
	for k := range was.marks {
		if !is.marks[k] {
			return false
		}
	}
	return true
}

func place(at string) string {
	if at == "" {
		return "body"
	}
	return "body " + at
}

// kindOf names the types of a shape.
func kindOf(s *shape) string {
	var names []string
	for _, k := range []struct {
		kind jsontext.Kind
		name string
	}{{jsontext.Object, "an object"}, {jsontext.Array, "a list"}, {jsontext.String, "a string"}, {jsontext.Number, "a number"}, {jsontext.Bool, "true or false"}, {jsontext.Null, "null"}} {
		if s.kinds[k.kind] > 0 {
			names = append(names, k.name)
		}
	}
	return strings.Join(names, " or ")
}

// described is kindOf with the first value, unless the name says that it is nobody's business.
func described(at string, s *shape) string {
	name := at[strings.LastIndexByte(at, '/')+1:]
	if s.sample == "" || secret.Guess(name, strings.Trim(s.sample, `"`)) {
		return kindOf(s)
	}
	return kindOf(s) + " (" + s.sample + ")"
}
