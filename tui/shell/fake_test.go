package shell

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screen"
	"culprit/tui/screen/workbench"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// world is a fake core and what was asked of it.
type world struct {
	wait   time.Duration // how long a sending takes
	events []request.Event
	answer func(e *collections.Entry) (*request.Exchange, error)
	checks []collections.Checked // what comes with every answer
	refuse error                 // of saving
	notes  []string
	named  []workbench.Variable

	sent, saves []string
	drafts      []map[string]collections.Saved
	consent     []Consent
}

func (w *world) core() Core {
	return Core{
		Now:    time.Now, // synctest's clock
		Send:   w.send,
		Reload: func(context.Context) (*collections.Collection, error) { return screentest.Shop(), nil },
		Save: func(_ context.Context, e *collections.Entry, s collections.Saved, force bool) error {
			if w.refuse != nil && !force {
				return w.refuse
			}
			w.saves = append(w.saves, e.Path+" "+s.URL)
			return nil
		},
		Draft: func(_ context.Context, d, _ map[string]collections.Saved) error {
			w.drafts = append(w.drafts, d)
			return nil
		},
		Resolve: func(_ *collections.Entry, s collections.Saved, env string, _ bool) workbench.Resolution {
			if env == "" {
				return workbench.Resolution{Missing: []string{"base"}}
			}
			return workbench.Resolution{
				URL: strings.ReplaceAll(s.URL, "{{base}}", "https://"+env+".shop.example"), Notes: w.notes,
				Variables: w.named,
			}
		},
		ParseCurl: func(text string) (Pasted, error) {
			f := strings.Fields(text)
			if len(f) < 2 {
				return Pasted{}, errors.New("no URL")
			}
			got := collections.Saved{Method: "GET", URL: f[1]}
			got.Headers = []collections.Row{{Name: "Authorization", Value: "Bearer 0123456789abcdef"}}
			safe := got
			safe.Headers = []collections.Row{{Name: "Authorization", Value: "Bearer {{token}}"}}
			return Pasted{Saved: got, Warnings: []string{"--foo is unknown"}, Adopted: collections.Adopted{Saved: safe, Secrets: []string{"token"}, Values: []string{"0123456789abcdef"}}}, nil
		},
		ToCurl: func(_ *collections.Entry, s collections.Saved, _ string, show bool) (string, bool, error) {
			if show {
				return "curl '" + s.URL + "'", false, nil
			}
			return "curl 'masked'", true, nil
		},
	}
}

func (w *world) send(ctx context.Context, e *collections.Entry, s collections.Saved, env string, emit func(request.Event)) (*request.Exchange, []collections.Checked, error) {
	w.sent = append(w.sent, s.Method+" "+s.URL+" "+env)
	emit(request.Event{Kind: request.Resolved, At: time.Millisecond, Text: "203.0.113.7"})
	for _, e := range w.events {
		emit(e)
	}
	select {
	case <-time.After(w.wait):
	case <-ctx.Done():
		return &request.Exchange{Failure: &request.Failure{Phase: request.PhaseWait, Cause: "cancelled", Text: "cancelled", Err: ctx.Err()}}, nil, ctx.Err()
	}
	if w.answer != nil {
		x, err := w.answer(e)
		return x, w.checks, err
	}
	return screentest.Answer(s.Method, "https://shop.example/orders", 200, "OK", `{"items":[{"sku":"mug","price":7.5}]}`), w.checks, nil
}

func options(w *world) Options {
	return Options{Core: w.core(), Collection: screentest.Shop(), Environment: "local"}
}

// open runs the shell on a virtual terminal.
func open(t *testing.T, opt Options, w, h int) *screentest.Screen {
	t.Helper()
	profile := colorprofile.TrueColor
	if opt.Theme.Depth == theme.Colourless {
		profile = colorprofile.ASCII
	}
	return screentest.Open(t, w, h, func(ctx context.Context, in io.Reader, out io.Writer, attach func(func(tea.Msg))) error {
		opt.Terminal = Terminal{Input: in, Output: out, Width: w, Height: h, Environ: []string{"TERM=xterm-256color", "TERM_PROGRAM=Apple"},
			Profile: &profile, Attach: attach, HangUp: opt.HangUp}
		return Run(ctx, opt)
	})
}

// scribe is a screen that writes down what it hears; its questions are those of another.
type scribe struct {
	screen.Questioner
	heard []string
	w, h  int
}

func (z *scribe) Title() string { return "Diagnosis" }
