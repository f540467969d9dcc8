package lint

import (
	"encoding/json"
	"math"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/habit"
	"culprit/diagnose/token"
	"culprit/request/jsontext"
	"culprit/request/lazyre"
)

// meaningRules compare values with each other or with a rule that every server of the kind has.
func meaningRules() []rule {
	return []rule{{"C11", 60, checkScopes}, {"C19", 30, checkGrant}, {"B21", 40, checkConfirmation}, {"B21", 10, checkTotals}, {"B9", 25, checkMinorUnits}, {"N10", 25, checkFlatNames},
		{"N11", 25, checkCheckDigits}, {"N12", 40, checkCallbacks}, {"N13", 35, checkSwapped}}
}

// checkScopes is the part of C11 about scopes: the challenge asks for some that the token does not have.
func checkScopes(s *scan, r rule) {
	if len(s.f.Scopes) == 0 {
		return
	}
	s.jwts(func(c credential, j token.JWT, err error) {
		if err != nil || len(j.Scopes) == 0 {
			return
		}
		for _, want := range s.f.Scopes {
			if !slices.Contains(j.Scopes, want) {
				s.hit(r, c.id, "insufficient_scope", "The token lacks a scope that the server asks for: "+shortName(want)+".")
				return
			}
		}
	})
}

// grants are those of RFC 6749, 8628, 7523, 8693.
var grants = []string{"authorization_code", "client_credentials", "refresh_token", "password", "urn:ietf:params:oauth:grant-type:device_code",
	"urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:saml2-bearer"}

// checkGrant is the part of C19 about token requests (RFC 6749 §4, RFC 7636).
func checkGrant(s *scan, r rule) {
	if n := s.grantInJSON(); n != "" && strings.Contains(s.u.Path, "token") {
		s.hit(r.at(20), typeID, "content_type_mismatch", "A token request is a form, not JSON (RFC 6749 §4); few servers take both.")
		return
	}
	grant, ok := s.x.Get("form:grant_type")
	if !ok {
		return
	}
	if near := habit.Nearest(grant.Text, grants); near != "" && near != grant.Text && !slices.Contains(grants, grant.Text) {
		s.hit(r.at(70), "form:grant_type", "invalid_body_property_value", "The grant type is one slip away from "+near+".", set("form:grant_type", near, .02))
	}
	has := func(name string) bool { _, ok := s.x.Get(diagnose.ElementID("form:" + name)); return ok }
	if grant.Text == "authorization_code" && has("code") && !has("code_verifier") && !has("client_secret") && s.authText() == "" {
		s.hit(r, "form:code_verifier", "missing_body_property", "A client without a secret proves itself with a code_verifier (PKCE, RFC 7636).")
	}
	if mine, ok := s.x.Get("form:redirect_uri"); ok {
		for _, x := range s.same {
			if theirs, ok := x.Get("query:redirect_uri"); ok && theirs.Text != mine.Text {
				s.hit(r, "form:redirect_uri", "invalid_body_property_value", "The redirect_uri is not that of the authorization request; they are compared as text.", set("form:redirect_uri", theirs.Text, .02))
				break
			}
		}
	}
}

// grantInJSON is the grant type of a token request in JSON, "" when it is none.
func (s *scan) grantInJSON() string {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return ""
	}
	if n := s.root.At("/grant_type"); n != nil && n.Kind == jsontext.String {
		return s.src[n.Start:n.End]
	}
	return ""
}

var confirmation = lazyre.New(`(?i)^(.+?)[_-]?(confirmation|confirm|repeat|again|verify)$|^(?:confirm|repeat|verify)[_-]?(.+)$`)

// checkConfirmation is the part of B21 about values that are entered twice.
func checkConfirmation(s *scan, r rule) {
	for _, m := range s.members() {
		p := confirmation.FindStringSubmatch(m.name)
		v, isText := m.Value.(string)
		if p == nil || !isText {
			continue
		}
		base := strings.ToLower(p[1] + p[2] + p[3])
		for _, o := range s.members() {
			text, ok := o.Value.(string)
			if ok && o.ID != m.ID && parent(o.ID) == parent(m.ID) && text != v && (strings.EqualFold(o.name, p[1]) || p[3] != "" && strings.EqualFold(o.name, p[3])) && base != "" {
				s.hit(r, m.ID, "interacting_parameters", "The value and its repetition differ.", set(m.ID, text, .05))
			}
		}
	}
}

// checkTotals is the part of B21 about sums: a total that is not that of its items, where nothing else is added.
func checkTotals(s *scan, r rule) {
	if s.root == nil || s.root.Kind != jsontext.Object {
		return
	}
	var total *jsontext.Node
	sum, lists := 0.0, 0
	for _, c := range s.root.Children {
		name := strings.Join(habit.Words(c.Key), "_")
		switch {
		case name == "total" || name == "total_amount" || name == "total_price" || name == "subtotal":
			if total != nil || c.Kind != jsontext.Number {
				return
			}
			total = c
		case c.Kind == jsontext.Array:
			n, ok := s.itemSum(c)
			if !ok {
				continue
			}
			sum += n
			lists++
		case added.MatchString(name):
			return
		}
	}
	if total == nil || lists != 1 {
		return
	}
	f, err := strconv.ParseFloat(s.src[total.Start:total.End], 64)
	if err != nil || math.Abs(f-sum) < .005 || f == 0 {
		return
	}
	id := diagnose.ElementID("body:/" + jsontext.Token(total.Key))
	s.hit(r, id, "interacting_parameters", "The total is not the sum of the items.", weigh(set(id, json.Number(strconv.FormatFloat(math.Round(sum*100)/100, 'f', -1, 64)), .2), r.odds))
}

// added are names of what goes into a total beside the items.
var added = lazyre.New(`(?i)(tax|vat|shipping|delivery|discount|fee|tip|surcharge|voucher|coupon|credit|paid|rounding)`)

// itemSum is the sum of price times quantity over a list; ok is false when an item has no price or something else is
// added to it.
func (s *scan) itemSum(list *jsontext.Node) (float64, bool) {
	sum := 0.0
	for _, item := range list.Children {
		price, count, found := 0.0, 1.0, false
		for _, c := range item.Children {
			f, err := strconv.ParseFloat(s.src[c.Start:c.End], 64)
			switch k := strings.Join(habit.Words(c.Key), "_"); {
			case added.MatchString(k):
				return 0, false
			case err != nil || c.Kind != jsontext.Number:
			case k == "price" || k == "unit_price" || k == "amount" || k == "unit_amount":
				if found {
					return 0, false
				}
				price, found = f, true
			case k == "quantity" || k == "qty" || k == "count":
				count = f
			}
		}
		if !found {
			return 0, false
		}
		sum += price * count
	}
	return sum, len(list.Children) > 0
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
		if m == nil || strings.Count(c.Key, "[") != 1 || s.root.At("/"+jsontext.Token(m[1])) != nil {
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
		s.hit(r, diagnose.ElementID("body:/"+jsontext.Token(c.Key)), "unexpected_body_property", "The key is written as in a form; JSON has an object in its place.", set("body", "{"+strings.Join(rest, ",")+"}", .1))
		return
	}
}

// checkCheckDigits is N11: numbers whose last digits are computed from the others (ISO 13616, ISO/IEC 7812, GS1).
func checkCheckDigits(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || m.Secret && !strings.Contains(strings.ToLower(m.name), "card") {
			continue
		}
		plain := strings.NewReplacer(" ", "", "-", "").Replace(v)
		w := habit.Words(m.name)
		if len(w) == 0 {
			continue
		}
		last := w[len(w)-1]
		what := ""
		switch {
		case last == "iban" && ibanForm.MatchString(plain) && !iban(plain):
			what = "an IBAN"
		case (strings.Join(w, "_") == "card_number" || last == "pan" || last == "cardnumber") && digits(plain) && len(plain) >= 13 && len(plain) <= 19 && !luhn(plain):
			what = "a card number"
		case (last == "ean" || last == "gtin" || last == "isbn") && digits(plain) && (len(plain) == 13 || len(plain) == 8 && last != "isbn") && !gs1(plain):
			what = "an " + strings.ToUpper(last)
		}
		if what != "" {
			s.hit(r, m.ID, m.cause(habit.Range), "The check digits of "+what+" do not fit.")
		}
	}
}

var ibanForm = lazyre.New(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$`)

func digits(v string) bool { return v != "" && strings.Trim(v, "0123456789") == "" }

func iban(v string) bool {
	rest := 0
	for _, c := range v[4:] + v[:4] {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}

func luhn(v string) bool {
	sum := 0
	for i := range len(v) {
		d := int(v[len(v)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func gs1(v string) bool {
	sum := 0
	for i := range len(v) {
		d := int(v[len(v)-1-i] - '0')
		sum += d * (1 + 2*(i%2))
	}
	return sum%10 == 0
}

var callback = lazyre.New(`(?i)(callback|webhook|notify|notification|hook)[_-]?(url|uri|endpoint)?$|^(ipn|hook)_?url$`)

// checkCallbacks is N12, W1 from the sender's side: an address that the server is to call, and cannot.
func checkCallbacks(s *scan, r rule) {
	if s.private() || s.u.Host == "" {
		return // a server next to it may well reach it
	}
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		u, err := url.Parse(v)
		if !ok || err != nil || u.Host == "" || !callback.MatchString(m.name) {
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
	for _, a := range s.members() {
		for _, b := range s.members() {
			if a.kind != habit.Lat || b.kind != habit.Lon || parent(a.ID) != parent(b.ID) {
				continue
			}
			lat, err := strconv.ParseFloat(element.Plain(a.Value), 64)
			lon, err2 := strconv.ParseFloat(element.Plain(b.Value), 64)
			if err == nil && err2 == nil && math.Abs(lat) > 90 && math.Abs(lat) <= 180 && math.Abs(lon) <= 90 {
				s.hit(r, a.ID, "interacting_parameters", "Latitude and longitude seem to be exchanged: a latitude lies between -90 and 90.")
			}
		}
	}
}
