package collections

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
)

// ErrSecretValue says that a change would have to change a secret, whose value is not in any file.
var ErrSecretValue = errors.New("the value is a secret, and no secret is written into a file; change the secret itself")

// An Assignment is a variable that gets another value, in place of a change of the request.
type Assignment struct {
	Environment string // its name, "" when the variable is in Entry
	Entry       *Entry // the folder that defines it
	Name, Value string
}

// In returns a copy of variables with the new value in it.
func (a Assignment) In(vars []Variable) []Variable {
	vars = slices.Clone(vars)
	for i := len(vars) - 1; i >= 0; i-- {
		if vars[i].Name == a.Name && !vars[i].Off {
			vars[i].Value = a.Value
			return vars
		}
	}
	return append(vars, Variable{Name: a.Name, Value: a.Value})
}

// span is a part of a filled text, in bytes.
type span struct{ from, to int }

// A rewriting is the change of one text of a template so that it fills in to another text.
type rewriting struct {
	a      *amender
	pieces []piece
	at     []span // of each piece in the filled text
	old    string
	edits  []udiff.Edit
	spans  []span // of the filled text, that change together
}

// rewrite returns the template that fills in to text. What did not change stays as it is written, comments
// and variables too. A changed value of a variable becomes an assignment where it can.
func (a *amender) rewrite(pieces []piece, text string) (string, error) {
	w := &rewriting{a: a, pieces: pieces, old: joined(pieces)}
	from := 0
	for _, p := range pieces {
		w.at = append(w.at, span{from, from + len(p.out)})
		from += len(p.out)
	}
	if w.old == text {
		return sources(pieces), nil
	}
	hides := slices.ContainsFunc(pieces, func(p piece) bool { return p.secret })
	if !hides && a.variable(text) != "" {
		return a.written(text), nil
	}
	if i := onlyName(pieces); i >= 0 {
		return w.whole(i, text)
	}
	w.edits = udiff.Strings(w.old, text)
	w.spans = w.components()
	return w.build(w.spans)
}

func sources(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString(p.src)
	}
	return b.String()
}

// onlyName returns the index of the only variable of a text that has nothing else, -1 when there is more.
func onlyName(pieces []piece) int {
	found := -1
	for i, p := range pieces {
		switch {
		case p.out == "" && p.name == "":
		case p.name == "" || found >= 0:
			return -1
		default:
			found = i
		}
	}
	return found
}

// whole gives the only variable of a text another value, or writes the text in its place.
func (w *rewriting) whole(i int, text string) (string, error) {
	src, err := w.a.assign(w.pieces[i], text)
	if err != nil {
		return "", err
	}
	pieces := slices.Clone(w.pieces)
	pieces[i].src = src
	return sources(pieces), nil
}

// components joins edits that overlap or meet, and the variables that they touch.
func (w *rewriting) components() []span {
	var spans []span
	for _, e := range w.edits {
		s := span{e.Start, e.End}
		for i, p := range w.pieces {
			at := w.at[i]
			touched := e.Start < at.to && e.End > at.from
			if p.name != "" && touched {
				s = span{min(s.from, at.from), max(s.to, at.to)}
			}
		}
		spans = append(spans, s)
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out []span
	for _, s := range spans {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// fresh returns the new text of a component.
func (w *rewriting) fresh(s span) string {
	var b strings.Builder
	from := s.from
	for _, e := range w.edits {
		if e.Start < s.from || e.End > s.to {
			continue
		}
		b.WriteString(w.old[from:e.Start])
		b.WriteString(e.New)
		from = e.End
	}
	b.WriteString(w.old[from:s.to])
	return b.String()
}

// build writes the template anew: pieces outside the components as they were.
func (w *rewriting) build(components []span) (string, error) {
	var b strings.Builder
	done := 0 // bytes of the filled text that are written
	next := 0
	emit := func(limit int) error {
		for next < len(components) && components[next].from <= limit && components[next].from >= done {
			s := components[next]
			src, err := w.replaced(s)
			if err != nil {
				return err
			}
			b.WriteString(src)
			done = s.to
			next++
		}
		return nil
	}
	for i, p := range w.pieces {
		at := w.at[i]
		if p.name != "" || p.out == "" {
			if err := emit(at.from); err != nil {
				return "", err
			}
			if at.from >= done {
				b.WriteString(p.src)
				done = max(done, at.to)
			}
			continue
		}
		for next < len(components) && components[next].from < at.to {
			s := components[next]
			if from := max(done, at.from); s.from > from {
				b.WriteString(w.old[from:s.from])
				done = s.from
			}
			if err := emit(s.from); err != nil {
				return "", err
			}
		}
		if from := max(done, at.from); from < at.to {
			b.WriteString(w.old[from:at.to])
			done = at.to
		}
	}
	err := emit(len(w.old))
	return b.String(), err
}

// replaced returns what stands in the template for a component: the variable, when it is all that changes and
// could be given the value; else the text.
func (w *rewriting) replaced(s span) (string, error) {
	text := w.fresh(s)
	var dropped []string
	for i, p := range w.pieces {
		if p.name == "" || w.at[i].from < s.from || w.at[i].to > s.to || w.at[i].from == w.at[i].to {
			continue
		}
		if w.at[i] == s && len(w.spans) == 1 {
			return w.a.assign(p, text)
		}
		dropped = append(dropped, p.src)
	}
	if len(dropped) > 0 {
		w.a.note("%s was replaced by its value where it changed", strings.Join(dropped, ", "))
	}
	return w.a.unfill(text), nil
}

// assign gives a variable another value where it is defined and returns what stands in the template.
func (a *amender) assign(p piece, value string) (string, error) {
	switch {
	case p.param:
		for i, row := range a.out.Saved.Params {
			if row.Kind == "path" && row.Name == p.name {
				a.out.Saved.Params[i].Value = a.unfill(value)
			}
		}
		return p.src, nil
	case p.secret:
		return "", fmt.Errorf("the value comes from %s in %s: %w", p.src, p.scope, ErrSecretValue)
	}
	if a.used(p.name) > 1 {
		a.note("%s is used in other places too; here it was replaced by a text", p.src)
		return a.unfill(value), nil
	}
	as := Assignment{Name: p.name, Value: a.unfill(value)}
	switch {
	case p.scope == scopeName(a.e):
		a.out.Saved.Vars = as.In(a.out.Saved.Vars)
		a.note("the value comes from %s of the request", p.src)
		return p.src, nil
	case a.o.Environment != nil && p.scope == "environment "+a.o.Environment.Name:
		as.Environment = a.o.Environment.Name
	default:
		for _, f := range chain(a.e) {
			if p.scope == scopeName(f) {
				as.Entry = f
			}
		}
	}
	if as.Environment == "" && as.Entry == nil {
		a.note("%s (%s) was replaced by a text", p.src, p.scope)
		return a.unfill(value), nil
	}
	a.note("the value comes from %s in %s; it changes there, for every request that uses it", p.src, p.scope)
	if !slices.Contains(a.out.Assign, as) {
		a.out.Assign = append(a.out.Assign, as)
	}
	return p.src, nil
}

// used counts where the request uses a variable, inside other variables too.
func (a *amender) used(name string) int {
	n := 0
	for _, u := range a.r.Uses {
		if u.Name == name {
			n++
		}
	}
	return n
}

// unfill puts the names of secrets in place of their values: a secret is never written into a file.
func (a *amender) unfill(text string) string {
	for _, s := range a.secrets {
		text = strings.ReplaceAll(text, s.out, s.src)
	}
	return text
}
