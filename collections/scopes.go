package collections

import (
	"slices"

	"culprit/request/vars"
)

// Auth is what own, the auth of e as it is edited or saved, comes to, and the entry that says it: e itself, or for "inherit"
// the nearest folder above that has one; nil when none has.
func (e *Entry) Auth(own SavedAuth) (SavedAuth, *Entry) {
	if own.Scheme != "inherit" {
		return own, e
	}
	for up := e.Parent; up != nil; up = up.Parent {
		if a := up.Saved.Auth; a.Scheme != "" && a.Scheme != "inherit" {
			return a, up
		}
	}
	return SavedAuth{}, nil
}

// chain returns the folders above e, the root first.
func chain(e *Entry) []*Entry {
	var up []*Entry
	for p := e.Parent; p != nil; p = p.Parent {
		up = append(up, p)
	}
	slices.Reverse(up)
	return up
}

// scopeName says where something stands, for a person.
func scopeName(e *Entry) string {
	switch {
	case e.Path == "":
		return "collection"
	case e.Kind == Folder:
		return "folder " + e.Path
	}
	return "request " + e.Path
}

// scopes returns the variables from low to high (FORMATS §4): collection, environment, folders from outer to
// inner, request, command line.
func (r *resolver) scopes() []vars.Scope {
	var scopes []vars.Scope
	for i, f := range r.chain {
		scopes = append(scopes, r.scope(scopeName(f), "", f.Saved.Vars))
		if env := r.o.Environment; i == 0 && env != nil {
			scopes = append(scopes, r.scope("environment "+env.Name, env.Name, env.Variables))
		}
	}
	if env := r.o.Environment; len(r.chain) == 0 && env != nil {
		scopes = append(scopes, r.scope("environment "+env.Name, env.Name, env.Variables))
	}
	scopes = append(scopes, r.scope(scopeName(r.entry), "", r.saved.Vars))
	return r.over(r.over(scopes, "this session", r.o.Session), "--var", r.o.Vars)
}

// over adds variables that came from outside the files, above the others.
func (r *resolver) over(scopes []vars.Scope, name string, all []Variable) []vars.Scope {
	if len(all) == 0 {
		return scopes
	}
	given := vars.Scope{Name: name, Literal: true}
	for _, v := range all {
		given.Vars = append(given.Vars, vars.Var{Name: v.Name, Value: v.Value, Secret: v.Secret || isSecret(scopes, v.Name) ||
			slices.Contains(r.missing, v.Name)})
	}
	return append(scopes, given)
}

func isSecret(scopes []vars.Scope, name string) bool {
	for _, s := range scopes {
		for _, v := range s.Vars {
			if v.Name == name && v.Secret {
				return true
			}
		}
	}
	return false
}

// scope turns saved variables into a scope; a secret without a value is not in it.
func (r *resolver) scope(name, env string, saved []Variable) vars.Scope {
	s := vars.Scope{Name: name}
	for _, v := range saved {
		value := v.Value
		if v.Secret && !v.Off {
			var ok bool
			if r.o.Secrets != nil {
				value, ok = r.o.Secrets(env, v.Name)
			}
			if !ok {
				r.missing = append(r.missing, v.Name)
				continue
			}
		}
		s.Vars = append(s.Vars, vars.Var{Name: v.Name, Value: value, Secret: v.Secret, Disabled: v.Off})
	}
	return s
}
