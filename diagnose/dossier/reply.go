package dossier

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"culprit/diagnose/spec"
	"culprit/request"
)

// Reply is the document that a person answers with: the document itself, or the name of its file, from the folder dir, or a
// URL, which is fetched by do, without credentials. "" and an error where what is named cannot be read.
func Reply(ctx context.Context, reply, dir string, do func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error)) (string, error) {
	name := strings.TrimSpace(reply)
	if name == "" || strings.ContainsAny(name, "\r\n{") {
		return reply, nil
	}
	if isURL(name) {
		text, err := fetched(ctx, name, do)
		return string(text), err
	}
	if rest, ok := strings.CutPrefix(name, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			name = Within(home, rest)
		}
	}
	f, err := os.Open(Within(dir, name))
	if err != nil {
		return "", fmt.Errorf("the document is not read: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, spec.MaxSize+1))
	return string(text), err
}
