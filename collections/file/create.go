package file

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"culprit/collections"
)

// ErrName says that a name leaves nothing to call a file.
var ErrName = errors.New("the name has no character that a file name may hold")

// maxName is how long a file name may be, ".yml" and a temporary mark included: 255 bytes is the limit of
// most file systems.
const maxName = 200

// FileName returns the file name, without ".yml", that Bruno gives to an item called name: the characters
// <>:"/\|?* and controls become "-"; spaces and hyphens at the start and dots and spaces at the end go.
func FileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name)
	name = strings.TrimRight(strings.TrimLeft(name, " -"), ". ")
	if len(name) > maxName {
		name = strings.TrimRight(strings.ToValidUTF8(name[:maxName], ""), ". ")
	}
	return name
}

// free returns a name in dir that no other file has, whatever its case: "name", "name 2", "name 3".
func (s *Store) free(dir, name, ext string) (string, error) {
	items, err := s.items(cmp.Or(dir, "."))
	if err != nil {
		return "", err
	}
	taken := map[string]bool{folderFile: true, rootFile: true}
	for _, i := range items {
		taken[strings.ToLower(i.Name())] = true
	}
	for n, stem := 2, name; ; n++ {
		if !taken[strings.ToLower(stem+ext)] && (dir != "" || ext != "" || stem != envFolder) {
			return path.Join(dir, stem+ext), nil
		}
		stem = name + " " + strconv.Itoa(n)
	}
}

// Create makes a request called name in a folder and returns its entry, with Parent set and not yet among the
// folder's Children.
func (s *Store) Create(folder *collections.Entry, name string, saved collections.Saved) (*collections.Entry, error) {
	stem := FileName(name)
	if stem == "" {
		return nil, fmt.Errorf("make request: %w", ErrName)
	}
	saved.Method = cmp.Or(saved.Method, "GET")
	info := put(put(put(mapping(), "name", text(name)), "type", text("http")), "seq", word(strconv.Itoa(nextSeq(folder))))
	n := put(mapping(), "info", info)
	put(n, "http", put(put(mapping(), "method", text(saved.Method)), "url", text(saved.URL)))
	src, err := Edit(compose(n), false, saved)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	rel, err := s.free(folder.Path, stem, ".yml")
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	if err := s.create(rel, src); err != nil {
		return nil, err
	}
	return s.entry(folder, rel), nil
}

// nextSeq returns a seq behind those of the requests in a folder.
func nextSeq(folder *collections.Entry) int {
	n := 0
	for _, c := range folder.Children {
		if c.Kind != collections.Folder {
			n = max(n, cmp.Or(c.Seq, 1))
		}
	}
	return n + 1
}

// entry reads the request at rel.
func (s *Store) entry(parent *collections.Entry, rel string) *collections.Entry {
	e := s.Reload(&collections.Entry{Path: strings.TrimSuffix(rel, ".yml"), File: s.abs(rel)})
	e.Parent = parent
	return e
}

// CreateFolder makes a folder called name in another one. Its entry is returned as by Create.
func (s *Store) CreateFolder(parent *collections.Entry, name string) (*collections.Entry, error) {
	stem := FileName(name)
	if stem == "" {
		return nil, fmt.Errorf("make folder: %w", ErrName)
	}
	rel, err := s.free(parent.Path, stem, "")
	if err == nil {
		err = s.root().Mkdir(rel, 0o755)
	}
	if err != nil {
		return nil, fmt.Errorf("make folder: %w", err)
	}
	n := put(mapping(), "info", put(put(mapping(), "name", text(name)), "type", text("folder")))
	put(n, "request", put(mapping(), "auth", text("inherit")))
	if err := s.create(path.Join(rel, folderFile), compose(n)); err != nil {
		return nil, err
	}
	e := s.Reload(&collections.Entry{Kind: collections.Folder, Path: rel, File: s.abs(path.Join(rel, folderFile))})
	e.Parent = parent
	return e, nil
}

// Duplicate copies a request, comments and unknown keys too, under a name of its own.
func (s *Store) Duplicate(e *collections.Entry) (*collections.Entry, error) {
	base, ok := s.remembered(s.rel(e.File))
	if !ok || e.Kind == collections.Folder {
		return nil, fmt.Errorf("copy %s: %w", e.Path, ErrNotRead)
	}
	d, fault := Parse(base)
	if fault != nil {
		return nil, fmt.Errorf("copy %s: %w", e.Path, fault)
	}
	name := e.Name + " copy"
	if err := d.Set("info/name", name); err != nil {
		return nil, fmt.Errorf("copy %s: %w", e.Path, err)
	}
	rel, err := s.free(folderOf(e.Path), FileName(name), ".yml")
	if err != nil {
		return nil, fmt.Errorf("copy %s: %w", e.Path, err)
	}
	if err := s.create(rel, d.Bytes()); err != nil {
		return nil, err
	}
	return s.entry(e.Parent, rel), nil
}

func folderOf(p string) string {
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		return p[:i]
	}
	return ""
}

// Rename gives an entry another name, in its file and, when the file was called after the old name, as the
// file's name too. It returns the entry as it is then; children of a folder have to be loaded anew.
func (s *Store) Rename(e *collections.Entry, name string) (*collections.Entry, error) {
	stem := FileName(name)
	if stem == "" || e.Path == "" {
		return nil, fmt.Errorf("rename %s: %w", e.Path, ErrName)
	}
	if e.File != "" {
		rel := s.rel(e.File)
		base, ok := s.remembered(rel)
		if !ok {
			return nil, fmt.Errorf("rename %s: %w", e.Path, ErrNotRead)
		}
		d, fault := Parse(base)
		if fault != nil {
			return nil, fmt.Errorf("rename %s: %w", e.Path, fault)
		}
		c := &change{d: d}
		c.cell("info/name", cell{value: name}, infoKeys)
		if c.err != nil {
			return nil, fmt.Errorf("rename %s: %w", e.Path, c.err)
		}
		if err := s.replace(rel, base, d.Bytes()); err != nil {
			return nil, err
		}
	}
	to, err := s.move(e, stem)
	if err != nil {
		return nil, fmt.Errorf("rename %s: %w", e.Path, err)
	}
	fresh := s.Reload(to)
	fresh.Parent = e.Parent
	return fresh, nil
}

// Move puts the file of a request, as it is, into another folder, and returns the entry as it is then.
func (s *Store) Move(e, folder *collections.Entry) (*collections.Entry, error) {
	if e.Kind == collections.Folder || e.File == "" {
		return nil, fmt.Errorf("move %s: only a request can be moved", e.Path)
	}
	from := s.rel(e.File)
	to, err := s.free(folder.Path, strings.TrimSuffix(path.Base(from), ".yml"), ".yml")
	if err == nil {
		err = s.root().Rename(from, to)
	}
	if err != nil {
		return nil, fmt.Errorf("move %s: %w", e.Path, err)
	}
	s.forget(from)
	if err := errors.Join(s.syncDir(path.Dir(from)), s.syncDir(cmp.Or(folder.Path, "."))); err != nil {
		return nil, fmt.Errorf("move %s: %w", e.Path, err)
	}
	return s.entry(folder, to), nil
}

// move renames the file or folder of e when it was called after the entry's name.
func (s *Store) move(e *collections.Entry, stem string) (*collections.Entry, error) {
	to := &collections.Entry{Kind: e.Kind, Path: e.Path, File: e.File}
	ext := ".yml"
	if e.Kind == collections.Folder {
		ext = ""
	} else {
		to.Kind = ""
	}
	if path.Base(e.Path) != FileName(e.Name) || stem == path.Base(e.Path) {
		return to, nil
	}
	rel, err := s.free(folderOf(e.Path), stem, ext)
	if err != nil {
		return nil, err
	}
	if err := s.root().Rename(e.Path+ext, rel); err != nil {
		return nil, err
	}
	s.forget(e.Path + ext)
	to.Path = strings.TrimSuffix(rel, ext)
	to.File = s.abs(rel)
	if e.Kind == collections.Folder {
		if to.File = ""; e.File != "" {
			to.File = s.abs(path.Join(rel, folderFile))
		}
	}
	return to, s.syncDir(path.Dir(rel))
}

// Delete removes a request, or a folder with all that is in it, for good. The caller has asked.
func (s *Store) Delete(e *collections.Entry) error {
	if e.Path == "" {
		return fmt.Errorf("delete: %w", ErrOutside)
	}
	rel, remove := e.Path+".yml", s.root().Remove
	if e.Kind == collections.Folder {
		rel, remove = e.Path, s.root().RemoveAll
	}
	if err := remove(rel); err != nil {
		return fmt.Errorf("delete %s: %w", e.Path, err)
	}
	s.forget(rel)
	return s.syncDir(path.Dir(e.Path))
}
