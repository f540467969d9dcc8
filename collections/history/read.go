package history

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"culprit/collections"
	"culprit/request"
)

// ErrNone says that there is no such exchange.
var ErrNone = errors.New("no such exchange in the history")

// ErrNoSecret says that a secret of a recorded request has no value now.
var ErrNoSecret = errors.New("the secret has no value here")

// A NoSecret is the ErrNoSecret of one secret.
type NoSecret struct{ Ref string }

// Error implements error.
func (n *NoSecret) Error() string { return "fill in " + n.Ref + ": " + ErrNoSecret.Error() }

// Unwrap implements errors.Unwrap.
func (n *NoSecret) Unwrap() error { return ErrNoSecret }

// An Item is one line of the history.
type Item = collections.Past

// An Exchange is an Item with all that was kept of it.
type Exchange struct {
	Item
	Sent    request.Request // what was to be sent; where a secret stood is its reference
	Hops    []Hop
	Failure *Failed               // nil for none, and for exchanges of older versions: see Cause
	Checks  []collections.Checked // of its assertions
	Body    []byte
	Cut     string // why Body is not all, "" when it is
}

const itemColumns = "id, at, collection, entry, environment, method, url, status, cause, took, passed, template, bodysize"

func scan(i *Item, row interface{ Scan(...any) error }, more ...any) error {
	var at, took int64
	err := row.Scan(append([]any{&i.ID, &at, &i.Collection, &i.Entry, &i.Environment, &i.Method, &i.URL, &i.Status,
		&i.Cause, &took, &i.Passed, &i.Template, &i.BodySize}, more...)...)
	i.At, i.Took = time.UnixMilli(at), time.Duration(took)
	return err
}

// Get returns one exchange, or ErrNone.
func (h *History) Get(ctx context.Context, id string) (x Exchange, err error) {
	defer h.doubt(&err)
	db, err := h.open(ctx)
	if err != nil {
		return Exchange{}, err
	}
	var sent, hops, file string
	row := db.QueryRowContext(ctx, "select "+itemColumns+", request, hops, body, bodyfile, cut from exchange where id = ?", id)
	if err := scan(&x.Item, row, &sent, &hops, &x.Body, &file, &x.Cut); err != nil {
		return Exchange{}, none(err)
	}
	var k kept
	if err := errors.Join(json.Unmarshal([]byte(sent), &x.Sent), k.read(hops)); err != nil {
		return Exchange{}, fmt.Errorf("read history: %w", err)
	}
	x.Sent, x.Hops, x.Failure, x.Checks = readable(x.Sent), k.Hops, k.Failure, k.Checks
	if file != "" {
		if x.Body, err = os.ReadFile(filepath.Join(h.dir, "bodies", filepath.Base(file))); err != nil {
			x.Body, x.Cut = nil, "the body is gone from the history"
		}
	}
	return x, nil
}

func none(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNone
	}
	return fmt.Errorf("read history: %w", err)
}

// Request returns the request of one exchange with its secrets filled in by current, and when that was. ErrNone is
// also for one whose secrets were not kept in a form that can be filled in again; an error that wraps ErrNoSecret
// says that a secret has no value now. With a *Changed error the request is there too, with values that are not
// those of then.
func (h *History) Request(ctx context.Context, id string, current func(ref string) (string, bool)) (request.Request, time.Time, error) {
	db, err := h.open(ctx)
	if err != nil {
		return request.Request{}, time.Time{}, err
	}
	return h.request(db.QueryRowContext(ctx, "select at, request, secrets from exchange where id = ? and refillable", id), current)
}

// request reads at, request and secrets and fills the secrets in.
func (h *History) request(row *sql.Row, current func(ref string) (string, bool)) (request.Request, time.Time, error) {
	var at int64
	var text, marked string
	if err := row.Scan(&at, &text, &marked); err != nil {
		return request.Request{}, time.Time{}, none(err)
	}
	var r request.Request
	var marks []mark
	if err := errors.Join(json.Unmarshal([]byte(text), &r), json.Unmarshal([]byte(marked), &marks)); err != nil {
		return request.Request{}, time.Time{}, fmt.Errorf("read history: %w", err)
	}
	r, err := h.show(r, marks, current)
	return r, time.UnixMilli(at), err
}
