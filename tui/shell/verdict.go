package shell

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/tui/screen"
)

// repair turns a fix of what was sent into a draft of what is saved.
func (s *Shell) repair(i screen.Repair) tea.Cmd {
	p, carry := s.shelf.problem, s.opt.Core.Repair
	if p.Entry == nil || carry == nil {
		s.warn("The fix cannot be put into the request here.")
		return nil
	}
	a, err := carry(p, i.Fix)
	if err != nil {
		s.warn("The fix cannot be saved: " + err.Error())
		return nil
	}
	cmd := s.apply(screen.Apply{Saved: a.Saved, Send: i.Send})
	notes := a.Notes
	for _, v := range a.Assign {
		notes = append(notes, "Change the variable "+v.Name+" too: it becomes "+v.Value+".")
	}
	if len(notes) > 0 {
		s.say("The fix is in the request. " + strings.Join(notes, " "))
	}
	return cmd
}

// reported is the last message of saving a report.
type reported struct {
	path string
	err  error
}

func (s *Shell) saveReport(r diagnose.Report) tea.Cmd {
	p, save := s.shelf.problem, s.opt.Core.SaveReport
	if save == nil {
		s.warn("Reports cannot be saved here.")
		return nil
	}
	heard := func(msg tea.Msg) tea.Cmd {
		if m, ok := msg.(reported); ok && m.err != nil {
			s.warn("The report is not saved: " + m.err.Error())
		} else if ok {
			s.say("The report is in " + m.path)
		}
		return nil
	}
	return s.start(&job{what: "Saving the report", heard: heard}, func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		path, err := save(ctx, p, r)
		return reported{path, err}
	})
}

// apply makes a repaired request the draft of the one that was diagnosed.
func (s *Shell) apply(i screen.Apply) tea.Cmd {
	p := s.shelf.problem
	if p.Entry == nil {
		return nil
	}
	s.screen = nil
	cmds := []tea.Cmd{s.grant(s.bench.Open(p.Entry.Path)), s.grant(s.bench.Replace(i.Saved))}
	s.say("The fix is in the request; ctrl+s saves it, U undoes it.")
	if i.Send {
		cmds = append(cmds, s.send(s.bench.Selected()))
	}
	return tea.Batch(cmds...)
}
