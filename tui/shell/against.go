package shell

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/widget"
	"culprit/tui/widget/picker"
)

// mostOffered is how many earlier exchanges are offered to compare with; the history has all of them.
const mostOffered = 100

// against offers the earlier exchanges of the request that is open, and shows what differs from the one that is
// chosen.
func (s *Shell) against() tea.Cmd {
	e, _ := s.bench.Selected()
	if e == nil {
		return nil
	}
	past := s.opt.Core.Past
	return s.earlier(e, s.bench.Exchange(), "Compare with", nil, func(p collections.Past, at string) tea.Cmd {
		return fetch(s, "It cannot be read", func(ctx context.Context) (collections.Kept, error) { return past.Open(ctx, p.ID) },
			func(k collections.Kept) tea.Cmd { return s.grant(s.bench.Compare(k.Exchange, at)) })
	})
}

// earlier offers the exchanges of a request but the one of now, all for nil, by when they were.
func (s *Shell) earlier(e *collections.Entry, now *request.Exchange, title string, counts func(collections.Past) bool, then func(p collections.Past, at string) tea.Cmd) tea.Cmd {
	past := s.opt.Core.Past
	if past == nil {
		return nil
	}
	return fetch(s, "The history cannot be read", func(ctx context.Context) ([]collections.Past, error) {
		items, err := past.Find(ctx, `name:"`+e.Path+`"`, false, collections.Past{}, mostOffered)
		return slices.DeleteFunc(items, func(p collections.Past) bool { return p.Entry != e.Path || counts != nil && !counts(p) }), err
	}, func(items []collections.Past) tea.Cmd {
		items = slices.DeleteFunc(items, func(p collections.Past) bool { return now != nil && p.At.UnixMilli() == now.Start.UnixMilli() })
		if len(items) == 0 {
			s.say("There is no earlier exchange of this request in the history" + map[bool]string{true: " that passed here.", false: "."}[counts != nil])
			return nil
		}
		var offers []item
		for _, p := range items {
			at := p.At.In(s.opt.Core.Now().Location()).Format("Jan _2 15:04:05")
			result, role := "none", widget.Bad
			if p.Status > 0 {
				result = fmt.Sprint(p.Status)
			}
			if p.Passed {
				role = widget.Good
			}
			offers = append(offers, item{picker.Item{Badge: result, BadgeRole: role, Label: at + "  " + p.Environment, Note: p.Method, Also: p.URL}, func() tea.Cmd { return then(p, at) }})
		}
		s.push(s.list(title, offers))
		return nil
	})
}
