package workbench

import (
	"fmt"
	"regexp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/input"
)

// A seeker searches the pages that are words: headers, the timeline, what was sent. While it is typed, the page follows;
// what was found stays marked until esc. As in a body, case counts when a capital is typed.
type seeker struct {
	keys    *keys.Finding
	field   *input.Field
	typing  bool
	regexp  bool
	what    string // "" for nothing
	last    string // what was looked for before: enter alone looks for it again
	fault   string // why what is typed finds nothing
	from    int    // the first row that was seen when the prompt was opened
	at      int    // of found
	found   []found
	pattern *regexp.Regexp
}

// A found match is one cell range, or several where the page broke the text into rows.
type found []cells

// cells are those of one row from one to before another.
type cells struct{ row, from, to int }

func newSeeker(looks *widget.Styles, k *keys.Finding) seeker {
	s := seeker{keys: k, field: input.New(looks)}
	s.prompt()
	return s
}

func (s *seeker) prompt() {
	s.field.SetPrompt(map[bool]string{false: " /", true: " regexp /"}[s.regexp])
}

// on reports whether the search takes the last row of the page.
func (s *seeker) on() bool { return s.typing || s.what != "" }

// height is how many rows the search takes.
func (s *seeker) height() int {
	if s.on() {
		return 1
	}
	return 0
}

func (s *seeker) clear() {
	s.typing, s.what, s.fault, s.found, s.pattern = false, "", "", nil, nil
	s.field.SetValue("")
	s.field.Blur()
}

// seekPage takes a key of a search on a page of words; false for one that is not for it.
func (r *reply) seekPage(k tea.KeyPressMsg) bool {
	s := &r.seek
	switch {
	case key.Matches(k, s.keys.Search):
		s.typing, s.from = true, r.words.top
		s.field.SetValue("")
		s.field.SetPlaceholder(s.last)
		s.field.Focus()
		r.refresh()
	case s.on() && k.Code == tea.KeyEscape:
		s.clear()
		r.refresh()
	case s.what != "" && key.Matches(k, s.keys.Next):
		r.goTo(s.at + 1)
	case s.what != "" && key.Matches(k, s.keys.Previous):
		r.goTo(s.at - 1)
	default:
		return false
	}
	return true
}

// typeSeek takes a message for the prompt.
func (r *reply) typeSeek(msg tea.Msg) tui.Intent {
	s := &r.seek
	if k, ok := msg.(tea.KeyPressMsg); ok && key.Matches(k, s.keys.Plain) {
		s.regexp = !s.regexp
		s.prompt()
		r.lookFor(s.field.Value())
		return nil
	}
	intent, _ := s.field.Update(msg)
	switch i := intent.(type) {
	case input.Changed:
		r.lookFor(i.Value)
	case input.Submitted:
		s.typing = false
		s.field.Blur()
		if i.Value == "" {
			r.lookFor(s.last)
		}
		s.last = s.what
		r.refresh()
	case widget.Cancelled:
		r.words.move(s.from)
		s.clear()
		r.refresh()
	default:
		return intent
	}
	return nil
}

// lookFor searches the page anew, and goes to the first match from where the search began.
func (r *reply) lookFor(what string) {
	s := &r.seek
	s.what, s.fault, s.pattern = what, "", nil
	if what != "" {
		text := what
		if !s.regexp {
			text = regexp.QuoteMeta(text)
		}
		if what == strings.ToLower(what) {
			text = "(?i)" + text
		}
		pattern, err := regexp.Compile(text)
		if err != nil {
			s.fault = "no regular expression"
		}
		s.pattern = pattern
	}
	s.search(r.words.rows, r.w-2)
	r.words.move(s.from)
	for i, f := range s.found {
		if f[0].row >= s.from {
			r.goTo(i)
			return
		}
	}
	r.goTo(0)
}

// goTo moves to a match, round at the ends.
func (r *reply) goTo(i int) {
	s := &r.seek
	n := len(s.found)
	if n == 0 {
		return
	}
	s.at = (i + n) % n
	if row := s.found[s.at][0].row; row < r.words.top || row >= r.words.top+r.words.h {
		r.words.move(row - r.words.h/2)
	}
}

// search finds the pattern in rows that are as wide as w at most. Where a row is full the text goes on in the next one.
func (s *seeker) search(rows []string, w int) {
	s.found = nil
	if s.pattern == nil {
		s.at = 0
		return
	}
	for i := 0; i < len(rows); {
		text, starts, skips := "", []int(nil), []int(nil)
		for first := true; i < len(rows); i++ {
			row, skip := strings.TrimRight(ansi.Strip(rows[i]), " "), 0
			if rest := strings.TrimLeft(row, " "); !first {
				row, skip = rest, len(row)-len(rest)
			}
			starts, skips, first = append(starts, len(text)), append(skips, skip), false
			if text += row; skip+ansi.StringWidth(row) < w {
				i++
				break
			}
		}
		for _, m := range s.pattern.FindAllStringIndex(text, -1) {
			if m[0] < m[1] {
				s.found = append(s.found, spread(text, m, starts, skips, i-len(starts)))
			}
		}
	}
	s.at = min(s.at, max(len(s.found)-1, 0))
}

// spread returns the cells of a match in a text whose rows begin at starts, behind as many blanks as skips says.
func spread(text string, m, starts, skips []int, row int) (f found) {
	for j, from := range starts {
		end := len(text)
		if j+1 < len(starts) {
			end = starts[j+1]
		}
		if a, b := max(m[0], from), min(m[1], end); a < b {
			at := skips[j] + ansi.StringWidth(text[from:a])
			f = append(f, cells{row + j, at, at + ansi.StringWidth(text[a:b])})
		}
	}
	return f
}

// mark draws row n with what was found in it.
func (s *seeker) mark(line string, n int, looks *theme.Frame) string {
	for i := len(s.found) - 1; i >= 0; i-- {
		for _, c := range s.found[i] {
			if c.row == n {
				ink := looks.Match
				if i == s.at {
					ink = looks.Found
				}
				line = ansi.Cut(line, 0, c.from) + ink.Render(ansi.Strip(ansi.Cut(line, c.from, c.to))) + ansi.Cut(line, c.to, ansi.StringWidth(line))
			}
		}
	}
	return line
}

// tally says which match is shown and how many there are.
func (s *seeker) tally() string {
	switch {
	case s.fault != "":
		return s.fault
	case s.what == "":
		return ""
	case len(s.found) == 0:
		return "not found"
	}
	return fmt.Sprintf("%d/%d", s.at+1, len(s.found))
}

// line draws the last row of the page: the prompt or what was looked for, and how often it is there.
func (s *seeker) line(st *theme.Styles, w int) string {
	tally := s.tally()
	ink := st.Text.Muted
	if s.what != "" && len(s.found) == 0 {
		ink = st.State.Warn
	}
	s.field.Resize(max(w-ansi.StringWidth(tally)-2, 1), 1)
	left := s.field.View()
	if !s.typing {
		left = st.Text.Muted.Render(" /" + clean(s.what))
	}
	return frame.Ends(left, ink.Render(tally)+" ", w)
}
