package shell

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/screen"
)

// allowing asks for the consent that a run needs where each probe that may change data cannot be asked for: what proves a
// fault that the server does not name takes several of them. No is the default, as for each of them.
func (s *Shell) allowing(i screen.Allow) *dialog {
	p := s.shelf.problem // the one that the question is about, whatever is open when it is answered
	d := s.dialog("Allow the probes that are left?",
		s.styles.Text.Title.Render(i.Target), "",
		s.styles.State.Warn.Render(fmt.Sprintf("Up to %d variations of it go out without a question.", i.Probes)),
		fmt.Sprintf("What the server accepts takes effect; after %d of those it ends.", i.Writes), "",
		s.styles.Text.Muted.Render("Only this method and path, and only until the diagnosis begins anew. What was answered is not sent again."))
	d.answers = []answer{say("y", "allow them", func() tea.Cmd {
		p.Writes = true
		p.Tape.Reconsider()
		return s.diagnoseIt(p)
	})}
	return d
}
