package cli

import (
	"context"
	"fmt"
	"io"
	"os"

	collcli "culprit/collections/cli"
	"culprit/diagnose/dossier"
	"culprit/diagnose/spec"
	kit "culprit/request/cli"
)

// document reads the OpenAPI document that --spec names.
func document(ctx context.Context, d collcli.Deps, name string) (*spec.Spec, error) {
	engine := d.Engine()
	defer engine.Close()
	s, err := dossier.Named(ctx, name, engine.Do)
	if err != nil {
		return nil, kit.Fail(kit.File, fmt.Errorf("--spec: %w", err))
	}
	return s, nil
}

// maxFile bounds a file that is read whole: one byte more than the largest that is understood, so that this can be said.
const maxFile = spec.MaxSize + 1

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile))
}
