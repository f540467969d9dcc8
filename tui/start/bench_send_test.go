//go:build linux

package start_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/tui/ptytest"
)

// BenchmarkSend is goals 10 and 11: one request, and 200 in a row with what is kept of them in the history, from start to exit,
// each beside curl on the same server.
func BenchmarkSend(b *testing.B) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		b.Skip("the anchor is curl")
	}
	url := serve(b, []byte(`{"ok":true,"data":{"id":7,"name":"a name that fills it up"}}`))
	dir, list := collection(b, 200, url), filepath.Join(b.TempDir(), "list")
	if err := os.WriteFile(list, []byte(strings.Repeat(fmt.Sprintf("url = %q\noutput = /dev/null\n", url), 200)), 0o600); err != nil {
		b.Fatal(err)
	}
	home, program := b.TempDir(), binaries(b).culprit
	took := func(argv ...string) time.Duration {
		cmd := exec.Command(argv[0], argv[1:]...)
		cmd.Env = append(os.Environ(), "HOME="+home, "XDG_STATE_HOME="+filepath.Join(home, "state"))
		start := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%q: %v\n%s", argv, err, out)
		}
		return time.Since(start)
	}
	f := ptytest.NewFigures(b)
	defer f.Close()
	for b.Loop() {
		f.Time("curl", took(curl, "-s", "-o", "/dev/null", url), 0, "the anchor")
		f.Time("send", took(program, "send", "-C", dir, "folder 000/request 00000"), time.Duration(.9*f.Median("curl")*1e6), "0.9 x curl")
		f.Time("curl-200", took(curl, "-s", "-K", list), 0, "the anchor: curl -K")
		f.Time("run-200", took(program, "run", "-C", dir, "--quiet"), time.Duration(1.5*f.Median("curl-200")*1e6), "1.5 x curl -K")
	}
}
