package lint

import (
	"net/http"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/diagnose/habit"
)

func checkHop(s *scan, r rule) {
	for _, h := range s.r.Header {
		name := http.CanonicalHeaderKey(h.Name)
		id := diagnose.ID("header", name)
		switch name {
		case "Expect":
			s.hit(r.at(5), id, "invalid_request_header", "Expect makes the server answer before the body is sent; some answer 417.", remove(id, .02))
		case "Connection", "Upgrade", "Te", "Keep-Alive", "Proxy-Connection":
			odds := 4.0
			if name == "Upgrade" && !strings.EqualFold(h.Value, "websocket") {
				odds = 10
			}
			s.hit(r.at(odds), id, "invalid_request_header", "The header is for one connection only and was probably copied along.", remove(id, .05))
		case "Transfer-Encoding":
			s.hit(r.at(8), id, "invalid_request_header", "Transfer-Encoding is set by hand.", remove(id, .02))
		}
		if strings.HasPrefix(h.Name, ":") {
			s.hit(r, id, "invalid_header_characters", "A pseudo-header of HTTP/2 was copied along.", remove(id, .01))
			s.fatal()
		}
	}
}

// The sizes that common servers allow (nginx, Node, Tomcat: 8 KiB for all; browsers: 4 KiB a cookie).
const (
	bigHeader = 8 << 10
	bigCookie = 4 << 10
)

func checkHeaderSize(s *scan, r rule) {
	total, largest := 0, diagnose.Element{}
	for _, e := range s.x.Elements {
		switch {
		case strings.HasPrefix(e.Group, "header") || e.Group == "cookie" || e.ID == "auth":
			total += len(e.ID) + len(e.Text)
			if len(e.Text) > len(largest.Text) {
				largest = e
			}
			if e.Group == "cookie" && len(e.Text) > bigCookie {
				s.hit(r.at(20), e.ID, "request_header_too_large", "A cookie is longer than 4 KiB.", remove(e.ID, .3))
			}
		}
	}
	if total > bigHeader {
		odds := r.odds
		if s.f.Status == 431 || s.f.Status == 494 {
			odds = 80
		}
		s.hit(r.at(odds), largest.ID, "request_header_too_large", "The headers are longer than the 8 KiB that many servers allow.", remove(largest.ID, .3))
	}
}

func checkBrowser(s *scan, r rule) {
	for _, e := range s.x.Elements {
		name, _ := e.ID.In("header")
		if name == "Origin" || name == "Referer" || strings.HasPrefix(name, "Sec-Fetch-") || strings.HasPrefix(name, "Sec-Ch-") || name == "X-Requested-With" && s.f.Status == 403 {
			odds := 2.0
			switch {
			case name == "Origin" && (s.f.Status == 403 || s.f.Status == 400):
				odds = r.odds
			case s.f.Status != 403 && s.f.Status != 0 && name != "Origin":
				continue // who turns a page away by them forbids it (W3C Fetch Metadata §4, OWASP's sheet on CSRF)
			}
			s.hit(r.at(odds), e.ID, "csrf_or_origin_rejected", "The header was copied from a browser.", remove(e.ID, .02))
		}
	}
}

// standard are header names that people write by hand and misspell.
var standard = []string{"Authorization", "Content-Type", "Content-Length", "Content-Encoding", "Accept", "Accept-Language", "Accept-Encoding", "User-Agent",
	"Cookie", "Host", "Origin", "Referer", "If-Match", "If-None-Match", "Idempotency-Key", "X-Api-Key", "X-Request-Id", "X-Csrf-Token", "Cache-Control", "X-Tenant-Id", "X-Correlation-Id"}

func checkHeaderName(s *scan, r rule) {
	for _, e := range s.x.Elements {
		name, ok := e.ID.In("header")
		if !ok || e.Default || slices.Contains(standard, name) || len(name) < 6 {
			continue
		}
		if known := s.siblingHeaders(); slices.Contains(known, name) {
			continue
		}
		near := ""
		for _, k := range append(slices.Clone(standard), s.siblingHeaders()...) {
			d := habit.Distance(strings.ToLower(name), strings.ToLower(k))
			if d > 0 && (d == 1 && len(k) >= 8 || d <= 2 && len(k) >= 10) || d > 0 && !strings.HasPrefix(k, "X-") && strings.EqualFold(letters(name), letters(k)) {
				near = k
				break
			}
		}
		if near == "" || legitimate[name] || name == "X-"+near || near == "X-"+name {
			continue
		}
		if _, there := s.x.Get(diagnose.ID("header", near)); there {
			continue
		}
		if near == "Authorization" {
			if _, there := s.x.Get("auth"); there {
				continue
			}
		}
		s.hit(r, e.ID, "missing_request_header", "The header's name is one slip away from "+near+".", rename(e.ID, near, .02))
	}
}

// legitimate are names that exist and are near to others.
var legitimate = map[string]bool{"X-Request-Uid": true, "X-Api-Keys": true, "Accept-Charset": true, "Accept-Ranges": true, "X-Apikey": true, "X-Correlationid": true, "X-Requestid": true, "X-Requested-With": true}

func letters(name string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "", ":", "").Replace(name)
}

func (s *scan) siblingHeaders() []string {
	var out []string
	for _, x := range s.same {
		for _, h := range x.Request.Header {
			if n := http.CanonicalHeaderKey(h.Name); !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

func checkForwarded(s *scan, r rule) {
	for _, e := range s.x.Elements {
		name, _ := e.ID.In("header")
		if strings.HasPrefix(name, "X-Forwarded-") || name == "Forwarded" || name == "X-Real-Ip" {
			s.hit(r, e.ID, "invalid_request_header", "The header is one that proxies set.", remove(e.ID, .02))
		}
	}
}
