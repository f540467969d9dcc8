package history

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/screen"
	"culprit/tui/theme"
	"culprit/tui/widget"
)

// page is a reader that shows the ID of an exchange.
type page struct {
	text   string
	w, h   int
	before string
}

func (p *page) Update(tea.Msg) (tui.Intent, tea.Cmd) { return tui.Pass{}, nil }
func (p *page) View() string                         { return p.text }
func (p *page) Resize(w, h int)                      { p.w, p.h = w, h }
func (p *page) Keys() []key.Binding                  { return nil }
func (p *page) Focus() tea.Cmd                       { return nil }
func (p *page) Blur()                                {}
func (p *page) Typing() bool                         { return false }
func (p *page) Cursor() *tea.Cursor                  { return nil }
func (p *page) Restyle()                             {}
func (p *page) Scroll() (widget.Scroll, int)         { return widget.Scroll{}, 0 }
func (p *page) Foot() (note, place string)           { return "", "" }

func (p *page) Mouse(tea.MouseMsg) (tui.Intent, tea.Cmd) { return nil, nil }

func (p *page) Show(k collections.Kept) tui.Intent {
	p.text, p.before = "", ""
	if k.Exchange != nil {
		p.text = k.Exchange.ID
	}
	return nil
}

func (p *page) Compare(before, x *request.Exchange, name string) tui.Intent {
	p.text, p.before = x.ID, before.ID
	return nil
}

// open is a history of n exchanges, hostile ones among them, whose tasks run at once.
func open(n int) (*History, *page) {
	now := time.Date(2026, 11, 21, 14, 0, 0, 0, time.UTC)
	var all []collections.Past
	for i := range n {
		all = append(all, collections.Past{ID: fmt.Sprint(i), At: now.Add(-time.Duration(i*i) * time.Minute), Method: []string{"GET", "P\x1b[31m", "", "漢字漢字漢字"}[i%4],
			URL: []string{"http://h/漢字\n?q=1", "://", "", "http://h/" + strings.Repeat("x", 300)}[i%4], Entry: []string{"a/b", "", "漢\u009bx"}[i%3],
			Status: []int{200, 0, 999, -1}[i%4], Cause: []string{"", "connect refused_by_all", "odd"}[i%3], Passed: i%4 == 0, Took: time.Duration(i) * 7 * time.Second})
	}
	p := &page{}
	h := New(Options{Styles: theme.New(theme.Choice{}), Keys: keys.Default(), Reader: p, Now: func() time.Time { return now },
		Find: func(_ context.Context, search string, _ bool, last collections.Past, limit int) ([]collections.Past, error) {
			if strings.Contains(search, "9") {
				return nil, errors.New("9: no\x1b[2J number")
			}
			from := 0
			for i, x := range all {
				if x.ID == last.ID {
					from = i + 1
				}
			}
			return all[from:min(from+limit, len(all))], nil
		},
		Count: func(context.Context, string, bool) (int, error) { return n, nil },
		Open: func(_ context.Context, id string) (collections.Kept, error) {
			if id == "7" {
				return collections.Kept{}, errors.New("gone")
			}
			return collections.Kept{Exchange: &request.Exchange{ID: id}}, nil
		}})
	return h, p
}

// do grants intents as the shell does, tasks at once.
func do(h *History, i tui.Intent) {
	switch i := i.(type) {
	case screen.Several:
		for _, each := range i {
			do(h, each)
		}
	case screen.Task:
		var said []tea.Msg
		last := i.Run(context.Background(), func(m tea.Msg) { said = append(said, m) })
		for _, m := range append(said, last) {
			do(h, i.Hear(m))
		}
	}
}

func TestRandomKeysNeverBreakTheFrame(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var pool []string
	for _, s := range keys.Default().Scopes() {
		if s.Name == "history" {
			for _, n := range s.Named {
				pool = append(pool, n.Binding.Keys()...)
			}
		}
	}
	for _, n := range []int{0, 1, 3, 450} {
		h, _ := open(n)
		h.Resize(80, 22)
		do(h, h.Refresh())
		for range 700 {
			if r.IntN(10) == 0 {
				h.Resize(1+r.IntN(200), 1+r.IntN(60))
			}
			k := tea.KeyPressMsg{Text: string(rune('0' + r.IntN(60)))}
			if name := pool[r.IntN(len(pool))]; r.IntN(4) > 0 {
				k = tea.KeyPressMsg{Text: name}
				if code, ok := map[string]rune{"up": tea.KeyUp, "down": tea.KeyDown, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
					"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": ' ', "left": tea.KeyLeft, "right": tea.KeyRight}[name]; ok {
					k = tea.KeyPressMsg{Code: code}
				}
			}
			i, _ := h.Update(k)
			do(h, i)
			rows := strings.Split(h.View(), "\n")
			if len(rows) != h.h {
				t.Fatalf("%d of %d rows after %q", len(rows), h.h, k)
			}
			for _, row := range rows {
				if ansi.StringWidth(row) != h.w || strings.ContainsRune(row, 0x9b) || strings.Contains(row, "\x1b[2J") {
					t.Fatalf("%dx%d after %q: %q", h.w, h.h, k, row)
				}
			}
		}
	}
}

func TestTheCursorStaysOnItsExchangeWhenTheSearchChanges(t *testing.T) {
	h, p := open(450)
	h.Resize(140, 40)
	do(h, h.Refresh())
	for range 5 {
		i, _ := h.Update(tea.KeyPressMsg{Code: 'j', Text: "j"})
		do(h, i)
	}
	i, _ := h.Update(tea.KeyPressMsg{Code: 'a', Text: "a"}) // all collections
	do(h, i)
	if now, _ := h.list.current(); now.ID != "5" || p.text != "5" {
		t.Errorf("on %s, reads %s", now.ID, p.text)
	}
	i, _ = h.Update(tea.KeyPressMsg{Code: '=', Text: "="})
	do(h, i)
	if p.before == "" || p.text != "5" {
		t.Errorf("compares %q with %q", p.before, p.text)
	}
}

// TestWhatIsWrongWithASearchStays when the exchange that was chosen before it is read only then.
func TestWhatIsWrongWithASearchStays(t *testing.T) {
	h, _ := open(3)
	h.Resize(140, 40)
	do(h, h.Refresh())
	do(h, h.heard(found{err: errors.New("no such status")}))
	do(h, h.heard(opened{id: h.shown}))
	if v := h.View(); !strings.Contains(v, "no such status") {
		t.Errorf("it shows\n%s", v)
	}
}

// Of a request in folders its name is read, of a wide list more of its folders.
func TestThePathOfARequestIsCutAtItsFolders(t *testing.T) {
	for w, want := range map[int]string{40: "billing/cards/list-all-charges", 25: "…/cards/list-all-charges", 12: "…/list-all-charges"} {
		if got := ending("billing/cards/list-all-charges", "…", w); got != want {
			t.Errorf("%d cells: got %q, want %q", w, got, want)
		}
	}
}
