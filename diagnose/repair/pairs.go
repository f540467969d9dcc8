package repair

import (
	"slices"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
)

// rivals are names for one thing: APIs take one of them, and many refuse two.
var rivals = [][]string{
	{"page", "offset", "cursor", "skip", "start_index", "page_token", "starting_after"}, {"limit", "per_page", "page_size", "max_results"},
	{"zip", "zip_code", "postal_code", "post_code", "postcode"}, {"phone", "phone_number", "telephone"}, {"email", "e_mail", "email_address"},
	{"country", "country_code"}, {"currency", "currency_code"}, {"lang", "language", "locale"}, {"amount", "amount_cents"},
	{"q", "query", "search"}, {"sort", "sort_by", "order_by"}, {"token", "access_token"},
}

// Weights of dropping one of two rivals (§8: 8, harm .2): the later one was probably added.
const (
	dropLater   = 8.0
	dropEarlier = 4.0
)

// pairs proposes to leave out one of two elements of the same place that mean the same.
func (g *generator) pairs() {
	type seen struct {
		place diagnose.ElementID
		set   int
	}
	first := map[seen]diagnose.Element{}
	for _, e := range g.x.Elements {
		kind, ok := element.Kind(e)
		if !ok || kind != "body" && kind != "form" && kind != "query" || e.ID.IsItem() {
			continue
		}
		name := habit.Snake.Of(lastName(e.ID))
		at := slices.IndexFunc(rivals, func(names []string) bool { return slices.Contains(names, name) })
		if at < 0 {
			continue
		}
		key := seen{e.ID.Place(), at}
		other, twice := first[key]
		if !twice {
			first[key] = e
			continue
		}
		if lastName(other.ID) == lastName(e.ID) {
			continue // the same name twice is another matter
		}
		for _, d := range []struct {
			id     diagnose.ElementID
			weight float64
		}{{e.ID, dropLater}, {other.ID, dropEarlier}} {
			g.transform(edit(d.id, diagnose.Remove, nil, .2, "two names for one thing"), "interacting_parameters", d.weight)
		}
	}
}
