package evidence

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request/lazyre"
)

// What a server keeps of who asks (money, goods, places) is no element of a request: that there is too little of it is a rule
// that the request runs into, and no value that is wrong by itself.

// heldRE is too little of what a server keeps.
var heldRE = lazyre.New(`(?i)\b(?:insufficient|not enough|out of|no (?:more|remaining)|exceeds?(?: the| your)?|(?:more|greater|higher) than(?: the| your)?)[ _](?:available |current |remaining |account |wallet |card )*(?:funds?|balance|credits?|stock|inventory|capacity|allowance)\b|` +
	`\b(?:your|account|available|current|remaining|wallet|card|customer)(?:'s)? (?:funds?|balance|credits?|stock|inventory|capacity|allowance) (?:is|are|was|has)?[ ]?(?:too low|too small|insufficient|not sufficient|exhausted|exceeded|not enough|empty|used up)\b|` +
	`\b(?:funds?|balance|credits?|stock|inventory|capacity) (?:of|for|in|on) .{1,40} (?:is|are) (?:too low|insufficient|not sufficient|exhausted|not enough|empty|used up)\b|` +
	`\b(?:funds?|balance|stock|inventory) (?:is |are )?(?:insufficient|not sufficient|exhausted|used up|depleted)\b`)

// heldCode is the same as a code, folded.
var heldCode = lazyre.New(`^(?:insufficient|notenough|outof|no)(?:account)?(?:funds?|balance|credits?|stock|inventory|capacity)$`)

// held reads what was made of sentences about what the server keeps: what is named in those words is its own, what is named
// beside them runs into a rule.
func (r *reader) held(all []said) {
	switch r.resp.Status {
	case 400, 402, 403, 409, 422:
	default:
		return
	}
	for _, s := range all {
		if words := strings.ToLower(heldRE.FindString(s.text)); words != "" {
			r.ruledBy(s, words)
			return
		}
	}
	if c := r.doc.root.first("code", "error.code", "errorCode", "error"); heldCode.MatchString(fold(c)) {
		r.ruledBy(said{"body code", c}, strings.ToLower(c))
	}
}

// ruledBy is held for one sentence, with the words in it.
func (r *reader) ruledBy(s said, words string) {
	named := false
	r.out = slices.DeleteFunc(r.out, func(e diagnose.Evidence) bool {
		return data(e.Element) && strings.Contains(s.text, e.Text) && e.Ratio < certain && standsAlone(words, strings.ToLower(e.Element.Last()), false)
	})
	for i := range r.out {
		if e := &r.out[i]; data(e.Element) && e.Text != "" && strings.Contains(s.text, e.Text) {
			if e.Cause == "invalid_body_property_value" || e.Cause == "invalid_request_parameter" {
				e.Cause = "business_rule_violation"
			}
			named = named || e.Ratio >= code
		}
	}
	if !named && r.resp.Status != 409 { // whose status says already that it is a matter of state
		r.add(diagnose.Evidence{Kind: "text", Source: s.source, Text: s.text, Cause: "business_rule_violation", Element: "server", Ratio: code})
	}
}

// data reports an element of the body or of the query.
func data(id diagnose.ElementID) bool { return id.InBody() || id.Is("query") }
