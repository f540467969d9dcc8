package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"culprit/collections"
	collcli "culprit/collections/cli"
	"culprit/collections/file"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/diagnose/element"
	kit "culprit/request/cli"
	"culprit/request/mask"
	"culprit/request/safe"
)

// apply writes the proved fix into the saved request and shows what it wrote. The pass that proved it is kept as one of
// the request.
func apply(ctx context.Context, d collcli.Deps, f *flags, t collcli.Target, r diagnose.Report) error {
	fix := r.Verdict.Repair
	switch {
	case r.Verdict.Outcome == diagnose.OutcomePassing:
		return nil
	case fix == nil || len(fix.Edits) == 0:
		return kit.Fail(kit.No, errors.New("nothing is applied: no change of the request was found that mends it"))
	case !fix.Verified:
		return kit.Fail(kit.No, errors.New("nothing is applied: the repaired request was not seen to pass"))
	case t.Entry == nil:
		return kit.Fail(kit.No, errors.New("nothing is applied: the request is not saved in the collection"))
	}
	if t.Granted.Scheme != "" { // what is saved is how the token is got
		t.Resolved.Request.Auth = t.Granted
	}
	if err := dossier.Writable(*fix, t.Resolved.Request); err != nil {
		return kit.Fail(kit.No, fmt.Errorf("nothing is applied: %w", err))
	}
	to, err := element.Apply(t.Resolved.Request, fix.Edits)
	if err != nil {
		return kit.Fail(kit.No, fmt.Errorf("nothing is applied: %w", err))
	}
	a, err := collections.Amend(t.Entry, t.Entry.Saved, t.Resolved, to, t.Options)
	if err != nil {
		return kit.Fail(kit.No, amendError(err, mask.Of(t.Request)))
	}
	w := writer{d: d, f: f, t: t, mask: f.Mask(t.Request)}
	for _, n := range a.Notes {
		w.say("note: " + n)
	}
	if err := w.saved(t.Entry, a.Saved); err != nil {
		return err
	}
	for _, as := range a.Assign {
		if err := w.assign(as); err != nil {
			return err
		}
	}
	if d.History == nil {
		return nil
	}
	s := subject(d, t)
	s.Saved, s.Resolved.Request = a.Saved, to
	if err := dossier.KeepRepaired(ctx, s, d.History, r); err != nil {
		w.say("note: not in the history: " + err.Error())
	}
	return nil
}

// amendError says why a fix cannot be saved and what to do instead.
func amendError(err error, m *mask.Mask) error {
	text := m.Text(err.Error())
	if errors.Is(err, collections.ErrSecretValue) {
		return fmt.Errorf("nothing is applied: %s; change the secret where you keep it", text)
	}
	return fmt.Errorf("nothing is applied: %s", text)
}

// A writer changes files of the collection and shows each change.
type writer struct {
	d    collcli.Deps
	f    *flags
	t    collcli.Target
	mask *mask.Mask
}

func (w writer) say(text string) {
	for _, line := range safe.Block(w.mask.Text(text)) {
		fmt.Fprintln(w.d.Streams.Err, line)
	}
}

func (w writer) saved(e *collections.Entry, s collections.Saved) error {
	return w.shown(e.File, func() error { return w.t.Store.Save(e, s) })
}

// assign changes a variable where it is: in the environment, or in a folder.
func (w writer) assign(a collections.Assignment) error {
	if a.Entry != nil {
		s := a.Entry.Saved
		s.Vars = a.In(s.Vars)
		return w.saved(a.Entry, s)
	}
	env := w.t.Options.Environment
	if env == nil || env.Name != a.Environment {
		return kit.Fail(kit.No, fmt.Errorf("the variable %s is not in the environment in use", a.Name))
	}
	return w.shown(env.File, func() error { return w.t.Store.SaveEnvironment(*env, a.In(env.Variables)) })
}

// shown runs save and prints how it changed the file.
func (w writer) shown(name string, save func() error) error {
	before, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return kit.Fail(kit.File, err)
	}
	var changed *file.Changed
	switch err := save(); {
	case errors.As(err, &changed):
		return kit.Fail(kit.File, fmt.Errorf("%w; run it again", changed))
	case err != nil:
		return kit.Fail(kit.File, err)
	}
	after, err := os.ReadFile(name)
	if err != nil {
		return kit.Fail(kit.File, err)
	}
	if string(before) == string(after) || w.f.Quiet {
		return nil
	}
	w.say("applied to " + name + ":\n" + brief(udiff.Unified("before", "after", string(before), string(after))))
	return nil
}

// brief drops the names of the files from a diff: the line above it says which one it is.
func brief(diff string) string {
	lines := strings.Split(strings.TrimRight(diff, "\n"), "\n")
	if len(lines) > 2 && strings.HasPrefix(lines[0], "--- ") {
		lines = lines[2:]
	}
	return strings.Join(lines, "\n")
}
