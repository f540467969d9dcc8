package shell

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/screen"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

func (z *scribe) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	switch m := msg.(type) {
	case diagnose.Event:
		z.heard = append(z.heard, "step "+m.Step.Text)
	case screen.Diagnosed:
		z.heard = append(z.heard, "end "+m.Report.Verdict.Summary)
	case tea.KeyPressMsg:
		if m.String() == "A" {
			return screen.Apply{Saved: collections.Saved{Method: "POST", URL: "https://fixed.example"}, Send: true}, nil
		}
		if id, ok := map[string]string{"O": "42", "H": "none"}[m.String()]; ok {
			return screen.Diagnose{ID: id}, nil
		}
		return tui.Pass{}, nil
	default:
		return tui.Pass{}, nil
	}
	return nil, nil
}

func (z *scribe) View() string        { return strings.Join(z.heard, "\n") }
func (z *scribe) Resize(w, h int)     { z.w, z.h = w, h }
func (z *scribe) Keys() []key.Binding { return nil }

// diagnosing gives the world a diagnosis that asks once and then knows.
func diagnosing(w *world) Options {
	opt := options(w)
	opt.Wizard = func(s *theme.Styles, k *keys.Map, p Problem) Diagnoser {
		return &scribe{Questioner: newWizard(s, k, p)}
	}
	opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		emit(diagnose.Event{Step: &diagnose.StepResult{Text: "reproduced"}})
		c, err := ask.Allow(ctx, diagnose.Question{Safety: diagnose.S5, Why: "Repeat it to see the failure again.", If: "An order is created.",
			Request: &request.Request{Method: "POST", URL: "https://shop.example/orders"}})
		w.consent = append(w.consent, c)
		if err != nil {
			return diagnose.Report{Verdict: diagnose.Verdict{Summary: "stopped"}}, err
		}
		reply, _ := ask.Reply(ctx, diagnose.Question{Prompt: &diagnose.Prompt{Text: "Has it ever worked?", Choices: []string{"yes", "no"}}})
		return diagnose.Report{Verdict: diagnose.Verdict{Summary: "it is the price; " + reply}}, nil
	}
	w.answer = func(*collections.Entry) (*request.Exchange, error) {
		return screentest.Answer("POST", "https://shop.example/orders", 422, "Unprocessable Entity", `{"error":"invalid"}`), nil
	}
	return opt
}

func TestDiagnoseAsksBeforeItSends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, diagnosing(w), 140, 42)
		s.Press("j", "s")
		s.Has("422 Unprocessable Entity", "d diagnose")
		s.Press("d")
		s.Has("step reproduced", "Send this?", "POST https://shop.example/orders", "On success   An order is created.")
		s.Lacks("always")
		s.Press("y")
		s.Has("Has it ever worked?", "1  Yes", "I don't know")
		s.Press("1")
		s.Has("end it is the price; yes")
		s.Press("esc")
		s.Has("Shop API")
		s.Press("d")
		s.Has("end it is the price; yes") // as it was left
		s.Press("A")
		s.Has("https://fixed.example", "● edited")
		if n := len(w.sent); n != 2 || w.sent[1] != "POST https://fixed.example local" {
			t.Errorf("sent: %q", w.sent)
		}
		if len(w.consent) != 1 || !w.consent[0].Yes || w.consent[0].Always {
			t.Errorf("consent: %+v", w.consent)
		}
	})
}

// Who thinks about a question is not hurried by a clock, and over SSH not a byte is sent meanwhile.
func TestAQuestionWaitsWithoutAClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, diagnosing(&world{}), 80, 24)
		s.Press("j", "s", "d")
		s.Has("Send this?", "? Waiting for your answer  ctrl+c cancels")
		before := len(s.Raw())
		time.Sleep(time.Minute)
		if after := len(s.Raw()); after != before {
			t.Errorf("%d bytes were drawn while the question waited", after-before)
		}
	})
}

func TestEscMeansNoAndCancelClosesTheQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		s := open(t, diagnosing(w), 80, 24)
		s.Press("j", "s", "d")
		s.Has("Send this?")
		s.Press("esc")
		if len(w.consent) != 1 || w.consent[0].Yes {
			t.Errorf("consent: %+v", w.consent)
		}
		s.Has("Has it ever worked?")
		s.Press("ctrl+c")
		s.Lacks("Has it ever worked?")
		s.Has("end it is the price; ")
	})
}
