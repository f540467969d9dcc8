package shell

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/widget/input"
)

// Documents are the OpenAPI documents that a person may mean.
type Documents struct {
	Own   string   // the one that the collection names, a path or a URL; "" for none
	Paths []string // in the folder that was typed, as they would be typed; folders end in a slash
}

// askDocument asks for the document that an answer does not follow. That of the collection is offered first.
func (s *Shell) askDocument(then func(name string) tea.Cmd) tea.Cmd {
	list := s.opt.Core.Documents
	heard := func(msg tea.Msg) tea.Cmd {
		if d, ok := msg.(Documents); ok {
			s.push(s.documentField(d, then))
		}
		return nil
	}
	return s.start(&job{what: "Looking for documents", quiet: true, heard: heard}, func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		return list(ctx, "")
	})
}

// documentField is a naming that completes paths.
func (s *Shell) documentField(d Documents, then func(name string) tea.Cmd) *naming {
	q := s.name("Which document?", "An OpenAPI document: a path from the folder of the collection, or a URL. It then says what a right answer is.", d.Own, then)
	q.rows = offerRows
	known := map[string][]string{"": d.Paths} // by the folder that was typed
	q.field.Suggest(func(text string, at int) []input.Offer {
		var offers []input.Offer
		for _, p := range known[folderOf(text)] {
			if at == len(text) && p != text && strings.HasPrefix(p, text) {
				offers = append(offers, input.Offer{Text: p})
			}
		}
		return offers
	})
	if d.Own == "" {
		q.field.Complete()
	}
	list := s.opt.Core.Documents
	q.changed = func(text string) tui.Intent {
		folder := folderOf(text)
		if _, ok := known[folder]; ok {
			return nil
		}
		known[folder] = nil // asked for once
		return screen.Task{Name: "documents in " + folder, Run: func(ctx context.Context, _ func(tea.Msg)) tea.Msg { return list(ctx, folder) },
			Hear: func(msg tea.Msg) tui.Intent {
				if d, ok := msg.(Documents); ok {
					known[folder] = d.Paths
					q.field.Complete()
				}
				return nil
			}}
	}
	return q
}

// offerRows is how many completions are seen at once.
const offerRows = 6

func folderOf(path string) string { return path[:strings.LastIndexAny(path, `/\`)+1] }
