package shell

import (
	"context"

	"culprit/collections"
	"culprit/request"
)

// Past are the exchanges that happened, as far as they are kept. All functions may block and run in tasks.
type Past struct {
	// Find returns at most limit exchanges that a search finds, newest first: those after last, or the first ones.
	// Only those of the collection that is open, unless all is true.
	Find func(ctx context.Context, search string, all bool, last collections.Past, limit int) ([]collections.Past, error)
	// Latest returns the newest exchange of each request of the collection that is open, by its path. It may be nil.
	Latest func(ctx context.Context) (map[string]collections.Past, error)
	// Count returns how many a search finds.
	Count func(ctx context.Context, search string, all bool) (int, error)
	// Open returns all that is kept of one.
	Open func(ctx context.Context, id string) (collections.Kept, error)
	// Again returns the request of one with its secrets filled in. The error says which are not to be had.
	Again func(ctx context.Context, p collections.Past) (Again, error)
	// Replay sends a request that Again returned, and records that. The exchange may be there beside an error.
	Replay func(ctx context.Context, p collections.Past, r request.Request, emit func(request.Event)) (*request.Exchange, error)
	// Draft returns the request of one for a person to edit.
	Draft func(ctx context.Context, p collections.Past) (Redraft, error)
	// Curl returns the command that sends the same, with references in the places of secrets.
	Curl func(ctx context.Context, id string) (string, error)
	// HAR writes exchanges, or for none what a search finds, into a file and returns its path. It may be nil.
	HAR func(ctx context.Context, items []collections.Past, search string, all bool) (path string, err error)
	// Grammar is how a search is written: what is typed, and what it finds.
	Grammar [][2]string
}

// Again is a recorded request that can be sent once more.
type Again struct {
	Request request.Request
	Changed []string // the secrets that have another value now than then
}

// A Redraft is a recorded request that can be edited.
type Redraft struct {
	Entry *collections.Entry // what it was sent for; nil when that is gone
	Saved collections.Saved
	Notes []string // what a person should know
}
