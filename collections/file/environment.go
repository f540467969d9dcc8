package file

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"culprit/collections"
)

// marksFile holds what culprit knows about a collection and the format has no place for. It is JSON, because
// bru walks dot-files that end in .yml (FORMATS §1).
const marksFile = ".culprit.json"

// Marks are what a person has said about a collection and its environments, kept in .culprit.json:
//
//	{"openapi": "docs/api.yaml", "log": "shop.log", "cookies": false, "environments": {"local": {"dev": true}, "live": {"production": true}}}
//
// An environment without a mark is production where its name says so. Where nobody says anything it is guarded if one of
// its hosts is not loopback, private or under .localhost or .test; what names no host is judged by each request's own.
type Marks struct {
	// OpenAPI is the API's document: a path from the folder of the collection, or a URL; "" for none.
	OpenAPI string `json:"openapi,omitempty"`
	// Log is the file to which the server logs, a path inside the folder of the collection; "" for none.
	Log string `json:"log,omitempty"`
	// Cookies is false where no request of the collection is to have a jar of cookies.
	Cookies      *bool           `json:"cookies,omitempty"`
	Environments map[string]Mark `json:"environments,omitempty"`
}

// A Mark says what kind of environment one is. Production wins.
type Mark struct {
	Dev        bool `json:"dev,omitempty"`
	Production bool `json:"production,omitempty"`
	// Log goes before the collection's.
	Log string `json:"log,omitempty"`
}

// Log returns the log of the server that the collection names for an environment, "" for none. It reads .culprit.json.
func (s *Store) Log(environment string) string {
	m, _ := s.marks()
	return cmp.Or(m.Environments[environment].Log, m.Log)
}

// Jar reports whether requests of the collection have a jar of cookies, as they do unless .culprit.json says
// {"cookies": false}. It reads that file.
func (s *Store) Jar() bool {
	m, _ := s.marks()
	return m.Cookies == nil || *m.Cookies
}

// environments reads the environments, by file name, and what is wrong with them.
func (s *Store) environments() ([]collections.Environment, []collections.Problem) {
	marks, problems := s.marks()
	items, err := s.items(envFolder)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			problems = append(problems, collections.Problem{File: s.abs(envFolder), Text: reason(err)})
		}
		return nil, problems
	}
	var envs []collections.Environment
	for _, item := range items {
		s.sweep(envFolder, item)
		stem, ok := strings.CutSuffix(item.Name(), ".yml")
		if !ok || item.IsDir() || stem == "" {
			continue
		}
		env, p, err := s.environment(stem)
		if err != nil {
			problems = append(problems, p...)
			continue
		}
		problems = append(problems, p...)
		judge(&env, marks.Environments[stem])
		envs = append(envs, env)
	}
	return envs, problems
}

// environment reads one environment. Its name is the stem of its file, which is what `bru --env` looks up.
func (s *Store) environment(stem string) (collections.Environment, []collections.Problem, error) {
	rel := path.Join(envFolder, stem+".yml")
	env := collections.Environment{Name: stem, File: s.abs(rel)}
	src, err := s.read(rel)
	if err != nil {
		return env, []collections.Problem{{File: env.File, Text: reason(err)}}, err
	}
	s.remember(rel, src)
	d, fault := Parse(src)
	if fault != nil {
		return env, []collections.Problem{{File: env.File, Line: fault.Line, Column: fault.Column, Text: fault.Text}}, fault
	}
	return env, fillEnvironment(&env, d), nil
}

func (s *Store) marks() (Marks, []collections.Problem) {
	var m Marks
	src, err := s.read(marksFile)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		s.remember(marksFile, src)
		err = json.Unmarshal(src, &m)
	}
	if err != nil {
		return Marks{}, []collections.Problem{{File: s.abs(marksFile), Text: reason(err) + "; what it says is not known", Warning: true}}
	}
	return m, nil
}

// Mark writes what a person said about an environment into .culprit.json. Other keys there are kept, and its log where m
// names none.
func (s *Store) Mark(name string, m Mark) error {
	return s.editMarks(func(marks map[string]Mark) {
		m.Log = cmp.Or(m.Log, marks[name].Log)
		marks[name] = m
	})
}

// editMarks writes the marks as edit leaves them, where it changes them.
func (s *Store) editMarks(edit func(marks map[string]Mark)) error {
	src, err := s.read(marksFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("mark environment: %w", err)
	}
	all := map[string]json.RawMessage{}
	envs := map[string]Mark{}
	if err == nil {
		if err := json.Unmarshal(src, &all); err != nil {
			return fmt.Errorf("mark environment: %s: %w", marksFile, err)
		}
		if raw, ok := all["environments"]; ok {
			if err := json.Unmarshal(raw, &envs); err != nil {
				return fmt.Errorf("mark environment: %s: %w", marksFile, err)
			}
		}
	}
	before := maps.Clone(envs)
	if edit(envs); maps.Equal(before, envs) {
		return nil
	}
	raw, err2 := json.Marshal(envs)
	all["environments"] = raw
	out, err3 := json.MarshalIndent(all, "", "  ")
	if err2 := errors.Join(err2, err3); err2 != nil {
		return fmt.Errorf("mark environment: %w", err2)
	}
	if err != nil {
		return s.create(marksFile, append(out, '\n'))
	}
	return s.replace(marksFile, src, append(out, '\n'))
}

// judge says what kind of environment env is.
func judge(env *collections.Environment, m Mark) {
	env.Production = m.Production || !m.Dev && named(env.Name)
	env.Dev = m.Dev && !m.Production
	env.Public = !env.Production && !env.Dev && slices.ContainsFunc(env.Variables, func(v collections.Variable) bool {
		host, ok := hostOf(v.Value)
		return ok && !v.Off && !collections.Local(host)
	})
}

// named reports whether a name says production.
func named(name string) bool { return strings.HasPrefix(strings.ToLower(name), "prod") }

// hostOf returns the host of a value that is a URL.
func hostOf(value string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(value))
	if err != nil {
		return "", strings.Contains(value, "://") // a host that cannot be read is not local
	}
	return u.Hostname(), u.Host != ""
}

// SaveEnvironment writes the variables that changed from what was read into the file of env. Values of secrets
// are never written. Errors are those of Save.
func (s *Store) SaveEnvironment(env collections.Environment, vars []collections.Variable) error {
	rel := s.rel(env.File)
	base, ok := s.remembered(rel)
	if !ok {
		return fmt.Errorf("save %s: %w", rel, ErrNotRead)
	}
	src, err := editEnvironment(base, vars)
	if err != nil {
		return fmt.Errorf("save %s: %w", rel, err)
	}
	if string(src) == string(base) {
		return nil
	}
	return s.replace(rel, base, src)
}

func editEnvironment(src []byte, vars []collections.Variable) ([]byte, error) {
	d, fault := Parse(src)
	if fault != nil {
		return nil, fault
	}
	vars = slices.Clone(vars)
	for i := range vars {
		if vars[i].Secret {
			vars[i].Value = ""
		}
	}
	raw := (&decoder{d: d}).variables("variables")
	if slices.Equal(raw, vars) {
		return src, nil
	}
	c := &change{d: d}
	c.rows("variables", records(raw, variableRecord), records(vars, variableRecord), []string{"name", "color", "description", "variables"})
	if c.err != nil {
		return nil, c.err
	}
	if got := (&decoder{d: d}).variables("variables"); !slices.Equal(got, vars) {
		return nil, fmt.Errorf("what was to be written does not read back: %w", ErrRefused)
	}
	return d.Bytes(), nil
}

// CreateEnvironment makes an environment called name with these variables.
func (s *Store) CreateEnvironment(name string, vars []collections.Variable) (collections.Environment, error) {
	stem := FileName(name)
	if stem == "" {
		return collections.Environment{}, fmt.Errorf("make environment: %w", ErrName)
	}
	src, err := editEnvironment(compose(put(mapping(), "name", text(name))), vars)
	if err != nil {
		return collections.Environment{}, fmt.Errorf("make environment: %w", err)
	}
	if err := s.root().Mkdir(envFolder, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return collections.Environment{}, fmt.Errorf("make environment: %w", err)
	}
	if err := s.create(path.Join(envFolder, stem+".yml"), src); err != nil {
		return collections.Environment{}, err
	}
	env, _, err := s.environment(stem)
	marks, _ := s.marks()
	judge(&env, marks.Environments[stem])
	return env, err
}
