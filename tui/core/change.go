package core

import (
	"context"
	"errors"
	"io"

	"culprit/collections"
	"culprit/request"
)

// duplicate copies a request and gives the copy its name.
func (c *Core) duplicate(_ context.Context, e *collections.Entry, name string) (string, error) {
	twin, err := c.parts.Store.Duplicate(e)
	if err != nil {
		return "", err
	}
	if name == "" || name == twin.Name {
		return twin.Path, nil
	}
	named, err := c.parts.Store.Rename(twin, name)
	if err != nil {
		return twin.Path, err
	}
	return named.Path, nil
}

func (c *Core) rename(_ context.Context, e *collections.Entry, name string) (string, error) {
	named, err := c.parts.Store.Rename(e, name)
	if err != nil {
		return "", err
	}
	return named.Path, nil
}

func (c *Core) remove(_ context.Context, e *collections.Entry) error { return c.parts.Store.Delete(e) }

// saveBody writes a response as it came: the bytes, not what is drawn of them.
func (c *Core) saveBody(_ context.Context, x *request.Exchange, name string) (string, error) {
	if x.Response() == nil {
		return "", errors.New("there is no response")
	}
	w, path, err := c.parts.Create(name)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(w, x.Response().Body.Reader())
	return path, errors.Join(err, w.Close())
}
