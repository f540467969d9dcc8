package vault

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// passphraseVariable opens a .env.age that is encrypted with a passphrase (age -p).
const passphraseVariable = "CULPRIT_AGE_PASSPHRASE"

// identityFile is where the age identity is, "" for nowhere.
func (v *Vault) identityFile() string {
	if at := v.getenv(identityVariable); at != "" {
		return at
	}
	return v.identity
}

// identities are what may open an encrypted file: those of the identity file, and the passphrase.
func (v *Vault) identities() ([]age.Identity, error) {
	var out []age.Identity
	if word := v.getenv(passphraseVariable); word != "" {
		id, err := age.NewScryptIdentity(word)
		if err != nil {
			return nil, errors.New(passphraseVariable + " cannot be used")
		}
		out = append(out, id)
	}
	at := v.identityFile()
	if at == "" {
		if len(out) == 0 {
			return nil, errors.New(identityVariable + " names no identity")
		}
		return out, nil
	}
	secret, err := readFile(at)
	switch {
	case err != nil && len(out) > 0:
		return out, nil
	case err != nil:
		return nil, fmt.Errorf("the age identity: %w", err)
	}
	read, err := age.ParseIdentities(bytes.NewReader(secret))
	if err != nil {
		return nil, errors.New("the age identity " + at + " cannot be read") // its own words may quote the key
	}
	return append(out, read...), nil
}

// own are the person's own keys. Where fresh is set and there is no identity, nor a variable that names one, one is made;
// made is where it is then.
func (v *Vault) own(fresh bool) (own []*age.X25519Identity, made string, err error) {
	at := v.identityFile()
	if _, err := os.Stat(at); fresh && at == v.identity && at != "" && errors.Is(err, os.ErrNotExist) {
		if err := makeIdentity(at); err != nil {
			return nil, "", fmt.Errorf("make an age identity: %w", err)
		}
		made = at
	}
	all, err := v.identities()
	if err != nil {
		return nil, made, err
	}
	for _, id := range all {
		if key, ok := id.(*age.X25519Identity); ok {
			own = append(own, key)
		}
	}
	if len(own) == 0 {
		return nil, made, errors.New("there is no age identity to encrypt for; age-keygen makes one")
	}
	return own, made, nil
}

// makeIdentity writes a new identity for its owner alone. One that is there already is kept.
func makeIdentity(at string) error {
	key, err := age.GenerateX25519Identity()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "# public key: %s\n%s\n", key.Recipient(), key)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(at) // half a key would stand in the way of the next one
	}
	return err
}
