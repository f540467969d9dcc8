// Package shell is the terminal program: the only tea.Model, which routes messages, keeps the overlays and the
// running tasks, and grants the intents of its parts by calling the functions of a Core.
//
// It does no input or output of its own: what blocks runs in a task, and what the task says comes back as News.
package shell

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/screen/history"
	"culprit/tui/screen/workbench"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/looks"
)

// Shell implements tea.Model. Make one with New; Close it after the program has ended.
type Shell struct {
	opt      Options
	styles   *theme.Styles
	looks    *widget.Styles // the same for widgets
	keys     *keys.Map
	tasks    *tui.Tasks
	jobs     map[tui.ID]*job
	bench    *workbench.Workbench
	screen   Screen           // above the workbench; nil for none
	past     *history.History // nil until it was opened
	shelf    shelf
	learned  map[string]Problem // the last problem of each request that was diagnosed, by its path
	overlays []overlay
	coll     *collections.Collection
	jars     map[string]bool // environments whose jar was read; nil until the start is over
	troubled []string        // what was said of what was not understood
	env      string
	status   status
	size     layout.Rect
	ground   ground
	pending  pending
	deleted  deleted   // the environment that can be brought back
	outside  []string  // files that other programs changed and that are not read anew yet, by path in the collection
	pressed  time.Time // when the last key was pressed
}

// pending are the timers that are on their way, so that none is started twice.
type pending struct {
	spin, draft, quit bool
	dirty             bool // a draft changed since the last one was kept
	leave             bool // ctrl+c was pressed with nothing to cancel: once more quits
	rest              bool // what other programs changed is read when the hands rest
}

// A job is a running task: what it is called, and who hears what it says.
type job struct {
	what    string // for the status line: "Sending create order"
	path    string
	does    string // what work that reads does; "" works on the body
	quiet   bool   // not shown, not cancelled by a key
	reads   bool   // works on the body that is seen
	stale   bool   // cancelled, or a newer one took its place
	must    bool   // waited for at the end
	started time.Time
	heard   func(msg tea.Msg) tea.Cmd
}

// shelf keeps the last diagnosis, so that it can be left and come back to.
type shelf struct {
	screen  Screen
	problem Problem
	run     tui.ID // 0 when it is over
}

// status is the last thing that was said in the status line.
type status struct {
	text string
	bad  bool
	at   time.Time
}

// stays is how long a word stands in the status line at least: the first key after it takes the word away, so that what
// is done next is not read beside what was said of something else. Who types reads about a line in that time.
const stays = 5 * time.Second

// New returns the model; its tasks end with ctx.
func New(ctx context.Context, opt Options) *Shell {
	opt = opt.withDefaults()
	styles := theme.New(opt.Theme)
	bindings, warnings := keys.New(opt.Keys)
	s := &Shell{opt: opt, styles: styles, looks: looks.Of(styles), keys: bindings, tasks: tui.NewTasks(ctx), jobs: map[tui.ID]*job{}, learned: map[string]Problem{}, env: opt.Environment}
	s.bench = workbench.New(workbench.Options{Styles: styles, Keys: bindings, Now: opt.Core.Now,
		Resolve: opt.Core.Resolve, CanDiagnose: s.canDiagnose(), CanPick: opt.Core.Past != nil, CanJar: opt.Core.Cookies != nil})
	s.opt.Warnings = append(slices.Clone(opt.Warnings), warnings...)
	if !s.sayTroubles() {
		s.say(s.opt.Greeting)
	}
	if opt.Collection != nil {
		s.show(opt.Collection)
	}
	if opt.Width > 0 && opt.Height > 0 {
		s.resize(opt.Width, opt.Height)
	}
	return s
}

func (s *Shell) canDiagnose() bool { return s.opt.Core.Diagnose != nil }

// Close waits for the tasks; cancel the context of New first.
func (s *Shell) Close() { s.tasks.Close() }

// Init implements tea.Model.
func (s *Shell) Init() tea.Cmd {
	var cmds []tea.Cmd
	if s.opt.DetectTheme || s.opt.PaintGround {
		cmds = append(cmds, tea.RequestBackgroundColor, tea.Tick(groundAfter, func(time.Time) tea.Msg { return groundDue{} }))
	}
	whole := s.coll != nil
	if !whole && s.opt.First != nil {
		var c *collections.Collection
		if c, whole = s.opt.First(); c != nil {
			s.show(c)
		}
	}
	switch {
	case whole:
		s.offerDrafts()
	case s.opt.Core.Reload != nil:
		cmds = append(cmds, s.reload())
	}
	if p := s.opt.Core.Past; p != nil && p.Latest != nil {
		cmds = append(cmds, tea.Tick(watchAfter, func(time.Time) tea.Msg { return pastDue{} }))
	}
	if s.opt.Core.Watch != nil {
		cmds = append(cmds, tea.Tick(watchAfter, func(time.Time) tea.Msg { return watchDue{} }))
	}
	if s.opt.Core.Cookies != nil {
		cmds = append(cmds, tea.Tick(watchAfter, func(time.Time) tea.Msg { return jarDue{} }))
	}
	return tea.Batch(cmds...)
}

func (s *Shell) show(c *collections.Collection) {
	if s.coll == nil && s.env == "" && len(c.Environments) == 1 {
		s.env = c.Environments[0].Name // the only one there is
	}
	s.coll = c
	s.bench.SetCollection(c)
	if s.pressed.IsZero() {
		s.resume()
	}
	s.setEnvironment(s.env)
	s.sayTroubles()
}

func (s *Shell) setEnvironment(name string) {
	s.env = name
	e := s.environment()
	s.bench.SetEnvironment(name, e != nil && e.Production)
}

// environment returns the one in use, or nil.
func (s *Shell) environment() *collections.Environment {
	if s.coll == nil {
		return nil
	}
	for i, e := range s.coll.Environments {
		if e.Name == s.env {
			return &s.coll.Environments[i]
		}
	}
	return nil
}

func (s *Shell) say(text string)  { s.status = status{text: text, at: s.opt.Core.Now()} }
func (s *Shell) warn(text string) { s.status = status{text: text, bad: true, at: s.opt.Core.Now()} }

// fade takes away what was said a while ago.
func (s *Shell) fade() {
	if s.opt.Core.Now().Sub(s.status.at) > stays {
		s.status = status{}
	}
}

// start runs work as a task; heard gets everything it says, in the event loop.
func (s *Shell) start(j *job, work func(ctx context.Context, emit func(tea.Msg)) tea.Msg) tea.Cmd {
	_, cmd := s.startID(j, work)
	return cmd
}

func (s *Shell) startID(j *job, work func(ctx context.Context, emit func(tea.Msg)) tea.Msg) (tui.ID, tea.Cmd) {
	id, cmd := s.tasks.Start(work)
	j.started = s.opt.Core.Now()
	s.jobs[id] = j
	if s.pending.quit && !j.must { // begun by a timer that was on its way: the end would wait for it
		s.tasks.Cancel(id)
	}
	return id, tea.Batch(cmd, s.spin())
}

// outcome is the last message of a task that ends in one answer.
type outcome[T any] struct {
	got T
	err error
}

// end runs work as a task and calls then with what came of it, in the event loop.
func end[T any](s *Shell, j *job, work func(ctx context.Context) (T, error), then func(got T, err error) tea.Cmd) tea.Cmd {
	j.heard = func(msg tea.Msg) tea.Cmd {
		o, ok := msg.(outcome[T])
		if !ok {
			return nil
		}
		return then(o.got, o.err)
	}
	return s.start(j, func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		got, err := work(ctx)
		return outcome[T]{got, err}
	})
}

// try is end for work of which it is only said that it failed; failed begins the sentence.
func try[T any](s *Shell, j *job, failed string, work func(ctx context.Context) (T, error), then func(T) tea.Cmd) tea.Cmd {
	return end(s, j, work, func(got T, err error) tea.Cmd {
		if err != nil {
			s.warn(failed + ": " + err.Error())
			return nil
		}
		return then(got)
	})
}

// done is the answer of a task that has nothing more to say.
type done struct{}

// only is work that returns no more than an error.
func only(work func(ctx context.Context) error) func(context.Context) (done, error) {
	return func(ctx context.Context) (done, error) { return done{}, work(ctx) }
}

// news gives what a task said to who hears it. News of a task that nobody waits for is dropped here.
func (s *Shell) news(n tui.News) tea.Cmd {
	cmds := []tea.Cmd{s.tasks.Next(n)}
	j := s.jobs[n.From]
	if n.Done {
		delete(s.jobs, n.From)
	}
	if j != nil {
		for _, m := range n.Msgs {
			cmds = append(cmds, j.heard(m))
		}
	}
	if s.pending.quit && len(s.jobs) == 0 {
		cmds = append(cmds, tea.Quit)
	}
	return tea.Batch(cmds...)
}

// running returns the task that the person sees as running: the one that was started last.
func (s *Shell) running() (tui.ID, *job) {
	var id tui.ID
	var last *job
	for i, j := range s.jobs {
		if !j.quiet && i > id {
			id, last = i, j
		}
	}
	return id, last
}

// The messages of the shell's own timers.
type (
	spun     struct{}
	draftDue struct{}
)

// Periods of the timers. A spinner has ten frames a second; less over SSH would look stuck. A draft is kept
// within a second of the first edit that it holds (issue 2: kill -9 loses the last edit at most).
const (
	spinEvery  = 100 * time.Millisecond
	draftAfter = 700 * time.Millisecond
)

// spin keeps a timer while something runs, and none otherwise: an idle program costs nothing. A diagnosis whose question
// waits for its answer does not run.
func (s *Shell) spin() tea.Cmd {
	if id, j := s.running(); s.pending.spin || (j == nil || s.asks(id)) && s.reading() == nil {
		return nil
	}
	s.pending.spin = true
	return tea.Tick(spinEvery, func(time.Time) tea.Msg { return spun{} })
}

func (s *Shell) resize(w, h int) {
	s.size = layout.Rect{W: w, H: h}
	s.bench.Resize(w, h)
	if s.screen != nil {
		s.enter(s.screen)
	}
	for _, o := range s.overlays {
		s.place(o)
	}
}

// enter shows a screen above the workbench, in all but the last two lines.
func (s *Shell) enter(on Screen) {
	s.screen = on
	on.Resize(s.size.W, max(s.size.H-2, 0))
}

// send sends the request that is open, after a question where it may change data in a guarded environment.
func (s *Shell) send(e *collections.Entry, saved collections.Saved) tea.Cmd {
	return s.sendThen(e, saved, nil)
}

// sendThen is send, and then what then does where the answer is no failure; nil does nothing.
func (s *Shell) sendThen(e *collections.Entry, saved collections.Saved, then func() tea.Cmd) tea.Cmd {
	switch {
	case e == nil || e.Kind != collections.HTTP:
		s.warn("There is no request to send here.")
		return nil
	case s.sending(e.Path):
		s.say("It is already on its way; " + s.cancels() + " it.")
		return nil
	}
	if env := s.environment(); env != nil && env.Guarded() && !outline(e, saved).Safe() {
		s.push(guard(s, e, saved, then))
		return nil
	}
	return s.sendNow(e, saved, then)
}

func (s *Shell) sending(path string) bool {
	for _, j := range s.jobs {
		if !j.quiet && j.path == path && path != "" {
			return true
		}
	}
	return false
}

// sent is the last message of a sending.
type sent struct {
	exchange *request.Exchange
	checks   []collections.Checked
	doubt    string
	said     string
	err      error
}

func (s *Shell) sendNow(e *collections.Entry, saved collections.Saved, then func() tea.Cmd) tea.Cmd {
	path, env, send := e.Path, s.env, s.opt.Core.Send
	s.status = status{}
	s.bench.Sending(path)
	heard := func(msg tea.Msg) tea.Cmd {
		switch m := msg.(type) {
		case request.Event:
			if m.Kind == request.SignIn {
				return tea.Batch(s.grant(s.bench.Progress(path, m)), s.copy(m.Text, "The address of the sign-in"))
			}
			return s.grant(s.bench.Progress(path, m))
		case sent:
			done := s.grant(s.bench.Finished(path, workbench.Outcome{Exchange: m.exchange, Checks: m.checks, Doubt: m.doubt, Said: m.said, Note: s.unsent(m.err)}))
			if status := m.exchange.Status(); then != nil && m.err == nil && status > 0 && status < 400 {
				return tea.Batch(done, then())
			}
			return done
		}
		return nil
	}
	return s.start(&job{what: "Sending " + e.Name, path: path, heard: heard},
		func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
			x, checks, err := send(ctx, e, saved, env, func(ev request.Event) { emit(ev) })
			got := sent{exchange: x, checks: checks, err: err}
			if doubt := s.opt.Core.Doubt; doubt != nil && x.Response() != nil {
				got.doubt = doubt(x)
			}
			if said := s.opt.Core.Said; said != nil && x.Response() != nil {
				got.said = said(x)
			}
			return got
		})
}
