package shell

import (
	"fmt"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/screen"
)

// An Allowance is a consent to so many probes at once. Nil and the zero value allow none; its methods may be called from
// any goroutine.
type Allowance struct{ left atomic.Int64 }

// Allow is the consent to n probes.
func Allow(n int) *Allowance {
	a := &Allowance{}
	a.left.Store(int64(n))
	return a
}

// Any reports whether a probe of it is left.
func (a *Allowance) Any() bool { return a != nil && a.left.Load() > 0 }

// Take takes one probe of it, false where none is left.
func (a *Allowance) Take() bool { return a != nil && a.left.Add(-1) >= 0 }

// allowing asks for the consent that a run needs where each probe that may change data cannot be asked for: what proves a
// fault that the server does not name takes several of them. No is the default, as for each of them. What is allowed is as
// many as are shown: what is wished for later, to repeat a step or to go on for longer, was not agreed to.
func (s *Shell) allowing(i screen.Allow) *dialog {
	p := s.shelf.problem // the one that the question is about, whatever is open when it is answered
	act := s.keys.Wizard.Act
	d := s.dialog("Allow the probes that are left?",
		s.styles.Text.Title.Render(i.Target), "",
		s.styles.State.Warn.Render(fmt.Sprintf("Up to %d variations of it go out without a question.", i.Probes)),
		fmt.Sprintf("What the server accepts takes effect; after %d of those it ends.", i.Writes), "",
		s.styles.Text.Muted.Render(fmt.Sprintf("Only this method and path, and only these: a step that is repeated (%s) and more probes (%s) are asked for again. What was answered is not sent again.",
			act.Repeat.Help().Key, act.Resume.Help().Key)))
	d.answers = []answer{say("y", "allow them", func() tea.Cmd {
		p.Allowed = Allow(i.Probes)
		p.Tape.Reconsider()
		return s.diagnoseIt(p)
	})}
	return d
}
