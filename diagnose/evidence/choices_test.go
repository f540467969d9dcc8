package evidence

import (
	"slices"
	"testing"
)

// What a value can be is read in any sentence that lists it; types, sizes, classes of signs and names of members are no choices.
func TestChoicesAreReadInSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"kind must be either red or blue":                        {"red", "blue"},
		"kind must be red|blue|green":                            {"red", "blue", "green"},
		"kind is invalid (red, blue or green)":                   {"red", "blue", "green"},
		"kind should be red, blue or green":                      {"red", "blue", "green"},
		"kind can only be red or blue":                           {"red", "blue"},
		"kind: red | blue":                                       {"red", "blue"},
		"encoding must be specified as 'text' or 'base64'":       {"text", "base64"},
		"Must specify format of contents as 'text' or 'base64'":  {"text", "base64"},
		`kind - expected "red" or "blue" but got "x"`:            {"red", "blue"},
		"kind: one of: a, b, c":                                  {"a", "b", "c"},
		"unknown kind Pink; choose from red, blue":               {"red", "blue"},
		"kind not in (red, blue)":                                {"red", "blue"},
		"kind must be a string or null":                          nil,
		"kind must be string or number":                          nil,
		"age must be 18 or older":                                nil,
		"name must be letters or digits":                         nil,
		"kind must be null or undefined":                         nil,
		"the name is missing or invalid":                         nil,
		"either email or phone is required":                      nil,
		"kind must be greater than 3 or less than 1":             nil,
		"expected comma or closing bracket after array element.": nil,
	} {
		if got := allowedValues(text); !slices.Equal(got, want) {
			t.Errorf("%s: %q", text, got)
		}
	}
}
