//go:build unix

// Package screenio draws the program on its terminal when something changed, and only then.
//
// The stock renderer of Bubble Tea looks sixty times a second whether there is a new frame: a sixtieth of a
// second before the first one, half of that per key, and more than a hundredth of a processor for ever. A Screen
// takes its place (Bubble Tea runs without a renderer then) and does what goes with it: raw mode, the alternate
// screen, the window's size, mouse, paste and keyboard modes, the cursor, synchronised output, and leaving the
// terminal as it was on every way out. It draws with the same library, so that the screen is the same.
package screenio

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
)

// everyFrame is the least time between two frames in the long run: a key is answered at once, a flood of news is not drawn
// more often than a fast monitor shows.
const everyFrame = 4 * time.Millisecond

// flushes is how often a second Bubble Tea writes what it has to say itself. What is urgent of that (the
// clipboard, the question for the background) is written here instead, at once.
const flushes = 1

// Options say where a Screen is.
type Options struct {
	Input   *os.File              // the terminal
	Output  io.Writer             // the same, perhaps behind a guard; one Write is one frame
	Environ []string              // nil: the process's own
	Profile *colorprofile.Profile // nil: found out from Environ
	FPS     int                   // frames a second at most, in the long run; 0 is 250
	Shown   func()                // called once, when the first frame is on the terminal; nil for nobody
	Lost    func()                // called when Input has ended: the terminal is gone; nil for nobody
}

// A Screen draws a program on demand. Make one with New; its methods may be called from any goroutine. A nil Screen
// stands for the stock renderer.
type Screen struct {
	in    *os.File
	out   io.Writer
	env   []string
	pace  pace
	wake  chan struct{}
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
	shown func() // nil for nobody, and once it was called
	lost  func() // nil for nobody

	writing sync.Mutex // held for one Write; taken after mu, and outlives it

	mu       sync.Mutex
	before   *term.State // of the terminal, while it is ours; nil when it is not
	profile  colorprofile.Profile
	w, h     int
	view     tea.View
	fresh    bool // view is not drawn yet
	last     *tea.View
	moved    bool // the window changed, perhaps there and back
	sync     bool
	clusters bool // the terminal measures grapheme clusters
	wcwidth  bool // something was drawn that they measure differently
	buf      bytes.Buffer
	scr      *uv.TerminalRenderer
	cells    uv.ScreenBuffer
	empty    bool        // nothing of the program is on the terminal, or will not stay
	ahead    bool        // last is on the terminal, and the renderer does not know of it
	rows     []string    // what cells show; nil when that is not known
	measured ansi.Method // of rows
}

// New returns the screen of a terminal. Nothing is changed there until Open.
func New(o Options) (*Screen, error) {
	w, h, err := term.GetSize(o.Input.Fd())
	if err != nil {
		return nil, fmt.Errorf("ask for the terminal's size: %w", err)
	}
	s := &Screen{in: o.Input, out: o.Output, env: o.Environ, pace: pace{pause: everyFrame}, w: w, h: h,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), done: make(chan struct{}), shown: o.Shown, lost: o.Lost}
	if o.FPS > 0 {
		s.pace.pause = time.Second / time.Duration(o.FPS)
	}
	if s.env == nil {
		s.env = os.Environ()
	}
	if o.Profile != nil {
		s.profile = *o.Profile
	} else {
		s.profile = colorprofile.Detect(o.Output, s.env)
	}
	s.cells = uv.NewScreenBuffer(w, h)
	s.renew()
	return s, nil
}

// renew forgets what is on the terminal.
func (s *Screen) renew() {
	s.buf.Reset()
	s.scr = uv.NewTerminalRenderer(&s.buf, s.env)
	s.scr.SetColorProfile(s.profile)
	s.scr.SetTabStops(-1)
	s.scr.SetScrollOptim(true)
	s.scr.SetFullscreen(true)
	s.scr.SetRelativeCursor(false)
	s.scr.Resize(s.w, s.h)
	s.scr.Erase()
	s.last, s.fresh, s.rows = nil, s.view.Content != "", nil
	s.empty, s.ahead = true, false
}

// Options returns what Bubble Tea has to know: that it does not draw, and what it is told before a message.
func (s *Screen) Options() []tea.ProgramOption {
	s.mu.Lock()
	defer s.mu.Unlock()
	return []tea.ProgramOption{tea.WithoutRenderer(), tea.WithFPS(flushes), tea.WithFilter(s.filter), tea.WithInput(input{s.in, s.lost}),
		tea.WithWindowSize(s.w, s.h), tea.WithColorProfile(s.profile)}
}

// An input is the terminal as it is read.
type input struct {
	*os.File
	lost func()
}

// Read implements io.Reader. In raw mode a terminal ends only when it is gone: 0 bytes, or EIO.
func (i input) Read(p []byte) (int, error) {
	n, err := i.File.Read(p)
	if i.lost != nil && (errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO)) {
		i.lost()
	}
	return n, err
}

// Open takes the terminal, and begins to draw and to tell send about the window's size. Close it.
func (s *Screen) Open(send func(tea.Msg)) error {
	s.mu.Lock()
	err := s.take()
	s.mu.Unlock()
	if err != nil {
		close(s.done)
		return err
	}
	go s.run(send)
	return nil
}

// run draws until Close.
func (s *Screen) run(send func(tea.Msg)) {
	defer close(s.done)
	sizes := make(chan os.Signal, 1)
	signal.Notify(sizes, syscall.SIGWINCH)
	defer signal.Stop(sizes)
	for {
		select {
		case <-s.quit:
			return
		case <-sizes:
			go s.measure(send) // the program may be waiting for the screen
			continue
		case <-s.wake:
		}
		if wait := s.pace.wait(time.Now()); wait > 0 { // what comes meanwhile is in the same frame
			select {
			case <-time.After(wait):
			case <-s.quit:
				return
			}
		}
		s.draw()
		s.pace.drew(time.Now())
	}
}

// measure tells the program the size of the window.
func (s *Screen) measure(send func(tea.Msg)) {
	if w, h, err := term.GetSize(s.in.Fd()); err == nil {
		s.mu.Lock()
		s.moved = true
		s.mu.Unlock()
		send(tea.WindowSizeMsg{Width: w, Height: h})
	}
}

// resize takes the size that the program knows from now on.
func (s *Screen) resize(w, h int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w <= 0 || h <= 0 || !s.moved && w == s.w && h == s.h {
		return
	}
	s.w, s.h, s.fresh, s.moved, s.rows = w, h, true, false, nil
	s.empty, s.ahead = true, false
	s.scr.Erase() // a terminal may have moved what was there
	s.scr.Resize(w, h)
	s.cells.Touched = nil
	s.cells.Resize(w, h)
}

// show is what the program looks like from now on.
func (s *Screen) show(v tea.View) {
	s.mu.Lock()
	if s.last == nil || s.fresh || !same(s.last, &v) {
		s.view, s.fresh = v, true
	}
	fresh := s.fresh
	s.mu.Unlock()
	if fresh {
		select {
		case s.wake <- struct{}{}:
		default:
		}
	}
}

// Close gives the terminal back as it was. It may be called more than once.
func (s *Screen) Close() {
	s.once.Do(func() {
		close(s.quit)
		<-s.done
		s.Release()
	})
}

// Release gives the terminal back for a while: to another program, or to the shell.
func (s *Screen) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.before == nil {
		return
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	s.leave()
	term.Restore(s.in.Fd(), s.before) // there is nobody to tell
	s.before = nil
}

// Resume takes the terminal again after Release and draws everything anew.
func (s *Screen) Resume() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.before != nil {
		return nil
	}
	if w, h, err := term.GetSize(s.in.Fd()); err == nil && (w != s.w || h != s.h) {
		s.w, s.h = w, h
		s.cells.Touched = nil
		s.cells.Resize(w, h)
	}
	s.renew()
	err := s.take()
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return err
}

// take makes the terminal ours.
func (s *Screen) take() error {
	before, err := term.MakeRaw(s.in.Fd())
	if err != nil {
		return fmt.Errorf("enter raw mode: %w", err)
	}
	s.before = before
	return s.enter()
}

// filter sees each message before Bubble Tea does, and takes those that concern the terminal.
func (s *Screen) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch m := msg.(type) {
	case tea.SuspendMsg:
		s.Release()
	case tea.ResumeMsg:
		if err := s.Resume(); err != nil {
			return tea.QuitMsg{}
		}
	case tea.ColorProfileMsg:
		s.mu.Lock()
		s.profile = m.Profile
		s.scr.SetColorProfile(m.Profile)
		s.mu.Unlock()
	case tea.ModeReportMsg:
		s.report(m)
	default:
		if seq := urgent(msg); seq != "" {
			s.write(seq)
			return nil
		}
	}
	return msg
}

// report takes what the terminal says about a mode.
func (s *Screen) report(m tea.ModeReportMsg) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case m.Mode == ansi.ModeSynchronizedOutput && m.Value == ansi.ModeReset:
		s.sync = true
	case m.Mode == ansi.ModeUnicodeCore && (m.Value == ansi.ModeReset || m.Value == ansi.ModeSet || m.Value == ansi.ModePermanentlySet):
		s.clusters = true
		s.scr.WriteString(ansi.SetModeUnicodeCore)
	}
}

// write sends a sequence to the terminal, between two frames.
func (s *Screen) write(seq string) {
	s.mu.Lock()
	ours := s.before != nil
	s.mu.Unlock()
	if ours {
		s.writing.Lock()
		defer s.writing.Unlock()
		io.WriteString(s.out, seq) // a terminal that is gone is seen by its signal
	}
}
