package spec

import "testing"

// A report says which document it speaks of: by its file, not by where that lies.
func TestNameIsThatOfTheFile(t *testing.T) {
	for base, want := range map[string]string{
		"": "", "openapi.yml": "openapi.yml", "docs/api.json": "api.json", "/home/ada/shop/openapi.yml": "openapi.yml", "https://api.test/v1/openapi.json?token=abc": "openapi.json",
	} {
		if got := (&Spec{base: base}).Name(); got != want {
			t.Errorf("%q: %q, want %q", base, got, want)
		}
	}
}
