package shell

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/tui/screentest"
)

// wizarding gives the world a diagnosis on the screen that people see: it asks once and ends as it is answered.
func wizarding(w *world) Options {
	opt := options(w)
	w.answer = func(*collections.Entry) (*request.Exchange, error) { return screentest.OrderCase().Recorded, nil }
	opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		for _, e := range screentest.OrderHalf() {
			emit(e)
		}
		c, err := ask.Allow(ctx, screentest.OrderConsent())
		if err != nil || !c.Yes {
			return screentest.OrderInconclusive(), err
		}
		for _, e := range screentest.OrderEnd() {
			emit(e)
		}
		return screentest.OrderIsolated(), nil
	}
	opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
		s := p.Saved
		s.Body.Text = strings.Replace(s.Body.Text, `"7.50"`, "7.5", 1)
		return collections.Amendment{Saved: s, Notes: []string{"The number is written shorter."}}, nil
	}
	opt.Core.SaveReport = func(_ context.Context, _ Problem, _ diagnose.Report, ext string) (string, error) {
		return "/tmp/report" + ext, nil
	}
	return opt
}

func TestFromFailureToProofToDraft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, wizarding(&world{}), 140, 42)
		s.Press("j", "s", "d")
		s.Has("Send this?", "May change data.", "An order for six articles is created.", "no to all (default)")
		s.Lacks("always in this run", screentest.Token)
		s.Press("y")
		s.Has("Confirmed: body:/items/3/price", "fails  2/2", "passes 2/2", "culprit", "a apply the fix")
		s.Press("e")
		s.Has("How to prevent it", "RFC 8259")
		s.Press("esc", "s")
		s.Has("Save the report", "m Markdown", "j JSON", "h HAR", "Secrets are masked")
		s.Press("m")
		s.Has("The report is in /tmp/report.md")
		s.Press("s", "h")
		s.Has("The report is in /tmp/report.har")
		s.Press("c")
		s.Has("The minimal curl command was")
		s.Press("esc")
		s.Has("Shop API")
		s.Press("d")
		s.Has("Confirmed: body:/items/3/price") // it comes back as it was left
		s.Press("a")
		s.Has("Shop API", `"price": 7.5}`, "edited", "The number is written shorter.", "4:39") // the cursor is on it
	})
}

func TestRefusedAndStoppedDiagnosesSayWhatTheyKnow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, wizarding(&world{}), 80, 24)
		s.Press("j", "s", "d", "esc")
		s.Has("Not isolated.", "What would help")
		s.Press("d")
		s.Has("Send this?")
		s.Press("ctrl+c")
		s.Lacks("Send this?")
		s.Has("Stopped. This is what was learned until then.")
		s.Press("3")
		s.Has("without auth", "401")
	})
}

func TestAFixThatGoesThroughAVariableIsWrittenAfterAQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := wizarding(&world{})
		change := collections.Assignment{Environment: "local", Name: "base", Value: "https://shop.example"}
		opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
			return collections.Amendment{Saved: p.Saved, Assign: []collections.Assignment{change}}, nil
		}
		var written []collections.Assignment
		opt.Core.Assign = func(_ context.Context, _ Problem, as []collections.Assignment) error {
			written = append(written, as...)
			return nil
		}
		s := open(t, opt, 80, 24)
		s.Press("j", "s", "d", "y", "a")
		s.Has("Change a variable?", "in the environment local", "+ base  https://shop.example", "may use it too.")
		s.Press("esc")
		s.Has("Confirmed: body:/items/3/price") // nothing was done
		if written != nil {
			t.Errorf("written without a yes: %v", written)
		}
		s.Press("a", "y")
		s.Has("Written: base in the environment local.")
		if len(written) != 1 || written[0] != change {
			t.Errorf("%v", written)
		}
	})
}

func TestAPastedRequestThatWorksIsComparedWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := wizarding(&world{})
		var working []*collections.Saved
		opt.Core.Diagnose = func(_ context.Context, p Problem, _ Asker, _ func(diagnose.Event)) (diagnose.Report, error) {
			working = append(working, p.Working)
			r := screentest.OrderInconclusive()
			r.Hints = []diagnose.Hint{{Text: "give a request that works: the differences are bisected", Flag: "--good, --good-curl"}}
			return r, nil
		}
		s := open(t, opt, 80, 24)
		s.Press("j", "s", "d", "4")
		s.Has("give a request that works", "(paste its curl")
		s.Lacks("--good")
		s.Paste("curl https://x.example/orders -H 'Authorization: Bearer " + screentest.Token + "'")
		s.Has("Does this request work?", "y yes, compare with it")
		s.Lacks(screentest.Token)
		s.Press("esc")
		if len(working) != 1 {
			t.Fatalf("diagnosed without a yes: %v", working)
		}
		s.Paste("curl https://x.example/orders")
		s.Press("y")
		if len(working) != 2 || working[0] != nil || working[1] == nil || working[1].URL != "https://x.example/orders" {
			t.Errorf("compared with %+v", working)
		}
	})
}
