package collections

import (
	"reflect"
	"testing"
)

func TestTheNearestScopeIsVisible(t *testing.T) {
	root := &Entry{Kind: Folder, Saved: Saved{Vars: []Variable{{Name: "a", Value: "root"}, {Name: "off", Value: "x", Off: true}, {Name: "k", Secret: true}}}}
	e := &Entry{Kind: HTTP, Path: "get", Parent: root}
	draft := Saved{Vars: []Variable{{Name: "b", Value: "1"}, {Name: "b", Value: "2"}}}
	env := &Environment{Name: "dev", Variables: []Variable{{Name: "a", Value: "env"}, {Name: "token", Secret: true}}}
	got := VisibleTo(e, draft, ResolveOptions{Environment: env, Secrets: func(env, name string) (string, bool) { return "s3cret", env == "dev" && name == "token" }})
	want := []Visible{
		{Name: "b", Value: "2", Scope: "request get"},
		{Name: "token", Value: "s3cret", Scope: "environment dev", Secret: true},
		{Name: "a", Value: "env", Scope: "environment dev", Shadows: []string{scopeName(root)}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
