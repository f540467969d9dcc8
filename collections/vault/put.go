package vault

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"culprit/collections/flock"
)

// The places that Put stores a value in.
const (
	Keyring   = "keyring"
	Encrypted = "age" // the file .env.age
)

// maxValue is the longest value that is stored, in bytes: a keyring of Windows takes 2,560, programs read a line of 4 KiB
// at a terminal, and keys in one line are shorter.
const maxValue = 4 << 10

// securityLine is how long a command of security -i may be, in bytes, with its line end (MAX_LINE_LEN, 4096, and a zero):
// the rest of a longer one is read as a command of its own, which the complaint about it quotes.
const securityLine = 4095

// Put stores the value of a secret variable, and reads it back. place is Keyring or Encrypted; with "" it is the file where
// there is one, else the keyring where the system has one, else a new file. It says where the value is now and, when an
// age identity had to be made, where that is. The environment "" is any. Put blocks as Value does.
func (v *Vault) Put(environment, name, value, place string) (where, identity string, err error) {
	switch {
	case value == "":
		return "", "", errors.New("an empty value is none")
	case len(value) > maxValue:
		return "", "", fmt.Errorf("the value is longer than %d bytes", maxValue)
	case strings.ContainsAny(value, "\n\r\x00"):
		return "", "", errors.New("the value has more than one line")
	}
	file := filepath.Join(v.dir, ageFile)
	if place == "" {
		place = Encrypted
		if _, err := os.Stat(file); err != nil && v.hasKeyring(environment, name) {
			place = Keyring
		}
	}
	if place == Keyring {
		return "the keyring", "", v.putKeyring(environment, name, value)
	}
	identity, err = v.putFile(file, keys(environment, name)[0], value)
	return ageFile, identity, err
}

// hasKeyring reports whether the system has a keyring that can be used.
func (v *Vault) hasKeyring(environment, name string) bool {
	if v.manager != nil {
		return true
	}
	words := v.keyring(environment, name)
	if words == nil {
		return false
	}
	_, err := exec.LookPath(words[0])
	return err == nil
}

// putKeyring stores a value with the system's program. The value is written to its input: others can read its arguments.
func (v *Vault) putKeyring(environment, name, value string) error {
	if v.manager != nil {
		return v.putManaged(environment, name, value)
	}
	ask := v.keyring(environment, name)
	if ask == nil {
		return errors.New("there is no keyring here: it needs a session of its own (DBUS_SESSION_BUS_ADDRESS), macOS or Windows")
	}
	words, input := []string{"secret-tool", "store", "--label", "culprit " + environment + "/" + name, "service", "culprit", "environment", environment, "variable", name}, value
	if v.system == "darwin" {
		account := environment + "/" + name
		if strings.ContainsAny(account, "\"\\\n") {
			return fmt.Errorf("the keyring takes no such name: %q", account)
		}
		words = []string{"security", "-i"}
		input = fmt.Sprintf("add-generic-password -U -s culprit -a \"%s\" -X %s\n", account, hex.EncodeToString([]byte(value)))
		if len(input) > securityLine {
			return errTooLong
		}
	}
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	cmd.Stdin = strings.NewReader(input)
	if out, err := cmd.CombinedOutput(); err != nil {
		if line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n"); line != "" {
			err = errors.New(line)
		}
		return fmt.Errorf("the keyring did not take it: %w", err)
	}
	if got, err := run(ask); err != nil || got != value {
		return errors.New("the keyring does not give back what was stored")
	}
	return nil
}

// putFile puts NAME=value into the encrypted file, whose other lines stay. What others can read, too, is not written: who
// they are cannot be told from the file. The new file takes the place of the old one at once.
func (v *Vault) putFile(path, name, value string) (made string, err error) {
	if v.dir == "" {
		return "", errors.New("there is no collection to put " + ageFile + " into")
	}
	line, err := assignment(name, value)
	if err != nil {
		return "", err
	}
	if folder, err := os.Open(v.dir); err == nil { // one of us at a time, where the system can lock a folder
		defer folder.Close()
		_ = flock.Lock(folder)
	}
	old, err := readFile(path)
	begun := err == nil
	if !begun && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	own, made, err := v.own(!begun)
	if err != nil {
		return made, err
	}
	text := ""
	if begun {
		src, err := v.decrypt(path)
		switch {
		case err != nil:
			return made, fmt.Errorf("%s is not read: %w", ageFile, err)
		case readers(old) > openers(old, own):
			return made, errors.New(ageFile + " is encrypted for others, too, or with a passphrase: change it with age and all of its keys")
		}
		text = string(src)
	}
	text = withLine(text, name, line)
	var to []age.Recipient
	for _, key := range own {
		to = append(to, key.Recipient())
	}
	if err := encrypt(path, text, bytes.HasPrefix(old, []byte(armor.Header)), to); err != nil {
		return made, err
	}
	if src, err := v.decrypt(path); err != nil || parse(string(src))[name] != value {
		return made, errors.New(ageFile + " does not give back what was stored")
	}
	return made, nil
}

// assignment writes a line that parse reads as value: bare, or in the quotes that it does not have.
func assignment(name, value string) (string, error) {
	for _, quote := range []string{"", "'", `"`} {
		if line := name + "=" + quote + value + quote; parse(line)[name] == value {
			return line, nil
		}
	}
	return "", errors.New("a value with both kinds of quotes has no form in a .env file; the keyring takes it")
}

// withLine puts line in the place of those that give name a value, or behind the last one.
func withLine(text, name, line string) string {
	var b strings.Builder
	done := false
	for old := range strings.Lines(text) {
		if _, same := parse(old)[name]; !same {
			b.WriteString(strings.TrimRight(old, "\r\n") + "\n")
		} else if !done {
			b.WriteString(line + "\n")
			done = true
		}
	}
	if !done {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// readers counts for how many keys a file is encrypted: the stanzas of its header (C2SP age, "Header").
func readers(file []byte) int {
	src, _ := io.ReadAll(io.LimitReader(bare(file), maxFile))
	head, _, _ := bytes.Cut(src, []byte("\n---"))
	return bytes.Count(head, []byte("\n-> "))
}

// openers counts for how many of keys a file is encrypted.
func openers(file []byte, keys []*age.X25519Identity) int {
	n := 0
	for _, key := range keys {
		if _, err := age.Decrypt(bare(file), key); err == nil {
			n++
		}
	}
	return n
}

// encrypt writes a file for its owner alone.
func encrypt(path, text string, armoured bool, to []age.Recipient) error {
	f, err := os.CreateTemp(filepath.Dir(path), ageFile+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // when it has not got its name
	var out io.WriteCloser = f
	if armoured {
		out = armor.NewWriter(f)
	}
	w, err := age.Encrypt(out, to...)
	if err == nil {
		_, err = io.WriteString(w, text)
		err = errors.Join(err, w.Close())
	}
	if armoured {
		err = errors.Join(err, out.Close())
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
