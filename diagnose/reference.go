package diagnose

import (
	"strings"

	"culprit/request/lazyre"
)

// A Reference is one place where a rule stands.
type Reference struct {
	Text string // "RFC 9110 §15.5.21, HTTP semantics"
	URL  string // where to read it; "" for what stands in no document
}

var (
	rfcPlace   = lazyre.New(`^(?:(.*): )?RFC (\d+)(?: §([\d.]+))?(?: (.*))?$`)
	draftPlace = lazyre.New(`^draft-[a-z0-9-]+$`)
)

// References are the places that Ref names, each with its address.
func (l Lesson) References() []Reference {
	var out []Reference
	rfc := ""
	for part := range strings.SplitSeq(l.Ref, ", ") {
		if strings.HasPrefix(part, "§") && rfc != "" {
			part = "RFC " + rfc + " " + part
		}
		m := rfcPlace.FindStringSubmatch(part)
		switch {
		case m != nil:
			rfc = m[2]
			r := Reference{part, "https://www.rfc-editor.org/rfc/rfc" + rfc}
			if title := titles[rfc]; title != "" {
				r.Text += ", " + title
			}
			if m[3] != "" {
				r.URL += "#section-" + m[3]
			}
			out = append(out, r)
		case draftPlace.MatchString(part):
			out = append(out, Reference{part, "https://datatracker.ietf.org/doc/" + part + "/"})
		case part != "" && len(out) > 0 && rfc != "":
			out[len(out)-1].Text += ", " + part
		case part != "":
			out = append(out, Reference{Text: part})
		}
	}
	return out
}

// titles say what an RFC is about, shorter than its own title does.
var titles = map[string]string{
	"1035": "domain names",
	"3339": "dates and times",
	"3986": "URIs",
	"5280": "X.509 certificates",
	"6585": "additional status codes",
	"6749": "OAuth 2.0",
	"6750": "bearer tokens",
	"7239": "the Forwarded header",
	"7519": "JSON Web Token",
	"8020": "names that do not exist",
	"8259": "JSON",
	"8305": "Happy Eyeballs",
	"8446": "TLS 1.3",
	"8594": "the Sunset header",
	"8707": "resource indicators of OAuth 2.0",
	"9110": "HTTP semantics",
	"9293": "TCP",
	"9421": "HTTP message signatures",
	"9457": "problem details of HTTP APIs",
	"9525": "service identity in TLS",
	"9745": "the Deprecation header",
}
