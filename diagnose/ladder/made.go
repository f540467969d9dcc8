package ladder

import (
	"net/url"
	"slices"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
)

// Made is what the writes of a run have made at the server, as their answers say, once each (§11, rule 2): whoever allowed
// them may want to remove it. Nothing is removed here.
func (l *Ladder) Made() []diagnose.Made {
	var out []diagnose.Made
	for _, p := range l.Records {
		if p.Outcome != diagnose.Pass || p.Safety != diagnose.S5.String() || p.Status/100 != 2 || p.Answer == nil || p.Kind == diagnose.Renew {
			continue
		}
		x := p.Answer.Exchange
		if m := x.Request.Method; m != "POST" && (m != "PUT" || p.Status != 201) {
			continue // it changed what was there
		}
		// 201 says that something was made, and so does a place; an id beside another success may be anybody's: a login's user.
		m := diagnose.Made{Probe: p.N, URL: locationOf(x), ID: idOf(x.Response())}
		if m.URL == "" && (m.ID == "" || p.Status != 201) || slices.ContainsFunc(out, func(o diagnose.Made) bool { return o.URL == m.URL && o.ID == m.ID }) {
			continue
		}
		out = append(out, m)
	}
	return out
}

// locationOf is where what was made is (RFC 9110 §10.2.2), "" when the answer does not say.
func locationOf(x *request.Exchange) string {
	base, err := url.Parse(x.Last().Sent.URL)
	if err != nil {
		return ""
	}
	if at := request.Get(x.Response().Header, "Location"); at != "" {
		if to, err := base.Parse(at); err == nil {
			to.User, to.RawQuery, to.Fragment = nil, "", "" // what may be a signature is nobody's business
			return to.String()
		}
	}
	if x.Request.Method == "PUT" {
		return x.Last().Sent.URL
	}
	return ""
}

// mostBody is how much of an answer is read for an identifier.
const mostBody = 64 << 10

// idOf is what the answer calls what was made: its id, in the object itself or in the one that it wraps.
func idOf(r *request.Response) string {
	b := r.Body.Head(mostBody)
	root, err := jsontext.Parse(b)
	if err != nil {
		return ""
	}
	for _, at := range []string{"", "/data"} {
		for _, name := range []string{"id", "_id", "uuid", "guid"} {
			n := root.At(at + "/" + name)
			if n == nil || n.Kind != jsontext.String && n.Kind != jsontext.Number {
				continue
			}
			id := string(b[n.Start:n.End])
			if n.Kind == jsontext.String {
				id = jsontext.Unquote(b[n.Start:n.End])
			}
			if id != "" && len(id) <= longID {
				return id
			}
		}
	}
	return ""
}

// longID is how long an identifier is at most: what is longer is no name.
const longID = 100
