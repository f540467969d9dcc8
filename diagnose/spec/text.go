package spec

import (
	"encoding/json"
	"regexp/syntax"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// byFormat are texts of the formats that habits do not know; RFC 2606, 3849 and 5737 reserve the names.
var byFormat = map[string]string{
	"uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "email": "user@example.com", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
	"hostname": "example.com", "uri": "https://example.com/", "url": "https://example.com/", "byte": "dGVzdA==", "time": "12:00:00Z",
	"password": "Passw0rd!",
}

// textFor makes a text: by its format, by its pattern, by what the name promises.
func (j *judge) textFor(s *openapi3.Schema, name string) any {
	options := []string{byFormat[s.Format]}
	switch s.Format {
	case "date":
		options = append(options, j.now.UTC().Format(time.DateOnly))
	case "date-time":
		options = append(options, j.now.UTC().Format("2006-01-02T15:04:05Z"))
	}
	switch e := habit.Of(name).Example(j.now).(type) {
	case string:
		options = append(options, e)
	case json.Number:
		options = append(options, string(e))
	}
	options = append(options, "test")
	if s.Pattern != "" {
		if re, err := syntax.Parse(s.Pattern, syntax.Perl); err == nil {
			var b strings.Builder
			matching(&b, re, 0)
			options = append(options, b.String())
		}
	}
	first := ""
	for _, o := range options {
		if o == "" {
			continue
		}
		if fitted := stretch(o, s.MinLength, s.MaxLength); j.valid(s, fitted) {
			return fitted
		}
		if first == "" {
			first = o
		}
	}
	return first
}

// longest is the longest text made up, in characters.
const longest = 10_000

// stretch brings a text to a length: its last character repeated, or its end cut off.
func stretch(v string, least uint64, most *uint64) string {
	n := uint64(utf8.RuneCountInString(v))
	if most != nil && n > *most {
		return string([]rune(v)[:*most])
	}
	if n < least && least <= longest && v != "" {
		last, _ := utf8.DecodeLastRuneInString(v)
		return v + strings.Repeat(string(last), int(least-n))
	}
	return v
}

// matching writes a short text that a pattern matches. What it cannot do (assertions inside) it leaves out; the
// caller checks.
func matching(b *strings.Builder, re *syntax.Regexp, depth int) {
	if depth > maxDepth || b.Len() > longest {
		return
	}
	times := 0
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		b.WriteRune(charOf(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte('a')
	case syntax.OpAlternate:
		matching(b, re.Sub[0], depth+1)
	case syntax.OpConcat:
		for _, s := range re.Sub {
			matching(b, s, depth+1)
		}
	case syntax.OpCapture, syntax.OpPlus:
		times = 1
	case syntax.OpRepeat:
		times = re.Min
	}
	for range times {
		matching(b, re.Sub[0], depth+1)
	}
}

// charOf takes a letter or a digit of a class where there is one.
func charOf(ranges []rune) rune {
	for _, r := range "a1A_- " {
		for k := 0; k+1 < len(ranges); k += 2 {
			if ranges[k] <= r && r <= ranges[k+1] {
				return r
			}
		}
	}
	for k := 0; k+1 < len(ranges); k += 2 {
		if unicode.IsPrint(ranges[k]) {
			return ranges[k]
		}
	}
	return 'a'
}

var spaces = lazyre.New(`\s+`)
