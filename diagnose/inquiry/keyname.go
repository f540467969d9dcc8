package inquiry

import (
	"slices"

	"culprit/diagnose"
)

// keyNames are what most APIs call a key or a token in a query, commonest first, and in a field of its own, where one name
// is so common that the others are hardly worth a refused sign-in.
var keyNames = map[string][]string{
	"query":  {"api_key", "apikey", "apiKey", "api-key", "key", "access_token", "token"},
	"header": {"X-Api-Key"},
}

// keyNamesTried is how many of them are tried: each is a refused sign-in where servers count them (§11.6).
const keyNamesTried = 4

// otherName sends the only credential, a key in the query or in a field of its own that the server seems not to see, under
// the other names that APIs have for it, those with the same letters first: its value stays, and so does the server that
// it goes to.
func (d *detective) otherName() progress {
	var key diagnose.Element
	for _, e := range d.scene.index.Elements {
		switch {
		case !e.Secret:
		case key.ID != "" || keyNames[e.ID.Kind()] == nil:
			return nothing // which of them is meant is not known
		default:
			key = e
		}
	}
	if key.ID == "" {
		return nothing
	}
	own, known := key.ID.Name(), keyNames[key.ID.Kind()]
	names := slices.DeleteFunc(slices.Clone(known), func(n string) bool { return n == own })
	if len(names) == len(known) && !(key.ID.Is("header") && keyLike.MatchString(own)) && !slices.ContainsFunc(names, func(n string) bool { return bare(n) == bare(own) }) {
		return nothing // it is called like nothing that is a key
	}
	slices.SortStableFunc(names, func(a, b string) int {
		switch alike := bare(a) == bare(own); {
		case alike == (bare(b) == bare(own)):
			return 0
		case alike:
			return -1
		}
		return 1
	})
	tries := keyNamesTried
	if d.Production {
		tries = min(tries, d.Budget.Rejections-d.ladder.Rejected())
	}
	for _, name := range names[:max(0, min(tries, len(names)))] {
		edit := diagnose.Edit{Element: key.ID, Op: diagnose.Rename, To: name, Source: "transform", Cause: "credentials_in_wrong_place", Weight: 10, Why: "the key under another name that APIs have for it"}
		if p := d.mend(edit); p != nothing {
			return p
		}
	}
	return nothing
}
