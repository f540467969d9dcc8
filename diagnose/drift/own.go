package drift

import (
	"bytes"
	"fmt"
	"mime"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
)

// itself is what a departure from the answer's own header is compared with.
const itself = "its own header"

// maxBody is how much of a body is looked at, in bytes: what is larger is data, and its shape shows before.
const maxBody = 2 << 20

// own compares a body with what its header announces (R1, R4, R5, R6).
func own(x *request.Exchange) []diagnose.Departure {
	out := deprecated(x.Response())
	b, whole := bodyOf(x)
	if len(b) == 0 {
		return out
	}
	for _, look := range []func(*request.Exchange, []byte, bool) *diagnose.Departure{coding, media, charset} {
		if d := look(x, b, whole); d != nil {
			return append(out, *d) // what does not decode has no charset, and what is no JSON no members
		}
	}
	return out
}

// bodyOf returns the beginning of the body, and whether that is all of it.
func bodyOf(x *request.Exchange) (b []byte, whole bool) {
	resp := x.Response()
	if x.Request.Method == "HEAD" || resp.Status == 204 || resp.Status == 205 || resp.Status == 206 {
		return nil, false
	}
	return resp.Body.Head(maxBody), resp.Body.Size() <= maxBody && resp.Body.Cut == ""
}

func typeOf(resp *request.Response) (essence, charset string) {
	v := request.Get(resp.Header, "Content-Type")
	_, params, _ := mime.ParseMediaType(v) // none of what is no media type
	return request.Essence(v), strings.ToLower(params["charset"])
}

// isHTML reports whether a body is a page.
func isHTML(b []byte) bool {
	head := bytes.ToLower(bytes.TrimLeft(b[:min(len(b), 512)], " \t\r\n\ufeff"))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) || bytes.HasPrefix(head, []byte("<head"))
}

// magic are the first bytes of compressed data (RFC 1952 §2.3.1, RFC 8878 §3.1.1).
var magic = []struct{ name, bytes string }{{"gzip", "\x1f\x8b\x08"}, {"zstd", "\x28\xb5\x2f\xfd"}}

// coding sees a text that is still compressed: no Content-Encoding says so, or one coding too few.
func coding(x *request.Exchange, b []byte, _ bool) *diagnose.Departure {
	resp := x.Response()
	is, _ := typeOf(resp)
	if !request.IsJSON(is) && !strings.HasPrefix(is, "text/") && !strings.HasSuffix(is, "xml") {
		return nil // an archive is what it is
	}
	for _, m := range magic {
		if !bytes.HasPrefix(b, []byte(m.bytes)) {
			continue
		}
		d := &diagnose.Departure{Place: "header Content-Encoding", Change: "coding", Is: m.name, Against: itself, Cause: "content_coding_error", Weight: proof,
			Text: "the body is " + m.name + ", and no Content-Encoding says so"}
		if had := request.Get(resp.Header, "Content-Encoding"); had != "" {
			d.Was, d.Text = had, "the body is "+m.name+" once more after its Content-Encoding, "+had+", was undone"
		}
		return d
	}
	return nil
}

// guards are what some servers put before JSON on purpose, so that no page can run it as a script.
var guards = []string{")]}'", "while(1);", "for(;;);", "/*"}

// media sees a page, half a document, or no JSON at all where JSON is declared.
func media(x *request.Exchange, b []byte, whole bool) *diagnose.Departure {
	declared, _ := typeOf(x.Response())
	text := strings.TrimLeft(string(b[:min(len(b), 64)]), " \t\r\n\ufeff")
	switch {
	case isHTML(b) && request.IsJSON(declared):
		return &diagnose.Departure{Place: "header Content-Type", Change: "media", Was: declared, Is: "text/html", Against: itself, Cause: "response_content_type_mismatch", Weight: proof,
			Text: "the body is an HTML page, declared as " + declared}
	case !request.IsJSON(declared) || !whole || text == "":
		return signIn(x, b)
	}
	for _, g := range guards {
		if strings.HasPrefix(text, g) {
			return nil
		}
	}
	_, err := jsontext.Parse(bytes.TrimPrefix(b, []byte("\ufeff")))
	switch end := len(bytes.TrimRight(b, " \t\r\n")); {
	case err == nil:
		return nil
	case (text[0] == '{' || text[0] == '[') && err.Offset >= end:
		return &diagnose.Departure{Place: "body", Change: "cut", Is: strconv.Itoa(len(b)) + " bytes", Against: itself, Cause: "truncated_response", Weight: proof,
			Text: fmt.Sprintf("the JSON ends in the middle, after %d bytes (%s)", len(b), err)}
	case lines(b):
		return nil // a stream of documents, as many APIs declare it
	}
	return &diagnose.Departure{Place: "body", Change: "media", Was: declared, Against: itself, Cause: "response_content_type_mismatch", Weight: proof,
		Text: "the body is no JSON, declared as " + declared + " (" + err.Error() + ")"}
}

// lines reports whether b is one JSON document after another, each on a line of its own.
func lines(b []byte) bool {
	n := 0
	for line := range bytes.Lines(b) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if _, err := jsontext.Parse(line); err != nil {
			return false
		}
		n++
	}
	return n > 1
}

// signIn sees the page that asks for a password at the end of a redirect (R4).
func signIn(x *request.Exchange, b []byte) *diagnose.Departure {
	if len(x.Hops) < 2 || !isHTML(b) || !bytes.Contains(bytes.ToLower(b), []byte(`type="password"`)) {
		return nil
	}
	return &diagnose.Departure{Place: "body", Change: "media", Is: "a sign-in page", Against: "the request", Cause: "session_cookie_invalid", Weight: proof,
		Text: "a redirect ended at a page that asks for a password"}
}

// charset sees bytes that are not in the charset that they are declared in. JSON is UTF-8 (RFC 8259 §8.1).
func charset(x *request.Exchange, b []byte, whole bool) *diagnose.Departure {
	is, set := typeOf(x.Response())
	if set == "" && request.IsJSON(is) {
		set = "utf-8"
	}
	if set != "utf-8" && set != "us-ascii" {
		return nil
	}
	for at := 0; at < len(b); {
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n < 2 && (whole || len(b)-at >= utf8.UTFMax) {
			return &diagnose.Departure{Place: "header Content-Type", Change: "charset", Was: set, Is: fmt.Sprintf("byte 0x%02X", b[at]), Against: itself,
				Cause: "response_content_type_mismatch", Weight: proof, Text: fmt.Sprintf("byte %d of the body, 0x%02X, is no %s", at, b[at], strings.ToUpper(set))}
		}
		at += max(n, 1)
	}
	return nil
}

// deprecated says what the answer announces of the end of the API (RFC 9745, RFC 8594). It is no fault today.
func deprecated(resp *request.Response) []diagnose.Departure {
	var out []diagnose.Departure
	add := func(field, text string) {
		out = append(out, diagnose.Departure{Place: "header " + field, Change: "deprecated", Is: request.Get(resp.Header, field), Against: itself, Cause: "api_deprecated_or_removed", Weight: note, Text: text})
	}
	if v := request.Get(resp.Header, "Deprecation"); v != "" && v != "false" {
		when := v
		if n, err := strconv.ParseInt(strings.TrimPrefix(v, "@"), 10, 64); err == nil && v[0] == '@' {
			when = time.Unix(n, 0).UTC().Format(time.DateOnly)
		}
		add("Deprecation", "the API says that this is deprecated: "+when)
	}
	if v := request.Get(resp.Header, "Sunset"); v != "" {
		add("Sunset", "the API says that this will be switched off: "+v)
	}
	return out
}
