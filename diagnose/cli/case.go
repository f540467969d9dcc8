package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"culprit/collections"
	collcli "culprit/collections/cli"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/diagnose/element"
	"culprit/diagnose/prior"
	"culprit/diagnose/serverlog"
	"culprit/diagnose/surroundings"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/outside"
)

// caseOf gathers what is known before the first probe.
func caseOf(ctx context.Context, d collcli.Deps, f *flags, t collcli.Target, p progress) (diagnose.Case, error) {
	c := diagnose.Case{
		Expected: f.expected,
		Request:  f.Limit(t.Request), Writes: f.writes, DryRuns: f.dryRuns, Interactive: prompts(d, f), Now: time.Now(),
		Production: collections.Guarded(t.Request.URL, t.Options.Environment), Budget: f.budget(), Clients: outside.Clients(), Describe: dossier.Describe,
	}
	if f.from != "" {
		c.Places = []string{string(f.from)}
	}
	var err error
	if c.Good, err = working(ctx, d, f); err != nil {
		return c, err
	}
	if f.right != "" {
		right, err := rightOf(ctx, d, f, t)
		if err != nil {
			return c, fmt.Errorf("--expect-as: %w", err)
		}
		c.Expected.As = right
	}
	if t.Then != nil {
		c.Recorded = t.Then.Whole()
		c.Recorded.Request = c.Request
	}
	if f.spec != "" {
		s, err := document(ctx, d, f.spec)
		if err != nil {
			return c, err
		}
		c.Spec = s
	}
	if err := f.openLog(d, t, p); err != nil {
		return c, kit.Fail(kit.File, err)
	}
	c.Log = f.lines != nil
	if c.Priors, err = findings(d).Load(t.Request.URL); err != nil {
		p.say("note: " + err.Error())
	}
	c.Around = surroundings.Machine{Getenv: d.Getenv, Interfaces: surroundings.Up}.Of(c.Request, environmentOf(t), t.Resolved.Uses)
	if t.Entry == nil {
		if t.Then == nil {
			for _, n := range dossier.Commands(ctx, d.History, &c) {
				p.say("note: " + n)
			}
		}
		c.Request.Secrets = dossier.Borrowed(c)
		return c, nil
	}
	notes := dossier.Gather(ctx, subject(d, t), &c)
	for i := range c.Good {
		c.Good[i].Request = f.Limit(c.Good[i].Request)
	}
	for _, n := range notes {
		p.say("note: " + n)
	}
	return c, nil
}

// working are the requests of which the person says that they work.
func working(ctx context.Context, d collcli.Deps, f *flags) (known []diagnose.Known, err error) {
	for _, g := range []struct {
		flag string
		src  collcli.Source
		set  bool
	}{
		{"--good-curl", collcli.Source{Curl: f.goodCurl}, f.goodCurl != ""},
		{"--good", goodSource(f.good), f.good != ""},
	} {
		if !g.set {
			continue
		}
		good, err := collcli.Find(ctx, d, &f.Common, g.src)
		if err != nil {
			return known, fmt.Errorf("%s: %w", g.flag, err)
		}
		good.Close()
		known = append(known, diagnose.Known{Label: "the request of " + g.flag, Request: good.Request, From: diagnose.FromPerson})
	}
	return known, nil
}

// environmentOf is the name of the environment in use, "" for none.
func environmentOf(t collcli.Target) string {
	if t.Options.Environment == nil {
		return ""
	}
	return t.Options.Environment.Name
}

// rightOf is the exchange of --expect-as.
func rightOf(ctx context.Context, d collcli.Deps, f *flags, t collcli.Target) (*diagnose.Known, error) {
	was, err := collcli.Find(ctx, d, &f.Common, collcli.Source{Past: f.right, Own: append([]request.Secret{}, t.Request.Secrets...)})
	if err != nil {
		return nil, err
	}
	defer was.Close()
	if u := element.SplitURL(was.Request.URL); was.Entry == nil && !u.SameOrigin(element.SplitURL(t.Request.URL)) {
		return nil, kit.Fail(kit.Usage, errors.New("it was sent to another host, for which the credentials of this request are not"))
	}
	k, err := dossier.Right(*was.Then, f.Limit(was.Request), was.Changed, environmentOf(t))
	if err != nil {
		return nil, kit.Fail(kit.Usage, err)
	}
	return k, nil
}

// openLog opens the log that --log names, else the one that a variable or the collection names.
func (f *flags) openLog(d collcli.Deps, t collcli.Target, p progress) error {
	if f.log != "" {
		file, err := serverlog.Open(f.log)
		f.lines = serverlog.Of(file)
		return err
	}
	dir, inside, environment := "", "", environmentOf(t)
	if t.Store != nil {
		dir, inside = t.Store.Dir(), t.Store.Log(environment)
	}
	var err error
	if f.lines, err = serverlog.Find(d.Getenv, dir, inside, environment); err != nil {
		p.say("note: " + err.Error())
	}
	return nil
}

// subject is a saved request as package dossier wants it.
func subject(d collcli.Deps, t collcli.Target) dossier.Subject {
	resolved := t.Resolved
	resolved.Request = t.Request // of an old exchange it is what was sent then
	return dossier.Subject{Entry: t.Entry, Saved: t.Entry.Saved, Resolved: resolved, Options: t.Options,
		Collection: t.Collection, History: d.History, Store: t.Store, Granted: t.Granted}
}

// findings are what earlier diagnoses of this person proved; they lie beside the history.
func findings(d collcli.Deps) prior.Store {
	if d.History == nil {
		return prior.Store{}
	}
	return prior.Store{Dir: d.History.Dir()}
}

// goodSource reads --good: a saved request, or an entry of a HAR file.
func goodSource(name string) collcli.Source {
	if i := strings.LastIndexByte(filepath.Base(name), '#'); i > 0 {
		return collcli.Source{HAR: name}
	}
	return collcli.Source{Args: []string{name}}
}
