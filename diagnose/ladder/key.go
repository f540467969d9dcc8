package ladder

import (
	"time"

	"culprit/diagnose/habit"
	"culprit/request"
)

// KeyFields are the fields that say which sendings are one (draft-ietf-httpapi-idempotency-key-header, and its habit).
var KeyFields = []string{"Idempotency-Key", "X-Idempotency-Key"}

// rekey gives a variation of a write an Idempotency-Key of its own: never that of the failing request, for a server may only
// repeat what it answered that, and one for each distinct request (§11, rule 3), whether the person wrote the key or it is
// part of what was mended already. A key that is varied on purpose stays. It reports the name of the field, "" when nothing
// was changed.
func (l *Ladder) rekey(r request.Request) (request.Request, string) {
	base := l.c.Case.Request
	if l.c.Base != nil {
		base = *l.c.Base
	}
	for _, name := range KeyFields {
		was := request.Get(base.Header, name)
		if was == "" || base.Safe() || r.Safe() || request.Get(r.Header, name) != was {
			continue
		}
		if asked := Fingerprint(r); asked == Fingerprint(base) || asked == Fingerprint(l.c.Case.Request) {
			break // it is to be seen as it is
		}
		r = r.Clone()
		r.Header = request.Set(r.Header, name, KeyFor(r, l.c.Case.Now))
		return r, name
	}
	return r, ""
}

// KeyFor is a key made of the request and of the moment of the run: the same request always has the same in it, and none that
// the server remembers from an earlier run.
func KeyFor(r request.Request, run time.Time) string {
	return habit.Key(Fingerprint(r), run.UTC().Format(time.RFC3339Nano))
}
