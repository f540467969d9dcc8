package core

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/diagnose/dossier"
	"culprit/diagnose/element"
	"culprit/diagnose/inquiry"
	"culprit/diagnose/prior"
	"culprit/diagnose/probe"
	"culprit/diagnose/report"
	"culprit/diagnose/safety"
	"culprit/diagnose/serverlog"
	"culprit/diagnose/spec"
	"culprit/request"
	"culprit/request/auth"
	"culprit/request/cookie"
	"culprit/tui/shell"
)

func (c *Core) diagnose(ctx context.Context, p shell.Problem, ask shell.Asker, emit func(diagnose.Event)) (diagnose.Report, error) {
	o := c.jarredAs(p.Environment, p.Exchange)
	resolved, err := collections.ResolveSaved(p.Entry, p.Saved, o)
	if err != nil && !p.Past {
		return diagnose.Report{}, err
	}
	if p.Past {
		jar := resolved.Request.Jar
		resolved.Request = p.Exchange.Request
		resolved.Request.Jar = jar // for the hops after a redirect
	}
	granted, err := c.ready(ctx, &resolved.Request, p, ask.Note)
	if err != nil {
		return diagnose.Report{}, err
	}
	subject := dossier.Subject{Entry: p.Entry, Saved: p.Saved, Resolved: resolved, Options: o, History: c.parts.History, Store: c.parts.Store, Granted: granted}
	var doc *spec.Spec
	if p.Document != "" {
		if doc, err = c.document(ctx, p.Document); err != nil {
			return diagnose.Report{}, fmt.Errorf("the document cannot be read: %w", err)
		}
	}
	wanted := p.Expected
	if p.Right != "" {
		if wanted.As, err = c.right(ctx, p.Right, p.Environment); err != nil {
			return diagnose.Report{}, fmt.Errorf("the answer that was right cannot be read: %w", err)
		}
	}
	kase := p.Tape.Case(func() diagnose.Case {
		kase := diagnose.Case{
			Request: resolved.Request, Recorded: p.Exchange, Interactive: true, Now: time.Now(), Expected: wanted,
			Production: collections.Guarded(resolved.Request.URL, o.Environment), Describe: dossier.Describe,
			Clients: c.parts.Clients,
			Around:  c.parts.Machine.Of(resolved.Request, p.Environment, resolved.Uses),
		}
		if doc != nil {
			kase.Spec = doc
		}
		for _, note := range c.gather(ctx, subject, &kase) {
			ask.Note(note)
		}
		if known, err := working(p.Working, o); err != nil {
			ask.Note(err.Error())
		} else {
			kase.Good = append(known, kase.Good...)
		}
		return kase
	})
	log, err := serverlog.Find(c.parts.Machine.Getenv, c.parts.Store.Dir(), c.parts.Store.Log(p.Environment), p.Environment)
	if err != nil {
		ask.Note(err.Error())
	}
	kase.Log, kase.Budget = log != nil, diagnose.Depth(p.Depth)
	kase.Production = kase.Production || collections.Guarded(kase.Request.URL, o.Environment) // marked since the run began
	kase.Writes = p.Allowed.Any() && kase.Grantable()
	options := probe.Options{Allow: c.consent(p, kase, ask.Allow), Reply: c.reply(log, ask), Sent: p.Tape.Sent}
	r, err := diagnose.Run(ctx, inquiry.New(kase), p.Tape.Ask(probe.Asker(c.parts.Engine, options)), emit)
	r = p.Tape.Carried(r)
	if p.Tape.Fresh(r) {
		_ = c.findings().Learn(r, time.Now()) // it only orders the probes of the next one
	}
	if c.ledger != nil && !p.Past {
		_ = dossier.Keep(ctx, subject, c.ledger, r) // the ledger says at the end what is not recorded
	}
	return r, err
}

// working is the request of which a person says that it works, none for nil. It stands for itself: nothing of a folder
// is added to it.
func working(s *collections.Saved, o collections.ResolveOptions) ([]diagnose.Known, error) {
	if s == nil {
		return nil, nil
	}
	o.Jar = nil // as curl has none
	r, err := collections.ResolveSaved(&collections.Entry{Kind: collections.HTTP, Saved: *s}, *s, o)
	if err != nil {
		return nil, fmt.Errorf("the request that works: %w", err)
	}
	return []diagnose.Known{{Label: "the pasted request", Request: r.Request, From: diagnose.FromPerson}}, nil
}

// document reads a document that a person named.
func (c *Core) document(ctx context.Context, name string) (*spec.Spec, error) {
	return dossier.Named(ctx, dossier.Within(c.parts.Store.Dir(), name), c.parts.Engine.Do)
}

// tryDocument says why a document cannot be used.
func (c *Core) tryDocument(ctx context.Context, name string) error {
	_, err := c.document(ctx, name)
	return err
}

// documents says which documents a person may name.
func (c *Core) documents(_ context.Context, typed string) shell.Documents {
	return shell.Documents{Own: c.parts.Store.Document(), Paths: dossier.Documents(c.parts.Store.Dir(), typed)}
}

// ready puts a token into a request whose auth is oauth2, and returns that auth: the token that failed, where one did.
func (c *Core) ready(ctx context.Context, r *request.Request, p shell.Problem, note func(string)) (request.Auth, error) {
	granted := r.Auth
	if granted.Scheme != auth.OAuth2 {
		return request.Auth{}, nil
	}
	if x := p.Exchange; x != nil && x.Request.Auth.Scheme != auth.OAuth2 {
		r.Auth, r.Secrets = x.Request.Auth, append(r.Secrets, x.Request.Secrets...)
		return granted, nil
	}
	var err error
	*r, err = c.tokens.Ready(ctx, c.parts.Engine.Do, *r, func(address string) {
		note("open this address in a browser to sign in: " + address)
		c.signIn(address)
	})
	return granted, err
}

// findings are what earlier diagnoses of this person proved; they lie beside the history.
func (c *Core) findings() prior.Store {
	if c.parts.History == nil {
		return prior.Store{}
	}
	return prior.Store{Dir: c.parts.History.Dir()}
}

// consent asks, and remembers an "always" for this session, this request, this class, this method and this path. What
// may change data is asked every time (§11), whatever was said before, but for as many as were allowed at once.
func (c *Core) consent(p shell.Problem, kase diagnose.Case, ask func(context.Context, diagnose.Question) (shell.Consent, error)) func(context.Context, diagnose.Question) (bool, error) {
	return func(ctx context.Context, q diagnose.Question) (bool, error) {
		if kase.Writes && !q.Unsure && q.Kind != diagnose.Renew && safety.Within(kase.Request, *q.Request) && p.Allowed.Take() {
			return true, nil
		}
		u := element.SplitURL(q.Request.URL)
		key := strings.Join([]string{p.Entry.Path, q.Safety.String(), q.Request.Method, u.Scheme, u.Host, u.Port, u.Path}, " ")
		once := q.Safety >= diagnose.S5
		if _, always := c.always.Load(key); always && !once {
			return true, nil
		}
		a, err := ask(ctx, q)
		if err == nil && a.Yes && a.Always && !once {
			c.always.Store(key, true)
		}
		if err == nil && a.Only {
			err = diagnose.ErrNotThis
		}
		return a.Yes, err
	}
}

// reply asks the person. What a server's log is asked is read from log; where that is nil, they may name a file, as for a
// document of the API.
func (c *Core) reply(log *serverlog.Source, ask shell.Asker) func(context.Context, diagnose.Question) (string, error) {
	return func(ctx context.Context, q diagnose.Question) (string, error) {
		if q.Prompt.ID == "log" && log != nil {
			lines, err := log.About(ctx, q.Prompt.About)
			if err != nil {
				ask.Note(err.Error())
			}
			return lines, nil
		}
		s, err := ask.Reply(ctx, q)
		if err != nil {
			return s, err
		}
		switch q.Prompt.ID {
		case "log":
			return serverlog.Reply(s, c.parts.Store.Dir(), q.Prompt.About), nil
		case "document":
			s, err := dossier.Reply(ctx, s, c.parts.Store.Dir(), c.parts.Engine.Do)
			if err != nil {
				ask.Note(err.Error())
			}
			return s, ctx.Err()
		}
		return s, nil
	}
}

// gather adds what is known of the request; the notes say what could not be read. What cannot be recorded is said when
// the program ends; older passes are there all the same.
func (c *Core) gather(ctx context.Context, s dossier.Subject, kase *diagnose.Case) (notes []string) {
	if c.ledger != nil {
		_ = c.ledger.wait(ctx)
	}
	c.mu.Lock()
	s.Collection = c.collection
	c.mu.Unlock()
	notes = dossier.Gather(ctx, s, kase)
	priors, err := c.findings().Load(kase.Request.URL)
	if err != nil {
		notes = append(notes, err.Error())
	}
	kase.Priors = priors
	return notes
}

// repair carries a fix back into what is saved: its edits are put into what the request is now, so that what else
// was different in an old exchange does not come with them.
func (c *Core) repair(p shell.Problem, fix diagnose.Fix) (collections.Amendment, error) {
	if p.Entry.File == "" {
		return collections.Amendment{}, errors.New("it is not in this collection")
	}
	o := c.jarredAs(p.Environment, p.Exchange)
	resolved, err := collections.ResolveSaved(p.Entry, p.Saved, o)
	if err != nil {
		return collections.Amendment{}, err
	}
	own, drop := parted(fix.Edits, resolved)
	fix.Edits = own
	if len(fix.Edits) == 0 {
		return collections.Amendment{Saved: p.Saved, Drop: drop}, nil
	}
	if err := dossier.Writable(fix, resolved.Request); err != nil {
		return collections.Amendment{}, err
	}
	to, err := element.Apply(resolved.Request, fix.Edits)
	if err != nil {
		return collections.Amendment{}, err
	}
	a, err := collections.Amend(p.Entry, p.Saved, resolved, to, o)
	a.Drop = drop
	return a, err
}

// parted are the edits of what is saved, and the cookies that the others take out of the jar.
func parted(edits []diagnose.Edit, r collections.Resolved) (own []diagnose.Edit, drop []string) {
	for _, e := range edits {
		name := e.Element.Name()
		if e.Element.Is("cookie") && e.Op == diagnose.Remove && slices.ContainsFunc(r.Jarred, func(c cookie.Cookie) bool { return c.Name == name }) {
			drop = append(drop, name)
		} else {
			own = append(own, e)
		}
	}
	return own, drop
}

// assign writes variables that a fix changes; what it wrote before an error stays written.
func (c *Core) assign(_ context.Context, p shell.Problem, as []collections.Assignment) error {
	env := c.options(p.Environment).Environment
	for _, a := range as {
		switch {
		case a.Entry != nil:
			s := a.Entry.Saved
			s.Vars = a.In(s.Vars)
			if err := c.parts.Store.Save(a.Entry, s); err != nil {
				return err
			}
		case env == nil || env.Name != a.Environment:
			return errors.New("the variable " + a.Name + " is not in the environment in use")
		default:
			if err := c.parts.Store.SaveEnvironment(*env, a.In(env.Variables)); err != nil {
				return err
			}
		}
	}
	return nil
}

// saveReport writes a report, secrets masked.
func (c *Core) saveReport(_ context.Context, p shell.Problem, r diagnose.Report, ext string) (string, error) {
	name := "culprit-" + strings.ReplaceAll(p.Entry.Path, "/", "-") + "-" + time.Now().UTC().Format("20060102-150405") + ext
	w, path, err := c.parts.Create(name)
	if err != nil {
		return "", err
	}
	switch ext {
	case ".json":
		err = report.JSON(w, r, false)
	case ".har":
		err = report.HAR(w, r, c.parts.Version, false)
	default:
		err = report.Markdown(w, r, false)
	}
	return path, errors.Join(err, w.Close())
}
