package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// keyLike is another key of the same form, "" for a key that is a UUID: what a new one of its form does not mend is its
// form.
func (f *failure) keyLike(key string) string {
	if habit.UUIDLike(key) {
		return ""
	}
	fresh := strings.ReplaceAll(ladder.KeyFor(f.base, f.Now), "-", "")
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
	if d.base.Safe() || slices.ContainsFunc(d.scene.evidence, func(e diagnose.Evidence) bool { return e.Missing && data(e.Element) && e.Ratio >= strong }) {
		return nothing // what misses something has read this very request
	}
	for _, name := range ladder.KeyFields {
		id := diagnose.ID("header", name)
		if len(accused) > 0 && accused[0].Element != id {
			continue
		}
		e, ok := d.scene.index.Get(id)
		if !ok || strings.TrimSpace(e.Text) == "" || e.Text != request.Get(d.Request.Header, name) {
			continue
		}
		edit := diagnose.Edit{Element: id, Op: diagnose.Set, To: ladder.KeyFor(d.base, d.Now), Source: "transform", Cause: "idempotency_key_reused", Weight: 2, Why: "another key: a server may only repeat what it answered the first time"}
		if like := d.keyLike(e.Text); like != "" {
			same := edit
			same.To = like
			if p := d.mend(same); p != nothing {
				return p
			}
			edit.Cause, edit.Why = "invalid_request_header", "a key that is a UUID"
		}
		return d.mend(edit)
	}
	return nothing
}
