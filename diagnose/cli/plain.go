package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	collcli "culprit/collections/cli"
	"culprit/collections/history"
	"culprit/diagnose/lab"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

// Plain gives the command that opens the workbench a line mode: the same work as a conversation of lines, for
// terminals that cannot place a cursor (TERM=dumb), for screen readers, and for scripts. It is taken with --plain,
// and at a terminal where TERM is "dumb" or ACCESSIBLE is set.
func Plain(cmd *cobra.Command, d collcli.Deps) {
	inLines(cmd, d, func(ctx context.Context, f *flags, args []string) error {
		f.Dir = "."
		if len(args) == 1 {
			f.Dir = args[0]
		}
		return (&talk{d: d, f: f}).requests(ctx)
	})
}

// PlainDemo gives the demo its line mode: on a lab and a sample collection of its own, which leave nothing behind.
func PlainDemo(cmd *cobra.Command, d collcli.Deps) {
	inLines(cmd, d, func(ctx context.Context, f *flags, _ []string) error {
		dir, err := os.MkdirTemp("", "culprit-demo-")
		if err != nil {
			return kit.Fail(kit.File, err)
		}
		defer os.RemoveAll(dir)
		l, err := lab.Start(ctx, lab.Options{})
		if err != nil {
			return kit.Fail(kit.Network, fmt.Errorf("start the demo's API: %w", err))
		}
		defer l.Close()
		if f.Dir = filepath.Join(dir, "shop"); f.Env == "" {
			f.Env = "local"
		}
		if err := lab.WriteSample(f.Dir, l); err != nil {
			return kit.Fail(kit.File, err)
		}
		own := d
		own.History = history.New(filepath.Join(dir, "state"))
		defer own.History.Close()
		return (&talk{d: own, f: f}).requests(ctx)
	})
}

// inLines makes a command that opens the screen talk in lines where that is wanted.
func inLines(cmd *cobra.Command, d collcli.Deps, talk func(context.Context, *flags, []string) error) {
	screen := cmd.RunE
	plain := cmd.Flags().Bool("plain", false, "ask and answer in lines, without a screen; for TERM=dumb and screen readers")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		lineOnly := d.Streams.InTerm && (d.Getenv("TERM") == "dumb" || d.Getenv("ACCESSIBLE") != "")
		if !*plain && !lineOnly {
			return screen(cmd, args)
		}
		var f flags
		f.Color = kit.Choice{Value: "never"}
		if env := cmd.Flags().Lookup("env"); env != nil {
			f.Env = env.Value.String()
		}
		f.typed = typing(d.Streams.In, d.Streams.Forget)
		return talk(cmd.Context(), &f, args)
	}
}

// A talk is a conversation in lines. It draws nothing, moves no cursor and uses no colour.
type talk struct {
	d   collcli.Deps
	f   *flags
	dir string // of the collection, absolute, as the history names it
}

// interruptible is ctx for work that ctrl+c ends while the conversation goes on. done is called when it is over.
func (k *talk) interruptible(ctx context.Context) (work context.Context, done func()) {
	work, cancel := context.WithCancel(ctx)
	release := k.d.Interrupts.Take(cancel)
	return work, func() { release(); cancel() }
}

// errEnd says that the person is gone: the input has ended.
var errEnd = errors.New("the end of the input")

// say prints untrusted text line by line.
func (k *talk) say(format string, args ...any) {
	for _, l := range safe.Block(fmt.Sprintf(format, args...)) {
		fmt.Fprintln(k.d.Streams.Out, l)
	}
}

// ask prints a question and returns the line that is typed, without the spaces around it.
func (k *talk) ask(ctx context.Context, question string) (string, error) {
	fmt.Fprint(k.d.Streams.Out, question+" ")
	return k.heard(k.f.typed.next(ctx))
}

// consent is ask for what must not be answered before it can be read.
func (k *talk) consent(ctx context.Context, question string) (string, error) {
	return k.heard(k.f.typed.consent(ctx, func() { fmt.Fprint(k.d.Streams.Out, question+" ") }))
}

// heard makes the end of the input an error.
func (k *talk) heard(line string, ok bool, err error) (string, error) {
	if err == nil && !ok {
		fmt.Fprintln(k.d.Streams.Out)
		return "", errEnd
	}
	return line, err
}

// requests lets the person choose a request, again and again, until there is nothing more to do.
func (k *talk) requests(ctx context.Context) error {
	k.d.Streams.Err = k.d.Streams.Out // one conversation, in one order
	t, err := collcli.Open(ctx, k.d, &k.f.Common, k.f.Dir)
	if err != nil {
		return err
	}
	k.dir = t.Store.Dir()
	entries, names := sendable(t.Collection.Root), environments(t.Collection)
	if t.Options.Environment != nil {
		k.f.Env = t.Options.Environment.Name
	}
	t.Close()
	k.say("%s: %d requests.", t.Collection.Name, len(entries))
	k.list(entries, "")
	for {
		k.environment()
		line, err := k.ask(ctx, "Number or path of a request, /text to find, l list, h history, e environment, q quit:")
		verb, word, _ := strings.Cut(line, " ")
		switch {
		case err != nil:
			return ended(err)
		case line == "":
		case verb == "q" || verb == "quit":
			return nil
		case verb == "l":
			k.list(entries, "")
		case verb == "?" || verb == "help":
			k.say("A number or a path opens a request: it can be sent, diagnosed, copied as curl.")
			k.say("/TEXT lists the requests with it, l all, h [TEXT] what was sent, e [NAME] takes an environment, q quits.")
			k.say("Files are changed in an editor or on the screen: culprit without --plain.")
		case line[0] == '/':
			k.list(entries, line[1:])
		case verb == "h":
			if err := k.history(ctx, word); err != nil {
				return ended(err)
			}
		case verb == "e":
			if err := k.chooseEnvironment(ctx, names, word); err != nil {
				return ended(err)
			}
		default:
			e := choose(entries, line)
			if e == nil {
				k.say("There is no request %q.", line)
				continue
			}
			if err := k.request(ctx, collcli.Source{Args: []string{e.Path}}); err != nil {
				return ended(err)
			}
		}
	}
}

// ended makes the end of the input the end of the program, with nothing wrong.
func ended(err error) error {
	if errors.Is(err, errEnd) {
		return nil
	}
	return err
}

// sendable are the requests of a folder and of those in it.
func sendable(e *collections.Entry) []*collections.Entry {
	var out []*collections.Entry
	for c := range e.All() {
		if c.Kind == collections.HTTP && c != e {
			out = append(out, c)
		}
	}
	return out
}

func environments(c *collections.Collection) []string {
	var out []string
	for _, e := range c.Environments {
		out = append(out, e.Name)
	}
	return out
}

// choose finds a request by its number in the list, from 1, or by its path.
func choose(entries []*collections.Entry, line string) *collections.Entry {
	if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(entries) {
		return entries[n-1]
	}
	if i := slices.IndexFunc(entries, func(e *collections.Entry) bool { return e.Path == line }); i >= 0 {
		return entries[i]
	}
	return nil
}

// list prints the requests that have a text in their path, with their numbers.
func (k *talk) list(entries []*collections.Entry, text string) {
	for i, e := range entries {
		if strings.Contains(strings.ToLower(e.Path+" "+e.Name), strings.ToLower(text)) {
			k.say("%3d  %-6s  %s", i+1, e.Saved.Method, e.Path)
		}
	}
}

func (k *talk) environment() {
	if k.f.Env != "" {
		k.say("\nEnvironment: %s.", k.f.Env)
	} else {
		k.say("\nNo environment.")
	}
}

func (k *talk) chooseEnvironment(ctx context.Context, names []string, name string) error {
	if name == "" {
		var err error
		if name, err = k.ask(ctx, "Which of "+strings.Join(names, ", ")+"?"); err != nil {
			return err
		}
	}
	if !slices.Contains(names, name) {
		k.say("There is no environment %q.", name)
		return nil
	}
	k.f.Env = name
	return nil
}
