package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/ladder"
	"culprit/request"
)

// usualType is the type of such a body that every filter lets through: what programs send, or browsers.
func usualType(body string) string {
	if body = strings.TrimSpace(body); strings.HasPrefix(body, "{") || strings.HasPrefix(body, "[") {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// content asks whether a write that is refused without a word is refused for what it carries: the same without a body and
// its type is taken then, or fails for another reason, and the method is not to blame. A type that passes is the culprit.
func (d *detective) content() progress {
	if d.base.Safe() || d.base.Body.Kind == request.NoBody {
		return nothing
	}
	bare := d.base.Clone()
	bare.Body, bare.Header = request.Body{}, request.Del(bare.Header, "Content-Type")
	_, out, n := d.send(bare, ladder.Probe{Kind: diagnose.Contrast, Step: diagnose.Formats, Why: "is the same taken without its body?", Pass: "it is what the request carries that is refused"})
	if out != diagnose.Pass && out != diagnose.Other {
		return nothing
	}
	const id = diagnose.ElementID("header:Content-Type")
	if now, t := request.Get(d.base.Header, "Content-Type"), usualType(d.base.Body.Text); now != "" && !strings.HasPrefix(now, t) {
		e := diagnose.Edit{Element: id, Op: diagnose.Set, To: t, Source: "transform", Cause: "unsupported_media_type", Weight: strong, Why: "a type that every filter lets through"}
		if p := d.mend(e); p != nothing {
			return p
		}
	}
	d.notes.finding(diagnose.Formats, "without its body the request is answered otherwise: it is what it carries that is refused")
	d.explain("blocked_by_waf", "body", "without its body the request is answered otherwise", namingAlready)
	c := &d.result.culprits[0]
	c.Evidence = append(slices.Clone(c.Evidence), n)
	if out == diagnose.Other && c.Cause == "blocked_by_waf" {
		c.Standing, c.Confidence = diagnose.Suspected, 0.6
		d.hint("that the body is missing may only be seen before it is asked who may do this: it may be the permission")
	}
	return nothing
}
