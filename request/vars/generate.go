package vars

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// generators returns the names behind $ that are known, as Postman spells them.
func generators() []string {
	return []string{"guid", "randomUUID", "timestamp", "isoTimestamp", "randomInt", "randomBoolean", "randomAlphaNumeric",
		"randomHexadecimal", "randomIP", "randomEmail", "randomFirstName", "randomLastName", "randomFullName",
		"randomUserName", "randomWord", "randomPassword", "randomPrice", "randomColor"}
}

// generate returns a new value of a generator, false for one that is not known.
func (f *Filler) generate(name string) (string, bool) {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	first := []string{"Ada", "Alan", "Barbara", "Edsger", "Grace", "Katherine", "Ken", "Margaret"}
	last := []string{"Dijkstra", "Hamilton", "Hopper", "Johnson", "Liskov", "Lovelace", "Thompson", "Turing"}
	words := []string{"bridge", "copper", "harbor", "lantern", "meadow", "pepper", "river", "signal"}
	switch name {
	case "guid", "randomUUID":
		return f.uuid(), true
	case "timestamp":
		return strconv.FormatInt(f.now().Unix(), 10), true
	case "isoTimestamp":
		return f.now().UTC().Format("2006-01-02T15:04:05.000Z"), true
	case "randomInt":
		return strconv.Itoa(f.draw(1001)), true
	case "randomBoolean":
		return strconv.FormatBool(f.draw(2) == 1), true
	case "randomAlphaNumeric":
		return f.text(1, letters+"0123456789"), true
	case "randomHexadecimal":
		return "0x" + f.text(2, "0123456789abcdef"), true
	case "randomIP":
		return fmt.Sprintf("192.0.2.%d", f.draw(256)), true // TEST-NET-1 (RFC 5737): nobody's address
	case "randomEmail":
		return strings.ToLower(f.pick(first)) + "." + strings.ToLower(f.pick(last)) + f.text(3, "0123456789") + "@example.com", true
	case "randomFirstName":
		return f.pick(first), true
	case "randomLastName":
		return f.pick(last), true
	case "randomFullName":
		return f.pick(first) + " " + f.pick(last), true
	case "randomUserName":
		return strings.ToLower(f.pick(first)) + "_" + f.text(4, letters), true
	case "randomWord":
		return f.pick(words), true
	case "randomPassword":
		return f.text(15, letters+"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"), true
	case "randomPrice":
		return fmt.Sprintf("%d.%02d", f.draw(1000), f.draw(100)), true
	case "randomColor":
		return "#" + f.text(6, "0123456789abcdef"), true
	}
	return "", false
}

// uuid returns a version 4 UUID (RFC 9562 §5.4).
func (f *Filler) uuid() string {
	var b [16]byte
	for i := range b {
		b[i] = byte(f.draw(256))
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	s := hex.EncodeToString(b[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

func (f *Filler) text(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[f.draw(len(alphabet))]
	}
	return string(b)
}

func (f *Filler) pick(from []string) string { return from[f.draw(len(from))] }

func (f *Filler) draw(n int) int {
	if f.Int == nil {
		return rand.IntN(n)
	}
	return f.Int(n)
}

func (f *Filler) now() time.Time {
	if f.Now == nil {
		return time.Now()
	}
	return f.Now()
}
