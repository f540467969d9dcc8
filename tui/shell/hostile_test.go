package shell

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"unicode"
	"unicode/utf8"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/tui/screen/workbench"
	"culprit/tui/screentest"
)

// hostile is what nobody may be able to send to the terminal: a title, a clipboard write, a colour, cursor
// motion, C1 controls, a reordering of what is read, and bytes that are no UTF-8.
const hostile = "PWN\x1b]0;owned\x07\x1b]52;c;cHduZWQ=\x07\x1b[31m\x1b[2J\u009b31m\u202eevil\u200b\xff\x00\r\n\x08end"

// ours are the sequences that the renderer itself writes.
var ours = regexp.MustCompile(`\x1b\[[0-9;:?>=<]*[ -/]*[@-~]|\x1b[=>78cDEM]|\x1bP[^\x1b]*\x1b\\|\x1b\]2;culprit: [^\x07\x1b]*(\x07|\x1b\\)|\x1b\](10|11|12);\?(\x07|\x1b\\)|\x1b\]2;(\x07|\x1b\\)`)

func TestHostileTextNeverReachesTheTerminal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := screentest.Shop()
		c.Name = hostile
		c.Environments[0].Name = hostile
		for _, e := range append(c.Root.Children[0].Children, c.Root.Children...) {
			e.Name += hostile
			e.Type = hostile
			e.Saved.URL += hostile
			e.Saved.Docs = hostile
			e.Saved.Headers = append(e.Saved.Headers, collections.Row{Name: hostile, Value: hostile})
			e.Problems = append(e.Problems, collections.Problem{Text: hostile})
			if e.Saved.Body.Type == "json" {
				e.Saved.Body.Text = hostile
			}
		}
		c.Root.Children[0].Children[0].Saved.Method = "GET" + hostile
		w := &world{answer: func(*collections.Entry) (*request.Exchange, error) {
			x := screentest.Answer(hostile, hostile, 422, hostile, hostile)
			h := &x.Hops[0]
			h.Sent.Header = append(h.Sent.Header, request.Field{Name: hostile, Value: hostile})
			h.Sent.Body = request.NewContent([]byte(hostile))
			h.Response.Header = append(h.Response.Header, request.Field{Name: hostile, Value: hostile}, request.Field{Name: "Set-Cookie", Value: hostile + "=" + hostile})
			h.Response.Stored, h.Sent.Jar = []request.Stored{{}, {Name: hostile, Why: hostile}}, []string{hostile}
			h.Sent.Header = append(h.Sent.Header, request.Field{Name: "Cookie", Value: hostile})
			h.Conn.Remote, h.Conn.Proxy = hostile, hostile
			h.Conn.Tried = []request.Dial{{Address: hostile, Err: errors.New(hostile)}}
			h.Followed = &request.Redirect{To: hostile, Dropped: []string{hostile}, Method: [2]string{hostile, "GET"}}
			x.Failure = &request.Failure{Phase: request.PhaseRead, Text: hostile, Err: errors.New(hostile)}
			return x, nil
		}}
		opt := diagnosing(w)
		opt.Core.Send = w.send
		opt.Collection, opt.Environment = c, c.Environments[0].Name
		opt.Warnings = []string{hostile}
		plain := opt.Core.Resolve
		opt.Core.Resolve = func(e *collections.Entry, s collections.Saved, env string, revealed bool) workbench.Resolution {
			r := plain(e, s, env, revealed)
			r.Variables = []workbench.Variable{{Name: "base", Value: hostile, Scope: hostile}, {Name: hostile, Value: hostile}}
			r.Cookies = []workbench.Jarred{{Name: hostile, Where: hostile}}
			return r
		}
		opt.Core.Rename = func(context.Context, *collections.Entry, string) (string, error) { return "", errors.New(hostile) }
		opt.Core.SaveBody = func(context.Context, *request.Exchange, string) (string, error) { return hostile, nil }
		s := open(t, opt, 140, 42)
		s.Press("s", "3", "]", "]", "]", "]", "]", "2", "]", "]", "]", "]", "]", "]", "]", "m", "ctrl+p")
		s.Type("a")
		s.Press("esc", "ctrl+e", "esc", "c", "1", "j", "j", "j", "j", "j", "j", "j", "/")
		s.Paste(hostile)
		s.Press("esc", "i")
		s.Paste("curl " + hostile)
		s.Press("esc", "q")
		s.Resize(80, 24)
		s.Press("esc", "2", "enter")
		s.Paste(hostile)
		s.Type("{{")
		s.Press("esc", "esc", "3", "s", "[", "[", "]", "S", "enter", "|")
		s.Type("error(\"")
		s.Paste(hostile)
		s.Type("\")")
		s.Press("enter", "1", "R")
		s.Paste(hostile)
		s.Press("enter")
		clearOfIt(t, s)
	})
}

// clearOfIt looks at every byte that was written: none is one that the hostile text brought.
func clearOfIt(t *testing.T, s *screentest.Screen) {
	t.Helper()
	raw := string(s.Raw())
	left := ours.ReplaceAllString(raw, "")
	left = regexp.MustCompile(`\x1b\]52;c;[A-Za-z0-9+/=]*(\x07|\x1b\\)`).ReplaceAllStringFunc(left, func(m string) string {
		if strings.Contains(m, "cHduZWQ=") {
			t.Error("the body wrote to the clipboard")
		}
		return "" // what "c" copied, base64 of our own command
	})
	if !utf8.ValidString(left) {
		t.Error("bytes that are no UTF-8 reached the terminal")
	}
	for i, r := range left {
		if r == '\n' || r == '\r' || r == '\t' || r == '\b' {
			continue // cursor motion of the renderer
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			t.Fatalf("%U reached the terminal: %q", r, left[max(i-40, 0):min(i+20, len(left))])
		}
	}
	if strings.Contains(raw, "\x1b]0;") {
		t.Error("a title was set from outside")
	}
	if !strings.Contains(s.Text(), "PWN") && !strings.Contains(raw, "PWN") {
		t.Error("the hostile text was not drawn at all")
	}
}

// TestHostileTextOnTheOtherScreens puts it where the history, the environments and a diagnosis show what others wrote.
func TestHostileTextOnTheOtherScreens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := archived(4)
		for i := range a.items {
			p := &a.items[i]
			p.Method, p.URL, p.Entry, p.Environment, p.Cause = hostile, "https://"+hostile, hostile, hostile, "connect "+hostile
		}
		a.again = Again{Request: request.Request{Method: "POST", URL: hostile}, Changed: []string{hostile}}
		a.redraft = Redraft{Notes: []string{hostile}}
		w := newEstate()
		for i := range w.all {
			w.all[i].Name += hostile
			w.all[i].Variables = append(w.all[i].Variables, collections.Variable{Name: hostile, Value: hostile}, collections.Variable{Name: hostile, Secret: true})
		}
		opt := w.options()
		opt.Core.Environs.Origin = func(string, string) (string, bool) { return hostile, true }
		opt.Core.Past = a.past()
		opt.Core.Diagnose = func(ctx context.Context, _ Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
			r := request.Request{Method: hostile, URL: "https://x.example/" + hostile, Header: []request.Field{{Name: hostile, Value: hostile}}, Body: request.Body{Kind: request.RawBody, Text: hostile}}
			ask.Note(hostile)
			emit(diagnose.Event{Step: &diagnose.StepResult{Step: "reproduce", Result: hostile, Text: hostile}})
			emit(diagnose.Event{Suspects: []diagnose.Suspect{{Element: hostile, P: 0.5, Why: hostile}}})
			q := diagnose.Question{N: 1, Step: diagnose.Isolation, Request: &r, Safety: diagnose.S5, Why: hostile, If: hostile,
				Edits: []diagnose.Edit{{Element: "header:" + hostile, Op: diagnose.Set, To: hostile, Why: hostile}}}
			emit(diagnose.Event{Probe: &diagnose.ProbeRecord{N: 1, Question: &q, Why: hostile, Error: hostile, Changed: []string{hostile}}})
			if _, err := ask.Allow(ctx, q); err != nil {
				return diagnose.Report{}, err
			}
			_, err := ask.Reply(ctx, diagnose.Question{Prompt: &diagnose.Prompt{ID: hostile, Text: hostile, Choices: []string{hostile, "b"}}, Why: hostile})
			return diagnose.Report{Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated, Summary: hostile,
				Culprits: []diagnose.Culprit{{Element: hostile, Explanation: hostile, Fix: hostile}}}, Hints: []diagnose.Hint{{Text: hostile}}, Untested: []string{hostile}}, err
		}
		s := open(t, opt, 140, 42)
		s.Press("E")
		s.Has("Environments", "PWN")
		s.Press("j", "enter", "j", "j", "j", "?", "esc", "=", "enter", "esc", "esc", "p", "esc", "esc", "esc", "esc")
		s.Press("H")
		s.Has("exchanges", "PWN")
		s.Press("enter", "]", "]", "]", "]", "]", "]", "]", "esc", "?", "esc", "r", "esc", "e", "esc", "space", "j", "=", "esc", "x", "esc", "/")
		s.Paste(hostile)
		s.Press("esc", "esc", "esc", "esc")
		s.Press("1", "j", "s", "d")
		s.Has("Send this?", "PWN")
		s.Press("j", "y", "1", "2", "3", "enter", "esc", "4", "1", "enter", "esc", "ctrl+p", "esc", "?", "esc")
		s.Has("PWN")
		s.Resize(60, 15)
		s.Press("1", "2", "3", "4")
		clearOfIt(t, s)
	})
}
