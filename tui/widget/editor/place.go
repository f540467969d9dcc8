package editor

import "strings"

// Line returns the line of the cursor, from 0.
func (e *Editor) Line() int { return e.cursor.line }

// Finding reports whether the search prompt is open.
func (e *Editor) Finding() bool { return e.asking }

// Go puts the cursor at the start of a line, from 0; beyond the ends it goes to the nearest.
func (e *Editor) Go(line int) { e.move(pos{line: line}, false); e.arrange() }

// Find puts the cursor behind the text before, with which the text of the editor begins.
func (e *Editor) Find(before string) {
	line := strings.Count(before, "\n")
	e.move(pos{line, len(before) - strings.LastIndexByte(before, '\n') - 1}, false)
	e.arrange()
}

// LineText returns the text of the line of the cursor, without its end.
func (e *Editor) LineText() string { return e.text.lines[e.cursor.line].text }
