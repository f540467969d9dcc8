package shell

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/screen/history"
	"culprit/tui/screen/workbench"
)

// What can be done with the exchanges that happened.

// history shows what was sent, as it was left.
func (s *Shell) history() tea.Cmd {
	past := s.opt.Core.Past
	if past == nil {
		s.warn("Nothing is kept here: there is no folder for the history.")
		return nil
	}
	if s.past == nil {
		s.past = history.New(history.Options{Styles: s.styles, Keys: s.keys, Reader: workbench.NewReader(s.styles, s.keys, s.canDiagnose()),
			Now: s.opt.Core.Now, Open: past.Open, Count: past.Count, Grammar: past.Grammar, Find: past.Find})
	}
	s.status = status{}
	s.past.Restyle()
	s.enter(s.past)
	return s.grant(s.past.Refresh())
}

// browse grants the intents of the history.
func (s *Shell) browse(i tui.Intent) tea.Cmd {
	switch i := i.(type) {
	case history.Replay:
		return s.again(i.Past)
	case history.Edit:
		return s.redraft(i.Past)
	case history.Curl:
		return s.pastCurl(i.Past)
	case history.Export:
		s.export(i)
	}
	return nil
}

// fetch reads something from the history and calls then with it; failed begins the sentence when it cannot.
func fetch[T any](s *Shell, failed string, work func(ctx context.Context) (T, error), then func(T) tea.Cmd) tea.Cmd {
	return try(s, &job{what: "Reading the history"}, failed, work, then)
}

// again sends an exchange once more: at once when it asks for nothing to change and is what it was, else after a
// question.
func (s *Shell) again(p collections.Past) tea.Cmd {
	get := s.opt.Core.Past.Again
	return fetch(s, "It cannot be sent again", func(ctx context.Context) (Again, error) { return get(ctx, p) }, func(a Again) tea.Cmd {
		if a.Request.Reads() && len(a.Changed) == 0 {
			return s.replay(p, a.Request)
		}
		s.push(s.askAgain(p, a))
		return nil
	})
}

// askAgain asks before a replay. The harmless way out is no.
func (s *Shell) askAgain(p collections.Past, a Again) *dialog {
	text := []string{s.asked(p.Method, p.URL), ""}
	title := "Send it again?"
	if !a.Request.Reads() {
		what := "It may change data once more."
		if by := a.Request.Removes(); by != "" {
			what = "It deletes data: " + clean(by) + " asks for it."
		}
		text = append(text, what)
	}
	if e := s.was(p.Environment); e.Guarded() {
		if e.Production {
			title = "Send it to production again?"
		}
		text = append(text, s.guarded(e.Name, e.Production))
	}
	if len(a.Changed) > 0 {
		text = append(text, s.styles.State.Warn.Render("! ")+"Not exactly as it was: "+clean(strings.Join(a.Changed, ", "))+" has another value now, which is sent.")
	}
	for _, part := range append(slices.Clone(a.Request.Body.Parts), request.Part{Path: a.Request.Body.Path}) {
		if part.Path != "" {
			text = append(text, s.styles.State.Warn.Render("! ")+"The file "+clean(part.Path)+" is sent as it is now.")
		}
	}
	d := s.dialog(title, text...)
	d.answers = []answer{say("y", "send it", func() tea.Cmd { return s.replay(p, a.Request) })}
	return d
}

// was is the environment called name, or what is known of one that is not there any more.
func (s *Shell) was(name string) collections.Environment {
	if s.coll != nil {
		for _, e := range s.coll.Environments {
			if e.Name == name {
				return e
			}
		}
	}
	return collections.Environment{Name: name, Production: strings.HasPrefix(strings.ToLower(name), "prod")}
}

func (s *Shell) replay(p collections.Past, r request.Request) tea.Cmd {
	send := s.opt.Core.Past.Replay
	heard := func(msg tea.Msg) tea.Cmd {
		m, ok := msg.(sent)
		if !ok {
			return nil
		}
		switch x := m.exchange; {
		case x == nil:
			s.warn("Not sent: " + m.err.Error())
			return nil
		case x.Failure != nil:
			s.warn("Sent again, no response: " + x.Failure.Text)
		default:
			s.say(fmt.Sprintf("Sent again: %d %s. = compares it with the one before.", x.Status(), x.Response().Reason))
		}
		if s.screen == s.past && s.past != nil {
			return s.grant(s.past.Refresh())
		}
		return nil
	}
	return s.start(&job{what: "Sending again", path: p.Entry, heard: heard}, func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		x, err := send(ctx, p, r, func(request.Event) {})
		return sent{exchange: x, err: err}
	})
}

// redraft opens the request of an exchange in the workbench, as edits of the one that it was sent for.
func (s *Shell) redraft(p collections.Past) tea.Cmd {
	get := s.opt.Core.Past.Draft
	return fetch(s, "It cannot be edited", func(ctx context.Context) (Redraft, error) { return get(ctx, p) }, func(r Redraft) tea.Cmd {
		if r.Entry == nil {
			s.push(s.offerNew(p, r))
			return nil
		}
		s.screen = nil
		open := s.grant(s.bench.Open(r.Entry.Path))
		edit := s.grant(s.bench.Replace(r.Saved))
		said := "This is what was sent. "
		if s.bench.Dirty() {
			said = "As it was sent; u takes it back, s sends it, ctrl+s saves it. "
		}
		s.say(said + s.elsewhere(p) + strings.Join(r.Notes, "; "))
		return tea.Batch(open, edit)
	})
}

// elsewhere says that an exchange was sent in another environment than the one in use, "" when it was not.
func (s *Shell) elsewhere(p collections.Past) string {
	if p.Environment == s.env {
		return ""
	}
	return "The environment was " + cmp.Or(p.Environment, "none") + ". "
}

// offerNew asks whether a request that is in no file any more becomes a new one.
func (s *Shell) offerNew(p collections.Past, r Redraft) *dialog {
	text := []string{s.asked(r.Saved.Method, r.Saved.URL), "",
		"It is not in this collection: " + clean(cmp.Or(p.Entry, "it was sent for no saved request")) + "."}
	for _, n := range r.Notes {
		text = append(text, s.styles.State.Warn.Render("! "+clean(n)))
	}
	d := s.dialog("Make a new request of it?", text...)
	if s.opt.Core.Create != nil {
		d.answers = []answer{say("y", "as a new request", func() tea.Cmd { s.screen = nil; return s.createThen("", "", r.Saved, nil) })}
	}
	return d
}

func (s *Shell) pastCurl(p collections.Past) tea.Cmd {
	get := s.opt.Core.Past.Curl
	return fetch(s, "No curl command", func(ctx context.Context) (string, error) { return get(ctx, p.ID) }, func(text string) tea.Cmd {
		if strings.Contains(text, "‹secret:") {
			return s.copy(text, "The curl command, without its secrets,")
		}
		return s.copy(text, "The curl command was")
	})
}

// export asks how much goes into an archive.
func (s *Shell) export(i history.Export) {
	if s.opt.Core.Past.HAR == nil {
		s.warn("This build writes no archives.")
		return
	}
	write := func(items []collections.Past) func() tea.Cmd {
		return func() tea.Cmd {
			do := s.opt.Core.Past.HAR
			return fetch(s, "Not exported", func(ctx context.Context) (string, error) { return do(ctx, items, i.Search, i.All) }, func(path string) tea.Cmd {
				s.say("Exported to " + path)
				return nil
			})
		}
	}
	d := s.dialog("Export as an HTTP Archive", s.asked(i.One.Method, i.One.URL), "",
		s.styles.Text.Muted.Render("Without its secrets: where one stood is its name. Bodies of more than 8 MiB are cut."))
	d.answers = []answer{say("enter", "this one", write([]collections.Past{i.One}))}
	if n := len(i.Marked); n > 0 {
		d.answers = append(d.answers, say("m", fmt.Sprintf("the %d marked", n), write(i.Marked)))
	}
	if i.Count > 1 {
		what := fmt.Sprintf("all %d found", i.Count)
		if i.Count > 1000 {
			what = "the newest 1,000 found"
		}
		d.answers = append(d.answers, say("a", what, write(nil)))
	}
	s.push(d)
}

// pastDue says that the start is over, and there is time to look at what was sent before it.
type pastDue struct{}

// learnPast marks the requests with how they ended last. What the history cannot tell leaves them without a mark.
func (s *Shell) learnPast() tea.Cmd {
	latest := s.opt.Core.Past.Latest
	return end(s, &job{what: "Reading the history", quiet: true}, latest, func(got map[string]collections.Past, err error) tea.Cmd {
		if err == nil {
			s.bench.SetPast(got)
		}
		return nil
	})
}
