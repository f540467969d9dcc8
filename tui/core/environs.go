package core

import (
	"context"
	"errors"
	"io/fs"
	"slices"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/tui/shell"
)

// environs are the functions that change environments.
func (c *Core) environs() *shell.Environs {
	return &shell.Environs{
		Save: func(_ context.Context, e collections.Environment, vars []collections.Variable) error {
			return told(c.parts.Store.SaveEnvironment(e, vars))
		},
		Create: func(_ context.Context, name string) (string, error) {
			e, err := c.parts.Store.CreateEnvironment(name, nil)
			return e.Name, told(err)
		},
		Rename: func(_ context.Context, e collections.Environment, name string) (string, error) {
			named, err := c.parts.Store.RenameEnvironment(e, name)
			return named.Name, told(err)
		},
		Delete: func(_ context.Context, e collections.Environment) (func() error, error) {
			undo, err := c.parts.Store.DeleteEnvironment(e)
			return undo, told(err)
		},
		Mark: func(_ context.Context, name string, production, dev bool) error {
			return c.parts.Store.Mark(name, file.Mark{Production: production, Dev: dev})
		},
		Give: c.values.Keep,
		Origin: func(environment, name string) (string, bool) {
			if slices.ContainsFunc(c.values.Of(environment), func(v collections.Variable) bool { return v.Name == name }) {
				return "this session", true
			}
			return c.parts.Vault.Origin(environment, name)
		},
	}
}

// told says in our words that a file is another one.
func told(err error) error {
	var changed *file.Changed
	switch {
	case errors.As(err, &changed):
		return errors.New("its file was changed by another program since it was read")
	case errors.Is(err, fs.ErrExist):
		return errors.New("there is one of that name")
	}
	return err
}
