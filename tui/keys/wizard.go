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
	Apply, CopyMinimal, CopyRepaired, SendRepaired, Save, Again, Stop, Resume, Skip, Repeat, Wrong key.Binding
}

// Asking are the answers to a question of the wizard.
type Asking struct {
	Once, Always, No, Skip, Whole, Up, Down, Choose key.Binding
}

func wizard() Wizard {
	return Wizard{
		Move: Travel{
			Up:       bind("k", "up", "k", "up"),
			Down:     bind("j", "down", "j", "down"),
			Top:      bind("g", "first", "g", "home"),
			Bottom:   bind("G", "last", "G", "end"),
			PageUp:   bind("pgup", "page up", "pgup", "ctrl+b"),
			PageDown: bind("pgdn", "page down", "pgdown", "ctrl+f"),
		},
		Page: Pages{
			Steps:    bind("1", "steps", "1"),
			Map:      bind("2", "map", "2"),
			Probes:   bind("3", "probes", "3"),
			Verdict:  bind("4", "verdict", "4"),
			Next:     bind("tab", "next", "tab", "l", "right"),
			Previous: bind("shift+tab", "previous", "shift+tab", "h", "left"),
			Open:     bind("enter", "open", "enter"),
			Fold:     bind("space", "fold", "space"),
			Explain:  bind("e", "explain", "e"),
			Back:     bind("esc", "back", "esc"),
		},
		Act: Acts{
			Apply:        bind("a", "apply the fix", "a"),
			CopyMinimal:  bind("c", "copy minimal curl", "c"),
			CopyRepaired: bind("y", "copy repaired curl", "y"),
			SendRepaired: bind("r", "send repaired", "r"),
			Save:         bind("s", "save report", "s"),
			Again:        bind("d", "diagnose again", "d"),
			Stop:         bind("x", "stop", "x"),
			Resume:       bind("u", "go on", "u"),
			Skip:         bind("S", "skip the step", "S"),
			Repeat:       bind("R", "repeat the step", "R"),
			Wrong:        bind("w", "this answer is wrong", "w"),
		},
		Ask: Asking{
			Once:   bind("y", "yes, once", "y"),
			Always: bind("a", "always, for this request", "a"),
			No:     bind("n", "no", "n", "esc"),
			Skip:   bind("S", "skip the step", "S"),
			Whole:  bind("f", "whole body", "f"),
			Up:     bind("↑", "up", "up", "ctrl+k"),
			Down:   bind("↓", "down", "down", "ctrl+j"),
			Choose: bind("enter", "choose", "enter"),
		},
	}
}

func wizardNames(z *Wizard) []Named {
	m, p, a := &z.Move, &z.Page, &z.Act
	return []Named{{"apply", &a.Apply}, {"copy_minimal", &a.CopyMinimal}, {"copy_repaired", &a.CopyRepaired},
		{"send_repaired", &a.SendRepaired}, {"save_report", &a.Save}, {"explain", &p.Explain}, {"again", &a.Again}, {"stop", &a.Stop},
		{"resume", &a.Resume}, {"skip", &a.Skip}, {"repeat", &a.Repeat}, {"wrong", &a.Wrong},
		{"steps", &p.Steps}, {"map", &p.Map}, {"probes", &p.Probes}, {"verdict", &p.Verdict}, {"next", &p.Next},
		{"previous", &p.Previous}, {"open", &p.Open}, {"fold", &p.Fold}, {"back", &p.Back}, {"up", &m.Up}, {"down", &m.Down},
		{"top", &m.Top}, {"bottom", &m.Bottom}, {"page_up", &m.PageUp}, {"page_down", &m.PageDown}}
}

func askingNames(a *Asking) []Named {
	return []Named{{"once", &a.Once}, {"always", &a.Always}, {"no", &a.No}, {"skip", &a.Skip}, {"whole", &a.Whole}, {"choose", &a.Choose}, {"up", &a.Up}, {"down", &a.Down}}
}
