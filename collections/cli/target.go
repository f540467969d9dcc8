package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/curl"
)

// Deps are what the commands need from the program.
type Deps struct {
	Streams kit.Streams
	Engine  func() *request.Engine // made on first use
	Getenv  func(string) string
	// Recorder opens the history on first use; nil records nothing.
	Recorder func() (collections.Recorder, error)
}

// A Target is the request that a command line names.
type Target struct {
	Request request.Request
	Name    string // its path in the collection, or "curl"
	Notes   []string

	Store      *file.Store // nil for a curl command
	Collection *collections.Collection
	Entry      *collections.Entry // nil for a curl command
	Options    collections.ResolveOptions
	Resolved   collections.Resolved
}

// Find returns the request that the arguments name: a saved one, a file, or a curl command ("-" reads it from
// standard input). Errors carry the exit code.
func Find(ctx context.Context, d Deps, c *kit.Common, command string, args []string) (Target, error) {
	switch {
	case command != "" && len(args) > 0:
		return Target{}, kit.Fail(kit.Usage, errors.New("give a request or --curl, not both"))
	case command != "":
		return fromCurl(d, command)
	case len(args) != 1:
		return Target{}, kit.Fail(kit.Usage, errors.New("give one request: a path in the collection, a file, or --curl 'curl …'"))
	}
	return saved(ctx, d, c, args[0])
}

// maxCommand bounds a curl command read from standard input.
const maxCommand = 64 << 20

func fromCurl(d Deps, command string) (Target, error) {
	if command == "-" {
		b, err := io.ReadAll(io.LimitReader(d.Streams.In, maxCommand))
		if err != nil {
			return Target{}, kit.Fail(kit.File, fmt.Errorf("read standard input: %w", err))
		}
		command = string(b)
	}
	parsed, err := curl.Parser{ReadFile: os.ReadFile}.Parse(command)
	if err != nil {
		return Target{}, kit.Fail(kit.Usage, fmt.Errorf("--curl: %w", err))
	}
	t := Target{Request: parsed.Request, Name: "curl"}
	for _, n := range parsed.Notes {
		if n.Kind != curl.Ignored {
			t.Notes = append(t.Notes, fmt.Sprintf("%s: %s", n.Option, n.Text))
		}
	}
	if parsed.More > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf("%d more transfers in the command are left out", parsed.More))
	}
	return t, nil
}

// saved finds a request by its path in the collection, or by its file; the collection of a file is the nearest
// folder above it that has one.
func saved(ctx context.Context, d Deps, c *kit.Common, arg string) (Target, error) {
	dir, path := c.Dir, strings.TrimSuffix(filepath.ToSlash(arg), ".yml")
	if strings.HasSuffix(arg, ".yml") {
		abs, err := filepath.Abs(arg)
		if err != nil {
			return Target{}, kit.Fail(kit.File, err)
		}
		if dir = above(filepath.Dir(abs)); dir == "" {
			return Target{}, kit.Fail(kit.File, fmt.Errorf("%s: no opencollection.yml in a folder above it", arg))
		}
		rel, err := filepath.Rel(dir, abs)
		if err != nil {
			return Target{}, kit.Fail(kit.File, err)
		}
		path = strings.TrimSuffix(filepath.ToSlash(rel), ".yml")
	}
	t, err := Open(ctx, d, c, dir)
	if err != nil {
		return t, err
	}
	t.Entry = lookup(t.Collection.Root, path)
	switch {
	case t.Entry == nil:
		return t, kit.Fail(kit.Usage, fmt.Errorf("no request %q in %s; see 'culprit list'", arg, t.Store.Dir()))
	case t.Entry.Kind == collections.Broken && len(t.Entry.Problems) > 0:
		p := t.Entry.Problems[0]
		return t, kit.Fail(kit.File, fmt.Errorf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text))
	}
	t.Name = t.Entry.Path
	t.Resolved, err = collections.Resolve(t.Entry, t.Options)
	if err != nil {
		return t, kit.Fail(kit.Usage, err)
	}
	t.Request, t.Notes = t.Resolved.Request, t.Resolved.Warnings
	return t, nil
}

// Open loads the collection in dir and the environment that the flags name.
func Open(ctx context.Context, d Deps, c *kit.Common, dir string) (Target, error) {
	var t Target
	store, err := file.Open(dir)
	if err != nil {
		return t, kit.Fail(kit.File, err)
	}
	t.Store = store
	if t.Collection, err = store.Load(ctx, nil); err != nil {
		return t, kit.Fail(kit.File, err)
	}
	env, err := environment(t.Collection, c.Env)
	if err != nil {
		return t, err
	}
	given, err := c.Variables()
	if err != nil {
		return t, err
	}
	t.Options = collections.ResolveOptions{Dir: store.Dir(), Environment: env, Secrets: Secrets(d.Getenv)}
	for name, value := range given {
		t.Options.Vars = append(t.Options.Vars, collections.Variable{Name: name, Value: value})
	}
	return t, nil
}

// environment returns the environment called name; "" takes the only one there is, or none.
func environment(c *collections.Collection, name string) (*collections.Environment, error) {
	names := []string{}
	for i := range c.Environments {
		if c.Environments[i].Name == name || name == "" && len(c.Environments) == 1 {
			return &c.Environments[i], nil
		}
		names = append(names, c.Environments[i].Name)
	}
	if name == "" {
		return nil, nil
	}
	return nil, kit.Fail(kit.Usage, fmt.Errorf("no environment %q; there are: %s", name, strings.Join(names, ", ")))
}

// Secrets reads the values of secret variables from the process's environment: CULPRIT_SECRET_TOKEN for the
// variable "token", and CULPRIT_SECRET_PROD_TOKEN for that of the environment "prod", which goes first.
func Secrets(getenv func(string) string) func(environment, name string) (string, bool) {
	if getenv == nil {
		return nil
	}
	return func(environment, name string) (string, bool) {
		for _, key := range []string{environment + "_" + name, name} {
			if v := getenv("CULPRIT_SECRET_" + envName(key)); v != "" {
				return v, true
			}
		}
		return "", false
	}
}

func envName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, s)
}

// above returns the nearest folder from dir upwards that holds a collection, "" for none.
func above(dir string) string {
	for {
		if _, err := os.Stat(filepath.Join(dir, "opencollection.yml")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

func lookup(e *collections.Entry, path string) *collections.Entry {
	for _, c := range e.Children {
		if c.Path == path && c.Kind != collections.Folder {
			return c
		}
		if found := lookup(c, path); found != nil {
			return found
		}
	}
	return nil
}
