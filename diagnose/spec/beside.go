package spec

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"go.yaml.in/yaml/v3"
)

// maxBeside is how many files a document may be spread over; large public ones have some 1,000.
const maxBeside = 2000

// Beside reads a file that a document refers to, by its name relative to the document's folder, with slashes. Whoever
// makes one sees that nothing outside of that folder can be read (os.Root), and that it reads files only.
type Beside func(name string) ([]byte, error)

// shelf hands the files beside a document to the loader, each once, all of them within the size of one document.
type shelf struct {
	read Beside // nil refuses all
	left int    // bytes
	had  int    // files
}

func (s *shelf) file(_ *openapi3.Loader, u *url.URL) ([]byte, error) {
	name := path.Clean(u.Path)
	switch {
	case s.read == nil || !beside(u.String()) || !filepath.IsLocal(filepath.FromSlash(name)):
		return nil, fmt.Errorf("%q %w", u.String(), ErrExternal)
	case s.had >= maxBeside:
		return nil, fmt.Errorf("%q: the document is spread over more than %d files", u.String(), maxBeside)
	}
	s.had++
	data, err := s.read(name)
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", u.String(), err)
	}
	if s.left -= len(data); s.left < 0 {
		return nil, ErrTooLarge
	}
	root, err := tree(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := references(root, "", true); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return json.Marshal(value(root, false))
}

// tree reads JSON or YAML that may be a part of a document.
func tree(data []byte) (*yaml.Node, error) {
	var d yaml.Node
	if err := yaml.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("%s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if d.Kind != yaml.DocumentNode || len(d.Content) == 0 || d.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("no part of a document: it is not an object")
	}
	c := census{size: map[*yaml.Node]int{}}
	c.count(d.Content[0], 0)
	return d.Content[0], c.err
}

// beside reports a reference to a file by its relative name: no scheme, no host, no absolute path, no drive.
func beside(ref string) bool {
	u, err := url.Parse(ref)
	return err == nil && u.Scheme == "" && u.Host == "" && u.User == nil && u.RawQuery == "" && u.Path != "" &&
		!strings.HasPrefix(u.Path, "/") && !strings.Contains(u.Path, "\\")
}
