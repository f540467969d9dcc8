// Package start opens the workbench: on a collection, or on the demo's.
//
// It is the part of main that concerns the terminal, and the only one below tui that touches the process: the
// terminal's size, signals, the editor, the clipboard. Nothing on its way to the first frame opens the history
// or waits for an answer of the terminal.
package start

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/collections/journal"
	"culprit/collections/vault"
	"culprit/diagnose/lab"
	"culprit/diagnose/surroundings"
	"culprit/request"
	"culprit/request/cli"
	"culprit/request/outside"
	"culprit/request/safe"
	"culprit/tui/core"
	"culprit/tui/screenio"
	"culprit/tui/shell"
)

// Deps are what the workbench needs from the program.
type Deps struct {
	Getenv func(string) string
	Engine func() *request.Engine
	State  string // folder for history and drafts; "" keeps neither
	Config string // the configuration file; "" is none
	// Identity is the file of the age identity that opens encrypted values; "" for none.
	Identity string
	Version  string
}

// options are the flags of the workbench.
type options struct {
	env, theme     string
	ascii, noMouse bool
	given          func(flag string) bool // on the command line: it goes before the configuration
	greeting       string                 // shell.Options.Greeting
}

func (o *options) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.env, "env", "", "environment `name`")
	f.StringVar(&o.theme, "theme", "", "auto, dark, light, contrast or a `name` of the configuration")
	f.BoolVar(&o.ascii, "ascii", false, "draw with ASCII characters only")
	f.BoolVar(&o.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	o.given = f.Changed
}

// Root makes cmd open the workbench on the collection of its argument.
func Root(cmd *cobra.Command, d Deps) {
	var o options
	o.flags(cmd)
	cmd.Args = cobra.MaximumNArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		dir := "."
		if len(args) == 1 {
			dir = args[0]
		}
		store, err := file.OpenOrBegin(dir)
		if err != nil {
			return cli.Fail(cli.File, err)
		}
		defer store.Close()
		return open(cmd.Context(), d, o, store, d.State)
	}
}

// Demo is the command "demo": a sample collection against an embedded, deliberately faulty API on loopback.
func Demo(d Deps) *cobra.Command {
	var o options
	cmd := &cobra.Command{
		Use: "demo", Short: "the workbench on a sample collection against an embedded, faulty API", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithCancel(cmd.Context())
			defer cancel()
			dir, err := os.MkdirTemp("", "culprit-demo-")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			if err := os.Mkdir(filepath.Join(dir, "tls"), 0o700); err != nil {
				return err
			}
			api, err := lab.Start(ctx, lab.Options{Dir: filepath.Join(dir, "tls")})
			if err != nil {
				return fmt.Errorf("start the demo's API: %w", err)
			}
			defer api.Close()
			shop := filepath.Join(dir, "shop")
			if err := lab.WriteSample(shop, api); err != nil {
				return fmt.Errorf("write the demo's collection: %w", err)
			}
			store, err := file.Open(shop)
			if err != nil {
				return err
			}
			defer store.Close()
			if o.env == "" {
				o.env = "local"
			}
			o.greeting = "Many of these fail. s sends one, then d finds what breaks it."
			return open(ctx, d, o, store, filepath.Join(dir, "state"))
		},
	}
	o.flags(cmd)
	return cmd
}

// ErrNoTerminal says that the workbench needs a terminal.
var ErrNoTerminal = errors.New("the workbench needs a terminal; 'culprit --plain', 'culprit send' and 'culprit diagnose' do not")

// soon is how long the first frame waits for the rows of the collection that it shows: a few dozen files are read and
// some thousand listed by then. What takes longer comes a frame later.
const soon = 5 * time.Millisecond

// sparing is the garbage collector's percentage until the first frame is there: at the usual 100 it begins just before,
// and takes a millisecond of it.
const sparing = 400

// open shows the workbench until the person leaves or the terminal is gone.
func open(ctx context.Context, d Deps, o options, store *file.Store, state string) error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) || d.Getenv("TERM") == "dumb" || d.Getenv("TERM") == "" {
		return cli.Fail(cli.Usage, ErrNoTerminal)
	}
	h := watch(ctx)
	defer h.stop()
	secrets := vault.New(d.Getenv, store.Dir(), d.Identity)
	first := core.Begin(ctx, store, secrets, rows()) // while the rest is made
	engine := d.Engine()
	defer engine.Close()
	shown := make(chan struct{})
	collect := debug.SetGCPercent(sparing)
	at := terminal(d.Getenv, h.lost, func() {
		debug.SetGCPercent(collect)
		close(shown)
	})
	parts := core.Parts{Store: store, First: first, Engine: engine, Version: d.Version, Vault: secrets, Copy: copier(d.Getenv), Editor: editor(d.Getenv, at.Screen), Create: create, Reader: reader(d.Getenv, at.Screen)}
	set := configured(d)
	parts.Machine = surroundings.Machine{Getenv: d.Getenv, Interfaces: surroundings.Up}
	parts.Clients = outside.Clients()
	if state != "" {
		parts.History = history.New(state)
		parts.Jars, parts.NoJar = filepath.Join(state, "cookies"), set.NoJar
		defer parts.History.Close()
		drafts := &drafts{path: filepath.Join(state, "drafts.log")}
		defer drafts.close()
		parts.Journal = drafts.open
		parts.Places = journal.Places{Path: filepath.Join(state, "places.json")}
	}
	c := core.New(parts)
	opt, err := looks(set, d, o)
	if err != nil {
		return err
	}
	opt.Core, opt.Environment, opt.Terminal, opt.Greeting = c.Shell(), o.env, at, o.greeting
	opt.Core.Reload = after(shown, opt.Core.Reload)
	opt.First = func() (*collections.Collection, bool) { return c.LoadSoon(soon) }
	if drafts, bases, rivals, err := c.Drafts(); err == nil && len(drafts) > 0 {
		opt.Drafts, opt.Bases, opt.Rivals = drafts, bases, rivals
	}
	opt.Was = c.Was()
	opt.HangUp = h.hung
	// A signal must not end the program before it has saved: it arrives by HangUp, not by the context.
	if err := shell.Run(context.WithoutCancel(ctx), opt); err != nil {
		return errors.Join(err, c.Close())
	}
	if err := c.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "culprit: not all that was sent is in the history:", safe.Line(err.Error()))
	}
	return h.err()
}

// after is load from the first frame on, to which reading a large collection would leave no processor. What reading
// left behind is given back to the system: 2 MB of 200 requests, 20 MB of 10,000.
func after(shown <-chan struct{}, load func(context.Context) (*collections.Collection, error)) func(context.Context) (*collections.Collection, error) {
	return func(ctx context.Context) (*collections.Collection, error) {
		select {
		case <-shown:
			c, err := load(ctx)
			go debug.FreeOSMemory() // behind the person's back, and nobody waits for it
			return c, err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// terminal describes the process's terminal; every byte to it goes through the guard. lost is called when it is gone, shown
// when the first frame is there, or at once where the renderer does not say when that is.
func terminal(getenv func(string) string, lost, shown func()) shell.Terminal {
	filter := safe.Guard(os.Stdout)
	t := shell.Terminal{Output: guard{os.Stdout, filter}, Permit: filter.Permit, Progress: showsProgress(getenv)}
	if w, h, err := term.GetSize(os.Stdout.Fd()); err == nil {
		t.Width, t.Height = w, h
	}
	if getenv("NO_COLOR") != "" { // any value counts (no-color.org), not only 1 as the library has it
		p := colorprofile.ASCII
		t.Profile = &p
	}
	if getenv("SSH_TTY") != "" || getenv("SSH_CONNECTION") != "" {
		t.FPS = 20 // fewer frames over a slow line
	}
	if getenv("CULPRIT_RENDERER") != "stock" {
		// Where it cannot be had, the stock renderer draws.
		if s, err := screenio.New(screenio.Options{Input: os.Stdin, Output: t.Output, Profile: t.Profile, FPS: t.FPS, Shown: shown, Lost: lost}); err == nil {
			t.Screen = s
			return t
		}
	}
	shown()
	return t
}

// rows is the height of the terminal, 100 where it is not known.
func rows() int {
	if _, h, err := term.GetSize(os.Stdout.Fd()); err == nil {
		return h
	}
	return 100
}

// guard is the terminal with the allow-list of sequences before it.
type guard struct {
	*os.File
	w io.Writer
}

// Write implements io.Writer.
func (g guard) Write(p []byte) (int, error) { return g.w.Write(p) }

// A hangup is the end that comes from outside: the terminal is gone, or the process is told to end.
type hangup struct {
	signals chan os.Signal
	hung    chan struct{} // closed when it came
	code    cli.Code      // 128 + the signal's number, then
	done    chan struct{}
}

// parting is how long the program may take to end once it was told to: it writes drafts and the last of the history,
// which takes milliseconds. Only a terminal that takes no more bytes (a connection that is dead and not yet closed)
// keeps it longer, and then nothing more is lost by ending hard.
const parting = 5 * time.Second

// watch listens for signals. One that came before it did has ended ctx.
func watch(ctx context.Context) *hangup {
	h := &hangup{signals: make(chan os.Signal, 1), hung: make(chan struct{}), done: make(chan struct{})}
	signal.Notify(h.signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		var early *cli.Signalled
		select {
		case s := <-h.signals:
			if n, ok := s.(syscall.Signal); ok {
				h.code = cli.Signal + cli.Code(n)
			}
		case <-ctx.Done():
			if errors.As(context.Cause(ctx), &early) {
				h.code = cli.Signal + cli.Code(early.Number)
			}
		case <-h.done:
			return
		}
		close(h.hung)
		select {
		case <-h.done:
		case <-time.After(parting):
			os.Exit(int(h.code))
		}
	}()
	return h
}

// lost is as a SIGHUP: a terminal that is not the one of the process's session goes without it.
func (h *hangup) lost() {
	select {
	case h.signals <- syscall.SIGHUP:
	default: // another came first
	}
}

func (h *hangup) stop() { signal.Stop(h.signals); close(h.done) }

// err is the exit code of the signal, when one came.
func (h *hangup) err() error {
	select {
	case <-h.hung:
		return cli.Fail(h.code, nil)
	default:
		return nil
	}
}

// drafts is their log, opened on first use, once.
type drafts struct {
	path string
	log  *journal.Journal
}

func (d *drafts) open() (*journal.Journal, error) {
	if d.log != nil {
		return d.log, nil
	}
	var err error
	d.log, err = journal.Open(d.path)
	return d.log, err
}

// close gives up what tells other windows that this one runs: the drafts that are left are for the next.
func (d *drafts) close() {
	if d.log != nil {
		d.log.Close() // each draft was synced when it was written
	}
}
