package shell

import (
	"fmt"
	"path/filepath"
	"slices"

	"culprit/collections"
	"culprit/tui/widget/frame"
)

// A trouble is something that was not understood, of the configuration or of a file of the collection. None stops
// anything: the grave ones, for which something is missing here, are said once in the status line; the palette shows
// all of them.
type trouble struct {
	text  string
	grave bool
}

// troubles are those of the start, then those of the files.
func (s *Shell) troubles() []trouble {
	var all []trouble
	for _, w := range s.opt.Warnings {
		all = append(all, trouble{w, true})
	}
	if s.coll == nil {
		return all
	}
	for _, p := range s.coll.Problems {
		all = append(all, trouble{s.placed(p), !p.Warning})
	}
	for e := range s.coll.Root.All() {
		for _, p := range e.Problems {
			if p.File == "" {
				p.File = e.File
			}
			all = append(all, trouble{s.placed(p), e.Kind == collections.Folder && !p.Warning}) // the tree marks a broken request
		}
	}
	return all
}

// placed says which file a problem is in, and where.
func (s *Shell) placed(p collections.Problem) string {
	where := p.File
	if rel, err := filepath.Rel(s.coll.Dir, p.File); err == nil && filepath.IsLocal(rel) {
		where = rel
	}
	if p.Line > 0 {
		where += fmt.Sprintf(":%d:%d", p.Line, p.Column)
	}
	if where == "" || where == "." {
		return p.Text
	}
	return where + ": " + p.Text
}

// sayTroubles says what is grave, where something of it was not said already: the only one, or how many there are.
func (s *Shell) sayTroubles() (said bool) {
	var grave []string
	for _, t := range s.troubles() {
		if t.grave {
			grave = append(grave, t.text)
			said = said || !slices.Contains(s.troubled, t.text)
		}
	}
	s.troubled = grave
	switch {
	case !said:
	case len(grave) == 1:
		s.warn(grave[0])
	default:
		s.warn(fmt.Sprintf("%d warnings: %s, then “warnings”", len(grave), s.keys.Chord.Palette.Help().Key))
	}
	return said
}

// warnings is the sheet of all that was not understood.
func warnings(s *Shell) *sheet {
	var rows []string
	for _, t := range s.troubles() {
		for i, line := range frame.Wrap(clean(t.text), dialogWidth-6) {
			sign := "  "
			if i == 0 {
				sign = s.styles.State.Warn.Render("! ")
			}
			rows = append(rows, " "+sign+line)
		}
	}
	return &sheet{title: "Warnings", rows: rows, keys: s.keys}
}
