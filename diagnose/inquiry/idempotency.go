package inquiry

import (
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request"
)

// keyFields are the fields that say which sendings are one (draft-ietf-httpapi-idempotency-key-header, and its habit).
var keyFields = []string{"Idempotency-Key", "X-Idempotency-Key"}

// rekey gives a variation of a write an Idempotency-Key of its own: never that of the failing request, for a server may only
// repeat what it answered that, and one for each distinct request (§11, rule 3), whether the person wrote the key or it is
// part of what was mended already. A key that is varied on purpose stays. It reports the name of the field, "" when nothing
// was changed.
func (l *ladder) rekey(r request.Request) (request.Request, string) {
	base := l.c.Request
	if l.base != nil {
		base = *l.base
	}
	if fingerprint(r) == fingerprint(base) || fingerprint(r) == fingerprint(l.c.Request) {
		return r, "" // it is to be seen as it is
	}
	for _, name := range keyFields {
		was := request.Get(base.Header, name)
		if was == "" || base.Safe() || r.Safe() || request.Get(r.Header, name) != was {
			continue
		}
		r = r.Clone()
		r.Header = request.Set(r.Header, name, keyFor(r, l.c.Now))
		return r, name
	}
	return r, ""
}

// keyFor is a key made of the request and of the moment of the run: the same request always has the same in it, and none that
// the server remembers from an earlier run.
func keyFor(r request.Request, run time.Time) string {
	return habit.Key(fingerprint(r), run.UTC().Format(time.RFC3339Nano))
}

// keyLike is another key of the same form, "" for a key that is a UUID: what a new one of its form does not mend is its
// form.
func (f *failure) keyLike(key string) string {
	if habit.UUIDLike(key) {
		return ""
	}
	fresh := strings.ReplaceAll(keyFor(f.base, f.Now), "-", "")
	i := 0
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' && r < 'A' || r > 'Z' && r < 'a' || r > 'z' {
			return r
		}
		c := fresh[i%len(fresh)]
		i++
		if r <= '9' {
			return '1' + rune(c)%9
		}
		return 'a' + rune(c)%26
	}, key)
}

// otherKey sends the request as it is under another Idempotency-Key: what passes then was only refused for its key. It
// comes before the variations, for they all have keys of their own.
func (d *detective) otherKey() progress {
	accused := d.accused()
	if d.base.Safe() {
		return nothing
	}
	for _, name := range keyFields {
		id := diagnose.ID("header", name)
		if len(accused) > 0 && accused[0].Element != id {
			continue
		}
		e, ok := d.scene.index.Get(id)
		if !ok || strings.TrimSpace(e.Text) == "" || e.Text != request.Get(d.Request.Header, name) {
			continue
		}
		edit := diagnose.Edit{Element: id, Op: diagnose.Set, To: keyFor(d.base, d.Now), Source: "transform", Cause: "idempotency_key_reused", Weight: 2, Why: "another key: a server may only repeat what it answered the first time"}
		if like := d.keyLike(e.Text); like != "" {
			same := edit
			same.To = like
			if p := d.try([]diagnose.Edit{same}, diagnose.Repair, same.Why); p != nothing {
				return p
			}
			edit.Cause, edit.Why = "invalid_request_header", "a key that is a UUID"
		}
		return d.try([]diagnose.Edit{edit}, diagnose.Repair, edit.Why)
	}
	return nothing
}
