// Package wizard is the screen that walks through a diagnosis: seven steps, the request as a map of suspicion,
// the ladder of probes that grows line by line, and the verdict with its proof.
//
// It shows and asks. It sends nothing, decides nothing and knows no file; what a person wants done goes up as
// an intent. Text of a request or of a server is masked and made drawable in one place, text.go.
package wizard

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"culprit/diagnose"
	"culprit/diagnose/element"
	"culprit/request"
	"culprit/tui"
	"culprit/tui/keys"
	"culprit/tui/layout"
	"culprit/tui/screen"
	"culprit/tui/theme"
)

// A page is one of the things that the wizard shows.
type page int

// The pages, in the order of tab and of their keys.
const (
	stepPage page = iota
	mapPage
	probePage
	verdictPage
	pages
)

// Wizard implements tui.Part. Make one with New, then Begin.
type Wizard struct {
	styles *theme.Styles
	keys   *keys.Map
	name   string
	c      diagnose.Case
	text   *mask

	steps  [7]diagnose.StepResult
	probes []diagnose.ProbeRecord
	board  board
	report *diagnose.Report // nil while it runs
	err    error
	notes  []string // what could not be read of what is known

	open   page // the page that has the focus
	front  page // steps or map: what stands at the left where both sides are seen
	side   page // probes or verdict: what stands at the right
	lists  [pages]list
	body   []row         // the lines of the body, unfolded
	shown  []row         // the rows of the map
	unfold bool          // the body is shown whole
	moved  bool          // a person moved the cursor of the map; until then it goes to what is most suspect
	over   *reading      // lies over the pages; nil for none
	asked  diagnose.Step // the step of the question that waits for an answer
	asking int           // the probe of which the person was asked whether it may be sent, until the answer; 0 for none

	size  layout.Wizard
	w, h  int
	cache string
	drawn theme.Choice // the looks of cache
}

// New returns a wizard that waits for Begin.
func New(styles *theme.Styles, bindings *keys.Map) *Wizard {
	z := &Wizard{styles: styles, keys: bindings}
	z.Begin("", diagnose.Case{})
	return z
}

// Begin shows a case at once, before anything is known; name is what a person calls the request.
// It also starts anew: what an earlier diagnosis learned is forgotten.
func (z *Wizard) Begin(name string, c diagnose.Case) {
	x := element.Of(c.Request)
	*z = Wizard{styles: z.styles, keys: z.keys, name: name, c: c, text: newMask(x), w: z.w, h: z.h, size: z.size, open: mapPage, front: mapPage, side: probePage}
	z.c.Budget = c.Bounds()
	z.board = board{index: x}
	z.body = bodyRows(x, z.text)
	for i, s := range slugs {
		z.steps[i].Step = s
	}
	z.arrange()
}

// slugs are the names of the steps in a StepResult, in order.
var slugs = [...]string{"reproduce", "logs", "connectivity", "credentials", "formats", "endpoints", "isolation"}

// Title says what the screen is.
func (z *Wizard) Title() string { return "Diagnosis" }

// Running reports whether the diagnosis has not ended yet.
func (z *Wizard) Running() bool { return z.report == nil }

// Resize implements tui.Part.
func (z *Wizard) Resize(width, height int) {
	z.w, z.h = max(width, 0), max(height, 0)
	z.size = layout.OfWizard(z.w, z.h)
	z.arrange()
}

// Update implements tui.Part.
func (z *Wizard) Update(msg tea.Msg) (tui.Intent, tea.Cmd) {
	intent := tui.Intent(nil)
	switch m := msg.(type) {
	case diagnose.Event:
		z.heard(m)
	case screen.Noted:
		z.notes = append(z.notes, string(m))
	case screen.Diagnosed:
		z.finish(m)
	case tea.KeyPressMsg:
		if z.over != nil {
			if i, ok := z.stepKey(m); ok {
				intent = i
				break
			}
			z.over.press(z, m)
			break
		}
		intent = z.press(m)
	default:
		return tui.Pass{}, nil
	}
	z.cache = ""
	return intent, nil
}

// heard takes in what the diagnosis tells.
func (z *Wizard) heard(e diagnose.Event) {
	switch {
	case e.Step != nil:
		if i := slices.Index(slugs[:], e.Step.Step); i >= 0 {
			z.steps[i] = *e.Step
		}
	case e.Probe != nil:
		if q := e.Probe.Question; q != nil && q.Request != nil {
			z.text.learn(element.Of(*q.Request))
		}
		z.keep(*e.Probe)
	case e.Suspects != nil:
		z.board.weigh(e.Suspects)
	case e.Report != nil:
		z.board.accuse(e.Report.Verdict.Culprits)
	}
	z.arrange()
}

// keep adds a probe, or what came of one that was running. The ladder follows its end while nobody has moved
// away from it.
func (z *Wizard) keep(p diagnose.ProbeRecord) {
	l := &z.lists[probePage]
	follow := l.at >= len(z.probes)-1
	if i := slices.IndexFunc(z.probes, func(q diagnose.ProbeRecord) bool { return q.N == p.N }); i >= 0 {
		z.probes[i] = p
	} else {
		z.probes = append(z.probes, p)
	}
	if follow {
		l.at = len(z.probes) - 1
	}
}

func (z *Wizard) finish(f screen.Diagnosed) {
	z.report, z.err, z.asking = &f.Report, f.Err, 0
	if fix := f.Report.Verdict.Repair; fix != nil {
		z.text.learn(element.Of(fix.Request))
	}
	for _, s := range f.Report.Steps {
		z.heard(diagnose.Event{Step: &s})
	}
	if len(f.Report.Probes) >= len(z.probes) { // of a run that was stopped, what became of the last one may not have been told
		z.probes = f.Report.Probes
	}
	for i := range z.steps {
		if z.steps[i].Result == "running" {
			z.steps[i].Result = "ok"
		}
	}
	z.board.accuse(f.Report.Verdict.Culprits)
	if f.Report.Verdict.Outcome == diagnose.OutcomePassing {
		z.board = board{index: z.board.index} // nothing is wrong, so nothing is suspected
	}
	z.show(verdictPage)
	z.moved = false // to the culprit
	z.arrange()
}

// show opens a page and gives it the focus.
func (z *Wizard) show(p page) {
	z.open = p
	if p == probePage || p == verdictPage {
		z.side = p
	} else {
		z.front = p
	}
}

// left is the page at the left of the side; with a rail of its own for the steps it is the map.
func (z *Wizard) left() page {
	switch z.size.Shape {
	case layout.One:
		return z.open
	case layout.Two:
		return z.front
	}
	return mapPage
}

// request is the one under diagnosis.
func (z *Wizard) request() request.Request { return z.c.Request }

// About explains the page that is open.
func (z *Wizard) About() string {
	return map[page]string{
		mapPage:     "The request, every part of it. A bar and a word say how suspicious each is; what is cleared fades, the culprit is marked. The line below says why.",
		probePage:   "What was sent to find out, line by line: what was changed, what came back, and how long it took. The line below says why it came next; enter shows the whole exchange.",
		verdictPage: "What was found, how it was proved, and the fix. Each key at its end is one thing to do with it.",
		stepPage:    "The seven steps, what each is for and what it found. A step can be skipped or repeated.",
	}[z.open]
}

// Help is what the keys do not say.
func (z *Wizard) Help() (title string, rows [][2]string) {
	return "Paste", [][2]string{{"curl …", "A request that works: it is sent to see that it does, and what the two differ in is tried, half by half."}}
}
