package editor

import (
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// maxCounted is how much text, in bytes, is searched for the number of matches while one types; in more it is not told.
const maxCounted = 1 << 20

// ask opens the search prompt.
func (e *Editor) ask() {
	e.asking, e.origin, e.place = true, e.cursor, ""
	e.prompt.SetValue("")
	e.prompt.SetPlaceholder(e.needle)
	e.prompt.Focus()
}

// finding are the bindings of the search prompt.
func (e *Editor) finding() []key.Binding {
	p := input.DefaultKeyMap()
	return []key.Binding{keys.As(p.Submit, "next match"), keys.As(e.keys.Up, "match before"), keys.As(p.Cancel, "end the search")}
}

// answerPrompt takes a key while the prompt is open: what is typed is found at once, enter goes on to the next match.
func (e *Editor) answerPrompt(msg tea.KeyPressMsg) tui.Intent {
	switch {
	case key.Matches(msg, e.keys.Down, e.keys.FindNext):
		return e.find(1)
	case key.Matches(msg, e.keys.Up, e.keys.FindPrevious):
		return e.find(-1)
	}
	answer, _ := e.prompt.Update(msg)
	return e.answered(answer)
}

// answered takes what the prompt says.
func (e *Editor) answered(answer tui.Intent) tui.Intent {
	switch answer := answer.(type) {
	case widget.Cancelled:
		e.asking = false
		e.prompt.Blur()
	case input.Changed:
		return e.seek(answer.Value)
	case input.Submitted:
		return e.find(1)
	case tui.Pass:
		return answer
	}
	return nil
}

// seek selects the first match from where the search began.
func (e *Editor) seek(needle string) tui.Intent {
	e.cursor, e.marked, e.place = e.origin, false, ""
	if needle == "" {
		return nil
	}
	e.needle = needle
	e.find(1)
	return nil
}

// count says which of how many matches is selected.
func (e *Editor) count() string {
	if e.text.size > maxCounted {
		return ""
	}
	from, _ := e.selection()
	all, at := 0, 0
	for n, l := range e.text.lines {
		in, what := e.fold(l.text)
		all += strings.Count(in, what)
		if n < from.line {
			at = all
		} else if n == from.line {
			at += strings.Count(in[:from.col], what) + 1
		}
	}
	return strconv.Itoa(at) + " of " + strconv.Itoa(all)
}

// fold prepares text and needle for a search: case counts when the needle holds a capital.
func (e *Editor) fold(text string) (in, what string) {
	if low := strings.ToLower(e.needle); low == e.needle {
		return lower(text), lower(e.needle)
	}
	return text, e.needle
}

// lower is strings.ToLower for ASCII only: every byte keeps its place.
func lower(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' }) {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// find selects the next match in direction dir, 1 or -1, round at the ends.
func (e *Editor) find(dir int) tui.Intent {
	if e.needle == "" {
		return nil
	}
	n := len(e.text.lines)
	from, to := e.selection()
	for i := range n + 1 {
		at := ((from.line+dir*i)%n + n) % n
		text := e.text.lines[at].text
		first, last := 0, len(text)+1 // a match begins from first on and before last
		if i == 0 && dir > 0 {
			first = to.col
		} else if i == 0 {
			last = from.col
		}
		in, what := e.fold(text)
		found := -1
		switch {
		case dir < 0:
			found = strings.LastIndex(in[:min(len(in), max(last, 1)-1+len(what))], what)
			if last == 0 {
				found = -1
			}
		case first <= len(in):
			if found = strings.Index(in[first:], what); found >= 0 {
				found += first
			}
		}
		if found >= 0 {
			e.past.apart()
			e.anchor, e.cursor, e.marked = pos{at, found}, pos{at, found + len(e.needle)}, true
			e.goal, e.place = -1, e.count()
			return nil
		}
	}
	e.place = "not found"
	return Notice{Text: "not found"}
}
