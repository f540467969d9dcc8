package lint

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// misnamedRules are names, and choices, that are hardly what the maker of an API called them. Their odds come from the
// operations of 400 public APIs: of 3,200 names that were right one in ninety lay a slip from a usual word.
func misnamedRules() []rule {
	return []rule{{"N26", 30, checkMisspelt}, {"N27", 25, checkCapitals}, {"N28", 12, checkNumber}, {"N29", 20, checkChoices}, {"N30", 12, checkLoneItems}, {"N31", 8, checkJoints}, {"N32", 20, checkFieldJoints}, {"N33", 6, checkGlued}, {"N34", 8, checkWrapped}}
}

// checkMisspelt is N26: a name with a word that is one slip from one that APIs use.
func checkMisspelt(s *scan, r rule) {
	for _, k := range s.objects() {
		for _, name := range k.names {
			if to := s.respelled(name); to != "" && !slices.Contains(meaningful, name) && !slices.Contains(k.names, to) {
				s.hit(r, k.id(name), k.unexpected(), "The name is one slip away from "+to+".", rename(k.id(name), to, .1))
			}
		}
	}
	for _, h := range s.r.Header {
		if h.Default || slices.Contains(standard, h.Name) {
			continue
		}
		if to := habit.Respelled(h.Name); to != "" {
			id := diagnose.ID("header", http.CanonicalHeaderKey(h.Name))
			s.hit(r, id, "invalid_request_header", "The name is one slip away from "+to+".", rename(id, to, .1))
		}
	}
}

// memo is of, which is asked once for each text: the items of a list have the same names, ten thousand times.
func memo[T any](of func(string) T) func(string) T {
	seen := map[string]T{}
	return func(text string) T {
		v, known := seen[text]
		if !known {
			v = of(text)
			seen[text] = v
		}
		return v
	}
}

// checkCapitals is N27: one name with a capital where all others have none, or one without in an object of names that have
// one. Keys of the sender's choice are written as they are.
func checkCapitals(s *scan, r rule) {
	objects := s.objects()
	for _, kind := range []string{"body", "form", "query"} {
		var upper, lower []diagnose.ElementID
		beside := map[diagnose.ElementID]int{} // names with a capital, by the object they are in
		for _, k := range objects {
			if k.place.Kind() != kind {
				continue
			}
			for _, name := range k.names {
				switch {
				case name != "" && name[0] >= 'A' && name[0] <= 'Z' && strings.ToUpper(name) != name:
					upper = append(upper, k.id(name))
					beside[k.place]++
				case name != "" && name[0] >= 'a' && name[0] <= 'z':
					lower = append(lower, k.id(name))
				}
			}
		}
		odds := r.odds
		if len(lower) < 2 {
			odds /= 3 // of one or two names nothing is the habit
		}
		switch {
		case len(upper) == 1:
			id := upper[0]
			if kind == "body" && ofChoice.MatchString(nameOf(id.Parent())) {
				continue
			}
			s.hit(r.at(odds), id, keysOf{place: id}.unexpected(), "The name begins with a capital, as no other one does.", weigh(rename(id, habit.Camel.Of(lastKey(id)), .1), odds))
		case len(lower) == 1 && len(upper) > 2 && beside[lower[0].Place()] > 1:
			id := lower[0]
			s.hit(r, id, keysOf{place: id}.unexpected(), "All other names begin with a capital.", rename(id, habit.Pascal.Of(lastKey(id)), .1))
		}
	}
}

// ofChoice are names of objects whose keys are the sender's choice.
var ofChoice = lazyre.New(`(?i)^(headers|labels|annotations|tags|metadata|meta|env|environment|variables|vars|translations|mappings)$`)

// lastKey is the name of an element without its place.
func lastKey(id diagnose.ElementID) string {
	if id.Is("body") {
		return id.Last()
	}
	return id.Name()
}

// checkNumber is N28: a name in the plural for one text or one object, or in the singular for a list of several. A number
// below a plural counts what it names.
func checkNumber(s *scan, r rule) {
	for _, e := range s.x.Elements {
		if !e.ID.Is("body") && !e.ID.Is("query") && !e.ID.Is("form") || e.ID == "body" || e.ID.IsItem() {
			continue
		}
		name := lastKey(e.ID)
		v, text := e.Value.(string)
		raw, _ := e.Value.(json.RawMessage)
		one := strings.TrimSuffix(name, "s")
		switch w := habit.Words(name); {
		case len(w) == 0 || len(one) < 3:
		case one != name && !endsSo.MatchString(name) && text && !strings.ContainsAny(v, ",;|") && habit.Meant(strings.ToLower(one)) == "" && !uncounted.MatchString(w[len(w)-1]):
			s.hit(r, e.ID, keysOf{place: e.ID}.unexpected(), "The name is a plural, the value is one.", rename(e.ID, one, .2))
		case one != name && text && w[len(w)-1] == "ids" && v != "" && !strings.ContainsAny(v, ",;| "):
			s.hit(r.at(r.odds/3), e.ID, keysOf{place: e.ID}.unexpected(), "The name is a plural, the value is one.", weigh(rename(e.ID, one, .2), r.odds/3))
		case one != name && len(raw) > 2 && raw[0] == '{' && !endsSo.MatchString(name) && !uncounted.MatchString(w[len(w)-1]) && !mapped.MatchString(w[len(w)-1]):
			s.hit(r.at(r.odds/3), e.ID, keysOf{place: e.ID}.unexpected(), "The name is a plural, the value is one object.", weigh(rename(e.ID, one, .2), r.odds/3))
		case one == name && len(raw) > 2 && raw[0] == '[' && !uncounted.MatchString(w[len(w)-1]):
			s.hit(r.at(r.odds/3), e.ID, keysOf{place: e.ID}.unexpected(), "The name is a singular, the value a list.", weigh(rename(e.ID, name+"s", .2), r.odds/3))
		}
	}
}

// endsSo are names of one thing that end in s: class, virus, analysis, physics; and such of other languages.
var endsSo = lazyre.New(`(?i)(ss|us|is|ics|species|means|pays|cours|temps|corps|fils|sens|acces|proces|kurs|glas|preis)$`)

// uncounted are last words of names that end in s and hold one value, or in none and hold many.
var uncounted = lazyre.New(`^(status|address|news|series|canvas|class|access|notes|comments|details|terms|settings|options|preferences|params|headers|dims|dimensions|bonus|gps|sms|https|credentials|props|days|hours|minutes|seconds|units|points|has|is|this|business|basis|radius|analysis|radians|degrees|progress|process|success|focus|campus|dns|tls|css|js|ms|os|bus|gas|plus|canvas|lens|alias|bias|axis|meters|metres|results?|rows|pixels|bytes|bits|tokens|retries|words|ids|values|fields|adults|children|guests|rooms|stars|cents|places|includes?|expands?|data|content|history|list|set|array|batch|queue|range|bbox|geometry|polygon|cart|scope|sort|filter|order|by|path|schedule|vector|embedding|audience|whitelist|blacklist|allowlist|metadata|info|input|output|to|cc|bcc|from|in|body|matrix|shape|size|stop|all|any|and|or|not|match|query|inventory|contents|contains)$`)

// mapped are last words of names in the plural for one object that holds many: by their keys.
var mapped = lazyre.New(`^(labels|annotations|tags|properties|attributes|links|relationships|features|parameters|arguments|args|filters|conditions|rules|permissions|limits|totals|prices|rates|names|titles|translations|stats|metrics|resources|requests|flags|counts|weights|scores|extensions|overrides|defaults|claims|mappings|variables|vars|hooks|urls|definitions|schemas|components|aggregations|aggs|facets|vectors|roles|users|items|products|members|extras|environments|files|scripts|dependencies|contexts|answers|entries|keys|amounts|quantities|taxes|fees|costs|dates|times)$`)

// checkChoices is N29: a choice with a word that is one slip from one that APIs use.
func checkChoices(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || m.Secret || !choiceLike.MatchString(v) || textName(m.name) || textual(m.name) || m.kind != habit.Free && m.kind != habit.Word && m.kind != habit.Order && m.kind != habit.List {
			continue
		}
		if to := s.respelled(v); to != "" && !slices.Contains(meaningful, v) {
			s.hit(r, m.ID, m.cause(habit.Range), "The word is one slip away from "+to+".", set(m.ID, to, .1))
		}
	}
}

// choiceLike is a value of one to four words, as choices are written.
var choiceLike = lazyre.New(`^[A-Za-z]+(?:[_-][A-Za-z]+){0,3}$`)

// checkLoneItems is N30: one value as the only item of a list, under a name that promises one value; and a body that is
// such a list of one object.
func checkLoneItems(s *scan, r rule) {
	if s.root == nil {
		return
	}
	for _, e := range s.x.Elements {
		raw, list := e.Value.(json.RawMessage)
		if !list || !e.ID.Is("body") {
			continue
		}
		name := lastKey(e.ID)
		w := habit.Words(name)
		if e.ID == "body" || e.ID.IsItem() || len(w) == 0 || strings.HasSuffix(name, "s") && !strings.HasSuffix(name, "ss") || habit.Of(name) == habit.List || uncounted.MatchString(w[len(w)-1]) {
			continue
		}
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil || len(items) != 1 || len(items[0]) == 0 || items[0][0] == '[' {
			continue
		}
		object := items[0][0] == '{'
		odds := r.odds
		if object {
			odds *= .7
		}
		s.hit(r.at(odds), e.ID, "invalid_body_property_type", "The name promises one value, and here is a list of one.", weigh(set(e.ID, items[0], .2), odds))
	}
}

// checkWrapped is N34: an object of one text, or a list of several, under a name that promises one text. What has other
// languages in it, or conditions, is meant to be an object.
func checkWrapped(s *scan, r rule) {
	if s.root == nil {
		return
	}
	for _, e := range s.x.Elements {
		raw, container := e.Value.(json.RawMessage)
		name := lastKey(e.ID)
		if !container || !e.ID.Is("body") || e.ID == "body" || e.ID.IsItem() || !textName(name) && habit.Of(name) != habit.Email {
			continue
		}
		var object map[string]string
		var list []string
		switch {
		case json.Unmarshal(raw, &object) == nil && len(object) == 1:
			for key, v := range object {
				if len(key) <= 2 || strings.Contains(key, "-") || textual(name) && name != "description" {
					continue
				}
				s.hit(r, e.ID, "invalid_body_property_type", "The name promises a text, and here is an object of one.", weigh(set(e.ID, v, .2), r.odds))
			}
		case json.Unmarshal(raw, &list) == nil && len(list) > 1 && !ofChoice.MatchString(name):
			s.hit(r, e.ID, "invalid_body_property_type", "The name promises one text, and here is a list.", weigh(set(e.ID, strings.Join(list, ", "), .2), r.odds))
		}
	}
}

// checkJoints is N31: a name whose words are joined by hyphens, where no other name tells that they are: in bodies and forms
// hyphens are rare. A tag of a language has its own, and so have the names of header fields.
func checkJoints(s *scan, r rule) {
	for _, k := range s.objects() {
		if ofChoice.MatchString(nameOf(k.place.Parent())) || len(k.names) > 0 && k.id(k.names[0]).Is("query") && !joinedOtherwise(k.names) {
			continue
		}
		hyphened := slices.DeleteFunc(slices.Clone(k.names), func(n string) bool { return !strings.Contains(n, "-") || n == "api-version" }) // Microsoft's REST guidelines have it beside maxResults
		if len(hyphened) != 1 {
			continue
		}
		name, style := hyphened[0], habit.Snake
		if slices.ContainsFunc(k.names, func(n string) bool { return habit.CaseOf(n) == habit.Camel }) {
			style = habit.Camel
		}
		if to := style.Of(name); to != name && wordyKey(name) && !tagged.MatchString(name) {
			s.hit(r, k.id(name), k.unexpected(), "Hardly an API joins the words of a name by hyphens here.", rename(k.id(name), to, .2))
		}
	}
}

// joinedOtherwise reports names of which two at least are of several words, and none of these is joined by hyphens but one.
func joinedOtherwise(names []string) bool {
	joined := slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		return strings.Contains(n, "-") || !strings.Contains(n, "_") && habit.CaseOf(n) != habit.Camel
	})
	return len(joined) > 1
}

// checkFieldJoints is N32: a field of the header whose words are joined by capitals alone. Names of fields have no case
// (RFC 9110 §5.1): what is meant to be parted is parted by hyphens.
func checkFieldJoints(s *scan, r rule) {
	for _, h := range s.r.Header {
		if h.Default || !humped.MatchString(h.Name) {
			continue
		}
		id := diagnose.ID("header", http.CanonicalHeaderKey(h.Name))
		to := http.CanonicalHeaderKey(habit.Kebab.Of(h.Name))
		s.hit(r, id, "invalid_request_header", "The words of the name of a field are joined by hyphens.", rename(id, to, .2))
	}
}

// humped is a name of several words that only capitals part: contentLanguage, xApiKey, but not ETag or DNT.
var humped = lazyre.New(`^[a-z]+([A-Z][a-z]+)+$`)

// checkGlued is N33: a name of two words with nothing between them, the second one of those that end most names: imageurl,
// customerid. What is written so as one word in APIs is one.
func checkGlued(s *scan, r rule) {
	for _, k := range s.objects() {
		if ofChoice.MatchString(nameOf(k.place.Parent())) {
			continue
		}
		style := habit.Snake
		if slices.ContainsFunc(k.names, func(n string) bool { return habit.CaseOf(n) == habit.Camel }) {
			style = habit.Camel
		}
		for _, name := range k.names {
			m := runTogether.FindStringSubmatch(name)
			if m == nil || habit.Worded(name) || !habit.Worded(m[1]) {
				continue
			}
			if to := style.Join(m[1:]); !slices.Contains(k.names, to) {
				s.hit(r, k.id(name), k.unexpected(), "The name is two words with nothing between them.", weigh(rename(k.id(name), to, .3), r.odds))
			}
		}
	}
}

var runTogether = lazyre.New(`^([a-z]{4,})(url|uri|id|key)$`)

// tagged is a name that is the tag of a language: en-US, zh-Hant.
var tagged = lazyre.New(`^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)
