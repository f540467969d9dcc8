package inquiry_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"culprit/diagnose"
)

// TestAWrongGuessHidesNoOther: the API wants its amounts as text and a phone number as ITU-T E.164 has it, and says nothing. The amount
// looks odd, fails as a number, and is left as it was while the usual values are tried together.
func TestAWrongGuessHidesNoOther(t *testing.T) {
	number := regexp.MustCompile(`^\+[0-9]{8,15}$`)
	server := answers(func(q diagnose.Question) (int, string, []string) {
		if q.Request.Method != "POST" {
			return 405, `{"error":"Method Not Allowed"}`, nil
		}
		var b struct {
			Amount struct{ Value, Currency string }
			Person struct {
				Name, Email, Phone string
				Address            struct{ City, Zip, Country string }
			}
			Documents []struct{ Kind, URL string }
			Reported  string
		}
		if json.Unmarshal([]byte(q.Request.Body.Text), &b) != nil || b.Amount.Value != "1250.00" || b.Amount.Currency != "EUR" || b.Person.Name == "" || b.Person.Email == "" || !number.MatchString(b.Person.Phone) ||
			b.Person.Address.City == "" || b.Person.Address.Zip == "" || len(b.Person.Address.Country) != 2 || len(b.Documents) != 1 || b.Documents[0].Kind != "photo" || b.Documents[0].URL == "" || b.Reported == "" {
			return 400, `{"error":"Bad Request"}`, nil
		}
		return 201, `{"id":1}`, nil
	})
	r, _ := asked(t, write("/claims", `{"amount":{"value":"1250.00","currency":"EUR"},"reported":"2026-10-04T08:12:00Z","person":{"name":"Jonas Berg","email":"jonas@example.com","phone":"0151 12345678",
		"address":{"city":"Kiel","zip":"24103","country":"DE"}},"documents":[{"kind":"photo","url":"https://files.example.com/a.jpg"}]}`), server)
	if len(r.Verdict.Culprits) != 1 || r.Verdict.Culprits[0].Element != "body:/person/phone" || r.Verdict.Outcome != diagnose.OutcomeIsolated {
		t.Error(words(r))
	}
}
