package shell

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
)

// A Rival is a draft that another window left of a request of which there is one already.
type Rival struct {
	Path  string             // of the request
	ID    string             // tells it from those of other windows
	Saved collections.Saved  // the draft
	Base  *collections.Saved // what the file said when it was begun; nil where that is not known
	At    time.Time          // when it was edited last
}

// askRival asks which of two drafts of a request stays, or both, and after all of them about their files. Esc decides
// nothing: the other one is offered again at the next start.
func (s *Shell) askRival() {
	if len(s.opt.Rivals) == 0 {
		s.askStale()
		s.askGone()
		return
	}
	r := s.opt.Rivals[0]
	s.opt.Rivals = s.opt.Rivals[1:]
	mine := s.bench.Drafts()[r.Path]
	text := []string{"Two windows edited this request: " + clean(r.Path), "",
		s.styles.Diff.Removed.Render("- the other one, of "+r.At.In(s.opt.Core.Now().Location()).Format("Jan _2 15:04")) + "   " +
			s.styles.Diff.Added.Render("+ the newer one"), ""}
	d := s.dialog("Two drafts", append(text, difference(s.styles, r.Saved, mine)...)...)
	settled := func() tea.Cmd {
		s.opt.Core.Settle(r)
		s.askRival()
		return s.dirty()
	}
	d.refused = func() tea.Cmd {
		s.say("The other draft is offered again at the next start.")
		s.askRival()
		return nil
	}
	d.answers = []answer{
		say("k", "keep the newer", func() tea.Cmd { s.say("The newer draft stays."); return settled() }),
		say("t", "take the other", func() tea.Cmd {
			bases := map[string]collections.Saved{}
			if r.Base != nil {
				bases[r.Path] = *r.Base
			}
			s.bench.Restore(map[string]collections.Saved{r.Path: r.Saved}, bases)
			s.say("The other draft is taken; ctrl+s saves it.")
			return settled()
		}),
	}
	if s.opt.Core.Create != nil {
		d.answers = append(d.answers, say("b", "keep both", func() tea.Cmd {
			return s.createElse(s.stillThere(folderAround(r.Path)), s.draftName(r.Path), r.Saved, settled, s.askRival)
		}))
	}
	s.push(d)
}
