// Package screen is what screens say to the shell that shows them, and what it tells them.
//
// Each child package is one screen. A screen that takes the whole terminal (the wizard) is a tui.Part with a
// Title; it returns the intents of this package, and those of its own that the shell knows.
package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/tui"
	"culprit/tui/layout"
)

// The intents of a screen above the workbench.
type (
	// Leave goes back to the workbench. What runs goes on, and the screen comes back as it was.
	Leave struct{}
	// Stop cancels the diagnosis that runs; what it learned still arrives as Diagnosed.
	Stop struct{}
	// Resume goes on with a diagnosis that was stopped, or with more probes: what was answered is not asked again.
	Resume struct{ Deeper bool }
	// Allow asks whether the probes of the diagnosis that may change data may go out without a question, and then goes
	// on: Target is the request, drawable, the others are how many at most may go out, and take effect.
	Allow struct {
		Target         string
		Probes, Writes int
	}
	// Wrong says that the answer is wrong although it passes; the shell asks in what, and diagnoses that.
	Wrong struct{}
	// Skip leaves a step out, also one that runs.
	Skip struct{ Step diagnose.Step }
	// Repeat asks the questions of a step anew, and those that follow from other answers.
	Repeat struct{ Step diagnose.Step }
	// Diagnose finds out why an exchange of the history failed, by its ID there. The shell fetches it, and the
	// request that it was sent for, from its core.
	Diagnose struct{ ID string }
	// Again starts the diagnosis of the same problem anew.
	Again struct{}
	// Apply makes Saved the draft of the request under diagnosis and shows it; with Send it is sent at once.
	Apply struct {
		Saved collections.Saved
		Send  bool
	}
	// Copy puts Text into the clipboard; What begins the sentence of the status line: "The curl command was".
	Copy struct{ Text, What string }
	// Repair puts Fix into the request under diagnosis, as a draft, and shows it; with Send it is sent at once.
	// The screen knows the request that was sent, not how it is saved: the shell asks its core for that.
	Repair struct {
		Fix  diagnose.Fix
		Send bool
	}
	// Drop takes cookies out of the jar, by their names: those that went along with the request under diagnosis.
	Drop struct{ Names []string }
	// SaveReport writes a report into a file; the shell asks in which form.
	SaveReport struct{ Report diagnose.Report }
	// Answer is the intent of a question's overlay. The zero value is no, and "I don't know".
	Answer struct {
		Yes    bool
		Always bool // for this request in this session
		Only   bool // the no is to this one alone
		Skip   bool // the step that asks is left out
		Reply  string
	}
	// Ask asks for one line of text, and grants what Done makes of it. Empty lets it be empty.
	Ask struct {
		Title, What, Text string
		Empty             bool
		Done              func(text string) tui.Intent
	}
	// Choose asks for one of several, by its name.
	Choose struct {
		Title string
		Of    []string
		Done  func(name string) tui.Intent
	}
	// Confirm grants Then after a yes; the harmless way out is no.
	Confirm struct {
		Title, Text, Yes string
		Then             tui.Intent
	}
	// Several are intents to be granted one after the other.
	Several []tui.Intent
	// Say is a line for the status line.
	Say string
)

// A Task asks to run work outside the event loop. What it says goes to Hear; a newer task of the same name
// replaces it. What says what is done, for when it takes long: "searching the history"; "" works on the body that is
// seen.
type Task struct {
	Name, What string
	Run        func(ctx context.Context, emit func(tea.Msg)) tea.Msg
	Hear       func(msg tea.Msg) tui.Intent
}

// An Overlay lies above everything and takes every key. Its View is what is inside its border.
type Overlay interface {
	tui.Part
	Title() string
	// Want is the size that it would like, border included.
	Want(screen layout.Rect) (w, h int)
}

// A Questioner is a screen that knows how to ask what its diagnosis has to ask, consent or a prompt. The
// overlay answers with Answer; closing it otherwise is no.
type Questioner interface {
	Question(q diagnose.Question) Overlay
}

// Noted is a sentence to a wizard about what could not be read of what is known; the diagnosis goes on without it.
type Noted string

// Diagnosed is the last message that a wizard gets; before it come the events, as diagnose.Event.
type Diagnosed struct {
	Report diagnose.Report
	Err    error // nil, or why it ended early
}
