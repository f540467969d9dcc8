package workbench

import (
	"strconv"

	"culprit/collections"
)

// refused says of an entry that cannot be sent what it is, and what is wrong with its file.
func (e *composer) refused() []string {
	s := e.styles
	out := []string{"", "  " + s.Text.Title.Render(clean(e.entry.Name)), ""}
	switch e.entry.Kind {
	case collections.Broken:
		out = append(out, "  "+s.State.Bad.Render(s.Glyphs.Cross+" This file cannot be read."), "")
	case collections.Unread:
		return append(out, "  "+s.Text.Muted.Render("Not read yet."))
	case collections.Folder:
		return append(out, "  "+s.Text.Muted.Render("A folder of "+plural(len(e.entry.Children), "item")+"."))
	default:
		out = append(out, "  "+s.Text.Muted.Render("A request of type "+clean(e.entry.Type)+" is shown, not sent."), "")
	}
	for _, p := range e.entry.Problems {
		where := ""
		if p.Line > 0 {
			where = strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Column) + "  "
		}
		out = append(out, "  "+s.Text.Muted.Render(where)+clean(p.Text))
	}
	return out
}
