package cli_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	"culprit/collections/history"
	diagcli "culprit/diagnose/cli"
	"culprit/diagnose/lab"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/client"
)

// The scripts in testdata run the commands as a shell would, each against a lab of its own, whose addresses are
// in the environment. $WORK/shop is the sample collection, $WORK/before an untouched copy of it.

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"culprit": program, "ssh": ssh})
}

// program is what main.go is, without its face for the screen.
func program() {
	ctx, interrupts, stop := kit.Notify(context.Background())
	defer stop()
	d := collcli.Deps{
		Streams: kit.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}, Getenv: os.Getenv, Version: "test",
		Engine:  func() *request.Engine { return client.New(client.Config{Getenv: os.Getenv}) },
		History: history.New(filepath.Join(os.Getenv("XDG_STATE_HOME"), "culprit")), Interrupts: interrupts,
		Jars:     filepath.Join(os.Getenv("XDG_STATE_HOME"), "culprit", "cookies"),
		Identity: filepath.Join(os.Getenv("XDG_STATE_HOME"), "culprit", "identity.txt"),
	}
	code := kit.Main(ctx, root(d), os.Args[1:], d.Streams)
	d.History.Close()
	os.Exit(code)
}

func root(d collcli.Deps) *cobra.Command {
	cmd := &cobra.Command{Use: "culprit", Version: d.Version, Args: cobra.MaximumNArgs(1),
		RunE: func(*cobra.Command, []string) error { return errors.New("the screen is opened") }}
	diagcli.Plain(cmd, d)
	demo := &cobra.Command{Use: "demo", RunE: cmd.RunE}
	diagcli.PlainDemo(demo, d)
	cmd.AddCommand(demo)
	kit.Suggest(cmd)
	cmd.AddCommand(collcli.Commands(d)...)
	cmd.AddCommand(diagcli.Commands(d)...)
	return cmd
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true,
		Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "seen": seen, "writes": writes, "masked": masked, "changed": changed,
		},
	})
}

type labKey struct{}

func setup(e *testscript.Env) error {
	l, err := lab.Start(context.Background(), lab.Options{})
	if err != nil {
		return err
	}
	e.Defer(func() { l.Close() })
	e.Values[labKey{}] = l
	for _, dir := range []string{"shop", "before"} {
		if err := lab.WriteSample(filepath.Join(e.WorkDir, dir), l); err != nil {
			return err
		}
	}
	e.Setenv("XDG_STATE_HOME", filepath.Join(e.WorkDir, "state"))
	e.Setenv("SHOP", l.URL)
	e.Setenv("CLOSED", l.Closed)
	e.Setenv("SILENT", l.Silent)
	e.Setenv("SSH_REACHES", strings.TrimPrefix(l.URL, "http://"))
	e.Setenv("REACHABLE", strings.TrimPrefix(l.URL, "http://"))
	e.Setenv("TOKEN", l.Tokens.Valid)
	e.Setenv("EXPIRED", l.Tokens.Expired)
	return nil
}

func labOf(ts *testscript.TestScript) *lab.Lab { return ts.Value(labKey{}).(*lab.Lab) }

// code N COMMAND… runs a command and wants its exit code to be N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		var exit interface{ ExitCode() int }
		if e, ok := err.(interface{ ExitCode() int }); ok { //nolint:errorlint // an *exec.ExitError as it is
			exit = e
		} else {
			ts.Fatalf("run %s: %v", args[1], err)
		}
		got = exit.ExitCode()
	}
	if want := number(ts, args[0]); got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// seen N wants the shop to have answered N requests so far.
func seen(ts *testscript.TestScript, _ bool, args []string) {
	if got, want := len(labOf(ts).Seen()), number(ts, args[0]); got != want {
		ts.Fatalf("the shop saw %d requests, want %d", got, want)
	}
}

// writes N wants N requests to have changed data so far.
func writes(ts *testscript.TestScript, _ bool, args []string) {
	if got, want := len(labOf(ts).Writes()), number(ts, args[0]); got != want {
		ts.Fatalf("%d requests changed data, want %d", got, want)
	}
}

// masked FILE… wants no secret of the lab in files, nor in what the last command printed.
func masked(ts *testscript.TestScript, neg bool, files []string) {
	tokens := labOf(ts).Tokens
	for _, name := range append([]string{"stdout", "stderr"}, files...) {
		text := ts.ReadFile(name)
		for _, s := range []string{tokens.Valid, tokens.Expired, tokens.Reader, tokens.Password, tokens.APIKey, "seven-lamps", "hunter2hunter2"} {
			if strings.Contains(text, s) != neg {
				if neg {
					continue
				}
				ts.Fatalf("%s holds a secret", name)
			}
		}
	}
}

// changed FILE N wants N lines of a file of the collection to differ from how they were.
func changed(ts *testscript.TestScript, _ bool, args []string) {
	was := strings.Split(ts.ReadFile(filepath.Join("before", args[0])), "\n")
	is := strings.Split(ts.ReadFile(filepath.Join("shop", args[0])), "\n")
	n := len(was) - len(is)
	if n == 0 {
		for i := range was {
			if was[i] != is[i] {
				n++
			}
		}
	}
	if want := number(ts, args[1]); max(n, -n) != want {
		ts.Fatalf("%d lines of %s changed, want %d", n, args[0], want)
	}
}

func number(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}
