package cli_test

import (
	"strings"
	"testing"

	collcli "culprit/collections/cli"
	"culprit/diagnose/lab"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/client"
)

// Where no cursor can be placed, and where a screen reader is said to be, the conversation is in lines.
func TestADumbTerminalGetsLines(t *testing.T) {
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	dir := t.TempDir()
	if err := lab.WriteSample(dir, l); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		env      map[string]string
		terminal bool
		args     []string
		lines    bool
	}{
		{"a terminal", map[string]string{"TERM": "xterm"}, true, nil, false},
		{"a dumb terminal", map[string]string{"TERM": "dumb"}, true, nil, true},
		{"a screen reader", map[string]string{"TERM": "xterm", "ACCESSIBLE": "1"}, true, nil, true},
		{"no terminal at all", map[string]string{"TERM": "dumb"}, false, nil, false}, // nothing prompts there
		{"asked for", map[string]string{"TERM": "xterm"}, false, []string{"--plain"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out, errs strings.Builder
			d := collcli.Deps{
				Streams: kit.Streams{In: strings.NewReader("q\n"), Out: &out, Err: &errs, InTerm: tt.terminal},
				Engine:  func() *request.Engine { return client.New(client.Config{}) },
				Getenv:  func(name string) string { return tt.env[name] },
			}
			kit.Main(t.Context(), root(d), append([]string{dir}, tt.args...), d.Streams)
			if got := strings.Contains(out.String(), "Number or path of a request"); got != tt.lines {
				t.Errorf("in lines: %v, want %v\n%s%s", got, tt.lines, out.String(), errs.String())
			}
		})
	}
}
