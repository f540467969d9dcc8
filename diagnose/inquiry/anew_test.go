package inquiry_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/inquiry"
	"culprit/request"
)

// wroteTo runs a diagnosis with consent to writes against a server that is a function.
func wroteTo(t *testing.T, command string, answers func(request.Request) (int, string)) diagnose.Verdict {
	t.Helper()
	w := world{answers: answers}
	got, err := diagnose.Run(t.Context(), inquiry.New(diagnose.Case{Request: parsed(t, command), Writes: true, Now: time.Unix(1e9, 0)}), func(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
		if q.Request == nil {
			return diagnose.Answer{Refused: "not here"}, nil
		}
		return w.ask(ctx, q)
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got.Verdict
}

// What is made once cannot be made again: that its second making fails is no server that comes and goes.
func TestAWriteThatWasMadeIsNotFlaky(t *testing.T) {
	made := map[string]bool{}
	v := wroteTo(t, `curl https://api.test/networks -H 'Content-Type: application/json' -d '{"Title":"front","Driver":"brigde","Labels":{"team":"web"}}'`, func(r request.Request) (int, string) {
		var b map[string]any
		if r.Method != "POST" || json.Unmarshal([]byte(r.Body.Text), &b) != nil {
			return 404, `{"message":"page not found"}`
		}
		title, _ := b["Title"].(string)
		switch driver, sent := b["Driver"]; {
		case sent && driver != "bridge":
			return 500, `{"message":"unsupported driver"}`
		case made[title]:
			return 500, `{"message":"network already exists"}`
		}
		made[title] = true
		return 201, `{"id":1}`
	})
	if v.Outcome == diagnose.OutcomeFlaky || len(v.Culprits) == 0 || v.Culprits[0].Element != "body:/Driver" {
		t.Errorf("got %s %s", v.Outcome, shown(v.Culprits))
	}
}

// Servers look for a name that is taken before they look at the rest, or say yes to the making of what is there: that our
// own passes made it is neither a failure that comes and goes nor a proof. What then passes under any name is no culprit's.
func TestWhatOurOwnPassesMadeIsNoFailureThatComesAndGoes(t *testing.T) {
	const command = `curl https://api.test/networks -H 'Content-Type: application/json' -d '{"Name":"front","Driver":"brigde","Labels":{"team":"web"}}'`
	network := func(r request.Request) (name string, wrong bool) {
		var b map[string]any
		if json.Unmarshal([]byte(r.Body.Text), &b) != nil {
			return "", true
		}
		name, _ = b["Name"].(string)
		driver, sent := b["Driver"]
		return name, sent && driver != "bridge"
	}
	for _, refused := range []int{400, 500} {
		for _, there := range []int{200, 400, 409, 500} {
			made := map[string]bool{}
			v := wroteTo(t, command, func(r request.Request) (int, string) {
				name, wrong := network(r)
				switch {
				case r.Method != "POST":
					return 404, `{"message":"page not found"}`
				case made[name] && there == 200:
					return 200, `{"id":1}`
				case made[name]:
					return there, `{"message":"network name ` + name + ` already used"}`
				case wrong:
					return refused, `{"message":"unsupported driver"}`
				}
				made[name] = true
				return 201, `{"id":1}`
			})
			if v.Outcome != diagnose.OutcomeIsolated || v.Culprits[0].Element != "body:/Driver" || v.Culprits[0].Standing == diagnose.Suspected {
				t.Errorf("refused with %d, there with %d: got %s %s", refused, there, v.Outcome, shown(v.Culprits))
			}
		}
	}
	left := 4 // that fail, whatever they are
	v := wroteTo(t, command, func(r request.Request) (int, string) {
		if left--; left >= 0 || r.Method != "POST" {
			return 400, `{"message":"unsupported driver"}`
		}
		return 201, `{"id":1}`
	})
	for _, c := range v.Culprits {
		if c.Element != "server" && (c.Standing == diagnose.Confirmed || c.Standing == diagnose.Isolated) {
			t.Errorf("it ended by itself: got %s %s", v.Outcome, shown(v.Culprits))
		}
	}
}

// A word that the engine makes up may be there from an earlier run: another one is tried, for what was refused is not.
func TestAMadeUpNameThatIsThereAlready(t *testing.T) {
	v := wroteTo(t, `curl https://api.test/projects -H 'Content-Type: application/json' -d '{"name":5,"enabled":true,"tags":["shop"]}'`, func(r request.Request) (int, string) {
		var b map[string]any
		if r.Method != "POST" || json.Unmarshal([]byte(r.Body.Text), &b) != nil {
			return 404, `{"message":"not found"}`
		}
		name, ok := b["name"].(string)
		switch {
		case !ok || len(name) > 20:
			return 400, `{"detail":[{"type":"string_type","loc":["body","name"],"msg":"Input should be a valid string"}]}`
		case len(name) < 7: // Test, 5 and the like
			return 409, `{"message":"a project of that name already exists"}`
		}
		return 201, `{"id":1}`
	})
	if v.Outcome != diagnose.OutcomeIsolated || v.Repair == nil || !v.Repair.Verified || v.Culprits[0].Element != "body:/name" {
		t.Errorf("got %s %s, repair %+v", v.Outcome, shown(v.Culprits), v.Repair)
	}
}

// A password that looks like one of the documentation decides nothing where the server refuses something else.
func TestAPlaceholderDoesNotEndTheSearch(t *testing.T) {
	v := wroteTo(t, `curl https://api.test/search -u elastic:changeme -H 'Content-Type: application/json' -d '{"size":-5,"from":0}'`, func(r request.Request) (int, string) {
		var b map[string]any
		if r.Method != "POST" || json.Unmarshal([]byte(r.Body.Text), &b) != nil {
			return 404, `{"status":404}`
		}
		if n, ok := b["size"].(float64); ok && n < 0 {
			return 400, `{"status":400}`
		}
		return 200, `{"hits":[]}`
	})
	if len(v.Culprits) != 1 || v.Culprits[0].Element != "body:/size" || v.Culprits[0].Standing != diagnose.Confirmed {
		t.Errorf("got %s %s", v.Outcome, shown(v.Culprits))
	}
}

// A refusal that is the same without credentials is no refusal of an address where the host answers otherwise elsewhere.
func TestABare403IsNotTheAddress(t *testing.T) {
	v := wroteTo(t, `curl https://api.test/v1/secret/data/app -H 'X-Vault-Token: hvs.expired'`, func(r request.Request) (int, string) {
		if strings.HasPrefix(r.URL, "https://api.test/v1/secret") {
			return 403, `{"errors":[]}`
		}
		return 404, `{"errors":[]}`
	})
	for _, c := range v.Culprits {
		if c.Cause == "ip_not_allowed" {
			t.Errorf("got %s %s", v.Outcome, shown(v.Culprits))
		}
	}
}
