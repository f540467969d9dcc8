package shell

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/request/cookie"
	"culprit/tui/keys"
	"culprit/tui/screen/wizard"
	"culprit/tui/screentest"
	"culprit/tui/theme"
)

// A hand drives a shell without a program and without a terminal: what its commands say comes back to it, in the
// time of a bubble.
type hand struct {
	*Shell
	t     *testing.T
	mu    sync.Mutex
	heard []tea.Msg
}

// mostRounds is far above how often what comes of a message leads to more at once: two or three times.
const mostRounds = 1000

func (h *hand) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		switch m := cmd().(type) {
		case nil, tea.QuitMsg: // quitting is granted by the program, not by the model
		case tea.BatchMsg:
			for _, c := range m {
				h.run(c)
			}
		default:
			h.mu.Lock()
			h.heard = append(h.heard, m)
			h.mu.Unlock()
		}
	}()
}

// tell gives the shell a message, and then all that comes of it at once.
func (h *hand) tell(msg tea.Msg) {
	todo := []tea.Msg{msg}
	for n := 0; len(todo) > 0; n++ {
		if n == mostRounds {
			h.t.Fatalf("what comes of %+v never ends: %.500s", msg, fmt.Sprintf("%+v", todo))
		}
		for _, m := range todo {
			h.pending.quit = false
			_, cmd := h.Update(m)
			h.run(cmd)
		}
		synctest.Wait()
		h.mu.Lock()
		todo, h.heard = h.heard, nil
		h.mu.Unlock()
	}
}

// press tells the key of that name; "wait" lets two seconds of virtual time pass, "paste" pastes a curl command.
func (h *hand) press(name string) {
	if name == "paste" {
		h.tell(tea.PasteMsg{Content: "curl https://x.example"})
		return
	}
	if name == "wait" {
		time.Sleep(2 * time.Second)
		h.tell(nil)
		return
	}
	h.tell(keys.Press(name))
}

// place names what is seen: the screen, and the overlay above it.
func (h *hand) place() string {
	where := "workbench " + strconv.Itoa(int(h.bench.Focused()))
	switch z := h.screen.(type) {
	case nil:
		if h.bench.Empty() {
			where = "empty"
		}
	case *wizard.Wizard:
		where = "wizard, over"
		if z.Running() {
			where = "wizard, running"
		}
	default:
		where = z.Title()
	}
	if top := h.top(); top != nil {
		title, _, _ := strings.Cut(top.Title(), ":")
		return title
	}
	return where
}

// everywhere is a shell with all that it can do: an order that a server refuses, its real diagnosis, a history,
// environments, files that can be made, renamed and deleted and are changed by another program meanwhile.
func everywhere() Options {
	var wire []string
	w := &world{wait: 300 * time.Millisecond, events: []request.Event{{Kind: request.BodyHead, Text: "application/json", Size: 20, Head: []byte(`{"a":[1,2,{"b":nu`)}}}
	opt := quantities(w, &wire, "http://127.0.0.1:8080/orders")
	opt.Core.Past = archived(30).past()
	opt.Core.Environs = newEstate().options().Core.Environs
	opt.Themes = []Look{{"dark", theme.Choice{}}, {"light", theme.Choice{Light: true}}, {"high contrast", theme.Choice{Contrast: true}}}
	opt.Warnings = []string{"keys: no binding is called \"a.b\"", hostile}
	checks := []collections.Checked{{Assert: collections.Assert{Expression: "res.status", Operator: "eq", Value: "200"}, Verdict: collections.Passed},
		{Assert: collections.Assert{Expression: "res.body.\x1b[31m", Operator: "isNull"}, Verdict: collections.Failed, Why: hostile}}
	send := opt.Core.Send
	opt.Core.Send = func(ctx context.Context, e *collections.Entry, s collections.Saved, env string, emit func(request.Event)) (*request.Exchange, []collections.Checked, error) {
		switch e.Path {
		case "orders/create-order":
			return send(ctx, e, s, env, emit)
		case "orders/list-orders":
			return screentest.Redirected(), checks, nil
		case "catalog/search-products":
			x := screentest.Answer("GET", "https://shop.example/products", 200, "OK", "<a><b>"+hostile+"</b><b c='"+hostile+"'><d/>text<d/></b></a>")
			x.Last().Response.Header = []request.Field{{Name: "Content-Type", Value: "text/xml"}}
			return x, nil, nil
		}
		return nil, nil, errors.New(hostile)
	}
	find := opt.Core.Diagnose
	opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		return find(ctx, p, ask, func(e diagnose.Event) {
			time.Sleep(30 * time.Millisecond) // so that keys come while it runs
			emit(e)
		})
	}
	saves := 0
	opt.Core.Save = func(_ context.Context, e *collections.Entry, _ collections.Saved, force bool) error {
		if saves++; saves%3 == 0 && !force {
			return &Conflict{Theirs: e.Saved, Err: errors.New("it is another file now")}
		}
		return nil
	}
	create := func(context.Context, string, string, collections.Saved) (string, error) { return "health", nil }
	named := func(context.Context, *collections.Entry, string) (string, error) { return "health", nil }
	opt.Core.Create, opt.Core.Rename, opt.Core.Duplicate = create, named, named
	opt.Core.CreateFolder = func(_ context.Context, in, name string) (string, error) { return "orders", nil }
	opt.Core.Move = func(_ context.Context, e *collections.Entry, _ string) (string, error) { return e.Path, nil }
	opt.Core.Delete = func(context.Context, *collections.Entry) error { return errors.New("it is in use") }
	opt.Core.SaveBody = func(context.Context, *request.Exchange, string) (string, error) { return "body.json", nil }
	opt.Core.SaveReport = func(context.Context, Problem, diagnose.Report, string) (string, error) { return "report.md", nil }
	opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
		return collections.Amendment{Saved: p.Saved}, nil
	}
	opt.Core.Editor = func(text, _ string, done func(string, error) tea.Msg) tea.Cmd {
		return func() tea.Msg { return done(text+"ü", nil) }
	}
	opt.Core.Reader = func(_ *request.Content, _ string, _ bool, done func(error) tea.Msg) tea.Cmd {
		return func() tea.Msg { return done(errors.New("no pager")) }
	}
	opt.Wizard = nil
	return opt
}

// wild is everywhere, with drafts of an earlier run, variables to edit and to write, a diagnosis that asks, and another
// program that changes and removes files while one types.
func wild() Options {
	opt := everywhere()
	opt.Collection = newEstate().options().Collection
	opt.Drafts = map[string]collections.Saved{"orders/cancel-order": {Method: "PUT", URL: hostile}}
	for n := range 3 {
		opt.Rivals = append(opt.Rivals, Rival{Path: "orders/cancel-order", ID: strconv.Itoa(n), Saved: collections.Saved{Method: hostile, Docs: hostile}})
	}
	opt.Core.Settle = func(Rival) {}
	curl := opt.Core.ToCurl
	opt.Core.ToCurl = func(e *collections.Entry, s collections.Saved, env string, revealed bool) (string, bool, error) {
		text, masked, err := curl(e, s, env, revealed)
		return text + "\r" + hostile, masked, err
	}
	repairs := 0
	opt.Core.Repair = func(p Problem, _ diagnose.Fix) (collections.Amendment, error) {
		a := collections.Amendment{Saved: p.Saved}
		if repairs++; repairs%3 == 0 {
			return a, collections.ErrJarred
		}
		if repairs%4 == 0 {
			a.Drop = []string{hostile, "sid"}
		}
		if repairs%2 == 1 {
			a.Assign = []collections.Assignment{{Environment: "local", Name: "base", Value: hostile}}
		}
		return a, nil
	}
	opt.Core.Assign = func(context.Context, Problem, []collections.Assignment) error {
		return errors.New("the file is locked")
	}
	opt.Core.Documents = func(context.Context, string) Documents { return Documents{} }
	opt.Core.TryDocument = func(context.Context, string) error { return errors.New("it is no document") }
	find, asked := opt.Core.Diagnose, 0
	opt.Core.Diagnose = func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
		if asked++; asked%4 == 3 {
			return screentest.OrderPassing(), nil
		}
		if asked%3 == 2 {
			q := screentest.OrderChoice()
			if asked%2 == 0 {
				q = screentest.OrderPrompt()
			}
			if _, err := ask.Reply(ctx, q); err != nil {
				return diagnose.Report{}, err
			}
		}
		r, err := find(ctx, p, ask, emit)
		if f := r.Verdict.Repair; f != nil {
			f.Edits, f.Login = []diagnose.Edit{{Element: "cookie:sid", Op: diagnose.Remove}}, "health" // what Repair makes of it is its own
		}
		return r, err
	}
	opt.Core.Cookies = newLarder().options().Core.Cookies
	read, opened := opt.Core.Cookies.Read, 0
	opt.Core.Cookies.Read = func(ctx context.Context, env string) ([]cookie.Cookie, error) {
		if opened++; opened%4 == 3 {
			return nil, errors.New("it is no jar")
		}
		return read(ctx, env)
	}
	reads := 0
	opt.Core.Reload = func(context.Context) (*collections.Collection, error) {
		c := newEstate().options().Collection
		switch reads++; {
		case reads%16 == 15:
			c.Root.Children = nil
		case reads%8 == 6:
			c.Root.Children[0].Children = c.Root.Children[0].Children[1:]
		case reads%2 == 1:
			c.Root.Children[0].Children[0].Saved.URL = "{{base}}/v" + strconv.Itoa(reads)
		}
		return c, nil
	}
	opt.Core.Watch = func(ctx context.Context, heard func(files []string)) error {
		for {
			select {
			case <-time.After(20 * time.Second):
				heard([]string{"orders/list-orders.yml", hostile})
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
	return opt
}

// solved is the way to a verdict, with a yes to whatever is asked, and on from there.
func solved(keys ...string) []string {
	way := []string{"1", "g", "j", "j", "s", "wait", "d", "wait", "y", "wait", "y", "wait", "y", "wait", "y", "wait", "y", "wait", "esc", "esc", "d", "wait"}
	return append(way, keys...)
}

// journeys lead to what random keys seldom find; "wait" lets time pass.
var journeys = [][]string{{"1", "g", "j", "j", "s", "d"}, {"wait", "d", "y", "wait", "y", "wait", "y", "wait", "y", "wait"}, {"wait", "d", "wait", "ctrl+c", "wait", "A"}, {"H"}, {"H", "enter"}, {"E"}, {"E", "enter", "="}, {"ctrl+p"}, {"ctrl+p", "t", "h", "e", "m", "e", "enter"},
	{"ctrl+p", "w", "a", "r", "n", "enter"}, {"?"}, {"i"}, {"ctrl+e"}, {"2", "m", "q"}, {"ctrl+s"}, {"U"}, {"1", "x"}, {"1", "R"}, {"1", "n"}, {"1", "N"}, {"1", "g", "x"}, {"1", "g", "j", "m"}, {"1", "g", "j", "j", "s", "wait", "3", "]", "[", "g", "j", "t"}, {"E", "g", "enter", "g", "j", "j", "enter"}, {"E", "g", "R"},
	solved("4", "a"), solved("4", "a"), solved("4", "a"), solved("4", "s"), solved("4", "e"), solved("3", "g", "enter"), solved("3", "G", "enter"), solved("3", "enter"), solved("1", "g", "enter"), solved("4", "w", "down", "down", "enter"), solved("paste"), {"1", "g", "j", "2", "m", "ctrl+l", "wait", "esc", "ctrl+l", "wait", "esc", "ctrl+l", "wait", "esc", "ctrl+l", "wait", "esc", "ctrl+l", "wait", "esc", "ctrl+l", "wait", "esc", "ctrl+l", "wait", "esc", "ctrl+l", "wait"}, {"3", "b"}, {"3", "|", "."},
	{"E", "enter", "j", "enter"}, {"E", "enter", "j", "x"}, {"E", "enter", "j", "s"}, {"E", "p"}, {"H", "x"}, {"wait", "d", "wait", "s"}, {"wait", "d", "wait", "a"}, {"ctrl+l", "wait"}, {"1", "g", "j", "j", "ctrl+e", "2", "s"},
	{"3", "/", "a"}, {"2", "]", "enter"}, {"s", "W"}, {"1", "g", "j", "j", "ctrl+e", "3", "s"}, {"ctrl+e", "1"}, {"2", "m", "ctrl+s"},
	solved("4", "w", "down", "down", "down", "enter"), solved("4", "w", "4"), solved("4", "w", "3"),
	{"1", "g", "j", "j", "s", "wait", "d", "wait", "n", "wait", "esc", "wait", "esc", "wait", "A"}, {"H", "wait", "g", "e", "wait"}, {"C", "wait", "X"}, {"E", "enter", "a"}, {"1", "g", "j", "j", "s", "wait", "3", "S"}, {"ctrl+p", "j", "a", "r", "enter", "wait", "X"}, {"wait", "d", "wait", "ctrl+c", "wait", "A"}, solved("4", "w", "down", "down", "down", "enter"), {"1", "g", "j", "j", "s", "wait", "3", "]", "[", "g", "j", "t"}, {"esc", "esc", "esc", "1", "g", "j", "j", "s", "wait", "3", "]", "[", "g", "j", "t"}}

// TestRandomKeysOnEveryScreen types thousands of keys, clicks, pastes and resizes on all screens while requests and
// diagnoses run. No frame breaks, and from anywhere esc leads home. A seed that fails is named by its test; with
// CULPRIT_SEED it is walked again.
func TestRandomKeysOnEveryScreen(t *testing.T) {
	seeds := []uint64{1, 2, 3, rand.Uint64()}
	if n, err := strconv.ParseUint(os.Getenv("CULPRIT_SEED"), 10, 64); err == nil {
		seeds = []uint64{n}
	}
	steps := 2500
	if testing.Short() {
		steps = 500
	}
	seen := map[string]int{}
	for _, seed := range seeds {
		t.Run(fmt.Sprintf("CULPRIT_SEED=%d", seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { walk(t, seed, steps, seen) })
		})
	}
	if len(seeds) == 1 || testing.Short() {
		return
	}
	wanted := append(titles(t, ".", "../screen/wizard", "../screen/history", "../screen/environments"),
		"workbench 0", "workbench 1", "workbench 2", "wizard, running", "wizard, over", "Delete the folder?")
	wanted = slices.DeleteFunc(wanted, func(title string) bool {
		return title == "Diagnosis" || title == "Variables" // told by whether it runs; a pane of the environments
	})
	been := slices.Sorted(maps.Keys(seen))
	for _, place := range wanted {
		if !slices.ContainsFunc(been, func(at string) bool { return strings.HasPrefix(at, place) }) {
			t.Errorf("the walk never came to %q; it was at %q", place, been)
		}
	}
}

func walk(t *testing.T, seed uint64, steps int, seen map[string]int) {
	r := rand.New(rand.NewPCG(seed, 2))
	h := &hand{Shell: still(t, wild()), t: t}
	h.tell(tea.WindowSizeMsg{Width: 80, Height: 24})
	all := pool(h.keys)
	var typed []string
	press := func(name string) {
		typed = append(typed, name)
		h.press(name)
		intact(t, h.Shell, typed)
	}
	note := func() {
		seen[h.place()]++
		if h.top() != nil || h.screen == nil {
			return
		}
		view := ansi.Strip(h.screen.View())
		for _, title := range []string{"Probe ", "Step ", "Why it failed:"} { // what a screen lays over itself
			if strings.Contains(view, "─ "+title) {
				seen[title]++
			}
		}
	}
	travel := func(way []string) {
		for range 3 {
			press("esc")
			note()
		}
		for _, k := range way {
			press(k)
			note()
		}
	}
	if seed == 1 { // each once, whatever the dice say
		for _, way := range journeys {
			travel(way)
		}
	}
	for n := range steps {
		switch at := r.IntN(100); {
		case at < 2:
			w, hh := 60+r.IntN(240), 15+r.IntN(85)
			if r.IntN(3) == 0 {
				w, hh = 1+r.IntN(80), 1+r.IntN(24)
			}
			h.tell(tea.WindowSizeMsg{Width: w, Height: hh})
			typed = append(typed, fmt.Sprintf("resize %dx%d", w, hh))
		case at < 4:
			h.tell(tea.PasteMsg{Content: []string{"curl https://x.example", "curl ", "two\nlines", hostile, "ü"}[r.IntN(5)]})
			typed = append(typed, "paste")
		case at < 8:
			x, y := r.IntN(max(h.size.W, 1)), r.IntN(max(h.size.H, 1))
			h.tell([]tea.Msg{tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown},
				tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft}, tea.MouseReleaseMsg{X: x, Y: y}}[r.IntN(4)])
			typed = append(typed, fmt.Sprintf("mouse %d,%d", x, y))
		case at < 10:
			time.Sleep(time.Duration(r.IntN(1500)) * time.Millisecond)
			h.tell(nil)
		case at < 16:
			travel(journeys[r.IntN(len(journeys))])
		default:
			k := all[r.IntN(len(all))]
			typed = append(typed, k.String())
			h.tell(k)
		}
		intact(t, h.Shell, typed)
		note()
		if n%100 == 99 {
			home(t, h, press, typed)
		}
	}
	time.Sleep(time.Minute) // the timers that are on their way end
}

// home leaves whatever is open by esc alone: nothing traps who presses it, and the workbench takes keys again.
func home(t *testing.T, h *hand, press func(string), typed []string) {
	t.Helper()
	h.tell(tea.WindowSizeMsg{Width: 80, Height: 24})
	for n := 0; h.top() != nil || h.screen != nil || h.typing(); n++ {
		if n == 60 {
			t.Fatalf("esc does not lead out of %s after %q:\n%s", h.place(), typed[max(len(typed)-12, 0):], ansi.Strip(h.View().Content))
		}
		press("esc")
	}
	press("1")
	if h.bench.Focused() != 0 || h.bench.Typing() {
		t.Fatalf("1 does not lead to the collection after %q", typed[max(len(typed)-12, 0):])
	}
}
