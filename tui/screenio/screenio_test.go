//go:build linux

package screenio_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/ptytest"
	"culprit/tui/screenio"
)

const (
	child    = "CULPRIT_TEST_CHILD"
	patience = 20 * time.Second
)

// counter shows how many keys it got, and the last one.
type counter struct {
	n    int
	w, h int
	last string
}

func (c *counter) Init() tea.Cmd { return nil }

func (c *counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		c.w, c.h = m.Width, m.Height
	case tea.PasteMsg:
		c.last = "pasted " + m.Content
	case tea.FocusMsg:
		c.last = "focus"
	case tea.MouseClickMsg:
		c.last = fmt.Sprintf("click %d,%d", m.X, m.Y)
	case tea.KeyPressMsg:
		c.n++
		c.last = m.String()
		switch c.last {
		case "q":
			return c, tea.Quit
		case "p":
			panic("on purpose")
		case "g":
			return c, func() tea.Msg { panic("in a command") }
		}
	}
	return c, nil
}

func (c *counter) View() tea.View {
	v := tea.NewView(fmt.Sprintf("keys %d\nlast %s\nsize %dx%d", c.n, c.last, c.w, c.h))
	v.MouseMode, v.ReportFocus, v.WindowTitle = tea.MouseModeCellMotion, true, "counter"
	if c.n > 0 {
		v.Cursor = tea.NewCursor(c.n%10, 0)
	}
	return v
}

func TestMain(m *testing.M) {
	if os.Getenv(child) == "" {
		os.Exit(m.Run())
	}
	s, err := screenio.New(screenio.Options{Input: os.Stdin, Output: os.Stdout})
	if err != nil {
		os.Exit(3)
	}
	p := tea.NewProgram(s.Model(&counter{}), s.Options()...)
	if err := s.Open(p.Send); err != nil {
		os.Exit(4)
	}
	_, err = p.Run()
	s.Close()
	if err != nil {
		os.Exit(5)
	}
	os.Exit(0)
}

func run(t *testing.T) *ptytest.Terminal {
	t.Helper()
	p := ptytest.Start(t, 40, 10, []string{child + "=1"}, os.Args[0])
	p.Keep()
	p.Shows(patience, "size 40x10")
	return p
}

func TestWhatTheTerminalSaysReachesTheProgram(t *testing.T) {
	p := run(t)
	p.Type("a")
	p.Shows(patience, "last a")
	p.Shows(patience, "keys 1")
	if c := p.Cursor(); !c.Seen || c.X != 1 || c.Y != 0 {
		t.Errorf("cursor %+v", c)
	}
	p.Type("\x1b[200~two\nlines\x1b[201~")
	p.Shows(patience, "pasted two")
	p.Type("\x1b[<0;3;4M\x1b[<0;3;4m")
	p.Shows(patience, "click 2,3")
	p.Type("\x1b[I")
	p.Shows(patience, "focus")
	p.Resize(60, 20)
	p.Shows(patience, "size 60x20")
	p.Type("q")
	if code := p.Exit(patience); code != 0 {
		t.Errorf("exit %d", code)
	}
	clean(t, p)
}

// clean checks that each mode that was set was taken back.
func clean(t *testing.T, p *ptytest.Terminal) {
	t.Helper()
	if !p.Cooked() || p.Alternate() {
		t.Errorf("cooked %v, alternate screen %v", p.Cooked(), p.Alternate())
	}
	raw := p.Raw()
	for _, mode := range []string{"25", "1002", "1006", "1004", "2004", "1049"} {
		on, off := strings.LastIndex(raw, "\x1b[?"+mode+"h"), strings.LastIndex(raw, "\x1b[?"+mode+"l")
		if mode == "25" {
			on, off = off, on
		}
		if off < on {
			t.Errorf("mode %s is left as it was made", mode)
		}
	}
	if strings.Count(raw, "\x1b[>1u") != strings.Count(raw, "\x1b[<1u") {
		t.Error("the keyboard is left as it was made")
	}
}

func TestAPanicIsReadOnTheMainScreen(t *testing.T) {
	for _, key := range []string{"p", "g"} { // in Update, and in a command
		p := run(t)
		p.Type(key)
		if code := p.Exit(patience); code != 5 {
			t.Errorf("%s: exit %d", key, code)
		}
		clean(t, p)
		if raw := p.Raw(); key == "p" && strings.LastIndex(raw, "on purpose") < strings.LastIndex(raw, "\x1b[?1049l") {
			t.Errorf("the panic was written to the screen that is gone: %q", raw)
		}
	}
}

func TestAnIdleProgramWritesNothingAndAFloodIsOneFrame(t *testing.T) {
	p := run(t)
	p.Quiet(200 * time.Millisecond)
	before := p.Bytes()
	p.Type(strings.Repeat("x", 500))
	p.Shows(patience, "keys 500")
	if n := p.Bytes() - before; n > 20_000 {
		t.Errorf("%d bytes for a flood of 500 keys", n)
	}
}
