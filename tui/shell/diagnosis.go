package shell

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/screen"
	"culprit/tui/screen/wizard"
	"culprit/tui/theme"
)

// diagnose starts with the request that is open and its last exchange.
func (s *Shell) diagnose() tea.Cmd {
	e, now := s.bench.Selected()
	x := s.bench.Exchange()
	switch {
	case !s.canDiagnose():
		return nil
	case e == nil || e.Kind != collections.HTTP:
		s.say("Choose a request first.")
		return nil
	case x == nil:
		s.say("Send the request first: d finds out why it fails.")
		return nil
	}
	if s.shelf.screen != nil && s.shelf.problem.Exchange == x {
		s.enter(s.shelf.screen) // as it was left
		return nil
	}
	if p, ok := s.learned[e.Path]; ok && p.Exchange == x && p.Environment == s.env {
		return s.diagnoseIt(p) // what is on its tape is not sent again
	}
	return s.diagnoseIt(Problem{Entry: e, Saved: now, Environment: s.env, Exchange: x})
}

// skip leaves a step out. Where the diagnosis is over it runs again without it, from what it learned.
func (s *Shell) skip(step diagnose.Step) tea.Cmd {
	p := s.shelf.problem
	if p.Tape == nil {
		return nil
	}
	p.Tape.Skip(step)
	s.say("Skipped: " + step.String())
	if s.shelf.run != 0 {
		return nil
	}
	return s.diagnoseIt(p)
}

// repeat runs the diagnosis again: the questions of a step are asked anew, the others are answered as before.
func (s *Shell) repeat(step diagnose.Step) tea.Cmd {
	p := s.shelf.problem
	if p.Tape == nil {
		return nil
	}
	p.Tape.Repeat(step)
	p.Allowed = nil // what comes now was not what was agreed to
	s.say("Again: " + step.String())
	return s.diagnoseIt(p)
}

// recall diagnoses an exchange of the history.
func (s *Shell) recall(id string) tea.Cmd {
	get := s.opt.Core.Recall
	if get == nil || !s.canDiagnose() {
		s.warn("Exchanges of the history cannot be diagnosed here.")
		return nil
	}
	return fetch(s, "It cannot be diagnosed", func(ctx context.Context) (Problem, error) { return get(ctx, id) }, s.diagnoseIt)
}

// offerWorking asks whether a curl command that was pasted beside a diagnosis is a request that works: what the two
// differ in is then bisected.
func (s *Shell) offerWorking(text string) tea.Cmd {
	if s.shelf.run != 0 {
		s.say("The diagnosis still runs; stop it, then paste the request that works.")
		return nil
	}
	got, err := s.opt.Core.ParseCurl(strings.TrimLeft(text, " \t\n$>"))
	if err != nil {
		s.push(s.dialog("This is no curl command that can be read", clean(err.Error())))
		return nil
	}
	lines := append(s.summary(got.Saved, got.Warnings), "", s.styles.Text.Muted.Render("It is sent first, to see that it works. Then what the two differ in is tried, half by half."))
	d := s.dialog("Does this request work?", lines...)
	d.answers = []answer{say("y", "yes, compare with it", func() tea.Cmd {
		p := s.shelf.problem
		p.Tape, p.Working = nil, &got.Saved
		return s.diagnoseIt(p)
	})}
	s.push(d)
	return nil
}

// asking is the news that a diagnosis waits for the person; exactly one of the channels is set.
type asking struct {
	question diagnose.Question
	consent  chan<- Consent
	reply    chan<- string
}

func (s *Shell) diagnoseIt(p Problem) tea.Cmd {
	if !s.canDiagnose() {
		return nil
	}
	if e := s.environment(); p.Exchange != nil && (e == nil || e.Name == p.Environment) {
		p.Production = collections.Guarded(p.Exchange.Request.URL, e)
	}
	if p.Tape == nil {
		p.Tape, p.Allowed = &diagnose.Tape{}, nil // what was allowed was for another run
	}
	s.learned[p.Entry.Path] = p
	s.status = status{} // what was said of an earlier one
	shown := s.opt.Wizard(s.styles, s.keys, p)
	s.tasks.Cancel(s.shelf.run) // of an older diagnosis
	s.shelf = shelf{screen: shown, problem: p}
	s.enter(shown)
	var open overlay
	heard := func(msg tea.Msg) tea.Cmd {
		if a, ok := msg.(asking); ok {
			open = s.ask(shown, a)
			s.push(open)
			return nil
		}
		if note, ok := msg.(screen.Noted); ok {
			s.say("Not all could be read: " + string(note))
		}
		if d, ok := msg.(screen.Diagnosed); ok {
			s.drop(open) // nobody waits for its answer any more
			if test := s.bench.Unmet(p.Entry.Path, p.Exchange); test != "" && d.Report.Verdict.Outcome == diagnose.OutcomePassing {
				s.say("Its own test fails: " + test + ". " + s.keys.Wizard.Act.Wrong.Help().Key + " says what is wrong with the answer.")
			}
			if s.shelf.screen == shown {
				s.shelf.run = 0
			}
		}
		return s.heard(shown.Update(msg))
	}
	run := s.opt.Core.Diagnose
	id, cmd := s.startID(&job{what: "Diagnosing " + p.Entry.Name, heard: heard}, func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		r, err := run(ctx, p, asker(emit), func(e diagnose.Event) { emit(e) })
		return screen.Diagnosed{Report: r, Err: err}
	})
	s.shelf.run = id
	return cmd
}

// asker turns a question of the worker into news, and waits for the answer.
func asker(emit func(tea.Msg)) Asker {
	return Asker{
		Note: func(text string) { emit(screen.Noted(text)) },
		Allow: func(ctx context.Context, q diagnose.Question) (Consent, error) {
			c := make(chan Consent, 1) // the loop never waits for the worker
			emit(asking{question: q, consent: c})
			select {
			case got := <-c:
				return got, nil
			case <-ctx.Done():
				return Consent{}, ctx.Err()
			}
		},
		Reply: func(ctx context.Context, q diagnose.Question) (string, error) {
			c := make(chan string, 1)
			emit(asking{question: q, reply: c})
			select {
			case got := <-c:
				return got, nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		},
	}
}

// newWizard is the screen of a diagnosis as package wizard has it.
func newWizard(styles *theme.Styles, bindings *keys.Map, p Problem) Diagnoser {
	z := wizard.New(styles, bindings)
	c := diagnose.Case{Recorded: p.Exchange, Production: p.Production, Interactive: true, Writes: p.Allowed.Any(), Budget: diagnose.Depth(p.Depth)}
	if p.Exchange != nil {
		c.Request = p.Exchange.Request
	}
	z.Begin(p.Entry.Name, c)
	return z
}

// ask makes the overlay of a question. Closing it without an answer is no, or "don't know".
func (s *Shell) ask(on screen.Questioner, a asking) overlay {
	return &question{on.Question(a.question), func(got screen.Answer) tea.Cmd {
		switch {
		case got.Skip: // who waits is told by the tape
			return s.skip(a.question.Step)
		case a.reply != nil:
			a.reply <- got.Reply
		default:
			a.consent <- Consent{Yes: got.Yes, Always: got.Always, Only: got.Only}
		}
		return nil
	}}
}

// asks reports that a task is a diagnosis that waits for the person's answer.
func (s *Shell) asks(id tui.ID) bool {
	return id != 0 && id == s.shelf.run && slices.ContainsFunc(s.overlays, func(o overlay) bool {
		_, ok := o.(*question)
		return ok
	})
}

// A question is the overlay of a screen, and what is done with its answer.
type question struct {
	screen.Overlay
	answered func(screen.Answer) tea.Cmd
}

// Update implements tui.Part.
func (q *question) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	intent, cmd := q.Overlay.Update(msg)
	got, ok := intent.(screen.Answer)
	if !ok {
		return intent, cmd
	}
	return closed{func() tea.Cmd { return q.answered(got) }}, cmd
}

// Typing implements tui.Typist.
func (q *question) Typing() bool {
	t, ok := q.Overlay.(tui.Typist)
	return ok && t.Typing()
}

// Cursor implements tui.Typist.
func (q *question) Cursor() *tea.Cursor {
	if t, ok := q.Overlay.(tui.Typist); ok {
		return t.Cursor()
	}
	return nil
}

// leave goes back to the workbench. A diagnosis that runs goes on: its questions are still asked, ctrl+c
// cancels it, and d comes back to it. One of an exchange of the history goes back there.
func (s *Shell) leave() tea.Cmd {
	if s.screen != nil && s.screen == s.shelf.screen && s.shelf.problem.Past && s.past != nil {
		s.enter(s.past)
		return nil
	}
	s.screen = nil
	return nil
}
