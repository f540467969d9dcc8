package dossier

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"culprit/diagnose/spec"
	"culprit/request"
)

// Named reads the OpenAPI document that a person names: a file, and those beside it that it refers to, or a URL, which
// is fetched by do, without credentials.
func Named(ctx context.Context, name string, do func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error)) (*spec.Spec, error) {
	if !isURL(name) {
		return Document(name)
	}
	text, err := fetched(ctx, name, do)
	if err != nil {
		return nil, err
	}
	return spec.Load(text, name)
}

// fetched is what a URL answers to whoever asks.
func fetched(ctx context.Context, name string, do func(ctx context.Context, r request.Request, emit func(request.Event)) (*request.Exchange, error)) ([]byte, error) {
	r := request.Request{URL: name, Settings: request.Settings{Follow: 5, Limits: request.Limits{Body: spec.MaxSize + 1}}}
	x, err := do(ctx, r.WithDefaults("culprit"), nil)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	if x.Status() != 200 {
		return nil, fmt.Errorf("%s answers %d", name, x.Status())
	}
	return x.Response().Body.Head(spec.MaxSize + 1), nil
}

func isURL(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// Within returns the path of a document that is named from the folder dir; a URL stays one.
func Within(dir, name string) string {
	if isURL(name) || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// mostListed bounds what is listed of a folder: nobody looks through more.
const mostListed = 1000

// Documents lists what may be an OpenAPI document in the folder that typed, a path from dir, has come to: folders end in
// a slash, files named like a document come first. Hidden ones are left out.
func Documents(dir, typed string) []string {
	if isURL(typed) {
		return nil
	}
	folder := typed[:strings.LastIndex(filepath.ToSlash(typed), "/")+1]
	f, err := os.Open(Within(dir, folder))
	if err != nil {
		return nil // no folder yet: the person types on
	}
	defer f.Close()
	items, _ := f.ReadDir(mostListed) // what can be listed
	slices.SortFunc(items, func(a, b fs.DirEntry) int { return strings.Compare(rank(a)+a.Name(), rank(b)+b.Name()) })
	var out []string
	for _, i := range items {
		switch {
		case strings.HasPrefix(i.Name(), "."):
		case i.IsDir():
			out = append(out, folder+i.Name()+"/")
		case slices.Contains([]string{".json", ".yaml", ".yml"}, strings.ToLower(filepath.Ext(i.Name()))):
			out = append(out, folder+i.Name())
		}
	}
	return out
}

// rank sorts what is called like a document before folders, and those before other files.
func rank(e fs.DirEntry) string {
	name := strings.ToLower(e.Name())
	switch {
	case strings.Contains(name, "openapi") || strings.Contains(name, "swagger"):
		return "0"
	case e.IsDir():
		return "1"
	}
	return "2"
}
