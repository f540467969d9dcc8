package shell

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/screen/environments"
	"culprit/tui/screen/history"
	"culprit/tui/screen/workbench"
)

// grant does what an intent asks for.
func (s *Shell) grant(i tui.Intent) tea.Cmd {
	switch i := i.(type) {
	case closed:
		s.pop()
		if i.then != nil {
			return tea.Batch(i.then(), s.spin())
		}
	case takeCookie:
		return s.takeCookie(i)
	case emptyJar:
		s.push(s.askEmpty(i.environment))
	case workbench.Send:
		return s.send(i.Entry, i.Saved)
	case workbench.Changed:
		return s.dirty()
	case workbench.Edit:
		return s.edit(i)
	case screen.Task:
		return s.task(i)
	case workbench.NewRequest, workbench.NewFolder, workbench.Move, workbench.Duplicate, workbench.Rename, workbench.Delete, workbench.SaveBody, workbench.Page:
		return s.manage(i)
	case workbench.Several:
		var cmds []tea.Cmd
		for _, each := range i {
			cmds = append(cmds, s.grant(each))
		}
		return tea.Batch(cmds...)
	case workbench.Say:
		s.say(string(i))
	case workbench.Take:
		s.take(i)
	case workbench.Against:
		return s.against()
	case environments.Use, environments.Save, environments.New, environments.Mark, environments.Rename, environments.Delete, environments.Undo, environments.Give:
		return s.environ(i)
	case screen.Ask, screen.Choose, screen.Confirm:
		s.question(i)
	case history.Replay, history.Edit, history.Curl, history.Export:
		return s.browse(i)
	case workbench.Copy:
		return s.copy(i.Text, i.What)
	case workbench.Diagnose:
		return s.diagnoseIt(Problem{Entry: i.Entry, Saved: i.Saved, Environment: s.env, Exchange: i.Exchange})
	case screen.Leave:
		return s.leave()
	case screen.Diagnose:
		return s.recall(i.ID)
	case screen.Stop:
		s.tasks.Cancel(s.shelf.run)
	case screen.Again:
		s.shelf.problem.Tape = nil
		return s.diagnoseIt(s.shelf.problem)
	case screen.Resume:
		if p := &s.shelf.problem; i.Deeper { // more than was agreed to
			p.Depth, p.Allowed = diagnose.Deeper(p.Depth), nil
		}
		return s.diagnoseIt(s.shelf.problem)
	case screen.Allow:
		s.push(s.allowing(i))
	case screen.Wrong:
		return s.wrong()
	case screen.Skip:
		return s.skip(i.Step)
	case screen.Repeat:
		return s.repeat(i.Step)
	case screen.Apply:
		return s.apply(i)
	case screen.Repair:
		return s.repair(i)
	case screen.Drop:
		return s.dropCookies(i.Names, nil)
	case screen.SaveReport:
		return s.offerReport(i.Report)
	case screen.Copy:
		return s.copy(i.Text, i.What)
	case screen.Say:
		s.say(string(i))
	}
	return nil
}

// heard does what a part asks for, beside its own command.
func (s *Shell) heard(i tui.Intent, cmd tea.Cmd) tea.Cmd { return tea.Batch(cmd, s.grant(i)) }

// stop is ctrl+c: it cancels what runs, closes what is open, and quits when it is pressed once more. So a key that
// comes just after the end of what it was to cancel does not end the program.
func (s *Shell) stop() tea.Cmd {
	if id, j := s.running(); j != nil {
		s.tasks.Cancel(id)
		s.say("Cancelled " + strings.ToLower(j.what[:1]) + j.what[1:] + ".")
		return nil
	}
	if s.stopReading() {
		return nil
	}
	if d, ok := s.top().(*dialog); ok && d.quits {
		return s.quitNow()
	}
	if s.top() != nil {
		return s.heard(s.top().Update(tea.KeyPressMsg{Code: tea.KeyEscape}))
	}
	if !s.pending.leave {
		s.pending.leave = true
		s.say(s.leaving())
		return nil
	}
	s.stay()
	return s.quit()
}

// leaving is what the status line says after the first ctrl+c with nothing to cancel.
func (s *Shell) leaving() string { return s.keys.Chord.Stop.Help().Key + " once more quits." }

// stay takes back the first ctrl+c.
func (s *Shell) stay() {
	if s.pending.leave && s.status.text == s.leaving() {
		s.status = status{}
	}
	s.pending.leave = false
}
