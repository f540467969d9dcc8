package vault

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"

	"culprit/collections"
)

// of is a process's environment.
func of(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}

// asks looks for the variable token of the environment prod.
func asks(t *testing.T, v *Vault, want, where string) {
	t.Helper()
	got, ok := v.Value("prod", "token")
	if got != want || ok != (want != "") {
		t.Errorf("got %q %v, want %q; %v", got, ok, want, v.Faults())
	}
	if from, ok := v.Origin("prod", "token"); from != where || ok != (want != "") {
		t.Errorf("it comes from %q %v, want %q", from, ok, where)
	}
}

func TestTheProcessGoesFirstAndTheEnvironmentInUse(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, ".env"), "PROD_TOKEN=in the file\n", 0o600)
	asks(t, New(of(map[string]string{"CULPRIT_SECRET_TOKEN": "any"}), dir, ""), "any", "CULPRIT_SECRET_TOKEN")
	asks(t, New(of(map[string]string{"CULPRIT_SECRET_TOKEN": "any", "CULPRIT_SECRET_PROD_TOKEN": "its own"}), dir, ""), "its own", "CULPRIT_SECRET_PROD_TOKEN")
	asks(t, New(of(nil), dir, ""), "in the file", ".env")
	asks(t, New(nil, dir, ""), "", "CULPRIT_SECRET_PROD_TOKEN")
	asks(t, New(of(nil), "", ""), "", "CULPRIT_SECRET_PROD_TOKEN")
	if where, _ := New(of(nil), "", "").Origin("", "token"); where != "CULPRIT_SECRET_TOKEN" { // no environment is chosen
		t.Errorf("it is said to be wanted in %s", where)
	}
}

func TestAFileIsReadAnewWhenItChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	v := New(of(nil), filepath.Dir(path), "")
	asks(t, v, "", "CULPRIT_SECRET_PROD_TOKEN")
	write(t, path, "token=one", 0o600)
	if _, ok := v.Known("prod", "token"); ok {
		t.Error("it is known before anything was read")
	}
	asks(t, v, "one", ".env")
	if got, ok := v.Known("prod", "token"); got != "one" || !ok {
		t.Errorf("not remembered: %q", got)
	}
	os.Remove(path)
	asks(t, v, "", "CULPRIT_SECRET_PROD_TOKEN")
}

// What git would add, or has already, is no place for secrets: it is not read, and that is said.
func TestAFileThatGitDoesNotIgnoreIsNotRead(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git here")
	}
	dir := t.TempDir()
	if out, err := exec.Command("git", "init", "-q", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	write(t, filepath.Join(dir, ".env"), "TOKEN=hunter2", 0o600)
	v := New(of(nil), dir, "")
	asks(t, v, "", "CULPRIT_SECRET_PROD_TOKEN")
	if got := v.Faults(); len(got) != 1 || !strings.Contains(got[0], ".env is not read: git does not ignore it") {
		t.Errorf("faults: %q", got)
	}
	unfilled := &collections.Unfilled{Secrets: []string{"token"}}
	if err := v.Explain(errors.Join(unfilled)); !strings.Contains(err.Error(), ".gitignore") {
		t.Errorf("the error does not say why: %v", err)
	}
	write(t, filepath.Join(dir, ".gitignore"), ".env\n", 0o600)
	asks(t, v, "hunter2", ".env")
	if got := v.Faults(); len(got) != 0 {
		t.Errorf("faults: %q", got)
	}
}

func TestAnEncryptedFileIsRead(t *testing.T) {
	dir := t.TempDir()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, armoured := range []bool{false, true} {
		f, err := os.Create(filepath.Join(dir, ".env.age"))
		if err != nil {
			t.Fatal(err)
		}
		var to interface {
			Write([]byte) (int, error)
			Close() error
		} = f
		if armoured {
			to = armor.NewWriter(f)
		}
		w, err := age.Encrypt(to, identity.Recipient())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("PROD_TOKEN=hunter2\n")); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Close(), to.Close()); err != nil && !errors.Is(err, os.ErrClosed) {
			t.Fatal(err)
		}
		f.Close()
		key := filepath.Join(t.TempDir(), "identity.txt")
		write(t, key, "# mine\n"+identity.String()+"\n", 0o600)
		asks(t, New(of(nil), dir, key), "hunter2", ".env.age")
		asks(t, New(of(map[string]string{"CULPRIT_AGE_IDENTITY": key}), dir, "/nowhere"), "hunter2", ".env.age")
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "other.txt")
	write(t, key, other.String(), 0o600)
	for at, want := range map[string]string{key: "identity did not match", "": "CULPRIT_AGE_IDENTITY names no identity", dir: "it is no file"} {
		v := New(of(nil), dir, at)
		asks(t, v, "", "CULPRIT_SECRET_PROD_TOKEN")
		if got := strings.Join(v.Faults(), "\n"); !strings.Contains(got, want) || strings.Contains(got, "AGE-SECRET-KEY") {
			t.Errorf("%s: got %q, want %q", at, got, want)
		}
	}
}

// The command is asked once for a value, in words of its own.
func TestTheCommandOfThePersonIsAsked(t *testing.T) {
	dir := t.TempDir()
	script, said := filepath.Join(dir, "pass"), filepath.Join(dir, "said")
	write(t, script, "#!/bin/sh\nprintf '%s|' \"$@\" >> "+said+"\n[ \"$2\" = 'lost' ] && echo 'no such entry' >&2 && exit 1\nprintf 'hunter2\\nsecond line\\n'\n", 0o700)
	v := New(of(map[string]string{"CULPRIT_SECRETS_COMMAND": script + " show shop/{environment}/{name}"}), "", "")
	if where, ok := v.Origin("prod", "token"); where != "your command, asked when it is sent" || !ok {
		t.Errorf("before: %q %v", where, ok)
	}
	asks(t, v, "hunter2", "your command")
	asks(t, v, "hunter2", "your command")
	if got, err := os.ReadFile(said); err != nil || string(got) != "show|shop/prod/token|" {
		t.Errorf("asked %q, %v", got, err)
	}
	v.Refresh() // it may be another by now
	if got, ok := v.Known("prod", "token"); got != "hunter2" || !ok {
		t.Errorf("what is shown meanwhile: %q %v", got, ok)
	}
	write(t, script, "#!/bin/sh\necho rotated\n", 0o700)
	asks(t, v, "rotated", "your command")
	v.Refresh()
	write(t, script, "#!/bin/sh\nexit 1\n", 0o700)
	asks(t, v, "rotated", "your command") // locked now: what it said is used
	write(t, script, "#!/bin/sh\nprintf '%s|' \"$@\" >> "+said+"\n[ \"$2\" = 'lost' ] && echo 'no such entry' >&2 && exit 1\n", 0o700)
	v = New(of(map[string]string{"CULPRIT_SECRETS_COMMAND": script + " show {name}"}), "", "")
	if got, ok := v.Value("prod", "lost"); ok {
		t.Errorf("got %q", got)
	}
	if got := strings.Join(v.Faults(), "\n"); !strings.Contains(got, "no value for lost: no such entry") {
		t.Errorf("faults: %q", got)
	}
	before, _ := os.ReadFile(said)
	if _, ok := v.Value("prod", "lost"); ok {
		t.Error("a value came from nowhere")
	}
	if after, _ := os.ReadFile(said); string(after) != string(before) {
		t.Error("what had no value was asked for again at once")
	}
}

// A shell at the other end of the command reads what the collection calls things, and a password store takes "../" for a way
// to another's entries.
func TestTheCommandGetsPlainNames(t *testing.T) {
	dir := t.TempDir()
	script, said := filepath.Join(dir, "pass"), filepath.Join(dir, "said")
	write(t, script, "#!/bin/sh\nprintf '%s|' \"$@\" >> "+said+"\necho hunter2\n", 0o700)
	for _, c := range []struct {
		environment, name string
		asked             bool
	}{
		{"prod", "token", true}, {"eu-west.prod_2", "clé", true}, {"", "token", true},
		{"prod;id", "token", false}, {"$(id)", "token", false}, {"-h", "token", false}, {"prod", "a b", false},
		{"..", "token", false}, {"prod", "../../bank/pin", false}, {"prod", "a\nb", false},
	} {
		os.Remove(said)
		v := New(of(map[string]string{"CULPRIT_SECRETS_COMMAND": script + " show {environment} {name}"}), "", "")
		if where, ok := v.Origin(c.environment, c.name); ok != c.asked {
			t.Errorf("%q, %q: said to come from %s", c.environment, c.name, where)
		}
		value, ok := v.Value(c.environment, c.name)
		if _, err := os.Stat(said); (err == nil) != c.asked || ok != c.asked || ok && value != "hunter2" {
			t.Errorf("%q, %q: got %q %v, asked %v", c.environment, c.name, value, ok, err == nil)
		}
		if faults := strings.Join(v.Faults(), "\n"); strings.Contains(faults, "was not asked") == c.asked {
			t.Errorf("%q, %q: faults %q", c.environment, c.name, faults)
		}
	}
	v := New(of(map[string]string{"CULPRIT_SECRETS_COMMAND": script + " show {name}"}), "", "")
	if _, ok := v.Value("my shop", "token"); !ok {
		t.Error("a name that does not go into the command kept it from being asked")
	}
}

func TestTheKeyringIsAskedLast(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "secret-tool"), "#!/bin/sh\n[ \"$*\" = 'lookup service culprit environment prod variable token' ] && printf hunter2\n", 0o700)
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	v := New(of(map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/0/bus"}), "", "")
	v.system = "linux"
	if _, ok := v.Known("prod", "token"); ok {
		t.Error("known before it was asked")
	}
	asks(t, v, "hunter2", "the keyring")
	if got, ok := v.Value("prod", "other"); ok {
		t.Errorf("got %q", got)
	}
	for system, want := range map[string][]string{"linux": {"secret-tool", "lookup", "service", "culprit", "environment", "e", "variable", "n"},
		"darwin": {"security", "find-generic-password", "-s", "culprit", "-a", "e/n", "-w"}, "windows": nil} {
		v.system = system
		if got := v.keyring("e", "n"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q", system, got)
		}
		if got := v.keyring("e", "-n"); got != nil {
			t.Errorf("an option: %q", got)
		}
	}
	v = New(of(nil), "", "")
	v.system = "linux"
	if got := v.keyring("e", "n"); got != nil {
		t.Errorf("without a session: %q", got)
	}
}

func TestLinesOfAFile(t *testing.T) {
	text := "\ufeff# comment\nexport TOKEN=abc # the key\nQUOTED=\"a # b\\nc\"\nSINGLE='x\\n\"y'\nempty=\n  api-key = v=1 \nno value\n=x\nTOKEN2=a#b\r\n"
	want := map[string]string{"TOKEN": "abc", "QUOTED": "a # b\nc", "SINGLE": "x\\n\"y", "EMPTY": "", "API_KEY": "v=1", "TOKEN2": "a#b"}
	if got := parse(text); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func FuzzLinesOfAFile(f *testing.F) {
	f.Add("A=1\nexport B=\"x\"\n#c\nD='")
	f.Fuzz(func(t *testing.T, text string) {
		for name, value := range parse(text) {
			if name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" || len(value) > len(text) {
				t.Errorf("%q: %q", name, value)
			}
		}
	})
}
