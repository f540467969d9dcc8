package lint

import (
	"encoding/json"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// lookRules are what a person sees who reads a request before sending it: one value that is not like those beside it, or
// not written as values of its kind are.
func lookRules() []rule {
	return []rule{{"N14", 40, checkTwins}, {"N15", 25, checkSlips}, {"N16", 12, checkMadeUp}, {"N17", 25, checkPrefixedZip}, {"N18", 10, checkNegative},
		{"N19", 20, checkSpelled}, {"N20", 20, checkDurations}, {"N21", 15, checkConsent}, {"N22", 40, checkNetworks}, {"N23", 30, checkSelectors}, {"N24", 15, checkParted}, {"N25", 25, checkNoWay}}
}

var numberedWord = lazyre.New(`^([a-z]+)[-_]?[0-9]+$`)

// checkMadeUp is N16: an identifier that is the name of its member with a number, as people write one who have none:
// driver-7 for a driverId. Where another one of the request is a UUID, that form is the likelier.
func checkMadeUp(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		p := numberedWord.FindStringSubmatch(v)
		if !ok || p == nil || m.kind != habit.ID && m.kind != habit.UUID && m.kind != habit.Free || !slices.Contains(m.words, p[1]) || textual(m.name) {
			continue
		}
		s.hit(r, m.ID, m.cause(habit.Format), "The value is the name of the member with a number: no form that identifiers have.",
			because(weigh(set(m.ID, habit.UUID.Example(s.f.Now), .3), r.odds), "a UUID"))
	}
}

var prefixedZip = lazyre.New(`^[A-Z]{1,2}-([0-9]{4,5})$`)

// checkPrefixedZip is N17: the sign of the country before the digits of a postal code, as letters had it until the nineties.
func checkPrefixedZip(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		if p := prefixedZip.FindStringSubmatch(v); p != nil && m.kind == habit.Zip {
			s.hit(r, m.ID, m.cause(habit.Format), "The country stands before the postal code.", because(set(m.ID, p[1], .05), "without the country"))
		}
	}
}

// signed are words in names whose numbers are below zero as often as above.
var signed = strings.Fields(`delta change diff difference balance adjustment correction temperature x y z dx dy shift offset gain score angle rotation tilt margin bias lat lon lng longitude latitude altitude elevation depth
 exponent timezone tz profit loss discount credit debit amount value threshold min max from to start end gte lte gt lt index position coordinate coordinates bbox points_change`)

// checkNegative is N18: a number below zero where the name says nothing of a sign. -1 often means no limit.
func checkNegative(s *scan, r rule) {
	for _, m := range s.members() {
		n, ok := m.Value.(json.Number)
		if !ok || m.kind != habit.Free && m.kind != habit.Measure || slices.ContainsFunc(m.words, func(w string) bool { return slices.Contains(signed, w) }) {
			continue
		}
		positive, below := strings.CutPrefix(n.String(), "-")
		if !below || m.ID.IsItem() {
			continue
		}
		odds := r.odds
		if positive == "1" {
			odds = 4
		}
		s.hit(r.at(odds), m.ID, m.cause(habit.Range), "The number is below zero.", because(weigh(set(m.ID, json.Number(positive), .2), odds), "without the sign"))
	}
}

// checkSpelled is N19: a number written as a word where an identifier or a size of the header belongs.
func checkSpelled(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		n, ok := habit.Numeral(v)
		if !ok || m.kind != habit.ID {
			continue
		}
		to := any(n)
		if m.loose {
			to = n.String()
		}
		s.hit(r, m.ID, m.cause(habit.Type), "The number is written as a word.", because(set(m.ID, to, .1), "the number in digits"))
	}
	for _, h := range s.r.Header {
		n, ok := habit.Spelled(h.Value)
		if id := diagnose.ID("header", http.CanonicalHeaderKey(h.Name)); ok && !h.Default && measures.MatchString(h.Name) {
			if e, found := s.x.Get(id); found {
				s.hit(r, e.ID, "invalid_request_header", "The number is written as a word.", because(set(e.ID, n.String(), .05), "the number in digits"))
			}
		}
	}
}

// measures are names of fields of the header that hold a number.
var measures = lazyre.New(`(?i)(^|-)(length|size|count|limit|offset|number|max|min|total|index|version|age|timeout)$`)

var durationWords = lazyre.New(`(?i)^([0-9]+|an?|one|two|five|ten)\s+(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)$`)

// spans are words of names whose value is a length of time.
var spans = strings.Fields(`window ttl timeout duration interval period lease expiry lifetime delay retention step every age horizon`)

// checkDurations is N20: a length of time in words. Most servers take 5m (Go), PT5M (ISO 8601) or a number of seconds.
func checkDurations(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		p := durationWords.FindStringSubmatch(v)
		if p == nil || !slices.ContainsFunc(m.words, func(w string) bool { return slices.Contains(spans, w) }) {
			continue
		}
		n, unit := 1, strings.ToLower(p[2][:1])
		if i, err := strconv.Atoi(p[1]); err == nil {
			n = i
		} else if w, ok := habit.Spelled(p[1]); ok {
			n, _ = strconv.Atoi(w.String())
		}
		iso := "PT" + itoa(n) + strings.ToUpper(unit)
		if unit == "d" {
			iso = "P" + itoa(n) + "D"
		}
		seconds := any(json.Number(itoa(n * map[string]int{"s": 1, "m": 60, "h": 3600, "d": 86400}[unit])))
		if m.loose {
			seconds = element.Plain(seconds)
		}
		if w := m.words; w[len(w)-1] == "duration" { // seldom a text
			bare := any(json.Number(itoa(n)))
			if m.loose {
				bare = itoa(n)
			}
			s.hit(r, m.ID, m.cause(habit.Type), "A length of time is written in words.", because(set(m.ID, bare, .1), "the number without its unit"), because(weigh(set(m.ID, seconds, .1), r.odds/2), "in seconds"))
			continue
		}
		s.hit(r, m.ID, m.cause(habit.Format), "A length of time is written in words.",
			because(set(m.ID, itoa(n)+unit, .1), "as Go writes it"), because(weigh(set(m.ID, seconds, .1), r.odds/2), "in seconds"), because(weigh(set(m.ID, iso, .1), r.odds/2), "as ISO 8601 writes it"))
	}
}

// checkConsent is N21: what has to be agreed to, and is not.
func checkConsent(s *scan, r rule) {
	for _, m := range s.members() {
		if b, ok := m.Value.(bool); ok && !b && habit.Consent(m.name) {
			s.hit(r, m.ID, m.cause(habit.Range), "Terms are not agreed to.", because(set(m.ID, true, .05), "what has to be agreed to"))
		}
	}
}

// checkNetworks is N22: a network whose prefix is longer than an address (RFC 4632 §3.1, RFC 4291 §2.3).
func checkNetworks(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		addr, bits, ok := strings.Cut(v, "/")
		ip, err := netip.ParseAddr(addr)
		if n, bad := strconv.Atoi(bits); !ok || err != nil || bad != nil || n <= ip.BitLen() {
			continue
		}
		to := addr + "/24"
		if ip.Is6() {
			to = addr + "/64"
		}
		s.hit(r, m.ID, m.cause(habit.Format), "The prefix of the network is longer than an address.", because(set(m.ID, to, .1), "a prefix that networks have"))
	}
}

var bareMatcher = lazyre.New(`([{,]\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*)([A-Za-z][\w.-]*)(\s*[,}])`)

// checkSelectors is N23: a selector of series or streams (PromQL, LogQL) without the quotes round the value of a label.
func checkSelectors(s *scan, r rule) {
	for _, m := range s.members() {
		v, _ := m.Value.(string)
		if w := m.words; len(w) == 0 || !slices.Contains([]string{"query", "expr", "match", "selector"}, w[len(w)-1]) || !strings.Contains(v, "{") {
			continue
		}
		to := v
		for range 2 { // neighbours share a comma, so that one pass leaves every other of them
			to = bareMatcher.ReplaceAllString(to, `$1"$2"$3`)
		}
		if to != v {
			s.hit(r, m.ID, m.cause(habit.Format), "The value of a label has no quotes.", set(m.ID, to, .05))
		}
	}
}

var partedCode = lazyre.New(`^[A-Z0-9]{1,8}( [A-Z0-9]{1,8})+$`)

// checkParted is N24: blanks inside a code of capitals and digits, as people group them to be read.
func checkParted(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || m.kind != habit.Free && m.kind != habit.Code && m.kind != habit.ID || textual(m.name) || textName(m.name) || !partedCode.MatchString(v) || strings.Trim(v, "0123456789 ") == "" || !strings.ContainsAny(v, "0123456789") {
			continue
		}
		s.hit(r, m.ID, m.cause(habit.Format), "There are blanks in a code.", because(set(m.ID, strings.ReplaceAll(v, " ", ""), .15), "without the blanks between its groups"),
			because(weigh(set(m.ID, strings.ReplaceAll(v, " ", "-"), .3), r.odds*.6), "with hyphens between its groups"))
	}
}

// ways are pairs of names of which one is where something comes from and the other where it goes.
var ways = [][2]string{{"source", "target"}, {"source", "destination"}, {"from", "to"}, {"origin", "destination"}, {"sender", "recipient"}, {"payer", "payee"}, {"departure", "arrival"}, {"start", "destination"}}

// checkNoWay is N25: from a place to the same.
func checkNoWay(s *scan, r rule) {
	if len(s.members()) > maxBounded {
		return
	}
	for _, a := range s.members() {
		for _, b := range s.members() {
			v, ok := b.Value.(string)
			if !ok || v == "" || a.ID == b.ID || a.Value != b.Value || a.ID.Place() != b.ID.Place() || !slices.ContainsFunc(ways, func(w [2]string) bool { return leads(a.words, w[0], b.words, w[1]) }) {
				continue
			}
			if habit.Datelike(v) || habit.Good(v) || unresolved(v) != "" { // last: it is what takes long, and few pairs come here
				continue
			}
			var edits []diagnose.Edit
			if to := nextTo(v); to != "" {
				edits = append(edits, because(set(b.ID, to, .3), "another place than the first"))
			}
			s.hit(r, b.ID, "interacting_parameters", "It goes from a place to the same.", edits...)
		}
	}
}

// leads reports that two names are the words of a way, or have them as their first or last.
func leads(a []string, from string, b []string, to string) bool {
	x, y := strings.Join(a, "_"), strings.Join(b, "_")
	return x == from && y == to || strings.HasPrefix(x, from+"_") && y == to+strings.TrimPrefix(x, from)
}

// nextTo is a code whose last digit is another; "" for what ends in none.
func nextTo(code string) string {
	last := len(code) - 1
	if code[last] < '0' || code[last] > '9' {
		return ""
	}
	return code[:last] + string(rune(code[last]-'0')%9+'1')
}
