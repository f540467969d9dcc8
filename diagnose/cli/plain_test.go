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
	dir := sample(t)
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

// trigger is an output that does something once, when a text has come.
type trigger struct {
	strings.Builder
	at string
	do func()
}

func (w *trigger) Write(p []byte) (int, error) {
	n, err := w.Builder.Write(p)
	if w.do != nil && strings.Contains(w.String(), w.at) {
		do := w.do
		w.do = nil
		do()
	}
	return n, err
}

// The first ctrl+c stops the diagnosis and keeps what it learned; the conversation goes on.
func TestCtrlCStopsTheDiagnosisAndNotTheProgram(t *testing.T) {
	dir := sample(t)
	taken := &kit.Interrupts{}
	out := &trigger{at: "  1  replay", do: func() {
		if !taken.Interrupt() {
			t.Error("nobody takes ctrl+c while a diagnosis runs")
		}
	}}
	d := collcli.Deps{
		Streams:    kit.Streams{In: strings.NewReader("network/loading-dock\nd\nsteps\nb\nb\nq\n"), Out: out, Err: out},
		Engine:     func() *request.Engine { return client.New(client.Config{}) },
		Getenv:     func(string) string { return "" },
		Interrupts: taken,
	}
	if code := kit.Main(t.Context(), root(d), []string{dir, "--plain"}, d.Streams); code != 0 {
		t.Errorf("it ends with %d", code)
	}
	for _, want := range []string{"Stopped. This is what was learned until then; u goes on", "u go on", "1  Reproduce", "Number or path of a request"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("does not say %q:\n%s", want, out.String())
		}
	}
	if taken.Interrupt() {
		t.Error("ctrl+c is still taken when nothing runs")
	}
}

// sample is the folder of the demo's collection, whose servers run until the test ends.
func sample(t *testing.T) string {
	t.Helper()
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	dir := t.TempDir()
	if err := lab.WriteSample(dir, l); err != nil {
		t.Fatal(err)
	}
	return dir
}
