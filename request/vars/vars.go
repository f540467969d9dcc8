// Package vars fills {{name}} with values and says where each came from.
//
// Scopes are searched from the highest to the lowest; what a value shadows is reported. The values of
// variables may refer to others, in any order; a circle is an error that names it. Values that came from a
// response are put in as they are and never looked through again, so that a server cannot ask for a variable. There is no
// escaping: a quote in a value is a quote in a JSON body, as in the format's reference (OpenCollection).
package vars

import (
	"strings"
	"time"

	"culprit/request/secret"
)

// maxFilled bounds a filled text: variables that refer to each other can grow without end. It is the memory
// that a request body may take before it should be a file.
const maxFilled = 16 << 20

// A Var is one variable.
type Var struct {
	Name, Value string
	Secret      bool // the value must not be shown
	Disabled    bool // it is not there, but is named when it is missed
}

// A Scope is a set of variables that were defined in one place. Of two with the same name the later counts.
type Scope struct {
	Name string // for a person: "environment prod", "folder orders"
	Vars []Var
	// Literal keeps {{}} in values as text: they came from outside, from a response.
	Literal bool
}

// A Filler fills in variables. Its fields are set once; Fill changes none of them.
type Filler struct {
	Scopes []Scope // from low to high: the last wins
	// Now is the clock of {{$timestamp}} and its like; nil is the real one.
	Now func() time.Time
	// Int draws a number from 0 to n-1 for {{$guid}}, {{$randomInt}} and their like; nil draws by lot.
	Int func(n int) int
}

// A Use is one value that was filled in.
type Use struct {
	Name    string
	Scope   string   // where the value came from: a scope's name, "generated"
	Value   string   // as filled in, everything inside it resolved. Not to be shown when Secret
	Shadows []string // scopes below that define the name as well, the nearest first
	Secret  bool     // it, or something inside it, is secret: by its mark or by its name
	At, End int      // bytes of the reference in the text given
	From    int      // where the value begins in the text returned; -1 for one inside another value
	Where   string   // the place in a request: "URL", "header Accept"; set by who fills a request
}

// Fill returns text with every reference filled in, and what was filled in, in the order of the text. The
// error is an *Unresolved (what is missing stays as it was written), a *Cycle or ErrTooLong.
func (f *Filler) Fill(text string) (string, []Use, error) {
	refs := Find(text)
	if len(refs) == 0 {
		return text, nil, nil
	}
	run := run{filler: f, known: map[string]value{}}
	out, err := run.fill(text, refs, nil)
	if err != nil {
		return text, nil, err
	}
	if run.missing.empty() {
		return out, run.uses, nil
	}
	run.missing.Looked = f.looked()
	return out, run.uses, &run.missing
}

// A run is one call of Fill.
type run struct {
	filler  *Filler
	known   map[string]value // variables whose values are resolved already
	uses    []Use
	missing Unresolved
}

// A value is what a name stands for.
type value struct {
	text    string
	scope   string
	shadows []string
	secret  bool
	literal bool // nothing in it is looked through
}

// fill resolves the references of text. via are the variables whose values are being resolved; the invariant
// that ends the recursion is that no name occurs in it twice.
func (r *run) fill(text string, refs []Ref, via []string) (string, error) {
	var b strings.Builder
	at := 0
	for _, ref := range refs {
		b.WriteString(text[at:ref.At])
		at = ref.End
		first := len(r.uses)
		v, ok, err := r.resolve(ref, via)
		if err != nil {
			return "", err
		}
		if !ok {
			b.WriteString(text[ref.At:ref.End])
			continue
		}
		use := Use{Name: ref.Name, Scope: v.scope, Value: v.text, Shadows: v.shadows, Secret: v.secret,
			At: ref.At, End: ref.End, From: b.Len()}
		if via == nil {
			for i := range r.uses[first:] {
				r.uses[first+i].At, r.uses[first+i].End = ref.At, ref.End
			}
		} else {
			use.From = -1
		}
		r.uses = append(r.uses, use)
		if b.Len()+len(v.text) > maxFilled {
			return "", ErrTooLong
		}
		b.WriteString(v.text)
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// resolve returns the whole value of a reference; false when there is none, which is then noted.
func (r *run) resolve(ref Ref, via []string) (value, bool, error) {
	name := ref.Name
	if v, ok := r.known[name]; ok {
		return v, true, nil
	}
	for i, n := range via {
		if n == name {
			return value{}, false, &Cycle{Chain: append(append([]string{}, via[i:]...), name)}
		}
	}
	v, ok := r.filler.lookup(name)
	if !ok {
		r.missing.add(r.filler, name)
		return v, false, nil
	}
	if v.literal {
		return v, true, nil
	}
	if refs := Find(v.text); len(refs) > 0 {
		first := len(r.uses)
		text, err := r.fill(v.text, refs, append(via[:len(via):len(via)], name))
		if err != nil {
			return v, false, err
		}
		v.text = text
		for _, u := range r.uses[first:] {
			v.secret = v.secret || u.Secret
		}
		for _, inner := range refs {
			v.secret = v.secret || r.known[inner.Name].secret
		}
	}
	r.known[name] = v
	return v, true, nil
}

// lookup returns the value of name as it is written.
func (f *Filler) lookup(name string) (value, bool) {
	switch {
	case strings.HasPrefix(name, "$"):
		if v, ok := f.scoped(name); ok {
			return v, true
		}
		text, ok := f.generate(name[1:])
		return value{text: text, scope: "generated", literal: true}, ok
	case strings.HasPrefix(name, "?"), strings.HasPrefix(name, envPrefix):
		return value{}, false
	}
	return f.scoped(name)
}

// envPrefix begins what the process's environment has. Nothing of it is filled in: a collection may come from anywhere
// (RELIABILITY N5). Nor is {{?Question}}, which nobody is asked.
const envPrefix = "process.env."

// scoped searches the scopes: for the name as it is, then for an object that its first words name.
func (f *Filler) scoped(name string) (value, bool) {
	if v, ok := f.exact(name); ok {
		return v, true
	}
	for i := len(name) - 1; i > 0; i-- {
		if name[i] != '.' {
			continue
		}
		if v, ok := f.exact(name[:i]); ok {
			text, ok := walk(v.text, name[i+1:])
			v.text = text
			v.secret = v.secret || secret.Sensitive(name)
			return v, ok
		}
	}
	return value{}, false
}

func (f *Filler) exact(name string) (value, bool) {
	var v value
	found := false
	for i := len(f.Scopes) - 1; i >= 0; i-- {
		scope := f.Scopes[i]
		for j := len(scope.Vars) - 1; j >= 0; j-- {
			entry := scope.Vars[j]
			if entry.Name != name || entry.Disabled {
				continue
			}
			if found {
				v.shadows = append(v.shadows, scope.Name)
				break
			}
			found = true
			v = value{text: entry.Value, scope: scope.Name, literal: scope.Literal,
				secret: entry.Secret || secret.Sensitive(name)}
			break
		}
	}
	return v, found
}
