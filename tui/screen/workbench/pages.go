package workbench

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"culprit/request"
	"culprit/tui/theme"
	"culprit/tui/widget/editor"
	"culprit/tui/widget/frame"
	"culprit/tui/widget/looks"
)

// bodyPeek is how much of a body is drawn as plain lines: more than a screen, little enough for one frame.
const bodyPeek = 64 << 10

// headerNames is how wide a column of header names gets at most, and namesShare its part of the page where that is less.
const (
	headerNames = 30
	namesShare  = 2. / 5
)

// fieldRows are fields in two columns, the values broken between words. A name too long for its column has a line of its
// own: those beside it do not pay for it.
func fieldRows(s *theme.Styles, v *veil, fields []request.Field, width int) []string {
	w, most := 0, min(headerNames, int(float64(width)*namesShare))
	for _, f := range fields {
		if n := ansi.StringWidth(clean(f.Name)); n <= most {
			w = max(w, n)
		}
	}
	w += len("  ")
	var out []string
	for _, f := range fields {
		name := s.Text.Label.Render(clean(f.Name))
		if ansi.StringWidth(name) > w-2 {
			out, name = append(out, name), ""
		}
		for _, l := range prose(s.Text.Plain, clean(v.value(f.Name, f.Value)), max(width-w, 1)) {
			out = append(out, frame.Line(name, w)+l)
			name = ""
		}
	}
	return out
}

func headerRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	var out []string
	for i := len(x.Hops) - 1; i >= 0; i-- {
		res := x.Hops[i].Response
		if res == nil {
			continue
		}
		if len(x.Hops) > 1 {
			out = append(out, s.Text.Title.Render("Hop "+strconv.Itoa(i+1)+"  "+strconv.Itoa(res.Status)+" "+clean(res.Reason)))
		}
		out = append(out, fieldRows(s, v, res.Header, w)...)
		if len(res.Trailer) > 0 {
			out = append(out, "", s.Text.Title.Render("Trailers"))
			out = append(out, fieldRows(s, v, res.Trailer, w)...)
		}
		out = append(out, "")
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("No response, so no headers.")}
	}
	return out
}

// sentRows is what went out, hop by hop, as on the wire: the first line, the headers in their order, the body; and what
// a redirect after it left behind.
func sentRows(s *theme.Styles, v *veil, x *request.Exchange, w int) []string {
	var out []string
	for i, h := range x.Hops {
		if len(x.Hops) > 1 {
			out = append(out, s.Text.Title.Render("Hop "+strconv.Itoa(i+1))+"  "+s.Text.Muted.Render(clean(h.Conn.Remote)))
		}
		verb := s.Method(h.Sent.Method).Bold(true).Render(clean(h.Sent.Method)) + " "
		out = append(out, hang(verb, s.Text.Plain, clean(v.text(target(h)))+" "+clean(h.Sent.Proto), w)...)
		for _, f := range h.Sent.Header {
			name := s.Text.Label.Render(clean(f.Name)) + s.Text.Muted.Render(": ")
			lines := hang(name, s.Text.Plain, clean(v.value(f.Name, f.Value)), w)
			if from := origin(&x.Request, h.Sent.Jar, f); from != "" && ansi.StringWidth(lines[0])+len("  "+from) <= w {
				lines[0] = frame.Ends(lines[0], s.Text.Faint.Render("  "+from), w)
			}
			out = append(out, lines...)
		}
		out = append(out, "")
		if h.Sent.Body.Size() > 0 {
			out = append(out, bodyLines(s, v, h.Sent, w)...)
			if shown := min(h.Sent.Body.Size(), bodyPeek); h.Sent.Size > shown {
				out = append(out, s.Text.Muted.Render("the first "+size(shown)+" of "+size(h.Sent.Size)+"   ")+s.Text.Key.Render("enter")+s.Text.Muted.Render(" shows all"))
			}
			out = append(out, "")
		} else if h.Sent.Size > 0 {
			out = append(out, s.Text.Muted.Render("the history does not keep this body of "+size(h.Sent.Size)), "")
		}
		if h.Followed != nil {
			out = append(append(out, redirect(s, v, h.Followed, w)...), "")
		}
	}
	if len(out) == 0 {
		return []string{s.Text.Muted.Render("Nothing went out.")}
	}
	return out
}

// bodyLines is the beginning of a body as it went over the wire.
func bodyLines(s *theme.Styles, v *veil, sent request.Sent, w int) (out []string) {
	texts := strings.Split(string(sent.Body.Head(bodyPeek)), "\n")
	ends := make([]bool, len(texts)) // with a carriage return: a file with both line ends is a cause of failures
	for i, l := range texts {
		l, ends[i] = strings.CutSuffix(l, "\r")
		texts[i] = clean(v.text(l))
	}
	var tinted []string
	if strings.Contains(request.Get(sent.Header, "Content-Type"), "json") {
		tinted = editor.Tinted(looks.Of(s), texts)
	}
	for i, l := range texts {
		lines := hang("", s.Text.Plain, l, w)
		if tinted != nil && len(lines) == 1 {
			lines[0] = tinted[i]
		}
		if ends[i] {
			lines[len(lines)-1] += s.Text.Faint.Render(`\r`)
		}
		out = append(out, lines...)
	}
	return out
}

// origin says who put a header field that went out into the request, where it was not the person who wrote its header:
// its auth, the jar of cookies, or the client, which adds what HTTP asks for and what it says of itself.
func origin(r *request.Request, jar []string, f request.Field) string {
	if strings.EqualFold(f.Name, "Cookie") && len(jar) > 0 {
		return "jar: " + strings.Join(jar, ", ")
	}
	for _, h := range r.Header {
		if strings.EqualFold(h.Name, f.Name) && !h.Default && !f.Default {
			return ""
		}
	}
	switch {
	case strings.HasPrefix(f.Name, ":"): // the first line of HTTP/2
		return ""
	case r.Auth.Scheme != "" && slices.ContainsFunc(authFields(r.Auth), func(name string) bool { return strings.EqualFold(name, f.Name) }):
		return "auth"
	}
	return "added"
}

// authFields are the names of the header fields that an auth may set (package auth).
func authFields(a request.Auth) []string {
	switch a.Scheme {
	case "wsse":
		return []string{"X-WSSE"}
	case "awsv4":
		return []string{"Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"}
	}
	return []string{"Authorization", request.Get(a.Params, "key")}
}

// target is the request target of a hop as on the wire (RFC 9112 §3.2): the whole URL to a proxy that reads it,
// else the path and the query.
func target(h request.Hop) string {
	u, err := url.Parse(h.Sent.URL)
	if err != nil || h.Conn.Proxy != "" && u.Scheme == "http" {
		return h.Sent.URL
	}
	return u.RequestURI()
}
