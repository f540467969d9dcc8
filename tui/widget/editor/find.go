package editor

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// ask opens the search prompt.
func (e *Editor) ask() {
	e.asking = true
	e.prompt.SetValue("")
	e.prompt.SetPlaceholder(e.needle)
	e.prompt.Focus()
}

// answerPrompt takes a key while the prompt is open.
func (e *Editor) answerPrompt(msg tea.KeyPressMsg) tui.Intent {
	answer, _ := e.prompt.Update(msg)
	switch answer := answer.(type) {
	case widget.Cancelled:
		e.asking = false
		e.prompt.Blur()
	case input.Submitted:
		e.asking = false
		e.prompt.Blur()
		if answer.Value != "" {
			e.needle = answer.Value
		}
		return e.find(1)
	case tui.Pass:
		return answer
	}
	return nil
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
			e.goal = -1
			return nil
		}
	}
	return Notice{Text: "not found"}
}
