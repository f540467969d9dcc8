package workbench

import (
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/tui/theme"
)

// Values are broken between words, and one long name does not take their room.
func TestAHeaderIsReadInWords(t *testing.T) {
	x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Header: []request.Field{
		{Name: "Date", Value: "Sun, 22 Nov 2026 17:40:05 GMT"},
		{Name: "Access-Control-Allow-Methods", Value: "GET, POST"},
		{Name: "Vary", Value: "Accept-Encoding, Origin, Accept-Language"},
	}}}}}
	var got []string
	for _, l := range headerRows(theme.New(theme.Choice{}), veilOf(x, true), x, 36) {
		got = append(got, ansi.Strip(l))
	}
	want := []string{
		"Date  Sun, 22 Nov 2026 17:40:05 GMT",
		"Access-Control-Allow-Methods",
		"      GET, POST",
		"Vary  Accept-Encoding, Origin,",
		"      Accept-Language",
		"",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
