package inquiry

import (
	"slices"
	"strconv"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
)

// afresh is the mended request with other words where it names what it makes; false when it names nothing. A credential
// is no name: a wrong one may lock an account.
func (f *failure) afresh(edits []diagnose.Edit) (request.Request, bool) {
	all := slices.Clone(edits)
	for _, e := range element.Of(f.mended(edits)).Elements {
		word, ok := e.Value.(string)
		if !ok || word == "" || e.Secret || !data(e.ID) || e.ID.Is("query") || strings.Count(string(e.ID), "/") > 2 || !names(e.ID) {
			continue
		}
		word, at, mail := strings.Cut(word, "@")
		if word += strconv.FormatInt(f.Now.Unix(), 36); mail {
			word += "@" + at
		}
		all = append(all, diagnose.Edit{Element: e.ID, Op: diagnose.Set, To: word, Source: follows})
	}
	r, err := element.Apply(f.base, all)
	return r, err == nil && len(all) > len(edits)
}

// naming are the names of members by which a thing is told from others of its kind.
var naming = []string{"name", "title", "slug", "username", "login", "email", "key", "code", "label"}

// names reports an element by which a thing is told from others of its kind.
func names(id diagnose.ElementID) bool {
	return slices.Contains(naming, strings.ToLower(id.Last()))
}

// renames reports that all without some of them would give the thing another name.
func renames(all, some []diagnose.Edit) bool {
	return slices.ContainsFunc(all, func(e diagnose.Edit) bool {
		return names(e.Element) && !slices.ContainsFunc(some, func(s diagnose.Edit) bool { return s.Element == e.Element })
	})
}

// anew puts other words in place of those that edits make up, when the answer is that what they name is there already: it
// was made by somebody else, or by an earlier diagnosis, and what was refused before is not refused any more.
func (d *detective) anew(x *request.Exchange, edits []diagnose.Edit) progress {
	if d.renaming || d.base.Safe() || !(x.Status() == 409 || d.madeBefore(x)) || d.oracle.exchange.Status() == 409 || d.madeBefore(d.oracle.exchange) {
		return nothing
	}
	fresh, changed := slices.Clone(edits), false
	for i, e := range fresh {
		if word, ok := e.To.(string); ok && !d.dictated(e) && e.Source != "good" && e.Op != diagnose.Remove && data(e.Element) {
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

// dictated reports a value that the server asks for; one that is only missed is made up.
func (f *failure) dictated(e diagnose.Edit) bool {
	return e.Source == "server" && (e.Op != diagnose.Add || slices.ContainsFunc(f.scene.evidence, func(v diagnose.Evidence) bool {
		return v.Element == e.Element && len(v.Allowed) > 0
	}))
}
