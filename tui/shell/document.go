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
	work := func(ctx context.Context) (Documents, error) { return list(ctx, ""), nil }
	return end(s, &job{what: "Looking for documents", quiet: true}, work, func(d Documents, _ error) tea.Cmd {
		s.push(s.documentField(d, d.Own, then))
		return nil
	})
}

// documentField is a naming that completes paths; text is what stands in it. A document that cannot be read is said, and
// asked for again.
func (s *Shell) documentField(d Documents, text string, then func(name string) tea.Cmd) *naming {
	read := func(name string) tea.Cmd {
		look := s.opt.Core.TryDocument
		work := only(func(ctx context.Context) error { return look(ctx, name) })
		return end(s, &job{what: "Reading the document"}, work, func(_ done, err error) tea.Cmd {
			if err == nil {
				return then(name)
			}
			s.warn("It cannot be used: " + err.Error())
			s.push(s.documentField(d, name, then))
			return nil
		})
	}
	q := s.name("Which document?", "An OpenAPI document: a path from the folder of the collection, or a URL. It then says what a right answer is.", text, read)
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
	if text == "" {
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
