package element_test

import (
	"slices"
	"strings"
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

// TestOnlyAFormHasFields: curl's -d declares every text as a form, a line of metrics as well.
func TestOnlyAFormHasFields(t *testing.T) {
	for text, want := range map[string][]string{
		"name=Ada Lovelace&age=36":   {"form:name", "form:age"},
		"cpu,host=a value=1.5":       nil,
		"size_bytes 1,5\n":           nil,
		"Count(Row(lang=1))":         nil,
		"up 1\nrequests{code=\"2\"}": nil,
	} {
		r := request.Request{Method: "POST", URL: "http://h.test/write", Header: []request.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}, Body: request.Body{Kind: request.RawBody, Text: text}}
		var got []string
		for _, e := range element.Of(r).Elements {
			if strings.HasPrefix(string(e.ID), "form:") {
				got = append(got, string(e.ID))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
