package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// put stores the token of prod, and expects that it went to where, or an error with these words.
func put(t *testing.T, v *Vault, value, place, where, fault string) {
	t.Helper()
	at, _, err := v.Put("prod", "token", value, place)
	switch {
	case fault == "" && (err != nil || at != where):
		t.Errorf("it went to %q, %v; want %q", at, err, where)
	case fault != "" && (err == nil || !strings.Contains(err.Error(), fault)):
		t.Errorf("got the error %v, want %q", err, fault)
	}
	if err != nil && value != "" && strings.Contains(err.Error(), value) {
		t.Error("the error quotes the value")
	}
}

func TestAValueIsPutIntoTheEncryptedFileAndReadAgain(t *testing.T) {
	dir, key := t.TempDir(), filepath.Join(t.TempDir(), "state", "identity.txt")
	v := New(of(nil), dir, key)
	at, made, err := v.Put("prod", "token", `hunter2 # "x"`, "")
	if err != nil || at != ".env.age" || made != key {
		t.Fatalf("%q, identity %q, %v", at, made, err)
	}
	for _, path := range []string{key, filepath.Join(dir, ".env.age")} {
		src, err := os.ReadFile(path)
		if err != nil || bytes.Contains(src, []byte("hunter2")) {
			t.Errorf("%s: %v, the value is there to read: %v", path, err, bytes.Contains(src, []byte("hunter2")))
		}
		if mode, err := os.Stat(path); err != nil || mode.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", path, mode.Mode(), err)
		}
	}
	asks(t, v, `hunter2 # "x"`, ".env.age")
	if _, made, err = v.Put("", "other", "any", Encrypted); err != nil || made != "" {
		t.Errorf("the second: %q, %v", made, err)
	}
	put(t, v, "changed", "", ".env.age", "")
	v = New(of(nil), dir, key)
	asks(t, v, "changed", ".env.age")
	if got, ok := v.Value("prod", "other"); got != "any" || !ok {
		t.Errorf("what was there before: %q %v", got, ok)
	}
	if rest, _ := filepath.Glob(filepath.Join(dir, ".env.age.*")); len(rest) > 0 {
		t.Errorf("left behind: %q", rest)
	}
}

// What others can open is not written anew for one person alone, and what cannot be read is not thrown away.
func TestAFileOfSeveralPeopleIsNotTaken(t *testing.T) {
	mine, _ := age.GenerateX25519Identity()
	other, _ := age.GenerateX25519Identity()
	key := filepath.Join(t.TempDir(), "identity.txt")
	second, _ := age.GenerateX25519Identity() // a key more does not make the others' keys one's own
	write(t, key, mine.String()+"\n"+second.String(), 0o600)
	for _, tt := range []struct {
		to    []age.Recipient
		fault string
	}{
		{[]age.Recipient{mine.Recipient(), other.Recipient()}, "encrypted for others, too"},
		{[]age.Recipient{other.Recipient()}, ".env.age is not read: "},
	} {
		dir := t.TempDir()
		if err := encrypt(filepath.Join(dir, ".env.age"), "A=1\n", true, tt.to); err != nil {
			t.Fatal(err)
		}
		was, _ := os.ReadFile(filepath.Join(dir, ".env.age"))
		put(t, New(of(nil), dir, key), "hunter2", "", "", tt.fault)
		if now, _ := os.ReadFile(filepath.Join(dir, ".env.age")); !bytes.Equal(was, now) {
			t.Error("the file was written")
		}
	}
}

func TestWhatIsNoValueIsRefused(t *testing.T) {
	v := New(of(nil), t.TempDir(), filepath.Join(t.TempDir(), "identity.txt"))
	put(t, v, "", "", "", "an empty value")
	put(t, v, "two\nlines", "", "", "more than one line")
	put(t, v, strings.Repeat("x", maxValue+1), "", "", "longer than")
	put(t, v, `it's "x"\n # y`, Encrypted, "", "both kinds of quotes")
	put(t, v, "x", Keyring, "", "no keyring here")
	put(t, New(of(nil), "", ""), "x", "", "", "no collection")
}

// The keyring's program gets the value on its input, and is asked whether it has it.
func TestAValueIsPutIntoTheKeyring(t *testing.T) {
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	write(t, filepath.Join(dir, "secret-tool"), "#!/bin/sh\necho \"$*\" >> "+said+"\ncase $1 in store) cat > "+dir+"/value;; lookup) cat "+dir+"/value;; esac\n", 0o700)
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	v := New(of(map[string]string{"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/0/bus"}), t.TempDir(), filepath.Join(dir, "none"))
	v.system = "linux"
	put(t, v, "hunter2", "", "the keyring", "")
	asks(t, v, "hunter2", "the keyring")
	got, err := os.ReadFile(said)
	if err != nil || strings.Contains(string(got), "hunter2") || !strings.HasPrefix(string(got), "store --label culprit prod/token service culprit environment prod variable token\n") {
		t.Errorf("asked %q, %v", got, err)
	}
	write(t, filepath.Join(dir, "secret-tool"), "#!/bin/sh\necho 'Cannot autolaunch' >&2\nexit 1\n", 0o700)
	put(t, v, "hunter2", Keyring, "", "the keyring did not take it: Cannot autolaunch")
}

// What is too long for a line of security is not given to it: it would quote the rest.
func TestALongValueIsNotGivenToTheKeyringOfMacOS(t *testing.T) {
	v := New(of(nil), t.TempDir(), "")
	v.system = "darwin"
	put(t, v, strings.Repeat("x", maxValue/2), Keyring, "", "too long for the keyring")
}

func TestAPassphraseOpensTheFile(t *testing.T) {
	to, err := age.NewScryptRecipient("open sesame")
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(4)
	dir := t.TempDir()
	if err := encrypt(filepath.Join(dir, ".env.age"), "TOKEN=hunter2\n", false, []age.Recipient{to}); err != nil {
		t.Fatal(err)
	}
	asks(t, New(of(map[string]string{"CULPRIT_AGE_PASSPHRASE": "open sesame"}), dir, ""), "hunter2", ".env.age")
	key := filepath.Join(t.TempDir(), "identity.txt") // to put a value in would take the passphrase away
	put(t, New(of(map[string]string{"CULPRIT_AGE_PASSPHRASE": "open sesame"}), dir, key), "hunter3", "", "", "no age identity")
	if _, err := os.Stat(key); err == nil {
		t.Error("an identity was made that does not open the file")
	}
	mine, _ := age.GenerateX25519Identity()
	write(t, key, mine.String(), 0o600)
	put(t, New(of(map[string]string{"CULPRIT_AGE_PASSPHRASE": "open sesame"}), dir, key), "hunter3", "", "", "or with a passphrase")
	v := New(of(map[string]string{"CULPRIT_AGE_PASSPHRASE": "wrong"}), dir, "")
	asks(t, v, "", "CULPRIT_SECRET_PROD_TOKEN")
	if got := strings.Join(v.Faults(), " "); !strings.Contains(got, ".env.age is not read") || strings.Contains(got, "wrong\"") {
		t.Errorf("faults: %q", got)
	}
}

// A shelf is a Credential Manager in memory; an empty one has nothing.
type shelf map[string]string

func (s shelf) read(place string) (string, error) {
	if v, ok := s[place]; ok {
		return v, nil
	}
	return "", errors.New("Element not found.")
}

func (s shelf) write(place, value string) error { s[place] = value; return nil }

// TestTheCredentialManagerKeepsAValue: where the keyring is called and not run, what is stored there is found again, by a
// name of its own for each environment; what it cannot hold is refused and named.
func TestTheCredentialManagerKeepsAValue(t *testing.T) {
	held := shelf{}
	v := New(func(string) string { return "" }, t.TempDir(), "")
	v.system, v.manager = "windows", held
	if where, _, err := v.Put("prod", "token", "sesame", ""); err != nil || where != "the keyring" || held["culprit:prod/token"] != "sesame" {
		t.Fatalf("%q, %v: %v", where, err, held)
	}
	if got, ok := v.Value("prod", "token"); !ok || got != "sesame" {
		t.Errorf("got %q, %v", got, ok)
	}
	if where, ok := v.Origin("prod", "token"); !ok || where != "the keyring" {
		t.Errorf("it is in %q, %v", where, ok)
	}
	if _, ok := v.Value("dev", "token"); ok {
		t.Error("another environment has it, too")
	}
	if _, _, err := v.Put("prod", "key", strings.Repeat("x", managed+1), Keyring); err == nil || !strings.Contains(err.Error(), ".env.age") {
		t.Errorf("a value that is too long: %v", err)
	}
}
