package shell

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
)

// What was edited is kept in two ways: saved into its file when the person says so, and as a draft all the
// time. A draft is written within a second of the edit, on hang-up, and before quitting.

// dirty notes that a draft changed, and starts the timer that keeps it.
func (s *Shell) dirty() tea.Cmd {
	s.pending.dirty = true
	if s.pending.draft || s.opt.Core.Draft == nil {
		return nil
	}
	s.pending.draft = true
	return tea.Tick(draftAfter, func(time.Time) tea.Msg { return draftDue{} })
}

func (s *Shell) keepDrafts() tea.Cmd {
	keep := s.opt.Core.Draft
	if keep == nil || !s.pending.dirty {
		return nil
	}
	s.pending.dirty = false
	drafts, bases := s.bench.Drafts(), s.bench.Bases()
	return try(s, &job{what: "Keeping drafts", quiet: true, must: true}, "Drafts are not kept",
		only(func(ctx context.Context) error { return keep(ctx, drafts, bases) }), func(done) tea.Cmd { return nil })
}

// quit quits, after a question when something is not saved.
func (s *Shell) quit() tea.Cmd {
	drafts := s.bench.Drafts()
	if len(drafts) == 0 {
		return s.quitNow()
	}
	text := s.edits("These requests have edits that are not saved:", drafts)
	fate, answer := "Drafts are kept and offered at the next start.", "quit, keep drafts"
	if s.opt.Core.Draft == nil {
		fate, answer = "They are lost when you quit.", "quit and lose them"
	}
	d := s.dialog("Quit?", append(text, "", s.styles.Text.Muted.Render(fate))...)
	d.quits = true
	d.answers = append(d.answers, say("s", "save all and quit", s.saveAll), say("q", answer, s.quitNow))
	s.push(d)
	return nil
}

// edits is a sentence and below it the requests that have drafts.
func (s *Shell) edits(sentence string, drafts map[string]collections.Saved) []string {
	text := []string{sentence, ""}
	for i, path := range slices.Sorted(maps.Keys(drafts)) {
		if i == 8 {
			return append(text, fmt.Sprintf("  and %d more", len(drafts)-i))
		}
		text = append(text, "  "+s.styles.State.Warn.Render(s.styles.Glyphs.Dot)+" "+clean(path))
	}
	return text
}

// saveAll writes every draft into its file and then quits; the first that cannot be written stops it.
func (s *Shell) saveAll() tea.Cmd {
	type piece struct {
		entry *collections.Entry
		saved collections.Saved
	}
	drafts, write := s.bench.Drafts(), s.opt.Core.Save
	if stale := s.bench.Stale(true); len(stale) > 0 {
		s.push(s.conflict(stale[0].Path, drafts[stale[0].Path], stale[0].Saved, false))
		s.warn("Not saved: a file changed on disk.")
		return nil
	}
	var all []piece
	for _, e := range s.requests() {
		if d, ok := drafts[e.Path]; ok {
			all = append(all, piece{e, d})
		}
	}
	type wrote struct {
		piece
		err error
	}
	heard := func(msg tea.Msg) tea.Cmd {
		switch m := msg.(type) {
		case wrote:
			if m.err != nil {
				s.warn("Not saved: " + m.entry.Path + ": " + m.err.Error())
				return nil
			}
			s.bench.Kept(m.entry.Path, m.saved)
			return s.dirty()
		case done:
			if len(s.bench.Drafts()) == 0 {
				return s.quitNow()
			}
		}
		return nil
	}
	return s.start(&job{what: "Saving", heard: heard}, func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		for _, p := range all {
			err := write(ctx, p.entry, p.saved, false)
			emit(wrote{p, err})
			if err != nil {
				break
			}
		}
		return done{}
	})
}

// quitNow keeps what is to be kept, cancels what runs, and quits when both are done.
func (s *Shell) quitNow() tea.Cmd {
	s.pending.quit = true
	left := s.leaveThere()
	for id, j := range s.jobs {
		if !j.must {
			s.tasks.Cancel(id)
		}
	}
	keep := s.keepDrafts()
	if len(s.jobs) == 0 {
		return tea.Quit
	}
	return tea.Batch(left, keep)
}

// offerDrafts asks whether the drafts of an earlier run come back.
func (s *Shell) offerDrafts() {
	if len(s.opt.Drafts) == 0 {
		return
	}
	drafts := s.opt.Drafts
	s.opt.Drafts = nil
	d := s.dialog("Drafts", s.edits("An earlier run left edits that were not saved:", drafts)...)
	take := func() tea.Cmd {
		s.bench.Restore(drafts, s.opt.Bases)
		s.say("Drafts are back; ctrl+s saves.")
		s.askRival()
		return nil
	}
	// Esc takes them too: a lone esc must never destroy work.
	d.refused = take
	throw := func() tea.Cmd {
		for _, r := range s.opt.Rivals {
			s.opt.Core.Settle(r)
		}
		s.opt.Rivals = nil
		return s.dirty()
	}
	d.answers = []answer{say("enter", "take them back", take), say("x", "throw them away", throw)}
	s.push(d)
}

// save writes the request that is open into its file; force overwrites what changed there meanwhile.
func (s *Shell) save(force bool) tea.Cmd {
	e, now := s.bench.Selected()
	write := s.opt.Core.Save
	if write == nil || e == nil || e.Kind != collections.HTTP {
		s.warn("There is nothing to save here.")
		return nil
	}
	if _, edited := s.bench.Drafts()[e.Path]; !edited && !force {
		s.say("Nothing changed since it was saved.")
		return nil
	}
	for _, stale := range s.bench.Stale(true) {
		if stale == e && !force {
			s.push(s.conflict(e.Path, now, e.Saved, true))
			return nil
		}
	}
	path := e.Path
	work := only(func(ctx context.Context) error { return write(ctx, e, now, force) })
	return end(s, &job{what: "Saving " + e.Name}, work, func(_ done, err error) tea.Cmd {
		var conflict *Conflict
		switch {
		case errors.As(err, &conflict):
			s.push(s.conflict(path, now, conflict.Theirs, true))
		case err != nil:
			s.warn("Not saved: " + err.Error())
		default:
			s.bench.Kept(path, now)
			s.say("Saved " + path)
			return s.dirty()
		}
		return nil
	})
}

// askStale asks about the drafts whose files were changed by another program meanwhile; of each change once.
func (s *Shell) askStale() {
	drafts := s.bench.Drafts()
	for _, e := range s.bench.Stale(false) {
		s.push(s.conflict(e.Path, drafts[e.Path], e.Saved, false))
	}
}

// conflict shows what differs between the draft and the file, and asks which one stays, or both. Esc decides nothing:
// the draft stays, and saving asks again.
func (s *Shell) conflict(path string, mine, theirs collections.Saved, saving bool) *dialog {
	text := []string{"The file changed on disk since the edits were begun: " + clean(path), "",
		s.styles.Diff.Removed.Render("- file") + "   " + s.styles.Diff.Added.Render("+ your draft"), ""}
	d := s.dialog("The file changed", append(text, difference(s.styles, theirs, mine)...)...)
	if saving {
		d.answers = []answer{say("w", "write mine over it", func() tea.Cmd { return s.save(true) })}
	} else {
		d.answers = []answer{say("k", "keep my draft", func() tea.Cmd {
			s.bench.Rebase(path)
			s.say("The draft stays; ctrl+s writes it over the file.")
			return s.dirty()
		})}
	}
	take := func() tea.Cmd {
		open := s.grant(s.bench.Open(path))
		s.bench.Kept(path, theirs)
		s.bench.Revert()
		s.say("The request is now what the file says.")
		return tea.Batch(open, s.dirty())
	}
	d.answers = append(d.answers, say("t", "take the file's", take))
	if s.opt.Core.Create != nil {
		d.answers = append(d.answers, say("b", "keep both", func() tea.Cmd {
			return s.createThen(folderAround(path), s.draftName(path), mine, take)
		}))
	}
	return d
}

// draftName is what a draft of the request at path is called beside it; "" where there is none.
func (s *Shell) draftName(path string) string {
	e := s.coll.Root.Request(path)
	if e == nil {
		return ""
	}
	return e.Name + " (my draft)"
}

func (s *Shell) revert() tea.Cmd {
	e, _ := s.bench.Selected()
	if e == nil {
		return nil
	}
	if _, edited := s.bench.Drafts()[e.Path]; !edited {
		s.say("Nothing was edited here.")
		return nil
	}
	d := s.dialog("Undo all edits?", "The request goes back to what its file says: "+clean(e.Path))
	d.answers = []answer{say("y", "undo them", func() tea.Cmd { s.bench.Revert(); return s.dirty() })}
	s.push(d)
	return nil
}
