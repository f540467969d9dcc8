package shell

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screen/workbench"
	"culprit/tui/screentest"
)

func TestSendShowsTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{wait: 2 * time.Second}
		s := open(t, options(w), 140, 42)
		s.Has("Shop API", "List orders", "https://local.shop.example/orders?limit=20", "Nothing sent yet")
		s.Press("s")
		s.Has("Sending", "resolved", "ctrl+c cancels")
		time.Sleep(2 * time.Second)
		s.Settle()
		s.Has("✓ 200 OK", "48 ms", "HTTP/1.1", `"sku": "mug"`)
		s.Press("3", "]")
		s.Has("Content-Type", "application/json")
		if len(w.sent) != 1 || w.sent[0] != "GET {{base}}/orders?limit=20&status=open local" {
			t.Errorf("sent: %q", w.sent)
		}
	})
}

func TestAFailureSaysWhichLayerFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
			return screentest.Refused(errors.New("connect: connection refused")), nil
		}}
		s := open(t, options(w), 80, 24)
		s.Press("s", "3")
		s.Has("✗ No response", "TCP: no connection. Nothing listens at localhost:9.")
		s.Has("127.0.0.1:9", "connection refused") // the timeline, where there is nothing else to show
	})
}

func TestAFailureIsQuotedInTheServersWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const token = "tok_0123456789abcdef"
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
			x := screentest.Answer("GET", "https://shop.example/orders", 401, "Unauthorized", `{}`)
			x.Request.Secrets = []request.Secret{{Ref: "local.token", Value: token}}
			return x, nil
		}}
		opt := options(w)
		opt.Core.Said = func(*request.Exchange) string {
			return "the token " + token + " expired at noon\x1b[31m, " + strings.Repeat("as it was told ", 12) + "at the end"
		}
		s := open(t, opt, 80, 24)
		s.Press("s")
		s.Has("The credentials were missing or not accepted.", "The answer says: the token ‹secret:local.token› expired", "…")
		s.Lacks(token, "at the end")
		opt.Core.Said = func(*request.Exchange) string { return "" }
		s = open(t, opt, 80, 24)
		s.Press("s")
		s.Has("The credentials were missing or not accepted.")
		s.Lacks("The answer says")
	})
}

func TestWhatIsInheritedIsShownWithItsFolder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{named: []workbench.Variable{{Name: "token", Value: "eyJ…(40)", Scope: "environment local"}}})
		root := opt.Collection.Root
		e := root.Request("orders/list-orders")
		e.Parent.Name, e.Parent.Parent = "Orders", root
		e.Parent.Saved = collections.Saved{Auth: collections.SavedAuth{Scheme: "inherit"},
			Headers: []collections.Row{{Name: "X-Shop", Value: "berlin"}, {Name: "X-Off", Value: "no", Off: true}}}
		root.Name = "Shop API"
		root.Saved = collections.Saved{Auth: collections.SavedAuth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "{{token}}"}}},
			Headers: []collections.Row{{Name: "X-Shop", Value: "none"}, {Name: "X-Agent", Value: "till"}}}
		e.Saved.Auth = collections.SavedAuth{Scheme: "inherit"}
		s := open(t, opt, 80, 24)
		s.Press("2")
		s.PressUntil("]", "[Auth")
		s.Has("bearer, from Shop API", "token  {{token}}")
		s.Press("j")
		s.Has("token = eyJ…(40)  environment local")
		s.Press("[")
		s.Has("X-Shop", "berlin  from Orders", "X-Agent", "till  from Shop API")
		s.Lacks("X-Off", "none  from")
		root.Saved.Auth = collections.SavedAuth{}
		s.Press("]")
		s.Has("No folder above has one, so none is sent.")
	})
}

func TestARedirectSaysWhatItDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) { return screentest.Redirected(), nil }}
		s := open(t, options(w), 140, 42)
		s.Press("s", "3")
		s.Has("! The redirect to api.shop.example dropped", "Authorization.") // it is seen beside the body, too
		s.Press("]", "]", "]")
		s.Has("→ 301", "dropped", "Authorization: another host", "✗ 401", "total")
		s.Press("]", "]")
		s.Has("Hop 1", "added", "→ 301 to", "dropped", "Authorization: another host", "Hop 2") // between what went out
	})
}

func TestCancelIsNoError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{wait: time.Hour}), 140, 42)
		s.Press("s")
		s.Has("Sending")
		s.Press("ctrl+c")
		s.Has("Cancelled by you.")
		s.Lacks("Quit?")
	})
}

func TestCtrlCJustAfterTheEndDoesNotQuit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		s.Press("s", "ctrl+c") // the answer was there first
		s.Has("ctrl+c once more quits.")
		s.Press("1", "ctrl+c") // any other key stays
		s.Has("ctrl+c once more quits.")
		s.Press("ctrl+c")
		if err := s.Ended(); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatWasReallySentIsOneKeyAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("W")
		s.Has("Nothing was sent yet.")
		s.Press("s", "2", "W")
		s.Has("[Sent]", "HTTP/1.1", "W what was really sent")
		s.Press("W")
		s.Has("[Body]")
	})
}

func TestThePaletteHasTheActionsOfThePane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		s := open(t, opt, 140, 42)
		s.Press("s", "3", "ctrl+p")
		s.Type("fold all")
		s.Has("Body of the response: fold all")
		s.Press("esc", "ctrl+p")
		s.Type("tab: timeline")
		s.Press("enter")
		s.Has("[Timeline]", "total")
		s.Press("2", "ctrl+p")
		s.Type("next tab")
		s.Press("enter")
		s.Has("[Headers")
	})
}

func TestEditAndSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, options(w), 140, 42)
		s.Press("2", "j", "enter")
		s.Press("backspace", "backspace")
		s.Type("50")
		s.Has("● edited", "/orders?limit=50&status=open", "1 unsaved")
		s.Press("enter")
		time.Sleep(time.Second)
		s.Settle()
		if len(w.drafts) == 0 || w.drafts[len(w.drafts)-1]["orders/list-orders"].URL != "{{base}}/orders?limit=50&status=open" {
			t.Fatalf("drafts: %v", w.drafts)
		}
		s.Press("ctrl+s")
		s.Has("Saved orders/list-orders")
		s.Lacks("edited", "unsaved")
		if len(w.saves) != 1 || !strings.HasSuffix(w.saves[0], "limit=50&status=open") {
			t.Errorf("saves: %q", w.saves)
		}
	})
}

func TestRowsAreSwitchedOffAddedAndRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("2", "j", "space")
		s.Has("GET  {{base}}/orders?status=open ")
		s.Press("a")
		s.Type("page")
		s.Press("enter")
		s.Type("3")
		s.Press("enter")
		s.Has("orders?page=3&status=open")
		s.Press("x")
		s.Lacks("page")
		s.Press("U")
		s.Has("Undo all edits?")
		s.Press("y")
		s.Has("orders?limit=20&status=open")
		s.Lacks("edited")
	})
}

func TestAFileThatChangedIsNotOverwritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		theirs := screentest.Shop().Root.Children[0].Children[0].Saved
		theirs.URL = "{{base}}/v2/orders"
		w := &world{refuse: &Conflict{Theirs: theirs, Err: errors.New("newer on disk")}}
		s := open(t, options(w), 140, 42)
		s.Press("2", "m", "ctrl+s")
		s.Has("The file changed", "- GET {{base}}/v2/orders", "+ POST {{base}}/orders", "w write mine over it")
		s.Press("esc")
		s.Has("● edited")
		s.Press("ctrl+s", "w")
		s.Has("Saved")
		if len(w.saves) != 1 {
			t.Errorf("saves: %q", w.saves)
		}
	})
}

func TestQuitAsksAndKeepsDrafts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, options(w), 80, 24)
		s.Press("2", "m", "q")
		s.Has("Quit?", "orders/list-orders")
		s.Press("esc")
		s.Lacks("Quit?")
		s.Press("ctrl+c", "ctrl+c", "ctrl+c")
		if err := s.Ended(); err != nil {
			t.Error(err)
		}
		if n := len(w.drafts); n == 0 || len(w.drafts[n-1]) != 1 {
			t.Errorf("drafts: %v", w.drafts)
		}
	})
}

func TestSaveAllAndQuit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, options(w), 80, 24)
		s.Press("2", "m", "1", "j", "2", "m", "q")
		s.Has("orders/list-orders", "orders/create-order")
		s.Press("s")
		if err := s.Ended(); err != nil {
			t.Error(err)
		}
		if len(w.saves) != 2 {
			t.Errorf("saves: %q", w.saves)
		}
	})
}

func TestABodyIsWrittenInPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, options(w), 140, 42)
		s.Press("j", "2", "j", "j", "enter")
		s.Has("● writing")
		s.Press("down")
		s.Type("  ")
		s.Press("backspace", "backspace", "end")
		s.Type(" s?1d")
		s.Has(`"customer": "c_1042", s?1d`)
		s.Press("ctrl+z")
		s.Lacks("s?1d")
		s.Press("esc", "s")
		s.Lacks("writing")
		if len(w.sent) != 1 {
			t.Errorf("sent: %q", w.sent)
		}
	})
}

func TestHangUpKeepsDraftsAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{wait: time.Hour}
		hup := make(chan struct{})
		opt := options(w)
		opt.HangUp = hup
		s := open(t, opt, 80, 24)
		s.Press("2", "m", "ctrl+r")
		close(hup)
		if err := s.Ended(); err != nil {
			t.Error(err)
		}
		if n := len(w.drafts); n == 0 || w.drafts[n-1]["orders/list-orders"].Method != "POST" {
			t.Errorf("drafts: %v", w.drafts)
		}
	})
}

func TestDraftsComeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		draft := screentest.Shop().Root.Children[0].Children[0].Saved
		draft.Method = "PURGE"
		opt.Drafts = map[string]collections.Saved{"orders/list-orders": draft}
		s := open(t, opt, 140, 42)
		s.Has("An earlier run left edits")
		s.Press("esc")
		s.Has("PURGE", "● edited")
	})
}

func TestPaletteFindsRequestsAndActions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		s.Press("ctrl+p")
		s.Has("Palette", "Send the request")
		s.Type("crtord")
		s.Has("Create order")
		s.Lacks("Send the request")
		s.Press("enter")
		s.Has("POST", `"customer"`)
		s.Press("ctrl+e")
		s.Type("prod")
		s.Press("enter")
		s.Has("production: prod")
		s.Press("ctrl+r")
		s.Has("Send to production?")
		s.Press("esc")
		s.Lacks("Sending")
	})
}

func TestHelpShowsTheFocusedPaneFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		s.Press("2", "?")
		s.Has("Keys", "Request", "duplicate")
		s.Press("esc")
		s.Lacks("duplicate  ")
	})
}

func TestAPastedCurlBecomesTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		s.Paste("curl https://new.example/x --foo")
		s.Has("Import this curl command?", "https://new.example/x", "--foo is unknown", "Authorization: ")
		s.Lacks("0123456789abcdef")
		s.Press("r", "2")
		s.Has("https://new.example/x", "● edited")
	})
}

func TestWhatIsNotRunIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{notes: []string{"script before-request of collection is not run"}}), 100, 24)
		s.Has("! script before-request of collection is not run")
	})
}

func TestAVariableSaysWhereItCameFrom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		named := []workbench.Variable{{Name: "base", Value: "x", Scope: "environment dev", Shadows: []string{"collection"}}}
		s := open(t, options(&world{named: named}), 120, 24)
		s.Press("2", "k", "k", "k", "k")
		s.Has("base = x  environment dev, not collection")
	})
}

func TestAVariableIsCompletedInABody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{named: []workbench.Variable{{Name: "customer", Value: "c_1042"}}})
		s := open(t, opt, 140, 42)
		s.Press("j", "2", "j", "j", "enter", "down", "end")
		s.Type("{{cu")
		s.Has("{{customer}}  c_1042", "tab complete")
		s.Press("tab")
		s.Has(`"c_1042",{{customer}}`, "writing")
		s.Press("esc")
		s.Lacks("writing")
	})
}

func TestCopyAsCurlGoesToTheClipboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		s.Press("c")
		s.Has("The curl command, secrets masked (v), was sent to the clipboard")
		s.Press("v", "c")
		s.Has("The curl command was sent to the clipboard")
		if !strings.Contains(string(s.Raw()), "\x1b]52;c;") {
			t.Error("no OSC 52 was written")
		}
	})
}

func TestTheStatusLineSaysWhichPathWasCopied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, everywhere(), 80, 24)
		s.Press("s")
		time.Sleep(time.Second)
		s.Settle()
		s.Press("3", "j", "y")
		s.Has("The path .error was sent to the clipboard")
	})
}

// TestControlCharactersAreAskedFor: what a terminal would take for keys goes into the clipboard only after a yes.
func TestControlCharactersAreAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, keystrokes(), 80, 24)
		s.Press("s")
		time.Sleep(time.Second)
		s.Settle()
		s.Press("3", "Y")
		s.Has("Copy control characters?", "p copy what is seen", "y copy all of it")
		s.Press("esc")
		s.Has("Nothing was copied.")
		if strings.Contains(string(s.Raw()), "\x1b]52;c;") {
			t.Fatal("it was copied without a yes")
		}
		s.Press("Y", "p")
		if want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte("rm -rf ~␍␛[201~")); !strings.Contains(string(s.Raw()), want) {
			t.Error("what is seen was not copied")
		}
	})
}

// keystrokes is a world whose answers hold what a terminal takes for keys.
func keystrokes() Options {
	return options(&world{answer: func(*collections.Entry) (*request.Exchange, error) {
		return screentest.Answer("GET", "http://h.test/x", 200, "OK", "rm -rf ~\r\x1b[201~"), nil
	}})
}

func TestTheStatusLineSaysWhatRunsAndHowToEndIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{wait: time.Hour})
		opt.Collection.Root.Children[0].Children[0].Name = strings.Repeat("A very long name ", 6)
		s := open(t, opt, 80, 24)
		s.Press("s", "1")
		time.Sleep(2 * time.Second)
		s.Settle()
		s.Has("Sending A very long name", "…", "  ctrl+c cancels  2.", "env local")
		time.Sleep(3 * time.Minute)
		s.Settle()
		s.Has("ctrl+c cancels  3 min ")
		s.Press("s") // of the same request there is one at a time
		s.Press("j", "s")
		s.Has("Sending Create order", "ctrl+c cancels  and 1 more")
		s.Press("ctrl+c")
		s.Has("Sending A very long name")
		s.Lacks("more")
		s.Press("ctrl+c")
		s.Has("Cancelled sending A very long name")
	})
}

// Between 100 and 140 columns the answer takes the place of the request beside the tree, and the tree keeps the focus.
func TestTheAnswerIsSeenBesideTheTree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 100, 30)
		s.Has("List orders", "https://local.shop.example/orders?limit=20")
		s.Press("s")
		s.Has("List orders", "✓ 200 OK", `"sku": "mug"`)
		s.Press("j") // not sent yet: its request is seen
		s.Lacks("✓ 200 OK", "Nothing sent yet")
		s.Press("k") // and the answer again
		s.Has("✓ 200 OK")
	})
}

// The waterfall ends in the phase that broke off, and says how long it lasted.
func TestTheTimelineShowsWhereItBrokeOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := screentest.Refused(errors.New("timeout"))
		x.Took = time.Second
		x.Hops[0].Timing = request.Timing{ConnectStart: 0, ConnectDone: 2 * time.Millisecond, Wrote: 3 * time.Millisecond}
		x.Failure = &request.Failure{Phase: request.PhaseWait, Text: "No response in time."}
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) { return x, nil }}
		s := open(t, options(w), 140, 42)
		s.Press("s", "3")
		s.Has("connect", "✗ wait", "997 ms")
		s.Lacks("✗ connect")
	})
}
