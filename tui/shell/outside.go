package shell

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui/screen/environments"
)

// What other programs write into the collection while it is open is read when the person's hands rest: nothing that is
// being typed is taken away, and no key that was meant for something else answers a question that has just come up.
// A request without edits is then what its file says; one with edits is shown beside its file.

// Times of what comes from outside.
const (
	// watchAfter keeps the start for the first frame.
	watchAfter = 200 * time.Millisecond
	// restAfter is how long after the last key the hands rest.
	restAfter = time.Second
)

// The messages of its timers.
type (
	watchDue struct{}
	restDue  struct{}
)

// touched is what Core.Watch heard.
type touched struct{ files []string }

// watch starts to listen to what other programs do.
func (s *Shell) watch() tea.Cmd {
	listen := s.opt.Core.Watch
	heard := func(msg tea.Msg) tea.Cmd {
		switch m := msg.(type) {
		case touched:
			s.outside = append(s.outside, m.files...)
			return s.catchUp()
		case error:
			s.warn("What other programs change is not noticed, ctrl+l reads the files anew: " + m.Error())
		}
		return nil
	}
	return s.start(&job{what: "Watching the files", quiet: true, heard: heard}, func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		if err := listen(ctx, func(files []string) { emit(touched{files}) }); ctx.Err() == nil && err != nil {
			return err
		}
		return done{}
	})
}

// catchUp reads what other programs wrote, now or when the hands rest.
func (s *Shell) catchUp() tea.Cmd {
	if len(s.outside) == 0 || s.pending.rest || s.pending.quit {
		return nil
	}
	_, onEnvironments := s.screen.(*environments.Environments)
	if s.typing() || s.top() != nil || s.screen != nil && !onEnvironments {
		if s.typing() {
			s.say(outsideWords(s.outside) + " changed on disk: read when you are done typing.")
		}
		return nil // the next key asks again
	}
	if since := s.opt.Core.Now().Sub(s.pressed); since < restAfter {
		s.pending.rest = true
		return tea.Tick(restAfter-since, func(time.Time) tea.Msg { return restDue{} })
	}
	files := s.outside
	s.outside = nil
	return s.reloadQuietly(func() tea.Cmd {
		s.sync("")
		s.say(outsideWords(files) + " changed on disk and is read anew.")
		s.askStale()
		s.askGone()
		return nil
	})
}

// outsideWords names one file, or says how many.
func outsideWords(files []string) string {
	all := map[string]bool{}
	for _, f := range files {
		all[f] = true
	}
	if len(all) == 1 && files[0] != "." {
		return files[0]
	}
	if all["."] {
		return "The collection"
	}
	return fmt.Sprintf("What is in %d files", len(all))
}

// askGone asks about the drafts whose files another program removed; of each once.
func (s *Shell) askGone() {
	drafts := s.bench.Drafts()
	for _, path := range s.bench.Gone() {
		s.push(s.gone(path, drafts[path]))
	}
}

// gone asks what becomes of a draft without a file. Esc decides nothing: it is kept, and offered at the next start.
func (s *Shell) gone(path string, mine collections.Saved) *dialog {
	d := s.dialog("The file is gone", "Another program removed it while you had edits: "+clean(path), "", s.asked(mine.Method, mine.URL))
	drop := func() tea.Cmd { s.bench.Forget(path); return s.dirty() }
	if s.opt.Core.Create != nil {
		d.answers = append(d.answers, say("n", "a new request of my draft", func() tea.Cmd { return s.createThen(s.stillThere(folderAround(path)), "", mine, drop) }))
	}
	d.answers = append(d.answers, say("x", "throw the draft away", drop))
	return d
}
