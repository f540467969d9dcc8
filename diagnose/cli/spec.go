package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	collcli "culprit/collections/cli"
	"culprit/diagnose/dossier"
	"culprit/diagnose/spec"
	"culprit/request"
	kit "culprit/request/cli"
)

// maxSpec bounds what is read of a document: one byte more than package spec takes, so that it can say so.
const maxSpec = spec.MaxSize + 1

// document reads the OpenAPI document that --spec names: a file and those beside it that it refers to, or a URL,
// which is fetched without credentials.
func document(ctx context.Context, d collcli.Deps, name string) (*spec.Spec, error) {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		s, err := dossier.Document(name)
		if err != nil {
			return nil, kit.Fail(kit.File, fmt.Errorf("--spec: %w", err))
		}
		return s, nil
	}
	data, err := fetch(ctx, d, name)
	if err != nil {
		return nil, kit.Fail(kit.File, fmt.Errorf("--spec: %w", err))
	}
	s, err := spec.Load(data, name)
	if err != nil {
		return nil, kit.Fail(kit.File, fmt.Errorf("--spec: %w", err))
	}
	return s, nil
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSpec))
}

func fetch(ctx context.Context, d collcli.Deps, url string) ([]byte, error) {
	engine := d.Engine()
	defer engine.Close()
	r := request.Request{URL: url, Settings: request.Settings{Follow: 5, Limits: request.Limits{Body: maxSpec}}}
	x, err := engine.Do(ctx, r.WithDefaults("culprit"), nil)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	if x.Status() != 200 {
		return nil, fmt.Errorf("%s answers %d", url, x.Status())
	}
	return x.Response().Body.Head(maxSpec), nil
}
