package core

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"culprit/collections"
)

// TestAnEnvironmentIsEditedLosslessly: what culprit does not know in the file stays, and what another program wrote
// meanwhile is not overwritten.
func TestAnEnvironmentIsEditedLosslessly(t *testing.T) {
	c, _ := shop(t, "http://127.0.0.1:1", nil)
	path := filepath.Join(c.parts.Store.Dir(), "environments", "local.yml")
	text := "# by hand\nname: local\nvariables:\n  - name: base # where\n    value: http://a.test\n  - name: token\n    secret: true\nextra: [1, 2]\n"
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(text)
	load := func() collections.Environment {
		loaded, err := c.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return loaded.Environments[0]
	}
	env := load()
	vars := append([]collections.Variable(nil), env.Variables...)
	vars[0].Value = "http://b.test"
	e := c.environs()
	if err := e.Save(t.Context(), env, vars); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if want := strings.Replace(text, "a.test", "b.test", 1); err != nil || string(got) != want {
		t.Errorf("%s, want\n%s, %v", got, want, err)
	}

	env = load()
	write(text + "# of another\n")
	if err := e.Save(t.Context(), env, vars[:1]); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("written over what another program wrote: %v", err)
	}
	if err := e.Mark(t.Context(), "local", true, false); err != nil || !load().Production {
		t.Errorf("not marked: %v", err)
	}
}
