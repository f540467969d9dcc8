package evidence

import (
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

// addFound adds evidence for elements that are in the request.
func (r *reader) addFound(i issue, found []int) {
	found = r.oneBelow(found, &i)
	for _, n := range found {
		e := &r.ix.entries[n]
		cl, ratio := i.class, i.ratio/float64(len(found))
		if cl == missing || cl == blank {
			if !e.empty() && !(i.zero && e.zero()) {
				if e.place == inBody && i.ratio >= likely { // a name that a sentence only has in it may be about something else
					r.unseen = append(r.unseen, e.id)
				}
				ratio /= 10 // it is there: the complaint is about something else
				if i.zero && i.code == "required" && e.place == inBody {
					ratio /= 10
					r.misread = append(r.misread, i)
				}
				if cl == blank {
					ratio /= 2 // and says of what it did not see that it is empty
				}
			}
			cl = wrongValue
		}
		if v := e.value(); cl == unexpected && v != "" && strings.Contains(i.text, "'"+v+"'") && !strings.Contains(i.text, "'"+lastOf(e.segs)+"'") {
			cl = wrongValue // it is the value that is not wanted
		}
		if cl == exists && e.typeName() == "array" {
			cl = wrongValue // of its items, which have to differ
		}
		if cl == wrongType && e.typeName() != "" && i.expected != "" && fitsType(e.typeName(), i.expected) && (e.typeName() != "number" || i.expected == "integer" && strings.Trim(e.value(), "-0123456789") == "") {
			if i.dialect == thrown || e.place == inBody && i.received != "" && !fitsType(e.typeName(), i.received) {
				continue // a variable of the program with the same name, a member of another document: what was sent is of the right type
			}
			cl = wrongValue
		}
		if cl == wrongType && e.place == inHeader && isType(i.expected) && mediaRE.MatchString(e.value()) && fold(lastOf(i.segs)) != fold(lastOf(e.segs)) {
			continue // the media type that a sentence repeats: what is in the body is to be a number
		}
		if cl == wrongType && e.typeName() == "string" && isFormat(i.expected) {
			cl = wrongFormat
		}
		ev := diagnose.Evidence{Kind: "pointer", Source: i.source, Text: i.describe(), Element: e.id, Ratio: ratio,
			Allowed: i.allowed, Expected: i.expected, Cause: i.cause}
		if cl == unclear && e.container() && e.place == inBody && r.ix.leaves(e.segs) > 1 {
			ev.Ratio = min(ev.Ratio, challenge) // nothing says what is wrong with all of it
		}
		if cl == unexpected && e.typeName() == "object" && withinRE.MatchString(i.text) {
			ev.Ratio = challenge // something in it, not it
		}
		if ev.Cause == "" {
			ev.Cause = cl.cause(e.place)
			negotiated(&ev)
		}
		if e.el != nil && vagueCause(ev.Cause) {
			ev.Cause = ofSecret(&i, e, ev.Cause)
		}
		if r.resp.Status == 404 && absentRE.MatchString(short(i.text)) {
			ev.Cause = "resource_not_found"
		}
		if ev.Cause == "malformed_json" {
			ev.Cause = r.syntaxCause()
		}
		if st := r.resp.Status; e.place == inHeader && e.el != nil && e.el.Secret && (st == 401 || st == 403) && ev.Cause == "invalid_request_header" {
			ev.Cause = "invalid_credentials" // "a valid X-Api-Key must be sent" of one that was sent
		}
		r.add(ev)
	}
}

// negotiated gives complaints about Content-Type, Content-Encoding, Accept and Idempotency-Key their own causes.
func negotiated(e *diagnose.Evidence) {
	switch e.Element {
	case "header:Content-Type":
		e.Cause = "unsupported_media_type"
	case "header:Accept":
		e.Cause = "not_acceptable"
	case "header:Idempotency-Key":
		if e.Cause == "already_exists" { // the operation with that key
			e.Cause = "idempotency_key_reused"
		}
		return
	case "header:Content-Encoding":
		if e.Cause == "invalid_request_header" {
			e.Cause = "unsupported_charset_or_encoding"
		}
		return
	default:
		return
	}
	if m := mediaIn(e.Text, e.Cause); len(m) > 0 {
		e.Allowed = m
	}
}

func isFormat(t string) bool {
	switch t {
	case "date", "date-time", "email", "uuid", "uri":
		return true
	}
	return false
}

// addMissing adds evidence for an element that is not in the request.
func (r *reader) addMissing(i issue) {
	if i.class == unexpected || i.class == exists {
		if i.cause == "" {
			i.cause = i.class.cause(i.place)
		}
		r.add(diagnose.Evidence{Kind: "text", Source: i.source, Text: i.describe(), Cause: i.cause, Ratio: min(i.ratio, code)})
		return
	}
	if i.bare {
		i.ratio = code
	}
	if r.ix.record() == nil && !i.absolute && len(i.segs) == 1 && (i.class == missing || i.class == blank) && (i.place == inBody || i.place == anywhere) {
		i.segs = append(r.ix.wrapper(), i.segs...) // Active Model names the attributes of the one object that was sent
	}
	if i.pascal && len(i.segs) == 1 && i.segs[0] != "" && styleOf(r.ix.childNames(nil)) == habit.Pascal {
		i.segs = []string{strings.ToUpper(i.segs[0][:1]) + i.segs[0][1:]}
	}
	i.segs = r.ix.without(i.segs)
	if i.zero && len(i.segs) > 1 {
		i.segs = r.ix.asSiblings(i.segs)
	}
	id := r.ix.missing(i.segs, i.place)
	if id == "" {
		return
	}
	if last := lastOf(i.segs); i.wire && i.place != inHeader && len(last) <= len(id) && strings.EqualFold(string(id[len(id)-len(last):]), last) {
		id = id[:len(id)-len(last)] + diagnose.ElementID(last)
	}
	ratio := i.ratio
	if i.class != missing && i.class != blank {
		ratio = min(ratio, likely) // judged although absent: validators do that with undefined values
		if i.class == wrongValue || i.class == unclear {
			ratio = min(ratio, code) // it may as well be about something that the server has
		}
	}
	if i.class == missing && !i.absolute && len(r.ix.byLast[fold(lastOf(i.segs))+"s"]) > 0 {
		ratio = min(ratio, echo) // there are several of them: it is something in one that is missed
	}
	pl, _ := takeApart(id)
	cause := missing.cause(pl)
	if pl == inPath {
		cause = "invalid_request_parameter"
	}
	if i.class == together {
		cause = "interacting_parameters"
	}
	r.add(diagnose.Evidence{Kind: "pointer", Source: i.source, Text: i.describe(), Cause: cause, Element: id, Missing: pl != inPath,
		Ratio: ratio, Allowed: i.allowed, Expected: i.expected})
}

// describe is the text of the evidence: the server's words, or its code.
func (i *issue) describe() string {
	if i.text != "" {
		return i.text
	}
	return i.code
}
