package safe

import (
	"bytes"
	"strings"
)

// What our program may send, by the kind of its sequence. The list holds what Bubble Tea v2.0.9 and its
// renderer write, and nothing that makes a terminal answer other than with what they wait for.

// allowedControl reports whether the CSI sequence with these parameters and final byte may pass.
func allowedControl(params []byte, final byte) bool {
	p := string(params)
	switch {
	case strings.HasPrefix(p, "?"):
		return allowedPrivate(p[1:], final)
	case strings.HasPrefix(p, ">"):
		// push kitty keyboard flags, modifyOtherKeys, ask for the terminal's name (XTVERSION)
		return strings.IndexByte("umq", final) >= 0 && numeric(p[1:])
	case strings.HasPrefix(p, "<"), strings.HasPrefix(p, "="):
		return final == 'u' && numeric(p[1:]) // pop and set kitty keyboard flags
	case strings.HasSuffix(p, " "):
		return final == 'q' && numeric(p[:len(p)-1]) // cursor shape
	case !numeric(p):
		return false
	}
	switch final {
	case 'h', 'l':
		return p == "4" // insert mode
	case 'T':
		return !strings.Contains(p, ";") // scroll down; with more it starts mouse tracking
	case 'c':
		return p == "" || p == "0" // what are you (DA1)
	case 's', 'u':
		return p == "" // save and restore the cursor
	}
	// Moves, erasing, inserting and deleting, scrolling, tabs, repeat, margins, colours.
	return strings.IndexByte("@ABCDEFGHIJKLMPSXZ`abdefgmr", final) >= 0
}

// allowedPrivate judges CSI ? sequences.
func allowedPrivate(p string, final byte) bool {
	switch final {
	case 'u':
		return p == "" // ask for the kitty keyboard flags
	case 'W':
		return p == "5" // tab stops every eight columns
	case 'p':
		mode, ok := strings.CutSuffix(p, "$")
		return ok && ourMode(mode)
	case 'h', 'l':
		for mode := range strings.SplitSeq(p, ";") {
			if !ourMode(mode) {
				return false
			}
		}
		return true
	}
	return false
}

// ourMode reports whether a DEC private mode is one that we switch.
func ourMode(mode string) bool {
	switch mode {
	case "7", "12", "25": // wrapping, blinking, visible cursor
		return true
	case "1000", "1002", "1003", "1004", "1006": // mouse, focus
		return true
	case "1049", "2004", "2026", "2027", "2031", "2048": // screen, paste, synchronised, graphemes, theme, size
		return true
	}
	return false
}

// numeric reports whether p is made of digits and their separators only.
func numeric(p string) bool { return strings.Trim(p, "0123456789;:") == "" }

// allowedCommand reports whether an OSC sequence may pass, other than a clipboard write.
func allowedCommand(body []byte) bool {
	number, rest, _ := bytes.Cut(body, []byte(";"))
	s := string(rest)
	switch string(number) {
	case "0", "2":
		return titled(s)
	case "8": // only the end of a link: the address of another is never ours
		_, uri, ok := strings.Cut(s, ";")
		return ok && uri == "" && printable(s)
	case "9":
		return strings.HasPrefix(s, "4;") && numeric(s[2:]) // progress
	case "10", "11", "12":
		return s == "?" || colour(s)
	case "110", "111", "112":
		return s == ""
	case "22":
		return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz-") == "" // shape of the pointer
	}
	return false
}

// titled reports whether s can be a title: visible text on one line.
func titled(s string) bool { return Line(s).String() == s }

func printable(s string) bool { return plain(s) == len(s) }

// colour reports whether s is a colour as #rrggbb or rgb:rr/gg/bb.
func colour(s string) bool {
	const digits = "0123456789abcdefABCDEF"
	if hex, ok := strings.CutPrefix(s, "#"); ok {
		return len(hex) <= 12 && strings.Trim(hex, digits) == ""
	}
	rgb, ok := strings.CutPrefix(s, "rgb:")
	return ok && len(rgb) <= 14 && strings.Trim(rgb, digits+"/") == ""
}

// clipboardWrite reports whether what follows "52;" sets a clipboard; "?" would ask for it.
func clipboardWrite(s []byte) bool {
	which, data, ok := bytes.Cut(s, []byte(";"))
	return ok && len(bytes.Trim(which, "cps")) == 0 &&
		len(bytes.Trim(data, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")) == 0
}
