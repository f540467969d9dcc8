package inquiry

import "culprit/diagnose"

// onlyDry takes back what a conclusion says too much when its passes were dry runs: nothing is verified by them.
func (d *detective) onlyDry() {
	dry := d.ladder.Dry
	switch {
	case dry.Other != nil:
		d.hint("dry runs (" + dry.With + ") were not used: in one, the failing request is answered otherwise (" + outcomeText(dry.Other) + ")")
		return
	case dry.Refused() && dry.With != "" && !d.DryRuns:
		d.hintBy("--allow-dry-runs", "or allow dry runs: the API's document has "+dry.With+" for this operation")
		return
	case dry.Passes == 0:
		return
	}
	d.result.verified, d.result.fixed = false, 0
	for i, c := range d.result.culprits {
		if c.Standing == diagnose.Confirmed {
			d.result.culprits[i].Standing, d.result.culprits[i].Confidence = diagnose.Isolated, min(c.Confidence, 0.9)
		}
	}
	d.result.summary += " It passed in a dry run (" + dry.With + ") and was not sent for real."
	d.hintBy(allowWrites, "send the repaired request for real when it may change data, or allow that here")
}
