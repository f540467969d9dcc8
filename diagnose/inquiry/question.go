package inquiry

import (
	"slices"

	"culprit/diagnose"
	"culprit/request/curl"
)

// question asks the person for what would end the search at once: a request that works (§9.3, Q2). It comes
// when everything cheap is used up; "don't know" costs nothing.
func (d *detective) question() progress {
	if !d.Interactive || slices.ContainsFunc(d.Good, diagnose.Known.Worked) || d.ladder.stopped != "" {
		return nothing
	}
	a := d.ladder.ask(diagnose.Question{
		N: len(d.ladder.records) + 1, Step: diagnose.Isolation, Kind: diagnose.Ask,
		Prompt: &diagnose.Prompt{ID: "good", Text: "Does a similar request work, in another tool or at another time? Paste it as a curl command; leave it empty if you do not know."},
		Why:    "the differences to a request that works can be bisected",
	})
	if a.Reply == "" {
		return nothing
	}
	parsed, err := curl.Parse(a.Reply)
	if err != nil {
		d.result.hints = append(d.result.hints, "the pasted command could not be read: "+err.Error())
		return nothing
	}
	pasted := diagnose.Known{Label: "the pasted request", Request: parsed.Request, From: diagnose.FromPerson}
	d.Good = append([]diagnose.Known{pasted}, d.Good...)
	return d.baseline()
}
