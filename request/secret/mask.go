package secret

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// showFrom is the length from which the ends of a value are shown: eight characters of twenty still leave
// more to guess than a strong password has.
const showFrom = 20

// Mask returns a value as a person may see it: its first and last four characters and its length in bytes,
// abcd…wxyz(41). One shorter than 20 bytes is all dots, and their number says nothing.
func Mask(value string) string {
	if value == "" {
		return ""
	}
	if scheme, _, _ := strings.Cut(value, " "); scheme == "Digest" || scheme == "NTLM" || scheme == "Negotiate" {
		return scheme + " ••••••" // what follows is a name and a password, or proves one
	}
	if len(value) < showFrom || !utf8.ValidString(value) {
		return "••••••"
	}
	if scheme, rest, ok := strings.Cut(value, " "); ok && rest != "" && len(scheme) <= 16 && !strings.ContainsAny(scheme, "=;,:") { // a name and its value are no scheme
		return scheme + " " + Mask(rest)
	}
	r := []rune(value)
	if len(r) < showFrom {
		return "••••••"
	}
	return string(r[:4]) + "…" + string(r[len(r)-4:]) + "(" + strconv.Itoa(len(value)) + ")"
}
