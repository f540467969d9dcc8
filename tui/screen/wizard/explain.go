package wizard

import (
	_ "embed"
	"strings"
	"sync"

	"culprit/diagnose"
)

// A lesson tells about a cause what a person wants to know after it was found.
type lesson struct {
	means, prevent, ref string
}

//go:embed lessons.tsv
var lessonsTSV string

var lessons = sync.OnceValue(func() map[diagnose.CauseID]lesson {
	m := map[diagnose.CauseID]lesson{}
	for line := range strings.Lines(lessonsTSV) {
		if f := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(f) == 4 {
			m[diagnose.CauseID(f[0])] = lesson{f[1], f[2], f[3]}
		}
	}
	return m
})

// cause returns what was found, "" while nothing was.
func (z *Wizard) cause() diagnose.CauseID {
	if z.report == nil {
		return ""
	}
	if c := z.report.Verdict.Culprits; len(c) > 0 && z.report.Verdict.Cause == "" {
		return c[0].Cause
	}
	return z.report.Verdict.Cause
}

func (z *Wizard) hasCause() bool { return z.cause() != "" }

// explain opens what a cause means, how to prevent it, and where the rule stands.
func (z *Wizard) explain() {
	id := z.cause()
	if id == "" {
		return
	}
	z.over = &reading{small: true, title: "Why it failed: " + z.text.line(strings.ReplaceAll(string(id), "_", " ")), lines: func(z *Wizard, w int) []string {
		s, c, l := z.styles, id.Cause(), lessons()[id]
		out := []string{""}
		add := func(title, text string) {
			if text != "" {
				out = append(out, " "+s.Text.Title.Render(title))
				out = append(out, paint(s.Text.Plain, "   ", z.text.line(text), min(w, askWidth)-1)...)
				out = append(out, "")
			}
		}
		means := l.means
		if means == "" {
			means = c.Meaning
		}
		add("What it means", means)
		if l.prevent == "" {
			add("What to do", c.Fix)
		}
		add("How to prevent it", l.prevent)
		add("Where the rule stands", l.ref)
		return out
	}}
}
