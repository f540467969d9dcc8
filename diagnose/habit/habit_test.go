package habit

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func TestOfReadsNames(t *testing.T) {
	for name, want := range map[string]Kind{
		"email": Email, "userEmail": Email, "e-mail": Email, "unit_price": Money, "zipCode": Zip, "postal_code": Zip, "created_at": DateTime, "createdAt": DateTime,
		"ship_date": Date, "isActive": Bool, "has_children": Bool, "page_size": Limit, "perPage": Limit, "id": ID, "orderId": ID, "user_ids": List, "HTTPPort": Port,
		"half_day": Bool, "allDay": Bool, "name": Free, "size": Free, "title": Free, "callback_url": URL, "number_of_guests": Count, "numItems": Count, "countryCode": Country, "quantity": Count,
		"status": Word, "lat": Lat, "lng": Lon, "": Free, "---": Free, "birthDate": Date, "start_time": Clock, "sku": Code, "last4": Code, "phone_number": Phone,
	} {
		if got := Of(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestOddSeesWhatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		k     Kind
		v     any
		loose bool
		want  Oddity
	}{
		{Email, "a@b.co", false, Fine}, {Email, "a.b+c@sub.example.org", false, Fine}, {Email, "ab.co", false, Format}, {Email, "a@@b.co", false, Format}, {Email, "a b@c.de", false, Format},
		{Money, "12.50", false, Type}, {Money, "12.50", true, Fine}, {Money, json.Number("12.5"), false, Fine}, {Money, json.Number("-1"), false, Range}, {Money, "€ 5", false, Type},
		{Count, json.Number("2.5"), false, Type}, {Count, json.Number("-2"), false, Range}, {Limit, "ten", true, Type}, {Limit, "0", true, Range}, {Limit, "20", true, Fine},
		{Date, "2026-12-31", false, Fine}, {Date, "31/12/2026", false, Format}, {Date, "2026-13-01", false, Range}, {Date, "2026-02-30", false, Range},
		{DateTime, "2026-12-31T10:00:00Z", false, Fine}, {DateTime, "2026-12-31T10:00:00.123+02:00", false, Fine}, {DateTime, "2026-12-31 10:00", false, Format}, {DateTime, "2026-12-31T10:00:00", false, Format},
		{DateTime, "2026-12-31T10:00:00 01:00", false, Format}, {DateTime, "2026-13-31T10:00:00 01:00", false, Range},
		{DateTime, json.Number("1790000000"), false, Fine}, {Clock, "10:00", false, Fine}, {Clock, "afternoon", false, Fine},
		{Country, "DE", false, Fine}, {Country, "Germany", false, Format}, {Currency, "euro", false, Format}, {Currency, "eur", false, Format}, {Language, "de-DE", false, Fine}, {Language, "German", false, Format},
		{Zip, "10115", false, Fine}, {Zip, json.Number("10115"), false, Type}, {Phone, "+49 30 1234567", false, Fine}, {Phone, "call me", false, Format},
		{URL, "https://a.b/c", false, Fine}, {URL, "example.com/x", false, Format}, {URL, "/relative", false, Fine}, {UUID, "3fa85f64-5717-4562-b3fc-2c963f66afa6", false, Fine}, {UUID, "3fa85f64", false, Format},
		{Bool, true, false, Fine}, {Bool, "yes", false, Type}, {Bool, "true", true, Fine}, {Bool, json.Number("1"), false, Type}, {Lat, json.Number("200"), false, Range},
		{List, "a,b", false, Type}, {List, "a,b", true, Fine}, {IP, "10.0.0.1", false, Fine}, {IP, "300.0.0.1", false, Format}, {IP, "::1", false, Fine}, {Host, "10.0.0.777", false, Format}, {Host, "10.0.0.7", false, Fine}, {Of("country_codes"), "UK", false, Format}, {Of("courriel"), "ada", false, Format}, {Free, "anything", false, Fine}, {ID, "x", false, Fine},
	} {
		if got, why := c.k.Odd(c.v, c.loose); got != c.want {
			t.Errorf("%s %v loose %v: got %q (%s), want %q", c.k, c.v, c.loose, got, why, c.want)
		}
	}
}

func TestFormsSayTheSameAsUsual(t *testing.T) {
	for _, c := range []struct {
		k    Kind
		v    any
		want string
	}{
		{Money, "12.50", "12.50"}, {Money, "$1,234.50", "1234.50"}, {Money, "12,50 €", "12.50"}, {Count, "5", "5"}, {Count, "007", "7"}, {Limit, "ten", "10"}, {Limit, json.Number("5000"), "100"},
		{Count, json.Number("-2"), "2"}, {Bool, "Yes", "true"}, {Bool, json.Number("0"), "false"}, {Date, "31/12/2026", "2026-12-31"}, {Date, "12/31/2026", "2026-12-31"},
		{DateTime, "2026-12-31 10:00", "2026-12-31T10:00:00Z"}, {DateTime, "2026-12-31T10:00:00+02:00", "2026-12-31T08:00:00Z"}, {Date, "2026-02-30", "2026-02-28"}, {Date, json.Number("1790000000"), "2026-09-21"},
		{Country, "Germany", "DE"}, {Country, "us", "US"}, {Currency, "euro", "EUR"}, {Currency, "usd", "USD"}, {Language, "German", "de"}, {Email, "a at b.co", "a@b.co"}, {Email, "userexample.com", "user@example.com"}, {Host, "10.0.0.777", "10.0.0.77"},
		{URL, "example.com/x", "https://example.com/x"}, {URL, "http://example.com/x", "https://example.com/x"}, {UUID, "{3FA85F64-5717-4562-B3FC-2C963F66AFA6}", "3fa85f64-5717-4562-b3fc-2c963f66afa6"}, {List, "a, b", `["a","b"]`},
		{Zip, json.Number("10115"), "10115"}, {Word, "shiped", "shipped"}, {Word, "ACTVE", "ACTIVE"}, {Lat, json.Number("200"), "90"},
	} {
		f := c.k.Forms(c.v, noon)
		if len(f) == 0 {
			t.Errorf("%s %v: no form", c.k, c.v)
			continue
		}
		got := fmt.Sprint(f[0].Value)
		if raw, ok := f[0].Value.(json.RawMessage); ok {
			got = string(raw)
		}
		if got != c.want {
			t.Errorf("%s %v: got %v, want %v", c.k, c.v, got, c.want)
		}
	}
}

func TestExamplesAreUsual(t *testing.T) {
	for k := range ranges {
		if o, why := k.Odd(k.Example(noon), false); o != Fine {
			t.Errorf("%s: %s", k, why)
		}
	}
	for _, k := range []Kind{UUID, Email, Phone, Zip, Date, DateTime, URL, Host, IP, Country, Currency, Language, Zone, Bool} {
		if o, why := k.Odd(k.Example(noon), false); o != Fine {
			t.Errorf("%s: %s", k, why)
		}
	}
}

func TestNearest(t *testing.T) {
	opts := []string{"available", "pending", "in_progress", "sold"}
	for v, want := range map[string]string{"Available": "available", "inProgress": "in_progress", "pendng": "pending", "xyz": "", "slod": "sold", "availabel": "available"} {
		if got := Nearest(v, opts); got != want {
			t.Errorf("%s: got %q, want %q", v, got, want)
		}
	}
}

func FuzzHabit(f *testing.F) {
	f.Add("created_at", "2026-13-45T99")
	f.Add("price", "1,2.3,4")
	f.Add("limit", "1e999")
	f.Fuzz(func(t *testing.T, name, v string) {
		k := Of(name)
		for _, x := range []any{v, json.Number(v)} {
			k.Odd(x, true)
			k.Odd(x, false)
			for _, form := range k.Forms(x, noon) {
				if n, ok := form.Value.(json.Number); ok && !json.Valid([]byte(n)) {
					t.Fatalf("%s %q: %q is no JSON number", k, v, n)
				}
				if n, ok := form.Value.(json.RawMessage); ok && !json.Valid(n) {
					if _, num := x.(json.Number); !num {
						t.Fatalf("%s %q: %q is no JSON", k, v, n)
					}
				}
			}
		}
		Misspelled(v)
		Cases(v)
	})
}
