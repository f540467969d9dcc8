package repair

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
)

// What requests of a shape usually have, with how often it is asked for beside the others. Names of several words are
// written with underscores, and sent in the style of their siblings.
var (
	usualMembers = shares(`name=25 title=12 email=8 type=5 description=4 text=4 status=3 date=3 amount=3 price=3 quantity=3 currency=3 category=3 message=3 content=3 subject=3
 username=3 password=3 user_id=3 kind=2 country=2 phone=2 url=2 code=2 key=2 value=2 body=2 customer_id=2 product_id=2 id=2 start_date=2 end_date=2 start=2 end=2 due=2 due_date=2
 starts_at=2 label=2 first_name=2 last_name=2 question=1 host=1 sku=1 slug=1 number=1 reference=1 language=1 role=1 priority=1 year=1 city=1`)
	ofPersons   = shares(`name=10 email=9 phone=4 id=4 first_name=4 last_name=4`)
	ofAddresses = shares(`street=8 city=9 zip=7 postal_code=4 country=8 state=4 line1=3 name=1 number=1 room=1`)
	ofItems     = shares(`name=8 quantity=6 qty=4 price=5 sku=4 product_id=4 id=4 title=4 type=3 amount=3 value=3 text=3 key=2 unit_price=2 label=2`)
	usualParams = shares(`limit=4 page=3 from=3 to=3 date=4 day=3 start=2 end=2 since=2 until=1 status=3 type=3 kind=2 id=2 name=2 category=2 q=3 query=3 search=1 lang=1
 currency=2 country=2 city=2 user_id=2 email=1 key=1 year=2 month=1 lat=1 lng=1 code=1 start_date=1 end_date=1`)
)

// A half is a name that comes in a pair, with the odds that one is missing where the other is, beside a single value to
// be wrong.
type half struct {
	a, b string
	odds float64
}

// halves are the usual pairs.
var halves = []half{
	{"from", "to", 2}, {"origin", "destination", 1.5}, {"lat", "lng", 2}, {"lat", "lon", 2}, {"latitude", "longitude", 2}, {"first_name", "last_name", 1.5}, {"check_in", "check_out", 1.5}, {"arrival", "departure", 1.5}, {"sender", "recipient", 1.5},
	{"start", "end", 1}, {"start_date", "end_date", 1}, {"starts_at", "ends_at", 1}, {"start_time", "end_time", 1}, {"begin", "end", 1}, {"width", "height", 1}, {"x", "y", 1}, {"first", "last", 1}, {"host", "port", 1},
	{"username", "password", 1}, {"amount", "currency", 1}, {"key", "value", 1}, {"old_password", "new_password", 1}, {"source", "target", 1}, {"question", "options", 1}, {"subject", "body", .7}, {"subject", "message", .7},
	{"since", "until", .5}, {"min", "max", .5}, {"email", "password", .5}, {"price", "currency", .5}, {"name", "email", .3}, {"street", "city", 1}, {"city", "zip", .7}, {"city", "country", .7}, {"title", "body", .3}, {"title", "content", .3},
	{"quantity", "price", .3}, {"sku", "quantity", .7}, {"page", "size", .3}, {"page", "limit", .3}, {"offset", "limit", .5}, {"password", "password_confirmation", .3}, {"password", "confirm_password", .2},
}

const (
	// missingOdds are the odds that a name is missing, beside those of a single value to be wrong.
	missingOdds = 1.2
	// strictBodies and strictQueries are the chances that a server refuses members, or parameters, that it does not know.
	strictBodies, strictQueries = .45, .3
)

// A share is a name with how often it is asked for.
type share struct {
	name string
	odds float64
}

// shares reads a list when it is first asked for.
func shares(s string) func() []share {
	return sync.OnceValue(func() []share {
		var out []share
		for f := range strings.FieldsSeq(s) {
			name, odds, _ := strings.Cut(f, "=")
			v, _ := strconv.ParseFloat(odds, 64) // ours: they are numbers
			out = append(out, share{name, v})
		}
		return out
	})
}

// lacking adds the names that such requests usually have and this one does not.
func (l *places) lacking() {
	if l.opt.Complete {
		return
	}
	holders := l.holders()
	sum := 0.0
	for _, h := range holders {
		for _, s := range h.usual {
			sum += s.odds * h.weight
		}
	}
	for _, h := range holders {
		l.all = append(l.all, l.lackingAt(h, missingOdds/max(sum, 1))...)
	}
}

// A holder is an object, a form or a query, with the names in it.
type holder struct {
	place  diagnose.ElementID // of the names in it: "body:/ship/", "form:", "query:"
	names  []string
	usual  []share
	weight float64
}

// holders are the places where names may be missing.
func (l *places) holders() []holder {
	var out []holder
	root, _ := l.x.JSON()
	switch {
	case root != nil && root.Kind == jsontext.Object:
		root.Walk(func(p string, n *jsontext.Node) bool {
			if n.Kind == jsontext.Object {
				h := holder{diagnose.ID("body", p+"/"), keys(n), usualMembers(), 1}
				h.usual, h.weight = l.usualIn(p, root)
				out = append(out, h)
			}
			return true
		})
	case len(l.names("form")) > 0:
		out = append(out, holder{"form:", l.names("form"), usualMembers(), 1})
	case len(l.names("multipart")) > 0:
		out = append(out, holder{"multipart:", l.names("multipart"), usualMembers(), 1})
	case l.x.Request.Safe():
		out = append(out, holder{"query:", l.names("query"), append(l.ofPath(), usualParams()...), 1})
	}
	return out
}

// usualIn is what objects at a pointer usually hold, by what they are called.
func (l *places) usualIn(pointer string, root *jsontext.Node) ([]share, float64) {
	if pointer == "" {
		if len(root.Children) == 1 && root.Children[0].Kind == jsontext.Object {
			return usualMembers(), .1 // an envelope
		}
		return usualMembers(), 1
	}
	name := lastWord(lastName(diagnose.ID("body", pointer)))
	switch {
	case strings.Count(pointer, "/") == 1 && len(root.Children) == 1:
		return usualMembers(), 1
	case persons.has(name):
		return ofPersons(), .5
	case addresses.has(name):
		return ofAddresses(), .5
	case digitsOnly.MatchString(pointer[strings.LastIndexByte(pointer, '/')+1:]):
		return ofItems(), .4
	case mapLike(name) || name == "metadata":
		return nil, 0
	}
	return append(slices.Clone(ofItems()), ofPersons()...), .3
}

// usualNames are all the names that are asked for somewhere.
var usualNames = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, list := range [][]share{usualMembers(), ofPersons(), ofAddresses(), ofItems(), usualParams()} {
		for _, s := range list {
			m[s.name] = true
		}
	}
	return m
})

// A set of words.
type set []string

func (s set) has(w string) bool { return slices.Contains(s, w) }

var (
	persons   = set(strings.Fields("owner contact customer user author guest rider seller buyer speaker assignee guide member driver person client employee patient student teacher sender recipient reporter creator passenger host profile account manager organizer tenant"))
	entities  = append(set(strings.Fields("project group team parent organization organisation org tenant workspace order product item shop store warehouse course room device ticket invoice")), persons...)
	addresses = set(strings.Fields("address ship shipping billing delivery location destination origin place"))
)

func keys(n *jsontext.Node) []string {
	var out []string
	for _, c := range n.Children {
		out = append(out, c.Key)
	}
	return out
}

// names are the names of the elements of a kind.
func (l *places) names(kind string) []string {
	var out []string
	for _, e := range l.x.Elements {
		if name, ok := e.ID.In(kind); ok {
			out = append(out, name)
		}
	}
	return out
}

// ofPath is what the last part of a path says that it wants: findByStatus a status.
func (l *places) ofPath() []share {
	p, _ := l.x.Get("url.path")
	end := strings.TrimRight(p.Text, "/")
	w := habit.Words(end[strings.LastIndexByte(end, '/')+1:])
	var out []share
	if i := slices.Index(w, "by"); i > 0 && i+1 < len(w) {
		out = append(out, share{strings.Join(w[i+1:], "_"), 25})
	}
	if slices.ContainsFunc(w, func(s string) bool { return s == "search" || s == "find" || s == "query" || s == "lookup" }) {
		out = append(out, share{"q", 15}, share{"query", 8}, share{"term", 3})
	}
	return out
}

// lackingAt are the places of what one holder lacks. unit is what a share is worth.
func (l *places) lackingAt(h holder, unit float64) []Place {
	have := set{}
	camel, snake := false, false
	for _, n := range append(l.names("body"), h.names...) {
		n = n[strings.LastIndexByte(n, '/')+1:]
		camel = camel || strings.ToLower(n) != n && !strings.Contains(n, "_")
		snake = snake || strings.Contains(n, "_")
	}
	for _, n := range h.names {
		have = append(have, habit.Snake.Of(n))
	}
	odds := map[string]float64{}
	var order []string
	add := func(name string, o float64) {
		if have.has(name) {
			return
		}
		if _, twice := odds[name]; !twice {
			order = append(order, name)
		}
		odds[name] = max(odds[name], o)
	}
	for _, s := range h.usual {
		add(s.name, s.odds*h.weight*unit)
	}
	for _, p := range halves {
		if have.has(p.a) {
			add(p.b, p.odds)
		} else if have.has(p.b) {
			add(p.a, p.odds)
		}
	}
	var out []Place
	for _, name := range order {
		styles := []string{name}
		if w := strings.Split(name, "_"); len(w) > 1 {
			switch {
			case camel && !snake:
				styles = []string{habit.Camel.Join(w)}
			case !snake:
				styles = []string{name, habit.Camel.Join(w)}
			}
		}
		for _, as := range styles {
			out = append(out, l.lack(h, as, odds[name]/float64(len(styles))))
		}
	}
	return out
}

// lack is the place of one missing name.
func (l *places) lack(h holder, name string, odds float64) Place {
	id := h.place.Beside(name)
	cause, coin, harm := diagnose.CauseID("missing_body_property"), "unknown members", strictBodies
	if h.place.Is("query") {
		cause, coin, harm = "missing_request_parameter", "unknown parameters", strictQueries
	}
	p := Place{Element: id, Fault: odds}
	add := func(v any, odds float64) {
		if slices.ContainsFunc(p.Changes, func(c Change) bool { return reflect.DeepEqual(c.Edit.To, v) }) {
			return
		}
		e := edit(id, diagnose.Add, l.dressed(id, v), harm, "what such requests usually have")
		e.Source, e.Cause, e.Weight = "transform", cause, 1
		p.Changes = append(p.Changes, Change{e, odds, harm, coin})
	}
	add(l.lackingValue(id, h), .7)
	for i, w := range words()[lastWord(name)] {
		if i < 3 {
			add(w, .3)
		}
	}
	return p
}

// lackingValue is what a name would hold: like its other half where that is a date or a text, else a usual value.
func (l *places) lackingValue(id diagnose.ElementID, h holder) any {
	name := habit.Snake.Of(lastName(id))
	for _, p := range halves {
		other := map[string]string{p.a: p.b, p.b: p.a}[name]
		for _, n := range h.names {
			if other == "" || habit.Snake.Of(n) != other {
				continue
			}
			if e, ok := l.x.Get(h.place.Beside(n)); ok && alikeHalves(e, name) {
				return e.Value
			}
		}
	}
	switch name {
	case "from", "to", "start", "end", "since", "until", "due", "day":
		return habit.Date.Example(l.opt.Now)
	case "name", "title", "text", "message", "content", "body", "subject", "description", "question", "label":
		return "Example"
	}
	return l.example(id, want{})
}

// alikeHalves reports that the other half of a pair holds the same kind of value: dates, places, numbers.
func alikeHalves(e diagnose.Element, name string) bool {
	switch name {
	case "from", "to", "start", "end", "begin", "start_date", "end_date", "starts_at", "ends_at", "start_time", "end_time", "since", "until", "check_in", "check_out", "arrival", "departure",
		"lat", "lng", "lon", "latitude", "longitude", "min", "max", "width", "height", "x", "y", "source", "target", "sender", "recipient", "password_confirmation", "confirm_password", "first", "last", "first_name", "last_name":
		return e.Text != ""
	}
	return false
}
