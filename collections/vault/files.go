package vault

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"
	"filippo.io/age/armor"
)

// The files in the folder of a collection that may hold values.
const (
	plainFile = ".env"
	ageFile   = ".env.age"
)

// maxFile is how much of a file is read, in bytes: values are short.
const maxFile = 1 << 20

// A stored file is what was read of it, and when it was changed before that.
type stored struct {
	values  map[string]string
	changed time.Time
	fault   string // why it was not read
}

// Read reads the files that are not as they were. It blocks on the disk, and for a .env on git.
func (v *Vault) Read() {
	if v.dir == "" {
		return
	}
	for name, read := range map[string]func(path string) ([]byte, error){plainFile: ignored, ageFile: v.decrypt} {
		path := filepath.Join(v.dir, name)
		at, err := os.Stat(path)
		v.mu.Lock()
		was := v.files[name]
		v.mu.Unlock()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			v.keep(name, stored{})
			continue
		case err == nil && was.fault == "" && at.ModTime().Equal(was.changed):
			continue
		}
		now := stored{}
		var src []byte
		if err == nil {
			now.changed = at.ModTime()
			src, err = read(path)
		}
		if err != nil {
			now.fault = name + " is not read: " + err.Error()
		}
		now.values = parse(string(src))
		v.keep(name, now)
	}
}

func (v *Vault) keep(name string, s stored) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.files[name] = s
}

// ignored reads a file that must not get into git: what git would add, or has, is not read. Without git there is nothing
// that it could get into.
func ignored(path string) ([]byte, error) {
	cmd := exec.Command("git", "-C", filepath.Dir(path), "check-ignore", "-q", filepath.Base(path))
	cmd.Env = append(os.Environ(), "GIT_OPTIONAL_LOCKS=0")
	var ended *exec.ExitError
	if err := cmd.Run(); errors.As(err, &ended) && ended.ExitCode() == 1 { // 128: no repository
		return nil, errors.New("git does not ignore it; add it to .gitignore")
	}
	return readFile(path)
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if at, err := f.Stat(); err != nil || !at.Mode().IsRegular() {
		return nil, errors.New("it is no file")
	}
	return io.ReadAll(io.LimitReader(f, maxFile))
}

// decrypt reads an age-encrypted file, in the armoured form too.
func (v *Vault) decrypt(path string) ([]byte, error) {
	identities, err := v.identities()
	if err != nil {
		return nil, err
	}
	src, err := readFile(path)
	if err != nil {
		return nil, err
	}
	out, err := age.Decrypt(bare(src), identities...)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(out, maxFile))
}

// bare reads an encrypted file without its armour, if it has one.
func bare(file []byte) io.Reader {
	if bytes.HasPrefix(file, []byte(armor.Header)) {
		return armor.NewReader(bytes.NewReader(file))
	}
	return bytes.NewReader(file)
}

// parse reads lines of NAME=value as shells and other readers of .env files take them: "export" before a name, a comment
// after # at the beginning of a line or after a blank, quotes around a value. In double quotes \n is a line end.
func parse(text string) map[string]string {
	values := map[string]string{}
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.TrimSpace(line)
		line = strings.TrimSpace(strings.TrimPrefix(line, "export "))
		name, value, ok := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		values[Variable(name)] = unquote(value)
	}
	return values
}

func unquote(value string) string {
	if value == "" {
		return ""
	}
	if quote := value[0]; quote == '"' || quote == '\'' {
		if end := strings.IndexByte(value[1:], quote); end >= 0 {
			inside := value[1 : end+1]
			if quote == '"' {
				inside = strings.ReplaceAll(inside, `\n`, "\n")
			}
			return inside
		}
	}
	if i := strings.Index(value, " #"); i >= 0 {
		value = strings.TrimSpace(value[:i])
	}
	return value
}
