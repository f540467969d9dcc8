package cli_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	collcli "culprit/collections/cli"
	"culprit/collections/history"
	"culprit/diagnose/lab"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/client"
)

// TestAReplayThatMayChangeDataIsAsked: a write of the past is not done again by a key too many.
func TestAReplayThatMayChangeDataIsAsked(t *testing.T) {
	l, err := lab.Start(context.Background(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := t.TempDir()
	if err := lab.WriteSample(filepath.Join(dir, "shop"), l); err != nil {
		t.Fatal(err)
	}
	h := history.New(filepath.Join(dir, "state"))
	defer h.Close()
	run := func(terminal bool, typed string, args ...string) (int, string) {
		var out strings.Builder
		d := collcli.Deps{
			Streams: kit.Streams{In: strings.NewReader(typed), Out: &out, Err: &out, InTerm: terminal},
			Engine:  func() *request.Engine { return client.New(client.Config{}) }, History: h,
		}
		return kit.Main(t.Context(), root(d), args, d.Streams), out.String()
	}
	if code, out := run(true, "", "send", "orders/quote-fair", "-C", filepath.Join(dir, "shop"), "--env", "local"); code != 0 {
		t.Fatal(out)
	}
	sent := len(l.Seen())
	for _, c := range []struct {
		name, typed string
		terminal    bool
		flags       []string
		code        int
		asked, sent bool
	}{
		{"an empty line", "\n", true, nil, 5, true, false},
		{"the end of input", "", true, nil, 5, true, false},
		{"no", "n\n", true, nil, 5, true, false},
		{"yes", "y\n", true, nil, 0, true, true},
		{"nobody to ask", "y\n", false, nil, 5, false, false},
		{"json asks nothing", "y\n", true, []string{"--json"}, 5, false, false},
		{"quiet asks nothing", "y\n", true, []string{"--quiet"}, 5, false, false},
		{"consent given before", "", false, []string{"--allow-writes"}, 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out := run(c.terminal, c.typed, append([]string{"history", "replay", "last"}, c.flags...)...)
			if code != c.code {
				t.Errorf("exit code %d, want %d:\n%s", code, c.code, out)
			}
			if asked := strings.Contains(out, "may change data once more. Send it?"); asked != c.asked {
				t.Errorf("asked: %v, want %v:\n%s", asked, c.asked, out)
			}
			if did := len(l.Seen()) > sent; did != c.sent {
				t.Errorf("sent: %v, want %v", did, c.sent)
			}
			sent = len(l.Seen())
		})
	}
}
