package editor

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
)

// press takes a key.
func (e *Editor) press(msg tea.KeyPressMsg) tui.Intent {
	if e.asking {
		return e.answerPrompt(msg)
	}
	if answer, mine := e.choose(msg); mine {
		return answer
	}
	e.names.Blur()
	if to, selects, moves := e.target(msg); moves {
		e.move(to, selects)
		return nil
	}
	k := e.keys
	switch {
	case key.Matches(msg, k.SelectAll):
		e.anchor, e.cursor, e.marked = pos{}, e.text.end(), true
	case key.Matches(msg, k.SelectNone):
		if !e.marked && !e.pinned {
			return tui.Pass{}
		}
		e.marked, e.pinned = false, false
	case key.Matches(msg, k.Mark):
		e.pinned = !e.pinned
	case key.Matches(msg, k.Copy):
		return e.copy()
	case key.Matches(msg, k.Find):
		e.ask()
	case key.Matches(msg, k.FindNext):
		return e.find(1)
	case key.Matches(msg, k.FindPrevious):
		return e.find(-1)
	case key.Matches(msg, k.Pair):
		if e.paired {
			e.move(e.pair[1], false)
		}
	case key.Matches(msg, k.External):
		return External{}
	default:
		return e.pressEdit(msg)
	}
	return nil
}

// pressEdit takes the keys that change the text.
func (e *Editor) pressEdit(msg tea.KeyPressMsg) tui.Intent {
	k := e.keys
	switch {
	case key.Matches(msg, k.Undo):
		return e.undo()
	case key.Matches(msg, k.Redo):
		return e.redo()
	case key.Matches(msg, k.Cut):
		return e.cut()
	case key.Matches(msg, k.Paste):
		e.past.apart()
		return e.insert(e.clip)
	case key.Matches(msg, k.Newline):
		return e.newline()
	case key.Matches(msg, k.Indent):
		return e.insert([]line{{text: "  "}})
	}
	if from, to, deletes := e.removal(msg); deletes {
		e.past.apart()
		if from == to {
			return nil
		}
		e.edit(from, to, []line{{}})
		e.complete()
		return Changed{}
	}
	if text := msg.Key().Text; text != "" {
		answer := e.insert([]line{{text: text}})
		e.complete()
		return answer
	}
	return tui.Pass{}
}

// removal returns what a key deletes: the selection, or what is before or behind the cursor.
func (e *Editor) removal(msg tea.KeyPressMsg) (from, to pos, ok bool) {
	k, c := e.keys, e.cursor
	text := e.text.lines[c.line].text
	switch {
	case key.Matches(msg, k.Backspace):
		from, to = e.text.left(c), c
	case key.Matches(msg, k.Delete):
		from, to = c, e.text.right(c)
	case key.Matches(msg, k.DeleteWord):
		from, to = e.wordLeft(c), c
	case key.Matches(msg, k.DeleteToStart):
		from, to = pos{c.line, 0}, c
	case key.Matches(msg, k.DeleteToEnd):
		from, to = c, pos{c.line, len(text)}
		if from == to {
			to = e.text.right(c)
		}
	default:
		return c, c, false
	}
	if e.marked {
		from, to = e.selection()
	}
	return from, to, true
}

// insert puts lines in place of the selection.
func (e *Editor) insert(with []line) tui.Intent {
	if len(with) == 0 {
		return nil
	}
	if e.text.size+sizeOf(with) > maxText {
		return Notice{Text: "the text would be longer than 16 MiB: send it from a file"}
	}
	from, to := e.selection()
	if from == to && len(with) == 1 && with[0].text == "" {
		return nil
	}
	e.edit(from, to, with)
	return Changed{}
}

// newline breaks the line and keeps its indent; behind an opening bracket it indents by two more.
func (e *Editor) newline() tui.Intent {
	from, _ := e.selection()
	l := e.text.lines[from.line]
	head := l.text[:from.col]
	indent := head[:len(head)-len(strings.TrimLeft(head, " \t"))]
	if trimmed := strings.TrimRight(head, " \t"); strings.HasSuffix(trimmed, "{") || strings.HasSuffix(trimmed, "[") {
		indent += "  "
	}
	e.past.apart()
	return e.insert([]line{{crlf: e.crlf(from.line)}, {text: indent}})
}

// crlf returns the kind of line end for a new line at n: that of its neighbour.
func (e *Editor) crlf(n int) bool {
	if n < len(e.text.lines)-1 {
		return e.text.lines[n].crlf
	}
	return n > 0 && e.text.lines[n-1].crlf
}

// paste inserts what the terminal pasted. Terminals send CR for line ends; the text keeps its own kind.
func (e *Editor) paste(text string) tui.Intent {
	if e.asking {
		answer, _ := e.prompt.Update(tea.PasteMsg{Content: text})
		return e.answered(answer)
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	with := split(strings.ReplaceAll(text, "\r", "\n"))
	from, _ := e.selection()
	crlf := e.crlf(from.line)
	for i := range with {
		with[i].crlf = crlf
	}
	e.past.apart()
	answer := e.insert(with)
	e.past.apart()
	return answer
}

// selection returns the selected range; the cursor twice when nothing is selected.
func (e *Editor) selection() (from, to pos) {
	if !e.marked {
		return e.cursor, e.cursor
	}
	if e.cursor.before(e.anchor) {
		return e.cursor, e.anchor
	}
	return e.anchor, e.cursor
}

func (e *Editor) copy() tui.Intent {
	from, to := e.selection()
	if from == to {
		return Notice{Text: "nothing is selected"}
	}
	e.clip, e.pinned = e.text.slice(from, to), false
	return Copy{What: "selection", Text: join(e.clip)}
}

// cut takes the selection, or the whole line when there is none.
func (e *Editor) cut() tui.Intent {
	from, to := e.selection()
	if from == to {
		from, to = pos{e.cursor.line, 0}, pos{e.cursor.line + 1, 0}
		if to.line >= len(e.text.lines) {
			to = e.text.end()
		}
	}
	if from == to {
		return nil
	}
	e.clip = e.text.slice(from, to)
	e.past.apart()
	e.edit(from, to, []line{{}})
	e.past.apart()
	return Cut{join(e.clip)}
}
