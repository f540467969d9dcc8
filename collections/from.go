package collections

import (
	"strings"

	"culprit/request"
)

// FromRequest makes a saved request that sends what r sends: a pasted curl command, an entry of a HAR file.
// Fields that the client added by itself are left out, literal values stay literal. What a saved request cannot
// hold is listed in lost: TLS options, proxies, addresses.
func FromRequest(r request.Request) (saved Saved, lost []string) {
	s := Saved{Method: r.Method, URL: r.URL, Auth: SavedAuth{Scheme: r.Auth.Scheme, Params: r.Auth.Params}, Body: savedBody(r)}
	if s.Method == "" {
		s.Method = "GET"
	}
	for _, h := range r.Header {
		if !h.Default {
			s.Headers = append(s.Headers, Row{Name: h.Name, Value: h.Value})
		}
	}
	follow := r.Settings.Follow > 0
	s.Settings.FollowRedirects = &follow
	for _, l := range []struct {
		set  bool
		what string
	}{
		{r.Settings.TLS != (request.TLS{}), "TLS options"}, {r.Settings.Proxy != (request.Proxy{}), "the proxy"},
		{len(r.Settings.Resolve) > 0, "addresses given by hand"}, {r.Settings.UnixSocket != "", "the Unix socket"},
		{r.Settings.HTTPVersion != "", "the HTTP version"}, {r.Settings.IPFamily != 0, "the address family"},
	} {
		if l.set {
			lost = append(lost, l.what)
		}
	}
	return InStep(s), lost
}

func savedBody(r request.Request) SavedBody {
	b := r.Body
	switch b.Kind {
	case request.FormBody:
		return SavedBody{Type: "form-urlencoded", Rows: formRows(b.Fields)}
	case request.MultipartBody:
		s := SavedBody{Type: "multipart-form"}
		for _, p := range b.Parts {
			part := Part{Row: Row{Name: p.Name, Value: p.Value}, Type: p.Type}
			if p.Path != "" {
				part.IsFile, part.File = true, []string{p.Path}
			}
			s.Parts = append(s.Parts, part)
		}
		return s
	case request.FileBody:
		return SavedBody{Type: "file", Parts: []Part{{IsFile: true, File: []string{b.Path}, Type: b.Type}}}
	case request.RawBody:
		return SavedBody{Type: textKind(r), Text: b.Text}
	}
	return SavedBody{}
}

// textKind is the kind of a text body, by its declared type first and its first character else.
func textKind(r request.Request) string {
	t := strings.ToLower(request.Get(r.Header, "Content-Type"))
	if t == "" {
		t = r.Body.Type
	}
	text := strings.TrimSpace(r.Body.Text)
	switch {
	case strings.Contains(t, "json"), t == "" && (strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[")):
		return "json"
	case strings.Contains(t, "xml"):
		return "xml"
	}
	return "text"
}

func formRows(fields []request.Field) []Row {
	rows := make([]Row, len(fields))
	for i, f := range fields {
		rows[i] = Row{Name: f.Name, Value: f.Value}
	}
	return rows
}
