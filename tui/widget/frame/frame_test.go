package frame

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"culprit/tui/theme"
)

func TestDrawIsExactlyTheSize(t *testing.T) {
	s := theme.New(theme.Choice{})
	lines := []string{"short", strings.Repeat("long ", 40), s.State.Bad.Render("red " + strings.Repeat("x", 50)), "漢字漢字漢字漢字"}
	f := Frame{Title: "a title", Right: "right", Foot: "foot", Focused: true}
	for w := range 60 {
		for h := range 12 {
			got := f.Draw(s, w, h, lines)
			rows := strings.Split(got, "\n")
			if h > 0 && len(rows) != h {
				t.Fatalf("%dx%d: %d rows", w, h, len(rows))
			}
			for _, r := range rows {
				if h > 0 && ansi.StringWidth(r) != w {
					t.Fatalf("%dx%d: row %q is %d wide", w, h, ansi.Strip(r), ansi.StringWidth(r))
				}
			}
		}
	}
}

func TestTheTitleIsInTheBorder(t *testing.T) {
	s := theme.New(theme.Choice{ASCII: true, Depth: theme.Colourless})
	got := ansi.Strip(Frame{Title: "shop", Right: "2 of 9", Foot: "prod"}.Draw(s, 24, 3, []string{"body"}))
	want := "+- shop ------ 2 of 9 -+\n|body                  |\n+--------------- prod -+"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOverCutsWhatItCovers(t *testing.T) {
	base := "aaaaaa\nbbbbbb\ncccccc"
	if got, want := Over(base, "XX\nYY\nZZ", 2, 1), "aaaaaa\nbbXXbb\nccYYcc"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestEndsKeepsTheRight(t *testing.T) {
	if got, want := Ends("a long left side", "right", 12), "a long…right"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAnOverlayMayCutACharacterOfTwoCells(t *testing.T) {
	for x := range 10 {
		if got := Over("漢字漢字漢", "[x]", x, 0); x <= 7 && ansi.StringWidth(got) != 10 {
			t.Errorf("at %d: %q is %d wide", x, got, ansi.StringWidth(got))
		}
	}
}

func TestLinesBreakBetweenWordsOnly(t *testing.T) {
	if got := Wrap("at 2026-11-21 Idempotency-Key", 15); !slices.Equal(got, []string{"at 2026-11-21", "Idempotency-Key"}) {
		t.Errorf("got %q", got)
	}
	long := Wrap("expired 2026-11-21T16:32:42Z", 8) // longer than a line: cut hard, and nothing of it is lost
	for _, l := range long {
		if ansi.StringWidth(l) > 8 {
			t.Errorf("%q is wider than 8", l)
		}
	}
	if got := strings.Join(long, ""); got != "expired2026-11-21T16:32:42Z" {
		t.Errorf("joined: %q", got)
	}
}

// A style that is broken over lines is in each of them, and ends in each.
func TestAStyleGoesOnInTheNextLine(t *testing.T) {
	for _, l := range Wrap("\x1b[2mone two three\x1b[m", 8) {
		if !strings.HasPrefix(l, "\x1b[2m") || !strings.HasSuffix(l, "\x1b[m") {
			t.Errorf("%q", l)
		}
	}
}

// An overlay has the focus: where colour cannot say it, its frame does, as that of a pane with the focus.
func TestAnOverlayIsFramedAsWhatHasTheFocus(t *testing.T) {
	s := theme.New(theme.Choice{Depth: theme.Colourless})
	over, focused := Frame{Overlay: true}.Draw(s, 6, 3, nil), Frame{Focused: true}.Draw(s, 6, 3, nil)
	if ansi.Strip(over) != ansi.Strip(focused) {
		t.Errorf("\n%s\nis not\n%s", over, focused)
	}
}

// Of a path the end is kept, and the note of a border gives way to its foot.
func TestANoteGivesWayToTheFoot(t *testing.T) {
	if got := Tail(".data[0].card.brand", 12, "…"); got != "….card.brand" {
		t.Errorf("got %q", got)
	}
	s := theme.New(theme.Choice{})
	lines := strings.Split(ansi.Strip(Frame{Note: "line 3: no value stands here", Foot: "3/4"}.Draw(s, 30, 3, nil)), "\n")
	if got, want := lines[2], "╰─ line 3: no value … ─ 3/4 ─╯"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
