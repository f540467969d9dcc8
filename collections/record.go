package collections

import (
	"context"
	"strconv"
	"strings"
	"time"

	"culprit/request"
)

// A Record is an exchange that happened and what it was sent for.
type Record struct {
	Collection  string // absolute folder; "" for a request that is in no collection
	Entry       string // path in the collection, "" for none
	Environment string
	// Saved is the template: the request with its variables not filled in.
	Saved Saved
	// Exchange is what happened. The recorder gives it its ID, reads its bodies and does not close them.
	Exchange *request.Exchange
	Checks   []Checked // of its assertions; nil when it has none
	Passed   bool      // a whole response with a status below 400, and no assertion failed
}

// Kept is what is kept of an exchange. It holds no secrets and is not to be sent.
type Kept struct {
	Exchange *request.Exchange
	Checks   []Checked
	Doubt    string // why a success is none after all, untrusted; "" for no doubt
	Said     string // what a failing answer says of its failure, untrusted; "" for nothing
}

// A Past is one line of what happened. Texts are without secrets and untrusted.
type Past struct {
	ID                             string
	At                             time.Time
	Collection, Entry, Environment string
	Method, URL                    string
	Status                         int    // 0 when no response came
	Cause                          string // phase and cause of a failure, "" for none
	Took                           time.Duration
	Passed                         bool
	Template                       string // equal for exchanges of the same saved request
	BodySize                       int64
}

// Result is what came back, in short: the status, or why there is none.
func (p Past) Result() string {
	if p.Status == 0 {
		return p.Cause
	}
	return strconv.Itoa(p.Status)
}

// Unmet reports whether the response was a success but for its assertions: one of them failed.
func (p Past) Unmet() bool { return !p.Passed && p.Cause == "" && p.Status > 0 && p.Status < 400 }

// Stopped reports whether the person cancelled it, before or after a status had come.
func (p Past) Stopped() bool { return strings.HasSuffix(p.Cause, "cancelled") }

// A Recorder keeps what happened.
type Recorder interface {
	Record(ctx context.Context, r Record) error
}
