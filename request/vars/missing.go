package vars

import (
	"errors"
	"slices"
	"strings"
)

// ErrTooLong means that a text with its variables filled in is longer than 16 MiB.
var ErrTooLong = errors.New("variables fill in to more than 16 MiB")

// Unresolved is the error that names what has no value.
type Unresolved struct {
	Names   []string          // variables without a value, each once, in the order of the text
	Prompts []string          // questions, which nobody is asked
	Looked  []string          // names of the scopes that were searched, highest first
	Near    map[string]string // for a name in Names, a known one that is spelled alike
	Off     map[string]string // for a name in Names, the scope where it is switched off
}

// Error says what is missing, where it was looked for and what may have been meant.
func (u *Unresolved) Error() string {
	each := u.Each()
	if n := len(u.Names); n > 0 && len(u.Looked) > 0 {
		each[n-1] += " (looked in " + strings.Join(u.Looked, ", ") + ")"
	}
	return strings.Join(each, "; ")
}

// Each says of everything that is missing, a line for each, that it is and what may have been meant.
func (u *Unresolved) Each() []string {
	var out []string
	for _, name := range u.Names {
		line := "{{" + name + "}} has no value"
		switch {
		case u.Off[name] != "":
			line += ": it is switched off in " + u.Off[name]
		case strings.HasPrefix(name, envPrefix):
			line += ": nothing of the process's environment is filled in"
		case u.Near[name] != "":
			line += ": did you mean {{" + u.Near[name] + "}}?"
		}
		out = append(out, line)
	}
	for _, p := range u.Prompts {
		out = append(out, "{{?"+p+"}} needs an answer, and nobody is asked")
	}
	return out
}

func (u *Unresolved) empty() bool { return len(u.Names)+len(u.Prompts) == 0 }

func (u *Unresolved) add(f *Filler, name string) {
	if question, ok := strings.CutPrefix(name, "?"); ok {
		if question = strings.TrimSpace(question); !slices.Contains(u.Prompts, question) {
			u.Prompts = append(u.Prompts, question)
		}
		return
	}
	if slices.Contains(u.Names, name) {
		return
	}
	u.Names = append(u.Names, name)
	for _, s := range f.Scopes {
		for _, v := range s.Vars {
			if v.Name == name && v.Disabled {
				u.Off = put(u.Off, name, s.Name)
			}
		}
	}
	if near := f.near(name); near != "" {
		u.Near = put(u.Near, name, near)
	}
}

func put(m map[string]string, key, val string) map[string]string {
	if m == nil {
		m = map[string]string{}
	}
	m[key] = val
	return m
}

// Cycle is the error for variables that refer to each other in a circle.
type Cycle struct {
	Chain []string // the first name is also the last
}

// Error names the circle.
func (c *Cycle) Error() string {
	return "variables refer to each other in a circle: " + strings.Join(c.Chain, " → ")
}

// looked returns the names of the scopes, highest first.
func (f *Filler) looked() []string {
	var names []string
	for i := len(f.Scopes) - 1; i >= 0; i-- {
		names = append(names, f.Scopes[i].Name)
	}
	return names
}

// near returns the known name with the smallest distance to name, "" when all are too far: more than a third
// of its letters would have to change.
func (f *Filler) near(name string) string {
	best, least := "", max(1, len(name)/3)+1
	try := func(known string) {
		if d := distance(strings.ToLower(name), strings.ToLower(known)); d < least || d == least && known < best && best != "" {
			best, least = known, d
		}
	}
	for _, s := range f.Scopes {
		for _, v := range s.Vars {
			if !v.Disabled {
				try(v.Name)
			}
		}
	}
	if strings.HasPrefix(name, "$") {
		for _, g := range generators() {
			try("$" + g)
		}
	}
	return best
}

// distance returns the number of bytes to insert, delete, change or swap with their neighbour to get from a
// to b (optimal string alignment). Names over 64 bytes are not compared.
func distance(a, b string) int {
	if len(a) > 64 || len(b) > 64 {
		return 64
	}
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
