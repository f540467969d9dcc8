// Package theme turns a palette into styles by role; it is the only place with colours.
//
// A role says what a thing means (good, busy, focus), never how it looks. No state is told by colour alone:
// whoever draws one also writes a glyph or a word, and the theme without colours must stay readable.
package theme

import (
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
	method map[string]lipgloss.Style
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

func (s *Styles) fill(p palette) {
	n := lipgloss.NewStyle()
	ink := func(colour string) lipgloss.Style {
		if colour == "" {
			return n
		}
		return n.Foreground(lipgloss.Color(colour))
	}
	s.Text = Text{Plain: n, Title: n.Bold(true), Muted: ink(p.muted), Faint: ink(p.faint), Accent: ink(p.accent),
		Label: ink(p.label), Key: ink(p.accent).Bold(true), Off: ink(p.faint), Variable: ink(p.variable)}
	s.State = State{Good: ink(p.good), Bad: ink(p.bad).Bold(true), Warn: ink(p.warn), Busy: ink(p.busy),
		Alarm: ink(p.bad).Bold(true).Reverse(true)}
	s.Frame = Frame{Border: ink(p.border), Focus: ink(p.accent), Title: ink(p.muted), TitleFocus: ink(p.accent).Bold(true),
		Tab: ink(p.muted), TabOn: ink(p.accent).Bold(true).Underline(true), Match: ink(p.warn).Underline(true), Found: ink(p.warn).Bold(true).Reverse(true),
		Overlay: ink(p.accent), Badge: n.Bold(true).Reverse(true)}
	s.Frame.Chosen = ink(p.accent).Bold(true)
	s.Frame.Selected, s.Frame.SelectedBlurred = n.Reverse(true), n.Bold(true)
	if p.selected != "" {
		// The text is set too: the terminal's own could be as light as this background.
		s.Frame.Selected = n.Foreground(lipgloss.Color(p.chosen)).Background(lipgloss.Color(p.selected)).Bold(true)
	}
	if p.dimmed != "" {
		s.Frame.SelectedBlurred = n.Foreground(lipgloss.Color(p.chosen)).Background(lipgloss.Color(p.dimmed))
	}
	s.JSON = Tokens{Key: ink(p.label), String: ink(p.good), Number: ink(p.number), Bool: ink(p.variable),
		Null: ink(p.variable), Punctuation: ink(p.muted), Comment: ink(p.faint), Keyword: ink(p.accent), Error: ink(p.bad).Underline(true)}
	s.Map = Suspicion{Cleared: ink(p.faint), Unknown: n, Low: ink(p.warn), High: ink(p.hot).Bold(true),
		Culprit: ink(p.bad).Bold(true).Reverse(true)}
	s.Diff = Diff{Added: ink(p.good), Removed: ink(p.bad), Hunk: ink(p.muted)}
	s.Ground = n
	if p.paper != "" {
		s.Ground = ink(p.ink).Background(lipgloss.Color(p.paper))
	}
	s.method = map[string]lipgloss.Style{"GET": ink(p.good), "HEAD": ink(p.good), "OPTIONS": ink(p.muted),
		"POST": ink(p.number), "PUT": ink(p.label), "PATCH": ink(p.variable), "DELETE": ink(p.bad)}
}

// Method returns the style of a method's badge.
func (s *Styles) Method(method string) lipgloss.Style {
	if st, ok := s.method[method]; ok {
		return st
	}
	return s.Text.Accent
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
