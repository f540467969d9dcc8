package wizard

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/safe"
	"culprit/request/secret"
	"culprit/tui/widget/frame"
)

// Rules of this file: nothing that a person, a file or a server wrote is drawn but through mask.line, which
// hides secrets by value and makes the rest drawable; a value that stands in a secret place goes through
// mask.value first.

// A mask hides the secrets of one request, and of its variations, wherever they turn up.
type mask struct {
	index  *element.Index
	values []secret.Value
	known  int // how many values set was made of
	set    *secret.Set
}

func newMask(x *element.Index) *mask {
	m := &mask{index: x}
	m.learn(x)
	return m
}

// learn hides the secrets of x too: a variation may carry the credential of another saved request.
func (m *mask) learn(x *element.Index) {
	for _, v := range secretsOf(x) {
		if !slices.Contains(m.values, v) {
			m.values = append(m.values, v)
		}
	}
	if m.set == nil || m.known != len(m.values) {
		m.set, m.known = secret.NewSet(m.values...), len(m.values)
	}
}

func secretsOf(x *element.Index) []secret.Value {
	var values []secret.Value
	for _, s := range request.Strict(x.Request.Secrets) {
		values = append(values, secret.New(s.Ref, s.Value))
	}
	for _, e := range x.Elements {
		if e.Secret {
			values = append(values, secret.New(string(e.ID), plainText(e)))
			if _, token, ok := strings.Cut(e.Text, " "); ok && e.ID == "auth" {
				values = append(values, secret.New("auth", token))
			}
		}
	}
	for _, p := range x.Request.Auth.Params {
		if secret.Sensitive(p.Name) || p.Name == "value" { // "value" is that of an API key
			values = append(values, secret.New("auth "+p.Name, p.Value))
		}
	}
	return values
}

// plainText is a value as a server would echo it: a JSON text without its quotes.
func plainText(e diagnose.Element) string {
	if s, ok := e.Value.(string); ok {
		return s
	}
	return e.Text
}

// line returns untrusted text as it may be drawn, on one line.
func (m *mask) line(s string) string { return safe.Line(m.hide(s)).String() }

// hide masks the beginning of s. It looks further than it shows: a secret cut in two would not be known.
func (m *mask) hide(s string) string { return clip(m.set.Mask(s[:min(len(s), 2*longest)])) }

// longest is how much of one text is looked at before it is cut to a row: more than any row holds.
const longest = 4 << 10

func clip(s string) string {
	if len(s) > longest {
		return s[:longest] + "…"
	}
	return s
}

// secret reports whether what stands at id is a credential.
func (m *mask) secret(id diagnose.ElementID) bool {
	if e, ok := m.index.Get(id); ok {
		return e.Secret
	}
	kind, name, _ := id.Cut()
	switch kind {
	case "auth", "cookie":
		return true
	case "body":
		path := jsontext.Split(name)
		return len(path) > 0 && secret.Sensitive(path[len(path)-1])
	}
	return name != "" && secret.Sensitive(name)
}

// value returns the value of an element as it may be drawn.
func (m *mask) value(id diagnose.ElementID, text string) string {
	if m.secret(id) {
		return m.line(secret.Mask(text))
	}
	return m.line(text)
}

// field returns the value of a header as it may be drawn. Of cookies the names stay readable.
func (m *mask) field(f request.Field) string {
	cookie, set := strings.EqualFold(f.Name, "Cookie"), strings.EqualFold(f.Name, "Set-Cookie")
	switch {
	case cookie || set:
		pairs := strings.Split(f.Value, ";")
		for i, p := range pairs {
			if name, value, ok := strings.Cut(p, "="); ok && (cookie || i == 0) {
				pairs[i] = name + "=" + secret.Mask(value)
			}
		}
		return m.line(strings.Join(pairs, ";"))
	case secret.Sensitive(f.Name):
		return m.line(secret.Mask(f.Value))
	}
	return m.line(f.Value)
}

// phrase says in one line what an edit does, with its secrets masked.
func (m *mask) phrase(e diagnose.Edit) string {
	if m.secret(e.Element) && (e.Op == diagnose.Set || e.Op == diagnose.Add) {
		e.To = secret.Mask(strings.Trim(element.Shown(e), `"`))
	}
	return m.line(element.Phrase(e))
}

// wrap breaks a drawable text into lines of at most w cells.
func wrap(s string, w int) []string {
	if s == "" {
		return nil
	}
	return frame.Wrap(s, w)
}

// brief cuts a drawable text to one line of at most w cells: between words, but in one where that would leave much of the
// line empty, as a URL does.
func brief(s, ellipsis string, w int) string {
	if ansi.StringWidth(s) <= w {
		return s
	}
	room := w - ansi.StringWidth(ellipsis)
	line := wrap(s, room)[0]
	if ansi.StringWidth(line) < room-mostIdle {
		line = ansi.Truncate(s, room, "")
	}
	return strings.TrimRight(line, " ") + ellipsis
}

// mostIdle is how many cells of a line that was cut may stay empty: as long as most words are.
const mostIdle = 12

// sentence returns a text of the engine as one begins and ends.
func sentence(s string) string {
	s = diagnose.Spoken(s)
	if s == "" {
		return ""
	}
	s = capital(s)
	if strings.ContainsAny(s[len(s)-1:], ".?!") {
		return s
	}
	return s + "."
}

// remark is what a step found, as all steps say it: with a capital, unless it begins with a name that has none, and without
// the full stop of a single sentence.
func remark(s string) string {
	if first, _, _ := strings.Cut(s, " "); first != "" && !strings.ContainsFunc(strings.TrimRight(first, ",:;"), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		s = capital(s)
	}
	if !strings.Contains(s, ". ") {
		s = strings.TrimSuffix(s, ".")
	}
	return s
}

// capital returns a text with a capital at its beginning.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// paint wraps s and draws each line in a style, behind an indent.
func paint(st lipgloss.Style, indent, s string, w int) []string {
	lines := wrap(s, w-len(indent))
	for i := range lines {
		lines[i] = indent + st.Render(lines[i])
	}
	return lines
}
