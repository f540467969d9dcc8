// Package screentest runs a terminal program on a virtual terminal in virtual time, for tests.
//
// Use it inside synctest.Test: keys go in as a terminal sends them, the screen comes out as a person sees it,
// and every byte that was written is kept.
package screentest

import (
	"bytes"
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// A Program runs until it ends by itself or ctx does. send gives it messages from outside.
type Program func(ctx context.Context, in io.Reader, out io.Writer, attach func(send func(tea.Msg))) error

// A Screen is a program on a virtual terminal.
type Screen struct {
	t    *testing.T
	term *vt.SafeEmulator
	out  *tee
	send func(tea.Msg)
	done chan error
	over bool
}

// tee writes to the terminal as a tty does, LF as CR LF, and keeps what it wrote.
type tee struct {
	mu   sync.Mutex
	term io.Writer
	raw  bytes.Buffer
}

// Write implements io.Writer.
func (o *tee) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.raw.Write(p)
	_, err := o.term.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

// Open starts run on a terminal of w by h cells; it is stopped when the test ends.
func Open(t *testing.T, w, h int, run Program) *Screen {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	term := vt.NewSafeEmulator(w, h)
	s := &Screen{t: t, term: term, out: &tee{term: term}, done: make(chan error, 1)}
	ready := make(chan func(tea.Msg), 1)
	// The terminal answers queries into its input; the program reads it, or the renderer would block.
	go func() { s.done <- run(ctx, term, s.out, func(send func(tea.Msg)) { ready <- send }) }()
	s.send = <-ready
	t.Cleanup(func() {
		s.Settle() // quitting before the input is read would leave its goroutine behind
		if !s.over {
			s.send(tea.Quit())
			<-s.done
		}
		time.Sleep(timers) // Bubble Tea does not wait for the timers that it started
		term.Close()
		cancel()
	})
	s.Settle()
	return s
}

var named = map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "space": ' ', "backspace": tea.KeyBackspace, "pgup": tea.KeyPgUp,
	"pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete}

// Press presses keys by name, "ctrl+p", "shift+tab", "esc", "x", and settles after each.
func (s *Screen) Press(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		var mod vt.KeyMod
		name := k
		if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
			name, mod = rest, vt.ModCtrl
		}
		if rest, ok := strings.CutPrefix(name, "shift+"); ok {
			name, mod = rest, mod|vt.ModShift
		}
		code, ok := named[name]
		switch r := []rune(name); {
		case !ok && len(r) != 1:
			s.t.Fatalf("no key is called %q", k)
		case !ok && mod == 0:
			s.term.SendText(name)
			s.Settle()
			continue
		case !ok:
			code = r[0]
		}
		s.term.SendKey(vt.KeyPressEvent{Code: code, Mod: mod})
		s.Settle()
	}
}

// PressUntil presses a key until text is on the screen; no row of tabs or choices has more than twenty.
func (s *Screen) PressUntil(key, text string) {
	s.t.Helper()
	for range 20 {
		if strings.Contains(s.Text(), text) {
			return
		}
		s.Press(key)
	}
	s.t.Fatalf("%s does not lead to %q:\n%s", key, text, s.Text())
}

// Type types text letter by letter.
func (s *Screen) Type(text string) {
	for _, r := range text {
		s.term.SendText(string(r))
	}
	s.Settle()
}

// Paste pastes text as a terminal does, in brackets.
func (s *Screen) Paste(text string) {
	s.term.Paste(text)
	s.Settle()
}

// Send gives the program a message, as if from outside: tea.WindowSizeMsg and the like.
func (s *Screen) Send(m tea.Msg) {
	s.send(m)
	s.Settle()
}

// Resize changes the size of the terminal.
func (s *Screen) Resize(w, h int) {
	s.term.Resize(w, h)
	s.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// settle is longer than a lone Esc is held back (50 ms, and 40 ms of virtual time were not enough) and than a
// few frames take.
const settle = 150 * time.Millisecond

// timers is longer than any timer of the program.
const timers = 2 * time.Second

// Settle waits until nothing happens and what happened is drawn.
func (s *Screen) Settle() {
	synctest.Wait()
	time.Sleep(settle)
	synctest.Wait()
}

// Text is what a person reads on the screen, without colours.
func (s *Screen) Text() string { return ansi.Strip(s.term.Render()) }

// Styled is the screen with its colours.
func (s *Screen) Styled() string { return s.term.Render() }

// Raw is every byte that the program wrote until now.
func (s *Screen) Raw() []byte {
	s.out.mu.Lock()
	defer s.out.mu.Unlock()
	return bytes.Clone(s.out.raw.Bytes())
}

// Has fails the test when text is not on the screen.
func (s *Screen) Has(text ...string) {
	s.t.Helper()
	got := s.Text()
	for _, want := range text {
		if !strings.Contains(got, want) {
			s.t.Errorf("the screen does not show %q:\n%s", want, got)
		}
	}
}

// Lacks fails the test when text is on the screen.
func (s *Screen) Lacks(text ...string) {
	s.t.Helper()
	got := s.Text()
	for _, want := range text {
		if strings.Contains(got, want) {
			s.t.Errorf("the screen still shows %q:\n%s", want, got)
		}
	}
}

// Ended waits until the program has ended and returns its error; it fails when it goes on for a minute.
func (s *Screen) Ended() error {
	s.t.Helper()
	if s.over {
		return nil
	}
	select {
	case err := <-s.done:
		s.over = true
		return err
	case <-time.After(time.Minute):
		s.t.Fatalf("the program goes on:\n%s", s.Text())
		return nil
	}
}
