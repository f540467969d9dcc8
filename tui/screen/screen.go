// Package screen is what screens say to the shell that shows them, and what it tells them.
//
// Each child package is one screen. A screen that takes the whole terminal (the wizard) is a tui.Part with a
// Title; it returns the intents of this package, and those of its own that the shell knows.
package screen

import (
	"culprit/collections"
	"culprit/diagnose"
)

// The intents of a screen above the workbench.
type (
	// Leave goes back to the workbench. What runs goes on, and the screen comes back as it was.
	Leave struct{}
	// Stop cancels the diagnosis that runs; what it learned still arrives as Diagnosed.
	Stop struct{}
	// Again starts the diagnosis of the same problem anew.
	Again struct{}
	// Apply makes Saved the draft of the request under diagnosis and shows it; with Send it is sent at once.
	Apply struct {
		Saved collections.Saved
		Send  bool
	}
	// Copy puts Text into the clipboard; What begins the sentence of the status line: "The curl command was".
	Copy struct{ Text, What string }
	// Say is a line for the status line.
	Say string
)

// Diagnosed is the last message that a wizard gets; before it come the events, as diagnose.Event.
type Diagnosed struct {
	Report diagnose.Report
	Err    error // nil, or why it ended early
}
