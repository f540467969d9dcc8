package file

import (
	"fmt"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"culprit/collections"
	"culprit/request"
)

// A layout says where in a file the parts of a Saved are.
type layout struct {
	base    string // method, url, headers, params, body, auth
	vars    string
	asserts string
}

var (
	requestLayout = layout{"http", "runtime/variables", "runtime/assertions"}
	graphQLLayout = layout{"graphql", "runtime/variables", "runtime/assertions"}
	folderLayout  = layout{"request", "request/variables", "request/assertions"}
)

// folder reports whether the layout is of a folder's defaults.
func (l layout) folder() bool { return l == folderLayout }

// Keys that OpenCollection knows, in the order in which Bruno writes them. Others are kept and warned about.
var (
	topKeys = []string{"opencollection", "info", "config", "type", "http", "graphql", "grpc", "websocket", "mock", "routes",
		"request", "runtime", "settings", "app", "code", "script", "examples", "docs", "bundled", "items", "extensions"}
	infoKeys    = []string{"name", "type", "seq", "description", "tags", "summary", "version", "authors"}
	httpKeys    = []string{"method", "url", "headers", "params", "body", "auth"}
	defaultKeys = []string{"headers", "metadata", "auth", "variables", "actions", "scripts", "settings"}
	runtimeKeys = []string{"variables", "scripts", "assertions", "actions", "auth"}
	rowKeys     = []string{"name", "value", "type", "contentType", "description", "disabled"}
	fileKeys    = []string{"filePath", "contentType", "selected", "description"}
	varKeys     = []string{"secret", "name", "value", "type", "description", "disabled"}
	assertKeys  = []string{"expression", "operator", "value", "description", "disabled"}
	settingKeys = []string{"encodeUrl", "timeout", "followRedirects", "maxRedirects", "cookies", "forwardAuthorizationHeader", "omitHeaders"}
	bodyKeys    = []string{"type", "data"}
	graphQLKeys = []string{"query", "variables"}
)

// A decoder reads what a file says into the nouns of collections and collects what it could not take.
// Rows stay one to one with the rows of the file, so that a change finds its place again.
type decoder struct {
	d        *Document
	file     string
	problems []collections.Problem
	met      []string
}

func (r *decoder) warn(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, collections.Problem{
		File: r.file, Line: n.Line, Column: n.Column, Text: fmt.Sprintf(format, args...), Warning: true})
}

// keys warns about keys that are not known.
func (r *decoder) keys(at place, what string, known []string) {
	if at.node.Kind != yaml.MappingNode {
		return
	}
	for i := range at.len() {
		if key := at.node.Content[2*i]; !slices.Contains(known, key.Value) {
			r.warn(key, "unknown key %q in %s; it is kept and not used", key.Value, what)
		}
	}
}

// text returns the text of a scalar as written, whatever type YAML would give it. Typed values and variants
// give the text that counts.
func (r *decoder) text(at place) string {
	at, _ = actual(at, "")
	if at.node.Kind == yaml.ScalarNode {
		if at.node.Tag == "!!null" {
			return ""
		}
		return at.node.Value
	}
	r.warn(at.node, "a text is expected here")
	return ""
}

func (r *decoder) textAt(at place, key string) string {
	if c, ok := at.get(key); ok {
		return r.text(c)
	}
	return ""
}

// actual goes from a value to the scalar that holds its text: the data of a typed value, the content of a
// description, the selected one of variants. It returns the path extended accordingly.
func actual(at place, path string) (place, string) {
	for range maxDepth {
		next, step, ok := place{}, "", false
		switch at.node.Kind {
		case yaml.MappingNode:
			for _, step = range []string{"data", "content", "value"} {
				if next, ok = at.get(step); ok {
					break
				}
			}
		case yaml.SequenceNode:
			if i := selected(at); i >= 0 {
				if next, ok = at.child(i).get("value"); ok {
					step = join(strconv.Itoa(i), "value")
				} else if next, ok = at.child(i).get("body"); ok {
					step = join(strconv.Itoa(i), "body")
				}
			}
		}
		if !ok {
			break
		}
		at, path = next, join(path, step)
	}
	return at, path
}

// selected returns the index of the variant in use, -1 when the list does not hold variants.
func selected(at place) int {
	if at.len() == 0 {
		return -1
	}
	for i := range at.len() {
		if s, ok := at.child(i).get("selected"); ok && s.node.Value == "true" {
			return i
		}
	}
	if _, ok := at.child(0).get("title"); !ok {
		return -1
	}
	return 0
}

// list returns the rows of a sequence that the key holds, none when it is missing.
func (r *decoder) list(path, what string, known []string) []place {
	at, ok := r.d.find(path)
	if !ok || at.node.Tag == "!!null" {
		return nil
	}
	if at.node.Kind != yaml.SequenceNode {
		r.warn(at.node, "%s should be a list; it is kept and not used", what)
		return nil
	}
	rows := make([]place, at.len())
	for i := range rows {
		rows[i] = at.child(i)
		if rows[i].node.Kind != yaml.MappingNode {
			r.warn(rows[i].node, "a row of %s should have keys", what)
			continue
		}
		r.keys(rows[i], "a row of "+what, known)
	}
	return rows
}

func (r *decoder) row(at place) collections.Row {
	return collections.Row{
		Name: r.textAt(at, "name"), Value: r.textAt(at, "value"), Off: isTrue(at, "disabled"),
		About: r.textAt(at, "description"),
	}
}

func isTrue(at place, key string) bool {
	c, ok := at.get(key)
	return ok && c.node.Value == "true"
}

func (r *decoder) rows(path, what string) []collections.Row {
	var rows []collections.Row
	for _, at := range r.list(path, what, rowKeys) {
		rows = append(rows, r.row(at))
	}
	return rows
}

// saved reads the parts of a request or of a folder's defaults.
func (r *decoder) saved(l layout) collections.Saved {
	s := collections.Saved{
		Headers: r.rows(join(l.base, "headers"), "headers"),
		Vars:    r.variables(l.vars),
		Auth:    r.auth(l),
	}
	if l == graphQLLayout {
		s.Body = r.graphQL(join(l.base, "body"))
	} else {
		s.Body = r.body(join(l.base, "body"))
	}
	if at, ok := r.d.find(l.base); ok {
		s.Method, s.URL = r.textAt(at, "method"), r.textAt(at, "url")
	}
	for _, at := range r.list(join(l.base, "params"), "params", rowKeys) {
		row := r.row(at)
		if row.Kind = r.textAt(at, "type"); row.Kind == "" {
			row.Kind = "query"
		}
		s.Params = append(s.Params, row)
	}
	for _, at := range r.list(l.asserts, "assertions", assertKeys) {
		s.Asserts = append(s.Asserts, collections.Assert{Expression: r.textAt(at, "expression"),
			Operator: r.textAt(at, "operator"), Value: r.textAt(at, "value"), Off: isTrue(at, "disabled")})
	}
	if !l.folder() {
		s.Captures = r.captures()
	}
	if at, ok := r.d.find("docs"); ok {
		s.Docs = r.text(at)
	}
	s.Settings = r.settings()
	return s
}

func (r *decoder) variables(path string) []collections.Variable {
	var vars []collections.Variable
	for _, at := range r.list(path, "variables", varKeys) {
		v := collections.Variable{Name: r.textAt(at, "name"), Off: isTrue(at, "disabled"), Secret: isTrue(at, "secret")}
		if value, ok := at.get("value"); ok {
			v.Value = r.text(value)
			if v.Secret && v.Value != "" {
				r.warn(value.node, "the secret %q has a value in the file; take it out", v.Name)
			}
		}
		vars = append(vars, v)
	}
	return vars
}

// auth reads the auth of a request or folder; absent means none (FORMATS §4, Auth).
func (r *decoder) auth(l layout) collections.SavedAuth {
	at, ok := r.d.find(authPath(r.d, l))
	if !ok {
		return collections.SavedAuth{}
	}
	if at.node.Kind == yaml.ScalarNode {
		if at.node.Value == "inherit" {
			return collections.SavedAuth{Scheme: "inherit"}
		}
		return collections.SavedAuth{}
	}
	a := collections.SavedAuth{Scheme: r.textAt(at, "type")}
	if a.Scheme == "none" {
		a.Scheme = ""
	}
	a.Params = flatten(at, "", a.Params)
	if a.Scheme != "" && !slices.Contains([]string{"basic", "bearer", "apikey", "digest", "ntlm", "negotiate", "anyauth", "awsv4", "oauth1", "oauth2", "wsse"}, a.Scheme) {
		r.met = append(r.met, "auth "+a.Scheme)
	}
	return a
}

// authPath returns where the auth is: in its place, or where release candidates of Bruno 3 put it.
func authPath(d *Document, l layout) string {
	path := join(l.base, "auth")
	if _, ok := d.find(path); !ok {
		if _, ok := d.find("runtime/auth"); ok && !l.folder() {
			return "runtime/auth"
		}
	}
	return path
}

// flatten lists the scalars of an auth, nested ones with dotted names, items of a list by their index from 0.
func flatten(at place, prefix string, to []request.Field) []request.Field {
	for i := range at.len() {
		c := at.child(i)
		name := prefix + strconv.Itoa(i)
		if c.key != nil {
			name = prefix + c.key.Value
		}
		switch {
		case prefix == "" && (name == "type" || name == "mode"):
		case c.node.Kind == yaml.ScalarNode && c.node.Tag == "!!null":
			to = append(to, request.Field{Name: name})
		case c.node.Kind == yaml.ScalarNode:
			to = append(to, request.Field{Name: name, Value: c.node.Value})
		case c.node.Kind == yaml.MappingNode || c.node.Kind == yaml.SequenceNode:
			to = flatten(c, name+".", to)
		}
	}
	return to
}

// bodyPath goes to the body in use when there are variants.
func bodyPath(d *Document, path string) (place, string, bool) {
	at, ok := d.find(path)
	if !ok {
		return at, path, false
	}
	if at.node.Kind == yaml.SequenceNode {
		if i := selected(at); i >= 0 {
			if b, ok := at.child(i).get("body"); ok {
				return b, join(path, i, "body"), true
			}
		}
	}
	return at, path, at.node.Kind == yaml.MappingNode
}

func (r *decoder) body(path string) collections.SavedBody {
	at, path, ok := bodyPath(r.d, path)
	if !ok {
		return collections.SavedBody{}
	}
	r.keys(at, "the body", bodyKeys)
	b := collections.SavedBody{Type: r.textAt(at, "type")}
	data := join(path, "data")
	switch b.Type {
	case "none":
		b.Type = ""
	case "form-urlencoded":
		b.Rows = r.rows(data, "the form")
	case "multipart-form":
		for _, at := range r.list(data, "the parts", rowKeys) {
			b.Parts = append(b.Parts, r.part(at))
		}
	case "file":
		for _, at := range r.list(data, "the files", fileKeys) {
			p := collections.Part{IsFile: true, Type: r.textAt(at, "contentType")}
			p.File, p.Off, p.About = []string{r.textAt(at, "filePath")}, !isTrue(at, "selected"), r.textAt(at, "description")
			b.Parts = append(b.Parts, p)
		}
	default:
		b.Text = r.textAt(at, "data")
	}
	return b
}

func (r *decoder) part(at place) collections.Part {
	p := collections.Part{Type: r.textAt(at, "contentType")}
	p.Row = collections.Row{Name: r.textAt(at, "name"), Off: isTrue(at, "disabled"), About: r.textAt(at, "description")}
	p.IsFile = r.textAt(at, "type") == "file"
	v, ok := at.get("value")
	switch {
	case !ok:
	case !p.IsFile:
		p.Value = r.text(v)
	case v.node.Kind == yaml.SequenceNode:
		for i := range v.len() {
			p.File = append(p.File, r.text(v.child(i)))
		}
	case v.node.Value != "":
		p.File = []string{v.node.Value}
	}
	return p
}

func (r *decoder) settings() collections.SavedSettings {
	at, ok := r.d.find("settings")
	if !ok {
		return collections.SavedSettings{}
	}
	r.keys(at, "settings", settingKeys)
	return collections.SavedSettings{
		Timeout: r.number(at, "timeout"), MaxRedirects: r.number(at, "maxRedirects"),
		FollowRedirects: r.boolean(at, "followRedirects"), EncodeURL: r.boolean(at, "encodeUrl"), Cookies: r.boolean(at, "cookies"),
	}
}

func (r *decoder) number(at place, key string) *int {
	c, ok := at.get(key)
	if !ok || c.node.Value == "inherit" || c.node.Tag == "!!null" {
		return nil
	}
	n, err := strconv.Atoi(c.node.Value)
	if err != nil || n < 0 {
		r.warn(c.node, "%s should be a number from 0; it is kept and not used", key)
		return nil
	}
	return &n
}

func (r *decoder) boolean(at place, key string) *bool {
	c, ok := at.get(key)
	if !ok || c.node.Value == "inherit" || c.node.Tag == "!!null" {
		return nil
	}
	b := c.node.Value == "true"
	if !b && c.node.Value != "false" {
		r.warn(c.node, "%s should be true or false; it is kept and not used", key)
		return nil
	}
	return &b
}
