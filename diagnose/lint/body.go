package lint

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/diagnose/mend"
	"culprit/request"
	"culprit/request/jsontext"
)

func bodyRules() []rule {
	return []rule{
		{"B1", 95, checkJSON}, {"B2", 15, checkDuplicates}, {"B3", 60, checkStringified}, {"B17", 60, checkOtherBodies}, {"B18", 60, checkEncoding}, {"B18", 15, checkNormalForm},
		{"B19", 60, checkCoding}, {"B20", 30, checkBodySize},
	}
}

// meantAsJSON reports whether the body is declared or plainly meant to be JSON. Text that merely looks like
// JSON and is declared as text is none.
func (s *scan) meantAsJSON() bool {
	if s.r.Body.Kind != request.RawBody || len(s.r.Body.Text) > maxBody {
		return false
	}
	m := s.media()
	if m == "application/x-ndjson" || m == "application/jsonl" || m == "application/json-seq" || m == "application/x-jsonlines" {
		return false
	}
	if strings.HasSuffix(m, "/json") || strings.HasSuffix(m, "+json") {
		return true
	}
	return m == "" && jsonLike(strings.TrimSpace(s.r.Body.Text))
}

// checkJSON is B1: it says where and why the body is no JSON, and repairs it.
func checkJSON(s *scan, r rule) {
	text := s.r.Body.Text
	if !s.meantAsJSON() || s.root != nil || json.Valid([]byte(text)) || strings.TrimSpace(text) == "" || !utf8.ValidString(text) {
		return
	}
	if t := sniff(text); t == "application/xml" || t == "application/x-www-form-urlencoded" || t == "text/html" || ndjson(text) {
		return // another type, not broken JSON: H4
	}
	m := mend.JSON(text)
	offset, reason := 0, "it is no JSON"
	if _, err := jsontext.Parse([]byte(text)); err != nil {
		offset, reason = err.Offset, err.Text
	}
	if len(m.Faults) > 0 {
		offset, reason = m.Faults[0].Offset, m.Faults[0].Text
	}
	line, column := mend.Position(text, offset)
	more := ""
	if n := len(m.Faults); n > 1 {
		more = fmt.Sprintf(" (and %d more)", n-1)
	}
	var edits []diagnose.Edit
	if m.OK {
		e := because(set("body", m.Fixed, .02), "the same as valid JSON")
		if !m.Sure() {
			e = weigh(because(set("body", m.Fixed, .3), "the same as valid JSON, as far as it can be read"), 40)
		}
		edits = append(edits, e)
	} else if !strings.ContainsAny(text, "{}[]") {
		edits = append(edits, weigh(set("body", string(jsontext.Quote(text)), .3), 5))
	}
	s.hit(r, "body", "malformed_json", fmt.Sprintf("The body is no JSON: line %d, column %d: %s%s.", line, column, reason, more), edits...)
}

func checkDuplicates(s *scan, r rule) {
	if s.root == nil {
		return
	}
	s.root.Walk(func(p string, n *jsontext.Node) bool {
		if n.Kind != jsontext.Object || len(n.Children) > 10000 {
			return true
		}
		seen := map[string]bool{}
		for _, c := range n.Children {
			if seen[c.Key] {
				id := diagnose.ID("body", p).Child(c.Key)
				s.hit(r, id, "malformed_json", "A key is there twice in one object.", remove(id, .1))
			}
			seen[c.Key] = true
		}
		return true
	})
}

// checkStringified is B3: JSON inside a string.
func checkStringified(s *scan, r rule) {
	text := strings.TrimSpace(s.r.Body.Text)
	if s.meantAsJSON() && s.root == nil && strings.HasPrefix(text, `"`) {
		if inner := jsontext.Unquote([]byte(text)); jsonLike(strings.TrimSpace(inner)) && json.Valid([]byte(inner)) {
			s.hit(r, "body", "malformed_json", "The whole body is one string that holds JSON: it was encoded twice.", set("body", inner, .02))
		}
		return
	}
	for _, e := range s.x.Elements {
		v, ok := e.Value.(string)
		if !ok || !e.ID.Is("body") || len(v) < 2 {
			continue
		}
		t := strings.TrimSpace(v)
		if (t[:min(1, len(t))] == "{" || t[:min(1, len(t))] == "[") && json.Valid([]byte(t)) {
			odds := 30.0
			if textual(nameOf(e.ID)) || strings.HasPrefix(t, "[") && len(t) > 2 && strings.Count(t, `"`) == 0 && !strings.ContainsAny(t, "0123456789") {
				odds = 4
			}
			s.hit(r.at(odds), e.ID, "invalid_body_property_type", "A string holds JSON: it was encoded twice.", set(e.ID, json.RawMessage(t), .3))
		}
	}
}

// textual are names whose strings may well hold JSON or templates.
func textual(name string) bool {
	for _, w := range habit.Words(name) {
		switch w {
		case "arguments", "payload", "body", "message", "content", "text", "description", "template", "json", "raw", "query", "code", "script", "data", "event", "policy", "config", "log", "note", "comment":
			return true
		}
	}
	return false
}

// checkOtherBodies is B17: XML and GraphQL that cannot be parsed.
func checkOtherBodies(s *scan, r rule) {
	text := s.r.Body.Text
	if s.r.Body.Kind != request.RawBody || text == "" || len(text) > maxBody {
		return
	}
	m := s.media()
	switch {
	case (strings.HasSuffix(m, "/xml") || strings.HasSuffix(m, "+xml")) && sniff(text) != "application/json":
		if err := parseXML(text); err != nil {
			var syntax *xml.SyntaxError
			line := 1
			if errors.As(err, &syntax) {
				line = syntax.Line
			}
			var edits []diagnose.Edit
			if t := strings.TrimLeft(text, " \t\r\n\ufeff"); t != text && parseXML(t) == nil {
				edits = append(edits, set("body", t, .01))
			} else if fixed, ok := closeXML(text); ok {
				edits = append(edits, because(set("body", fixed, .05), "with its elements closed"))
			}
			s.hit(r.at(90), "body", "malformed_request_body", fmt.Sprintf("The body is no well-formed XML: line %d.", line), edits...)
		}
	case strings.HasSuffix(strings.TrimRight(s.u.Path, "/"), "/graphql") && s.root != nil && s.root.Kind == jsontext.Object:
		query := s.root.At("/query")
		switch {
		case query == nil && s.root.At("/extensions") == nil && s.root.At("/id") == nil:
			s.hit(r, "body:/query", "missing_body_property", "A GraphQL request has its document in query.")
		case query != nil && query.Kind != jsontext.String:
			s.hit(r, "body:/query", "invalid_body_property_type", "The GraphQL document in query is text.")
		case query != nil && strings.Count(s.src[query.Start:query.End], "{") != strings.Count(s.src[query.Start:query.End], "}"):
			s.hit(r, "body:/query", "malformed_request_body", "The braces of the GraphQL document do not match.")
		}
		if v := s.root.At("/variables"); v != nil && v.Kind == jsontext.String {
			s.hit(r, "body:/variables", "invalid_body_property_type", "GraphQL variables are an object, not text.", set("body:/variables", json.RawMessage(rawOr(jsontext.Unquote([]byte(s.src[v.Start:v.End])), "{}")), .02))
		}
	}
}

func rawOr(v, other string) string {
	if json.Valid([]byte(v)) {
		return v
	}
	return other
}

func parseXML(text string) error {
	if t := strings.TrimLeft(text, " \t\r\n\ufeff"); t != text && strings.HasPrefix(t, "<?xml") {
		return &xml.SyntaxError{Msg: "the declaration is not at the start", Line: 1}
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	depth, roots := 0, 0
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			if roots == 0 {
				return &xml.SyntaxError{Msg: "there is no element", Line: 1}
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("parse XML: %w", err)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
}

// checkEncoding is B18: bytes that are no UTF-8, and characters that servers refuse.
func checkEncoding(s *scan, r rule) {
	text := s.r.Body.Text
	if s.r.Body.Kind != request.RawBody || text == "" || len(text) > maxBody {
		return
	}
	m := s.media()
	textType := m == "" && sniff(text) != "" || strings.HasPrefix(m, "text/") || strings.HasSuffix(m, "json") || strings.HasSuffix(m, "xml") || m == "application/x-www-form-urlencoded"
	if !textType {
		return
	}
	switch {
	case strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff"):
		s.hit(r.at(80), "body", "unsupported_charset_or_encoding", "The body is UTF-16.", set("body", utf16Text(text), .02))
	case !utf8.ValidString(text) && !charset.MatchString(s.contentType()):
		line, column := mend.Position(text, firstInvalid(text))
		s.hit(r, "body", "unsupported_charset_or_encoding", fmt.Sprintf("The body is not UTF-8: line %d, column %d.", line, column), set("body", latin1(text), .02))
	case strings.Contains(text, "\x00"):
		s.hit(r, "body", "malformed_request_body", "There is a NUL byte in the body.", set("body", strings.ReplaceAll(text, "\x00", ""), .05))
	case strings.HasPrefix(text, "\ufeff") && s.root != nil:
		s.hit(r, "body", "malformed_json", "The body begins with a byte order mark.", set("body", strings.TrimPrefix(text, "\ufeff"), .01))
	}
	if strings.Contains(text, "\r\n") && s.signed() {
		s.hit(r.at(25), "body", "signature_mismatch", "The body is signed and has Windows line ends: what was signed may have had others.", set("body", strings.ReplaceAll(text, "\r\n", "\n"), .1))
	}
	if s.root == nil {
		return
	}
	for _, e := range s.x.Elements {
		if v, ok := e.Value.(string); ok && e.ID.Is("body") && (strings.Contains(v, "\x00") || strings.Contains(v, "\ufffd")) {
			clean := strings.NewReplacer("\x00", "", "\ufffd", "").Replace(v)
			s.hit(r.at(25), e.ID, "invalid_body_property_format", "The text holds a NUL or a broken character; databases refuse it.", set(e.ID, clean, .05))
		}
	}
}

func firstInvalid(s string) int {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(s)
}

// latin1 reads each byte that is no UTF-8 as a character of Latin-1.
func latin1(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			r = rune(s[i])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String()
}

func utf16Text(s string) string {
	little := s[0] == 0xff
	var b strings.Builder
	for i := 2; i+1 < len(s); i += 2 {
		c := rune(s[i])<<8 | rune(s[i+1])
		if little {
			c = rune(s[i+1])<<8 | rune(s[i])
		}
		b.WriteRune(c) // a surrogate becomes U+FFFD, which is as good as it gets here
	}
	return b.String()
}

// Sizes that common servers take by default: nginx 1 MiB, Express 100 KiB, AWS API Gateway 10 MiB, AWS Lambda 6 MiB.
const (
	nginxBody   = 1 << 20
	expressBody = 100 << 10
	lambdaBody  = 6 << 20
	gatewayBody = 10 << 20
)

func checkBodySize(s *scan, r rule) {
	n := len(s.r.Body.Text)
	if s.r.Body.Kind != request.RawBody {
		return
	}
	switch {
	case s.f.Status == 413:
		s.hit(r.at(80), "body", "payload_too_large", "The server says that the body is too large.")
	case n > gatewayBody && strings.Contains(strings.ToLower(s.f.Responder), "api gateway"):
		s.hit(r.at(80), "body", "payload_too_large", "The body is larger than the 10 MiB that AWS API Gateway takes.")
	case n > lambdaBody && strings.Contains(strings.ToLower(s.f.Responder), "api gateway"):
		s.hit(r.at(50), "body", "payload_too_large", "The body is larger than the 6 MiB that AWS hands to a function.")
	case n > nginxBody:
		s.hit(r, "body", "payload_too_large", "The body is larger than the 1 MiB that many servers allow.")
	case n > expressBody && s.media() == "application/json":
		s.hit(r.at(5), "body", "payload_too_large", "The body is larger than the 100 KiB that some frameworks allow for JSON.")
	}
}
