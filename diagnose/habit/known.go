package habit

import "strings"

// wellKnown are the examples that standards and vendors themselves give for codes with a check digit or a fixed
// form: any server that checks takes them.
var wellKnown = map[string]string{
	"iban": "DE89370400440532013000", "bic": "DEUTDEFF", "swift": "DEUTDEFF", "vat": "DE123456789", "isbn": "9780306406157", "isbn13": "9780306406157",
	"isbn10": "0306406152", "ean": "4006381333931", "gtin": "4006381333931", "upc": "036000291452", "vin": "1HGCM82633A004352", "imei": "490154203237518",
	"card": "4242424242424242", "cvc": "123", "cvv": "123", "issn": "0317-8471", "mac": "00:00:5e:00:53:01", "password": "Passw0rd!example",
	"zip": "10115", "postcode": "10115", "zipcode": "10115", "plz": "10115",
}

// WellKnown returns the value that the standard itself gives as an example for a name: an IBAN, an ISBN.
func WellKnown(name string) (string, bool) {
	w := Words(name)
	if len(w) == 0 {
		return "", false
	}
	if v, ok := wellKnown[w[len(w)-1]]; ok {
		return v, true
	}
	if len(w) > 1 && strings.HasSuffix(w[len(w)-1], "number") {
		v, ok := wellKnown[w[len(w)-2]]
		return v, ok
	}
	return "", false
}
