// Package core gives the workbench the functions of the three cores: it sends, saves, resolves and diagnoses on
// the shell's behalf.
//
// It decides nothing and draws nothing; what it needs from the process (files, the network, the clipboard) it
// is handed by package start.
package core

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/collections/jar"
	"culprit/collections/journal"
	"culprit/collections/send"
	"culprit/collections/vault"
	"culprit/diagnose/evidence"
	"culprit/diagnose/surroundings"
	"culprit/request"
	"culprit/request/outside"
	"culprit/tui/shell"
)

// Parts are what a Core is made of. Store and Engine are required.
type Parts struct {
	Store   *file.Store
	First   *Loading // what Begin began; LoadSoon needs it
	Engine  *request.Engine
	History *history.History                 // nil keeps nothing
	Journal func() (*journal.Journal, error) // opened on the first draft; nil keeps no drafts
	Places  journal.Places                   // where the person was in each collection
	Vault   *vault.Vault                     // values of secret variables; nil has none
	Jars    string                           // the folder of the jars of cookies; "" has none
	NoJar   bool                             // the configuration switches the jars off: they can be seen and emptied
	Version string                           // of the program, for what it writes
	Copy    func(ctx context.Context, text string) (string, error)
	Create  func(name string) (w io.WriteCloser, path string, err error) // a new file for a report; nil saves none
	Editor  func(text, suffix string, done func(string, error) tea.Msg) tea.Cmd
	Reader  func(body *request.Content, suffix string, edit bool, done func(error) tea.Msg) tea.Cmd
	Machine surroundings.Machine // what a diagnosis asks of the machine; the zero value knows nothing
	Clients []string             // other clients of this machine, for Settings.Client; nil for none
}

// A Core holds the collection that the workbench works on.
type Core struct {
	parts  Parts
	ledger *ledger // nil when nothing is recorded
	masks  masks
	always sync.Map // consents that hold for the session, see consent
	tokens send.Tokens
	values send.Values

	mu         sync.Mutex
	jars       map[string]*jar.Jar // by environment
	collection *collections.Collection
	partly     bool // collection is only its beginning

	drafts drafts
}

// New returns the core of parts.
func New(p Parts) *Core {
	if p.Vault == nil {
		p.Vault = vault.New(nil, "", "")
	}
	c := &Core{parts: p, drafts: drafts{kept: map[string]kept{}, over: map[string][]string{}}}
	if p.History != nil {
		c.ledger = &ledger{to: p.History}
	}
	return c
}

// Close waits until what was sent is in the history; the error says why something is not. It does not close
// the parts.
func (c *Core) Close() error {
	if c.ledger == nil {
		return nil
	}
	return c.ledger.wait(context.Background())
}

// Shell returns the functions that the shell calls.
func (c *Core) Shell() shell.Core {
	s := shell.Core{
		Send: c.send, Doubt: doubt, Said: said, Save: c.save, Create: c.create, Reload: c.Load, Watch: c.watch, Leave: c.leave, Diagnose: c.diagnose, Documents: c.documents, TryDocument: c.tryDocument,
		Repair: c.repair, Assign: c.assign, Resolve: c.resolve, ParseCurl: c.parseCurl, ToCurl: c.toCurl, Copy: c.parts.Copy, Editor: c.parts.Editor,
		Duplicate: c.duplicate, Rename: c.rename, CreateFolder: c.createFolder, Move: c.move, Delete: c.remove, Reader: c.parts.Reader,
		Past: c.browse(), Environs: c.environs(),
	}
	if c.parts.Journal != nil {
		s.Draft, s.Settle = c.draft, c.settle
	}
	if c.parts.History != nil {
		s.Recall = c.recall
	}
	if c.parts.Jars != "" {
		s.Cookies = c.cookies()
	}
	if c.parts.Create != nil {
		s.SaveReport, s.SaveBody = c.saveReport, c.saveBody
	}
	return s
}

// options are what resolving depends on, in the environment called env.
func (c *Core) options(env string) collections.ResolveOptions {
	o := collections.ResolveOptions{Dir: c.parts.Store.Dir(), Secrets: c.parts.Vault.Value, Session: c.values.Of(env)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.collection == nil {
		return o
	}
	for i, e := range c.collection.Environments {
		if e.Name == env {
			o.Environment = &c.collection.Environments[i]
		}
	}
	return o
}

func (c *Core) send(ctx context.Context, e *collections.Entry, s collections.Saved, env string, emit func(request.Event)) (*request.Exchange, []collections.Checked, error) {
	sender := send.Sender{Do: c.parts.Engine.Do, Tokens: &c.tokens, Values: &c.values, Browse: c.signIn}
	if c.ledger != nil {
		sender.Recorder = c.ledger
	}
	sent, err := sender.Send(ctx, e, s, c.jarred(env), emit)
	return sent.Exchange, sent.Checks, err
}

// signIn opens the address of a sign-in, where this machine has a browser.
func (c *Core) signIn(address string) { outside.Browse(c.parts.Machine.Getenv, address) }

// doubt says why a 2xx is no success, by the guard that a diagnosis uses (DIAGNOSIS §3.5).
func doubt(x *request.Exchange) string {
	if x.Failure != nil || x.Status() < 200 || x.Status() > 299 {
		return ""
	}
	_, why := evidence.Passed(x, evidence.Expect{})
	return why
}

// said is what a failing answer says of its failure.
func said(x *request.Exchange) string {
	if x.Status() < 400 {
		return ""
	}
	return evidence.Said(x)
}

func (c *Core) save(_ context.Context, e *collections.Entry, s collections.Saved, force bool) error {
	err := c.parts.Store.Save(e, s)
	var changed *file.Changed
	if !errors.As(err, &changed) {
		return err
	}
	if force {
		return c.parts.Store.Overwrite(changed)
	}
	theirs, readErr := file.Read(changed.Theirs, e.Kind == collections.Folder)
	if readErr != nil {
		return err
	}
	return &shell.Conflict{Theirs: theirs, Err: err}
}

func (c *Core) leave(_ context.Context, at shell.Place) error {
	return c.parts.Places.Keep(c.parts.Store.Dir(), journal.Place{Environment: at.Environment, Entry: at.Entry, At: time.Now()})
}

// Was returns where the person left this collection.
func (c *Core) Was() shell.Place {
	at := c.parts.Places.Of(c.parts.Store.Dir())
	return shell.Place{Environment: at.Environment, Entry: at.Entry}
}
