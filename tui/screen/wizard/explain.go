package wizard

import (
	"strings"

	"culprit/diagnose"
)

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
		s, c, l := z.styles, id.Cause(), id.Lesson()
		out := []string{""}
		add := func(title, text string) {
			if text != "" {
				out = append(out, " "+s.Text.Title.Render(title))
				out = append(out, paint(s.Text.Plain, "   ", z.text.line(text), min(w, askWidth)-1)...)
				out = append(out, "")
			}
		}
		add("What it means", l.Means)
		if l.Prevent == "" {
			add("What to do", c.Fix)
		}
		add("How to prevent it", l.Prevent)
		if refs := l.References(); len(refs) > 0 {
			out = append(out, " "+s.Text.Title.Render("Where the rule stands"))
			for _, r := range refs {
				out = append(out, paint(s.Text.Plain, "   ", z.text.line(r.Text), min(w, askWidth)-1)...)
				out = append(out, paint(s.Text.Muted, "   ", r.URL, min(w, askWidth)-1)...)
			}
			out = append(out, "")
		}
		return out
	}}
}
