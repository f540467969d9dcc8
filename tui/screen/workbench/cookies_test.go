package workbench

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/tui/theme"
)

// What a cookie says of itself is broken between its words, not within them.
func TestTheTraitsOfACookieAreReadWhole(t *testing.T) {
	x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent(nil), Header: []request.Field{
		{Name: "Set-Cookie", Value: "sid=abc; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=3600"}}}}}}
	got := ansi.Strip(strings.Join(cookieRows(theme.New(theme.Choice{}), veilOf(x, false), x, 50), "\n"))
	if want := "sid  ••••••\n  Path=/  HttpOnly  Secure  SameSite=Lax\n  Max-Age=3600"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
