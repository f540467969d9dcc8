package wizard

import (
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/tui/screen"
)

// What would help is said in flags of the command line; on the screen a key does the same (§11).

// stopped reports whether the diagnosis ended before it was done, so that it can go on.
func (z *Wizard) stopped() bool { return z.report != nil && z.err != nil }

// hinted reports that a flag that begins so would help.
func (z *Wizard) hinted(flag string) bool {
	return z.report != nil && slices.ContainsFunc(z.report.Hints, func(h diagnose.Hint) bool { return strings.HasPrefix(h.Flag, flag) })
}

// deepens reports that more probes than the budget has would help.
func (z *Wizard) deepens() bool { return !z.stopped() && z.hinted("--depth") }

// allows reports that the probes which may change data can be allowed for all of the run: on production each is asked for,
// and a deletion is typed.
func (z *Wizard) allows() bool {
	return z.hinted("--allow-writes") && !z.c.Writes && z.c.Grantable()
}

// allow is the wish to have them allowed, with what is left of the budgets.
func (z *Wizard) allow() screen.Allow {
	b := z.c.Bounds()
	probes, writes, _ := z.spent()
	r := z.request()
	return screen.Allow{Target: z.text.line(r.Method + " " + r.URL), Probes: max(b.Probes+z.c.Spare()-probes, 0), Writes: max(b.Unsafe-writes, 0)}
}

// jarred are the cookies of the jar that it would help to take out of it.
func (z *Wizard) jarred() []string {
	var out []string
	for _, h := range z.report.Hints {
		if h.Cookie != "" {
			out = append(out, h.Cookie)
		}
	}
	return out
}

// inJar reports whether all that the fix changes is in the jar: there is nothing to write into the request.
func (z *Wizard) inJar() bool {
	jar := z.jarred()
	return z.mends() && !slices.ContainsFunc(z.report.Verdict.Repair.Edits, func(e diagnose.Edit) bool {
		return !e.Element.Is("cookie") || !slices.Contains(jar, e.Element.Name())
	})
}

// here says of hints with a flag of the command line what does the same on the screen.
func (z *Wizard) here(hints []diagnose.Hint) []string {
	a := z.keys.Wizard.Act
	ways := map[string]string{"--good, --good-curl": "paste its curl command here", "--good-curl": "paste theirs here", "--allow-writes": a.Again.Help().Key + " asks again"}
	if z.allows() {
		ways["--allow-writes"] = a.Allow.Help().Key + " does"
	}
	if z.deepens() {
		for _, depth := range diagnose.Depths() {
			ways["--depth "+depth] = a.Resume.Help().Key + " does"
		}
	}
	var out []string
	for _, h := range hints {
		h.Flag = ways[h.Flag]
		if h.Cookie != "" {
			h.Flag = a.Drop.Help().Key + " does"
		}
		out = append(out, h.String())
	}
	return out
}
