package workbench

import (
	"culprit/collections"
	"culprit/request"
	"culprit/tui/screen"
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
	// NewRequest asks for a new request, in the folder at a path, "" for the top.
	NewRequest struct{ Folder string }
	// NewFolder asks for a new folder in the one at a path, "" for the top.
	NewFolder struct{ In string }
	// Move asks to put a request into another folder.
	Move struct{ Entry *collections.Entry }
	// Duplicate asks for a copy of a request.
	Duplicate struct{ Entry *collections.Entry }
	// Rename asks for another name of a request or folder.
	Rename struct{ Entry *collections.Entry }
	// Delete asks to remove a request and its file, or a folder with all that is in it.
	Delete struct{ Entry *collections.Entry }
	// SaveBody asks to write the body of an exchange into a file.
	SaveBody struct{ Exchange *request.Exchange }
	// Take asks to use a value of an answer as a variable, for the session; Name is one that fits it.
	Take struct{ Name, Value string }
	// Against asks for another exchange to compare the one that is shown with.
	Against struct{}
	// Page asks to show a body in the person's own pager.
	Page struct {
		Body   *request.Content
		Suffix string
		Edit   bool // in the editor instead; what is changed is lost
	}
	// Several are intents to be granted one after the other.
	Several = screen.Several
	// Say is a line for the status line.
	Say string
	// Changed says that a draft changed and is to be kept safe.
	Changed struct{}
)
