package keys

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
)

// opposites are the words of two bindings that undo each other: help shows the two in one row.
var opposites = strings.Split("up, down|left, right|first, last|newest, last|first line, last line|page up, page down|half a page up, half a page down|"+
	"next tab, previous tab|next pane, previous pane|next, previous|next match, previous match|move up, move down|undo, redo|word left, word right|"+
	"find next, find previous|start of the text, end of the text|fold a level, unfold a level|fold all, unfold all", "|")

// Opposite returns the words of two bindings that undo each other, as help shows them in one row; false for all others.
func Opposite(a, b key.Binding) (words string, ok bool) {
	words = a.Help().Desc + ", " + b.Help().Desc
	return words, slices.Contains(opposites, words)
}

// Both is one word of help for two opposite bindings: "j/k scroll".
func Both(a, b key.Binding, what string) key.Binding {
	return key.NewBinding(key.WithKeys(slices.Concat(a.Keys(), b.Keys())...), key.WithHelp(a.Help().Key+"/"+b.Help().Key, what))
}
