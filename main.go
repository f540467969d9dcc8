// Command culprit is a terminal workbench for HTTP APIs that finds what breaks a request.
//
// This file chooses a face and hands the parts to each other; it is the only place where everything meets.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	diagcli "culprit/diagnose/cli"
	"culprit/request"
	"culprit/request/cli"
	"culprit/request/client"
	"culprit/tui/start"
)

// version is set by the release build.
var version = "0.1.0-dev"

func main() {
	log.SetOutput(io.Discard) // net/http logs what servers send; it must not reach the terminal
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, InTerm: terminal(os.Stdin), OutTerm: terminal(os.Stdout)}
	os.Exit(cli.Main(ctx, root(s), os.Args[1:], s))
}

func root(s cli.Streams) *cobra.Command {
	d := collcli.Deps{
		Streams: s, Getenv: os.Getenv,
		Engine: func() *request.Engine { return client.New(client.Config{Getenv: os.Getenv}) },
	}
	cmd := &cobra.Command{Use: "culprit", Short: "a terminal workbench for HTTP APIs that finds what breaks a request", Version: version}
	t := start.Deps{Getenv: os.Getenv, Engine: d.Engine, State: state(), Secrets: collcli.Secrets(os.Getenv)}
	start.Root(cmd, t)
	cmd.AddCommand(start.Demo(t))
	cmd.AddCommand(collcli.Commands(d)...)
	cmd.AddCommand(diagcli.Commands(d)...)
	return cmd
}

// state is the folder for what is kept between runs (XDG base directories); "" when there is no home.
func state() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "culprit")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "state", "culprit")
}

func terminal(f *os.File) bool {
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
