package lint

import (
	"encoding/json"
	"math"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// meaningRules compare values with each other or with a rule that every server of the kind has.
func meaningRules() []rule {
	return []rule{{"C11", 60, checkScopes}, {"C19", 30, checkGrant}, {"B21", 40, checkConfirmation}, {"B21", 10, checkTotals}, {"B9", 25, checkMinorUnits}, {"N10", 25, checkFlatNames},
		{"N11", 25, checkCheckDigits}, {"N12", 40, checkCallbacks}, {"N13", 35, checkSwapped}}
}

var confirmation = lazyre.New(`(?i)^(.+?)[_-]?(confirmation|confirm|repeat|again|verify)$|^(?:confirm|repeat|verify)[_-]?(.+)$`)

// checkConfirmation is the part of B21 about values that are entered twice.
func checkConfirmation(s *scan, r rule) {
	if len(s.members()) > maxBounded {
		return
	}
	for _, m := range s.members() {
		p := confirmation.FindStringSubmatch(m.name)
		v, isText := m.Value.(string)
		if p == nil || !isText {
			continue
		}
		base := strings.ToLower(p[1] + p[2] + p[3])
		for _, o := range s.members() {
			text, ok := o.Value.(string)
			if ok && o.ID != m.ID && o.ID.Place() == m.ID.Place() && text != v && (strings.EqualFold(o.name, p[1]) || p[3] != "" && strings.EqualFold(o.name, p[3])) && base != "" {
				s.hit(r, m.ID, "interacting_parameters", "The value and its repetition differ.", set(m.ID, text, .05))
			}
		}
	}
}

// minor reports names of amounts in the smallest unit: amount_cents, amountMinor.
func minor(name string) bool {
	w := habit.Words(name)
	if len(w) < 2 {
		return false
	}
	last := w[len(w)-1]
	return last == "cents" || last == "pence" || last == "minor" || last == "units" && w[len(w)-2] == "minor"
}

// checkMinorUnits is the part of B9 about money: an amount in the smallest unit is a whole number.
func checkMinorUnits(s *scan, r rule) {
	for _, m := range s.members() {
		n, ok := m.Value.(json.Number)
		if !ok || !minor(m.name) {
			continue
		}
		if f, err := n.Float64(); err == nil && f != math.Trunc(f) {
			s.hit(r, m.ID, "invalid_body_property_type", "An amount in the smallest unit has no fraction.",
				because(set(m.ID, json.Number(strconv.FormatFloat(math.Round(f*100), 'f', -1, 64)), .1), "times a hundred"))
		}
	}
}

var flat = lazyre.New(`^([A-Za-z_]\w*)(?:\[([A-Za-z_]\w*)\])+$`)

// checkFlatNames is N10: the names of a form in JSON, a[b] for b in a.
func checkFlatNames(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	for _, c := range s.root.Children {
		m := flat.FindStringSubmatch(c.Key)
		if m == nil || strings.Count(c.Key, "[") != 1 || s.root.Child(m[1]) != nil {
			continue
		}
		var inner, rest []string
		for _, o := range s.root.Children {
			v := s.src[o.Start:o.End]
			if n := flat.FindStringSubmatch(o.Key); n != nil && n[1] == m[1] && strings.Count(o.Key, "[") == 1 {
				inner = append(inner, string(jsontext.Quote(n[2]))+":"+v)
			} else {
				rest = append(rest, string(jsontext.Quote(o.Key))+":"+v)
			}
		}
		rest = append(rest, string(jsontext.Quote(m[1]))+":{"+strings.Join(inner, ",")+"}")
		s.hit(r, diagnose.ID("body", "").Child(c.Key), "unexpected_body_property", "The key is written as in a form; JSON has an object in its place.", set("body", "{"+strings.Join(rest, ",")+"}", .2))
		return
	}
}

var callback = lazyre.New(`(?i)(callback|webhook|notify|notification|hook)[_-]?(url|uri|endpoint)?$|^(ipn|hook)_?url$`)

// checkCallbacks is N12, W1 from the sender's side: an address that the server is to call, and cannot.
func checkCallbacks(s *scan, r rule) {
	if s.private() || s.u.Host == "" {
		return // a server next to it may well reach it
	}
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || !callback.MatchString(m.name) {
			continue
		}
		u, err := url.Parse(v)
		if err != nil || u.Host == "" {
			continue
		}
		host := strings.ToLower(u.Hostname())
		a, err := netip.ParseAddr(host)
		if host == "localhost" || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal") || err == nil && (a.IsLoopback() || a.IsPrivate() || a.IsUnspecified()) {
			s.hit(r, m.ID, m.cause(habit.Range), "The server is to call an address that exists only here or in a private network.")
		}
	}
}

// checkSwapped is N13: latitude and longitude in the other order.
func checkSwapped(s *scan, r rule) {
	east := map[diagnose.ElementID]member{} // by place
	for _, m := range s.members() {
		if m.kind == habit.Lon {
			east[m.ID.Place()] = m
		}
	}
	for _, m := range s.members() {
		other, ok := east[m.ID.Place()]
		if m.kind != habit.Lat || !ok {
			continue
		}
		lat, err := strconv.ParseFloat(element.Plain(m.Value), 64)
		lon, err2 := strconv.ParseFloat(element.Plain(other.Value), 64)
		if err == nil && err2 == nil && math.Abs(lat) > 90 && math.Abs(lat) <= 180 && math.Abs(lon) <= 90 {
			s.hit(r, m.ID, "interacting_parameters", "Latitude and longitude seem to be exchanged: a latitude lies between -90 and 90.")
		}
	}
}
