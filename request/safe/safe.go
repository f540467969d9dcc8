// Package safe turns untrusted bytes into text that can be drawn. It is the only way to the screen.
//
// Everything that did not come from our own string literals is hostile until it is a Text: bodies, header
// names and values, reason phrases, file names, collection text, error strings. The package is a leaf: it
// imports nothing of culprit.
package safe
