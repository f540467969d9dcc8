package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A Role says what a piece of text is; the theme decides how that looks.
type Role uint8

// The roles. Text is the zero value.
const (
	Text Role = iota
	Muted
	Key
	String
	Number
	Literal
	Punct
	Fold
	Match
	MatchCurrent
	LineNumber
	Cursor
	Error
	Escape
	Variable
	Selection
	Good
	Busy
	Accent
	Strong
	Warn
	Bad
	Rest // the row of the cursor in a part without the focus
	roles
)

// Styles are the looks of the roles. The zero value draws everything plain.
//
// Only foreground, background and text attributes are used, never padding, margins or borders. The owner may
// overwrite a Styles in place from the event loop; it then adds one to Generation.
type Styles struct {
	// Generation tells the widgets that the looks changed.
	Generation int
	// Plain takes the colours of words away where they are selected: they could not be read there.
	Plain bool
	// ASCII forbids every sign of our own outside ASCII.
	ASCII bool

	Text, Muted                                 lipgloss.Style
	Key, String, Number, Literal, Punct, Fold   lipgloss.Style
	Match, MatchCurrent                         lipgloss.Style
	LineNumber, Cursor, Error, Escape, Variable lipgloss.Style
	Selection, Good, Busy, Accent               lipgloss.Style
	Strong, Warn, Bad, Rest                     lipgloss.Style
}

// style returns the style of r.
func (s *Styles) style(r Role) *lipgloss.Style {
	return [roles]*lipgloss.Style{
		Text: &s.Text, Muted: &s.Muted, Key: &s.Key, String: &s.String, Number: &s.Number, Literal: &s.Literal,
		Punct: &s.Punct, Fold: &s.Fold, Match: &s.Match, MatchCurrent: &s.MatchCurrent, LineNumber: &s.LineNumber,
		Cursor: &s.Cursor, Error: &s.Error, Escape: &s.Escape, Variable: &s.Variable, Selection: &s.Selection,
		Good: &s.Good, Busy: &s.Busy, Accent: &s.Accent, Strong: &s.Strong, Warn: &s.Warn, Bad: &s.Bad, Rest: &s.Rest,
	}[r]
}

// An Ink is a Styles turned into the bytes that switch each role on: rendering by lipgloss costs a
// microsecond a token, appending bytes costs none. The zero value is ready and takes its looks at the first Load.
type Ink struct {
	on     [roles]string
	ascii  bool
	plain  bool
	loaded bool
	gen    int
}

// off ends every role: SGR with no parameter resets all attributes (ECMA-48 8.3.117).
const off = "\x1b[m"

// Load takes the looks of s, when they changed since the last Load. A nil s is a zero Styles.
func (k *Ink) Load(s *Styles) {
	if s == nil {
		s = &Styles{}
	}
	if k.loaded && k.gen == s.Generation {
		return
	}
	k.loaded, k.gen, k.ascii, k.plain = true, s.Generation, s.ASCII, s.Plain
	for r := range roles {
		before, _, found := strings.Cut(s.style(r).Render("x"), "x")
		if !found {
			before = ""
		}
		k.on[r] = before
	}
}

// Sign returns the sign to use for one of ours: fancy, or plain on a terminal without Unicode.
func (k *Ink) Sign(fancy, plain string) string {
	if k.ascii {
		return plain
	}
	return fancy
}
