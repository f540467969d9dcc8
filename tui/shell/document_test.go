package shell

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/tui/screentest"
)

// documented is a world in which an answer passes; named gets the document of each diagnosis.
func documented(own string, named *[]string) Options {
	w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
		return screentest.Answer("GET", "https://shop.example/orders", 200, "OK", `{"items":[]}`), nil
	}}
	opt := options(w)
	opt.Core.Diagnose = func(_ context.Context, p Problem, _ Asker, _ func(diagnose.Event)) (diagnose.Report, error) {
		*named = append(*named, p.Document)
		return diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomePassing}}, nil
	}
	opt.Core.TryDocument = func(_ context.Context, name string) error {
		if name == "nowhere.yml" {
			return errors.New("no such file")
		}
		return nil
	}
	opt.Core.Documents = func(_ context.Context, typed string) Documents {
		return Documents{own, map[string][]string{"": {"docs/", "orders.yml"}, "docs/": {"docs/openapi.yaml", "docs/old.json"}}[typed]}
	}
	return opt
}

func TestAnAnswerIsHeldAgainstANamedDocument(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var named []string
		s := open(t, documented("", &named), 80, 24)
		s.Press("s", "d", "w")
		s.Has("3  It is not as the API's document says")
		s.Press("3")
		s.Has("Which document?", "docs/", "orders.yml")
		s.Type("d")
		s.Lacks("orders.yml")
		s.Press("tab") // the folder, and what is in it comes
		s.Has("docs/openapi.yaml", "docs/old.json")
		s.Press("ctrl+u")
		s.Type("nowhere.yml")
		s.Press("enter")
		s.Has("Which document?", "nowhere.yml", "It cannot be used: no such file") // and nothing is lost
		s.Press("ctrl+u")
		s.Type("docs/")
		s.Press("tab", "enter")
		if len(named) != 2 || named[1] != "docs/openapi.yaml" {
			t.Errorf("diagnosed with %q", named)
		}
	})
}

func TestTheCollectionsOwnDocumentIsOfferedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var named []string
		s := open(t, documented("https://shop.example/openapi.json", &named), 140, 42)
		s.Press("s", "d", "w", "3")
		s.Has("Which document?", "https://shop.example/openapi.json")
		s.Lacks("orders.yml")
		s.Press("esc")
		s.Lacks("Which document?")
		s.Press("w", "3", "enter")
		if len(named) != 2 || named[1] != "https://shop.example/openapi.json" {
			t.Errorf("diagnosed with %q", named)
		}
	})
}
