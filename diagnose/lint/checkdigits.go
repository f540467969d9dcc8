package lint

import (
	"strings"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// checkCheckDigits is N11: numbers whose last digits are computed from the others (ISO 13616, ISO/IEC 7812, GS1).
func checkCheckDigits(s *scan, r rule) {
	for _, m := range s.members() {
		v, ok := m.Value.(string)
		if !ok || m.Secret && !strings.Contains(strings.ToLower(m.name), "card") {
			continue
		}
		plain := strings.ReplaceAll(strings.ReplaceAll(v, " ", ""), "-", "")
		w := m.words
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
