package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"
)

func TestExitCodes(t *testing.T) {
	done := func(cause error) context.Context {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(cause)
		return ctx
	}
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		code int
		said string
	}{
		{"done", context.Background(), nil, 0, ""},
		{"an unknown error is wrong usage", context.Background(), errors.New("what"), 2, "culprit: what\nculprit: see 'culprit --help'\n"},
		{"a code without words", context.Background(), Fail(No, nil), 1, ""},
		{"a code with words", context.Background(), Fail(File, errors.New("gone")), 3, "culprit: gone\n"},
		{"words around a code stay", context.Background(), fmt.Errorf("--good: %w", Fail(Network, errors.New("down"))), 4, "culprit: --good: down\n"},
		{"refused", context.Background(), Fail(Unsafe, nil), 5, ""},
		{"SIGINT", done(&Signalled{2}), context.Canceled, 130, ""},
		{"SIGTERM", done(&Signalled{15}), Fail(No, errors.New("cut off")), 143, ""},
		{"SIGTERM of what ended well", done(&Signalled{15}), nil, 143, ""},
		{"cancelled otherwise", done(nil), context.Canceled, 130, ""},
		{"a reader that left", context.Background(), fmt.Errorf("write: %w", syscall.EPIPE), 141, ""},
		{"control characters are not printed", context.Background(), Fail(File, errors.New("a\x1b[31mb")), 3, "culprit: a␛[31mb\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out, text strings.Builder
			root := &cobra.Command{Use: "culprit", RunE: func(*cobra.Command, []string) error { return c.err }}
			code := Main(c.ctx, root, nil, Streams{In: strings.NewReader(""), Out: &out, Err: &text})
			if code != c.code {
				t.Errorf("got code %d, want %d", code, c.code)
			}
			if text.String() != c.said {
				t.Errorf("got %q on standard error, want %q", text.String(), c.said)
			}
			if out.Len() > 0 {
				t.Errorf("got %q on standard output", out.String())
			}
		})
	}
}

func TestInkObeysTheFlagThenTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		flag     string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"auto", true, map[string]string{"TERM": "xterm"}, true},
		{"auto", false, map[string]string{"TERM": "xterm"}, false},
		{"auto", true, map[string]string{"TERM": "dumb"}, false},
		{"auto", true, map[string]string{"TERM": "xterm", "NO_COLOR": "1"}, false},
		{"always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", true, map[string]string{"TERM": "xterm"}, false},
	} {
		common := Common{Color: Choice{Value: c.flag}}
		ink := common.Ink(c.terminal, func(k string) string { return c.env[k] })
		if got := ink.Good("x") != "x"; got != c.want {
			t.Errorf("--color %s, terminal %v, %v: coloured %v, want %v", c.flag, c.terminal, c.env, got, c.want)
		}
	}
}

// Ctrl+c stops what took it, once; the next one is nobody's again.
func TestCtrlCIsTakenOnce(t *testing.T) {
	var i Interrupts
	stopped := 0
	release := i.Take(func() { stopped++ })
	if !i.Interrupt() || i.Interrupt() || stopped != 1 {
		t.Errorf("taken more or less than once: %d", stopped)
	}
	i.Take(func() { stopped++ })
	if release(); i.Interrupt() || stopped != 1 {
		t.Error("taken after it was given back")
	}
	(*Interrupts)(nil).Take(nil)() // who has none takes nothing
}

// Each command has the common flags, and all commands are made at each start: what that takes is paid before the first
// frame.
func TestTheFlagsOfACommandTakeLittle(t *testing.T) {
	const runs, most = 20, 5 << 10
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range runs {
		new(Common).Flags(&cobra.Command{})
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / runs; got > most {
		t.Errorf("%d bytes, want at most %d", got, most)
	}
}

func TestAFlagMayBeGivenAgain(t *testing.T) {
	var c Common
	cmd := &cobra.Command{RunE: func(*cobra.Command, []string) error { return nil }}
	c.Flags(cmd)
	cmd.SetArgs([]string{"--var", "a=1,2", "--var=b="})
	if err := cmd.Execute(); err != nil {
		t.Fatal(err)
	}
	got, err := c.Variables()
	if err != nil || len(got) != 2 || got["a"] != "1,2" || got["b"] != "" {
		t.Errorf("%q, %v", got, err)
	}
}
