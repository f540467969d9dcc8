package inquiry

import (
	"slices"
	"strconv"

	"culprit/diagnose"
	"culprit/request"
)

// anew puts other words in place of those that edits make up, when the answer is that what they name is there already: it
// was made by somebody else, or by an earlier diagnosis, and what was refused before is not refused any more.
func (d *detective) anew(x *request.Exchange, edits []diagnose.Edit) progress {
	if d.renaming || d.base.Safe() || !(x.Status() == 409 || d.madeBefore(x)) || d.oracle.exchange.Status() == 409 || d.madeBefore(d.oracle.exchange) {
		return nothing
	}
	fresh, changed := slices.Clone(edits), false
	for i, e := range fresh {
		if word, ok := e.To.(string); ok && e.Source != "server" && e.Source != "good" && e.Op != diagnose.Remove && data(e.Element) {
			fresh[i].To, changed = word+strconv.FormatInt(d.Now.Unix(), 36), true
		}
	}
	if !changed {
		return nothing
	}
	d.renaming = true
	defer func() { d.renaming = false }()
	return d.try(fresh, diagnose.Repair, "that is there already; another one")
}
