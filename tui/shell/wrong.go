package shell

import (
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/tui/screen"
)

// What can be wrong with an answer that passes.
const (
	missing = "Something is missing in it"
	tooMuch = "Something in it should not be there"
	unlike  = "It is not as the API's document says"
	before  = "It is not built as an earlier answer was"
)

// wrong asks what is wrong with an answer that passes, and diagnoses the request with that in mind.
func (s *Shell) wrong() tea.Cmd {
	on, ok := s.screen.(screen.Questioner)
	if !ok {
		return nil
	}
	ask := func(p diagnose.Prompt, why string, then func(reply string) tea.Cmd) {
		s.push(&question{on.Question(diagnose.Question{Prompt: &p, Why: why}), func(a screen.Answer) tea.Cmd {
			if a.Reply == "" {
				return nil
			}
			return then(a.Reply)
		}})
	}
	choices := []string{missing, tooMuch}
	if s.opt.Core.Past != nil {
		choices = append(choices, before)
	}
	if s.opt.Core.Documents != nil {
		choices = append(choices, unlike)
	}
	ask(diagnose.Prompt{Text: "What is wrong with the answer?", Choices: choices}, "Every answer of that kind then counts as a failure.", func(what string) tea.Cmd {
		again := func(change func(p *Problem)) tea.Cmd {
			p := s.shelf.problem
			p.Tape, p.Document, p.Right, p.Expected = nil, "", "", diagnose.Expectation{}
			change(&p)
			return s.diagnoseIt(p)
		}
		switch what {
		case unlike:
			return s.askDocument(func(name string) tea.Cmd { return again(func(p *Problem) { p.Document = name }) })
		case before:
			p := s.shelf.problem
			// of this environment: what differs is sent to this host, and credentials stay where they are from
			right := func(was collections.Past) bool { return was.Passed && was.Environment == p.Environment }
			return s.earlier(p.Entry, p.Exchange, "Which answer was right?", right, func(was collections.Past, _ string) tea.Cmd {
				return again(func(p *Problem) { p.Right = was.ID })
			})
		}
		text := "What should be in it? A piece of the body, as it is written there."
		if what == tooMuch {
			text = "What should not be in it? A piece of the body, as it is written there."
		}
		ask(diagnose.Prompt{Text: text}, "", func(piece string) tea.Cmd {
			return again(func(p *Problem) {
				p.Expected = diagnose.Expectation{Has: piece}
				if what == tooMuch {
					p.Expected = diagnose.Expectation{Lacks: piece}
				}
			})
		})
		return nil
	})
	return nil
}
