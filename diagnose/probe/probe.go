// Package probe answers a diagnosis's questions on the real network: it sends the variations and looks at DNS,
// TCP and TLS. It decides nothing; what may be sent is decided by the consent it is given.
package probe

import (
	"context"
	"errors"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// Doer performs an exchange; *request.Engine is one.
type Doer interface {
	Do(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error)
}

// Options are how questions may be answered. The zero value sends only what needs no consent.
type Options struct {
	// Allow gives consent to a probe that may change data or act (S3 and above). Nil refuses all of them. It
	// may block until a person answered; diagnose.ErrNotThis says no to this one and nothing of others.
	Allow func(context.Context, diagnose.Question) (bool, error)
	// Reply answers a question to the person; "" is "don't know". Nil never knows.
	Reply func(context.Context, diagnose.Question) (string, error)
	// Sent is told of every probe before it goes out; nil tells nobody.
	Sent func(diagnose.Question)
	// Net is the network for looks below HTTP; the zero value is the real one.
	Net request.Net
	// Resolver is whom a look at DNS asks beside Net; the zero value is the system's own name servers.
	Resolver Resolver
}

// Asker returns the function that diagnose.Run asks with. It is for one run.
func Asker(engine Doer, o Options) func(context.Context, diagnose.Question) (diagnose.Answer, error) {
	a := &asker{engine: engine, o: o, last: map[string]time.Time{}}
	return a.ask
}

type asker struct {
	engine Doer
	o      Options
	last   map[string]time.Time // of each host that is not this machine, when the last probe began
}

// gap is the least time between the starts of two probes to one host (§10).
const gap = 250 * time.Millisecond

// maxProbeBody is what is read of a probe's answer: an error says what it has to say in less (RELIABILITY 4.2).
const maxProbeBody = 256 << 10

func (a *asker) ask(ctx context.Context, q diagnose.Question) (diagnose.Answer, error) {
	switch {
	case q.Prompt != nil:
		if a.o.Reply == nil {
			return diagnose.Answer{}, nil
		}
		s, err := a.o.Reply(ctx, q)
		return diagnose.Answer{Reply: s}, err
	case q.Look != nil:
		s := a.look(ctx, *q.Look)
		return diagnose.Answer{Sight: &s}, ctx.Err()
	case q.Request == nil:
		return diagnose.Answer{}, errors.New("a question that asks nothing")
	}
	if ok, why, err := a.allowed(ctx, q); err != nil || !ok {
		return diagnose.Answer{Refused: why}, err
	}
	if err := a.pace(ctx, *q.Request, q.Wait); err != nil {
		return diagnose.Answer{}, err
	}
	if a.o.Sent != nil {
		a.o.Sent(q)
	}
	r := q.Request.Clone()
	if r.Settings.Limits.Body == 0 {
		r.Settings.Limits.Body = maxProbeBody
	}
	x, _ := a.engine.Do(ctx, r, nil)
	return diagnose.Answer{Exchange: x}, ctx.Err()
}

// allowed asks for consent where the class of the probe needs one (§11).
func (a *asker) allowed(ctx context.Context, q diagnose.Question) (bool, string, error) {
	switch {
	case q.Safety >= diagnose.S6:
		return false, "never sent", nil
	case q.Safety < diagnose.S3, q.Safety == diagnose.S3 && q.Free:
		return true, "", nil
	case a.o.Allow == nil:
		return false, diagnose.NoConsent, nil
	}
	ok, err := a.o.Allow(ctx, q)
	switch {
	case errors.Is(err, diagnose.ErrNotThis):
		return false, diagnose.NotThis, nil
	case !ok:
		return false, diagnose.NoConsent, err
	}
	return true, "", err
}

// pace keeps the gap and waits for what the probe itself asks for.
func (a *asker) pace(ctx context.Context, r request.Request, wait time.Duration) error {
	u := element.SplitURL(r.URL)
	host := strings.ToLower(u.Host)
	last, known := a.last[host]
	if rest := gap - time.Since(last); known && rest > wait {
		wait = rest
	}
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if !element.Loopback(host) {
		a.last[host] = time.Now()
	}
	return nil
}
