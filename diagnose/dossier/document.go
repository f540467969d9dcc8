package dossier

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/spec"
)

// Document reads the OpenAPI document in a file that a person names, and what it refers to in the folder of that file
// and below; nothing else is read, and nothing is fetched.
func Document(name string) (*spec.Spec, error) {
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	at, err := os.Stat(name) // not by the root: the file itself may be a link to anywhere
	if err != nil {
		return nil, err
	}
	if !at.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: no file", base)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, spec.MaxSize+1))
	if err != nil {
		return nil, err
	}
	return spec.LoadBeside(data, name, within(root, "."))
}

// within reads files of a folder of root. A link that leads out of root is an error.
func within(root *os.Root, folder string) spec.Beside {
	return func(name string) ([]byte, error) {
		name = filepath.FromSlash(path.Join(folder, name))
		at, err := root.Stat(name)
		if err != nil {
			return nil, err
		}
		if !at.Mode().IsRegular() {
			return nil, fmt.Errorf("%s: no file", name)
		}
		f, err := root.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(io.LimitReader(f, spec.MaxSize+1))
	}
}

// described is the document that the collection names, when it is a file of it. The note says why it is not used.
func (s Subject) described() (*spec.Spec, string) {
	if s.Store == nil {
		return nil, ""
	}
	name := s.Store.Document()
	switch {
	case name == "":
		return nil, s.offered()
	case strings.Contains(name, "://"):
		return nil, "the collection names an OpenAPI document, which is not fetched without being asked for: --spec " + name
	}
	root, err := os.OpenRoot(s.Store.Dir())
	if err != nil {
		return nil, "the collection's OpenAPI document cannot be read: " + err.Error()
	}
	defer root.Close()
	name = path.Clean(filepath.ToSlash(name))
	var doc *spec.Spec
	data, err := within(root, ".")(name)
	if err == nil {
		doc, err = spec.LoadBeside(data, name, within(root, path.Dir(name)))
	}
	if err != nil {
		return nil, "the collection's OpenAPI document cannot be read: " + err.Error()
	}
	return doc, ""
}

// usual are the names by which documents of an API go, in the folder of a collection.
var usual = []string{"openapi.yaml", "openapi.yml", "openapi.json", "swagger.yaml", "swagger.yml", "swagger.json"}

// offered says that a document lies in the collection's folder which nobody named: it may be another API's, or old.
func (s Subject) offered() string {
	for _, name := range usual {
		if at, err := os.Lstat(filepath.Join(s.Store.Dir(), name)); err == nil && at.Mode().IsRegular() {
			return fmt.Sprintf("%[1]s lies in the collection and is not used; --spec names it once, {\"openapi\": %[1]q} in .culprit.json for always", name)
		}
	}
	return ""
}

// Describe reads a document that an API serves about itself, as diagnose.Case wants it.
func Describe(document []byte, base string) (diagnose.Knowledge, error) {
	s, err := spec.Load(document, base)
	if err != nil {
		return nil, err
	}
	return s, nil
}
