package collections

import "slices"

// A Visible is a variable that a request can name, with the value that counts.
type Visible struct {
	Name  string
	Value string // as written: references in it are not filled in
	Scope string // "environment prod", "folder orders"
	// Shadows are the scopes further away that name it as well, the nearest first.
	Shadows []string
	// Secret is by its mark alone. Never show the value of one.
	Secret bool
}

// VisibleTo returns the variables that saved, as a draft of e, can name: the nearest scope first, each name once.
// Secrets without a value are not among them.
func VisibleTo(e *Entry, saved Saved, o ResolveOptions) []Visible {
	r := &resolver{entry: e, saved: saved, o: o, chain: chain(e)}
	scopes := r.scopes()
	seen := map[string]int{} // index in out, by name
	var out []Visible
	for _, s := range slices.Backward(scopes) {
		for _, v := range slices.Backward(s.Vars) { // of two with one name the later counts
			if v.Disabled {
				continue
			}
			if i, ok := seen[v.Name]; ok {
				if out[i].Scope != s.Name && !slices.Contains(out[i].Shadows, s.Name) {
					out[i].Shadows = append(out[i].Shadows, s.Name)
				}
				continue
			}
			seen[v.Name] = len(out)
			out = append(out, Visible{Name: v.Name, Value: v.Value, Scope: s.Name, Secret: v.Secret || isSecret(scopes, v.Name)})
		}
	}
	return out
}
