package spec

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// An operation is one method on one documented path.
type operation struct {
	method, path string
	servers      []server
	item         *openapi3.PathItem
	op           *openapi3.Operation
}

// A server is where a document says that an API is. host is "" when the document does not say.
type server struct{ host, base string }

// index lists the operations: paths with fewer parameters first, then by name.
func (s *Spec) index() {
	if s.doc.Paths == nil {
		return
	}
	for path, item := range s.doc.Paths.Map() {
		if item == nil || !strings.HasPrefix(path, "/") {
			continue
		}
		for method, op := range item.Operations() {
			servers := s.doc.Servers
			if len(item.Servers) > 0 {
				servers = item.Servers
			}
			if op.Servers != nil && len(*op.Servers) > 0 {
				servers = *op.Servers
			}
			s.ops = append(s.ops, operation{method, path, s.places(servers), item, op})
		}
	}
	slices.SortFunc(s.ops, func(a, b operation) int {
		return cmp.Or(strings.Count(a.path, "{")-strings.Count(b.path, "{"), strings.Compare(a.path, b.path), strings.Compare(a.method, b.method))
	})
}

// maxServers bounds the places one operation is looked for at: a variable with many values makes many.
const maxServers = 24

// places writes the servers out with the values of their variables.
func (s *Spec) places(servers openapi3.Servers) []server {
	var out []server
	for _, v := range servers {
		if v == nil {
			continue
		}
		for _, text := range expand(v) {
			u, err := url.Parse(text)
			if err != nil {
				continue
			}
			if from, err := url.Parse(s.base); err == nil && from.Host != "" {
				u = from.ResolveReference(u)
			}
			p := server{strings.ToLower(u.Host), strings.TrimSuffix(u.EscapedPath(), "/")}
			if len(out) < maxServers && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	if len(out) == 0 {
		out = []server{{}}
	}
	return out
}

// expand fills in the variables of a server: the defaults first, then each of the other values alone.
func expand(s *openapi3.Server) []string {
	fill := func(name, with string) string {
		text := s.URL
		for n, v := range s.Variables {
			if v == nil {
				continue
			}
			to := v.Default
			if n == name {
				to = with
			}
			text = strings.ReplaceAll(text, "{"+n+"}", to)
		}
		return text
	}
	out := []string{fill("", "")}
	for n, v := range s.Variables {
		if v == nil {
			continue
		}
		for _, e := range v.Enum {
			if e != v.Default && len(out) < maxServers {
				out = append(out, fill(n, e))
			}
		}
	}
	slices.Sort(out[1:])
	return out
}

// split parts a path at its slashes, the first one left out.
func split(path string) []string {
	path = strings.TrimPrefix(path, "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// fits matches a path segment against one of a template, which may hold several parameters: "{from}..{to}".
// It returns their values, decoded.
func fits(template, segment string) (map[string]string, bool) {
	if !strings.Contains(template, "{") {
		return nil, template == segment || template == unescape(segment)
	}
	if segment == "" {
		return nil, false
	}
	values := map[string]string{}
	for template != "" {
		open := strings.IndexByte(template, '{')
		end := strings.IndexByte(template, '}')
		if open < 0 || end < open {
			return values, template == segment
		}
		rest, ok := strings.CutPrefix(segment, template[:open])
		if !ok {
			return nil, false
		}
		name := strings.TrimRight(template[open+1:end], "*")
		template, segment = template[end+1:], rest
		until := len(segment)
		if template != "" {
			literal, _, _ := strings.Cut(template, "{")
			if until = strings.LastIndex(segment, literal); strings.Contains(template, "{") {
				until = strings.Index(segment, literal)
			}
		}
		if until <= 0 {
			return nil, false
		}
		values[name] = unescape(segment[:until])
		segment = segment[until:]
	}
	return values, segment == ""
}

// fill puts values into a template.
func fill(template string, values map[string]string) string {
	for name, v := range values {
		template = strings.ReplaceAll(template, "{"+name+"}", url.PathEscape(v))
	}
	return template
}
