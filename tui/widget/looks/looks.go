// Package looks gives the roles of widgets the styles of a theme.
package looks

import (
	"culprit/tui/theme"
	"culprit/tui/widget"
)

// Of returns the looks of the widgets in a theme.
func Of(s *theme.Styles) *widget.Styles {
	w := &widget.Styles{}
	Set(w, s)
	return w
}

// Set makes w what Of(s) would be; every widget that holds w draws anew.
func Set(w *widget.Styles, s *theme.Styles) {
	*w = widget.Styles{
		Generation: w.Generation + 1, ASCII: s.Choice.ASCII, Plain: s.Choice.Plain(),
		Text: s.Text.Plain, Muted: s.Text.Muted,
		Key: s.JSON.Key, String: s.JSON.String, Number: s.JSON.Number, Literal: s.JSON.Bool, Punct: s.JSON.Punctuation,
		Fold: s.Text.Faint, Match: s.Frame.Match, MatchCurrent: s.Frame.Found,
		LineNumber: s.Text.Faint, Cursor: s.Frame.Selected, Error: s.JSON.Error, Escape: s.State.Warn,
		Variable: s.Text.Variable, Selection: s.Frame.Selected, Good: s.State.Good, Busy: s.State.Busy, Accent: s.Frame.Chosen,
		Strong: s.Text.Title, Warn: s.State.Warn, Bad: s.Method("DELETE"), Rest: s.Frame.SelectedBlurred,
	}
}

// Method returns the role of a method's badge, as theme.Styles.Method colours it.
func Method(method string) widget.Role {
	switch method {
	case "GET", "HEAD":
		return widget.Good
	case "POST":
		return widget.Number
	case "PUT":
		return widget.Key
	case "PATCH":
		return widget.Variable
	case "DELETE":
		return widget.Bad
	case "OPTIONS":
		return widget.Muted
	}
	return widget.Accent
}
