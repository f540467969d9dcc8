package shell

import (
	"image/color"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"culprit/tui/theme"
)

// TestAThemeIsDrawnOnItsOwnGround: dark words on a dark terminal cannot be read, so the light theme brings its paper
// along; where the terminal is light already, or says nothing, its own background stays.
func TestAThemeIsDrawnOnItsOwnGround(t *testing.T) {
	dark, light := tea.BackgroundColorMsg{Color: color.Black}, tea.BackgroundColorMsg{Color: color.White}
	for _, tt := range []struct {
		name    string
		choice  theme.Choice
		says    tea.Msg
		painted bool
	}{
		{"light on dark", theme.Choice{Light: true}, dark, true},
		{"light on light", theme.Choice{Light: true}, light, false},
		{"dark on light", theme.Choice{}, light, true},
		{"dark on dark", theme.Choice{}, dark, false},
		{"nothing is said yet", theme.Choice{Light: true}, nil, false},
		{"nothing is said", theme.Choice{Light: true}, groundDue{}, true},
		{"no colours", theme.Choice{Light: true, Depth: theme.Colourless}, dark, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				opt := options(&world{})
				opt.Theme, opt.PaintGround = tt.choice, true
				s := New(t.Context(), opt)
				s.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
				if tt.says != nil {
					s.Update(tt.says)
				}
				paper := "48;5;231"
				if !tt.choice.Light {
					paper = "48;5;234"
				}
				for y, l := range strings.Split(s.View().Content, "\n") {
					if got := strings.Contains(l, paper); got != tt.painted {
						t.Fatalf("row %d painted: %v, want %v: %q", y, got, tt.painted, l)
					}
				}
			})
		})
	}
}
