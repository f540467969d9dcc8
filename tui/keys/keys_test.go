package keys

import (
	"reflect"
	"strings"
	"testing"

	"charm.land/bubbles/v2/key"
)

func TestNoTwoEqualKeysInOneScope(t *testing.T) {
	for _, c := range Default().clashes() {
		t.Error(c)
	}
}

func TestEveryBindingHasANameAndHelp(t *testing.T) {
	m := Default()
	named := 0
	for _, s := range m.Scopes() {
		for _, n := range s.Named {
			named++
			if h := n.Binding.Help(); h.Key == "" || h.Desc == "" {
				t.Errorf("%s.%s has no help", s.Name, n.Name)
			}
		}
	}
	fields := 0
	v := reflect.ValueOf(*m)
	for i := range v.NumField() {
		fields += leaves(v.Field(i))
	}
	if named != fields {
		t.Errorf("%d bindings have a name, %d exist", named, fields)
	}
}

func TestOverrides(t *testing.T) {
	for name, c := range map[string]struct {
		overrides map[string]string
		keys      []string
		warning   string
	}{
		"one key":      {map[string]string{"everywhere.send": "Z"}, []string{"Z"}, ""},
		"two keys":     {map[string]string{"everywhere.send": "Z, f9"}, []string{"Z", "f9"}, ""},
		"unknown name": {map[string]string{"everywhere.sned": "S"}, []string{"s"}, `no binding is called "everywhere.sned"`},
		"taken key":    {map[string]string{"everywhere.send": "d"}, []string{"s"}, "d is bound to"},
		"swapped":      {map[string]string{"everywhere.send": "d", "everywhere.diagnose": "s"}, []string{"d"}, ""},
		"moved":        {map[string]string{"everywhere.send": "Z", "body.search": "ctrl+f"}, []string{"Z"}, "body.search is called search.begin now"},
		"no key":       {map[string]string{"everywhere.send": " "}, []string{"s"}, "has no key"},
	} {
		m, warnings := New(c.overrides)
		if got := m.Plain.Send.Keys(); !reflect.DeepEqual(got, c.keys) {
			t.Errorf("%s: keys %q, want %q", name, got, c.keys)
		}
		if got := strings.Join(warnings, "\n"); !strings.Contains(got, c.warning) || (c.warning == "") != (got == "") {
			t.Errorf("%s: warnings %q, want %q", name, got, c.warning)
		}
	}
}

// A name of an earlier version still changes its binding, unless the new name does.
func TestANameThatMovedStillCounts(t *testing.T) {
	for old, now := range moved {
		m, _ := New(map[string]string{old: "f9"})
		if got := m.find(now); got == nil || !reflect.DeepEqual(got.Keys(), []string{"f9"}) {
			t.Errorf("%s: %s is not bound to f9", old, now)
		}
		m, _ = New(map[string]string{old: "f9", now: "f8"})
		if got := m.find(now).Keys(); !reflect.DeepEqual(got, []string{"f8"}) {
			t.Errorf("%s beside %s: keys %q", old, now, got)
		}
		if m.find(old) != nil {
			t.Errorf("%s is a name still", old)
		}
	}
}

// Words that are changed in a binding must be changed in the table of opposites, too: each pair of it stands side by side
// somewhere.
func TestOppositesAreBindings(t *testing.T) {
	met := map[string]bool{}
	for _, s := range Default().Scopes() {
		for i := range s.Named[:len(s.Named)-1] {
			if words, ok := Opposite(*s.Named[i].Binding, *s.Named[i+1].Binding); ok {
				met[words] = true
			}
		}
	}
	for _, words := range opposites {
		if !met[words] {
			t.Errorf("no two bindings stand side by side as %q", words)
		}
	}
}

// leaves counts the bindings in a struct of them.
func leaves(v reflect.Value) int {
	n := 0
	for i := range v.NumField() {
		if v.Field(i).Type() == reflect.TypeFor[key.Binding]() {
			n++
		} else {
			n += leaves(v.Field(i))
		}
	}
	return n
}
