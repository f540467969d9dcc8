package vault

import "github.com/danieljoos/wincred"

// A credentials is Windows' Credential Manager.
type credentials struct{}

func systemManager() manager { return credentials{} }

func (credentials) read(place string) (string, error) {
	c, err := wincred.GetGenericCredential(place)
	if err != nil {
		return "", err
	}
	return string(c.CredentialBlob), nil
}

func (credentials) write(place, value string) error {
	c := wincred.NewGenericCredential(place)
	c.CredentialBlob = []byte(value)
	c.Persist = wincred.PersistLocalMachine // it outlives the session, and does not roam to other machines
	return c.Write()
}
