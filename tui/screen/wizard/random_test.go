package wizard

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/request"
	"culprit/tui/keys"
	"culprit/tui/screen"
	"culprit/tui/screentest"
	"culprit/tui/theme"
	"culprit/tui/widget/widgettest"
)

// Whatever is pressed, whatever arrives and however large it is, a view keeps its frame.
func TestRandomKeys(t *testing.T) {
	pressed := []string{"j", "k", "g", "G", "tab", "shift+tab", "1", "2", "3", "4", "enter", "esc", "space", "e", "a", "c", "y", "r", "s", "d", "x", "pgdown", "pgup", "l", "h", "q", "?"}
	events := append(screentest.OrderHalf(), screentest.OrderEnd()...)
	reports := []diagnose.Report{screentest.OrderIsolated(), screentest.OrderInconclusive(), screentest.OrderPassing(), {}}
	questions := []diagnose.Question{screentest.OrderConsent(), screentest.OrderPrompt(), screentest.OrderChoice()}
	for seed := range uint64(4) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		z := begin(140, 40, theme.Choice{ASCII: seed%2 == 1})
		w, h := 140, 40
		for step := range 250 {
			switch rnd.IntN(12) {
			case 0:
				w, h = rnd.IntN(180), rnd.IntN(60)
				z.Resize(w, h)
			case 1, 2:
				z.Update(events[rnd.IntN(len(events))])
			case 3:
				if rnd.IntN(5) == 0 {
					z.Update(screen.Diagnosed{Report: reports[rnd.IntN(len(reports))]})
				}
			case 4:
				if rnd.IntN(8) == 0 {
					z.Begin("again", screentest.OrderCase())
				}
			case 6:
				m := tea.Mouse{X: rnd.IntN(w + 1), Y: rnd.IntN(h + 1), Button: tea.MouseLeft}
				if rnd.IntN(2) == 0 {
					z.Mouse(tea.MouseClickMsg(m))
				} else {
					m.Button = tea.MouseWheelDown
					z.Mouse(tea.MouseWheelMsg(m))
				}
			case 5:
				o := ask(z, questions[rnd.IntN(len(questions))], w, h)
				for range 3 {
					widgettest.Press(o, pressed[rnd.IntN(len(pressed))])
				}
				_ = o.View()
			default:
				widgettest.Press(z, pressed[rnd.IntN(len(pressed))])
			}
			lines := strings.Split(z.View(), "\n")
			if w == 0 || h == 0 {
				continue
			}
			if len(lines) != h {
				t.Fatalf("seed %d step %d: %d lines, want %d", seed, step, len(lines), h)
			}
			for _, l := range lines {
				if n := ansi.StringWidth(l); n != w {
					t.Fatalf("seed %d step %d, %dx%d: a line of %d cells: %q", seed, step, w, h, n, l)
				}
			}
			if k := z.open; k < 0 || k >= pages {
				t.Fatalf("seed %d step %d: no page has the focus", seed, step)
			}
		}
	}
}

// Nothing that a request or a server says reaches the terminal as a control, and no secret is shown.
func TestHostileTextsAndSecrets(t *testing.T) {
	const evil = "\x1b[2J\x1b]52;c;aGk=\x07\u202eevil\u0007\r\n\x9b31m"
	r := request.Request{Method: "PO" + evil, URL: "http://h" + evil + "/p?api_key=qs3cret-value-9876543210&q=" + evil,
		Header: []request.Field{{Name: "X-" + evil, Value: evil}, {Name: "Cookie", Value: "sid=c00kie-s3cret-1234567890; a" + evil + "=b"}, {Name: "X-Api-Key", Value: "h3ader-s3cret-1234567890"}},
		Auth:   request.Auth{Scheme: "basic", Params: []request.Field{{Name: "username", Value: "me" + evil}, {Name: "password", Value: "p4ssw0rd-s3cret"}}},
		Body:   request.Body{Kind: request.RawBody, Text: `{"a\u001b[2J` + "\u202e" + `":"` + "\u202e" + `x","password":"b0dy-s3cret-1234567890"}`}}
	secrets := []string{"qs3cret-value-9876543210", "c00kie-s3cret-1234567890", "h3ader-s3cret-1234567890", "p4ssw0rd-s3cret", "b0dy-s3cret-1234567890"}
	x := screentest.Answer("P"+evil, r.URL, 500, evil, evil+strings.Join(secrets, " "))
	x.Hops[0].Sent.Header = r.Header
	edits := []diagnose.Edit{{Element: "body:/password", Op: diagnose.Set, To: "n3w-s3cret-1234567890"}, {Element: "header:X-" + evil, Op: diagnose.Set, To: evil}}
	secrets = append(secrets, "n3w-s3cret-1234567890")
	text := evil + secrets[4]
	q := diagnose.Question{N: 1, Kind: diagnose.Kind(evil), Step: diagnose.Isolation, Request: &r, Edits: edits, Safety: diagnose.S5, Why: text, If: text}
	rec := diagnose.ProbeRecord{N: 1, Kind: q.Kind, Step: q.Step, Changed: []string{text}, Outcome: diagnose.Pass, Status: 500, Error: text, Why: text, Question: &q, Answer: &diagnose.Answer{Exchange: x}}
	from := secrets[4]
	report := diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated, Cause: diagnose.CauseID(evil), Summary: text,
		Culprits: []diagnose.Culprit{{Element: diagnose.ElementID("header:" + evil), Explanation: text, Fix: text, Standing: diagnose.Standing(evil)}},
		Repair:   &diagnose.Fix{Diff: []diagnose.Change{{Element: "body:/password", From: &from, To: &from}}}}, Hints: []diagnose.Hint{{Text: text}}, Untested: []string{text}}
	for _, size := range [][2]int{{80, 22}, {140, 40}} {
		z := New(theme.New(theme.Choice{}), keys.Default())
		z.Resize(size[0], size[1])
		z.Begin(evil, diagnose.Case{Request: r, Recorded: x})
		look := func(where, view string) {
			t.Helper()
			for _, s := range secrets {
				if strings.Contains(ansi.Strip(view), s) {
					t.Errorf("%s shows %s", where, s)
				}
			}
			for _, c := range ansi.Strip(view) {
				if c < 0x20 && c != '\n' || c >= 0x7f && c < 0xa0 || c == '\u202e' {
					t.Fatalf("%s: a control %q", where, c)
				}
			}
			if strings.Contains(view, "\x1b[2J") || strings.Contains(view, "\x1b]") {
				t.Fatalf("%s: an escape sequence of the text", where)
			}
		}
		look("start", z.View())
		tell(z, []diagnose.Event{{Step: &diagnose.StepResult{Step: "isolation", Result: "finding", Text: text}}, {Probe: &rec},
			{Suspects: []diagnose.Suspect{{Element: diagnose.ElementID("header:" + evil), P: 0.9, State: "suspect", Why: text}}}})
		for _, k := range []string{"1", "2", "3", "4"} {
			widgettest.Press(z, k)
			look("page "+k, z.View())
			widgettest.Press(z, "enter")
			for range 12 {
				look("opened on page "+k, z.View())
				widgettest.Press(z, "pgdown")
			}
			if z.over != nil {
				widgettest.Press(z, "esc")
			}
		}
		z.Update(screen.Diagnosed{Report: report})
		look("verdict", z.View())
		widgettest.Press(z, "e")
		look("explained", z.View())
		choice := diagnose.Question{Prompt: &diagnose.Prompt{Text: text, Choices: []string{text}}, Why: text}
		for _, o := range []screen.Overlay{ask(z, q, size[0], size[1]), ask(z, choice, size[0], size[1])} {
			for range 12 {
				look(o.Title(), o.View())
				widgettest.Press(o, "pgdown")
			}
		}
	}
}
