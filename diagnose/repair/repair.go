// Package repair lists the edits that are worth trying on a failing request, best first (DIAGNOSIS §8).
//
// It merges what the server asked for, what lint proposes, what values of that name usually look like, and last
// what could be left out. It knows no outcome of an experiment and chooses nothing: the order is that of Weight,
// the odds that the edit is (part of) the fix, for what a try costs; Harm is the chance that it breaks a healthy
// request. Pure, without a clock: the time comes with Options.
package repair

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
)

// Options are what is known beside the request and the evidence. The zero value is usable.
type Options struct {
	Now    time.Time // for dates that must be made up
	Status int       // of the failing response; 0 when there was none or it is not known
	Side   float64   // what a pass costs on a method that changes data, see Side; 0 leaves side effects out of the order
	// Complete is set when requests like this one are known that worked: what they do without, this one does, too.
	Complete bool
}

// The weights of §8, before evidence. Where a comment names no section, it is a judgement to be replaced by counts.
const (
	asked    = 60.0 // a repair that the server's own words describe
	guessed  = 20.0 // one of several ways to satisfy the server
	unwanted = 60.0 // remove what the server does not know
	optional = 1.0  // leave out something that may be optional
)

// For returns the candidates, best first, no two of them alike.
func For(x *element.Index, ev []diagnose.Evidence, hits []diagnose.Hit, opt Options) []diagnose.Edit {
	g := &generator{x: x, opt: opt, named: map[diagnose.ElementID]float64{}, causes: map[diagnose.CauseID]float64{}}
	for _, e := range ev {
		ratio := max(1, e.Ratio)
		if e.Element != "" {
			g.named[e.Element] = max(g.named[e.Element], ratio)
		} else if e.Cause != "" {
			g.causes[e.Cause] = max(g.causes[e.Cause], ratio)
		}
	}
	for _, e := range ev {
		g.server(e)
	}
	for _, h := range hits {
		for _, e := range h.Edits {
			g.lint(e)
		}
	}
	g.transforms()
	g.pairs()
	g.deletions()
	return g.sorted()
}

// generator collects candidates.
type generator struct {
	x      *element.Index
	opt    Options
	named  map[diagnose.ElementID]float64 // likelihood ratio of elements that the server names
	causes map[diagnose.CauseID]float64   // and of causes that it speaks for without an element
	edits  []diagnose.Edit
	at     map[diagnose.ElementID][]int // the edits of an element, by their place in edits

	namesakes map[string]namesake           // made when it is first asked for
	manner    *manner                       // made when it is first asked for
	rows      map[string][]diagnose.Element // of lists, made when it is first asked for
	joints    map[string]joinery            // made when it is first asked for
	places    []Place                       // what could be tried, made on first use
}

// put adds a candidate; one that is there already keeps the larger weight, the smaller harm and the better source.
func (g *generator) put(e diagnose.Edit) {
	for _, i := range g.at[e.Element] {
		if o := &g.edits[i]; o.Op == e.Op && reflect.DeepEqual(o.To, e.To) {
			o.Weight, o.Harm = max(o.Weight, e.Weight), min(o.Harm, e.Harm)
			return
		}
	}
	if g.idle(e) {
		return
	}
	if g.at == nil {
		g.at = map[diagnose.ElementID][]int{}
	}
	g.at[e.Element] = append(g.at[e.Element], len(g.edits))
	g.edits = append(g.edits, e)
}

// idle reports whether an edit changes nothing on the wire, or what no server objects to. A query value may be the same and its encoding not.
func (g *generator) idle(e diagnose.Edit) bool {
	el, ok := g.x.Get(e.Element)
	switch {
	case g.x.Enveloped(e.Element):
		return true
	case e.Op == diagnose.Set && ok && el.Group == "query":
		r, err := element.Apply(g.x.Request, []diagnose.Edit{e})
		return err == nil && r.URL == g.x.Request.URL
	case e.Op == diagnose.Set && ok:
		if to, text := e.To.(string); text {
			return el.Value == to
		}
		return e.Element.Is("body") && string(element.Raw(e.To)) == el.Text
	case e.Op == diagnose.Remove:
		return !ok
	}
	return false
}

// lint adds an edit of a static check, lifted by what the server says about its element or its cause.
func (g *generator) lint(e diagnose.Edit) {
	if r, ok := g.named[e.Element]; ok {
		e.Weight *= r
	} else if r, ok := g.causes[e.Cause]; ok {
		e.Weight *= r
	}
	g.put(e)
}

// sorted returns the candidates by the chance that they are the fix for what it costs to try them (§9.2); equal ones by
// harm, then in the order of the request.
func (g *generator) sorted() []diagnose.Edit {
	place := map[diagnose.ElementID]int{}
	for i, e := range g.x.Elements {
		place[e.ID] = i + 1
	}
	total := 0.0
	for i := range g.edits {
		g.edits[i].Weight *= g.layer(g.edits[i])
		total += g.edits[i].Weight
	}
	worth := func(e diagnose.Edit) float64 {
		return e.Weight / cost(g.x.Request, e, e.Weight/total, g.opt.Side)
	}
	slices.SortStableFunc(g.edits, func(a, b diagnose.Edit) int {
		return cmp.Or(cmp.Compare(worth(b), worth(a)), cmp.Compare(a.Harm, b.Harm), cmp.Compare(place[a.Element], place[b.Element]))
	})
	return g.edits
}

// outside is what a candidate keeps of its weight when the status speaks for another layer. The search lowers it
// further once a contrast probe has excluded the layer (§2 step 7: 0.02).
const outside = .2

// layers are the groups of elements that a status speaks for (RFC 9110 §15).
var layers = map[int][]string{
	401: {"auth", "header", "cookie", "query"}, 403: {"auth", "header", "cookie", "url", "method"}, 404: {"url", "method", "query", "auth", "header"},
	405: {"method", "url"}, 406: {"header"}, 411: {"header", "body"}, 412: {"header"}, 413: {"body"}, 414: {"url", "query"}, 415: {"header", "body"},
	416: {"header"}, 417: {"header"}, 421: {"header", "url"}, 426: {"header", "url", "http_version"}, 428: {"header"}, 431: {"header", "cookie", "auth"},
}

func (g *generator) layer(e diagnose.Edit) float64 {
	want, ok := layers[g.opt.Status]
	if !ok || g.named[e.Element] > 1 || e.Source == "server" {
		return 1
	}
	group, _, _ := strings.Cut(e.Element.Kind(), ".")
	if slices.Contains(want, group) {
		return 1
	}
	return outside
}
