package shell

import (
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/tui/screentest"
)

// pointer is a mouse over a screen.
type pointer struct {
	t *testing.T
	s *screentest.Screen
}

// find returns the cell of a text that is on the screen.
func (p pointer) find(text string) (x, y int) {
	p.t.Helper()
	for y, l := range strings.Split(p.s.Text(), "\n") {
		if before, _, ok := strings.Cut(l, text); ok {
			return len([]rune(before)), y
		}
	}
	p.t.Fatalf("%q is not on the screen:\n%s", text, p.s.Text())
	return 0, 0
}

func (p pointer) click(text string) {
	p.t.Helper()
	x, y := p.find(text)
	p.s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	p.s.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
}

// drag presses at a text and lets go cells further to the right.
func (p pointer) drag(text string, cells int) {
	p.t.Helper()
	x, y := p.find(text)
	p.s.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	p.s.Send(tea.MouseMotionMsg{X: x + cells, Y: y, Button: tea.MouseLeft})
	p.s.Send(tea.MouseReleaseMsg{X: x + cells, Y: y, Button: tea.MouseLeft})
}

func TestWhereOnePaneIsSeenItsNamesAreClicked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 80, 24)
		p := pointer{t, s}
		s.Press("s", "1")
		p.click("3 Response")
		s.Has("200 OK")
		p.click("2 Request")
		s.Has("{{base}}/orders?limit=20")
		p.click("1 Collection")
		s.Has("Create order")
		s.Resize(110, 30)
		p.click("3 Response")
		s.Has("200 OK")
		p.click("2 List orders")
		s.Has("{{base}}/orders?limit=20")
	})
}

func TestAClickFoldsWhatIsUnderIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		p := pointer{t, s}
		s.Press("s")
		s.Has(`"sku": "mug"`)
		p.drag("mug", 3)
		s.Has("shift+drag selects as the terminal does")
		p.click(`"items"`) // the cursor goes there
		p.click(`"items"`) // and once more folds it
		s.Lacks(`"sku": "mug"`)
		p.click(`"items"`)
		s.Has(`"sku": "mug"`)
	})
}

func TestDraggingSelectsInABody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opt := options(&world{})
		opt.Collection.Root.Children[0].Children[0].Saved.Body = collections.SavedBody{Type: "json", Text: "{\n  \"colour\": \"green\"\n}"}
		s := open(t, opt, 140, 42)
		p := pointer{t, s}
		p.click("Body")
		p.drag("green", 5)
		s.Has("writing")
		s.Type("blue")
		s.Has(`"colour": "blue"`)
		s.Press("esc")
		p.click("colour") // a click puts the cursor, and once more writes there
		p.click("colour")
		s.Type("my_")
		s.Has(`"my_colour": "blue"`)
	})
}

func TestAnAnswerOfADialogIsClicked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, options(&world{}), 140, 42)
		p := pointer{t, s}
		s.Press("2", "m", "U")
		s.Has("Undo all edits?")
		p.click("The request goes back") // is no answer
		s.Has("Undo all edits?", "POST  {{base}}")
		p.click("undo them")
		s.Lacks("Undo all edits?", "● edited")
		s.Press("?")
		before := s.Text()
		x, y := p.find("Keys")
		s.Send(tea.MouseWheelMsg{X: x, Y: y + 3, Button: tea.MouseWheelDown})
		if s.Text() == before {
			t.Error("the wheel does not scroll the help")
		}
	})
}
