package wizard

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// A consent asks whether a probe may be sent. It shows exactly what would go out; every key but yes means no
// or nothing.
type consent struct {
	z    *Wizard
	q    diagnose.Question
	w, h int
	top  int

	typed string   // of deletion
	long  bool     // a part of the body is folded unless the person asks for all of it
	whole bool     // it is unfolded
	sent  int      // the line from which on it is shown what is sent
	drawn []string // the lines, made once for each look: to mask what is sent costs milliseconds
	look  look
}

// A look is what lines were drawn for.
type look struct {
	w      int
	choice theme.Choice
}

// Question makes the overlay of a question of the diagnosis.
func (z *Wizard) Question(q diagnose.Question) screen.Overlay {
	z.asking, z.asked, z.cache = q.N, q.Step, ""
	if q.Prompt != nil {
		return newPrompt(z, q)
	}
	return &consent{z: z, q: q, long: z.long(q)}
}

// long reports whether the body of a question is shown folded.
func (z *Wizard) long(q diagnose.Question) bool {
	return q.Request != nil && len(bodyRows(element.Of(*q.Request), z.text)) > consentBody
}

// Title implements screen.Overlay.
func (c *consent) Title() string { return "Send this?" }

// Sizes of an overlay that asks.
const (
	askWidth = 84
	askFoot  = 2 // an empty line and the keys
)

// Want implements screen.Overlay.
func (c *consent) Want(s layout.Rect) (w, h int) {
	w = min(askWidth, s.W-2)
	if c.whole {
		return w, c.h + 2 // the box does not jump while it is read
	}
	return w, len(c.lines(w-2)) + 2 + askFoot
}

// Resize implements tui.Part.
func (c *consent) Resize(w, h int) { c.w, c.h = w, h }

// always reports whether a yes may hold for the run: what may change data is asked every time (§11).
func (c *consent) always() bool { return c.q.Safety < diagnose.S5 }

// one reports whether a no is to all that may change data, so that there is a no to this one alone.
func (c *consent) one() bool { return c.q.Safety >= diagnose.S5 && c.q.Kind != diagnose.Renew }

// deletion is typed to send a DELETE: what it removes is gone, and no slip of a key does that (§11, S6).
const deletion = "delete"

// removes reports whether a yes has to be typed.
func (c *consent) removes() bool {
	return c.q.Removes() != ""
}

// typing takes a letter of the word that sends a deletion; any other begins it anew.
func (c *consent) typing(k tea.KeyPressMsg) (taken bool) {
	letter := strings.ToLower(k.Text)
	for _, next := range []string{c.typed + letter, letter} {
		if letter != "" && strings.HasPrefix(deletion, next) {
			c.typed = next
			return true
		}
	}
	c.typed = ""
	return false
}

// Update implements tui.Part.
func (c *consent) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	intent := c.press(k)
	if intent != nil {
		c.z.asking, c.z.cache = 0, ""
	}
	return intent, nil
}

// press takes a key; what it answers is nil while nothing is decided.
func (c *consent) press(k tea.KeyPressMsg) tui.Intent {
	a, m := c.z.keys.Wizard.Ask, c.z.keys.Wizard.Move
	l := list{top: c.top, n: len(c.lines(c.w)), h: c.h - askFoot}
	switch {
	case c.removes() && c.typing(k):
		if c.typed == deletion {
			return screen.Answer{Yes: true}
		}
		return nil
	case key.Matches(k, a.Once) && !c.removes():
		return screen.Answer{Yes: true}
	case key.Matches(k, a.Always) && c.always():
		return screen.Answer{Yes: true, Always: true}
	case key.Matches(k, a.No, a.Choose):
		return screen.Answer{}
	case key.Matches(k, a.Only) && c.one():
		return screen.Answer{Only: true}
	case key.Matches(k, a.Skip):
		return screen.Answer{Skip: true}
	case key.Matches(k, a.Whole) && c.long:
		c.whole, c.drawn = !c.whole, nil
		l.n, l.top = len(c.lines(c.w)), 0
		if c.whole {
			l.scroll(c.sent) // to what it unfolds
		}
	case key.Matches(k, m.Down):
		l.scroll(1)
	case key.Matches(k, m.Up):
		l.scroll(-1)
	case key.Matches(k, m.PageDown):
		l.scroll(l.h)
	case key.Matches(k, m.PageUp):
		l.scroll(-l.h)
	}
	c.top = l.top
	return nil
}

// lines say what would be sent.
func (c *consent) lines(w int) []string {
	if now := (look{w, c.z.styles.Choice}); c.drawn == nil || c.look != now {
		c.drawn, c.look = c.write(w), now
	}
	return c.drawn
}

// write makes the lines; what matters for yes or no comes first, so that it is seen without scrolling.
func (c *consent) write(w int) []string {
	s, q, z := c.z.styles, c.q, c.z
	danger := s.State.Warn.Render(class(q))
	if z.c.Production {
		danger += "  " + s.State.Alarm.Render(" counts as production ")
	}
	out := []string{"", ends(" "+danger, z.budget(), w)}
	if q.Safety >= diagnose.S5 {
		out = append(out, " If it is accepted, "+q.Effect()+": this is no dry run.")
	}
	out = append(out, "")
	out = append(out, z.fact("Why next", sentence(q.Why), w)...)
	if q.If != "" {
		out = append(out, z.fact("On success", sentence(q.If), w)...)
	}
	if c.one() {
		out = append(out, z.fact("If not", z.keys.Wizard.Ask.No.Help().Key+" ends all that may change data, "+z.keys.Wizard.Ask.Only.Help().Key+" leaves out this one alone.", w)...)
	}
	if len(q.Edits) > 0 {
		out = append(out, "", " "+s.Text.Title.Render("What is different from the original"))
		out = append(out, z.diff(element.Changes(z.board.index, q.Edits), w)...)
	} else if q.Kind == diagnose.Renew {
		out = append(out, "", " "+s.Text.Muted.Render("This is another request: it gets new credentials and sends yours for it."))
	} else {
		out = append(out, "", " "+s.Text.Muted.Render("Nothing is different from the original."))
	}
	if q.Request != nil {
		c.sent = len(out) + 1
		out = append(out, "", " "+s.Text.Title.Render("What is sent"))
		body := consentBody
		if c.whole {
			body = bodyShown
		}
		out = append(out, z.requestLines(q, nil, body, w)...)
	}
	return out
}

// consentBody is how many lines of a body are shown before yes or no.
const consentBody = 24

// class says how dangerous a question is, as a sentence.
func class(q diagnose.Question) string {
	w := safetyWords(q.Safety.String(), &q)
	return strings.ToUpper(w[:1]) + w[1:] + "."
}

// View implements tui.Part.
func (c *consent) View() string {
	all, room := c.lines(c.w), max(c.h-askFoot, 0)
	lines := frame.Fit(window(all, c.top, room), c.w, room)
	return strings.Join(frame.Fit(append(lines, "", " "+c.z.keyWords(c.Keys(), c.w-2)), c.w, c.h), "\n")
}

// Asks says that the keys stand in the overlay.
func (c *consent) Asks() {}

// Scroll is what is seen of what would be sent.
func (c *consent) Scroll() (widget.Scroll, int) { return c.seen(), 0 }

func (c *consent) seen() widget.Scroll {
	return widget.Scroll{Top: c.top, Seen: max(c.h-askFoot, 0), All: len(c.lines(c.w))}
}

// Foot says which of the lines are seen.
func (c *consent) Foot() string { return c.seen().Range() }

// Keys implements tui.Part.
func (c *consent) Keys() []binding {
	a := c.z.keys.Wizard.Ask
	out := []binding{a.Once}
	if !c.always() {
		out[0] = named(a.Once, "yes") // there is no other
	}
	if c.removes() {
		out = []binding{key.NewBinding(key.WithKeys("d"), key.WithHelp(deletion, "typed, sends it"))}
	}
	if c.always() {
		out = append(out, a.Always)
	}
	if c.one() {
		out = append(out, named(a.No, "no to all (default)"), a.Only)
	} else {
		out = append(out, named(a.No, "no (default)"))
	}
	out = append(out, a.Skip)
	if c.long {
		out = append(out, wholeKey(c.z.keys, c.whole))
	}
	if len(c.lines(c.w)) > c.h-askFoot {
		out = append(out, named(c.z.keys.Wizard.Move.Down, "read on"))
	}
	return out
}

// wholeKey is the key that unfolds a body, and folds it again.
func wholeKey(m *keys.Map, whole bool) binding {
	if whole {
		return named(m.Wizard.Ask.Whole, "fold the body")
	}
	return m.Wizard.Ask.Whole
}

// keyWords draws bindings as words, the first ones that have room in w.
func (z *Wizard) keyWords(bindings []binding, w int) string {
	s, out := z.styles, ""
	for _, b := range bindings {
		gap := "   "
		if out == "" {
			gap = ""
		}
		if ansi.StringWidth(out+gap+b.Help().Key+" "+b.Help().Desc) > w {
			break
		}
		out += gap + s.Text.Key.Render(b.Help().Key) + " " + s.Text.Muted.Render(b.Help().Desc)
	}
	return out
}
