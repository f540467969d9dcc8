package vault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"
	"unicode"
)

// patience is how long a program may take: a person may have to type the word that opens a keyring.
const patience = 60 * time.Second

// again is after how long what had no value is asked for once more: a diagnosis resolves the requests beside its own in
// less, and who opened a keyring for the next try takes longer.
const again = 3 * time.Second

// ask asks the command, then the keyring.
func (v *Vault) ask(environment, name string) (string, bool) {
	key := environment + "/" + name
	v.mu.Lock()
	at, missed := v.missed[key]
	v.mu.Unlock()
	if missed && time.Since(at) < again {
		return "", false
	}
	command, refused := v.command(environment, name)
	if refused != nil {
		v.mu.Lock()
		v.faults = []string{refused.Error()}
		v.mu.Unlock()
	}
	for _, from := range []struct {
		where string
		words []string
	}{{"your command", command}, {"the keyring", v.keyring(environment, name)}} {
		read := func() (string, error) { return run(from.words) }
		switch {
		case from.where == "the keyring" && v.manager != nil:
			read = func() (string, error) { return v.manager.read(placed(environment, name)) }
		case len(from.words) == 0:
			continue
		}
		value, err := read()
		v.mu.Lock()
		switch {
		case err != nil && from.where == "your command":
			v.faults = []string{commandVariable + " gave no value for " + name + ": " + err.Error()}
		case err == nil && value != "":
			v.asked[key], v.origin[key], v.fresh[key] = value, from.where, true
		}
		v.mu.Unlock()
		if err == nil && value != "" {
			return value, true
		}
	}
	v.mu.Lock()
	v.missed[key] = time.Now()
	v.mu.Unlock()
	return "", false
}

// command are the words of the person's command. No shell of ours reads them, but one at their other end may (ssh), and
// "../" leads out of a folder of a password store: what a collection calls an environment and a variable has to be plain.
func (v *Vault) command(environment, name string) ([]string, error) {
	words := strings.Fields(v.getenv(commandVariable))
	for i, w := range words {
		for _, put := range []struct{ mark, kind, text string }{{"{environment}", "environment", environment}, {"{name}", "variable", name}} {
			if strings.Contains(w, put.mark) && !plain(put.text) {
				return nil, fmt.Errorf("%s was not asked: the %s is called %q, and only letters, digits, -, _ and . go into a command", commandVariable, put.kind, put.text)
			}
		}
		words[i] = strings.NewReplacer("{environment}", environment, "{name}", name).Replace(w)
	}
	return words, nil
}

// plain reports whether a program, and a shell at its other end, takes a name for one word, no option and no way out of a
// folder. No environment is "".
func plain(name string) bool {
	return !strings.HasPrefix(name, "-") && !strings.HasPrefix(name, ".") && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.", r)
	})
}

// keyring are the words that ask the system's keyring, nil where there is no program for that, or no session that has
// one. What would be read as an option is not asked for.
func (v *Vault) keyring(environment, name string) []string {
	if strings.HasPrefix(environment, "-") || strings.HasPrefix(name, "-") {
		return nil
	}
	switch v.system {
	case "darwin":
		return []string{"security", "find-generic-password", "-s", "culprit", "-a", environment + "/" + name, "-w"}
	case "linux", "freebsd", "openbsd", "netbsd":
		if v.getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
			return nil // secret-tool would start a bus of its own, with an empty keyring
		}
		return []string{"secret-tool", "lookup", "service", "culprit", "environment", environment, "variable", name}
	}
	return nil
}

// run returns the first line that a program prints. Its errors quote what it complains of, never what it printed.
func run(words []string) (string, error) {
	ctx, stop := context.WithTimeout(context.Background(), patience) // a keyring has no other end than that
	defer stop()
	cmd := exec.CommandContext(ctx, words[0], words[1:]...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if text, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n"); text != "" {
			err = errors.New(text)
		}
		return "", err
	}
	line, _, _ := strings.Cut(out.String(), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}
