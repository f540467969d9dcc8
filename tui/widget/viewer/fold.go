package viewer

import (
	"context"
	"slices"
	"sort"

	tea "charm.land/bubbletea/v2"

	"culprit/tui"
)

// A fold hides the lines behind line up to last. It holds what a walker needs to go on behind it.
type fold struct {
	line, last int
	end        int // offset of the closing bracket
	depth      int
}

// folds are sorted and do not overlap.
type folds []fold

// maxFolds bounds the memory of folding a level: 32 MiB.
const maxFolds = 1 << 20

// at returns the fold that holds line, as its head or hidden.
func (f folds) at(line int) (fold, bool) {
	i := sort.Search(len(f), func(i int) bool { return f[i].line > line }) - 1
	if i < 0 || f[i].last < line {
		return fold{}, false
	}
	return f[i], true
}

// add folds one node; folds inside it melt into it.
func (f folds) add(n fold) folds {
	i := sort.Search(len(f), func(i int) bool { return f[i].line >= n.line })
	j := i
	for j < len(f) && f[j].line <= n.last {
		j++
	}
	return slices.Replace(f, i, j, n)
}

// remove unfolds the node whose head is line.
func (f folds) remove(line int) folds {
	i := sort.Search(len(f), func(i int) bool { return f[i].line >= line })
	if i < len(f) && f[i].line == line {
		return slices.Delete(f, i, i+1)
	}
	return f
}

// foldOf makes the fold of a line that opens a container.
func (x *index) foldOf(s span) (fold, bool) {
	if n, ok := x.nodeAt(s.start); ok {
		return fold{s.line, n.last, n.end, s.depth}, n.last > 0
	}
	w := x.at(s.line + 1)
	// The container has no node, so it ends before two checkpoints have passed.
	for range 2*everyLines + 1 {
		in, ok := w.next()
		if !ok {
			break
		}
		if in.close && in.depth == s.depth {
			return fold{s.line, in.line, in.val, s.depth}, true
		}
	}
	return fold{}, false
}

// toggle folds or unfolds the node at the cursor; on a line inside a node it folds that node.
func (v *Viewer) toggle() tui.Intent {
	x := &v.index[pretty]
	if f, ok := v.folds.at(v.cursor.line); ok {
		v.folds = v.folds.remove(f.line)
		return nil
	}
	w := x.at(v.cursor.line)
	s, ok := w.next()
	if !ok {
		return nil
	}
	if !s.open {
		if s, ok = v.parent(); !ok {
			return nil
		}
	}
	f, ok := x.foldOf(s)
	if !ok {
		return Notice{Text: "this node cannot be folded yet: its end was not read"}
	}
	v.folds = v.folds.add(f)
	v.cursor = place{line: f.line}
	return nil
}

// parent returns the line that opens the container around the cursor.
func (v *Viewer) parent() (span, bool) {
	steps, ok := v.index[pretty].trail(v.cursor.line)
	if !ok || len(steps) < 2 {
		return span{}, false
	}
	line := steps[len(steps)-2].line
	w := v.index[pretty].at(line)
	return w.next()
}

// folded brings the folds of a whole level.
type folded struct {
	gen   int
	level int
	folds folds
	full  bool // there were more than maxFolds
	done  bool
}

// foldLevel folds every node at depth level and unfolds the others; level 0 unfolds all.
func (v *Viewer) foldLevel(level int) tui.Intent {
	x := v.index[pretty]
	if level <= 0 || level > x.deepest {
		v.level, v.folds = 0, nil
		return nil
	}
	if !x.done {
		return Notice{Text: "all nodes can be folded when the body is read"}
	}
	run := foldAll(x, v.gen, level)
	if x.off <= firstSlice {
		v.folded(run(context.Background(), nil).(folded))
		return nil
	}
	return Work{Name: "fold", Run: run}
}

// foldAll returns the task that finds the nodes at depth level.
func foldAll(x index, gen, level int) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, _ func(tea.Msg)) tea.Msg {
		out := folded{gen: gen, level: level}
		w := x.at(0)
		var head span
		for n := 0; ; n++ {
			if n%(64*everyLines) == 0 && ctx.Err() != nil {
				return out
			}
			s, ok := w.next()
			switch {
			case !ok:
				out.done = true
				return out
			case len(out.folds) == maxFolds:
				out.full = true
				return out
			case s.depth != level:
			case s.open:
				head = s
			case s.close:
				out.folds = append(out.folds, fold{head.line, s.line, s.val, level})
			}
		}
	}
}

// folded takes the folds of a level.
func (v *Viewer) folded(f folded) {
	switch {
	case f.gen != v.gen:
	case f.full:
		v.notice = "too many nodes on this level to fold them all"
	case f.done:
		v.folds, v.level = f.folds, f.level
		if in, ok := v.folds.at(v.cursor.line); ok {
			v.cursor = place{line: in.line}
		}
	}
}

// lessFolded is the level that + and - start from: how deep the document is, but no deeper than one can want.
func (v *Viewer) shownLevels() int {
	if v.level > 0 {
		return v.level
	}
	return min(v.index[pretty].deepest, 5)
}
