package keys

import "charm.land/bubbles/v2/key"

// Wizard are the bindings of a diagnosis. They go before those that work everywhere.
type Wizard struct {
	Move Travel
	Page Pages
	Act  Acts
	Ask  Asking
}

// Travel are the motions in a page of the wizard.
type Travel struct {
	Up, Down, Top, Bottom, PageUp, PageDown key.Binding
}

// Pages are the bindings that open a page of the wizard or something on it.
type Pages struct {
	Steps, Map, Probes, Verdict, Next, Previous, Open, Fold, Explain, Back key.Binding
}

// Acts are what a person can do with a verdict.
type Acts struct {
	Apply, CopyMinimal, CopyRepaired, SendRepaired, Save, Again, Stop, Resume, Skip, Repeat, Wrong, Allow, Drop key.Binding
}

// Asking are the answers to a question of the wizard.
type Asking struct {
	Once, Always, No, Only, Skip, Whole, Up, Down, Choose key.Binding
}

func wizard() Wizard {
	return Wizard{
		Move: Travel{
			Up:       Bind("k", "up", "k", "up"),
			Down:     Bind("j", "down", "j", "down"),
			Top:      Bind("g", "first", "g", "home"),
			Bottom:   Bind("G", "last", "G", "end"),
			PageUp:   Bind("pgup", "page up", "pgup", "ctrl+b"),
			PageDown: Bind("pgdn", "page down", "pgdown", "ctrl+f"),
		},
		Page: Pages{
			Steps:    Bind("1", "steps", "1"),
			Map:      Bind("2", "map", "2"),
			Probes:   Bind("3", "probes", "3"),
			Verdict:  Bind("4", "verdict", "4"),
			Next:     Bind("tab", "next", "tab", "l", "right"),
			Previous: Bind("shift+tab", "previous", "shift+tab", "h", "left"),
			Open:     Bind("enter", "open", "enter"),
			Fold:     Bind("space", "fold", "space"),
			Explain:  Bind("e", "explain", "e"),
			Back:     Bind("esc", "back", "esc"),
		},
		Act: Acts{
			Apply:        Bind("a", "apply the fix", "a"),
			CopyMinimal:  Bind("c", "copy minimal curl", "c"),
			CopyRepaired: Bind("y", "copy repaired curl", "y"),
			SendRepaired: Bind("r", "send repaired", "r"),
			Save:         Bind("s", "save report", "s"),
			Again:        Bind("d", "diagnose again", "d"),
			Stop:         Bind("x", "stop", "x"),
			Resume:       Bind("u", "go on", "u"),
			Skip:         Bind("S", "skip the step", "S"),
			Repeat:       Bind("R", "repeat the step", "R"),
			Wrong:        Bind("w", "this answer is wrong", "w"),
			Allow:        Bind("A", "allow the rest", "A"),
			Drop:         Bind("D", "drop it from the jar", "D"),
		},
		Ask: Asking{
			Once:   Bind("y", "yes, once", "y"),
			Always: Bind("a", "always, for this request", "a"),
			No:     Bind("n", "no", "n", "esc"),
			Only:   Bind("o", "not this one", "o"),
			Skip:   Bind("S", "skip step", "S"),
			Whole:  Bind("f", "whole body", "f"),
			Up:     Bind("↑", "up", "up", "ctrl+k"),
			Down:   Bind("↓", "down", "down", "ctrl+j"),
			Choose: Bind("enter", "choose", "enter"),
		},
	}
}

func wizardNames(z *Wizard) []Named {
	m, p, a := &z.Move, &z.Page, &z.Act
	return []Named{{"apply", &a.Apply}, {"copy_minimal", &a.CopyMinimal}, {"copy_repaired", &a.CopyRepaired},
		{"send_repaired", &a.SendRepaired}, {"save_report", &a.Save}, {"explain", &p.Explain}, {"again", &a.Again}, {"stop", &a.Stop},
		{"resume", &a.Resume}, {"skip", &a.Skip}, {"repeat", &a.Repeat}, {"wrong", &a.Wrong}, {"allow", &a.Allow}, {"drop", &a.Drop},
		{"steps", &p.Steps}, {"map", &p.Map}, {"probes", &p.Probes}, {"verdict", &p.Verdict}, {"next", &p.Next},
		{"previous", &p.Previous}, {"open", &p.Open}, {"fold", &p.Fold}, {"back", &p.Back}, {"up", &m.Up}, {"down", &m.Down},
		{"top", &m.Top}, {"bottom", &m.Bottom}, {"page_up", &m.PageUp}, {"page_down", &m.PageDown}}
}

func askingNames(a *Asking) []Named {
	return []Named{{"once", &a.Once}, {"always", &a.Always}, {"no", &a.No}, {"only", &a.Only}, {"skip", &a.Skip}, {"whole", &a.Whole}, {"choose", &a.Choose}, {"up", &a.Up}, {"down", &a.Down}}
}
