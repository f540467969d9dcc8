package shell

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/tui/screen/workbench"
)

// knowing is a shell whose core knows what the variables stand for.
func knowing(w *world) Options {
	opt := options(w)
	plain := opt.Core.Resolve
	opt.Core.Resolve = func(e *collections.Entry, s collections.Saved, env string, revealed bool) workbench.Resolution {
		r := plain(e, s, env, revealed)
		r.Variables = []workbench.Variable{{Name: "base", Value: "https://" + env + ".shop.example", Scope: "environment " + env},
			{Name: "token", Value: "••••", Scope: "environment " + env}}
		return r
	}
	return opt
}

func TestEveryEditCanBeTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("2", "j", "enter")
		s.Type("5")
		s.Press("enter", "x", "m", "j")
		s.Has("POST", "[x] status", "orders?status=open")
		s.Press("u")
		s.Has("GET  {{base}}", "orders?status=open")
		s.Press("u")
		s.Has("orders?limit=205&status=open")
		s.Press("u")
		s.Has("orders?limit=20&status=open")
		s.Lacks("edited")
		s.Press("u")
		s.Has("Nothing to undo here.")
		s.Press("ctrl+y", "ctrl+y")
		s.Has("orders?status=open", "edited")
	})
}

func TestAnEditThatIsLeftWithEscIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("2", "j", "enter")
		s.Type("99")
		s.Has("limit=2099")
		s.Press("esc")
		s.Has("limit=20&")
		s.Lacks("edited")
	})
}

func TestTheSchemeIsChosenAndItsFieldsAppear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, knowing(&world{}), 140, 42)
		s.Press("2", "]", "]", "j", "j")
		s.Has("[bearer]", "token = ••••  environment local")
		s.Press("k", "h")
		s.Has("[basic]", "username", "password")
		s.Press("j", "j", "enter")
		s.Type("hunter2-hunter2")
		s.Press("enter", "k")
		s.Lacks("hunter2-hunter2")
		s.Press("v")
		s.Has("hunter2-hunter2")
	})
}

func TestSuggestionsCompleteHeadersAndVariables(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, knowing(&world{}), 140, 42)
		s.Press("2", "]", "a")
		s.Type("conte")
		s.Has("Content-Type", "Content-Language")
		s.Press("down", "down", "down", "down", "enter", "enter")
		s.Type("application/j")
		s.Press("tab")
		s.Has("application/json")
		s.Press("enter", "a")
		s.Type("X")
		s.Press("enter")
		s.Type("a{{tok")
		s.Press("tab", "enter")
		s.Has("a{{token}}")
	})
}

func TestABodyIsLaidOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		e := opt.Collection.Root.Children[0].Children[1]
		e.Saved.Body.Text = `{"id":{{id}},"price":7.50,"note":"a \"{{b}}\" c"}`
		s := open(t, opt, 140, 42)
		s.Press("j", "2", "=")
		s.Has(`  "id": {{id}},`, `  "price": 7.50,`, `  "note": "a \"{{b}}\" c"`, "edited")
		s.Press("u")
		s.Has(`{"id":{{id}},"price":7.50`)
		s.Lacks("edited")
	})
}

func TestABodyThatIsNoJSONIsMarked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Collection.Root.Children[0].Children[1].Saved.Body.Text = "{\n  \"a\": {{x}},\n  \"b\": oops\n}"
		s := open(t, opt, 140, 42)
		s.Press("j", "2", "=")
		s.Has("Not laid out: line 3", "oops")
		s.Lacks("edited")
	})
}

func TestRequestsAreMadeNamedAndRemoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var did []string
		opt := options(&world{})
		opt.Core.Create = func(_ context.Context, _, _ string, s collections.Saved) (string, error) {
			did = append(did, "create "+s.URL)
			return "health", nil
		}
		opt.Core.Duplicate = func(_ context.Context, e *collections.Entry, name string) (string, error) {
			did = append(did, "duplicate "+e.Path+" as "+name)
			return "catalog/search", nil
		}
		opt.Core.Rename = func(_ context.Context, e *collections.Entry, name string) (string, error) {
			did = append(did, "rename "+e.Path+" to "+name)
			return "orders/create-order", nil
		}
		opt.Core.Delete = func(_ context.Context, e *collections.Entry) error {
			did = append(did, "delete "+e.Path)
			return nil
		}
		s := open(t, opt, 140, 42)
		s.Press("n")
		s.Type("{{base}}/new?x=1")
		s.Press("enter")
		s.Has("Created health")
		s.Press("1", "D", "enter")
		s.Has("Duplicated as catalog/search")
		s.Press("2", "m", "1", "R", "ctrl+u")
		s.Type("Find")
		s.Press("enter")
		s.Has("Renamed to orders/create-order", "● edited")
		s.Press("1", "x")
		s.Has("Delete the request?", "Create order")
		s.Press("esc", "x", "y")
		s.Has("Deleted orders/create-order")
		want := "create {{base}}/new?x=1\nduplicate health as Health copy\nrename catalog/search to Find\ndelete orders/create-order"
		if got := strings.Join(did, "\n"); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

func TestEscTakesBackWhatWasTypedAndUndoBringsItAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("2", "enter")
		s.Type("/xyz")
		s.Has("status=open/xyz")
		s.Press("esc")
		s.Lacks("status=open/xyz", "● edited")
		s.Has("Taken back; u brings it again.")
		s.Press("u")
		s.Has("status=open/xyz", "● edited")
		s.Press("U", "y", "]", "a") // a row that was not there
		s.Type("X-Trace")
		s.Press("esc", "esc")
		s.Lacks("X-Trace")
		s.Press("u")
		s.Has("X-Trace")
	})
}

// Enter never changes what kind a body is: on that row it begins to write.
func TestEnterOnTheKindOfABodyWritesItsText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("j", "2")
		s.PressUntil("]", "[Body")
		s.Press("down")
		s.Has("kind", "[json]", "enter edit the text")
		s.Press("enter")
		s.Has("[json]", "writing", "esc done")
		s.Lacks("● edited")
		s.Press("ctrl+f")
		s.Type("a")
		s.Press("esc", "esc", "g", "up", "l")
		s.Has("[text]", "● edited")
		s.Press("=")
		s.Has("the kind of this one is text")
	})
}
