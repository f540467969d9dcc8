// Package habit knows what a value of that name usually looks like.
//
// A field called email holds an address with an @, currency three capital letters, limit a small positive
// number. Of reads the kind from a name, Kind.Odd says why a value does not look like it, Kind.Forms lists
// the values that it probably should have been, best first, and Kind.Example makes one up. Everything here
// is habit, not law: it moves suspicion and the order of experiments, it never proves anything. The package
// is pure; the time comes from the caller.
package habit

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Kind is a kind of value that a name promises. The zero value promises nothing.
type Kind string

// The kinds. Those of one line are written alike.
const (
	Free     Kind = ""
	ID       Kind = "id"   // identifier of unknown form
	UUID     Kind = "uuid" // RFC 9562
	Code     Kind = "code" // digits or letters that are text: sku, zip, phone, card
	Zip      Kind = "zip"
	Phone    Kind = "phone"
	Email    Kind = "email"
	Measure  Kind = "measure" // a number with or without fraction: weight, rate, score
	Money    Kind = "money"   // a number, seldom negative
	Count    Kind = "count"   // a whole number from 0
	Limit    Kind = "limit"   // a whole number from 1, usually at most 100
	Page     Kind = "page"    // a whole number from 1
	Offset   Kind = "offset"  // a whole number from 0
	Percent  Kind = "percent"
	Lat      Kind = "latitude"
	Lon      Kind = "longitude"
	Age      Kind = "age"
	Rating   Kind = "rating" // 1 to 5
	Year     Kind = "year"
	Month    Kind = "month"
	Day      Kind = "day of the month"
	Port     Kind = "port"
	Date     Kind = "date"      // 2026-12-31
	DateTime Kind = "date-time" // RFC 3339
	Clock    Kind = "time"      // a time of day or a moment
	URL      Kind = "url"
	Host     Kind = "host"
	IP       Kind = "ip address"
	Country  Kind = "country"  // ISO 3166-1 alpha-2
	Currency Kind = "currency" // ISO 4217
	Language Kind = "language" // BCP 47
	Zone     Kind = "time zone"
	Bool     Kind = "boolean"
	Word     Kind = "word" // one of a few words: status, role
	Order    Kind = "order"
	List     Kind = "list"
)

// lastWords maps the last word of a name, in lower case, to its kind. Names that mean different things in
// different APIs (size, length, number, value) are left out: no habit is better than a wrong one.
var lastWords = sync.OnceValue(func() map[string]Kind {
	return table(map[Kind]string{
		UUID:     "uuid guid",
		Email:    "email mail emailaddress courriel correo emailadresse",
		Phone:    "phone tel telefon telefono telefone telephone mobile fax msisdn phonenumber cellphone",
		Zip:      "plz codepostal codigopostal postleitzahl cep zip zipcode postal postcode postalcode",
		Code:     "sku code serial vat iban isbn ean gtin upc pin otp last4 version ssn bic swift barcode digits cvv cvc imei mac ref reference",
		Money:    "prix precio preco prezzo preis betrag importe montant price amount total subtotal cost fee tax balance salary budget revenue deposit",
		Measure:  "seconds weight height width depth score rate temperature distance radius speed volume altitude",
		Count:    "cantidad quantite menge anzahl quantidade qty quantity count stock inventory seats guests attendees retries attempts copies quota capacity minutes nights servings adults bedrooms bathrooms",
		Limit:    "batchsize limit pagesize perpage maxresults pagelimit",
		Page:     "page pagenumber pageno pageindex",
		Offset:   "offset skip startindex",
		Percent:  "percent percentage pct battery humidity",
		Lat:      "lat latitude",
		Lon:      "lon lng longitude",
		Age:      "age",
		Rating:   "rating stars",
		Year:     "year",
		Month:    "month",
		Port:     "port",
		Date:     "datum fecha naissance geburtsdatum date birthday birthdate dob dateofbirth due deadline issued born",
		DateTime: "timestamp datetime",
		URL:      "url uri href website homepage webhook webhookurl callbackurl redirecturl redirecturi",
		Host:     "host hostname",
		IP:       "ip ipaddress ipv4",
		Country:  "country countrycode countries pays land pais paese",
		Currency: "currency currencycode currencies moneda devise waehrung valuta moeda",
		Language: "lang language locale",
		Zone:     "timezone tz",
		Bool:     "enabled disabled verified archived published subscribed optional required vip gift premium taxable refundable billable active",
		Word:     "status state role priority severity visibility gender level",
		Order:    "order direction sortorder sortdir",
		List:     "tags items ids labels roles scopes categories permissions emails recipients attachments lines skills keywords vector embedding coordinates",
	})
})

// twoWords maps the last two words of a name.
var twoWords = sync.OnceValue(func() map[string]Kind {
	return table(map[Kind]string{
		Zip:      "zip_code postal_code post_code",
		Limit:    "batch_size page_size per_page max_results page_limit",
		Page:     "page_number page_no page_index",
		Offset:   "start_index",
		Language: "language_code locale_code",
		Country:  "country_code country_codes",
		Currency: "currency_code currency_codes",
		Zone:     "time_zone",
		Order:    "sort_order sort_dir sort_direction",
		Date:     "birth_date check_in check_out",
		Code:     "tracking_number account_number card_number invoice_number order_number routing_number license_plate",
		Email:    "e_mail email_address",
		Phone:    "phone_number mobile_number",
		Money:    "unit_amount amount_cents price_cents",
		IP:       "ip_address",
		URL:      "landing_page home_page web_page",
		Free:     "ip_version time_code source_code discount_code",
		Bool:     "half_day all_day full_day whole_day same_day next_day",
		Count:    "number_of",
		Percent:  "discount_percent tax_percent",
	})
})

func table(kinds map[Kind]string) map[string]Kind {
	m := map[string]Kind{}
	for k, names := range kinds {
		for n := range strings.FieldsSeq(names) {
			m[n] = k
		}
	}
	return m
}

// Of returns the kind that a name promises: a key, a parameter, a column. Case and separators do not matter.
func Of(name string) Kind {
	w := Words(name)
	if len(w) == 0 {
		return Free
	}
	last := w[len(w)-1]
	if len(w) > 1 {
		switch w[0] {
		case "is", "has", "can", "should", "allow", "allows", "enable", "include", "accept", "accepts":
			if k, ok := lastWords()[last]; !ok || k == Bool || k == Word || w[0] == "is" || w[0] == "has" {
				return Bool
			}
		case "num", "number", "nr":
			return Count
		case "max", "min", "maximum", "minimum":
			if lastWords()[last] == List {
				return Count // max_items says how many there may be
			}
		}
		if k, ok := twoWords()[w[len(w)-2]+"_"+last]; ok {
			return k
		}
		switch last {
		case "at":
			return DateTime
		case "on", "day":
			return Date
		case "time":
			return Clock
		case "ids":
			return List
		}
	}
	if last == "id" {
		return ID
	}
	return lastWords()[last]
}

// Words splits a name at separators and where its case changes, in lower case: "unitPrice" is unit, price.
func Words(name string) []string {
	var words []string
	start, last := -1, ' ' // of the word, -1 outside of one; the rune before
	flush := func(end int) {
		if start >= 0 {
			words = append(words, strings.ToLower(name[start:end]))
			start = -1
		}
	}
	for i, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush(i)
		} else if unicode.IsUpper(r) && start >= 0 {
			next, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(r):])
			if unicode.IsLower(last) || unicode.IsDigit(last) || unicode.IsLower(next) && unicode.IsUpper(last) {
				flush(i)
			}
		}
		if start < 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			start = i
		}
		last = r
	}
	flush(len(name))
	return words
}

// Numeric reports whether values of the kind are JSON numbers.
func (k Kind) Numeric() bool {
	switch k {
	case Measure, Money, Percent, Lat, Lon:
		return true
	}
	return k.Whole()
}

// Whole reports whether values of the kind are whole numbers.
func (k Kind) Whole() bool {
	switch k {
	case Count, Limit, Page, Offset, Age, Rating, Year, Month, Day, Port:
		return true
	}
	return false
}

// Digits reports whether text of digits is right for the kind, so that a number in quotes is no fault.
func (k Kind) Digits() bool { return k == Code || k == Zip || k == Phone }

// Moment reports whether values of the kind are dates or times.
func (k Kind) Moment() bool { return k == Date || k == DateTime || k == Clock }

// Plain reports whether what looks as the kind promises is right nearly everywhere: there is one usual form of it.
func (k Kind) Plain() bool {
	switch k {
	case Email, UUID, URL, Host, IP, Country, Currency, Language:
		return true
	}
	return false
}

// Consent reports a name of something that has to be agreed to: acceptsTerms, gdpr_consent. What one may as well refuse,
// marketing or cookies, is none.
func Consent(name string) bool {
	agreed := false
	for _, w := range Words(name) {
		switch w {
		case "marketing", "newsletter", "analytics", "tracking", "cookie", "cookies", "promotions", "promo", "mode", "third":
			return false
		case "accept", "accepts", "accepted", "agree", "agrees", "agreed", "agreement", "consent", "terms", "tos", "gdpr", "privacy":
			agreed = true
		}
	}
	return agreed
}
