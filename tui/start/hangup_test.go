//go:build linux

package start_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"culprit/tui/ptytest"
)

// awhile is how long a person would wait at most; the program is much faster.
const awhile = 20 * time.Second

// TestWhatIsEditedSurvives: a person edits a URL and does not save. Whatever ends the program then, the edit is
// offered at the next start; where the program could still act, it left the terminal as it was.
func TestWhatIsEditedSurvives(t *testing.T) {
	made = true
	b, err := build()
	if err != nil {
		t.Fatal(err)
	}
	const window = syscall.Signal(0) // is closed, which the kernel tells by a SIGHUP of its own
	for _, end := range []struct {
		name   string
		signal syscall.Signal
		code   int
	}{{"terminal gone", syscall.SIGHUP, 129}, {"told to end", syscall.SIGTERM, 143}, {"killed", syscall.SIGKILL, -1}, {"window closed", window, 129}} {
		t.Run(end.name, func(t *testing.T) {
			dir, env := t.TempDir(), []string{"TERM=xterm-256color", "HOME=" + t.TempDir(), "XDG_STATE_HOME=" + t.TempDir()}
			write(t, dir, "opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: Shop\n")
			write(t, dir, "ping.yml", "info:\n  name: Ping\n  type: http\nhttp:\n  method: GET\n  url: http://127.0.0.1:9/ping\n")

			term := ptytest.Start(t, 100, 30, env, b.culprit, dir)
			term.Shows(awhile, "127.0.0.1:9/ping")
			term.Keep()
			term.Type("2")
			term.Type("\r") // into the URL
			term.Type("-edited")
			term.Type("\r")
			term.Shows(awhile, "/ping-edited")
			journal := filepath.Join(strings.TrimPrefix(env[2], "XDG_STATE_HOME="), "culprit", "drafts.log")
			if end.signal == syscall.SIGKILL { // a draft is written at most a second after the last key
				waitFor(t, func() bool { b, _ := os.ReadFile(journal); return strings.Contains(string(b), "-edited") })
			}
			if end.signal == window {
				term.HangUp()
			} else {
				term.Signal(end.signal)
			}
			if got := term.Exit(awhile); got != end.code {
				t.Errorf("exit code %d, want %d", got, end.code)
			}
			if end.signal == syscall.SIGHUP || end.signal == syscall.SIGTERM { // the last bytes may still be on their way
				waitFor(t, func() bool { return strings.Contains(term.Raw(), "\x1b[?1049l") && term.Cooked() })
			}
			if left, _ := filepath.Glob(journal + ".*"); end.signal != syscall.SIGKILL && len(left) != 0 {
				t.Errorf("it still says that it runs: %q", left)
			}
			again := ptytest.Start(t, 100, 30, env, b.culprit, dir)
			again.Shows(awhile, "Drafts")
			again.Type("\r")
			again.Shows(awhile, "/ping-edited")
			again.Kill()
			if end.signal == syscall.SIGKILL { // and the file is another by the time the person comes back
				write(t, dir, "ping.yml", "info:\n  name: Ping\n  type: http\nhttp:\n  method: GET\n  url: http://127.0.0.1:9/pong\n")
				later := ptytest.Start(t, 100, 30, env, b.culprit, dir)
				later.Shows(awhile, "Drafts")
				later.Type("\r")
				later.Shows(awhile, "The file changed")
				later.Shows(awhile, "/pong")
				later.Kill()
			}
		})
	}
}

// Where the terminal is not that of the program's session the kernel does not tell it that the window is closed.
func TestATerminalOfAnotherSessionIsMissed(t *testing.T) {
	made = true
	b, err := build()
	if err != nil {
		t.Fatal(err)
	}
	term := ptytest.Start(t, 100, 30, []string{"XDG_STATE_HOME=" + t.TempDir()}, "sh", "-c", `trap "" HUP; setsid -w "$0" "$1"`, b.culprit, shop(t))
	term.Shows(awhile, "List orders")
	term.HangUp()
	if got := term.Exit(awhile); got != 129 {
		t.Errorf("exit code %d", got)
	}
}

// A terminal that takes no more bytes keeps the screen waiting, but not the program that is told to end.
func TestAStuckTerminalDoesNotKeepTheProgram(t *testing.T) {
	p := run(t, shop(t), "")
	p.Freeze()
	p.Type("?")
	p.Signal(syscall.SIGTERM)
	if got := p.Exit(awhile); got != 143 {
		t.Errorf("exit code %d", got)
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// waitFor looks until ok.
func waitFor(t *testing.T, ok func() bool) {
	t.Helper()
	tick, over := time.NewTicker(10*time.Millisecond), time.After(awhile)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-over:
			t.Fatal("it never happened")
		}
	}
}
