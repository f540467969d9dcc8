package workbench

import (
	"culprit/collections"
	"culprit/request"
)

// The intents that a workbench returns; the shell grants them.
type (
	// Send asks to send an entry as it is edited now.
	Send struct {
		Entry *collections.Entry
		Saved collections.Saved
	}
	// Diagnose asks why an exchange failed.
	Diagnose struct {
		Entry    *collections.Entry
		Saved    collections.Saved
		Exchange *request.Exchange
	}
	// Edit asks for the person's own editor on a text; the result comes back through External.
	Edit struct {
		Text, Suffix string
	}
	// Copy asks to put a text into the clipboard; What names it for the status line.
	Copy struct {
		Text, What string
	}
	// Say is a line for the status line.
	Say string
	// Changed says that a draft changed and is to be kept safe.
	Changed struct{}
)
