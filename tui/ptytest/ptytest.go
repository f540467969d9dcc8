//go:build linux

// Package ptytest runs a built program on a real pseudo-terminal and measures it, for tests and benchmarks.
//
// The terminal is a virtual one that answers queries as an xterm does. Times are those at which the bytes came
// out of the pty, before they are understood.
package ptytest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"golang.org/x/sys/unix"
)

// A Terminal is a program on a pty. Make one with Start.
type Terminal struct {
	tb      testing.TB
	cmd     *exec.Cmd
	pty     *os.File
	started time.Time
	exited  chan struct{}
	drained chan struct{} // closed when all that was written is on the screen

	mu     sync.Mutex
	term   *vt.Emulator
	bytes  int64
	raw    bytes.Buffer
	keep   bool
	came   time.Time // of the last output
	hidden bool      // the cursor
	news   chan struct{}
}

// Start runs argv on a terminal of w by h cells, with env added to a plain environment. The program is killed
// when the test ends.
func Start(tb testing.TB, w, h int, env []string, argv ...string) *Terminal {
	tb.Helper()
	master, slave, err := open(w, h)
	if err != nil {
		tb.Fatalf("open a pty: %v", err)
	}
	t := &Terminal{tb: tb, pty: master, term: vt.NewEmulator(w, h), news: make(chan struct{}, 1), exited: make(chan struct{}), drained: make(chan struct{})}
	t.term.SetCallbacks(vt.Callbacks{CursorVisibility: func(seen bool) { t.hidden = !seen }})
	t.cmd = exec.Command(argv[0], argv[1:]...)
	t.cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TERM=xterm-256color", "LANG=C.UTF-8"}, env...)
	t.cmd.Stdin, t.cmd.Stdout, t.cmd.Stderr = slave, slave, slave
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	t.started = time.Now()
	if err := t.cmd.Start(); err != nil {
		tb.Fatalf("start %s: %v", argv[0], err)
	}
	slave.Close()
	go t.listen()
	go t.answer()
	go func() { t.cmd.Wait(); close(t.exited) }() // how it ended is seen in ProcessState
	tb.Cleanup(t.Kill)
	return t
}

// open returns both ends of a new pty.
func open(w, h int) (master, slave *os.File, err error) {
	master, err = os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	var n int
	err = control(master, func(fd int) (err error) {
		n, err = unix.IoctlGetInt(fd, unix.TIOCGPTN)
		return errors.Join(err, unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0),
			unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(h), Col: uint16(w)}))
	})
	if err != nil {
		return nil, nil, errors.Join(err, master.Close())
	}
	slave, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, errors.Join(err, master.Close())
	}
	return master, slave, nil
}

// control calls do with the descriptor of f. (f.Fd makes it one that blocks: Close would wait for a Read.)
func control(f *os.File, do func(fd int) error) error {
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var done error
	err = c.Control(func(fd uintptr) { done = do(int(fd)) })
	return errors.Join(err, done)
}

// listen reads what the program writes.
func (t *Terminal) listen() {
	buf := make([]byte, 64<<10)
	for {
		n, err := t.pty.Read(buf)
		now := time.Now()
		if n > 0 {
			t.mu.Lock()
			t.came, t.bytes = now, t.bytes+int64(n)
			if t.keep {
				t.raw.Write(buf[:n])
			}
			t.term.Write(buf[:n])
			t.mu.Unlock()
			t.wake()
		}
		if err != nil {
			close(t.drained)
			return
		}
	}
}

func (t *Terminal) wake() {
	select {
	case t.news <- struct{}{}:
	default:
	}
}

// answer gives the program what the terminal says to its queries.
func (t *Terminal) answer() {
	buf := make([]byte, 4<<10)
	for {
		n, err := t.term.Read(buf)
		if err != nil {
			return
		}
		if _, err := t.pty.Write(buf[:n]); err != nil {
			return
		}
	}
}

// Screen returns the text on the screen, line by line.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.term.String()
}

// Drawn returns the screen with its colours, as escape sequences. A blank has none but that of its ground: the others are not
// seen, and a renderer may have erased what another wrote.
func (t *Terminal) Drawn() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	seen := uv.NewBuffer(t.term.Width(), t.term.Height())
	for y := range seen.Height() {
		for x := 0; x < seen.Width(); x++ {
			cell := t.term.CellAt(x, y)
			if cell == nil {
				continue
			}
			c := *cell
			if c.Content == " " && c.Style.Underline == uv.UnderlineNone && c.Style.Attrs&(uv.AttrReverse|uv.AttrStrikethrough) == 0 {
				c.Style.Fg, c.Style.Attrs = nil, 0
			}
			seen.SetCell(x, y, &c)
			x += max(c.Width, 1) - 1
		}
	}
	return seen.Render()
}

// A Place is where the cursor is, and whether it is seen.
type Place struct {
	X, Y int
	Seen bool
}

// Cursor returns the place of the cursor; 0, 0 while it is hidden.
func (t *Terminal) Cursor() Place {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hidden {
		return Place{}
	}
	p := t.term.CursorPosition()
	return Place{p.X, p.Y, true}
}

// Alternate reports whether the alternate screen is shown.
func (t *Terminal) Alternate() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.term.IsAltScreen()
}

// Main reports whether the main screen is shown; it is for the functions given to Until.
func (t *Terminal) Main() bool { return !t.term.IsAltScreen() }

// Until waits until the screen fits, and returns when the output that made it so came, measured from when
// the program was started. The test fails after limit.
func (t *Terminal) Until(limit time.Duration, what string, fits func(screen string) bool) time.Duration {
	t.tb.Helper()
	timeout := time.NewTimer(limit)
	defer timeout.Stop()
	again := time.NewTicker(20 * time.Millisecond) // the modes of the terminal change without output
	defer again.Stop()
	for over := false; ; {
		t.mu.Lock()
		ok, came := fits(t.term.String()), t.came
		t.mu.Unlock()
		if ok {
			return came.Sub(t.started)
		}
		select {
		case <-t.news:
		case <-again.C:
		case <-t.drained:
			if !over {
				over = true
				continue
			}
			<-t.exited
			t.tb.Fatalf("the program ended before %s: %v\n%s", what, t.cmd.ProcessState, t.Screen())
		case <-timeout.C:
			t.tb.Fatalf("no %s after %s:\n%s", what, limit, t.Screen())
		}
	}
}

// Shows waits until the screen holds text; see Until.
func (t *Terminal) Shows(limit time.Duration, text string) time.Duration {
	t.tb.Helper()
	return t.Until(limit, strconv.Quote(text), func(screen string) bool { return strings.Contains(screen, text) })
}

// Type sends keys as a terminal does and returns when, measured from when the program was started.
func (t *Terminal) Type(keys string) time.Duration {
	t.tb.Helper()
	at := time.Since(t.started)
	if _, err := t.pty.WriteString(keys); err != nil {
		t.tb.Fatalf("type: %v", err)
	}
	return at
}

// Changes waits for output that comes after at, and returns when it came.
func (t *Terminal) Changes(limit, at time.Duration) time.Duration {
	t.tb.Helper()
	return t.Until(limit, "output", func(string) bool { return t.came.Sub(t.started) > at })
}

// Quiet waits until nothing was written for gap, and returns when the last output came.
func (t *Terminal) Quiet(gap time.Duration) time.Duration {
	for {
		t.mu.Lock()
		came := t.came
		t.mu.Unlock()
		since := time.Since(came)
		if since >= gap {
			return came.Sub(t.started)
		}
		select {
		case <-time.After(gap - since):
		case <-t.exited:
			return came.Sub(t.started)
		}
	}
}

// Bytes returns how much the program has written.
func (t *Terminal) Bytes() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes
}

// Keep keeps what is written from now on; Raw returns it.
func (t *Terminal) Keep() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep = true
	t.raw.Reset()
}

// Raw returns the bytes written since Keep.
func (t *Terminal) Raw() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.raw.String()
}

// Resize changes the size of the window, which the kernel tells the program.
func (t *Terminal) Resize(w, h int) {
	t.tb.Helper()
	t.mu.Lock()
	t.term.Resize(w, h)
	t.mu.Unlock()
	if err := control(t.pty, func(fd int) error {
		return unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(h), Col: uint16(w)})
	}); err != nil {
		t.tb.Fatalf("resize: %v", err)
	}
}

// Cooked reports whether the terminal edits lines and echoes, as it does for a shell.
func (t *Terminal) Cooked() bool {
	var m *unix.Termios
	err := control(t.pty, func(fd int) (err error) { m, err = unix.IoctlGetTermios(fd, unix.TCGETS); return err })
	return err == nil && m.Lflag&unix.ICANON != 0 && m.Lflag&unix.ECHO != 0
}

// Freeze makes the terminal take no more bytes, as one behind a dead connection does. It stays so.
func (t *Terminal) Freeze() {
	t.tb.Helper()
	var n int
	err := control(t.pty, func(fd int) (err error) { n, err = unix.IoctlGetInt(fd, unix.TIOCGPTN); return err })
	slave, opened := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err = errors.Join(err, opened); err == nil {
		err = errors.Join(unix.IoctlSetInt(int(slave.Fd()), unix.TCXONC, unix.TCOOFF), slave.Close())
	}
	if err != nil {
		t.tb.Fatalf("freeze: %v", err)
	}
}

// HangUp takes the terminal away, as closing its window does: the kernel tells the program, which can neither read nor
// write any more.
func (t *Terminal) HangUp() { t.pty.Close() }

// Signal sends a signal to the program.
func (t *Terminal) Signal(s syscall.Signal) {
	t.tb.Helper()
	if err := t.cmd.Process.Signal(s); err != nil {
		t.tb.Fatalf("signal: %v", err)
	}
}

// Exit waits for the end of the program, and until all that it wrote is on the screen, and returns its exit code.
func (t *Terminal) Exit(limit time.Duration) int {
	t.tb.Helper()
	select {
	case <-t.exited:
	case <-time.After(limit):
		t.tb.Fatalf("the program still runs after %s:\n%s", limit, t.Screen())
	}
	select {
	case <-t.drained:
	case <-time.After(limit): // a child of it still holds the terminal
	}
	return t.cmd.ProcessState.ExitCode()
}

// Kill ends the program, if it still runs, and closes the terminal. The emulator stays open: its Close races with
// its Read, and what reads it ends with the test process.
func (t *Terminal) Kill() {
	select {
	case <-t.exited:
	default:
		t.cmd.Process.Kill()
		<-t.exited
	}
	t.pty.Close()
}

// Memory returns the resident memory of the program, now and at most, in bytes; 0 when it cannot be told.
func (t *Terminal) Memory() (now, peak int64) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", t.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	for line := range strings.SplitSeq(string(b), "\n") {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		n, err := strconv.ParseInt(f[1], 10, 64)
		switch {
		case err != nil:
		case f[0] == "VmRSS:":
			now = n << 10
		case f[0] == "VmHWM:":
			peak = n << 10
		}
	}
	return now, peak
}

// CPU returns the processor time that the program's threads have used so far.
func (t *Terminal) CPU() time.Duration {
	dir := fmt.Sprintf("/proc/%d/task", t.cmd.Process.Pid)
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return 0
	}
	var sum int64
	for _, e := range tasks {
		b, err := os.ReadFile(dir + "/" + e.Name() + "/schedstat")
		if f := strings.Fields(string(b)); err == nil && len(f) > 0 {
			n, err := strconv.ParseInt(f[0], 10, 64)
			if err == nil {
				sum += n
			}
		}
	}
	return time.Duration(sum)
}
