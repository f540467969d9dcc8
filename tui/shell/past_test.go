package shell

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// archive is a fake history, and what was asked of it.
type archive struct {
	items    []collections.Past
	again    Again
	refuse   error // of filling in
	redraft  Redraft
	sent     []string
	checks   []collections.Checked
	exported []string
	pages    int // how many pages after the first were asked for
}

// archived is a fake history of n exchanges, one a minute before noon.
func archived(n int) *archive {
	a := &archive{again: Again{Request: request.Request{Method: "POST", URL: "https://shop.example/orders"}}}
	kinds := []collections.Past{
		{Method: "POST", URL: "https://api.shop.example/orders", Entry: "orders/create-order", Status: 422, Took: 48 * time.Millisecond},
		{Method: "GET", URL: "https://api.shop.example/orders?limit=20&status=open", Entry: "orders/list-orders", Status: 200, Passed: true, Took: 1200 * time.Millisecond},
		{Method: "DELETE", URL: "https://api.shop.example/orders/o_77", Entry: "orders/cancel-order", Environment: "prod", Cause: "connect connection_refused", Took: 3 * time.Millisecond},
		{Method: "GET", URL: "https://www.shop.example/health", Entry: "health", Status: 503, Took: 90 * time.Second},
	}
	at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(-time.Minute) // synctest's clock begins then
	for i := range n {
		p := kinds[i%len(kinds)]
		p.ID, p.At, p.Collection = fmt.Sprint("x", i), at.Add(-time.Duration(i)*time.Minute), "/shop"
		a.items = append(a.items, p)
	}
	return a
}

func (a *archive) find(_ context.Context, search string, _ bool, last collections.Past, limit int) ([]collections.Past, error) {
	if search == "status:x" {
		return nil, errors.New("status:x: a status is a number, 5xx, >=400 or none")
	}
	var out []collections.Past
	skip := last.ID != ""
	if skip {
		a.pages++
	}
	for _, p := range a.items {
		if skip {
			skip = p.ID != last.ID
			continue
		}
		search = strings.TrimPrefix(strings.ReplaceAll(search, `"`, ""), "name:")
		if strings.Contains(p.Method+p.URL+p.Entry, search) && len(out) < limit {
			out = append(out, p)
		}
	}
	return out, nil
}

func (a *archive) past() *Past {
	return &Past{Find: a.find,
		Count: func(ctx context.Context, search string, all bool) (int, error) {
			found, err := a.find(ctx, search, all, collections.Past{}, len(a.items))
			return len(found), err
		},
		Open: func(_ context.Context, id string) (collections.Kept, error) {
			for i, p := range a.items {
				if p.ID == id {
					x := screentest.Answer(p.Method, p.URL, max(p.Status, 200), "", fmt.Sprintf(`{"id":%d,"same":true}`, i))
					x.ID, x.Start = p.ID, p.At
					return collections.Kept{Exchange: x, Checks: a.checks}, nil
				}
			}
			return collections.Kept{}, errors.New("no such exchange")
		},
		Again: func(context.Context, collections.Past) (Again, error) { return a.again, a.refuse },
		Replay: func(_ context.Context, p collections.Past, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
			a.sent = append(a.sent, r.Method+" "+r.URL)
			p.ID, p.At, p.Status, p.Passed = "new", time.Now(), 201, true
			a.items = append([]collections.Past{p}, a.items...)
			return screentest.Answer(p.Method, p.URL, 201, "Created", "{}"), nil
		},
		Draft: func(context.Context, collections.Past) (Redraft, error) { return a.redraft, nil },
		Curl:  func(context.Context, string) (string, error) { return "curl -H 'A: ‹secret:local.token›'", nil },
		HAR: func(_ context.Context, items []collections.Past, search string, _ bool) (string, error) {
			a.exported = append(a.exported, fmt.Sprint(len(items), " ", search))
			return "/tmp/h.har", nil
		},
		Grammar: [][2]string{{"method:post", "that method"}, {"status:5xx", "a class"}},
	}
}

func looking(a *archive) Options {
	opt := diagnosing(&world{answer: answers})
	opt.Core.Past = a.past()
	return opt
}

func TestTheHistoryIsSearchedAndRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := archived(8)
		s := open(t, looking(a), 140, 42)
		s.Press("H")
		s.Has("History", "8 exchanges", "✗ 422 Unprocessable", "✓ 200 OK", "✗ connection refused", "Dec 31 23:59", "api.shop.example/orders?limit=20", "1.2 s", `"id": 0`)
		s.Press("/")
		s.Type("health")
		s.Has("2 exchanges", `"id": 3`)
		s.Lacks("create-order")
		s.Press("enter", "W")
		s.Has("[Sent]", "User-Agent")
		s.Press("W")
		s.Has("[Body]")
		s.Press("tab", "]")
		s.Has("Content-Type")
		s.Press("esc", "esc")
		s.Has("8 exchanges")
		s.Press("/")
		s.Type("status:x")
		s.Has("a status is a number, 5xx, >=400 or none")
		s.Press("ctrl+u")
		s.Type("nowhere")
		s.Has("Nothing was found. f1 says how to search.") // while a question mark is typed
		s.Press("enter")
		s.Has("Nothing was found. esc shows all, ? says how to search.")
		s.Press("esc", "?")
		s.Has("only this request", "method:post", "that method")
		s.Press("esc", "esc")
		s.Has("Shop API", "Nothing sent yet")
	})
}

func TestALongHistoryIsReadInPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := archived(1000)
		s := open(t, looking(a), 80, 24)
		s.Press("H")
		s.Has("1,000 exchanges", "1/1,000")
		if a.pages != 0 {
			t.Errorf("%d pages more than needed", a.pages)
		}
		s.Press("G")
		s.Has("200/1,000")
		s.Press("j")
		s.Has("201/1,000")
		s.Press("G", "G", "G", "G")
		s.Has("1,000/1,000")
	})
}

func TestAReplayOfWhatMayChangeDataAsksAndNoIsTheWayOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := archived(3)
		a.again.Changed = []string{"environment local.token"}
		s := open(t, looking(a), 140, 42)
		s.Press("H", "r")
		s.Has("Send it again?", "It may change data once more", "environment local.token has another value now", "y send it", "esc close")
		s.Press("esc")
		if len(a.sent) != 0 {
			t.Fatalf("sent without a yes: %v", a.sent)
		}
		s.Press("r", "enter")
		if len(a.sent) != 0 {
			t.Fatalf("enter is no yes: %v", a.sent)
		}
		s.Press("y")
		s.Has("Sent again: 201 Created", "4 exchanges", "✓ 201 Created")
		s.Press("G", "r")
		s.Has("Send it to production again?")
		s.Press("esc")
		a.again = Again{Request: request.Request{Method: "GET", URL: "https://shop.example"}}
		s.Press("r")
		s.Lacks("production again?")
		a.refuse = errors.New("fill in environment prod.token: the secret has no value here")
		s.Press("r")
		s.Has("It cannot be sent again: fill in environment prod.token: the secret has no value here")
		if len(a.sent) != 2 {
			t.Errorf("sent: %v", a.sent)
		}
	})
}

func TestTwoExchangesAreCompared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, looking(archived(8)), 140, 42)
		s.Press("H", "=")
		s.Has("[Diff]", "Compared with", "~ .id  4 → 0")
		s.Press("esc", "space", "space")
		s.Has("● 2 marked")
		s.Press("=")
		s.Has("Request", "~ method  GET → POST", "Response", "~ .id     1 → 0", "Exchange  POST api.shop.example/orders")
		s.Press("esc", "k", "d")
		s.Has("It passed; there is nothing to diagnose")
	})
}

func TestAnExchangeIsEditedInTheWorkbench(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := archived(4)
		e := screentest.Shop().Root.Children[0].Children[1]
		a.redraft = Redraft{Entry: e, Saved: e.Saved}
		a.redraft.Saved.URL = "{{base}}/orders?as=sent"
		s := open(t, looking(a), 140, 42)
		s.Press("H", "e")
		s.Has("Create order", "{{base}}/orders?as=sent", "● edited", "As it was sent; u takes it back")
		a.redraft = Redraft{Saved: a.redraft.Saved, Notes: []string{"secrets are not kept"}}
		s.Press("H", "e")
		s.Has("Make a new request of it?", "It is not in this collection", "! secrets are not kept")
		s.Press("esc", "x")
		s.Has("Export as an HTTP Archive", "enter this one", "a all 4 found")
		s.Press("a")
		s.Has("Exported to /tmp/h.har")
		s.Press("c")
		s.Has("The curl command, without its secrets,")
		if len(a.exported) != 1 || a.exported[0] != "0 " {
			t.Errorf("exported %q", a.exported)
		}
	})
}

func TestAResponseIsComparedWithAnyEarlierOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, looking(archived(8)), 140, 42)
		s.Press("j", "s", "3", "[")
		s.Has("Nothing to compare with yet", "b compares it with an earlier one")
		s.Press("b")
		s.Has("Compare with", "422 Dec 31 23:59:00", "422 Dec 31 23:55:00")
		s.Press("down", "enter")
		s.Has("Compared with Dec 31 23:55:00", "- .id", "b another")
	})
}

func TestScreensOfTheHistory(t *testing.T) {
	for _, scene := range []struct {
		name string
		keys []string
	}{{"list", nil}, {"read", []string{"j", "enter"}}, {"search", []string{"/", "h", "e", "a"}}, {"again", []string{"r"}}, {"compare", []string{"="}}} {
		for _, size := range [][2]int{{80, 24}, {140, 42}} {
			t.Run(fmt.Sprintf("%s %dx%d", scene.name, size[0], size[1]), func(t *testing.T) {
				var got string
				synctest.Test(t, func(t *testing.T) {
					s := open(t, looking(archived(60)), size[0], size[1])
					s.Press(append([]string{"H"}, scene.keys...)...)
					got = s.Text()
				})
				golden.RequireEqual(t, got)
			})
		}
	}
}

func TestTheHistoryWithColours(t *testing.T) {
	for name, choice := range map[string]theme.Choice{"dark": {}, "none": {Depth: theme.Colourless}} {
		t.Run(name, func(t *testing.T) {
			var got string
			synctest.Test(t, func(t *testing.T) {
				opt := looking(archived(8))
				opt.Theme = choice
				s := open(t, opt, 140, 42)
				s.Press("H", "space")
				got = s.Styled()
			})
			golden.RequireEqual(t, got)
		})
	}
}

func TestTheHistoryKeepsWhatBecameOfAssertions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := archived(3)
		s := open(t, looking(a), 140, 42)
		s.Press("H", "enter", "[", "[")
		s.Has("[Tests]", "No assertions are kept of it.")
		s.Press("esc", "esc")
		a.items[0].Status, a.items[0].Passed = 200, false
		a.checks = []collections.Checked{{Assert: collections.Assert{Expression: "res.body.status", Operator: "eq", Value: "paid"},
			Verdict: collections.Failed, Why: `it is "pending", expected "paid"`}}
		s = open(t, looking(a), 140, 42)
		s.Press("H")
		s.Has("✗ 200 test fails")
		s.Press("enter", "[", "[")
		s.Has("[Tests 0/1]", "✗ res.body.status eq paid", `it is "pending", expected "paid"`)
		s.Press("W")
		s.Has("[Sent]", "HTTP/1.1")
	})
}

func TestHelpOnAScreenNamesNoKeyOfTheWorkbench(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, looking(archived(3)), 140, 42)
		s.Press("H", "?")
		s.Has("Everywhere", "ctrl+p          palette")
		s.Lacks("import curl", "reload files")
	})
}

func TestAnExchangeIsReadOnceThereIsRoomForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, looking(archived(3)), 80, 24)
		s.Press("H")
		s.Lacks("[Body]")
		s.Resize(140, 42)
		s.Has("[Body]", `"id": 0`)
	})
}

// What a request answered last is known from the history after a restart: in the tree, and where its answer will be.
func TestTheMarksOfYesterdayAreThereAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := time.Date(1999, 12, 31, 23, 15, 0, 0, time.UTC)
		opt := options(&world{})
		opt.Core.Past = &Past{Latest: func(context.Context) (map[string]collections.Past, error) {
			return map[string]collections.Past{"orders/list-orders": {Entry: "orders/list-orders", Status: 200, Passed: true, Took: 12 * time.Millisecond, At: at},
				"orders/cancel-order": {Entry: "orders/cancel-order", Status: 200, Took: 9 * time.Millisecond, At: at},         // an assertion failed
				"health":              {Entry: "health", Status: 200, Cause: "response: cancelled", Took: time.Second, At: at}, // it was cancelled while it came
				"orders/create-order": {Entry: "orders/create-order", Status: 422, Took: 1500 * time.Millisecond, At: at}}, nil
		}}
		s := open(t, opt, 140, 42)
		begun(s)
		s.Has("Health                ⊘")
		s.Lacks("Health            200")
		s.Has("List orders     200 ✓", "Create order    422 ✗", "Sent Dec 31 23:15: ✓ 200  12 ms", "H   shows what came back", "s   sends it again")
		s.Press("j")
		s.Has("Sent Dec 31 23:15: ✗ 422  1.5 s")
		s.Press("j")
		s.Has("Cancel order    200 ✗", "Sent Dec 31 23:15: ✗ 200, a test failed  9.0 ms")
		s.Press("j", "j")
		s.Has("Nothing sent yet.")
		s.Press("k", "k", "k", "s") // what is seen now goes before that
		s.Has("Create order    200 ✓")
		s.Press("1")
		s.Resize(80, 24) // where there is room it says how long it took
		s.Has("List orders", "200    12 ms ✓", "200    48 ms ✓", "200   9.0 ms ✗")
	})
}

// Esc ends the search of the answer first, then the answer: only what it does now is shown.
func TestEscInAnOldAnswerEndsItsSearchFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, looking(archived(3)), 140, 42)
		s.Press("H", "enter", "/")
		s.Type("same")
		s.Press("enter")
		s.Has("esc end the search")
		s.Lacks("esc list")
		s.Press("esc")
		s.Has("esc list")
		s.Lacks("end the search")
		s.Press("esc")
		s.Has("enter read")
	})
}
