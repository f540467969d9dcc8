package core

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/request"
	"culprit/request/client"
	"culprit/tui/shell"
)

// An "always" that was said to a probe that cannot act says nothing about one that may change data.
func TestAlwaysIsForWhatCannotChangeData(t *testing.T) {
	asked := 0
	allow := (&Core{}).consent(orders(0), diagnose.Case{}, func(context.Context, diagnose.Question) (shell.Consent, error) {
		asked++
		return shell.Consent{Yes: true, Always: true}, nil
	})
	question := func(s diagnose.Safety, path string) diagnose.Question {
		return diagnose.Question{Safety: s, Request: &request.Request{Method: "POST", URL: "https://shop.example" + path}}
	}
	for _, tt := range []struct {
		q    diagnose.Question
		want int // questions so far
	}{
		{question(diagnose.S3, "/orders"), 1},
		{question(diagnose.S3, "/orders"), 1}, // always
		{question(diagnose.S3, "/carts"), 2},
		{question(diagnose.S5, "/orders"), 3},
		{question(diagnose.S5, "/orders"), 4}, // every time
	} {
		if ok, err := allow(t.Context(), tt.q); !ok || err != nil {
			t.Error(ok, err)
		}
		if asked != tt.want {
			t.Errorf("%s %s: asked %d times, want %d", tt.q.Safety, tt.q.Request.URL, asked, tt.want)
		}
	}
}

// orders is the diagnosis of a request of which so many probes are allowed at once.
func orders(allowed int) shell.Problem {
	return shell.Problem{Entry: &collections.Entry{Path: "orders/create"}, Allowed: shell.Allow(allowed)}
}

// What was allowed is as many probes as were shown: what comes after them is asked for.
func TestAsManyGoOutAsWereAllowed(t *testing.T) {
	order, asked := request.Request{Method: "POST", URL: "https://shop.example/orders"}, 0
	allow := (&Core{}).consent(orders(2), diagnose.Case{Request: order, Writes: true}, func(context.Context, diagnose.Question) (shell.Consent, error) {
		asked++
		return shell.Consent{}, nil
	})
	for n, want := range []int{0, 0, 1, 2} {
		if yes, err := allow(t.Context(), diagnose.Question{Safety: diagnose.S5, Request: &order}); yes != (want == 0) || asked != want || err != nil {
			t.Errorf("probe %d: %v, asked %d times, %v", n+1, yes, asked, err)
		}
	}
}

// What was allowed for all of a run is the method and path of the request alone: another path, new credentials and what may
// have arrived already are asked for. A no to one probe is told from a no to all.
func TestWhatWasAllowedForAllOfARun(t *testing.T) {
	order := request.Request{Method: "POST", URL: "https://shop.example/orders"}
	other := request.Request{Method: "POST", URL: "https://shop.example/carts"}
	for _, tt := range []struct {
		q     diagnose.Question
		asked bool
	}{
		{diagnose.Question{Safety: diagnose.S5, Request: &order}, false},
		{diagnose.Question{Safety: diagnose.S5, Request: &order, Unsure: true}, true},
		{diagnose.Question{Safety: diagnose.S5, Request: &order, Kind: diagnose.Renew}, true},
		{diagnose.Question{Safety: diagnose.S5, Request: &other}, true},
	} {
		asked := false
		allow := (&Core{}).consent(orders(1), diagnose.Case{Request: order, Writes: true}, func(context.Context, diagnose.Question) (shell.Consent, error) {
			asked = true
			return shell.Consent{Only: true}, nil
		})
		if _, err := allow(t.Context(), tt.q); asked != tt.asked || errors.Is(err, diagnose.ErrNotThis) != tt.asked {
			t.Errorf("%+v: asked %v, %v", tt.q, asked, err)
		}
	}
}

// What was allowed for all of a run is asked for one by one as soon as the environment is marked as production: the run that
// is taken up again is as old as its tape, and the mark is not.
func TestAMarkSinceTheRunBeganTakesBackWhatWasAllowed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnprocessableEntity) }))
	defer server.Close()
	for marked, want := range map[string]bool{"{}": false, `{"environments":{"eu":{"production":true}}}`: true} {
		dir := t.TempDir()
		for name, text := range map[string]string{
			"opencollection.yml":  "opencollection: 1.0.0\ninfo:\n  name: Shop\n",
			"environments/eu.yml": "name: eu\n",
			".culprit.json":       marked,
		} {
			if err := errors.Join(os.MkdirAll(filepath.Join(dir, "environments"), 0o700), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		store, err := file.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		engine := client.New(client.Config{})
		defer engine.Close()
		c := New(Parts{Store: store, Engine: engine})
		if _, err := c.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		r := request.Request{Method: "POST", URL: server.URL + "/orders", Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"qty":"x"}`}}
		saved, _ := collections.FromRequest(r)
		x, _ := engine.Do(t.Context(), r, nil)
		p := shell.Problem{Entry: &collections.Entry{Kind: collections.HTTP, Name: "order", Path: "order", Saved: saved}, Saved: saved,
			Environment: "eu", Exchange: x, Allowed: shell.Allow(99), Tape: &diagnose.Tape{}}
		p.Tape.Case(func() diagnose.Case { return diagnose.Case{Request: r, Recorded: x, Interactive: true} })
		asked := false
		ask := shell.Asker{Note: func(string) {}, Reply: func(context.Context, diagnose.Question) (string, error) { return "", nil },
			Allow: func(context.Context, diagnose.Question) (shell.Consent, error) {
				asked = true
				return shell.Consent{}, nil
			}}
		if _, err := c.diagnose(t.Context(), p, ask, func(diagnose.Event) {}); err != nil || asked != want {
			t.Errorf("%q: asked %v, %v", marked, asked, err)
		}
	}
}

// An old exchange comes back as a problem with the request that was sent then.
func TestAnOldExchangeIsAProblem(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "opencollection.yml"), []byte("opencollection: 1.0.0\ninfo:\n  name: Shop\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	store, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	h := history.New(t.TempDir())
	defer h.Close()
	c := New(Parts{Store: store, History: h})
	if _, err := c.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	saved := collections.Saved{Method: "GET", URL: "https://shop.example/now"}
	if _, err := c.create(t.Context(), "", "", saved); err != nil {
		t.Fatal(err)
	}
	loaded, err := c.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := loaded.Root.Children[0]
	x := &request.Exchange{Request: request.Request{Method: "GET", URL: "https://shop.example/then"},
		Hops: []request.Hop{{Sent: request.Sent{Method: "GET"}, Response: &request.Response{Status: 404, Body: request.NewContent([]byte(`{"error":"gone"}`))}}}}
	if err := h.Record(t.Context(), collections.Record{Collection: store.Dir(), Entry: e.Path, Saved: saved, Exchange: x}); err != nil {
		t.Fatal(err)
	}
	p, err := c.recall(t.Context(), x.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Past || p.Entry != e || p.Exchange.Request.URL != "https://shop.example/then" || p.Exchange.Status() != 404 {
		t.Errorf("%+v", p)
	}
	if got := string(p.Exchange.Response().Body.Head(100)); got != `{"error":"gone"}` {
		t.Errorf("body %q", got)
	}
	if _, err := c.recall(t.Context(), "none"); err == nil {
		t.Error("an exchange that is not there is no problem")
	}
	// Or as what was right.
	right, err := c.right(t.Context(), x.ID, "")
	if err != nil || right.Request.URL != "https://shop.example/then" || right.Exchange.Status() != 404 || !strings.HasPrefix(right.Label, "the exchange of ") {
		t.Errorf("%+v, %v", right, err)
	}
	// But not for another environment: its credentials would go to that one's host.
	if right, err := c.right(t.Context(), x.ID, "live"); err == nil {
		t.Errorf("%+v", right)
	}
}

// A fix of a value that comes from the environment is written into the environment's file.
func TestAFixIsWrittenWhereTheVariableIs(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"opencollection.yml":     "opencollection: 1.0.0\ninfo:\n  name: Shop\n",
		"environments/local.yml": "name: local\nvariables:\n  - name: price # of a mug\n    value: seven\n",
		"order.yml":              "info:\n  name: order\n  type: http\nhttp:\n  method: GET\n  url: https://shop.example/orders?price={{price}}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	store, err := file.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	c := New(Parts{Store: store})
	loaded, err := c.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := loaded.Root.Children[0]
	p := shell.Problem{Entry: e, Saved: e.Saved, Environment: "local"}
	a, err := c.repair(p, diagnose.Fix{Edits: []diagnose.Edit{{Element: "query:price", Op: diagnose.Set, To: "7.5"}}})
	if err != nil || len(a.Assign) != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	if err := c.assign(t.Context(), p, a.Assign); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "environments/local.yml"))
	if want := "name: local\nvariables:\n  - name: price # of a mug\n    value: \"7.5\"\n"; err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
}

// A damaged file of earlier findings is said, and the diagnosis goes on without it.
func TestADamagedFileOfFindingsIsANote(t *testing.T) {
	dir := t.TempDir()
	h := history.New(dir)
	defer h.Close()
	if err := os.MkdirAll(h.Dir(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.Dir(), "priors.json"), []byte(`{"schema":"culprit.pri`), 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(Parts{History: h})
	var kase diagnose.Case
	kase.Request.URL = "https://shop.example"
	notes := c.gather(t.Context(), dossier.Subject{Entry: &collections.Entry{}, Resolved: collections.Resolved{Request: kase.Request}}, &kase)
	if text := strings.Join(notes, "; "); !strings.Contains(text, "read earlier findings") || !strings.Contains(text, "the file is now") {
		t.Errorf("notes: %q", notes)
	}
}
