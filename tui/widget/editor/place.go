package editor

// Line returns the line of the cursor, from 0.
func (e *Editor) Line() int { return e.cursor.line }
