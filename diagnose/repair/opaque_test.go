package repair

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// sound is an order of forty leaves that shop accepts.
const sound = `{"reference":"A-100","customer":{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6","email":"ada@example.com","first_name":"Ada","last_name":"Lovelace","phone":"+441234567","vip":false,"birth_date":"1985-12-10","language":"en"},
"shipping":{"street":"5 High Street","city":"London","zip":"01234","country":"GB","method":"express","express":true,"instructions":"ring twice","lat":51.5,"lng":-0.12},
"billing":{"street":"5 High Street","city":"London","zip":"01234","country":"GB","vat":"GB123456789"},
"items":[{"sku":"100200","quantity":2,"unit_price":12.5,"gift":false,"tags":["a"]},{"sku":"100201","quantity":1,"unit_price":3,"gift":true,"tags":[]},{"sku":"100202","quantity":4,"unit_price":7.25,"gift":false,"tags":["b"]}],
"currency":"EUR","total":60,"discount_percent":5,"status":"pending","placed_at":"2026-11-19T10:00:00Z","deliver_on":"2026-12-01","start_date":"2026-12-01","end_date":"2026-12-05","priority":"high","callback_url":"https://example.com/hook","notes":"none","channel":"web","max_results":50,"newsletter_enabled":true}`

// shop is a strict validator: a pointer pattern with * for an index, and what it takes.
var shop = func() map[string]func(any) bool {
	text := func(pattern string) func(any) bool {
		re := regexp.MustCompile("^(" + pattern + ")$")
		return func(v any) bool { s, ok := v.(string); return ok && re.MatchString(s) }
	}
	num := func(lo, hi float64, whole bool) func(any) bool {
		return func(v any) bool {
			f, ok := v.(float64)
			return ok && f >= lo && f <= hi && (!whole || f == float64(int(f)))
		}
	}
	flag := func(v any) bool { _, ok := v.(bool); return ok }
	list := func(v any) bool {
		l, ok := v.([]any)
		return ok && !slices.ContainsFunc(l, func(x any) bool { _, s := x.(string); return !s })
	}
	day, name := `20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])|19\d\d-\d\d-\d\d`, `[\s\S]{1,80}`
	m := map[string]func(any) bool{
		"/reference": text(name), "/customer/id": text(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`), "/customer/email": text(`[^@\s]+@[^@\s]+\.[a-z]+`), "/customer/first_name": text(name), "/customer/last_name": text(name),
		"/customer/phone": text(`\+?[0-9 -]{6,15}`), "/customer/vip": flag, "/customer/birth_date": text(day), "/customer/language": text(`[a-z]{2}(-[A-Z]{2})?`),
		"/shipping/method": text("standard|express"), "/shipping/express": flag, "/shipping/instructions": text(name), "/shipping/lat": num(-90, 90, false), "/shipping/lng": num(-180, 180, false), "/billing/vat": text("[A-Z]{2}[0-9]+"),
		"/items/*/sku": text("[0-9]{6}"), "/items/*/quantity": num(1, 100, true), "/items/*/unit_price": num(0, 1e6, false), "/items/*/gift": flag, "/items/*/tags": list,
		"/currency": text("EUR|USD|GBP"), "/total": num(0, 1e6, false), "/discount_percent": num(0, 100, false), "/status": text("pending|paid|shipped"), "/placed_at": text(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)`),
		"/deliver_on": text(day), "/start_date": text(day), "/end_date": text(day), "/priority": text("low|medium|high"), "/callback_url": text("https?://.+"), "/notes": text(name), "/channel": text("web|app"), "/max_results": num(1, 100, true), "/newsletter_enabled": flag,
	}
	m["/invoice_total"], m["/external_count"], m["/kind"], m["/order_date"] = text(`[0-9.]+`), text(`[0-9]+`), text("NEW|OLD"), text(`\d\d\.\d\d\.\d{4}`)
	m["/promo"] = func(v any) bool { return v == nil }
	m["/remarks"] = func(v any) bool { return v == "" }
	for _, a := range []string{"/shipping", "/billing"} {
		m[a+"/street"], m[a+"/city"], m[a+"/zip"], m[a+"/country"] = text(name), text(name), text(`[0-9]{5}`), text("[A-Z]{2}")
	}
	return m
}()

// optionalMembers may be absent.
var optionalMembers = []string{"/notes", "/shipping/instructions", "/customer/phone", "/channel", "/callback_url", "/billing/vat", "/discount_percent", "/customer/vip",
	"/invoice_total", "/external_count", "/kind", "/order_date", "/promo", "/remarks"}

// accepts is the shop's whole answer: yes or no.
func accepts(r request.Request) bool {
	if r.Method != "POST" || request.Get(r.Header, "Content-Type") != "application/json" || request.Get(r.Header, "Authorization") != "Bearer t0ken" || r.URL != "https://api.shop.test/v1/orders?expand=items" {
		return false
	}
	if a := request.Get(r.Header, "Accept"); !strings.Contains(a, "json") && !strings.Contains(a, "*/*") {
		return false
	}
	var v map[string]any
	if json.Unmarshal([]byte(r.Body.Text), &v) != nil {
		return false
	}
	seen := map[string]int{}
	if !walk("", v, seen) || fmt.Sprint(v["start_date"]) > fmt.Sprint(v["end_date"]) {
		return false
	}
	items, _ := v["items"].([]any)
	for p := range shop {
		want := 1
		if strings.Contains(p, "*") {
			want = len(items)
		}
		if seen[p] < want && !slices.Contains(optionalMembers, p) {
			return false
		}
	}
	return len(items) > 0
}

func walk(p string, v any, seen map[string]int) bool {
	if check, ok := shop[p]; ok {
		seen[p]++
		return check(v)
	}
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			if !walk(p+"/"+k, x, seen) {
				return false
			}
		}
		return true
	case []any:
		for _, x := range v {
			if !walk(p+"/*", x, seen) {
				return false
			}
		}
		return true
	}
	return false // unknown member
}

func soundRequest() request.Request {
	return post(sound, "Content-Type: application/json", "Accept: application/json", "Authorization: Bearer t0ken", "X-Trace: 1")
}

// faults are single mistakes: what stands in sound and what in its place.
var faults = [][2]string{
	{`"unit_price":12.5`, `"unit_price":"12.50"`}, {`"quantity":2`, `"quantity":"2"`}, {`"quantity":2`, `"quantity":-2`}, {`"quantity":2`, `"quantity":2.5`}, {`"quantity":2`, `"quantity":0`}, {`"quantity":2`, `"quantity":"two"`},
	{`"quantity":1`, `"qty":1`}, {`"gift":true`, `"gift":"true"`}, {`"gift":true`, `"gift":1`}, {`"vip":false`, `"vip":"no"`}, {`"express":true`, `"express":"yes"`}, {`"tags":["a"]`, `"tags":"a"`}, {`"sku":"100201"`, `"sku":100201`},
	{`"zip":"01234","country":"GB","method"`, `"zip":10115,"country":"GB","method"`}, {`"country":"GB","vat"`, `"country":"United Kingdom","vat"`}, {`"country":"GB","vat"`, `"country":"gb","vat"`}, {`"currency":"EUR"`, `"currency":"euro"`}, {`"currency":"EUR"`, `"currency":"eur"`},
	{`"status":"pending"`, `"status":"Pending"`}, {`"status":"pending"`, `"status":"pendng"`}, {`"status":"pending"`, `"status":"PENDING"`}, {`"priority":"high"`, `"priority":"urgent"`}, {`"method":"express"`, `"method":"Express"`}, {`"channel":"web"`, `"channel":"WEB"`},
	{`"placed_at":"2026-11-19T10:00:00Z"`, `"placed_at":"2026-11-19 10:00"`}, {`"placed_at":"2026-11-19T10:00:00Z"`, `"placed_at":"19.11.2026"`}, {`"placed_at":"2026-11-19T10:00:00Z"`, `"placed_at":1795082400`}, {`"deliver_on":"2026-12-01"`, `"deliver_on":"12/01/2026"`}, {`"deliver_on":"2026-12-01"`, `"deliver_on":"2026-12-01T00:00:00Z"`},
	{`"deliver_on":"2026-12-01"`, `"deliver_on":"2026-13-01"`}, {`"end_date":"2026-12-05"`, `"end_date":"2026-11-05"`}, {`"birth_date":"1985-12-10"`, `"birth_date":"10 Dec 1985"`}, {`"email":"ada@example.com"`, `"email":"ada.example.com"`}, {`"email":"ada@example.com"`, `"email":"ada@example"`},
	{`"email":"ada@example.com"`, `"email":""`}, {`"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6"`, `"id":"3FA85F64-5717-4562-B3FC-2C963F66AFA6"`}, {`"language":"en"`, `"language":"English"`}, {`"phone":"+441234567"`, `"phone":441234567`}, {`"callback_url":"https://example.com/hook"`, `"callback_url":"example.com/hook"`},
	{`"notes":"none"`, `"notes":null`}, {`"notes":"none"`, `"notes":""`}, {`"instructions":"ring twice"`, `"instructions":null`}, {`"lat":51.5`, `"lat":151.5`}, {`"lat":51.5`, `"lat":"51.5"`}, {`"discount_percent":5`, `"discount_percent":150`}, {`"discount_percent":5`, `"discount_percent":"5%"`},
	{`"max_results":50`, `"max_results":500`}, {`"total":60`, `"total":"60"`}, {`"total":60`, `"total":"€60.00"`}, {`"notes":"none"`, `"notes":"none","coupon":"X"`}, {`"first_name":"Ada"`, `"firstName":"Ada"`}, {`"first_name":"Ada"`, `"frist_name":"Ada"`}, {`"city":"London","zip":"01234","country":"GB","vat"`, `"City":"London","zip":"01234","country":"GB","vat"`},
	{`"newsletter_enabled":true`, `"newsletter_enabled":"on"`}, {`"reference":"A-100"`, `"reference":"` + strings.Repeat("A", 300) + `"`}, {`"reference":"A-100"`, `"reference":100`}, {`"last_name":"Lovelace"`, `"last_name":true`}, {`"discount_percent":5`, `"discount_percent":-5`},
	{`"unit_price":3,`, ``}, {`"gift":false,"tags":["b"]`, `"tags":["b"]`}, {`"newsletter_enabled":true}`, `"newsletter_enabled":true,}`}, {`"lng":-0.12`, `"lng":"-0,12"`},
}

// noise is what looks suspicious and is right for the shop: amounts and counts as text, null, empty text, a date in
// a form of its own, a word in capitals.
const noise = `"invoice_total":"60.00","external_count":"7","promo":null,"remarks":"","kind":"NEW","order_date":"19.11.2026","meta":{},`

// On a server that says nothing, the right single edit must come early: this is how few probes are bought (§8).
func TestOpaqueErrorsAreSolvedEarly(t *testing.T) {
	for _, c := range []struct {
		name     string
		noise    string
		median   int
		within10 int // percent of the faults whose right edit is among the first ten
	}{{"clean", "", 1, 95}, {"with red herrings", noise, 3, 85}} {
		t.Run(c.name, func(t *testing.T) { solve(t, c.noise, c.median, c.within10) })
	}
}

func solve(t *testing.T, noise string, median, within10 int) {
	base := withQuery(soundRequest())
	base.Body.Text = strings.Replace(base.Body.Text, `"notes"`, noise+`"notes"`, 1)
	if !accepts(base) {
		t.Fatal("the shop refuses the sound order")
	}
	var ranks []int
	bundled, first, ten := 0, 0, 0
	for _, f := range faults {
		r := base.Clone()
		r.Body.Text = strings.Replace(r.Body.Text, f[0], f[1], 1)
		if accepts(r) {
			t.Fatalf("%s is no fault", f[1])
		}
		all := candidates(r, 400)
		rank := rankOf(r, all)
		whole, err := element.Apply(r, Bundle(all))
		if err == nil && accepts(whole) {
			bundled++
		}
		if rank > 5 {
			t.Logf("rank %d: %.60s; first %.300v", rank, f[1], head(all, 3))
		}
		if rank == 1 {
			first++
		}
		if rank <= 10 {
			ten++
		}
		ranks = append(ranks, rank)
	}
	slices.Sort(ranks)
	t.Logf("%d faults: right edit first in %d, among ten in %d, median rank %d, 90 %% within %d, bundle passes in %d", len(ranks), first, ten, ranks[len(ranks)/2], ranks[len(ranks)*9/10], bundled)
	if ranks[len(ranks)/2] > median || ten*100 < len(ranks)*within10 {
		t.Error("the right edit comes too late")
	}
}

func withQuery(r request.Request) request.Request { r.URL += "?expand=items"; return r }

// never stands for a fix that is no candidate.
const never = 999

func rankOf(r request.Request, all []diagnose.Edit) int {
	for i, e := range all {
		if fixed, err := element.Apply(r, []diagnose.Edit{e}); err == nil && accepts(fixed) {
			return i + 1
		}
	}
	return never
}

// Faults outside the body, with the status that most servers answer to them.
func TestFaultsOutsideTheBodyAreSolvedEarly(t *testing.T) {
	header := func(name, value string) func(*request.Request) {
		return func(r *request.Request) { r.Header = request.Set(r.Header, name, value) }
	}
	url := func(from, to string) func(*request.Request) {
		return func(r *request.Request) { r.URL = strings.Replace(r.URL, from, to, 1) }
	}
	for _, c := range []struct {
		name   string
		status int
		spoil  func(*request.Request)
	}{
		{"text", 400, header("Content-Type", "text/plain")}, {"form", 400, header("Content-Type", "application/x-www-form-urlencoded")}, {"xml type", 415, header("Content-Type", "application/xml")}, {"charset", 415, header("Content-Type", "application/json; charset=utf-8")},
		{"no type", 400, func(r *request.Request) { r.Header, r.Body.Type = request.Del(r.Header, "Content-Type"), "" }}, {"misspelled type", 415, header("Content-Type", "application/jsno")}, {"accept", 406, header("Accept", "application/xml")}, {"accept, opaque", 400, header("Accept", "text/csv")},
		{"two spaces", 401, header("Authorization", "Bearer  t0ken")}, {"doubled", 401, header("Authorization", "Bearer Bearer t0ken")}, {"quotes", 401, header("Authorization", `Bearer "t0ken"`)}, {"lower", 401, header("Authorization", "bearer t0ken")}, {"colon", 401, header("Authorization", "Bearer: t0ken")},
		{"space at the end", 401, header("Authorization", "Bearer t0ken ")}, {"zero width", 403, header("Authorization", "Bearer t0\u200bken")}, {"misspelled scheme", 401, header("Authorization", "Baerer t0ken")}, {"no scheme", 401, header("Authorization", "t0ken")},
		{"method", 405, func(r *request.Request) { r.Method = "PUT" }}, {"lower method", 400, func(r *request.Request) { r.Method = "post" }}, {"slash", 404, url("/orders", "/orders/")}, {"two slashes", 404, url("/v1/orders", "/v1//orders")}, {"twice", 404, url("/v1/", "/v1/v1/")},
		{"singular", 404, url("/orders", "/order")}, {"capital", 404, url("/orders", "/Orders")}, {"version", 404, url("/v1/", "/v2/")}, {"extra parameter", 400, url("expand=items", "expand=items&debug=1")},
	} {
		r := withQuery(soundRequest())
		c.spoil(&r)
		if accepts(r) {
			t.Fatalf("%s is no fault", c.name)
		}
		all := candidates(r, c.status)
		if rank := rankOf(r, all); rank > 3 {
			t.Errorf("%s: rank %d; first %v", c.name, rank, head(all, 3))
		}
	}
}
