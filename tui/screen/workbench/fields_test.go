package workbench

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/keys"
	"culprit/tui/theme"
)

func full() collections.Saved {
	ms, yes := 500, true
	return collections.Saved{
		Method: "POST", URL: "http://h/p?a=1",
		Params:   []collections.Row{{Name: "a", Value: "1", Kind: "query", About: "first"}, {Name: "id", Value: "7", Kind: "path"}},
		Headers:  []collections.Row{{Name: "X", Value: "1", About: "why"}, {Name: "X", Value: "2", Off: true}},
		Auth:     collections.SavedAuth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "u"}, {Name: "realm", Value: "r"}}},
		Body:     collections.SavedBody{Type: "form-urlencoded", Rows: []collections.Row{{Name: "f", Value: "v"}}},
		Vars:     []collections.Variable{{Name: "v", Value: "1", Secret: true}},
		Settings: collections.SavedSettings{Timeout: &ms, FollowRedirects: &yes},
	}
}

func TestEveryTabGivesBackWhatItShows(t *testing.T) {
	multi := full()
	multi.Body = collections.SavedBody{Type: "multipart-form", Parts: []collections.Part{
		{Row: collections.Row{Name: "a", Value: "1"}, Type: "text/plain"}, {Row: collections.Row{Name: "f"}, File: []string{"x", "y"}, IsFile: true}}}
	for _, s := range []collections.Saved{full(), multi, {}} {
		for tab := tabParams; tab < tabDocs; tab++ {
			got := copySaved(s)
			if rows := formOf(tab, s); len(rows) > 0 {
				got = applyForm(tab, got, rows)
			}
			if rows, kind := gridOf(tab, s); kind != "" {
				got = applyGrid(tab, got, s, rows)
			}
			if tab == tabAuth && s.Auth.Scheme != "" {
				got.Auth.Params = s.Auth.Params // the order may change, nothing else
			}
			if !reflect.DeepEqual(got, s) {
				t.Errorf("%s: %+v, want %+v", tabNames[tab], got, s)
			}
		}
	}
}

func TestAnotherSchemeForgetsTheOldParameters(t *testing.T) {
	s := full()
	rows := formOf(tabAuth, s)
	rows[0].value = "bearer"
	if got := applyForm(tabAuth, s, rows).Auth; got.Scheme != "bearer" || len(got.Params) != 0 {
		t.Errorf("%+v", got)
	}
	rows[0].value = "digest"
	if got := applyForm(tabAuth, s, rows).Auth; got.Scheme != "digest" || !reflect.DeepEqual(got.Params, []request.Field{{Name: "username", Value: "u"}}) {
		t.Errorf("the same name and password by another scheme: %+v", got)
	}
}

// A sign-in is shown whole: its address is longer than any pane is wide, and a person may have to type it elsewhere.
func TestTheAddressOfASignInIsShownWhole(t *testing.T) {
	const address = "https://id.test/authorize?client_id=shopctl&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&redirect_uri=http%3A%2F%2F127.0.0.1%3A40001%2Fcallback"
	r := &reply{styles: theme.New(theme.Choice{}), stop: &keys.Default().Chord.Stop, result: &result{running: true, events: []request.Event{{Kind: request.SignIn, Text: address}}}}
	text := ansi.Strip(strings.Join(r.progress(time.Time{}, 40), "\n"))
	if got := strings.Join(strings.Fields(text), ""); !strings.Contains(got, address) || !strings.Contains(text, "browser") {
		t.Errorf("got %s", text)
	}
	for l := range strings.Lines(text) {
		if ansi.StringWidth(strings.TrimRight(l, "\n")) > 40 {
			t.Errorf("a line is too wide: %q", l)
		}
	}
}

func TestNoNumberIsNoTimeout(t *testing.T) {
	rows := settingRows(collections.SavedSettings{})
	rows[0].value = "soon"
	if got := toSettings(rows); got.Timeout != nil {
		t.Errorf("%d", *got.Timeout)
	}
}

func TestASecretIsVeiledUntilItIsAskedFor(t *testing.T) {
	x := &request.Exchange{Request: request.Request{Secrets: []request.Secret{{Ref: "prod.token", Value: "s3cr3t-value"}}}}
	v := veilOf(x, false)
	if got := v.text("http://h/?k=s3cr3t-value"); got != "http://h/?k=‹secret:prod.token›" {
		t.Errorf("%q", got)
	}
	if got := v.value("Authorization", "Basic dXNlcjpwYXNzd29yZA=="); got == "Basic dXNlcjpwYXNzd29yZA==" {
		t.Error("a literal credential is shown")
	}
	if got := v.value("Accept", "application/json"); got != "application/json" {
		t.Errorf("%q", got)
	}
	if got := veilOf(x, true).text("s3cr3t-value"); got != "s3cr3t-value" {
		t.Errorf("%q", got)
	}
}

func TestEmptyPhasesAreNotDrawn(t *testing.T) {
	ms := request.Timing{Wrote: 5, FirstByte: 9, Done: 10}
	got := spans(ms)
	if len(got) != 3 || got[0].name != "send" || got[1].name != "wait" || got[2].name != "receive" {
		t.Errorf("%+v", got)
	}
}
