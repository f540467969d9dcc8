//go:build linux

package screenio

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/term"
	"github.com/charmbracelet/x/vt"
)

// A blind screen draws on a virtual terminal.
type blind struct {
	*Screen
	term *vt.Emulator
}

func blindly(w, h int) blind {
	s := &Screen{w: w, h: h, env: []string{"TERM=xterm-256color"}, profile: colorprofile.ANSI256, before: &term.State{}}
	s.cells = uv.NewScreenBuffer(w, h)
	s.renew()
	return blind{s, vt.NewEmulator(w, h)}
}

// draw reports whether the frame was written without the renderer.
func (b blind) draw(content string) bool {
	b.view, b.fresh = tea.NewView(content), true
	b.term.Write(b.compose())
	defer b.follow()
	return b.ahead
}

// cells are what a terminal shall show.
func cells(of uv.ScreenBuffer) string {
	var out strings.Builder
	for y := range of.Height() {
		for x := range of.Width() {
			fmt.Fprintf(&out, "%v ", of.CellAt(x, y))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// parts are what rows are made of: letters and colours, then what is wide or combined, then colours that do not end and
// what the virtual terminal measures in another way than wcwidth.
var parts = []string{"a", "bc", "orders ", "│", "─", " ", "          ", "\x1b[31mred\x1b[m", "\x1b[1;38;5;42mgreen\x1b[0m", "\x1b[7mturned\x1b[m", "\x1b[44m    \x1b[m",
	"東京", "é", "e\u0301", "👍", "\x1b[32mnot ended", "\x1b]8;;http://x.test\x1b\\link\x1b]8;;\x1b\\", "\u0301", "\t", "👨‍👩‍👧", "☎\ufe0f"}

const (
	plainParts = 11
	sureParts  = 15
)

func anyRow(r *rand.Rand, most int) string {
	var b strings.Builder
	for range r.IntN(8) {
		b.WriteString(parts[r.IntN(most)])
	}
	return b.String()
}

// change does to rows what keys do.
func change(r *rand.Rand, rows []string, most int) {
	h := len(rows)
	at := r.IntN(h - 4)
	part := rows[at : at+4+r.IntN(h-at-4)]
	switch r.IntN(6) {
	case 0, 1:
		for range 1 + r.IntN(2) {
			rows[r.IntN(h)] = anyRow(r, most)
		}
	case 2: // a part scrolls up
		copy(part, part[1:])
		part[len(part)-1] = anyRow(r, most)
	case 3: // down
		copy(part[1:], part)
		part[0] = anyRow(r, most)
	case 4: // another screen
		for y := range rows {
			rows[y] = anyRow(r, most)
		}
	case 5: // it is shorter
		clear(rows[r.IntN(h):])
	}
}

// Whatever was there before, the screen is as if the frame had been drawn whole on an empty terminal.
func TestAFrameIsTheSameWhateverWasThereBefore(t *testing.T) {
	const w, h = 24, 12
	written := 0 // without the renderer
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		most := []int{plainParts, sureParts, len(parts)}[seed%3]
		screen, rows := blindly(w, h), make([]string, h)
		for step := range 40 {
			change(r, rows, most)
			content := strings.Join(rows, "\n")
			if r.IntN(6) == 0 { // the window changed, there and back
				screen.moved = true
				screen.resize(w, h)
			}
			if screen.draw(content) {
				written++
			}
			whole := uv.NewScreenBuffer(w, h)
			whole.Method = screen.cells.Method
			uv.NewStyledString(content).Draw(whole, whole.Bounds())
			if got, want := cells(screen.cells), cells(whole); got != want {
				t.Fatalf("seed %d, step %d, of %q: the cells are\n%s\nwant\n%s", seed, step, content, got, want)
			}
			if most > sureParts {
				continue
			}
			empty := blindly(w, h)
			empty.wcwidth, empty.empty = screen.wcwidth, false // by the renderer
			empty.draw(content)
			if got, want := screen.term.Render(), empty.term.Render(); got != want {
				t.Fatalf("seed %d, step %d, of %q:\n%q\nwant\n%q", seed, step, content, got, want)
			}
		}
	}
	if written < 30 {
		t.Errorf("only %d frames were written without the renderer", written)
	}
}

// A frame is written as it is only where the terminal shows it as the renderer would.
func TestAWholeFrameIsWithinTheTerminal(t *testing.T) {
	for content, want := range map[string]bool{
		"plain\n│ \x1b[38;5;42mgreen\x1b[m":    true,
		strings.Repeat("x", 24):                true,
		strings.Repeat("x", 25):                false, // a row too long
		"東京":                                   false, // perhaps measured in another way
		"a\tb":                                 false,
		"\x1b[31mnot ended\nhere":              false,
		"\x1b[38;2;1;2;3mno such colour\x1b[m": false,
	} {
		s := blindly(24, 12)
		if got := s.draw(content); got != want {
			t.Errorf("%q: %v, want %v", content, got, want)
		}
		if s.draw(content + "\nmore") {
			t.Errorf("%q: the second frame was written whole, too", content)
		}
	}
}

func TestApart(t *testing.T) {
	for row, want := range map[string]bool{
		"": true, "plain": true, "│ a │": true, "\x1b[31mred\x1b[m": true, "\x1b[31mred\x1b[0m after": true, "\x1b[mé": true,
		"京": false, "\u00ad": false, "\x1b[31mred": false, "a\tb": false, "a\r": false, "\u0301": false, "\x1b[m\u0301": false, "\x1b[1": false,
		"\x1b]8;;http://x.test\x1b\\link\x1b]8;;\x1b\\\x1b[m": false,
	} {
		if got := apart(row); got != want {
			t.Errorf("%q: %v, want %v", row, got, want)
		}
	}
}

// One row of forty changes.
func BenchmarkFrameOfOneRow(b *testing.B) {
	s, rows := blindly(120, 40), make([]string, 40)
	for y := range rows {
		rows[y] = fmt.Sprintf("│ \x1b[32mGET\x1b[m request %05d %s│\x1b[90m│\x1b[m \"id\": \x1b[33m%d\x1b[m%s│", y, strings.Repeat(" ", 20), y, strings.Repeat(" ", 50))
	}
	for n := 0; b.Loop(); n++ {
		rows[20] = fmt.Sprintf("│ \x1b[7mPUT request %05d\x1b[m", n)
		s.view, s.fresh = tea.NewView(strings.Join(rows, "\n")), true
		if len(s.compose()) == 0 {
			b.Fatal("nothing was drawn")
		}
		s.follow()
	}
}

func TestBlanksAreSpared(t *testing.T) {
	for row, want := range map[string]string{
		"a          b": "a\x1b[10Cb",
		"a       b":    "a       b", // seven
		"\x1b[31m          \x1b[m│            ": "\x1b[31m          \x1b[m│\x1b[12C",
		"\x1b[44m  \x1b[0m          │":          "\x1b[44m  \x1b[0m\x1b[10C│",
		"          ":                            "\x1b[10C",
	} {
		var b bytes.Buffer
		if spare(&b, row); b.String() != want {
			t.Errorf("%q: %q, want %q", row, b.String(), want)
		}
	}
}
