package request

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
)

// ErrNotAgain says that a body cannot be shown whole: what it was read from is not what it was, or nobody knows it.
var ErrNotAgain = errors.New("what the body was read from is not the same any more")

// A source is where a body that went out came from, and how to tell whether it says the same again: the bytes of a large
// one are not kept.
type source struct {
	open func() (io.ReadCloser, error)
	sum  uint64
	seed maphash.Seed
	dir  string // for spool files
}

// Whole returns all of the body that went out, byte for byte. One that is larger than what Body keeps is read again from
// where it came from, into a spool file: ErrNotAgain when that differs from what was sent. It may block; the caller
// closes what it returns.
func (s Sent) Whole(ctx context.Context) (*Content, error) {
	if s.Body.Size() == s.Size {
		return s.Body, nil
	}
	if s.source == nil {
		return nil, ErrNotAgain
	}
	r, err := s.source.open()
	if err != nil {
		return nil, errors.Join(ErrNotAgain, err)
	}
	defer r.Close()
	to := &spool{memory: sentLimit, dir: s.source.dir}
	to.expect(s.Size)
	var h maphash.Hash
	h.SetSeed(s.source.seed)
	err = to.copy(ctx, io.TeeReader(io.LimitReader(r, s.Size), &h))
	all := to.content()
	switch {
	case err != nil:
		all.Close()
		return nil, err
	case all.Size() != s.Size || h.Sum64() != s.source.sum:
		all.Close()
		return nil, ErrNotAgain
	}
	return all, nil
}

// copy collects all of r.
func (s *spool) copy(ctx context.Context, r io.Reader) error {
	for ctx.Err() == nil {
		room, err := s.room()
		if err != nil {
			return err
		}
		n, end := r.Read(room)
		if err := s.took(n); err != nil {
			return err
		}
		if errors.Is(end, io.EOF) {
			return nil
		}
		if end != nil {
			return end
		}
	}
	return ctx.Err()
}
