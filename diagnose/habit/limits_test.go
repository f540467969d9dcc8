package habit

import "testing"

// TestALimitOfAListIsANumber: max_items says how many there may be, and holds none.
func TestALimitOfAListIsANumber(t *testing.T) {
	for _, name := range []string{"max_items", "minTags", "maximumRecipients"} {
		if k := Of(name); k != Count {
			t.Errorf("%s is %q", name, k)
		}
	}
	if k := Of("items"); k != List {
		t.Errorf("items is %q", k)
	}
}
