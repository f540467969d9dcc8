package file

import (
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"culprit/collections"
	"culprit/request"
)

// ErrNotRead says that a file was never read by this store.
var ErrNotRead = errors.New("the file was not read yet")

// Save writes what changed from what was read to saved into the file of e, and nothing else. e itself is not
// changed. When the file is not what was read, it returns a *Changed and writes nothing; when the change cannot
// be made without risk to the rest, an error that wraps ErrRefused.
func (s *Store) Save(e *collections.Entry, saved collections.Saved) error {
	rel := s.rel(e.File)
	if e.File == "" && e.Kind == collections.Folder {
		return s.createFolderFile(e, saved)
	}
	base, ok := s.remembered(rel)
	if !ok {
		return fmt.Errorf("save %s: %w", rel, ErrNotRead)
	}
	src, err := Edit(base, e.Kind == collections.Folder, saved)
	if err != nil {
		return fmt.Errorf("save %s: %w", rel, err)
	}
	if string(src) == string(base) {
		return nil
	}
	return s.replace(rel, base, src)
}

// layout is that of a folder's file, or of the kind of request that the file says it is.
func (d *Document) layout(folder bool) layout {
	if folder {
		return folderLayout
	}
	kind, ok := d.find("info/type")
	if !ok {
		kind, ok = d.find("type")
	}
	if ok && kind.node.Value == collections.GraphQL {
		return graphQLLayout
	}
	return requestLayout
}

// Read returns what the text of a file says: of a folder's (or the collection's own) file its defaults, else
// the request.
func Read(src []byte, folder bool) (collections.Saved, error) {
	d, fault := Parse(src)
	if fault != nil {
		return collections.Saved{}, fault
	}
	return d.read(folder), nil
}

func (d *Document) read(folder bool) collections.Saved {
	saved := (&decoder{d: d}).saved(d.layout(folder))
	if folder {
		return saved
	}
	return collections.InStep(saved)
}

// Edit returns src changed so that it says saved, with as few bytes changed as possible. The result is read
// back before it is returned.
func Edit(src []byte, folder bool, saved collections.Saved) ([]byte, error) {
	d, fault := Parse(src)
	if fault != nil {
		return nil, fault
	}
	before := d.read(folder)
	if !folder {
		saved = collections.Sync(before, saved)
	}
	if err := apply(d, d.layout(folder), before, saved); err != nil {
		return nil, err
	}
	if got := d.read(folder); !equalSaved(got, saved, folder) {
		return nil, fmt.Errorf("what was to be written does not read back: %w", ErrRefused)
	}
	return d.Bytes(), nil
}

// equalSaved compares what a file can say: an empty list is no list, a secret has no value.
func equalSaved(a, b collections.Saved, folder bool) bool {
	x, err1 := json.Marshal(canonical(a, folder))
	y, err2 := json.Marshal(canonical(b, folder))
	return err1 == nil && err2 == nil && string(x) == string(y)
}

func canonical(s collections.Saved, folder bool) collections.Saved {
	s.Headers, s.Params = rowsOrNone(s.Headers, ""), rowsOrNone(s.Params, "query")
	s.Body.Rows = rowsOrNone(s.Body.Rows, "")
	s.Body.Parts = slices.Clone(s.Body.Parts)
	for i, p := range s.Body.Parts {
		if len(p.File) == 0 {
			s.Body.Parts[i].File = nil
		}
	}
	s.Vars = slices.Clone(s.Vars)
	for i, v := range s.Vars {
		if v.Secret {
			s.Vars[i].Value = ""
		}
	}
	s.Auth.Params = slices.Clone(s.Auth.Params)
	slices.SortStableFunc(s.Auth.Params, func(a, b request.Field) int { return strings.Compare(a.Name, b.Name) })
	if len(s.Vars) == 0 {
		s.Vars = nil
	}
	if len(s.Asserts) == 0 {
		s.Asserts = nil
	}
	if len(s.Body.Parts) == 0 {
		s.Body.Parts = nil
	}
	if len(s.Auth.Params) == 0 || s.Auth.Scheme == "" || s.Auth.Scheme == "inherit" {
		s.Auth.Params = nil
	}
	if folder {
		s.Method, s.URL, s.Params, s.Asserts, s.Body, s.Settings = "", "", nil, nil, collections.SavedBody{}, collections.SavedSettings{}
	}
	return s
}

func rowsOrNone(rows []collections.Row, kind string) []collections.Row {
	if len(rows) == 0 {
		return nil
	}
	rows = slices.Clone(rows)
	for i := range rows {
		if rows[i].Kind == "" {
			rows[i].Kind = kind
		}
	}
	return rows
}

// createFolderFile writes folder.yml of a folder that had none.
func (s *Store) createFolderFile(e *collections.Entry, saved collections.Saved) error {
	n := put(mapping(), "info", put(put(mapping(), "name", text(e.Name)), "type", text("folder")))
	src, err := Edit(compose(n), true, saved)
	if err != nil {
		return fmt.Errorf("save folder %s: %w", e.Path, err)
	}
	return s.create(path.Join(e.Path, folderFile), src)
}
