// Package theme turns a palette into styles by role; it is the only place with colours.
//
// A role says what a thing means (good, busy, focus), never how it looks. No state is told by colour alone:
// whoever draws one also writes a glyph or a word, and the theme without colours must stay readable.
package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Depth is how many colours the terminal shows.
type Depth int

// The depths. The zero value is 256 colours: their escape sequences are a third as long as true colour's
// (PERFORMANCE §0.5), and every terminal that shows true colour shows them.
const (
	Palette Depth = iota
	Sixteen
	Colourless // bold, reverse and underline only
)

// Choice is what a person or the terminal decides about the looks. The zero value is dark, 256 colours, Unicode.
type Choice struct {
	Light    bool
	Contrast bool // high contrast
	Depth    Depth
	ASCII    bool // no character above 0x7e
	Own      *Own // a person's own theme over the others; nil for none
}

// Styles are the styles of the whole program by role. Parts hold a pointer; the shell overwrites what it
// points to when the theme changes.
type Styles struct {
	Choice Choice
	Glyphs Glyphs
	Text   Text
	State  State
	Frame  Frame
	JSON   Tokens
	Map    Suspicion
	Diff   Diff
	Ground lipgloss.Style // what all is drawn on where the terminal's own background is of the other kind
}

// Text are the styles of words.
type Text struct {
	Plain, Title, Muted, Faint, Accent lipgloss.Style
	Label                              lipgloss.Style // name of a field
	Key                                lipgloss.Style // a key in the key line
	Off                                lipgloss.Style // a row that is switched off
	Variable                           lipgloss.Style // {{name}}
}

// State are the styles of outcomes; each goes with a glyph or a word.
type State struct {
	Good, Bad, Warn, Busy lipgloss.Style
	Alarm                 lipgloss.Style // production, certificate not verified
}

// Frame are the styles of what surrounds text.
type Frame struct {
	Border, Focus             lipgloss.Style
	Title, TitleFocus         lipgloss.Style
	Tab, TabOn                lipgloss.Style
	Selected, SelectedBlurred lipgloss.Style
	Chosen                    lipgloss.Style // one of some choices; it stands in brackets too
	Match, Found              lipgloss.Style // where a search matched; the match that one is at
	Overlay                   lipgloss.Style // border of an overlay
	Badge                     lipgloss.Style // a short reversed label
}

// Tokens are the styles of the tokens of JSON and of other languages.
type Tokens struct {
	Key, String, Number, Bool, Null, Punctuation, Comment, Keyword, Error lipgloss.Style
}

// Suspicion are the styles of the map of suspicion, each beside a bar and a word.
type Suspicion struct {
	Cleared, Unknown, Low, High, Culprit lipgloss.Style
}

// Diff are the styles of a difference; lines carry + and - too.
type Diff struct {
	Added, Removed, Hunk lipgloss.Style
}

// New returns the styles for a choice.
func New(c Choice) *Styles {
	s := &Styles{Choice: c, Glyphs: glyphs(c)}
	s.fill(pick(c))
	return s
}

// Set makes s what New(c) would be; everybody who holds s sees the change.
func (s *Styles) Set(c Choice) { *s = *New(c) }

// An attribute is what a style has beside its colour; they are added.
type attribute uint8

const (
	bold attribute = 1 << iota
	underline
	reverse
)

// ink returns the style of a colour, "" for the terminal's own, with attributes.
func ink(colour string, as attribute) lipgloss.Style {
	s := lipgloss.NewStyle()
	if colour != "" {
		s = s.Foreground(lipgloss.Color(colour))
	}
	if as&bold != 0 {
		s = s.Bold(true)
	}
	if as&underline != 0 {
		s = s.Underline(true)
	}
	if as&reverse != 0 {
		s = s.Reverse(true)
	}
	return s
}

// fill gives every style its colour and attributes. It is a table and no chain of calls for each: a style has more than
// half a kilobyte, and a function with a hundred of them between its steps needs 84 kB of stack.
func (s *Styles) fill(p palette) {
	for _, r := range [...]struct {
		style  *lipgloss.Style
		colour string
		as     attribute
	}{
		{&s.Text.Plain, "", 0}, {&s.Text.Title, "", bold}, {&s.Text.Muted, p.muted, 0}, {&s.Text.Faint, p.faint, 0},
		{&s.Text.Accent, p.accent, 0}, {&s.Text.Label, p.label, 0}, {&s.Text.Key, p.accent, bold},
		{&s.Text.Off, p.faint, 0}, {&s.Text.Variable, p.variable, 0},
		{&s.State.Good, p.good, 0}, {&s.State.Bad, p.bad, bold}, {&s.State.Warn, p.warn, 0}, {&s.State.Busy, p.busy, 0},
		{&s.State.Alarm, p.bad, bold | reverse},
		{&s.Frame.Border, p.border, 0}, {&s.Frame.Focus, p.accent, 0}, {&s.Frame.Title, p.muted, 0},
		{&s.Frame.TitleFocus, p.accent, bold}, {&s.Frame.Tab, p.muted, 0}, {&s.Frame.TabOn, p.accent, bold | underline},
		{&s.Frame.Selected, "", reverse}, {&s.Frame.SelectedBlurred, "", bold}, {&s.Frame.Chosen, p.accent, bold},
		{&s.Frame.Match, p.warn, underline}, {&s.Frame.Found, p.warn, bold | reverse}, {&s.Frame.Overlay, p.accent, 0},
		{&s.Frame.Badge, "", bold | reverse},
		{&s.JSON.Key, p.label, 0}, {&s.JSON.String, p.good, 0}, {&s.JSON.Number, p.number, 0}, {&s.JSON.Bool, p.variable, 0},
		{&s.JSON.Null, p.variable, 0}, {&s.JSON.Punctuation, p.muted, 0}, {&s.JSON.Comment, p.faint, 0},
		{&s.JSON.Keyword, p.accent, 0}, {&s.JSON.Error, p.bad, underline},
		{&s.Map.Cleared, p.faint, 0}, {&s.Map.Unknown, "", 0}, {&s.Map.Low, p.warn, 0}, {&s.Map.High, p.hot, bold},
		{&s.Map.Culprit, p.bad, bold | reverse},
		{&s.Diff.Added, p.good, 0}, {&s.Diff.Removed, p.bad, 0}, {&s.Diff.Hunk, p.muted, 0},
		{&s.Ground, "", 0},
	} {
		*r.style = ink(r.colour, r.as)
	}
	if p.selected != "" {
		// The text is set too: the terminal's own could be as light as this background.
		s.Frame.Selected = ink(p.chosen, bold).Background(lipgloss.Color(p.selected))
	}
	if p.dimmed != "" {
		s.Frame.SelectedBlurred = ink(p.chosen, 0).Background(lipgloss.Color(p.dimmed))
	}
	if p.paper != "" {
		s.Ground = ink(p.ink, 0).Background(lipgloss.Color(p.paper))
	}
}

// Method returns the style of a method's badge.
func (s *Styles) Method(method string) lipgloss.Style {
	switch method {
	case "GET", "HEAD":
		return s.State.Good
	case "OPTIONS":
		return s.Text.Muted
	case "POST":
		return s.JSON.Number
	case "PUT":
		return s.JSON.Key
	case "PATCH":
		return s.Text.Variable
	case "DELETE":
		return s.Diff.Removed
	}
	return s.Text.Accent
}

// Production is the badge of an environment that is production, by its name where that does not say it.
func (s *Styles) Production(name string) string {
	if !strings.EqualFold(name, "production") {
		name = "production: " + name
	}
	return s.State.Alarm.Render(" " + name + " ")
}

// Status returns the style and the glyph of an HTTP status; 0 is no response.
func (s *Styles) Status(status int) (lipgloss.Style, string) {
	switch {
	case status == 0 || status >= 400:
		return s.State.Bad, s.Glyphs.Cross
	case status >= 300:
		return s.State.Warn, s.Glyphs.Arrow
	case status >= 200:
		return s.State.Good, s.Glyphs.Tick
	}
	return s.State.Busy, s.Glyphs.Dot
}

// Ended returns the ink and the sign of a whole exchange: those of its status, unless it broke off. stopped says that
// the person broke it off, which is no failure.
func (s *Styles) Ended(status int, broke, stopped bool) (lipgloss.Style, string) {
	switch {
	case stopped:
		return s.State.Warn, s.Glyphs.Stopped
	case broke:
		return s.State.Bad, s.Glyphs.Cross
	}
	return s.Status(status)
}
