package workbench

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/collections"
	"culprit/request/secret"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/table"
)

// A request takes the auth and the headers of the folders above it. They are shown below its own, with where they come
// from, and changed in the folder's file.

// inheritedAuth is the auth that "inherit" stands for, and the folder that has it; nil when none has one.
func (e *composer) inheritedAuth() (collections.SavedAuth, *collections.Entry) {
	if e.saved.Auth.Scheme != "inherit" {
		return collections.SavedAuth{}, nil
	}
	return e.entry.Auth(e.saved.Auth)
}

// given is a header of a folder.
type given struct {
	collections.Row
	from *collections.Entry
}

// inheritedHeaders are those of the folders that are sent, the outermost first: of one name the nearest counts, and the
// request's own before them.
func (e *composer) inheritedHeaders() []given {
	var out []given
	has := func(name string) bool {
		return slices.ContainsFunc(e.saved.Headers, func(r collections.Row) bool { return !r.Off && r.Name == name }) ||
			slices.ContainsFunc(out, func(g given) bool { return g.Name == name })
	}
	for up := e.entry.Parent; up != nil; up = up.Parent {
		for _, r := range slices.Backward(up.Saved.Headers) {
			if !r.Off && r.Name != "" && !has(r.Name) {
				out = append(out, given{r, up})
			}
		}
	}
	slices.Reverse(out)
	return out
}

// inherited draws what the tab shows below its rows.
func (e *composer) inherited() []string {
	s := e.styles
	switch e.tab {
	case tabAuth:
		if e.saved.Auth.Scheme != "inherit" {
			return nil
		}
		a, from := e.inheritedAuth()
		lead := "   " + s.Text.Faint.Render(frame.Line("", e.form.nameWidth())) + "   "
		if from == nil {
			return prosed("   ", s.Text.Muted.Render, "No folder above has one, so none is sent.", e.w)
		}
		out := []string{lead + s.Text.Title.Render(clean(a.Scheme)) + s.Text.Muted.Render(", from "+clean(folderName(from)))}
		for _, p := range a.Params {
			value := p.Value
			if !e.form.revealed && secret.Guess(p.Name, value) {
				value = secret.Mask(value)
			}
			out = append(out, frame.Line(lead+s.Text.Muted.Render(clean(p.Name)+"  ")+variables(s, s.Text.Plain, clean(value)), e.w))
		}
		return out
	case tabHeaders:
		var out []string
		x := e.grid.Column(table.Value)
		for _, g := range e.inheritedHeaders() {
			value := g.Value
			if !e.form.revealed && secret.Guess(g.Name, value) {
				value = secret.Mask(value)
			}
			lead := "      " + s.Text.Muted.Render(clean(g.Name)) + " "
			lead += strings.Repeat(" ", max(x-ansi.StringWidth(lead), 0))
			out = append(out, frame.Line(lead+variables(s, s.Text.Muted, clean(value))+s.Text.Faint.Render("  from "+clean(folderName(g.from))), e.w))
		}
		return append(out, e.jarred(x)...)
	}
	return nil
}

// mostJarred is how many cookies of the jar have a line; the jar has all.
const mostJarred = 5

// jarred draws the cookies that the jar adds, with where they go; x is the column of values.
func (e *composer) jarred(x int) []string {
	s, all, name := e.styles, e.resolved.Cookies, "Cookie"
	line := func(value, note string) string {
		lead := "      " + s.Text.Muted.Render(name) + " "
		lead += strings.Repeat(" ", max(x-ansi.StringWidth(lead), 0))
		name = ""
		return frame.Line(lead+s.Text.Muted.Render(ansi.Truncate(value, max((e.w-x)/2, 1), s.Glyphs.Ellipsis))+s.Text.Faint.Render("  "+note), e.w)
	}
	var out []string
	for _, c := range all[:min(len(all), mostJarred)] {
		out = append(out, line(cmp.Or(clean(c.Name), nameless), "jar: "+clean(c.Where)))
	}
	if more := len(all) - mostJarred; more > 0 {
		out = append(out, line("and "+strconv.Itoa(more)+" more", "from the jar"))
	}
	return out
}

// folderName is what a folder is called where something of it is shown elsewhere.
func folderName(f *collections.Entry) string { return cmp.Or(f.Name, f.Path, "the collection") }

// prosed is a sentence behind lead, broken between words.
func prosed(lead string, ink func(...string) string, text string, w int) []string {
	var out []string
	for _, l := range frame.Wrap(text, max(w-len(lead), 10)) {
		out = append(out, lead+ink(l))
	}
	return out
}
