package core

import (
	"context"
	"errors"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/tui/shell"
)

// environs are the functions that change environments.
func (c *Core) environs() *shell.Environs {
	return &shell.Environs{
		Save: func(_ context.Context, e collections.Environment, vars []collections.Variable) error {
			err := c.parts.Store.SaveEnvironment(e, vars)
			var changed *file.Changed
			if errors.As(err, &changed) {
				return errors.New("its file was changed by another program since it was read")
			}
			return err
		},
		Create: func(_ context.Context, name string) (string, error) {
			e, err := c.parts.Store.CreateEnvironment(name, nil)
			return e.Name, err
		},
		Mark: func(_ context.Context, name string, production, dev bool) error {
			return c.parts.Store.Mark(name, file.Mark{Production: production, Dev: dev})
		},
		Origin: func(environment, name string) (string, bool) {
			if c.parts.Origin == nil {
				return "nowhere: this build reads no secrets", false
			}
			return c.parts.Origin(environment, name)
		},
	}
}
