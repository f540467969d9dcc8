package theme

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// An Own is a theme that a person wrote: colours by role over those of a built-in theme.
type Own struct {
	Name    string
	Light   bool              // based on the light theme instead of the dark one
	Colours map[string]string // by a name of Roles; "" is the terminal's default
}

// Roles are the names of the colours that a theme of one's own may set, sorted.
func Roles() []string {
	var p palette
	return slices.Sorted(maps.Keys(p.roles()))
}

func (p *palette) roles() map[string]*string {
	return map[string]*string{"muted": &p.muted, "faint": &p.faint, "accent": &p.accent, "label": &p.label,
		"variable": &p.variable, "number": &p.number, "good": &p.good, "bad": &p.bad, "warn": &p.warn, "busy": &p.busy,
		"hot": &p.hot, "ink": &p.ink, "paper": &p.paper, "border": &p.border, "selected": &p.selected, "dimmed": &p.dimmed, "chosen": &p.chosen}
}

// Check says why a role cannot have a colour; nil when it can. A colour is "#rrggbb", a number of the 256-colour
// palette (below 16: the terminal's own), or "" for the terminal's default.
func Check(role, colour string) error {
	var p palette
	if p.roles()[role] == nil {
		return fmt.Errorf("no role is called %q", role)
	}
	if n, err := strconv.Atoi(colour); colour == "" || hex(colour) || err == nil && n >= 0 && n < 256 {
		return nil
	}
	return fmt.Errorf("%q is no colour; write #rrggbb or a number from 0 to 255", colour)
}

func hex(colour string) bool {
	digits, ok := strings.CutPrefix(colour, "#")
	return ok && len(digits) == 6 && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}
