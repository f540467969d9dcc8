// Package collections is what a person has saved: folders of requests, environments, variables.
//
// The root is the vocabulary and the resolving of a saved entry into a request that can be sent: defaults
// inherited from the folders, variables filled in, each value with its provenance. Where collections are kept
// is the business of a Store (package file: OpenCollection YAML on disk). What happened when they were sent
// is the business of a Recorder (package history).
package collections

import "culprit/request"

// A Collection is a folder of requests, sub-folders and environments.
type Collection struct {
	Name         string
	Dir          string // absolute
	Root         *Entry // the top folder; its Children are the entries
	Environments []Environment
	Problems     []Problem // of the collection's own files; those of an entry are in the entry
	Unmade       bool      // nothing of it is on disk: the first thing that is made in it makes it
}

// A Kind says what an entry is.
type Kind string

// The kinds of entry. Other is a kind that is kept and shown but cannot be sent yet (grpc, websocket, script).
const (
	Folder Kind = "folder"
	HTTP   Kind = "http"
	Other  Kind = "other"
	Broken Kind = "broken" // the file cannot be read; Problems says why and where
	Unread Kind = ""       // a file of the beginning of a collection that nobody has read yet
)

// An Entry is a folder or a saved request.
type Entry struct {
	Kind     Kind
	Name     string // shown; untrusted
	Path     string // in the collection, with slashes and without ".yml": "orders/create-order"; "" for the root
	File     string // absolute path of its file; "" for a folder without folder.yml
	Type     string // info.type as written
	Seq      int
	Children []*Entry
	Parent   *Entry

	Saved    Saved // what the file says; the zero value for Broken and Other
	Problems []Problem
	// Met lists what the file asks for and culprit does not do yet: scripts, actions, an auth scheme.
	Met []string
}

// A Problem is something wrong or unknown at a place of a file.
type Problem struct {
	File         string
	Line, Column int // from 1; 0 when the place is the whole file
	Text         string
	Warning      bool // the rest can be used
}

// Saved is a request as saved, or the defaults of a folder: variables not filled in, rows that are switched
// off still there. Every value remembers nothing of its place; the Store finds it again by field.
type Saved struct {
	Method   string
	URL      string
	Headers  []Row
	Params   []Row // Kind "query" or "path". The URL holds the enabled query rows too (FORMATS §4)
	Auth     SavedAuth
	Body     SavedBody
	Vars     []Variable
	Asserts  []Assert
	Captures []Capture // read from actions and scripts, never written back
	Docs     string
	Settings SavedSettings
}

// A Row is a line of a form.
type Row struct {
	Name, Value string
	Off         bool
	Kind        string // params: "query" or "path"
	About       string
}

// SavedAuth is the auth of an entry. Scheme "" means none, "inherit" that of the folder above.
type SavedAuth struct {
	Scheme string
	Params []request.Field
}

// SavedBody is a body as saved.
type SavedBody struct {
	Type  string // json, text, xml, sparql, form-urlencoded, multipart-form, file, graphql; "" for none
	Text  string // of graphql as SplitGraphQL reads it
	Rows  []Row  // form-urlencoded
	Parts []Part // multipart-form and file
}

// A Part is one row of a multipart or file body.
type Part struct {
	Row
	File   []string // paths, for a file part
	IsFile bool
	Type   string // content type
}

// A Variable has a name and a value; a secret one has no value in the file.
type Variable struct {
	Name, Value string
	Off, Secret bool
}

// A Capture says which variable takes what of a request's answer: {token, res.body.access_token}. Package send carries
// it out for the session; a diagnosis reads from it where credentials come from.
type Capture struct {
	Variable   string
	Expression string // a path into the response, as package check reads it
}

// An Assert is one assertion of a request.
type Assert struct {
	Expression, Operator, Value string
	Off                         bool
}

// SavedSettings are the request's own settings; nil or zero means not set.
type SavedSettings struct {
	Timeout         *int // milliseconds, 0 none
	FollowRedirects *bool
	MaxRedirects    *int
	EncodeURL       *bool
	Cookies         *bool // false neither sends cookies of the jar nor keeps any
}

// An Environment is a set of variables under a name.
type Environment struct {
	Name       string
	File       string
	Variables  []Variable
	Production bool // the person says so, by a mark or by its name: guarded
	Dev        bool // marked as harmless by the person
	Public     bool // nobody said what it is, and not all of its hosts are local: guarded until somebody does
}
