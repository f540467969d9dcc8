package workbench

import (
	"strings"
	"testing"

	"culprit/tui/keys"
	"culprit/tui/theme"
)

// Of a long documentation as much is drawn as is seen.
func TestLongDocumentationIsNotDrawnWhole(t *testing.T) {
	m, _ := keys.New(nil)
	w := New(Options{Styles: theme.New(theme.Choice{}), Keys: m})
	w.reply.w, w.reply.h, w.reply.about = 40, 20, strings.Repeat("a line\n", 1000)
	if n := len(w.reply.unsent()); n != 20 {
		t.Errorf("%d lines", n)
	}
}
