package report

import "strings"

// What comes from a server or a request must stay text when a ticket is rendered: no link, no picture, no HTML, no
// end of the table or of the block that it stands in.

// prose makes of a text one line of Markdown that reads as it is written.
func prose(s string) string {
	return strings.NewReplacer("\\", "\\\\", "`", "\\`", "*", "\\*", "[", "\\[", "]", "\\]", "<", "&lt;", ">", "&gt;", "|", "\\|",
		"\r", " ", "\n", " ").Replace(strings.TrimSpace(s))
}

// code makes of a text one code span, which may stand in a table; "" of none.
func code(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	return "`" + strings.NewReplacer("`", "'", "\n", " ", "\r", " ", "|", "\\|").Replace(s) + "`"
}

// fenced is a block of code with a fence that is longer than every run of backticks in it.
func fenced(language, text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + language + "\n" + strings.TrimRight(text, "\n") + "\n" + fence + "\n\n"
}
