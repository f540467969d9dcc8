package repair

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// transforms adds what is worth a try without any sign: other spellings of words, types and dates, and other paths
// where the status speaks of the path.
func (g *generator) transforms() {
	for _, e := range g.x.Elements {
		kind, ok := element.Kind(e)
		switch {
		case kind == "header" && !e.Default && slices.Contains(habit.Words(lastName(e.ID)), "version"):
			g.otherVersions(e)
		case ok && !e.Secret && (kind == "body" || kind == "query" || kind == "form"):
			g.value(e, kind)
		case e.ID == "url.path":
			g.paths(e.Text)
		case e.ID == "body":
			g.ofOne()
			g.prose()
		case e.ID == "auth" || e.Secret && (strings.HasPrefix(e.Group, "header") || e.Group == "query"):
			g.otherPlaces(e)
		case e.ID == "method" && (g.opt.Status == 404 || g.opt.Status == 405):
			g.otherMethods(e.Text)
		case e.ID == "header:Accept" && !e.Default && e.Text != "*/*":
			w := 2.0
			if g.opt.Status == 406 {
				w = 25
			}
			g.transform(edit("header:Accept", diagnose.Set, "*/*", .01, "accept any type"), "not_acceptable", w)
		}
	}
	if t := sniff(g.x); t != "" && (g.opt.Status == 415 || g.opt.Status == 406 && acceptsAll(g.x)) {
		g.transform(edit("header:Content-Type", diagnose.Set, t, .02, "the type that the body looks like"), "unsupported_media_type", 30)
	}
}

// ofOne takes the object out of a list that holds nothing else: batches are lists, and most operations take one thing.
func (g *generator) ofOne() {
	if root, src := g.x.JSON(); root != nil && root.Kind == jsontext.Array && len(root.Children) == 1 && root.Children[0].Kind == jsontext.Object {
		n := root.Children[0]
		g.transform(edit("body", diagnose.Set, src[n.Start:n.End], .9, "the one object without the list around it"), typeCauseID, 3)
	}
}

// acceptsAll reports a request that takes whatever the server has: a 406 is about the type of its body then.
func acceptsAll(x *element.Index) bool {
	e, ok := x.Get("header:Accept")
	return !ok || strings.TrimSpace(e.Text) == "*/*"
}

// otherVersions tries the versions beside the one that a header names, the newer first.
func (g *generator) otherVersions(e diagnose.Element) {
	text, prefix := e.Text, ""
	if strings.HasPrefix(text, "v") || strings.HasPrefix(text, "V") {
		prefix, text = text[:1], text[1:]
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 99 {
		return
	}
	for i, v := range []int{n + 1, n - 1} {
		if v > 0 {
			g.transform(edit(e.ID, diagnose.Set, prefix+strconv.Itoa(v), .3, "another version"), "wrong_api_version", 6/float64(i+1))
		}
	}
}

func (g *generator) transform(e diagnose.Edit, cause diagnose.CauseID, weight float64) {
	e.Source, e.Cause = "transform", cause
	e.Weight = weight * max(1, g.named[e.Element]/4) // the server named it: any change of it is worth more
	g.put(e)
}

func valueCause(kind, body string) diagnose.CauseID {
	if kind == "query" {
		return "invalid_request_parameter"
	}
	return diagnose.CauseID("invalid_body_property_" + body)
}

// value adds other spellings of one value.
func (g *generator) value(el diagnose.Element, place string) {
	name := lastName(el.ID)
	k := habit.Of(name)
	set := func(v any, weight, harm float64, what, why string) {
		g.transform(edit(el.ID, diagnose.Set, g.dressed(el.ID, v), harm, why), valueCause(place, what), weight)
	}
	switch v := el.Value.(type) {
	case string:
		if v == "" || el.Secret {
			return
		}
		g.text(el, v, k, place, set)
	case json.Number:
		if place == "body" {
			w := 1.0
			if k == habit.ID || k.Digits() {
				w = 6
			}
			set(v.String(), w, .9, "type", "as text")
			if k == habit.ID {
				set(anyUUID, 2, .5, "format", "a UUID")
			}
			if k.Moment() {
				for i, f := range k.Forms(v, g.opt.Now) {
					set(f.Value, 8*f.Odds/float64(i+1), .3, "type", f.Why)
				}
			}
		}
		if f, err := v.Float64(); err == nil && f <= 0 && !k.Whole() {
			set(json.Number("1"), 1.5, .5, "value", "above zero")
		}
	case bool:
		set(!v, .3, .5, "value", "the opposite")
	}
	if place == "body" && k == habit.List && !strings.HasPrefix(el.Text, "[") && !el.ID.IsItem() {
		set(json.RawMessage("["+rawOf(el)+"]"), 4, .3, "type", "as a list")
	}
}

// text adds other spellings of a text.
func (g *generator) text(el diagnose.Element, v string, k habit.Kind, place string, set func(v any, weight, harm float64, what, why string)) {
	name := lastName(el.ID)
	if listed(el.ID) {
		grants := []string{"client_credentials", "authorization_code", "refresh_token", "password"}
		for i, to := range append(nearest(v, grants), grants...) {
			if slices.Contains(grants, v) {
				break // it is one, and the others are other requests
			}
			set(to, 8/float64(i+1), .3, "value", "a grant of RFC 6749")
		}
	}
	if k == habit.Word || k == habit.Order || wordLike(name, v) {
		g.spellings(el, v, k, set)
	}
	if at := strings.IndexByte(v, '#'); at > 0 && callback.MatchString(name) {
		set(v[:at], 14, .05, "value", "a redirect URI without a fragment (RFC 6749 §3.1.2)")
	}
	if domain.MatchString(name) && hostname.MatchString(v) {
		set(v+".", 3, .4, "format", "with the dot of the root at its end, as zones write names (RFC 1034 §3.1)")
	}
	if k == habit.ID && place == "query" && digitsOnly.MatchString(v) {
		set(anyUUID, 2, .5, "format", "a UUID")
	}
	if k == habit.ID && place == "body" && !habit.UUIDLike(v) && !digitsOnly.MatchString(v) {
		set(json.Number("1"), 4, .5, "type", "a number, as most identifiers are")
	}
	if n, ok := habit.Number(v); ok && place == "body" && n.String() == v {
		set(n, .5, .9, "type", "as a number")
	}
	if k.Moment() {
		for i, f := range k.Forms(v, g.opt.Now) {
			if i < 3 {
				set(f.Value, 2*f.Odds/float64(i+1), .3, "format", f.Why)
			}
		}
	}
}

var (
	callback = lazyre.New(`(?i)redirect|callback|return_?ur[il]`)
	domain   = lazyre.New(`(?i)^(domain|zone|fqdn|cname|ns)(_?name)?$`)
	hostname = lazyre.New(`(?i)^([a-z0-9_-]+\.)+[a-z]{2,24}$`)
)

func nearest(v string, options []string) []string {
	if n := habit.Nearest(v, options); n != "" {
		return []string{n}
	}
	return nil
}

// spellings are the other ways to write a fixed word (§8: 10 in another case, 2 otherwise), and for the commonest
// names the words that APIs use most.
func (g *generator) spellings(el diagnose.Element, v string, k habit.Kind, set func(any, float64, float64, string, string)) {
	for i, s := range synonyms(v) {
		set(s, 5/float64(i+1), .5, "value", "another word for it")
	}
	for i, c := range habit.Cases(v) {
		w := 2.0
		if i < 2 && k == habit.Word {
			w = 10 / float64(i+1)
			if habit.Known(v) && v == strings.ToLower(v) {
				w = 3
			}
		} else if i == 0 && c == strings.ToLower(v) {
			w = 6 // capitals in a choice that most APIs write in lower case
		}
		if i < 4 {
			set(c, w, .5, "value", "the word in another case")
		}
	}
	if k != habit.Word {
		return
	}
	weight := 6.0
	if habit.Known(v) {
		weight = 3
	}
	common := words()[lastWord(lastName(el.ID))]
	for i, c := range common[:min(3, len(common))] {
		set(c, weight/float64(i+1), .5, "value", "a word that APIs use here")
	}
}

func lastWord(name string) string {
	w := habit.Words(name)
	if len(w) == 0 {
		return ""
	}
	return w[len(w)-1]
}

// wordLike reports whether a value is probably one of a fixed set: its name speaks of a choice.
func wordLike(name, v string) bool {
	if len(v) > 32 || len(habit.Words(v)) > 3 {
		return false
	}
	switch lastWord(name) {
	case "type", "kind", "method", "mode", "category", "unit", "format", "sort", "scope", "plan", "tier", "channel", "size", "color", "source", "reason", "action":
		return true
	}
	return false
}

// otherPlaces sends the credential where other APIs look for it, on 401 and 403. It stays with its origin.
func (g *generator) otherPlaces(e diagnose.Element) {
	if s := g.opt.Status; s != 401 && s != 403 && (s != 400 || e.Group != "query" && e.Group != "auth") {
		return
	}
	const key, bearer = diagnose.ElementID("header:X-Api-Key"), diagnose.ElementID("auth")
	put := func(id diagnose.ElementID, op diagnose.Op, to string, weight float64) {
		if _, taken := g.x.Get(id); !taken {
			g.transform(edit(id, op, to, .1, "the credential where other APIs look for it"), "credentials_in_wrong_place", weight)
		}
	}
	value := e.Text
	if v, ok := strings.CutPrefix(value, "Bearer "); ok && e.ID == bearer {
		// A JWT is meant for Authorization; a plain key may well be meant for a header of its own.
		if strings.Count(v, ".") != 2 {
			put(key, diagnose.Add, strings.TrimSpace(v), 8)
		}
		return
	}
	if e.ID != bearer && !strings.ContainsAny(value, " \t") {
		if e.ID != key {
			put(key, diagnose.Add, value, 8)
		}
		put(bearer, diagnose.Set, "Bearer "+value, 6)
	}
}

// paths adds other paths where the status speaks of the path (§8: 12–60): a word without its slip, the slash at the end,
// singular and plural, mostly of the last word, the version.
func (g *generator) paths(path string) {
	s := g.opt.Status
	if s != 404 && s != 405 && (s < 300 || s > 308) {
		return
	}
	if len(path) > 1 {
		e := g.toggledSlash()
		g.transform(e, "trailing_slash", 12)
	}
	seg := strings.Split(strings.Trim(path, "/"), "/")
	last := len(seg) - 1
	for last > 0 && !plainWord(seg[last]) {
		last--
	}
	for i, w := range seg {
		put := func(to string, cause diagnose.CauseID, weight, harm float64, why string) {
			other := slices.Clone(seg)
			other[i] = to
			e := edit("url.path", diagnose.Set, "/"+strings.Join(other, "/"), harm, why)
			e.Widens = true
			g.transform(e, cause, weight)
		}
		switch {
		case version(w):
			if n := w[1] - '0'; n > 1 {
				put("v"+string('0'+n-1), "wrong_api_version", 6, .3, "the version before")
			}
			put("v"+string(w[1]+1), "wrong_api_version", 4, .3, "the next version")
		case plainWord(w):
			if low := strings.ToLower(w); low != w {
				put(low, "wrong_path", 15, .2, "in lower case")
			}
			switch right, near := habit.Respelled(w), habit.Nearest(w, resources); {
			case !g.x.Request.Safe(): // a write of another kind: whether that path is there is asked otherwise
			case right != "" && right != w:
				put(right, "wrong_path", 15, .2, withoutSlip)
			case near != "" && !known(w):
				put(near, "wrong_path", 10, .2, withoutSlip)
			}
			rare := 1.
			if i != last {
				rare = 3
			}
			if p, ok := strings.CutSuffix(w, "s"); ok && len(p) > 2 {
				put(p, "wrong_path", 3/rare, .3, "in the singular")
			} else if !ok && !prefix.MatchString(w) {
				put(w+"s", "wrong_path", 6/rare, .3, "in the plural")
			}
		}
	}
}

func version(w string) bool { return len(w) == 2 && w[0] == 'v' && w[1] >= '1' && w[1] < '9' }

func plainWord(w string) bool {
	return len(w) > 2 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == ""
}

func (g *generator) toggledSlash() diagnose.Edit {
	p, _ := g.x.Get("url.path")
	to := p.Text + "/"
	if strings.HasSuffix(p.Text, "/") {
		to = strings.TrimRight(p.Text, "/")
	}
	e := edit("url.path", diagnose.Set, to, .1, "with the slash at the end toggled")
	e.Cause = "trailing_slash"
	return e
}

// otherMethods adds the methods that are mixed up most, when the server does not say which it allows: a path that
// ends with a word is a collection, which takes POST, one that ends with an id is an item.
func (g *generator) otherMethods(m string) {
	p, _ := g.x.Get("url.path")
	end := strings.TrimRight(p.Text, "/")
	collection := plainWord(end[strings.LastIndexByte(end, '/')+1:])
	order := map[string][]string{"PUT": {"PATCH", "POST"}, "PATCH": {"PUT", "POST"}, "POST": {"PUT", "PATCH", "GET"}, "GET": {"POST"}}[m]
	if collection {
		order = map[string][]string{"PUT": {"POST", "PATCH"}, "PATCH": {"POST", "PUT"}, "POST": {"GET", "PUT"}, "GET": {"POST"}, "DELETE": {"POST"}}[m]
	}
	weight := 5.0
	if g.opt.Status == 405 {
		weight = 20 // the status names the method; 12 is the slash, see paths
	}
	for i, to := range order {
		e := edit("method", diagnose.Set, to, .5, "a method that is often meant")
		e.Widens = true
		g.transform(e, "method_not_allowed", weight/float64(i+1))
	}
}
