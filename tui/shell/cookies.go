package shell

import (
	"cmp"
	"context"
	"net/url"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"culprit/collections"
	"culprit/request/cookie"
	"culprit/request/secret"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/theme"
	"culprit/tui/widget"
	"culprit/tui/widget/frame"
)

// Cookies are the jars of cookies, one of each environment, "" for none. The functions may block and run in tasks.
type Cookies struct {
	// Read returns what is in the jar of an environment, in the order in which it is shown.
	Read func(ctx context.Context, environment string) ([]cookie.Cookie, error)
	// Take takes one out of it.
	Take func(ctx context.Context, environment string, c cookie.Cookie) error
	// Clear empties it, also one that cannot be read.
	Clear func(ctx context.Context, environment string) error
	// Off says what keeps all of them from going along with a request, "" for nothing. It must not block, and may be nil.
	Off func(s collections.Saved) string
}

// A jar is the overlay that lists the cookies of an environment.
type jar struct {
	environment string
	cookies     []cookie.Cookie
	request     string   // the name of the request that is open, "" for none
	to          *url.URL // where it goes; nil where that is not known
	off         string   // why no cookie goes along with it
	now         time.Time
	revealed    bool

	styles  *theme.Styles
	keys    *keys.Map
	at, top int // of cookies
	w, h    int
}

// What the overlay of cookies asks for.
type (
	takeCookie struct {
		environment string
		cookie      cookie.Cookie
	}
	emptyJar struct{ environment string }
)

// openJar reads the jar of the environment in use and shows it.
func (s *Shell) openJar() tea.Cmd {
	if s.opt.Core.Cookies == nil || s.coll == nil {
		s.warn("No cookies are kept here: there is no folder for them.")
		return nil
	}
	return s.readJar(nil)
}

// jarDue says that the start is over, and there is time to read which cookies go along.
type jarDue struct{}

// lookJar reads the jar of the environment in use, once, so that what goes along is seen before anything is sent. A jar
// that cannot be read is told of when it is needed.
func (s *Shell) lookJar() tea.Cmd {
	c, env := s.opt.Core.Cookies, s.env
	if c == nil || s.jars == nil || s.jars[env] || s.coll == nil || s.pending.quit {
		return nil
	}
	s.jars[env] = true
	return end(s, &job{what: "Reading the cookies", quiet: true}, func(ctx context.Context) ([]cookie.Cookie, error) { return c.Read(ctx, env) },
		func(all []cookie.Cookie, err error) tea.Cmd {
			if err == nil && len(all) > 0 && env == s.env {
				s.setEnvironment(env)
			}
			return nil
		})
}

// readJar reads the jar of the environment in use; shown is the overlay that has it already, nil for a new one.
func (s *Shell) readJar(shown *jar) tea.Cmd {
	env, read := s.env, s.opt.Core.Cookies.Read
	if shown != nil {
		env = shown.environment
	}
	return end(s, &job{what: "Reading the cookies", quiet: true}, func(ctx context.Context) ([]cookie.Cookie, error) { return read(ctx, env) },
		func(all []cookie.Cookie, err error) tea.Cmd {
			switch {
			case err != nil:
				s.push(s.badJar(env, err))
			case shown != nil:
				shown.cookies = all
				shown.move(0)
				s.place(shown)
			default:
				s.setEnvironment(s.env) // what goes along is known now
				s.push(s.jar(env, all))
			}
			return nil
		})
}

// jar is the overlay of cookies, which says of each whether it goes with the request that is open.
func (s *Shell) jar(environment string, all []cookie.Cookie) *jar {
	j := &jar{environment: environment, cookies: all, now: s.opt.Core.Now(), revealed: s.bench.Revealed(), styles: s.styles, keys: s.keys}
	e, saved := s.bench.Selected()
	if off := s.opt.Core.Cookies.Off; off != nil {
		j.off = off(saved)
	}
	if e == nil || environment != s.env {
		return j
	}
	u, err := url.Parse(s.opt.Core.Resolve(e, saved, environment, true).URL)
	if err == nil && u.Host != "" {
		j.request, j.to = e.Name, u
	}
	return j
}

// badJar says why a jar cannot be read, and offers to begin a new one.
func (s *Shell) badJar(environment string, err error) *dialog {
	d := s.dialog("The jar cannot be read", clean(err.Error()), "", s.styles.Text.Muted.Render("No cookie of it goes along with a request until it can be."))
	d.answers = []answer{say("e", "empty it", func() tea.Cmd { return s.emptyJar(environment, nil) })}
	return d
}

// takeCookie takes one out of the jar that is shown.
func (s *Shell) takeCookie(i takeCookie) tea.Cmd {
	take, shown := s.opt.Core.Cookies.Take, s.jarShown()
	return try(s, &job{what: "Taking out " + i.cookie.Name, must: true}, "It is still in the jar",
		only(func(ctx context.Context) error { return take(ctx, i.environment, i.cookie) }), func(done) tea.Cmd {
			s.say("Taken out of the jar: " + i.cookie.Name)
			s.setEnvironment(s.env) // what goes along is another now
			if shown == nil {
				return nil
			}
			return s.readJar(shown)
		})
}

// emptyJar empties a jar.
func (s *Shell) emptyJar(environment string, shown *jar) tea.Cmd {
	clear := s.opt.Core.Cookies.Clear
	return try(s, &job{what: "Emptying the jar", must: true}, "The jar is as it was",
		only(func(ctx context.Context) error { return clear(ctx, environment) }), func(done) tea.Cmd {
			s.say("The jar" + of(environment) + " is empty.")
			s.setEnvironment(s.env)
			if shown == nil {
				return nil
			}
			return s.readJar(shown)
		})
}

// askEmpty asks before a jar is emptied.
func (s *Shell) askEmpty(environment string) *dialog {
	shown := s.jarShown()
	d := s.dialog("Empty the jar?", "All cookies"+of(clean(environment))+" are taken out: a login is needed again where one of them was a session.")
	d.answers = []answer{say("y", "empty it", func() tea.Cmd { return s.emptyJar(environment, shown) })}
	return d
}

func of(environment string) string {
	if environment == "" {
		return ""
	}
	return " of " + environment
}

// jarShown is the overlay of cookies, nil where it is closed.
func (s *Shell) jarShown() *jar {
	for _, o := range s.overlays {
		if j, ok := o.(*jar); ok {
			return j
		}
	}
	return nil
}

// Title implements overlay.
func (j *jar) Title() string {
	if j.environment == "" {
		return "Cookies without an environment"
	}
	return "Cookies of " + clean(j.environment)
}

// A cookie takes three lines: itself, where it goes, and whether with the request that is open.
const cookieLines = 3

// jarWidth is wide enough for most addresses with what else a cookie says.
const jarWidth = 96

// Want implements overlay.
func (j *jar) Want(screen layout.Rect) (w, h int) {
	w, h = min(jarWidth, screen.W-2), len(j.cookies)*cookieLines
	if h == 0 {
		h = len(frame.Wrap(j.none(), w-4)) + 2
	}
	return w, min(h+2, screen.H-2)
}

// none is what is said of an empty jar.
func (j *jar) none() string {
	if j.off != "" {
		return "No cookies, and none is kept: " + j.off
	}
	return "No cookies yet. What answers set is kept, and goes along with later requests."
}

// Resize implements tui.Part.
func (j *jar) Resize(w, h int) { j.w, j.h = w, h; j.move(0) }

// seen is how many cookies are.
func (j *jar) seen() int { return max(j.h/cookieLines, 1) }

func (j *jar) move(by int) {
	j.at = max(min(j.at+by, len(j.cookies)-1), 0)
	j.top = max(min(j.top, j.at, len(j.cookies)-j.seen()), j.at-j.seen()+1, 0)
}

// Keys implements tui.Part.
func (j *jar) Keys() []key.Binding {
	k := j.keys.Jar
	if len(j.cookies) == 0 {
		return []key.Binding{k.Close}
	}
	return []key.Binding{k.Take, k.Empty, k.Values, keys.Both(k.Down, k.Up, "move"), k.Close}
}

// Update implements tui.Part.
func (j *jar) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	p, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil, nil
	}
	k := j.keys.Jar
	switch {
	case key.Matches(p, k.Close):
		return closed{}, nil
	case key.Matches(p, k.Down):
		j.move(1)
	case key.Matches(p, k.Up):
		j.move(-1)
	case key.Matches(p, k.PageDown):
		j.move(j.seen())
	case key.Matches(p, k.PageUp):
		j.move(-j.seen())
	case key.Matches(p, k.Top):
		j.move(-len(j.cookies))
	case key.Matches(p, k.Bottom):
		j.move(len(j.cookies))
	case key.Matches(p, k.Values):
		j.revealed = !j.revealed
	case len(j.cookies) == 0:
	case key.Matches(p, k.Take):
		return takeCookie{j.environment, j.cookies[j.at]}, nil
	case key.Matches(p, k.Empty):
		return emptyJar{j.environment}, nil
	}
	return nil, nil
}

// Mouse implements tui.Mouser: a click chooses, the wheel moves.
func (j *jar) Mouse(msg tea.MouseMsg) (tui.Intent, tea.Cmd) {
	if _, click := msg.(tea.MouseClickMsg); click {
		j.move(msg.Mouse().Y/cookieLines + j.top - j.at)
	}
	j.move(widget.Notch(msg))
	return nil, nil
}

// View implements tui.Part.
func (j *jar) View() string {
	if len(j.cookies) == 0 {
		out := ""
		for _, l := range frame.Wrap(j.styles.Text.Muted.Render(j.none()), j.w-2) {
			out += "\n " + l
		}
		return out
	}
	var out []string
	for i, c := range j.cookies[j.top:min(j.top+j.seen(), len(j.cookies))] {
		out = append(out, j.lines(c, j.top+i == j.at)...)
	}
	return strings.Join(out, "\n")
}

// lines are those of one cookie.
func (j *jar) lines(c cookie.Cookie, here bool) []string {
	t := j.styles.Text
	lead, value := "   ", c.Value
	if here {
		lead = " " + t.Accent.Render(j.styles.Glyphs.Here) + " "
	}
	if !j.revealed {
		value = secret.Mask(value)
	}
	name := t.Label.Render(clean(c.Name))
	if c.Name == "" {
		name = t.Faint.Render("without a name")
	}
	first := frame.Line(lead+name+"  "+t.Plain.Render(clean(value)), j.w)
	if here {
		first = theme.Onto(j.styles.Frame.SelectedBlurred, first)
	}
	out := []string{first, frame.Line("   "+t.Muted.Render(clean(c.Where())+"   "+strings.Join(c.Traits(), "  ")), j.w), ""}
	if j.to == nil {
		return out
	}
	goes := t.Faint.Render(j.styles.Glyphs.Cross + " not with " + clean(j.request) + ": ")
	if why := cmp.Or(j.off, c.Withheld(j.to, j.now)); why != "" {
		out[2] = frame.Line("   "+goes+t.Faint.Render(clean(why)), j.w)
	} else {
		out[2] = frame.Line("   "+j.styles.State.Good.Render(j.styles.Glyphs.Tick)+t.Faint.Render(" goes with "+clean(j.request)), j.w)
	}
	return out
}

// Scroll implements scroller.
func (j *jar) Scroll() (widget.Scroll, int) { return j.part(), 0 }

func (j *jar) part() widget.Scroll {
	return widget.Scroll{Top: j.top, Seen: j.seen(), All: len(j.cookies)}
}

// Foot implements footer: which of the cookies are seen.
func (j *jar) Foot() string { return j.part().Range() }
