package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"culprit/collections"
	"culprit/collections/file"
	"culprit/collections/history"
	"culprit/collections/jar"
	"culprit/collections/vault"
	"culprit/request"
	kit "culprit/request/cli"
	"culprit/request/curl"
	"culprit/request/har"
)

// A Target is the request that a command line names.
type Target struct {
	Request request.Request
	Name    string // its path in the collection, or "curl"
	Notes   []string

	Store      *file.Store // nil for a curl command
	Collection *collections.Collection
	Entry      *collections.Entry // nil for a curl command
	Options    collections.ResolveOptions
	Vault      *vault.Vault // behind Options.Secrets; nil for a curl command
	Resolved   collections.Resolved

	// Granted is the auth oauth2 that the credentials of Request were got with, see Ready; the zero value for others.
	Granted request.Auth

	// As is what the history keeps a request as that is not sent as it is saved: a variation of a saved one, or an
	// earlier one. The zero value is none.
	As collections.Record

	Then    *history.Exchange // what came back, for one of the history; nil for others
	Changed []string          // of one of the history: its secrets that have another value now
}

// Close gives the collection back.
func (t Target) Close() {
	if t.Store != nil {
		t.Store.Close() // nothing to lose: writes are done when they return
	}
}

// A Source is how a command line names a request.
type Source struct {
	Curl string // a command, "-" reads it from standard input
	HAR  string // FILE#N
	Past string // an ID of the history, or "last"
	Args []string
	// Own are the credentials with which the exchange Past is filled in where it is of no saved request.
	Own []request.Secret

	alone bool // the rest of its collection is not read
}

// Flags adds the flags of a source to cmd.
func (s *Source) Flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.Curl, "curl", "", "a curl `command` in place of REQUEST; - reads it from standard input")
	cmd.Flags().StringVar(&s.HAR, "har", "", "`file#n` takes entry n of a HAR file in place of REQUEST, counted from 1")
}

// With returns s with the arguments of the command.
func (s Source) With(args []string) Source {
	s.Args = args
	return s
}

// only returns s for a command that has no use for the rest of the collection.
func (s Source) only() Source {
	s.alone = true
	return s
}

// Find returns the request that a source names: a saved one, a file, a curl command, an entry of
// a HAR file, or an exchange of the history.
// Errors carry the exit code. The caller closes the target.
func Find(ctx context.Context, d Deps, c *kit.Common, s Source) (Target, error) {
	n := len(s.Args)
	for _, given := range []string{s.Curl, s.HAR, s.Past} {
		if given != "" {
			n++
		}
	}
	switch {
	case c.Timeout < 0:
		return Target{}, kit.Fail(kit.Usage, errors.New("--timeout: want a time above 0"))
	case n != 1:
		return Target{}, kit.Fail(kit.Usage, errors.New("give one request: a path in the collection, a file, --curl 'curl …', or --har FILE#N"))
	case s.Curl != "":
		return fromCurl(d, s.Curl)
	case s.HAR != "":
		return fromHAR(s.HAR)
	case s.Past != "":
		return recall(ctx, d, c, s.Past, s.Own)
	}
	arg := s.Args[0]
	if !strings.HasSuffix(arg, ".yml") {
		return saved(ctx, d, c, c.Dir, strings.Trim(filepath.ToSlash(arg), "/"), s.alone)
	}
	abs, err := filepath.Abs(arg)
	if err != nil {
		return Target{}, kit.Fail(kit.File, err)
	}
	dir := above(filepath.Dir(abs))
	if dir == "" {
		return Target{}, kit.Fail(kit.File, fmt.Errorf("%s: no opencollection.yml in a folder above it", arg))
	}
	rel, err := filepath.Rel(dir, abs)
	if err != nil {
		return Target{}, kit.Fail(kit.File, err)
	}
	return saved(ctx, d, c, dir, strings.TrimSuffix(filepath.ToSlash(rel), ".yml"), s.alone)
}

// maxArchive bounds what is read of a HAR file: one byte more than package har takes, so that it can say so.
const maxArchive = har.MaxSize + 1

func fromHAR(arg string) (Target, error) {
	name, number, ok := cutLast(arg, "#")
	n, err := strconv.Atoi(number)
	if !ok || err != nil {
		return Target{}, kit.Fail(kit.Usage, fmt.Errorf("--har %s: say which entry: FILE#N, counted from 1", arg))
	}
	f, err := os.Open(name)
	if err != nil {
		return Target{}, kit.Fail(kit.File, err)
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxArchive))
	if err != nil {
		return Target{}, kit.Fail(kit.File, fmt.Errorf("read %s: %w", name, err))
	}
	archive, err := har.Parse(src)
	if err != nil {
		return Target{}, kit.Fail(kit.File, fmt.Errorf("%s: %w", name, err))
	}
	entry, err := archive.Entry(n)
	if err != nil {
		return Target{}, kit.Fail(kit.Usage, fmt.Errorf("%s: %w", name, err))
	}
	t := Target{Name: arg}
	t.Request, t.Notes = entry.Sendable()
	return t, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// maxCommand bounds a curl command read from standard input.
const maxCommand = 64 << 20

// maxRead is the size from which a file of a curl command is streamed. A smaller one becomes text, which a
// diagnosis can take apart.
const maxRead = 1 << 20

// readSmall reads a file that is not larger than maxRead.
func readSmall(name string) ([]byte, error) {
	if at, err := os.Stat(name); err == nil && at.Mode().IsRegular() && at.Size() > maxRead {
		return nil, curl.ErrLarge
	}
	return os.ReadFile(name)
}

func fromCurl(d Deps, command string) (Target, error) {
	if command == "-" {
		b, err := io.ReadAll(io.LimitReader(d.Streams.In, maxCommand))
		if err != nil {
			return Target{}, kit.Fail(kit.File, fmt.Errorf("read standard input: %w", err))
		}
		command = string(b)
	}
	parsed, err := curl.Parser{ReadFile: readSmall}.Parse(command)
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

// saved finds a request by its path in the collection in dir, which is read only as far as that takes when alone.
func saved(ctx context.Context, d Deps, c *kit.Common, dir, path string, alone bool) (Target, error) {
	path = strings.TrimSuffix(path, ".yml")
	read := func(s *file.Store) (*collections.Collection, error) { return s.Load(ctx) }
	if alone {
		read = func(s *file.Store) (*collections.Collection, error) { return s.Only(path), nil }
	}
	t, err := open(d, c, dir, read)
	if err != nil {
		return t, err
	}
	if err := t.find(path); err != nil {
		t.Close()
		return Target{}, err
	}
	return t, nil
}

func (t *Target) find(path string) error {
	t.Entry = t.Collection.Root.Request(path)
	switch {
	case t.Entry == nil && isFolder(filepath.Join(t.Store.Dir(), path)):
		return kit.Fail(kit.Usage, fmt.Errorf("%q is a folder; 'culprit run %s' sends what is in it", path, path))
	case t.Entry == nil:
		return kit.Fail(kit.Usage, fmt.Errorf("no request %q in %s; see 'culprit list'", path, t.Store.Dir()))
	case t.Entry.Kind == collections.Broken && len(t.Entry.Problems) > 0:
		p := t.Entry.Problems[0]
		return kit.Fail(kit.File, fmt.Errorf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text))
	}
	t.Name = t.Entry.Path
	var err error
	if t.Resolved, err = collections.Resolve(t.Entry, t.Options); err != nil {
		return kit.Fail(kit.Usage, t.Vault.Explain(err))
	}
	t.Request, t.Notes = t.Resolved.Request, t.Resolved.Warnings
	t.As = collections.Record{Collection: t.Store.Dir(), Entry: t.Entry.Path, Saved: t.Entry.Saved}
	if t.Options.Environment != nil {
		t.As.Environment = t.Options.Environment.Name
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Open loads the collection in dir and the environment that the flags name.
func Open(ctx context.Context, d Deps, c *kit.Common, dir string) (Target, error) {
	return open(d, c, dir, func(s *file.Store) (*collections.Collection, error) { return s.Load(ctx) })
}

func open(d Deps, c *kit.Common, dir string, read func(*file.Store) (*collections.Collection, error)) (Target, error) {
	var t Target
	store, err := file.Open(dir)
	if err != nil {
		return t, kit.Fail(kit.File, err)
	}
	t.Store = store
	if t.Collection, err = read(store); err != nil {
		store.Close()
		return Target{}, kit.Fail(kit.File, err)
	}
	env, err := environment(t.Collection, c.Env)
	given, err2 := c.Variables()
	if err := errors.Join(err, err2); err != nil {
		store.Close()
		return Target{}, err
	}
	t.Vault = vault.New(d.Getenv, store.Dir(), d.Identity)
	t.Options = collections.ResolveOptions{Dir: store.Dir(), Environment: env, Secrets: t.Vault.Value}
	if d.Jars != "" && d.jarless(t) == "" {
		t.Options.Jar = jar.Of(d.Jars, store.Dir(), t.environment())
	}
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
	for _, p := range c.Problems {
		if strings.TrimSuffix(filepath.Base(p.File), ".yml") == name && !p.Warning {
			return nil, kit.Fail(kit.File, fmt.Errorf("environment %q cannot be read: %s", name, placed(p)))
		}
	}
	if len(names) == 0 {
		return nil, kit.Fail(kit.Usage, fmt.Errorf("no environment %q; this collection has none", name))
	}
	return nil, kit.Fail(kit.Usage, fmt.Errorf("no environment %q; there are: %s", name, strings.Join(names, ", ")))
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
