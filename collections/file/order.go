package file

import (
	"cmp"
	"slices"
	"strings"

	"culprit/collections"
)

// arrange sorts entries of one folder as Bruno shows and runs them (FORMATS §1): folders first, alphabetical,
// those with a seq put at that place; then requests by seq, where none means 1. It sorts in place.
func arrange(entries []*collections.Entry) {
	var folders, rest []*collections.Entry
	for _, e := range entries {
		if e.Kind == collections.Folder {
			folders = append(folders, e)
		} else {
			rest = append(rest, e)
		}
	}
	slices.SortStableFunc(rest, func(a, b *collections.Entry) int {
		return cmp.Or(cmp.Compare(cmp.Or(a.Seq, 1), cmp.Or(b.Seq, 1)), strings.Compare(a.Path, b.Path))
	})
	copy(entries, append(arrangeFolders(folders), rest...))
}

// arrangeFolders sorts by name and then puts each folder with a seq at place seq-1; equal ones stay together.
func arrangeFolders(folders []*collections.Entry) []*collections.Entry {
	slices.SortStableFunc(folders, func(a, b *collections.Entry) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Path, b.Path))
	})
	var groups [][]*collections.Entry
	var placed []*collections.Entry
	for _, f := range folders {
		if f.Seq > 0 {
			placed = append(placed, f)
		} else {
			groups = append(groups, []*collections.Entry{f})
		}
	}
	slices.SortStableFunc(placed, func(a, b *collections.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, f := range placed {
		i := min(f.Seq-1, len(groups))
		if i < len(groups) && groups[i][0].Seq == f.Seq {
			groups[i] = append(groups[i], f)
			continue
		}
		groups = slices.Insert(groups, i, []*collections.Entry{f})
	}
	return slices.Concat(groups...)
}

// arrangeAll sorts a folder and all below it.
func arrangeAll(e *collections.Entry) {
	arrange(e.Children)
	for _, c := range e.Children {
		if c.Kind == collections.Folder {
			arrangeAll(c)
		}
	}
}
