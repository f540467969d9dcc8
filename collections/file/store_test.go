package file

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"culprit/collections"
)

// sample opens a copy of the sample collection.
func sample(t *testing.T) (*Store, *collections.Collection) {
	t.Helper()
	from := filepath.Join("..", "..", "..", "shared", "fixtures", "opencollection", "sample")
	if _, err := os.Stat(from); err != nil {
		t.Skipf("the fixtures are not here: %v", err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return load(t, dir)
}

func load(t *testing.T, dir string) (*Store, *collections.Collection) {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// collection makes a collection from files.
func collection(t *testing.T, files map[string]string) (*Store, *collections.Collection) {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files[rootFile]; !ok {
		write(t, filepath.Join(dir, rootFile), "opencollection: 1.0.0\ninfo:\n  name: T\n")
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return load(t, dir)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func at(t *testing.T, c *collections.Collection, path string) *collections.Entry {
	t.Helper()
	for _, e := range all(c.Root) {
		if e.Path == path {
			return e
		}
	}
	t.Fatalf("no entry %q", path)
	return nil
}

func all(e *collections.Entry) []*collections.Entry {
	list := []*collections.Entry{e}
	for _, c := range e.Children {
		list = append(list, all(c)...)
	}
	return list
}

func TestTheSampleIsRead(t *testing.T) {
	_, c := sample(t)
	var got []string
	for _, e := range all(c.Root) {
		got = append(got, string(e.Kind)+" "+e.Path)
		for _, p := range e.Problems {
			t.Logf("%s %d:%d %s", e.Path, p.Line, p.Column, p.Text)
		}
	}
	want := []string{"folder ", "folder auth", "http auth/inherit", "http auth/none", "http auth/basic", "http auth/digest",
		"http auth/apikey", "http auth/awsv4", "http auth/wsse", "http auth/oauth2cc", "http auth/oauth1",
		"folder bodies", "http bodies/json", "http bodies/text", "http bodies/xml", "http bodies/sparql", "http bodies/form",
		"http bodies/multipart", "http bodies/file", "http bodies/variants", "folder other", "http other/graphql",
		"other other/lib", "other other/grpc", "other other/ws"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	e := at(t, c, "auth/inherit")
	if e.Saved.URL != "{{host}}/echo/:id?q=1&flag" || len(e.Saved.Params) != 4 || e.Saved.Auth.Scheme != "inherit" {
		t.Errorf("inherit: %+v", e.Saved)
	}
	if s := at(t, c, "bodies/variants").Saved.Body; s.Text != `{"v":"B"}` {
		t.Errorf("the selected variant: %+v", s)
	}
	if len(c.Environments) != 1 || c.Environments[0].Production || c.Environments[0].Variables[3].Value != "vb" {
		t.Errorf("environments: %+v", c.Environments)
	}
	if !slices.Contains(e.Met, "script before-request") || slices.Contains(at(t, c, "auth/wsse").Met, "auth wsse") {
		t.Errorf("met: %q", e.Met)
	}
}

// TestSaveChangesOneValue is the story of a fix: one header, one line of the file.
func TestSaveChangesOneValue(t *testing.T) {
	s, c := sample(t)
	e := at(t, c, "auth/inherit")
	before := read(t, e.File)
	saved := e.Saved
	saved.Headers = slices.Clone(saved.Headers)
	saved.Headers[0].Value = "changed"
	if err := s.Save(e, saved); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(before, "value: from-request", "value: changed", 1)
	if got := read(t, e.File); got != want {
		t.Errorf("got\n%s", got)
	}
	if again := s.Reload(e); again.Saved.Headers[0].Value != "changed" {
		t.Errorf("reads back %q", again.Saved.Headers[0].Value)
	}
}

func TestSaveWithoutAChangeWritesNothing(t *testing.T) {
	s, c := sample(t)
	for _, e := range all(c.Root) {
		if e.File == "" || e.Kind == collections.Other {
			continue
		}
		base, _ := s.remembered(s.rel(e.File))
		src, err := Edit(base, e.Kind == collections.Folder, e.Saved)
		if err != nil || string(src) != string(base) {
			t.Errorf("%s: %v\n%s", e.Path, err, src)
		}
	}
}

func TestAFileThatChangedIsNotOverwritten(t *testing.T) {
	s, c := sample(t)
	e := at(t, c, "auth/inherit")
	theirs := strings.Replace(read(t, e.File), "docs: request docs", "docs: theirs", 1)
	write(t, e.File, theirs)
	saved := e.Saved
	saved.Method = "PUT"
	err := s.Save(e, saved)
	var changed *Changed
	if !errors.As(err, &changed) {
		t.Fatalf("got %v, want *Changed", err)
	}
	if read(t, e.File) != theirs || string(changed.Theirs) != theirs || !strings.Contains(string(changed.Mine), "method: PUT") {
		t.Error("the file was touched, or the sides are not told")
	}
	if names, _ := filepath.Glob(filepath.Join(filepath.Dir(e.File), ".*")); len(names) > 0 {
		t.Errorf("left behind: %q", names)
	}
}

func TestBrokenFilesAreShownAndTheRestWorks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.yml")
	write(t, outside, "info: {name: secret, type: http}\n")
	dir := t.TempDir()
	write(t, filepath.Join(dir, rootFile), "opencollection: 1.0.0\n")
	write(t, filepath.Join(dir, "good.yml"), "info: {name: Good, type: http, extra: 1}\nhttp: {method: GET, url: http://x}\n")
	write(t, filepath.Join(dir, "bad.yml"), "info:\n  name: x\n\tbad: 1\n")
	write(t, filepath.Join(dir, "untyped.yml"), "info: {name: x}\n")
	if err := os.Symlink(outside, filepath.Join(dir, "link.yml")); err != nil {
		t.Fatal(err)
	}
	_, c := load(t, dir)
	if e := at(t, c, "good"); e.Kind != collections.HTTP || len(e.Problems) != 1 || !e.Problems[0].Warning || e.Problems[0].Column != 32 {
		t.Errorf("good: %+v", e)
	}
	if e := at(t, c, "bad"); e.Kind != collections.Broken || e.Problems[0].Line < 2 || e.Problems[0].Text == "" {
		t.Errorf("bad: %+v", e)
	}
	if e := at(t, c, "untyped"); e.Kind != collections.Broken {
		t.Errorf("untyped: %+v", e)
	}
	if e := at(t, c, "link"); e.Kind != collections.Broken || e.Problems[0].Text != ErrOutside.Error() {
		t.Errorf("link: %+v", e)
	}
}

func TestALinkInsideIsSavedToItsTarget(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, rootFile), "opencollection: 1.0.0\n")
	write(t, filepath.Join(dir, "real", "a.yml"), "info: {name: A, type: http}\nhttp: {method: GET, url: http://x}\n")
	if err := os.Symlink("real/a.yml", filepath.Join(dir, "a.yml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "real", "a.yml"), 0o640); err != nil {
		t.Fatal(err)
	}
	s, c := load(t, dir)
	e := at(t, c, "a")
	saved := e.Saved
	saved.Method = "POST"
	if err := s.Save(e, saved); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(filepath.Join(dir, "a.yml"))
	if err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
	info, _ = os.Stat(filepath.Join(dir, "real", "a.yml"))
	if info.Mode().Perm() != 0o640 || !strings.Contains(read(t, filepath.Join(dir, "real", "a.yml")), "POST") {
		t.Errorf("mode %v, or not written", info.Mode())
	}
}

func TestMakingRenamingCopyingDeleting(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	write(t, filepath.Join(dir, rootFile), string(blank("Shop")))
	s, c := load(t, dir)
	folder, err := s.CreateFolder(c.Root, "orders: new?")
	if err != nil || folder.Path != "orders- new-" || folder.Name != "orders: new?" {
		t.Fatalf("folder %+v, %v", folder, err)
	}
	yes := true
	saved := collections.Saved{
		Method: "POST", URL: "{{host}}/orders/:id?expand=1",
		Headers: []collections.Row{{Name: "X-N", Value: "007"}, {Name: "X-Off", Value: "no", Off: true}},
		Params:  []collections.Row{{Name: "id", Value: "7", Kind: "path"}, {Name: "expand", Value: "1", Kind: "query"}},
		Auth:    collections.SavedAuth{Scheme: "bearer", Params: nil},
		Body:    collections.SavedBody{Type: "json", Text: "{\n  \"qty\": \"1\"\n}"},
		Vars:    []collections.Variable{{Name: "v", Value: "1"}},
		Settings: collections.SavedSettings{
			FollowRedirects: &yes,
		},
	}
	e, err := s.Create(folder, "Create order", saved)
	if err != nil {
		t.Fatal(err)
	}
	want := `info:
  name: Create order
  type: http
  seq: 1

http:
  method: POST
  url: "{{host}}/orders/:id?expand=1"
  headers:
    - name: X-N
      value: "007"
    - name: X-Off
      value: "no"
      disabled: true
  params:
    - name: id
      value: "7"
      type: path
    - name: expand
      value: "1"
      type: query
  body:
    type: json
    data: |-
      {
        "qty": "1"
      }
  auth:
    type: bearer

runtime:
  variables:
    - name: v
      value: "1"

settings:
  followRedirects: true
`
	if got := read(t, e.File); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	twin, err := s.Duplicate(e)
	if err != nil || twin.Name != "Create order copy" || twin.Path != "orders- new-/Create order copy" {
		t.Fatalf("copy %+v, %v", twin, err)
	}
	again, err := s.Create(folder, "create ORDER", collections.Saved{URL: "http://x"})
	if err != nil || again.Path != "orders- new-/create ORDER 2" {
		t.Fatalf("same name %+v, %v", again, err)
	}
	renamed, err := s.Rename(twin, "Other/one")
	if err != nil || renamed.Path != "orders- new-/Other-one" || renamed.Name != "Other/one" {
		t.Fatalf("renamed %+v, %v", renamed, err)
	}
	if err := s.Delete(renamed); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(renamed.File); !errors.Is(err, os.ErrNotExist) {
		t.Error("still there")
	}
	folder2, err := s.Rename(folder, "orders")
	if err != nil || folder2.Path != "orders" {
		t.Fatalf("folder %+v, %v", folder2, err)
	}
}

func TestEnvironmentsKeepSecretsOut(t *testing.T) {
	const src = "# mine\nname: live\nvariables:\n  - name: host\n    value: https://api.example.com\n  - secret: true\n    name: token\n"
	s, c := collection(t, map[string]string{"environments/live.yml": src})
	env := c.Environments[0]
	if env.Production || !env.Public {
		t.Error("nobody said that it is production, and a public host is guarded until somebody says what it is")
	}
	vars := slices.Clone(env.Variables)
	vars[0].Value = "https://api.example.org"
	vars[1].Value = "hunter2"
	vars = append(vars, collections.Variable{Name: "key", Value: "hunter3", Secret: true})
	if err := s.SaveEnvironment(env, vars); err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(src, ".com", ".org", 1) + "  - secret: true\n    name: key\n"
	if got := read(t, env.File); got != want {
		t.Errorf("got\n%s", got)
	}
	if err := s.Mark("live", Mark{Dev: true}); err != nil {
		t.Fatal(err)
	}
	_, c = load(t, s.Dir())
	if c.Environments[0].Guarded() {
		t.Error("marked dev")
	}
	// Its name and its file change together, and the mark goes with them.
	_, err := s.RenameEnvironment(c.Environments[0], "live")
	if err == nil {
		_, err = s.RenameEnvironment(collections.Environment{Name: "live", File: env.File}, "shop/eu")
	}
	if err != nil {
		t.Fatal(err)
	}
	s, c = load(t, s.Dir())
	env = c.Environments[0]
	if len(c.Environments) != 1 || env.Name != "shop-eu" || env.Production || read(t, env.File) != strings.Replace(want, "name: live", "name: shop/eu", 1) {
		t.Errorf("renamed to %+v\n%s", c.Environments, read(t, env.File))
	}
	undo, err := s.DeleteEnvironment(env)
	if err != nil {
		t.Fatal(err)
	}
	_, c = load(t, s.Dir())
	if len(c.Environments) != 0 || strings.Contains(read(t, filepath.Join(s.Dir(), marksFile)), "shop-eu") {
		t.Errorf("not deleted: %+v", c.Environments)
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	s, c = load(t, s.Dir())
	if len(c.Environments) != 1 || c.Environments[0].Production {
		t.Errorf("not brought back: %+v", c.Environments)
	}
	write(t, env.File, "name: another\n")
	var changed *Changed
	if _, err := s.DeleteEnvironment(c.Environments[0]); !errors.As(err, &changed) || read(t, env.File) != "name: another\n" {
		t.Errorf("what another program wrote was deleted: %v", err)
	}
	if _, err := s.RenameEnvironment(c.Environments[0], "x"); !errors.As(err, &changed) {
		t.Errorf("what another program wrote was renamed: %v", err)
	}
	made, err := s.CreateEnvironment("local", []collections.Variable{{Name: "host", Value: "http://127.0.0.1:1"}})
	if err != nil || made.Guarded() {
		t.Errorf("%+v, %v", made, err)
	}
}

// What nobody has said is not claimed: a new environment is nothing yet.
func TestANewEnvironmentIsNoProduction(t *testing.T) {
	s, _ := collection(t, nil)
	for name, production := range map[string]bool{"eu": false, "Production-eu": true} {
		if made, err := s.CreateEnvironment(name, nil); err != nil || made.Production != production || made.Public || made.Dev {
			t.Errorf("%+v, %v", made, err)
		}
	}
}

// An environment that is guarded for its name alone, a tunnel to production on loopback, stays guarded under another.
func TestARenamedEnvironmentStaysGuarded(t *testing.T) {
	s, c := collection(t, map[string]string{"environments/Prod-tunnel.yml": "name: Prod-tunnel\nvariables:\n  - {name: host, value: \"http://127.0.0.1:8443\"}\n"})
	if !c.Environments[0].Production {
		t.Fatal("its name says production")
	}
	named, err := s.RenameEnvironment(c.Environments[0], "live")
	if err != nil || !named.Production {
		t.Errorf("%+v, %v", named, err)
	}
	if _, c = load(t, s.Dir()); len(c.Environments) != 1 || !c.Environments[0].Production {
		t.Errorf("no longer guarded: %+v", c.Environments)
	}
}

// Where the marks cannot be changed, nothing is renamed.
func TestARenameThatFailsLeavesNothingBehind(t *testing.T) {
	s, c := collection(t, map[string]string{"environments/live.yml": "name: live\n", marksFile: `{"environments":{"live":{"production":true}}}`})
	write(t, filepath.Join(s.Dir(), marksFile), "{")
	if _, err := s.RenameEnvironment(c.Environments[0], "other"); err == nil {
		t.Fatal("renamed, and its mark is lost")
	}
	if _, c = load(t, s.Dir()); len(c.Environments) != 1 || c.Environments[0].Name != "live" {
		t.Errorf("left behind: %+v", c.Environments)
	}
}

// A moved request is byte for byte what it was, and takes the place of no other.
func TestARequestIsMovedAsItIs(t *testing.T) {
	const src = "# by hand\ninfo:\n  name: GET /users\n  type: http\nhttp:\n  method: GET\n  url: http://h/\nodd: 1\n"
	s, c := collection(t, map[string]string{"users.yml": src, "people/users.yml": src, "people/deep/x.yml": src})
	named := func(p string) *collections.Entry {
		var found *collections.Entry
		var look func(e *collections.Entry)
		look = func(e *collections.Entry) {
			if e.Path == p {
				found = e
			}
			for _, child := range e.Children {
				look(child)
			}
		}
		look(c.Root)
		return found
	}
	moved, err := s.Move(named("users"), named("people"))
	if err != nil || moved.Path != "people/users 2" || moved.Parent != named("people") || moved.Name != "GET /users" {
		t.Fatalf("%+v, %v", moved, err)
	}
	if got, err := os.ReadFile(moved.File); err != nil || string(got) != src {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(s.Dir(), "users.yml")); err == nil {
		t.Error("it is still where it was")
	}
	moved.Saved.URL = "http://h/2"
	if err := s.Save(moved, moved.Saved); err != nil {
		t.Errorf("it cannot be saved where it is: %v", err)
	}
	if _, err := s.Move(named("people/deep"), c.Root); err == nil {
		t.Error("a folder was moved")
	}
}

// A collection that was deleted and made again, or that a link leads elsewhere to, is read and written where it is now.
func TestACollectionThatIsMadeAgainIsTheOneAtItsPath(t *testing.T) {
	s, _ := collection(t, map[string]string{"a.yml": "info:\n  name: A\n  type: http\nhttp:\n  url: http://h/1\n"})
	if err := os.RemoveAll(s.Dir()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(t.Context()); err == nil {
		t.Error("it is gone, and was read")
	}
	if err := os.Mkdir(s.Dir(), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(s.Dir(), "opencollection.yml"), "opencollection: 1.0.0\ninfo:\n  name: again\n")
	write(t, filepath.Join(s.Dir(), "a.yml"), "info:\n  name: A\n  type: http\nhttp:\n  url: http://h/2\n")
	c, err := s.Load(t.Context())
	if err != nil || len(c.Root.Children) != 1 || c.Root.Children[0].Saved.URL != "http://h/2" {
		t.Fatalf("%+v, %v", c, err)
	}
	e := c.Root.Children[0]
	e.Saved.URL = "http://h/3"
	if err := s.Save(e, e.Saved); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(s.Dir(), "a.yml")); err != nil || !strings.Contains(string(got), "http://h/3") {
		t.Errorf("%q, %v", got, err)
	}
}
