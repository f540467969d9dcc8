package keys

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// named are the keys that have a name in place of a character.
func named(name string) (rune, bool) {
	code, ok := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "space": tea.KeySpace, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"home": tea.KeyHome, "end": tea.KeyEnd, "delete": tea.KeyDelete, "backspace": tea.KeyBackspace, "f1": tea.KeyF1, "f5": tea.KeyF5}[name]
	return code, ok
}

// Press returns the message of a key, by its name in a binding: "ctrl+p", "shift+up", "x". So an action can be chosen
// in a list in place of its key.
func Press(name string) tea.KeyPressMsg {
	k := tea.KeyPressMsg{}
	rest := name
	if r, ok := strings.CutPrefix(rest, "ctrl+"); ok && r != "" {
		rest, k.Mod = r, tea.ModCtrl
	}
	if r, ok := strings.CutPrefix(rest, "shift+"); ok && r != "" {
		rest, k.Mod = r, k.Mod|tea.ModShift
	}
	code, ok := named(rest)
	if !ok {
		code, _ = utf8.DecodeRuneInString(rest)
		if k.Mod == 0 {
			k.Text = rest
		}
	}
	k.Code = code
	if rest == "space" && k.Mod == 0 {
		k.Text = " "
	}
	return k
}
