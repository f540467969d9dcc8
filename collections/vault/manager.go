package vault

import "errors"

// A manager is a keyring that is called and not run: Windows' Credential Manager. A place there has one name.
type manager interface {
	read(place string) (string, error)
	write(place, value string) error
}

// managed is how long a value of the Credential Manager may be, in bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE, wincred.h).
const managed = 5 * 512

var errTooLong = errors.New("the value is too long for the keyring; .env.age takes it")

func placed(environment, name string) string { return "culprit:" + environment + "/" + name }

// putManaged stores a value in the manager, and reads it back.
func (v *Vault) putManaged(environment, name, value string) error {
	if len(value) > managed {
		return errTooLong
	}
	if err := v.manager.write(placed(environment, name), value); err != nil {
		return errors.New("the keyring did not take it: " + err.Error())
	}
	if got, err := v.manager.read(placed(environment, name)); err != nil || got != value {
		return errors.New("the keyring does not give back what was stored")
	}
	return nil
}
