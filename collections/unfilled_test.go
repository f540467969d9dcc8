package collections

import (
	"strings"
	"testing"

	"culprit/request/vars"
)

// The command that stores a secret can be given as it is said, also where no environment is in use.
func TestAMissingSecretSaysHowItIsStored(t *testing.T) {
	for where, want := range map[string]string{
		"":                         "; token: a secret, whose value is never in the file; it is stored by: culprit secret set token",
		"environment local":        "; token: a secret of environment local, whose value is never in the file; it is stored by: culprit secret set token --env local",
		"environment o'er the sea": "; token: a secret of environment o'er the sea, whose value is never in the file; it is stored by: culprit secret set token --env 'o'\\''er the sea'",
	} {
		u := &Unfilled{Unresolved: &vars.Unresolved{Names: []string{"token"}}, Secrets: []string{"token"}, Where: where}
		if got := u.Error(); !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want at its end %q", got, want)
		}
	}
}
