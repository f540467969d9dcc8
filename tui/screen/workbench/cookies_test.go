package workbench

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/keys"
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

// What the jar adds is said to be from there, however much it is, and a cookie without a name is not drawn as nothing.
func TestWhatTheJarAddsIsSaid(t *testing.T) {
	m, _ := keys.New(nil)
	e := &New(Options{Styles: theme.New(theme.Choice{}), Keys: m}).editor
	entry := &collections.Entry{Path: "read", Saved: collections.Saved{Headers: []collections.Row{{Name: "Accept", Value: "*/*"}}}}
	e.open(entry, entry.Saved)
	e.w = 60
	for _, name := range []string{"", "sid", strings.Repeat("n", 80), "a", "b", "c", "d"} {
		e.resolved.Cookies = append(e.resolved.Cookies, Jarred{name, "https://shop.example/" + name})
	}
	got := ansi.Strip(strings.Join(e.inherited(), "\n"))
	for _, want := range []string{"without a name  jar: https", "sid  jar: https://shop.example/sid", "and 2 more  from the jar"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Count(got, "Cookie ") != 1 || strings.Count(got, "\n") != 5 {
		t.Errorf("%q", got)
	}
	x := &request.Exchange{Hops: []request.Hop{{Response: &request.Response{Status: 200, Body: request.NewContent(nil), Header: []request.Field{{Name: "Set-Cookie", Value: "justvalue"}}}}}}
	if got := ansi.Strip(strings.Join(cookieRows(theme.New(theme.Choice{}), veilOf(x, false), x, 50), "\n")); !strings.HasPrefix(got, "without a name") {
		t.Errorf("%q", got)
	}
}
