package core

import (
	"context"
	"errors"
	"io"

	"culprit/collections"
	"culprit/request"
)

// folder returns the folder at a path of the collection.
func (c *Core) folder(at string) (*collections.Entry, error) {
	c.mu.Lock()
	loaded, partly := c.collection, c.partly
	c.mu.Unlock()
	if loaded == nil || partly {
		return nil, errors.New("the collection is still being read")
	}
	if f := loaded.Root.Folder(at); f != nil {
		return f, nil
	}
	return nil, errors.New("there is no folder " + at + " any more")
}

func (c *Core) create(_ context.Context, folder, name string, s collections.Saved) (string, error) {
	in, err := c.folder(folder)
	if err != nil {
		return "", err
	}
	if name == "" {
		name = nameOf(s)
	}
	e, err := c.parts.Store.Create(in, name, s)
	if err != nil {
		return "", err
	}
	return e.Path, nil
}

func (c *Core) createFolder(_ context.Context, in, name string) (string, error) {
	parent, err := c.folder(in)
	if err != nil {
		return "", err
	}
	e, err := c.parts.Store.CreateFolder(parent, name)
	if err != nil {
		return "", err
	}
	return e.Path, nil
}

// move puts a request into another folder.
func (c *Core) move(_ context.Context, e *collections.Entry, folder string) (string, error) {
	to, err := c.folder(folder)
	if err != nil {
		return "", err
	}
	moved, err := c.parts.Store.Move(e, to)
	if err != nil {
		return "", err
	}
	return moved.Path, nil
}

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
