package shell

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/diagnose"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/screen"
	"culprit/tui/screen/workbench"
)

// Core is what the shell needs from the rest of the program. Functions with a context may block and run in
// tasks; the others must return at once. What may be nil says so: it switches off what needs it, and its keys.
type Core struct {
	// Send resolves, performs, checks the assertions and records. The exchange may be there beside an error.
	Send func(ctx context.Context, e *collections.Entry, s collections.Saved, env string, emit func(request.Event)) (*request.Exchange, []collections.Checked, error)
	// Doubt says why an answer of a 2xx status is no success after all, "" for no doubt: an error inside it. It may take as
	// long as it takes to look through the body, and may be nil.
	Doubt func(x *request.Exchange) string
	// Said is what a failing answer says of its failure in its own words, "" for nothing. It may take as long as Doubt, and
	// may be nil.
	Said func(x *request.Exchange) string
	// Save writes s into the file of e. A file that changed since it was read gives a *Conflict unless force.
	Save func(ctx context.Context, e *collections.Entry, s collections.Saved, force bool) error
	// Create makes a new request in the folder at a path, "" for the top, and returns its path. The name "" is one made of
	// what it asks for. It may be nil.
	Create func(ctx context.Context, folder, name string, s collections.Saved) (path string, err error)
	// CreateFolder makes a folder called name in the one at a path, and returns its path.
	CreateFolder func(ctx context.Context, in, name string) (path string, err error)
	// Move puts the file of e into the folder at a path and returns where it is then.
	Move func(ctx context.Context, e *collections.Entry, folder string) (path string, err error)
	// Duplicate writes a copy of e beside it, under another name, and returns its path.
	Duplicate func(ctx context.Context, e *collections.Entry, name string) (path string, err error)
	// Rename gives e, and its file, another name and returns the new path.
	Rename func(ctx context.Context, e *collections.Entry, name string) (path string, err error)
	// Delete removes e and its file; of a folder all that is in it.
	Delete func(ctx context.Context, e *collections.Entry) error
	// SaveBody writes the body of x into a new file called name, or into one like it where that exists, and
	// returns its path. It may be nil.
	SaveBody func(ctx context.Context, x *request.Exchange, name string) (path string, err error)
	// Reload reads the collection anew. It may be nil.
	Reload func(ctx context.Context) (*collections.Collection, error)
	// Watch calls heard with the files, by path in the collection, that another program made, changed or removed, until
	// ctx ends. Nil leaves it to Reload.
	Watch func(ctx context.Context, heard func(files []string)) error
	// Draft keeps what was edited and not saved, all of it, so that a crash loses nothing; bases are what the files
	// said when each was begun. It may be nil.
	Draft func(ctx context.Context, drafts, bases map[string]collections.Saved) error
	// Settle says that a person has chosen between a draft and its rival, which need not be kept any more after the next
	// call of Draft. It is there where Options.Rivals is.
	Settle func(r Rival)
	// Leave keeps where the person is, for the next start. It may be nil.
	Leave func(ctx context.Context, at Place) error
	// Diagnose finds out why p failed. Consent and answers come through ask. It may be nil.
	Diagnose func(ctx context.Context, p Problem, ask Asker, emit func(diagnose.Event)) (diagnose.Report, error)
	// Documents says which OpenAPI documents can be named, of the folder that typed has come to. It may be nil.
	Documents func(ctx context.Context, typed string) Documents
	// TryDocument says why a document that was named cannot be used; nil when it can. It is there where Documents is.
	TryDocument func(ctx context.Context, name string) error
	// Recall returns an exchange of the history as a problem to diagnose. It may be nil.
	Recall func(ctx context.Context, id string) (Problem, error)
	// Repair carries the edits of a fix back to what is saved of the problem. Nothing is written.
	Repair func(p Problem, fix diagnose.Fix) (collections.Amendment, error)
	// Assign writes variables where they are: into the file of an environment or a folder.
	Assign func(ctx context.Context, p Problem, a []collections.Assignment) error
	// SaveReport writes a report into a new file, in the form that ext names (".md", ".json", ".har"), and returns
	// its path. It may be nil.
	SaveReport func(ctx context.Context, p Problem, r diagnose.Report, ext string) (path string, err error)
	// Resolve fills in the variables of a URL for display, with its secrets masked unless revealed.
	Resolve func(e *collections.Entry, s collections.Saved, env string, revealed bool) workbench.Resolution
	// ParseCurl reads a curl command.
	ParseCurl func(text string) (Pasted, error)
	// ToCurl writes the command that sends the same bytes. Unless show is true secrets are masked, and masked says
	// whether there were any: then the command does not send the same bytes.
	ToCurl func(e *collections.Entry, s collections.Saved, env string, show bool) (text string, masked bool, err error)
	// Copy puts text where a paste finds it, beside the escape sequence that the shell sends to the
	// terminal; it returns how, for the status line. It may be nil, as the two below.
	Copy func(ctx context.Context, text string) (how string, err error)
	// Editor returns the command that opens text in the person's editor and ends in done's message.
	Editor func(text, suffix string, done func(text string, err error) tea.Msg) tea.Cmd
	// Reader returns the command that shows a body in the person's pager, or editor, and ends in done's message.
	Reader func(body *request.Content, suffix string, edit bool, done func(err error) tea.Msg) tea.Cmd
	// Environs change the environments; nil when they cannot be changed.
	Environs *Environs
	// Cookies are the jars; nil when none is kept.
	Cookies *Cookies
	// Past are the exchanges that happened; nil when nothing is kept.
	Past *Past
	// Now is the time; nil means the clock.
	Now func() time.Time
}

// A Problem is what is to be diagnosed.
type Problem struct {
	Entry       *collections.Entry
	Saved       collections.Saved
	Environment string
	Exchange    *request.Exchange // the failing one
	// Past means that the request of Exchange is to be diagnosed, as it was sent then; else what Saved is now.
	Past       bool
	Production bool // the environment is marked so
	// Expected is what a person wants of an answer that passes and is wrong.
	Expected diagnose.Expectation
	// Working is a request of which a person says that it works, as a pasted curl command has it; nil for none.
	Working *collections.Saved
	// Document is the OpenAPI document that the answer should follow, a path or a URL; "" is the collection's own.
	Document string
	// Allowed is what the person allowed at once of the variations of the request that may change data; nil is nothing. It does
	// not hold where it counts as production.
	Allowed *Allowance
	// Depth is how many probes it may take, as diagnose.Depth has it; "" is the usual.
	Depth string
	// Right is an exchange of the history whose answer was right, by its ID there; "" for none.
	Right string
	// Tape keeps what is learned, for stopping and going on. The shell sets it.
	Tape *diagnose.Tape
}

// Asker brings the questions of a diagnosis to the person. Allow and Reply block until there is an answer
// or ctx is done.
type Asker struct {
	Allow func(ctx context.Context, q diagnose.Question) (Consent, error)
	Reply func(ctx context.Context, q diagnose.Question) (string, error) // "" is "don't know"
	Note  func(text string)                                              // says what could not be read; it does not block for long
}

// Consent is the answer to a question that may change data. The zero value is no.
type Consent struct {
	Yes    bool
	Always bool // for this session, this request, this method and this path
	Only   bool // the no is to this one alone
}

// A Conflict is the error of Core.Save when the file is no longer what was read.
type Conflict struct {
	Theirs collections.Saved // what the file says now
	Err    error
}

// Error implements error.
func (c *Conflict) Error() string { return "the file changed on disk: " + c.Err.Error() }

// Unwrap returns the cause.
func (c *Conflict) Unwrap() error { return c.Err }

// A Screen takes the whole terminal but the two lines below. It gets diagnose.Event and screen.Diagnosed
// through Update and returns the intents of package screen; a key that it passes on goes to the shell, where esc
// leads back to the workbench. When it has a method Restyle(), that is called after the theme changed; one Resized() tui.Intent after the
// terminal has another size.
type Screen interface {
	tui.Part
	Title() string
}

// A Diagnoser is the screen of a diagnosis: it draws its questions too.
type Diagnoser interface {
	Screen
	screen.Questioner
}

// HangUp is the message that the terminal is gone or the program is to end: drafts are saved, then it quits.
type HangUp struct{}

// Pasted is a request that was pasted as a curl command.
type Pasted struct {
	Saved    collections.Saved
	Warnings []string            // what was not carried over
	Adopted  collections.Adopted // the same with variables in the places of its credentials, if it has any
}
