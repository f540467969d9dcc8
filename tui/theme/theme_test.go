package theme

import (
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

func every() []Choice {
	var all []Choice
	for _, light := range []bool{false, true} {
		for _, contrast := range []bool{false, true} {
			for _, depth := range []Depth{Palette, Sixteen, Colourless} {
				for _, ascii := range []bool{false, true} {
					all = append(all, Choice{Light: light, Contrast: contrast, Depth: depth, ASCII: ascii})
				}
			}
		}
	}
	return all
}

func TestEveryGlyphIsOneCell(t *testing.T) {
	for _, c := range every() {
		v := reflect.ValueOf(New(c).Glyphs)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			s, ok := v.Field(i).Interface().(string)
			if !ok || name == "Enter" {
				continue
			}
			if ansi.StringWidth(s) != 1 {
				t.Errorf("%+v: %s %q is %d wide", c, name, s, ansi.StringWidth(s))
			}
			if c.ASCII && (s[0] > 0x7e || len(s) != 1) {
				t.Errorf("%+v: %s %q is not ASCII", c, name, s)
			}
		}
	}
}

func TestColourlessHasNoColour(t *testing.T) {
	for _, c := range every() {
		if c.Depth != Colourless {
			continue
		}
		s := New(c)
		for _, st := range []lipgloss.Style{s.State.Bad, s.State.Good, s.Frame.Selected, s.Frame.Focus, s.Map.Culprit, s.Method("GET")} {
			if out := st.Render("x"); strings.Contains(out, "38;") || strings.Contains(out, "48;") || strings.Contains(out, "[3") {
				t.Errorf("%+v: %q", c, out)
			}
		}
	}
}

func TestSixteenColoursUseOnlySixteen(t *testing.T) {
	for _, light := range []bool{false, true} {
		s := New(Choice{Light: light, Depth: Sixteen})
		for _, st := range []lipgloss.Style{s.State.Bad, s.State.Good, s.State.Warn, s.Frame.Selected, s.Text.Muted, s.JSON.Key} {
			if out := st.Render("x"); strings.Contains(out, ";5;") || strings.Contains(out, ";2;") {
				t.Errorf("light %v: %q", light, out)
			}
		}
	}
}

func TestSetChangesWhatEverybodyHolds(t *testing.T) {
	s := New(Choice{})
	held := s
	s.Set(Choice{Light: true})
	if !held.Choice.Light {
		t.Error("the holder still has the dark theme")
	}
}

func TestStatusIsSaidByAGlyphToo(t *testing.T) {
	s := New(Choice{})
	for status, want := range map[int]string{0: "✗", 200: "✓", 302: "→", 404: "✗", 503: "✗", 101: "●"} {
		if _, g := s.Status(status); g != want {
			t.Errorf("%d: %q, want %q", status, g, want)
		}
	}
}

func TestAnOwnThemeLiesOverTheBuiltInOne(t *testing.T) {
	own := &Own{Name: "forest", Colours: map[string]string{"good": "#00aa55", "accent": "33"}}
	st := New(Choice{Own: own})
	if got := st.State.Good.Render("x"); !strings.Contains(got, "38;2;0;170;85") {
		t.Errorf("good is %q", got)
	}
	if got, want := st.State.Bad.Render("x"), New(Choice{}).State.Bad.Render("x"); got != want {
		t.Errorf("bad is %q, want the built-in %q", got, want)
	}
	if got := New(Choice{Own: own, Depth: Colourless}).State.Good.Render("x"); strings.Contains(got, "38;") {
		t.Errorf("a terminal without colours gets %q", got)
	}
}

func TestOnlyRolesAndColoursAreTaken(t *testing.T) {
	for _, c := range []struct {
		role, colour string
		ok           bool
	}{{"good", "#00aa55", true}, {"good", "42", true}, {"good", "", true}, {"good", "green", false}, {"good", "256", false}, {"good", "#0a5", false}, {"god", "1", false}} {
		if err := Check(c.role, c.colour); (err == nil) != c.ok {
			t.Errorf("%s = %q: %v", c.role, c.colour, err)
		}
	}
}

func TestASelectedRowCanBeReadWithFewColours(t *testing.T) {
	line := lipgloss.NewStyle().Foreground(lipgloss.Color("12")).Render("title")
	for _, c := range []Choice{{Depth: Sixteen}, {Depth: Sixteen, Light: true}, {Contrast: true}} {
		if s := New(c); s.Select(line) != s.Frame.Selected.Render("title") {
			t.Errorf("%+v: %q keeps the colours of its words", c, s.Select(line))
		}
	}
	if s := New(Choice{}); s.Select(line) == s.Frame.Selected.Render("title") {
		t.Error("with 256 colours the words lose theirs")
	}
}
