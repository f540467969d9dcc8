package workbench

import (
	"slices"
	"strings"

	"culprit/collections"
	"culprit/tui/widget"
	"culprit/tui/widget/table"
)

// A Variable is a name that can be used, with the value that counts.
type Variable struct {
	Name, Value string   // Value is masked when it is secret
	Scope       string   // where the value comes from: "environment local"
	Shadows     []string // scopes whose value of the same name does not count
}

// hint says what the variables under the cursor stand for, else what is known about the row.
func (e *composer) hint() string {
	s := e.styles
	text, about := e.under()
	out := e.stand(text)
	if len(out) == 0 && about != "" {
		return " " + s.Text.Muted.Render(clean(about))
	}
	return " " + strings.Join(out, "   ")
}

// named says what the variables on the line of the cursor stand for, beside a text.
func (e *composer) named(focused bool) string {
	if !focused || !e.words.here {
		return ""
	}
	return strings.Join(e.stand(e.words.ed.LineText()), "   ") + " "
}

// stand says what each variable of a text stands for.
func (e *composer) stand(text string) []string {
	var out []string
	for rest := []byte(text[:min(len(text), maxHinted)]); ; {
		a, b := widget.NextVariable(rest)
		if a < 0 {
			return out
		}
		out = append(out, e.stands(strings.TrimSpace(string(rest[a+2:b-2]))))
		rest = rest[b:]
	}
}

// maxHinted is how much of a line is looked at: a hint is one line too.
const maxHinted = 4096

// stands says what one variable stands for.
func (e *composer) stands(name string) string {
	s := e.styles
	for _, v := range e.resolved.Variables {
		if v.Name == name {
			from := v.Scope
			if len(v.Shadows) > 0 {
				from += ", not " + strings.Join(v.Shadows, ", ")
			}
			return s.Text.Variable.Render(clean(name)) + s.Text.Muted.Render(" = ") + clean(v.Value) + s.Text.Faint.Render("  "+clean(from))
		}
	}
	if slices.Contains(e.resolved.Missing, name) {
		return s.State.Bad.Render(s.Glyphs.Cross + " " + clean(name) + " has no value")
	}
	return s.Text.Variable.Render(clean(name))
}

// under returns the text under the cursor, and what is known about its row.
func (e *composer) under() (text, about string) {
	switch e.zone {
	case atURL:
		return e.saved.URL, ""
	case atForm:
		if a, from := e.inheritedAuth(); from != nil && e.tab == tabAuth {
			for _, p := range a.Params {
				text += p.Value
			}
			return text, ""
		}
		if e.form.cur < len(e.form.rows) {
			return e.form.rows[e.form.cur].value, ""
		}
	case atRest:
		if n := e.grid.Chosen(); e.kind != "" && n >= 0 {
			r := e.grid.Rows()[n]
			return r.Value, e.about(r.ID, r.Note)
		}
	}
	return "", ""
}

func (e *composer) about(id int, note string) string {
	if e.tab == tabParams && old(e.base.Params, table.Row{ID: id}, collections.Row{}).Kind == "path" {
		return strings.TrimSuffix("in the path of the URL: "+note, ": ")
	}
	return note
}

// foot is what stands in the border below a text: what is wrong with it, and where the cursor is.
func (e *composer) foot() (note, place string) {
	if e.entry == nil || e.entry.Kind != collections.HTTP || e.text() == nil || e.words.empty() {
		return "", ""
	}
	wrong, place := e.words.ed.Foot()
	if wrong != "" {
		wrong = e.styles.State.Bad.Render(clean(wrong))
	}
	return wrong, e.styles.Text.Muted.Render(place)
}
