package diagnose

import "errors"

// How a person refuses a probe.
const (
	// NoConsent refuses it and, where it may change data, all that are like it in that.
	NoConsent = "no consent"
	// NotThis refuses this one alone: the session goes on with others.
	NotThis = "not this one"
)

// ErrNotThis is how who is asked for consent answers NotThis.
var ErrNotThis = errors.New(NotThis)

// Grantable reports whether a person may allow the variations of the request that may change data all at once: on production
// each is asked for, and a deletion is typed, also one that something in the request asks for (§11).
func (c Case) Grantable() bool { return !c.Production && c.Request.Removes() == "" }
