package lint

import (
	"encoding/base64"
	"net/http"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request/lazyre"
)

// directiveRules look into fields that hold several values, for one that its standard does not allow.
func directiveRules() []rule {
	return []rule{{"H21", 40, checkDirectives}, {"H22", 60, checkUploadMetadata}}
}

// A directive is a named value within a field: what it may be, and, where that is a list, its items.
type directive struct {
	field, name string
	right       *lazyre.Regexp
	options     []string
	ref         string
}

var seconds = lazyre.New(`^"?[0-9]+"?$`)

// directives are those whose values a standard defines.
var directives = []directive{
	{"Prefer", "wait", seconds, nil, "a number of seconds (RFC 7240 §4.3)"},
	{"Prefer", "return", lazyre.New(`^"?(minimal|representation)"?$`), []string{"minimal", "representation"}, "minimal or representation (RFC 7240 §4.2)"},
	{"Prefer", "handling", lazyre.New(`^"?(strict|lenient)"?$`), []string{"strict", "lenient"}, "strict or lenient (RFC 7240 §4.4)"},
	{"Cache-Control", "max-age", seconds, nil, "a number of seconds (RFC 9111 §5.2.1)"},
	{"Cache-Control", "min-fresh", seconds, nil, "a number of seconds (RFC 9111 §5.2.1)"},
	{"Cache-Control", "max-stale", seconds, nil, "a number of seconds (RFC 9111 §5.2.1)"},
	{"Forwarded", "proto", lazyre.New(`(?i)^"?(https?|wss?)"?$`), []string{"https", "http"}, "http or https (RFC 7239 §5.4)"},
	{"Content-Disposition", "size", seconds, nil, "a number of bytes (RFC 2183 §2.7)"},
}

// checkDirectives is H21.
func checkDirectives(s *scan, r rule) {
	for _, h := range s.r.Header {
		for _, d := range directives {
			if h.Default || !strings.EqualFold(h.Name, d.field) || strings.Contains(h.Value, "{{") {
				continue
			}
			for _, at := range parted(h.Value) {
				name, value, ok := strings.Cut(h.Value[at.from:at.to], "=")
				value = strings.TrimSpace(value)
				if !ok || !strings.EqualFold(strings.TrimSpace(name), d.name) || d.right.MatchString(value) {
					continue
				}
				id := diagnose.ID("header", http.CanonicalHeaderKey(h.Name))
				var edits []diagnose.Edit
				if near := habit.Nearest(value, d.options); near != "" {
					edits = append(edits, set(id, h.Value[:at.from]+name+"="+near+h.Value[at.to:], .05))
				}
				if rest := strings.TrimSpace(strings.Trim(h.Value[:max(at.from-1, 0)]+h.Value[at.to:], ",; ")); rest != "" {
					edits = append(edits, because(weigh(set(id, rest, .1), r.odds/2), "without "+d.name))
				}
				s.hit(r, id, "invalid_request_header", "In "+d.field+", "+d.name+" is "+d.ref+".", edits...)
			}
		}
	}
}

// A piece is a part of a text, in bytes.
type piece struct{ from, to int }

// parted finds the directives of a field, outside of quotes.
func parted(value string) []piece {
	var out []piece
	from, quoted := 0, false
	for i, c := range value {
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == ';'):
			out, from = append(out, piece{from, i}), i+1
		}
	}
	return append(out, piece{from, len(value)})
}

// metadata is a pair of Upload-Metadata: a key, and a value in base64 that may be missing (tus 1.0, Creation).
var metadata = lazyre.New(`^[^\s,]+( ((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?))?$`)

// checkUploadMetadata is H22: values of Upload-Metadata that are not in base64.
func checkUploadMetadata(s *scan, r rule) {
	for _, h := range s.r.Header {
		if !strings.EqualFold(h.Name, "Upload-Metadata") || strings.Contains(h.Value, "{{") {
			continue
		}
		pairs := strings.Split(h.Value, ",")
		var plain []string
		for i, p := range pairs {
			if metadata.MatchString(strings.TrimSpace(p)) {
				continue
			}
			key, value, _ := strings.Cut(strings.TrimSpace(p), " ")
			if key == "" {
				continue
			}
			plain = append(plain, key)
			pairs[i] = key + " " + base64.StdEncoding.EncodeToString([]byte(value))
		}
		if len(plain) > 0 {
			s.hit(r, "header:Upload-Metadata", "invalid_request_header", "The value of "+strings.Join(plain, ", ")+" is not in base64, as those of Upload-Metadata are (tus 1.0).",
				set("header:Upload-Metadata", strings.Join(pairs, ","), .05))
		}
	}
}
