package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	collcli "culprit/collections/cli"
	"culprit/diagnose/lab"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/client"
)

// at runs the program as a person at a terminal who types what is in typed.
func at(t *testing.T, typed string, args ...string) (code int, out, err string) {
	t.Helper()
	return during(t.Context(), typed, args...)
}

func during(ctx context.Context, typed string, args ...string) (code int, out, err string) {
	var o, e strings.Builder
	d := collcli.Deps{
		Streams: kit.Streams{In: strings.NewReader(typed), Out: &o, Err: &e, InTerm: true, OutTerm: true, ErrTerm: true},
		Engine:  func() *request.Engine { return client.New(client.Config{}) },
	}
	code = kit.Main(ctx, root(d), args, d.Streams)
	return code, o.String(), e.String()
}

func TestConsentIsAskedAtATerminalAndDefaultsToNo(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		flags       []string
		code        int
		asked       bool
		wrote       bool
	}{
		{"an empty line", "\n\n\n", nil, 5, true, false},
		{"the end of input", "", nil, 5, true, false},
		{"no", "n\n", nil, 5, true, false},
		{"never", "e\n", nil, 5, true, false},
		{"always is not for what may change data", "a\n", nil, 5, true, false},
		{"yes, each time", "y\ny\ny\ny\n", nil, 0, true, true},
		{"the step is skipped", "s\ns\ns\ns\n", nil, 1, true, false},
		{"stopped", "x\n", nil, 1, true, false},
		{"json asks nothing", "a\n", []string{"--json"}, 5, false, false},
		{"quiet asks nothing", "a\n", []string{"--quiet"}, 5, false, false},
		{"consent given before asks nothing", "", []string{"--allow-writes"}, 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := lab.Start(context.Background(), lab.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			dir := t.TempDir()
			if err := lab.WriteSample(dir, l); err != nil {
				t.Fatal(err)
			}
			args := append([]string{"diagnose", "orders/create-order", "-C", dir, "--color", "never"}, c.flags...)
			code, _, text := at(t, c.typed, args...)
			if code != c.code {
				t.Errorf("exit code %d, want %d", code, c.code)
			}
			if asked := strings.Contains(text, "Send it?"); asked != c.asked {
				t.Errorf("asked: %v, want %v", asked, c.asked)
			}
			if c.asked && !strings.Contains(text, "POST "+l.URL+"/legacy/orders") {
				t.Errorf("the question does not show what would be sent:\n%s", text)
			}
			if wrote := len(l.Writes()) > 0; wrote != c.wrote {
				t.Errorf("data changed: %v, want %v", wrote, c.wrote)
			}
			if strings.Contains(text, l.Tokens.Valid) {
				t.Error("the token is shown")
			}
		})
	}
}

// TestADeletionIsTyped: a DELETE is sent when the word was typed, and not for a y (§11, S6); so is what is one under another name.
func TestADeletionIsTyped(t *testing.T) {
	for _, command := range []string{"curl -X DELETE ", "curl -d _method=delete ", "curl -H X-HTTP-Method-Override:DELETE "} {
		typedDeletion(t, command)
	}
}

func typedDeletion(t *testing.T, command string) {
	for typed, want := range map[string]int{"y\n": 0, "yes\n": 0, "a\n": 0, "\n": 0, "delete\nx\n": 1, "DELETE\nx\n": 1} {
		n := 0
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n++
			w.WriteHeader(http.StatusConflict)
		}))
		_, _, text := at(t, typed, "diagnose", "--curl", command+s.URL+"/things/7", "-C", t.TempDir(), "--color", "never")
		s.Close()
		if min(n, 1) != want || !strings.Contains(text, "Type delete for yes") {
			t.Errorf("%s, typed %q: %d deletions\n%s", command, typed, n, text)
		}
	}
}

func TestADiagnosisThatIsStoppedSaysWhatItKnows(t *testing.T) {
	ctx, stop := context.WithCancelCause(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		stop(&kit.Signalled{Number: 15})
		<-r.Context().Done()
	}))
	defer s.Close()
	code, out, _ := during(ctx, "", "diagnose", "--curl", "curl "+s.URL)
	if code != 143 {
		t.Errorf("exit code %d, want 143", code)
	}
	if !strings.Contains(out, "It was stopped before a verdict was reached.") {
		t.Errorf("got %s", out)
	}
}

// shape returns the paths of all keys of a JSON value, "[]" for the items of a list.
func shape(v any, at string, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for k, m := range v {
			into[at+"."+k] = true
			shape(m, at+"."+k, into)
		}
	case []any:
		for _, m := range v {
			shape(m, at+"[]", into)
		}
	}
}

// TestTheReportKeepsItsKeys guards the schema culprit.report/1: keys may come, none may go.
func TestTheReportKeepsItsKeys(t *testing.T) {
	dir := sample(t)
	code, out, text := at(t, "", "diagnose", "orders/create-order", "-C", dir, "--allow-writes", "--json")
	if code != 0 {
		t.Fatalf("exit code %d\n%s", code, text)
	}
	var v any
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	shape(v, "", got)
	for _, key := range strings.Fields(`.schema .request .request.method .request.url .request.curl .failure .failure.status
		.failure.signature .verdict .verdict.outcome .verdict.side .verdict.cause .verdict.summary .verdict.culprits
		.verdict.culprits[].element .verdict.culprits[].cause .verdict.culprits[].confidence .verdict.culprits[].standing
		.verdict.culprits[].explanation .verdict.culprits[].fix .verdict.culprits[].evidence .verdict.culprits[].with.seen
		.verdict.culprits[].with.tried .verdict.culprits[].without.seen .verdict.culprits[].without.tried
		.verdict.minimal.curl .verdict.repair.curl .verdict.repair.diff .verdict.repair.diff[].element
		.verdict.repair.diff[].from .verdict.repair.diff[].to .verdict.repair.verified .verdict.repair.status
		.steps[].step .steps[].result .steps[].text .probes[].n .probes[].kind .probes[].changed .probes[].safety
		.probes[].status .probes[].verdict .probes[].duration_ms .probes[].why .untested .cost.probes .cost.unsafe .cost.duration_ms`) {
		if !got[key] {
			t.Errorf("the report lacks %s", key)
		}
	}
	if t.Failed() {
		t.Log(fmt.Sprint(slices.Sorted(maps.Keys(got))))
	}
}

// --allow-writes is for the method, host and path of the request: a known-good request at another server gets nothing.
func TestConsentIsNotForAnotherServer(t *testing.T) {
	reached := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached++ }))
	defer other.Close()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) }))
	defer s.Close()
	at(t, "", "diagnose", "--allow-writes", "--json", "--curl", "curl "+s.URL+"/orders -d a=1", "--good-curl", "curl "+other.URL+"/orders -d a=2")
	if reached > 0 {
		t.Errorf("the other server was written to %d times", reached)
	}
}
