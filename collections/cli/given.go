package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"culprit/collections/history"
	kit "culprit/request/cli"
	"culprit/request/safe"
)

// The history keeps no secrets. What was sent for a saved request gets them from where it gets them now; a curl command held
// them itself, so a person gives them again: in a variable of the process, or typed unseen.

// given gives the secrets that current does not have. Each is asked for once. unasked gets those that no person was asked for.
func given(ctx context.Context, d Deps, c *kit.Common, current func(ref string) (string, bool), unasked map[string]bool) func(ref string) (string, bool) {
	asked := map[string]string{}
	return func(ref string) (string, bool) {
		if v, ok := current(ref); ok {
			return v, true
		}
		v, known := asked[ref]
		switch {
		case known:
		case d.Getenv != nil && d.Getenv(givenBy(ref)) != "":
			v, unasked[ref] = d.Getenv(givenBy(ref)), true
		case d.Streams.InTerm && d.Streams.Hidden != nil && !c.Quiet && !c.JSON:
			v, _ = d.Streams.Hidden(ctx, safe.Line(ref).String()+", which the history does not keep (not shown): ") // no answer is no value
		}
		v = bare(ref, v)
		asked[ref] = v
		return v, v != ""
	}
}

// bare is a credential without its scheme, which the history has: a person gives the header as it is written (RFC 9110 §11.4).
func bare(ref, value string) string {
	if words := strings.Fields(value); len(words) == 2 && strings.HasSuffix(strings.ToLower(ref), "authorization") {
		return words[1]
	}
	return value
}

// givenBy is the variable of the process that gives a secret: CULPRIT_SECRET_HEADER_AUTHORIZATION.
func givenBy(ref string) string {
	return "CULPRIT_SECRET_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToUpper(ref))
}

// ungiven says what to do about a secret that has no value now.
func ungiven(err error) error {
	var no *history.NoSecret
	if !errors.As(err, &no) {
		return err
	}
	return fmt.Errorf("it held a secret that the history does not keep, %s: give it in %s, or run this at a terminal, which asks for it", no.Ref, givenBy(no.Ref))
}

// otherwise refuses a secret of the process's environment that is not the one that was sent then: it may be for another
// server, and nobody was asked. It is nil where there is none among refs.
func otherwise(refs []string, unasked map[string]bool) error {
	for _, ref := range refs {
		if unasked[ref] {
			return kit.Fail(kit.Unsafe, fmt.Errorf("%s has another value than was sent then, which may be for another server, so nothing was sent: run this at a terminal without it, and it asks", givenBy(ref)))
		}
	}
	return nil
}
