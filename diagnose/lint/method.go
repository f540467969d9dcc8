package lint

import (
	"slices"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/habit"
	"culprit/request"
)

func methodRules() []rule {
	return []rule{
		{"M1", 10, checkBodyOnGet}, {"M2", 30, checkNoBody}, {"M3", 25, checkMethodName}, {"M5", 25, checkPatchType},
		{"M6", 10, checkOverride}, {"M7", 15, checkConditional}, {"M8", 40, checkIdempotency},
	}
}

// methods are those that servers know (RFC 9110 §9, RFC 5789 and common extensions).
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "QUERY", "PURGE", "LINK", "UNLINK", "LOCK", "UNLOCK",
	"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "SEARCH", "REPORT", "SUBSCRIBE", "NOTIFY", "LIST", "VIEW", "BIND", "ACL", "CHECKOUT", "MERGE"}

func (s *scan) method() string { return cmpOr(s.r.Method, "GET") }

func (s *scan) hasBody() bool {
	switch s.r.Body.Kind {
	case request.NoBody:
		return false
	case request.RawBody:
		return s.r.Body.Text != ""
	}
	return true
}

func checkBodyOnGet(s *scan, r rule) {
	if !s.hasBody() {
		return
	}
	odds, cause := r.odds, diagnose.CauseID("unexpected_body_property")
	if s.f.Status == 403 {
		cause = "blocked_by_waf"
	}
	switch s.method() {
	case "GET", "HEAD", "OPTIONS", "TRACE":
		if strings.Contains(strings.ToLower(s.f.Responder), "cloudfront") || s.f.Status == 403 {
			odds = 45
		}
	case "DELETE":
		odds = 4
	default:
		return
	}
	s.hit(r.at(odds), "body", cause, "There is a body on a method that usually has none; CDNs refuse it.", remove("body", .05))
}

func checkNoBody(s *scan, r rule) {
	switch s.method() {
	case "POST", "PUT", "PATCH":
		if s.hasBody() {
			return
		}
		odds := 12.0 // actions such as POST /jobs/1/run take none
		if s.method() != "POST" || strings.Contains(strings.ToLower(s.contentType()), "json") {
			odds = r.odds
		}
		s.hit(r.at(odds), "body", "malformed_request_body", "The method carries data, but there is no body.", weigh(set("body", "{}", .1), odds/3))
	}
}

func checkMethodName(s *scan, r rule) {
	m := s.method()
	if slices.Contains(methods, m) {
		return
	}
	clean := strings.ToUpper(strings.TrimSpace(visible(m)))
	if !isToken(m) {
		var edits []diagnose.Edit
		if slices.Contains(methods, clean) {
			edits = append(edits, set("method", clean, .01))
		}
		s.hit(r.at(95), "method", "method_not_allowed", "The method holds a character that no method has.", edits...)
		s.fatal()
		return
	}
	if slices.Contains(methods, clean) {
		s.hit(r.at(60), "method", "method_not_allowed", "The method is not in upper case; methods are case-sensitive (RFC 9110 §9.1).", set("method", clean, .02))
		return
	}
	if near := habit.Nearest(clean, methods[:8]); near != "" {
		s.hit(r.at(60), "method", "method_not_allowed", "The method is one slip away from "+near+".", set("method", near, .05))
		return
	}
	s.hit(r, "method", "method_not_allowed", "The method is none that HTTP servers commonly know.")
}

// isToken reports whether s is a token of RFC 9110 §5.6.2.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-.^_`|~", r))
	})
}

func checkPatchType(s *scan, r rule) {
	if s.method() != "PATCH" || s.media() == "" {
		return
	}
	trimmed := strings.TrimSpace(s.r.Body.Text)
	operations := strings.HasPrefix(trimmed, "[") && strings.Contains(trimmed, `"op"`) && strings.Contains(trimmed, `"path"`)
	switch media := s.media(); {
	case operations && media != "application/json-patch+json":
		s.hit(r, "header:Content-Type", "unsupported_media_type", "The body is a JSON Patch, the Content-Type says otherwise.", set("header:Content-Type", "application/json-patch+json", .05))
	case !operations && media == "application/json-patch+json" && strings.HasPrefix(trimmed, "{"):
		s.hit(r.at(60), "header:Content-Type", "unsupported_media_type", "The Content-Type says JSON Patch, the body is an object.", set("header:Content-Type", "application/merge-patch+json", .05))
	case !operations && media == "application/json" && s.f.Status == 415:
		s.hit(r, "header:Content-Type", "unsupported_media_type", "Some APIs take PATCH only as merge-patch.", set("header:Content-Type", "application/merge-patch+json", .1))
	}
}

func checkOverride(s *scan, r rule) {
	for _, h := range []diagnose.ElementID{"header:X-Http-Method-Override", "header:X-Method-Override", "header:X-Http-Method"} {
		if e, ok := s.x.Get(h); ok {
			odds := r.odds
			if e.Text == s.method() {
				odds = 2
			}
			s.hit(r.at(odds), h, "method_not_allowed", "A header changes the method.", remove(h, .2))
		}
	}
}

// checkConditional is M7. On a safe method a condition yields 304, on others 412.
func checkConditional(s *scan, r rule) {
	for _, name := range []string{"If-Match", "If-None-Match", "If-Unmodified-Since", "If-Modified-Since", "If-Range", "Range"} {
		id := diagnose.ID("header", name)
		e, ok := s.x.Get(id)
		if !ok {
			continue
		}
		odds, cause := r.odds, diagnose.CauseID("precondition_failed")
		switch {
		case name == "Range" || name == "If-Range":
			odds, cause = 3, "invalid_request_header"
			if s.f.Status == 416 {
				odds = 60
			}
		case s.f.Status == 412:
			odds = 60
		case s.r.Safe():
			odds = 3
		}
		s.hit(r.at(odds), id, cause, "A condition may be left from an earlier request.", remove(id, .1))
		if strings.HasSuffix(name, "Match") && e.Text != "*" && !strings.HasPrefix(e.Text, `"`) && !strings.HasPrefix(e.Text, `W/"`) {
			s.hit(r.at(25), id, "precondition_failed", "An entity tag stands in quotes (RFC 9110 §8.8.3).", set(id, `"`+strings.Trim(e.Text, `'"`)+`"`, .05))
		}
	}
}

func checkIdempotency(s *scan, r rule) {
	if s.r.Safe() {
		return
	}
	id := diagnose.ElementID("header:Idempotency-Key")
	if e, ok := s.x.Get(id); ok {
		for _, g := range s.f.Good {
			if g.Worked() && request.Get(g.Request.Header, "Idempotency-Key") == e.Text && g.Request.Body.Kind == request.RawBody && g.Request.Body.Text != s.r.Body.Text {
				s.hit(r.at(50), id, "idempotency_key_reused", "The key was used before with another body.", set(id, habit.Key(s.r.URL, s.r.Body.Text, s.f.Now.UTC().Format(time.RFC3339Nano)), .02))
				return
			}
		}
		return
	}
	n, all := 0, 0
	for _, x := range s.same {
		if x.Request.Method == s.method() {
			all++
			if _, ok := x.Get(id); ok {
				n++
			}
		}
	}
	if n > 0 && n*10 >= all*7 {
		s.hit(r, id, "idempotency_key_missing", "The other requests of this method send an Idempotency-Key.", add(id, "3fa85f64-5717-4562-b3fc-2c963f66afa6", .02))
	}
}
