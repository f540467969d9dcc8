package viewer

import (
	"context"
	"sort"
	"strconv"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/tui"
	"culprit/tui/widget"
	"culprit/tui/widget/input"
)

// A search is what was looked for and what was found so far.
type search struct {
	number  int // counts searches; news of older ones are dropped
	what    string
	regexp  bool
	found   []hit
	at      int // the current one, -1 for none
	goal    int // a place to go to when the index knows it, -1 for none
	origin  int // the search wants the first hit from here on
	wanted  bool
	running bool
	seen    int
	more    bool // from here on it is still to be searched, when the index is made
	from    int
}

// hits brings what a slice of searching found.
type hits struct {
	gen, number int
	found       []hit
	seen        int
	done, over  bool
}

// ask opens the prompt.
func (v *Viewer) ask() {
	v.asking = true
	v.prompt.SetValue("")
	v.prompt.SetPlaceholder(v.search.what)
	v.promptWords()
	v.prompt.Focus()
}

func (v *Viewer) promptWords() {
	if v.search.regexp {
		v.prompt.SetPrompt(" regexp /")
	} else {
		v.prompt.SetPrompt(" /")
	}
}

// answerPrompt takes a key while the prompt is open.
func (v *Viewer) answerPrompt(msg tea.KeyPressMsg) tui.Intent {
	if key.Matches(msg, v.keys.Find.Plain) {
		v.search.regexp = !v.search.regexp
		v.promptWords()
		return nil
	}
	answer, _ := v.prompt.Update(msg)
	switch answer := answer.(type) {
	case widget.Cancelled:
		v.asking = false
		v.prompt.Blur()
	case input.Submitted:
		v.asking = false
		v.prompt.Blur()
		what := answer.Value
		if what == "" {
			what = v.search.what
		}
		return v.find(what)
	case tui.Pass, input.Refused:
		return answer
	}
	return nil
}

// Sought reports whether something is searched for and marked.
func (v *Viewer) Sought() bool { return v.search.what != "" }

// Forget ends the search: nothing is marked any more.
func (v *Viewer) Forget() {
	v.search = search{number: v.search.number + 1, regexp: v.search.regexp, at: -1, goal: -1}
	v.arrange()
}

// find starts a search. What fits into a frame is searched at once, the rest by a task.
func (v *Viewer) find(what string) tui.Intent {
	old := v.search
	v.search = search{number: old.number + 1, what: what, regexp: old.regexp, at: -1, goal: -1}
	if what == "" {
		return nil
	}
	f, err := newFinder(v.data, what, old.regexp)
	if err != nil {
		return Notice{Text: err.Error()}
	}
	v.search.origin, v.search.wanted, v.search.running = v.offset(), true, true
	found, done := f.step(firstSlice)
	v.hits(hits{v.gen, v.search.number, found, f.off, done, done})
	if done {
		return nil
	}
	return Work{Name: "search", Run: findAll(f, v.gen, v.search.number)}
}

// newsEvery is how often a running search says what it found: a few frames.
const newsEvery = 50 * time.Millisecond

// findAll returns the task that searches the rest.
func findAll(f *finder, gen, number int) func(context.Context, func(tea.Msg)) tea.Msg {
	return func(ctx context.Context, emit func(tea.Msg)) tea.Msg {
		budget := slice
		if f.re != nil {
			budget = slice / 8 // regular expressions are 20 times slower
		}
		var all []hit
		said := time.Now()
		for ctx.Err() == nil {
			found, done := f.step(budget)
			all = append(all, found...)
			if done {
				return hits{gen, number, all, f.off, true, true}
			}
			if now := time.Now(); now.Sub(said) > newsEvery {
				emit(hits{gen, number, all, f.off, false, false})
				all, said = nil, now
			}
		}
		return hits{gen, number, all, f.off, false, true}
	}
}

// hits takes what was found.
func (v *Viewer) hits(h hits) {
	s := &v.search
	if h.gen != v.gen || h.number != s.number {
		return
	}
	s.found = append(s.found, h.found...)
	s.seen = h.seen
	s.running = !h.over
	if !s.wanted {
		return
	}
	i := sort.Search(len(s.found), func(i int) bool { return s.found[i].start >= s.origin })
	switch {
	case i < len(s.found):
		v.show(i)
	case h.over && len(s.found) > 0:
		v.show(0)
	case h.done:
		v.notice = "not found"
	}
	s.wanted = s.wanted && !h.over && i == len(s.found)
}

// step goes to the next match in direction dir, 1 or -1, round at the ends.
func (v *Viewer) jump(dir int) {
	s := &v.search
	n := len(s.found)
	if n == 0 {
		return
	}
	at := v.offset()
	here, _ := v.spanAt(v.cursor.line)
	i := s.at
	if i < 0 || s.found[i].start < here.start || s.found[i].start >= max(here.end, here.start+1) {
		i = sort.Search(n, func(i int) bool { return s.found[i].start >= at })
		if dir > 0 {
			i--
		}
	}
	v.show((i + dir + n) % n)
}

// show goes to match i.
func (v *Viewer) show(i int) {
	s := &v.search
	s.at, s.wanted = i, false
	s.goal = -1
	if !v.moveTo(s.found[i].start) {
		s.goal = s.found[i].start
	}
}

// hitFrom returns the first match that ends behind off.
func (s *search) hitFrom(off int) (h hit, current, ok bool) {
	i := sort.Search(len(s.found), func(i int) bool { return s.found[i].end > off })
	if i == len(s.found) {
		return hit{}, false, false
	}
	return s.found[i], i == s.at, true
}

// tally says which match is shown and how many there are.
func (s *search) tally() string {
	if s.what == "" {
		return ""
	}
	count := strconv.Itoa(len(s.found))
	if s.running || len(s.found) >= maxHits {
		count += "+"
	}
	if s.at >= 0 {
		count = strconv.Itoa(s.at+1) + "/" + count
	}
	return count
}
