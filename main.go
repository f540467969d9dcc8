// Command culprit is a terminal workbench for HTTP APIs that finds what breaks a request.
//
// This file chooses a face and hands the parts to each other; it is the only place where everything meets.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	"culprit/collections/history"
	diagcli "culprit/diagnose/cli"
	"culprit/request"
	"culprit/request/cli"
	"culprit/request/client"
	"culprit/request/safe"
	"culprit/tui/config"
	"culprit/tui/start"
)

// version is set by the release build.
var version = "0.1.0-dev"

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" { // as cobra says it, before a tree of commands is built for it
		fmt.Println("culprit version " + version)
		return
	}
	log.SetOutput(io.Discard) // net/http logs what servers send; it must not reach the terminal
	os.Exit(run())
}

// run returns the exit code; what it opened is closed by then.
func run() int {
	ctx, interrupts, stop := cli.Notify(context.Background())
	defer stop()
	d := deps()
	d.Interrupts = interrupts
	if d.History != nil {
		defer d.History.Close()
	}
	return cli.Main(ctx, root(d), os.Args[1:], d.Streams)
}

// deps are what the faces run on: the process's streams and environment, the network, the state folder.
func deps() collcli.Deps {
	d := collcli.Deps{
		Streams: cli.Streams{
			In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
			InTerm: terminal(os.Stdin), OutTerm: terminal(os.Stdout), ErrTerm: terminal(os.Stderr),
		},
		Getenv:  os.Getenv,
		Engine:  func() *request.Engine { return client.New(client.Config{Getenv: os.Getenv}) },
		Version: version,
	}
	if d.Streams.InTerm {
		d.Streams.Forget = cli.Forget(os.Stdin)
		d.Streams.Hidden = cli.Hidden(os.Stdin, os.Stderr)
	}
	if file := configFile(); file != "" {
		d.NoJar = sync.OnceValue(func() bool {
			off, mistake := config.NoJar(file)
			if mistake != "" {
				fmt.Fprintln(os.Stderr, safe.Line(mistake))
			}
			return off
		})
	}
	if dir := stateDir(); dir != "" {
		d.History = history.New(dir) // nothing is opened before it is used
		d.Jars = filepath.Join(dir, "cookies")
		d.Identity = filepath.Join(dir, "identity.txt")
	}
	return d
}

// root is all commands under one name.
func root(d collcli.Deps) *cobra.Command {
	cmd := &cobra.Command{
		Use: "culprit [DIR]", Short: "a terminal workbench for HTTP APIs that finds what breaks a request", Version: version,
	}
	t := start.Deps{Getenv: d.Getenv, Engine: d.Engine, State: stateDir(), Identity: d.Identity, Version: d.Version, Config: configFile()}
	start.Root(cmd, t)
	diagcli.Plain(cmd, d)
	cli.Suggest(cmd)
	demo := start.Demo(t)
	diagcli.PlainDemo(demo, d)
	cmd.AddCommand(demo, start.Config(t))
	cmd.AddCommand(collcli.Commands(d)...)
	cmd.AddCommand(diagcli.Commands(d)...)
	return cmd
}

// stateDir is $XDG_STATE_HOME/culprit.
func stateDir() string { return xdg("XDG_STATE_HOME", ".local", "state") }

// configFile is $XDG_CONFIG_HOME/culprit/config.toml.
func configFile() string {
	if dir := xdg("XDG_CONFIG_HOME", ".config"); dir != "" {
		return filepath.Join(dir, "config.toml")
	}
	return ""
}

// xdg is our folder below the one that a variable names, which the specification wants to be absolute and lets
// default to one below the home folder; "" when there is neither.
func xdg(variable string, below ...string) string {
	if dir := os.Getenv(variable); filepath.IsAbs(dir) {
		return filepath.Join(dir, "culprit")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(append(append([]string{home}, below...), "culprit")...)
}

// terminal tells a terminal from other devices: /dev/null is no person.
func terminal(f *os.File) bool { return term.IsTerminal(f.Fd()) }
