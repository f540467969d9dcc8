package inquiry

import (
	"fmt"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/drift"
	"culprit/request"
)

// A person may choose an earlier exchange of which they say that its answer was right (Expectation.As). An answer then passes
// when it departs from that one nowhere where the wrong one does, and the culprit is among what the two requests
// differ in, or it is none of the request: nothing else is searched.

// unlike are the departures of a success from the answer that was right which make it wrong: all of them while no failure
// is at hand, else those where the failure departs, too, in whatever way, or of all that lies around that place. Values make
// none wrong, for they differ from one answer to the next; see otherValues.
func (o *oracle) unlike(x *request.Exchange) []diagnose.Departure {
	if o.expect.Content.As == nil {
		return nil
	}
	now, compared := drift.From(x, *o.expect.Content.As)
	switch {
	case o.exchange == nil:
		return now
	case !compared && x.Status()/100 == 2:
		return o.wrong // nothing shows that it is not as wrong
	}
	return slices.DeleteFunc(now, func(d diagnose.Departure) bool {
		return !slices.ContainsFunc(o.wrong, func(w diagnose.Departure) bool {
			return d.Change == "media" || d.Place == w.Place || strings.HasPrefix(w.Place, d.Place+" ") || strings.HasPrefix(w.Place, d.Place+"/")
		})
	})
}

// asRight looks for what makes the answer another one than that which was right. It reports whether a person chose one.
func (d *detective) asRight() bool {
	right := d.Expected.As
	if right == nil || len(d.oracle.wrong) == 0 {
		return false
	}
	d.result.answer = d.oracle.wrong
	d.survey()
	d.Good = []diagnose.Known{*right}
	if d.baseline(); !d.result.done() && !d.drift() {
		d.inconclusive()
	}
	return true
}

// uncompared says that x passes only because nothing of it could be compared with the answer that was right.
func (d *detective) uncompared(x *request.Exchange) {
	if right := d.Expected.As; right != nil {
		if _, compared := drift.From(x, *right); !compared {
			d.hint("nothing of the answer could be compared with that of " + right.Label + ": one of them is not whole, not JSON, or of another method")
		}
	}
}

// otherValues adds the values in which the answers of now differ from the one that was right, where both requests are the
// same, to what is said of the answer, and returns a sentence. It accuses nobody: only the person knows whether they should.
func (d *detective) otherValues(seen []*request.Exchange) string {
	right := d.Expected.As
	if right == nil {
		return ""
	}
	if d.Recorded != nil {
		seen = append(slices.Clip(seen), d.Recorded)
	}
	all, alone := drift.Values(seen, *right, d.Earlier)
	if len(all) == 0 {
		return ""
	}
	d.result.answer = append(d.result.answer, all...)
	if alone {
		d.hint("nothing tells what changes each time from what has changed: it was seen once then and once now; send it once more, or choose a later answer that was right")
	}
	text := " Its answer is built as that of " + right.Label + "; " + all[0].Text
	if more := len(all) - 1; more > 0 {
		text += fmt.Sprintf(", and %d more differ", more)
	}
	return text + "."
}
