package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"culprit/collections"
	collcli "culprit/collections/cli"
	"culprit/collections/history"
)

// pastShown is how many exchanges are listed at once: they fit on the smallest screen.
const pastShown = 20

// history lets the person search what was sent from this collection, and open one of it, until there is nothing more to do.
func (k *talk) history(ctx context.Context, filter string) error {
	if k.d.History == nil {
		k.say("Nothing is kept here: there is no folder for the history.")
		return nil
	}
	items := k.past(ctx, filter, nil)
	for {
		line, err := k.ask(ctx, "Number of an exchange, m more, /FILTER to search, h how to, b back, q quit:")
		n, bad := strconv.Atoi(line)
		switch {
		case err != nil:
			return err
		case line == "b" || line == "":
			return nil
		case line == "q":
			return errEnd
		case line == "m":
			items = k.past(ctx, filter, items)
		case line == "h":
			for _, g := range history.Grammar() {
				k.say("  %-18s  %s", g[0], g[1])
			}
		case line[0] == '/':
			filter = strings.TrimSpace(line[1:])
			items = k.past(ctx, filter, nil)
		case bad != nil || n < 1 || n > len(items):
			k.say("There is no exchange %q here.", line)
		default:
			if err := k.open(ctx, items[n-1].ID); err != nil {
				return err
			}
		}
	}
}

// past lists the exchanges after those that were listed, and returns all of them.
func (k *talk) past(ctx context.Context, filter string, listed []history.Item) []history.Item {
	q, err := history.ParseQuery(filter, time.Now())
	var found []history.Item
	if err == nil {
		var last history.Item
		if len(listed) > 0 {
			last = listed[len(listed)-1]
		}
		q.Collection = k.dir
		found, err = k.d.History.Find(ctx, q, last, pastShown)
	}
	switch {
	case err != nil:
		k.say("%v", err)
	case len(found) == 0:
		k.say("Nothing more was found.")
	}
	result := func(p history.Item) string {
		if p.Status == 0 {
			return p.Cause
		}
		return fmt.Sprint(p.Status)
	}
	widest := 4
	for _, p := range found {
		widest = max(widest, len(result(p)))
	}
	for i, p := range found {
		what := p.Entry
		if what == "" {
			what = p.URL
		}
		k.say("%3d  %s  %-7s  %-*s  %s", len(listed)+i+1, p.At.UTC().Format("2006-01-02 15:04:05"), p.Method, widest, result(p), what)
	}
	return append(listed, found...)
}

// open prints an exchange and talks about its request, as it was sent then.
func (k *talk) open(ctx context.Context, id string) error {
	x, err := k.d.History.Get(ctx, id)
	if err == nil {
		err = collcli.PrintPast(k.d.Streams, x)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		k.say("%v", err)
		return nil
	}
	k.say("")
	return k.request(ctx, collcli.Source{Past: id})
}

// asks says what has to be known before the request is sent, "" for nothing: what may change data is sent in production
// after a yes, and again after a yes anywhere.
func (m *matter) asks() string {
	guarded := collections.Guarded(m.t.Request.URL, m.t.Options.Environment)
	where := m.t.Options.Environment.Where()
	switch {
	case m.t.Request.Reads():
		return ""
	case m.t.Then != nil && guarded:
		return "It may change data once more, " + where + ". Send it again?"
	case m.t.Then != nil:
		return "It may change data once more. Send it again?"
	case guarded:
		return "It may change data, " + where + ". Send it?"
	}
	return ""
}
