//go:build linux

package start_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"culprit/request"
	"culprit/request/client"
	"culprit/tui/ptytest"
	"culprit/tui/start"
)

// child is the variable that makes the test program be the workbench.
const child = "CULPRIT_TEST_CHILD"

// workbench runs the program on the folder that is the last argument.
func workbench() int {
	cmd := &cobra.Command{Use: "culprit", SilenceUsage: true}
	start.Root(cmd, start.Deps{Getenv: os.Getenv, State: os.Getenv("STATE"),
		Engine: func() *request.Engine { return client.New(client.Config{Getenv: os.Getenv}) }})
	cmd.SetArgs(os.Args[len(os.Args)-1:])
	if err := cmd.Execute(); err != nil {
		return 1
	}
	return 0
}

// shop is a small collection.
func shop(t *testing.T) string {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"opencollection.yml": "opencollection: 1.0.0\ninfo:\n  name: Shop\n",
		"list.yml":           "info:\n  name: List orders\n  type: http\n  seq: 1\nhttp:\n  method: GET\n  url: \"http://127.0.0.1:9/orders?limit=20\"\n",
		"create.yml": "info:\n  name: Create order 東京\n  type: http\n  seq: 2\nhttp:\n  method: POST\n  url: \"http://127.0.0.1:9/orders\"\n" +
			"  body:\n    type: json\n    data: |-\n      {\n        \"qty\": \"2\"\n      }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const soon = 20 * time.Second // on a busy machine

// run starts the workbench on a pty; renderer is "" or "stock".
func run(t *testing.T, dir, renderer string, env ...string) *ptytest.Terminal {
	t.Helper()
	p := started(t, dir, renderer, env...)
	p.Shows(soon, "List orders")
	p.Shows(soon, "help")
	return p
}

// started is run without waiting for the screen.
func started(t *testing.T, dir, renderer string, env ...string) *ptytest.Terminal {
	t.Helper()
	env = append(env, child+"=1", "CULPRIT_RENDERER="+renderer, "STATE="+t.TempDir())
	return ptytest.Start(t, 100, 30, env, os.Args[0], dir)
}

// TestFramesOnDemandAreThoseOfTheStockRenderer plays the same story with both and compares every screen.
func TestFramesOnDemandAreThoseOfTheStockRenderer(t *testing.T) {
	dir := shop(t)
	ours, stock := run(t, dir, ""), run(t, dir, "stock")
	for _, step := range []string{"", "j", "\r", "]", "]", "]", "\t", "?", "\x1b", "\x10", "o", "r", "d", "\x1b",
		"1", "/", "c", "r", "e", "\x1b", "resize 140x42", "resize 80x24", "resize 50x10", "resize 100x30", "\x1b[<0;5;3M\x1b[<0;5;3m", "2"} {
		before := [2]int64{ours.Bytes(), stock.Bytes()}
		if size, ok := strings.CutPrefix(step, "resize "); ok {
			w, h := map[string]int{"140x42": 140, "80x24": 80, "50x10": 50, "100x30": 100}[size], map[string]int{"140x42": 42, "80x24": 24, "50x10": 10, "100x30": 30}[size]
			ours.Resize(w, h)
			stock.Resize(w, h)
		} else if step != "" {
			ours.Type(step)
			stock.Type(step)
		}
		// One key a step, so that what comes out is the answer to it. A busy machine answers late: the next
		// key is typed when both have answered, or after a time in which a key that changes nothing was surely read;
		// a lone escape is never followed while it could still begin a sequence.
		start := time.Now()
		for time.Since(start) < soon {
			ours.Quiet(150 * time.Millisecond)
			stock.Quiet(150 * time.Millisecond)
			answered := step == "" || ours.Bytes() != before[0] && stock.Bytes() != before[1] || time.Since(start) > 5*time.Second
			if answered && ours.Drawn() == stock.Drawn() && ours.Cursor() == stock.Cursor() {
				break
			}
		}
		if got, want := ours.Drawn(), stock.Drawn(); got != want {
			t.Fatalf("after %q:\n%s\nwant\n%s", step, ours.Screen(), stock.Screen())
		}
		if ours.Cursor() != stock.Cursor() {
			t.Errorf("after %q the cursor is %+v, want %+v", step, ours.Cursor(), stock.Cursor())
		}
	}
	for name, p := range map[string]*ptytest.Terminal{"ours": ours, "stock": stock} {
		p.Type("q")
		if code := p.Exit(soon); code != 0 {
			t.Errorf("%s: exit %d", name, code)
		}
		if !p.Cooked() || p.Alternate() {
			t.Errorf("%s: cooked %v, alternate screen %v", name, p.Cooked(), p.Alternate())
		}
	}
}

// TestTheTerminalIsLeftAsItWas ends the program in the ways that are not a key.
func TestTheTerminalIsLeftAsItWas(t *testing.T) {
	dir := shop(t)
	for _, s := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		p := run(t, dir, "")
		p.Signal(s)
		p.Exit(soon)
		if !p.Cooked() || p.Alternate() {
			t.Errorf("%s: cooked %v, alternate screen %v", s, p.Cooked(), p.Alternate())
		}
	}
}

// TestSuspend gives the terminal to the shell and takes it again. The process group of the test has no shell, so
// the kernel does not stop it; that it goes on is told as a shell would.
func TestSuspend(t *testing.T) {
	p := run(t, shop(t), "")
	p.Quiet(100 * time.Millisecond)
	before := p.Drawn()
	p.Type("\x1a")
	p.Until(soon, "the shell's screen", func(string) bool { return p.Cooked() })
	p.Until(soon, "the main screen", func(string) bool { return p.Main() })
	for deadline := time.Now().Add(soon); !p.Alternate() && time.Now().Before(deadline); p.Quiet(100 * time.Millisecond) {
		p.Signal(syscall.SIGCONT) // it may not be waiting for it yet
		<-time.After(50 * time.Millisecond)
	}
	p.Shows(soon, "List orders")
	p.Quiet(100 * time.Millisecond)
	if p.Drawn() != before || p.Cooked() || !p.Alternate() {
		t.Errorf("after fg: cooked %v, alternate %v\n%s", p.Cooked(), p.Alternate(), p.Screen())
	}
}

// TestTheEditorHasATerminal: an editor that gets a pipe for its screen cannot be used.
func TestTheEditorHasATerminal(t *testing.T) {
	for _, renderer := range []string{"", "stock"} {
		dir, editor := shop(t), filepath.Join(t.TempDir(), "editor")
		script := "#!/bin/sh\nif [ -t 0 ] && [ -t 1 ]; then echo '{\"edited\": true}' >\"$1\"; fi\nread line\n"
		if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		p := run(t, dir, renderer, "EDITOR="+editor)
		p.Type("j")
		p.Type("\r")
		p.Shows(soon, "qty") // the tab with the body, the one that says most
		p.Type("\x0f")
		p.Until(soon, "the editor", func(string) bool { return p.Cooked() })
		p.Type("done\n")
		p.Shows(soon, "edited")
		p.Type("\x03\x03")
		p.Quiet(100 * time.Millisecond)
		p.Type("q")
		p.Exit(soon)
	}
}

// TestACopyReachesTheTerminal looks for the sequence of the clipboard behind the guard.
func TestACopyReachesTheTerminal(t *testing.T) {
	for _, renderer := range []string{"", "stock"} {
		p := run(t, shop(t), renderer)
		p.Type("\r")
		p.Quiet(100 * time.Millisecond)
		p.Keep()
		p.Type("c")
		p.Shows(soon, "clipboard")
		for deadline := time.Now().Add(5 * time.Second); !strings.Contains(p.Raw(), "\x1b]52;c;") && time.Now().Before(deadline); {
			p.Quiet(50 * time.Millisecond)
			<-time.After(20 * time.Millisecond)
		}
		if !strings.Contains(p.Raw(), "\x1b]52;c;") {
			t.Errorf("renderer %q: nothing was copied", renderer)
		}
		p.Type("q")
		p.Exit(soon)
	}
}

// TestAnEditOfAnotherProgramIsSeen writes a file of the collection while it is open, with the kernel's watch.
func TestAnEditOfAnotherProgramIsSeen(t *testing.T) {
	dir := shop(t)
	p := run(t, dir, "")
	name := filepath.Join(dir, "list.yml")
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// It is watched soon, not at once: the file is written again, each time another, until it is seen.
	const seen = "list.yml changed on disk and is read anew."
	for n := 1; !strings.Contains(p.Screen(), seen) && n < 200; n++ {
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(text), "limit=20", "limit="+strings.Repeat("7", n))), 0o644); err != nil {
			t.Fatal(err)
		}
		p.Quiet(200 * time.Millisecond)
	}
	p.Shows(soon, seen)
	p.Shows(soon, "777") // in the list of parameters or the URL
	p.Type("q")
	p.Exit(soon)
}
