package shell

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/request/vars"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// Stories of what the screen says: it is true when it is read, and says no more than was seen.

func TestWhatWasSaidGoesWithTheFirstKeyAWhileLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("ctrl+e", "1")
		s.Has("Environment: local")
		s.Press("j")
		s.Has("Environment: local") // who types on has not read it yet
		time.Sleep(stays + time.Second)
		s.Settle()
		s.Has("Environment: local") // and nobody is drawn a frame for it
		s.Press("k")
		s.Lacks("Environment: local")
	})
}

func TestAnAnswerThatBrokeOffIsNoSuccess(t *testing.T) {
	for _, tt := range []struct{ cause, want, not string }{
		{"truncated_body", "✗ 200 OK", "✓"},
		{"cancelled", "⊘ 200 OK", "✓"},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
				x := screentest.Answer("GET", "https://shop.example/orders", 200, "OK", `{"items":[`)
				x.Failure = &request.Failure{Phase: request.PhaseRead, Cause: tt.cause, Text: "It ended early.", Err: io.ErrUnexpectedEOF}
				return x, x.Failure
			}}
			s := open(t, options(w), 140, 42)
			s.Press("s", "3")
			s.Has(tt.want)
			s.Lacks(tt.not) // neither over the answer nor in the tree
		})
	}
}

func TestWithoutAnEnvironmentTheWayToOneIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Environment = ""
		opt.Core.Send = func(context.Context, *collections.Entry, collections.Saved, string, func(request.Event)) (*request.Exchange, []collections.Checked, error) {
			return nil, nil, &collections.Unfilled{Unresolved: &vars.Unresolved{Names: []string{"base"}}}
		}
		s := open(t, opt, 140, 42)
		s.Press("s")
		s.Has("Not sent", "{{base}} has no value  ", "No environment is in use: ctrl+e chooses one.")
		s.Press("ctrl+e", "1", "s")
		s.Has("{{base}} has no value")
		s.Lacks("No environment is in use")
	})
	synctest.Test(t, func(t *testing.T) {
		opt := newEstate().options()
		opt.Core.Send = func(context.Context, *collections.Entry, collections.Saved, string, func(request.Event)) (*request.Exchange, []collections.Checked, error) {
			return nil, nil, &collections.Unfilled{Unresolved: &vars.Unresolved{Names: []string{"token"}}, Secrets: []string{"token"}}
		}
		s := open(t, opt, 140, 42)
		s.Press("s", "3")
		s.Has("{{token}} has no value", "E shows the environments: there it gets a value")
	})
}

// TestAFixThatNobodySawPassIsTriedNotApplied: as on the command line, a guess is not written as if it were the fix.
func TestAFixThatNobodySawPassIsTriedNotApplied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		opt := wizarding(w)
		find := opt.Core.Diagnose
		opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
			r, err := find(ctx, p, ask, emit)
			guess := *r.Verdict.Repair
			guess.Verified = false
			r.Verdict.Repair = &guess
			return r, err
		}
		s := open(t, opt, 140, 42)
		s.Press("j", "s", "d", "y")
		s.Has("not verified", "r try the fix")
		s.Lacks("a apply the fix", "apply the fix")
		s.Press("a")
		s.Has("The fix was not seen to pass: r puts it into the request and sends that.", "not verified")
		before := len(w.sent)
		s.Press("r")
		s.Has("edited")
		if len(w.sent) != before+1 {
			t.Errorf("sent %q, want one more", w.sent[before:])
		}
	})
}

func TestAPassingAnswerCanBeCalledWrongByName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := wizarding(&world{})
		opt.Core.Send = (&world{}).send
		s := open(t, opt, 140, 42)
		s.Press("s", "ctrl+p")
		s.Type("wrong")
		s.Has("This answer is wrong: diagnose it")
	})
}

func TestTheSearchSaysHowToLookForAPattern(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("s", "3", "/")
		s.Has("ctrl+t regexp")
		s.Press("ctrl+t")
		s.Has("regexp /", "ctrl+t plain text")
		s.Type(`"s.u"`)
		s.Press("enter")
		s.Has("1/1")
	})
}

// TestATerminalThatIsGoneIsNoError: nobody is there to read one.
func TestATerminalThatIsGoneIsNoError(t *testing.T) {
	opt := options(&world{})
	opt.Terminal = Terminal{Input: iotest.ErrReader(errors.New("input/output error")), Output: io.Discard, Width: 80, Height: 24, Environ: []string{"TERM=xterm"}}
	if err := Run(t.Context(), opt); err != nil {
		t.Errorf("got %v, want nil", err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("told to end"))
	opt.Terminal.Input = strings.NewReader("")
	if err := Run(ctx, opt); !errors.Is(err, context.Canceled) {
		t.Errorf("the context ended: got %v", err)
	}
}

// TestAnErrorInsideASuccessIsSaid: the status alone would be a lie.
func TestAnErrorInsideASuccessIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		opt := wizarding(w)
		w.answer = nil
		opt.Core.Doubt = func(*request.Exchange) string { return "the body says status: \x1b[31merror" }
		s := open(t, opt, 140, 42)
		s.Press("s")
		s.Has("200 OK", "Its status is a success, but", "␛[31merror.", "d diagnose")
		opt.Core.Doubt = nil
		s = open(t, opt, 140, 42)
		s.Press("s")
		s.Has("200 OK")
		s.Lacks("Its status is a success", "d diagnose")
	})
}

// A diagnosis goes by the status; an answer that passes by it while the request's own test fails is not called fine alone.
func TestAPassWhoseOwnTestFailsSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{checks: []collections.Checked{{Assert: collections.Assert{Expression: "res.body.total", Operator: "gt", Value: "0"}, Verdict: collections.Failed}}}
		opt := options(w)
		opt.Core.Diagnose = func(context.Context, Problem, Asker, func(diagnose.Event)) (diagnose.Report, error) {
			return diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomePassing}}, nil
		}
		s := open(t, opt, 140, 42)
		s.Press("s", "d")
		s.Has("this answer is wrong", "Its own test fails: res.body.total gt 0. w says what is wrong with the answer.")
	})
}

// Why nothing was sent is a line for each reason, and its documentation says what a request is for before it was sent.
func TestWhatIsMissingHasALineEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Collection.Root.Request("orders/list-orders").Saved.Docs = "The shop's orders,\nnewest first."
		opt.Core.Send = func(context.Context, *collections.Entry, collections.Saved, string, func(request.Event)) (*request.Exchange, []collections.Checked, error) {
			return nil, nil, fmt.Errorf("not sent: x: %w", &collections.Unfilled{Unresolved: &vars.Unresolved{Names: []string{"base", "id"},
				Off: map[string]string{"id": "collection"}, Looked: []string{"request x", "collection"}}})
		}
		s := open(t, opt, 140, 42)
		s.Has("About this request", "│ The shop's orders,  ", "│ newest first.  ")
		s.Press("s")
		s.Has("│ {{base}} has no value  ", "│ {{id}} has no value: it is switched off in ", "│ Looked in request x, collection.  ")
		s.Lacks("not sent:", "About this request")
	})
}

// Where an answer is seen alone, the border says whose it is.
func TestAnAnswerSaysWhoseItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		s.Press("s")
		s.Has("200 OK", " List orders ─╮")
	})
}

// The badge of production does not say it twice.
func TestProductionIsSaidOnce(t *testing.T) {
	for name, want := range map[string]string{"Production": " Production ", "eu": " production: eu "} {
		if got := ansi.Strip(theme.New(theme.Choice{}).Production(name)); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

// An empty text says the keys that write it from where the cursor is.
func TestAnEmptyTextSaysHowItIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		s.Press("2")
		s.PressUntil("]", "[Docs]")
		s.Has("empty: j then enter writes")
		s.Press("j")
		s.Has("empty: enter writes")
		s.Lacks("u undo") // there is nothing to undo yet
		s.Press("enter")
		s.Type("What it is for")
		s.Press("esc")
		s.Has("1 What it is for", "u undo")
		s.Press("u")
		s.Has("ctrl+y redo")
		s.Lacks("What it is for", "u undo")
	})
}
