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
	"syscall"

	"github.com/spf13/cobra"

	collcli "culprit/collections/cli"
	diagcli "culprit/diagnose/cli"
	"culprit/request"
	"culprit/request/cli"
	"culprit/request/client"
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
	cmd.AddCommand(collcli.Commands(d)...)
	cmd.AddCommand(diagcli.Commands(d)...)
	return cmd
}

func terminal(f *os.File) bool {
	st, err := f.Stat()
	return err == nil && st.Mode()&os.ModeCharDevice != 0
}
