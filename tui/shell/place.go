package shell

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
)

// resume goes to where the person left the collection, as far as it is there.
func (s *Shell) resume() {
	was := s.opt.Was
	known := slices.ContainsFunc(s.coll.Environments, func(e collections.Environment) bool { return e.Name == was.Environment })
	if s.opt.Environment == "" && known {
		s.env = was.Environment
	}
	s.bench.Resume(was.Entry)
}

// leaveThere keeps where the person is, unless that is where they began. It cannot fail in a way that matters now.
func (s *Shell) leaveThere() tea.Cmd {
	leave, at := s.opt.Core.Leave, Place{s.env, s.bench.Path()}
	if leave == nil || s.coll == nil || at == s.opt.Was {
		return nil
	}
	return end(s, &job{what: "Leaving", quiet: true, must: true}, only(func(ctx context.Context) error { return leave(ctx, at) }),
		func(done, error) tea.Cmd { return nil })
}
