package inquiry

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/diagnose/repair"
	"culprit/request"
)

// searchWords are the last words of paths that search; searchTerms what they call the text to search for.
var (
	searchWords = []string{"search", "find", "lookup", "query", "suggest", "autocomplete"}
	searchTerms = []string{"q", "query", "search", "term"}
)

// searchTerm gives a search something to search for, under all the names that this usually has: a search without one
// is refused nearly everywhere.
func (d *detective) searchTerm() progress {
	path := strings.Trim(element.SplitURL(d.base.URL).Path, "/")
	if !d.base.Safe() || len(d.accused()) > 0 || !slices.Contains(searchWords, strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])) {
		return nothing
	}
	var edits []diagnose.Edit
	for _, name := range searchTerms {
		id := diagnose.ID("query", name)
		e := diagnose.Edit{Element: id, Op: diagnose.Add, To: "test", Source: "transform", Cause: "missing_request_parameter", Weight: 2, Why: "what a search is usually given"}
		if now, ok := d.scene.index.Get(id); ok {
			if now.Text != "" {
				continue
			}
			e.Op, e.Cause = diagnose.Set, "invalid_request_parameter"
		}
		edits = append(edits, e)
	}
	if len(edits) == 0 {
		return nothing
	}
	x, out, n := d.vary(edits, diagnose.Repair, "with something to search for")
	if out == diagnose.Pass {
		return d.bisect(edits, x, n)
	}
	return nothing
}

// asForm sends the members of a flat JSON body as the fields of a form: servers that read forms miss all of it and
// seldom say why.
func (d *detective) asForm() progress {
	body, ok := repair.Form(d.scene.index)
	if !ok || d.oracle.exchange.Status() == 404 {
		return nothing
	}
	media := diagnose.Edit{Element: "header:Content-Type", Op: diagnose.Set, To: "application/x-www-form-urlencoded", Source: "transform", Cause: "content_type_mismatch", Weight: 2, Why: "as a form"}
	return d.try([]diagnose.Edit{media, {Element: "body", Op: diagnose.Set, To: body, Source: follows, Why: "as a form"}}, diagnose.Repair, "does it take a form?")
}

// wantsForm reports whether the answer asks for a form, or misses all that a body of JSON has: then the body has to be
// written anew, and not only called something else.
func (f *failure) wantsForm(e diagnose.Evidence) bool {
	return e.Element == "header:Content-Type" && (e.Cause == "content_type_mismatch" && e.Ratio > certainty && strings.Contains(request.Get(f.base.Header, "Content-Type"), "json") || slices.Contains(e.Allowed, "application/x-www-form-urlencoded") && !slices.Contains(e.Allowed, "application/json"))
}

// follows is the source of an edit that another one entails: it accuses nothing.
const follows = "follows"
