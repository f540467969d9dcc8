package lint

import (
	"encoding/json"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
)

// checkItems compares the objects of a list with each other: one whose member has another type, or lacks a
// member that all others have, is probably the one at fault (B11).
func checkItems(s *scan, r rule) {
	if s.root == nil {
		return
	}
	s.root.Walk(func(p string, n *jsontext.Node) bool {
		if n.Kind != jsontext.Array || len(n.Children) < 2 || len(n.Children) > 1000 {
			return true
		}
		s.oddType(r, p, n)
		s.oddKeys(r, p, n)
		return true
	})
}

// oddType reports the members whose type differs from that of the same member in the other items.
func (s *scan) oddType(r rule, p string, list *jsontext.Node) {
	kinds := map[string]map[jsontext.Kind][]int{}
	var keys []string
	for i, item := range list.Children {
		if item.Kind != jsontext.Object {
			continue
		}
		for _, c := range item.Children {
			if kinds[c.Key] == nil {
				kinds[c.Key] = map[jsontext.Kind][]int{}
				keys = append(keys, c.Key)
			}
			kinds[c.Key][c.Kind] = append(kinds[c.Key][c.Kind], i)
		}
	}
	for _, key := range keys {
		k := kinds[key]
		delete(k, jsontext.Null)
		if len(k) != 2 {
			continue
		}
		var odd, usual jsontext.Kind
		for kind, at := range k {
			if len(at) == 1 {
				odd = kind
			} else {
				usual = kind
			}
		}
		if odd == 0 || usual == 0 {
			continue
		}
		item := list.Children[k[odd][0]].Child(key)
		id := diagnose.ID("body", p).Child(itoa(k[odd][0])).Child(key)
		s.hit(r.at(60), id, "invalid_body_property_type", "The other items have a "+usual.String()+" here, this one a "+odd.String()+".", s.coerce(id, s.src[item.Start:item.End], odd, usual)...)
	}
}

// coerce turns a value into one of another type, where that is plain.
func (s *scan) coerce(id diagnose.ElementID, text string, from, to jsontext.Kind) []diagnose.Edit {
	v := text
	if from == jsontext.String {
		v = jsontext.Unquote([]byte(text))
	}
	switch {
	case from == jsontext.String && to == jsontext.Number:
		if n, ok := habit.Number(v); ok {
			return []diagnose.Edit{set(id, n, .05)}
		}
		return []diagnose.Edit{because(set(id, habit.Of(nameOf(id)).Example(s.f.Now), .3), "a usual value")}
	case from == jsontext.String && to == jsontext.Bool:
		if b := habit.Truth(v); b != nil {
			return []diagnose.Edit{set(id, *b, .05)}
		}
	case from == jsontext.Number && to == jsontext.Bool && (v == "0" || v == "1"):
		return []diagnose.Edit{set(id, v == "1", .05)}
	case to == jsontext.String && (from == jsontext.Number || from == jsontext.Bool):
		return []diagnose.Edit{set(id, v, .05)}
	case to == jsontext.Array:
		return []diagnose.Edit{set(id, json.RawMessage("["+text+"]"), .05)}
	case from == jsontext.Array && to != jsontext.Object:
		var items []json.RawMessage
		if json.Unmarshal([]byte(text), &items) == nil && len(items) == 1 {
			return []diagnose.Edit{set(id, items[0], .1)}
		}
	}
	return nil
}

// oddKeys reports a member that every item but one has, and the one key that stands in its place.
func (s *scan) oddKeys(r rule, p string, list *jsontext.Node) {
	if len(list.Children) < 3 {
		return
	}
	has := map[string][]int{}
	var keys []string
	for i, item := range list.Children {
		if item.Kind != jsontext.Object {
			return
		}
		for _, c := range item.Children {
			if len(has[c.Key]) == 0 {
				keys = append(keys, c.Key)
			}
			if !slices.Contains(has[c.Key], i) {
				has[c.Key] = append(has[c.Key], i)
			}
		}
	}
	for _, key := range keys {
		if len(has[key]) != len(list.Children)-1 {
			continue
		}
		missing := 0
		for slices.Contains(has[key], missing) {
			missing++
		}
		item := diagnose.ID("body", p).Child(itoa(missing))
		renamed := false
		for _, other := range keys {
			if len(has[other]) != 1 || has[other][0] != missing {
				continue
			}
			// A key of its own in place of the absent one: a synonym, when it is no slip.
			odds := 25.0
			if habit.Distance(other, key) <= 2 || sameWords(other, key) {
				odds = 60
			}
			if s.sameType(list.Children[missing].Child(other), list.Children[has[key][0]].Child(key)) {
				renamed = true
				id := item.Child(other)
				s.hit(r.at(odds), id, "unexpected_body_property", "The other items spell this key in another way.", rename(id, key, .05))
			}
		}
		if !renamed {
			donor := list.Children[has[key][0]].Child(key)
			id := item.Child(key)
			s.hit(r.at(15), id, "missing_body_property", "All other items have this member.", add(id, json.RawMessage(s.src[donor.Start:donor.End]), .05))
		}
	}
}

func (s *scan) sameType(a, b *jsontext.Node) bool { return a != nil && b != nil && a.Kind == b.Kind }

func abs(n int) int { return max(n, -n) }

func sameWords(a, b string) bool {
	return habit.Flat.Of(a) == habit.Flat.Of(b)
}

// checkKeyCase is B12: a key in another case than the most of its body. Of two keys in two cases either may be the odd one.
func checkKeyCase(s *scan, r rule) {
	if s.root == nil {
		return
	}
	styles := map[habit.Case][]diagnose.ElementID{}
	total := 0
	s.root.Walk(func(p string, n *jsontext.Node) bool {
		if n.KeyEnd > 0 {
			if style := habit.CaseOf(n.Key); style != habit.Flat && strings.ToUpper(n.Key) != n.Key { // in capitals it is the name of a constant
				styles[style] = append(styles[style], diagnose.ID("body", p))
				total++
			}
		}
		return true
	})
	for _, style := range []habit.Case{habit.Snake, habit.Camel, habit.Pascal, habit.Kebab} {
		n := len(styles[style])
		even := n == 1 && total == 2
		if !even && (n < 2 || n*10 < total*6 || n == total) {
			continue
		}
		odds, why := r.odds, "The key is not written in "+string(style)+" case as the most others are."
		switch {
		case even:
			odds, why = 20, "The key is not written in "+string(style)+" case as the other one is."
		case total-n > 2 || n < 3:
			odds = 8 // two habits in one API
		}
		for _, other := range []habit.Case{habit.Snake, habit.Camel, habit.Pascal, habit.Kebab} {
			for _, id := range styles[other] {
				key := nameOf(id)
				if other == style || !wordyKey(key) {
					continue
				}
				s.hit(r.at(odds), id, "unexpected_body_property", why, rename(id, style.Of(key), .1))
			}
		}
	}
}

func wordyKey(key string) bool { return word.MatchString(key) || camel(key) }

func camel(key string) bool {
	return len(key) > 2 && len(habit.Words(key)) <= 6 && strings.Trim(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-0123456789") == ""
}

// known are keys that many APIs have, for slips in the spelling. Short ones are left out: too near to others.
var known = strings.Fields(`quantity description password username address address1 currency customer customer_id product product_id category status title
 firstName first_name lastName last_name phone_number phoneNumber postal_code postalCode country language timezone birthday metadata shipping billing
 payment discount priority attributes created_at updated_at createdAt updatedAt start_date end_date startDate endDate recipient subject message content
 enabled visibility permissions reference external_id callback_url redirect_uri client_id client_secret grant_type unit_price unitPrice total_amount totalAmount
 labels amount number street comment summary details author company website version private latitude longitude assignee organization department position salary available duration frequency template variables operationName`)

// checkKeys is B13: a key with a space at its edge or one slip away from a known one.
func checkKeys(s *scan, r rule) {
	if s.root == nil {
		return
	}
	slips, cleaned := memo(knownKey), memo(func(key string) string { return strings.TrimSpace(visible(key)) })
	s.root.Walk(func(p string, n *jsontext.Node) bool {
		if n.KeyEnd == 0 {
			return true
		}
		clean, to := cleaned(n.Key), slips(n.Key)
		if clean == n.Key && n.Key != "" && to == "" {
			return true
		}
		id := diagnose.ID("body", p)
		switch {
		case clean != n.Key && clean != "":
			s.hit(r, id, "unexpected_body_property", "There is white space or an invisible character at the edge of a key.", rename(id, clean, .01))
		case n.Key == "":
			s.hit(r.at(20), id, "unexpected_body_property", "A key is empty.", remove(id, .05))
		case to != "":
			s.hit(r.at(25), id, "unexpected_body_property", "The key is one slip away from "+to+".", rename(id, to, .1))
		}
		return true
	})
}

// leastKey is the length from which a key is told from a known one: shorter ones lie too near to each other.
const leastKey = 6

// knownKey is the known key that lies one slip from another one; "" when none does, or it is known itself.
func knownKey(key string) string {
	if len(key) < leastKey || slices.Contains(known, key) || slices.Contains(meaningful, key) {
		return ""
	}
	for _, k := range known {
		if len(k) >= leastKey && abs(len(key)-len(k)) <= 1 && habit.Distance(key, k) == 1 && !strings.EqualFold(key+"s", k) && !strings.EqualFold(k+"s", key) &&
			!numbered(key, k) && habit.Flat.Of(key) != habit.Flat.Of(k) {
			return k
		}
	}
	return ""
}

// numbered reports whether two keys differ in a digit at the end: address1, address2.
func numbered(a, b string) bool {
	return strings.TrimRight(a, "0123456789") == strings.TrimRight(b, "0123456789")
}

// checkReadOnly is B15: what a server makes itself and often refuses to be told.
func checkReadOnly(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	for _, key := range []string{"id", "_id", "created_at", "updated_at", "createdAt", "updatedAt", "_links", "href", "self", "etag", "_rev", "__v", "deleted_at"} {
		id := diagnose.ID("body", "/"+key)
		if _, ok := s.x.Get(id); !ok {
			continue
		}
		odds := r.odds
		if s.method() != "POST" || key == "id" && s.method() == "POST" {
			odds = 6
		}
		s.hit(r.at(odds), id, "unexpected_body_property", "The server usually makes this member itself.", weigh(remove(id, .1), odds))
	}
}

// checkSiblingBodies compares with requests to the same path and method: type, spelling, extra and absent keys (B8, B11, B13, B14).
func checkSiblingBodies(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	for _, x := range s.same { // what is different from a request that passed, the search finds by itself
		other, src := x.JSON()
		if other == nil || x.Request.Method != s.r.Method || !samePath(x, s.x) || src == s.src {
			continue
		}
		s.compare(r, "", s.root, other, src)
		return
	}
}

func samePath(a, b *element.Index) bool {
	p, q := strings.Split(pathOf(a), "/"), strings.Split(pathOf(b), "/")
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if p[i] != q[i] && word.MatchString(p[i]) {
			return false
		}
	}
	return true
}

func (s *scan) compare(r rule, p string, mine, theirs *jsontext.Node, src string) {
	if mine.Kind != jsontext.Object || theirs.Kind != jsontext.Object {
		return
	}
	var free []string
	for _, c := range theirs.Children {
		if mine.Child(c.Key) == nil {
			free = append(free, c.Key)
		}
	}
	for _, c := range mine.Children {
		at := p + "/" + jsontext.Token(c.Key)
		id := diagnose.ID("body", at)
		o := theirs.Child(c.Key)
		switch {
		case o == nil:
			if near := habit.Nearest(c.Key, free); near != "" {
				s.hit(r.at(60), id, "unexpected_body_property", "Another request to this endpoint spells the key "+near+".", rename(id, near, .05))
			} else {
				s.hit(r, id, "unexpected_body_property", "Another request to this endpoint does not send this member.", remove(id, .05))
			}
		case o.Kind != c.Kind && o.Kind != jsontext.Null && c.Kind != jsontext.Null:
			s.hit(r.at(40), id, "invalid_body_property_type", "Another request to this endpoint sends a "+o.Kind.String()+" here, this one a "+c.Kind.String()+".", s.coerce(id, s.src[c.Start:c.End], c.Kind, o.Kind)...)
		case c.Kind == jsontext.String && habit.Of(c.Key) == habit.Word:
			a, b := jsontext.Unquote([]byte(s.src[c.Start:c.End])), jsontext.Unquote([]byte(src[o.Start:o.End]))
			if a != b && sameWords(a, b) {
				s.hit(r.at(20), id, "invalid_body_property_value", "Another request to this endpoint writes the word in another case.", set(id, b, .1))
			}
		default:
			s.compare(r, at, c, o, src)
		}
	}
	for _, key := range free {
		id := diagnose.ID("body", p).Child(key)
		o := theirs.Child(key)
		e := add(id, json.RawMessage(src[o.Start:o.End]), .05)
		e.Source = "sibling"
		s.hit(r.at(10), id, "missing_body_property", "Another request to this endpoint sends this member.", e)
	}
}
