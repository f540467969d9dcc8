// Package vault knows where the values of secret variables are: the process's environment, a .env file, an age-encrypted
// one, a command that the person trusts, the system's keyring. Put stores one in the encrypted file or the keyring.
//
// A value is looked for in that order, and at each place first for the environment in use, then for any. What the command
// and the keyring said is remembered until Refresh; what they had not is asked for again, but not at once.
//
//	environment   CULPRIT_SECRET_PROD_TOKEN for the variable token of the environment prod, CULPRIT_SECRET_TOKEN for any
//	.env          the same names, also without CULPRIT_SECRET_, in the collection's folder, where git ignores the file
//	.env.age      the same, encrypted: age -e -R recipients -o .env.age .env; CULPRIT_AGE_IDENTITY names the identity,
//	              CULPRIT_AGE_PASSPHRASE is the word of one that has a passphrase
//	command       CULPRIT_SECRETS_COMMAND="pass show shop/{environment}/{name}", which prints the value
//	keyring       secret-tool lookup service culprit environment prod variable token (freedesktop.org Secret Service);
//	              security find-generic-password -s culprit -a prod/token -w (macOS);
//	              the generic credential culprit:prod/token of the Credential Manager (Windows)
package vault

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"culprit/collections"
)

// Prefix begins the names of the process's variables that hold values.
const Prefix = "CULPRIT_SECRET_"

// Names of the process's variables that say where values are. None begins with Prefix.
const (
	commandVariable  = "CULPRIT_SECRETS_COMMAND"
	identityVariable = "CULPRIT_AGE_IDENTITY"
)

// A Vault finds values for one collection. It is safe for several goroutines.
type Vault struct {
	getenv   func(string) string
	dir      string
	identity string
	system   string  // runtime.GOOS
	manager  manager // nil where the keyring has a program, or none is asked

	mu     sync.Mutex
	files  map[string]stored    // by name of the file
	asked  map[string]string    // what the command and the keyring said, by key
	origin map[string]string    // where that came from
	fresh  map[string]bool      // since Refresh
	missed map[string]time.Time // when they had nothing
	faults []string
}

// New returns a vault for the collection in dir, "" for none; nothing is read before it is asked for. identity is where
// the age identity is when no variable says so, "" for nowhere. Without getenv there are no values at all.
func New(getenv func(string) string, dir, identity string) *Vault {
	system, manager := runtime.GOOS, systemManager()
	if getenv == nil {
		getenv, dir, system = func(string) string { return "" }, "", ""
		manager = nil
	}
	return &Vault{getenv: getenv, dir: dir, identity: identity, system: system, manager: manager, files: map[string]stored{}, asked: map[string]string{}, origin: map[string]string{}, fresh: map[string]bool{}, missed: map[string]time.Time{}}
}

// Value returns the value of a secret variable, and whether there is one. It blocks: it reads the files where they
// changed, and asks the command and the keyring, which may ask the person.
func (v *Vault) Value(environment, name string) (string, bool) {
	v.Read()
	value, where := v.known(environment, name)
	if where != "" && !v.stale(environment+"/"+name, where) {
		return value, true
	}
	if now, ok := v.ask(environment, name); ok {
		return now, true
	}
	return value, where != ""
}

// Refresh makes Value ask the command and the keyring again: their values may be others by now.
func (v *Vault) Refresh() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.fresh)
	clear(v.missed)
}

// stale reports whether a value that came from where has to be asked for again.
func (v *Vault) stale(key, where string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return where == v.origin[key] && !v.fresh[key]
}

// Known is Value as far as it is known without blocking: what Read and Value found before.
func (v *Vault) Known(environment, name string) (string, bool) {
	value, where := v.known(environment, name)
	return value, where != ""
}

// Origin says where the value of a variable comes from, and whether one is known; when none is, which of the process's
// variables would go first. It does not block.
func (v *Vault) Origin(environment, name string) (where string, ok bool) {
	if _, where := v.known(environment, name); where != "" {
		return where, true
	}
	if words, refused := v.command(environment, name); refused == nil && len(words) > 0 {
		return "your command, asked when it is sent", true
	}
	return Prefix + keys(environment, name)[0], false
}

func (v *Vault) known(environment, name string) (value, where string) {
	for _, key := range keys(environment, name) {
		if value := v.getenv(Prefix + key); value != "" {
			return value, Prefix + key
		}
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, file := range []string{plainFile, ageFile} {
		for _, key := range keys(environment, name) {
			for _, k := range []string{Prefix + key, key} {
				if value := v.files[file].values[k]; value != "" {
					return value, file
				}
			}
		}
	}
	key := environment + "/" + name
	return v.asked[key], v.origin[key]
}

// Explain adds to an error about variables without a value why there may be none: a file that cannot be read, a command
// that failed. What it adds is untrusted. Other errors, and nil, stay as they are.
func (v *Vault) Explain(err error) error {
	var unfilled *collections.Unfilled
	if faults := v.Faults(); errors.As(err, &unfilled) && len(unfilled.Secrets) > 0 && len(faults) > 0 {
		return fmt.Errorf("%w; %s", err, strings.Join(faults, "; "))
	}
	return err
}

// Faults says why values may be missing. Texts are untrusted.
func (v *Vault) Faults() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	out := append([]string(nil), v.faults...)
	for _, file := range []string{plainFile, ageFile} {
		if fault := v.files[file].fault; fault != "" {
			out = append(out, fault)
		}
	}
	return out
}

// keys are the names under which a variable may stand, the most special first.
func keys(environment, name string) []string {
	if environment == "" {
		return []string{Variable(name)}
	}
	return []string{Variable(environment + "_" + name), Variable(name)}
}

// Variable writes a name as those of processes are: in capitals, with an underscore for what is no letter or digit.
func Variable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, s)
}
