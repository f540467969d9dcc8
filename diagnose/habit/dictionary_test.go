package habit

import "testing"

func TestWordsAreRespelledAsTheyWereMeant(t *testing.T) {
	for name, want := range map[string]string{
		"raating": "rating", "visibilty": "visibility", "billing_adress": "billing_address", "customerEmial": "customerEmail", "AccountNmae": "AccountName", "accouunts": "accounts", "CURENCY": "CURRENCY",
		"rating": "", "colour": "", "provide": "", "placed": "", "id": "", "sku": "", "xq": "", "": "", "address2": "", "flight": "", "cart": "", "zzyzx": "", "SCASupportData": "", "SCAExemptionTpye": "SCAExemptionType",
		"projet_id": "", "Stadt": "", "ressourceId": "", "pint": "", "coast_line": "", "MASS": "", "größe_adress": "",
	} {
		if got := Respelled(name); got != want {
			t.Errorf("Respelled(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzRespelledIsRight(f *testing.F) {
	f.Add("billing_adress")
	f.Add("A\xffé")
	f.Fuzz(func(t *testing.T, name string) {
		if once := Respelled(name); once != "" && Respelled(once) != "" {
			t.Errorf("%q is respelled as %q, and that again as %q", name, once, Respelled(once))
		}
	})
}
