package evidence

import (
	"testing"

	"culprit/diagnose"
)

// TestWhatIsRepeatedOfAList: an answer that repeats one item speaks of it; one that repeats all of them speaks of none.
func TestWhatIsRepeatedOfAList(t *testing.T) {
	body := `{"id":7,"items":[{"sku":"A","qty":"x"},{"sku":"B","qty":2}]}`
	for answer, want := range map[string]diagnose.ElementID{
		`{"error":"qty must be a number","item":{"qty":"x","sku":"A"}}`:                        "body:/items/0/qty",
		`{"error":"qty must be a number","request":` + body + `}`:                              "body:/items/0/qty", // by its type
		`{"error":"qty must be a number","items":[{"sku":"A","qty":"x"},{"sku":"B","qty":2}]}`: "body:/items/0/qty",
	} {
		if all := read(answered(post(body), 400, answer)); all[0].Element != want {
			t.Errorf("%s: got %+v", answer, all)
		}
	}
}
