package inquiry

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request"
)

// keyFields are the fields that say which sendings are one (draft-ietf-httpapi-idempotency-key-header, and its habit).
var keyFields = []string{"Idempotency-Key", "X-Idempotency-Key"}

// rekey gives a variation of a write an Idempotency-Key of its own: never the original's, for a server may only repeat
// what it answered that, and one for each distinct request (§11, rule 3). A key that was varied on purpose stays. It
// reports the name of the field, "" when nothing was changed.
func rekey(original, r request.Request) (request.Request, string) {
	if fingerprint(r) == fingerprint(original) {
		return r, "" // it is to be seen as it is
	}
	for _, name := range keyFields {
		was := request.Get(original.Header, name)
		if was == "" || original.Safe() || r.Safe() || request.Get(r.Header, name) != was {
			continue
		}
		r = r.Clone()
		r.Header = request.Set(r.Header, name, keyFor(r))
		return r, name
	}
	return r, ""
}

// keyFor is a UUID made of the request, so that the same request always has the same (RFC 9562 §5.8).
func keyFor(r request.Request) string {
	h := sha256.Sum256([]byte(fingerprint(r)))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// keyLike is another key of the same form, "" for a key that is a UUID: what a new one of its form does not mend is its
// form.
func (d *detective) keyLike(key string) string {
	if habit.UUIDLike(key) {
		return ""
	}
	fresh := strings.ReplaceAll(keyFor(d.base), "-", "")
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
	if d.base.Safe() || len(d.accused()) > 0 {
		return nothing
	}
	for _, name := range keyFields {
		id := diagnose.ElementID("header:" + name)
		e, ok := d.scene.index.Get(id)
		if !ok || strings.TrimSpace(e.Text) == "" || e.Text != request.Get(d.Request.Header, name) {
			continue
		}
		edit := diagnose.Edit{Element: id, Op: diagnose.Set, To: keyFor(d.base), Source: "transform", Cause: "idempotency_key_reused", Weight: 2, Why: "another key: a server may only repeat what it answered the first time"}
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
