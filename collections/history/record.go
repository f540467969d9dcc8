package history

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/request/secret"
)

// A Hop is one hop of a recorded exchange, without secrets.
type Hop struct {
	Method, URL, Proto string
	Sent               []request.Field
	SentSize           int64
	Status             int
	Reason             string
	Header, Trailer    []request.Field
	Timing             request.Timing
	Remote, Proxy      string

	ProxyWhy   string            `json:",omitempty"`
	Reused     bool              `json:",omitempty"`
	Resolved   []string          `json:",omitempty"`
	Tried      []Tried           `json:",omitempty"`
	TLS        *Secured          `json:",omitempty"`
	Followed   *request.Redirect `json:",omitempty"`
	ReplyProto string            `json:",omitempty"`
	Wire       int64             `json:",omitempty"`
	Warn       string            `json:",omitempty"`
	Jar        []string          `json:",omitempty"`
	Stored     []request.Stored  `json:",omitempty"`
}

// Record writes an exchange and gives it its ID. The body, at most 8 MiB of it, is on disk before the row is. The
// database is not opened for it alone: see inbox.
func (h *History) Record(ctx context.Context, r collections.Record) (err error) {
	defer h.doubt(&err)
	if r.Exchange == nil {
		return nil
	}
	id, at := newID(r.Exchange.Start, h.now)
	if id, err := h.drop(func() (row, error) { return h.row(r, id, at) }); err == nil {
		r.Exchange.ID = id
		return nil
	}
	db, err := h.open(ctx)
	if err != nil {
		return err
	}
	row, err := h.row(r, id, at)
	if err != nil {
		return err
	}
	made, err := db.ExecContext(ctx, insert, row.columns()...)
	if err != nil {
		return fmt.Errorf("record exchange: %w", err)
	}
	r.Exchange.ID = row.ID
	return h.tidy(ctx, db, made, 1)
}

// A row is an exchange as it is in the database.
type row struct {
	ID                                          string
	At                                          int64 // Unix milliseconds
	Collection, Entry, Environment, Method, URL string
	Status                                      int
	Cause                                       string
	Took                                        time.Duration
	Passed                                      bool
	Template, Request, Secrets                  string
	Refillable                                  bool
	Hops                                        string
	Body                                        []byte // nil when it is in BodyFile
	BodyFile                                    string
	BodySize                                    int
	Cut                                         string
}

const (
	into   = ` into exchange values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`
	insert = "insert" + into
	again  = "insert or ignore" + into // of a row that may be there
)

// columns are the values for insert.
func (r row) columns() []any {
	return []any{r.ID, r.At, r.Collection, r.Entry, r.Environment, r.Method, r.URL, r.Status, r.Cause, int64(r.Took), r.Passed, r.Template,
		r.Request, r.Secrets, r.Refillable, r.Hops, r.Body, r.BodyFile, r.BodySize, r.Cut}
}

// tidy looks at the caps when the last n rows, of which made is the last, are the first or a pruneEvery-th.
func (h *History) tidy(ctx context.Context, db *sql.DB, made sql.Result, n int64) error {
	last, err := made.LastInsertId()
	if err != nil || (last-1)/pruneEvery == (last-1-n)/pruneEvery && last > n {
		return err
	}
	if err := h.prune(ctx, db); err != nil {
		return fmt.Errorf("tidy history: %w", err)
	}
	return nil
}

// newID returns an id that is unique and sorts by time.
func newID(start time.Time, now func() time.Time) (string, time.Time) {
	if start.IsZero() {
		start = now()
	}
	return fmt.Sprintf("%013d-%s", start.UnixMilli(), rand.Text()[:10]), start
}

// row returns what is kept of an exchange under an id. The file of a large body is written.
func (h *History) row(r collections.Record, id string, at time.Time) (row, error) {
	x := r.Exchange
	m := masker{request.Strict(x.Request.Secrets), setOf(x.Request.Secrets)}
	hidden, marks, refillable := h.hide(x.Request)
	cause := ""
	if x.Failure != nil {
		cause = string(x.Failure.Phase) + " " + x.Failure.Cause
	}
	template, err1 := h.template(r.Saved)
	req, err2 := json.Marshal(hidden)
	marked, err3 := json.Marshal(marks)
	hops, err4 := json.Marshal(kept{hopsOf(x, m), failed(x.Failure, m), checked(r.Checks, m)})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return row{}, fmt.Errorf("record exchange: %w", err)
	}
	body, cut := bodyOf(x, m.set)
	size, file := len(body), ""
	if size > inline {
		var err error
		if file, err = h.bodyFile(body); err != nil {
			return row{}, fmt.Errorf("record exchange: %w", err)
		}
		body = nil
	}
	return row{id, at.UnixMilli(), r.Collection, r.Entry, r.Environment, x.Request.Method, m.sent(x.Request.URL), x.Status(), cause, x.Took,
		r.Passed, template, string(lean(req)), string(marked), refillable, string(lean(hops)), body, file, size, cut}, nil
}

// template hashes the saved request, so that two exchanges of the same one are known as such; its text may
// hold credentials that were typed in, hence the salt.
func (h *History) template(s collections.Saved) (string, error) {
	b, err := json.Marshal(s)
	sum := sha256.Sum256(append(b, h.salt...))
	return hex.EncodeToString(sum[:8]), err
}

func hopsOf(x *request.Exchange, m masker) []Hop {
	hops := make([]Hop, len(x.Hops))
	for i, p := range x.Hops {
		hop := Hop{Method: p.Sent.Method, URL: m.sent(p.Sent.URL), Proto: p.Sent.Proto, Sent: m.fields(p.Sent.Header, m.sent),
			SentSize: p.Sent.Size, Timing: p.Timing}
		hop.connection(p.Conn, m)
		hop.Jar = p.Sent.Jar
		if f := p.Followed; f != nil {
			led := *f
			led.To = m.sent(led.To)
			hop.Followed = &led
		}
		if r := p.Response; r != nil {
			hop.Status, hop.Reason = r.Status, m.set.Mask(r.Reason)
			hop.Header, hop.Trailer = m.fields(r.Header, m.set.Mask), m.fields(r.Trailer, m.set.Mask)
			hop.Stored = r.Stored
			hop.ReplyProto, hop.Wire, hop.Warn = r.Proto, r.Wire, m.set.Mask(r.Warn)
		}
		hops[i] = hop
	}
	return hops
}

// bodyOf returns what is kept of the last body, without the secrets it echoes, and why it is not all.
func bodyOf(x *request.Exchange, set *secret.Set) ([]byte, string) {
	r := x.Response()
	if r == nil || r.Body == nil {
		return nil, ""
	}
	cut := r.Body.Cut
	if r.Body.Size() > maxBody {
		cut = "the history keeps the first 8 MiB"
	}
	return maskedBody(r.Body.Head(maxBody), set), cut
}

// bodyFile writes a body as a file named by its content.
func (h *History) bodyFile(body []byte) (string, error) {
	sum := sha256.Sum256(body)
	name := hex.EncodeToString(sum[:])
	path := filepath.Join(h.dir, "bodies", name)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(body)) {
		now := h.now()
		return name, os.Chtimes(path, now, now) // young again: not swept before its row is there
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(body)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return name, nil
}
