package spec

import (
	"encoding/json"
	"strings"
	"time"
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
		options = append(options, habit.Matching(s.Pattern))
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

var spaces = lazyre.New(`\s+`)
