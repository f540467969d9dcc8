package curl

import (
	"path"
	"slices"
	"strings"

	"culprit/request"
	"culprit/request/vars"
)

// curlRedirects is how many redirects curl follows with -L and nothing else (curl_easy_setopt MAXREDIRS).
const curlRedirects = 50

// request makes the request that the options describe.
func (s *state) request() (request.Request, error) {
	if !s.hasURL || s.url == "" {
		return request.Request{}, &Error{s.line.words[0].at, "there is no URL in it"}
	}
	r := request.Request{Settings: s.settings}
	r.URL = s.target()
	r.Body = s.body()
	r.Method = s.verb(r.Body)
	r.Header = s.fields()
	r.Auth = s.auth(r.Header)
	s.finishProxy()
	r.Settings.Proxy = s.settings.Proxy
	if err := s.tunnel(r); err != nil {
		return request.Request{}, err
	}
	if s.follow {
		r.Settings.Follow = curlRedirects
		if s.hasMax {
			r.Settings.Follow = s.maxRedirs
		}
		if s.maxRedirs < 0 {
			r.Settings.Follow = curlRedirects
			s.note(Changed, s.seen["max-redirs"], "at most 50 redirects are followed")
		}
		if s.method != "" {
			r.Settings.KeepVerb = true
		}
	}
	r.Secrets = vars.Literals(r)
	return r, nil
}

// target returns the URL with its query, and a scheme as curl guesses it.
func (s *state) target() string {
	u := s.url
	if !s.globoff {
		u = s.unglob(u)
	}
	query := slices.Clone(s.query)
	if s.get {
		if d := s.joined(); d != "" {
			query = append(query, d)
		}
	}
	if len(query) > 0 {
		u, fragment, hash := strings.Cut(u, "#")
		switch {
		case !strings.Contains(u, "?"):
			u += "?"
		case !strings.HasSuffix(u, "?"):
			u += "&"
		}
		u += lowerHex(strings.Join(query, "&"))
		if hash {
			u += "#" + fragment
		}
		return s.normal(u)
	}
	return s.normal(u)
}

// lowerHex writes the digits of percent escapes small, as curl does in a query that it adds.
func lowerHex(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' && isHex(b[i+1]) && isHex(b[i+2]) {
			b[i+1], b[i+2] = b[i+1]|0x20, b[i+2]|0x20 // digits have that bit already
		}
	}
	return string(b)
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// normal gives the URL a scheme, the name of an uploaded file, and a path without dot segments.
func (s *state) normal(u string) string {
	if !strings.Contains(u, "://") && !strings.HasPrefix(u, "{{") {
		u = s.form + "://" + strings.TrimLeft(u, "/")
	}
	if s.upload != nil && !s.get && strings.HasSuffix(u, "/") && *s.upload != "-" && *s.upload != "." {
		u += path.Base(*s.upload)
	}
	if s.asIs || !strings.Contains(u, "/.") {
		return u
	}
	start := strings.Index(u, "://") + len("://")
	slash := strings.IndexByte(u[start:], '/')
	if start < len("://") || slash < 0 {
		return u
	}
	head, tail := u[:start+slash], u[start+slash:]
	end := strings.IndexAny(tail, "?#")
	if end < 0 {
		end = len(tail)
	}
	return head + removeDots(tail[:end]) + tail[end:]
}

// removeDots removes the segments . and .. of a path (RFC 3986 §5.2.4), as curl does.
func removeDots(p string) string {
	var out []string
	segments := strings.Split(p, "/")
	for i, seg := range segments {
		last := i == len(segments)-1
		switch {
		case seg == "..":
			if len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		case seg == ".":
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, seg)
		}
	}
	return strings.Join(out, "/")
}

// unglob takes the backslashes off brackets and braces, and says when curl would make several URLs of one.
func (s *state) unglob(u string) string {
	if !strings.ContainsAny(u, `[]{}\`) {
		return u
	}
	bare := strings.NewReplacer(`\[`, "", `\]`, "", `\{`, "", `\}`, "").Replace(u)
	for _, ref := range vars.Find(bare) {
		bare = strings.ReplaceAll(bare, bare[ref.At:ref.End], strings.Repeat("_", ref.End-ref.At))
	}
	_, rest, _ := strings.Cut(bare, "://")
	if strings.Contains(bare, "{") || strings.Contains(strings.TrimPrefix(rest, "["), "[") {
		s.note(Changed, given{text: s.url, at: s.urlAt}, "curl makes several URLs of brackets and braces (unless -g is given); here it is one URL as written")
	}
	return strings.NewReplacer(`\[`, "[", `\]`, "]", `\{`, "{", `\}`, "}").Replace(u)
}

// joined returns the pieces of data as one.
func (s *state) joined() string {
	var b strings.Builder
	for i, d := range s.data {
		if i > 0 && d.join {
			b.WriteByte('&')
		}
		b.WriteString(d.text)
	}
	return b.String()
}

// body returns the body. Of several kinds -T wins, then -d, then -F.
func (s *state) body() request.Body {
	hasData := len(s.data) > 0 && !s.get
	if s.upload != nil {
		if hasData || s.isForm {
			s.note(Changed, s.seen["upload-file"], "curl cannot send a file and other data at once; the file is sent")
		}
		if *s.upload == "-" && s.line.hasStdin && s.line.stdinFile == "" {
			return request.Body{Kind: request.RawBody, Text: s.line.stdinText}
		}
		if name := s.path(*s.upload); name != "-" && name != "." {
			return request.Body{Kind: request.FileBody, Path: name}
		}
		s.note(Unsupported, s.seen["upload-file"], "it reads standard input, which is not part of the command")
		return request.Body{Kind: request.RawBody}
	}
	if hasData {
		if s.isForm {
			s.note(Changed, s.seen["form"], "curl cannot send -d and -F at once; the data of -d is sent")
		}
		for _, d := range s.data {
			if d.file == "" {
				continue
			}
			if len(s.data) > 1 {
				s.note(Unsupported, d.at, "the file is not read here, so it cannot be joined to other data")
				continue
			}
			if d.at.name != "data-binary" {
				s.note(Changed, d.at, "curl takes the line ends out of the file; here it is sent as it is")
			}
			return request.Body{Kind: request.FileBody, Path: s.path(d.file)}
		}
		return request.Body{Kind: request.RawBody, Text: s.joined()}
	}
	if s.isForm {
		return request.Body{Kind: request.MultipartBody, Parts: s.parts}
	}
	return request.Body{}
}

// verb returns the method: -X as it is, or what the other options imply.
func (s *state) verb(b request.Body) string {
	switch {
	case s.method != "":
		return s.method
	case s.head:
		return "HEAD"
	case s.upload != nil:
		return "PUT"
	case b.Kind != request.NoBody:
		return "POST"
	}
	return "GET"
}

// fields returns the header: curl's own fields that -H does not replace or remove, then those of -H.
func (s *state) fields() []request.Field {
	var own, custom []request.Field
	removed := map[string]bool{}
	for _, h := range s.headers {
		name, value, ok := strings.Cut(h, ":")
		value = strings.TrimLeft(value, " \t")
		switch {
		case ok && value == "":
			removed[strings.ToLower(name)] = true
		case ok:
			custom = append(custom, request.Field{Name: name, Value: value})
		case strings.HasSuffix(h, ";"):
			custom = append(custom, request.Field{Name: strings.TrimSuffix(h, ";")})
		default:
			s.note(Unsupported, s.seen["header"], "a header field without a colon is not sent")
		}
	}
	add := func(name, value string, byDefault bool) {
		if !removed[strings.ToLower(name)] && !request.Has(custom, name) {
			own = append(own, request.Field{Name: name, Value: value, Default: byDefault})
		}
	}
	switch {
	case s.agent == nil:
		add("User-Agent", Agent, true)
	case *s.agent != "":
		add("User-Agent", *s.agent, false)
	}
	if s.isJSON {
		add("Accept", "application/json", true)
	} else {
		add("Accept", "*/*", true)
	}
	if s.compressed {
		add("Accept-Encoding", accepted, true)
	}
	if s.ranges != "" {
		add("Range", "bytes="+s.ranges, false)
	}
	if s.referer != nil && *s.referer != "" {
		add("Referer", *s.referer, false)
	}
	if len(s.cookies) > 0 {
		own = append(own, request.Field{Name: "Cookie", Value: strings.Join(s.cookies, ";")})
	}
	last := len(own)
	switch {
	case s.isJSON && !s.get:
		add("Content-Type", "application/json", true)
	case len(s.data) > 0 && !s.get && s.upload == nil:
		add("Content-Type", formType, true)
	}
	// curl sends the Content-Type that it adds after the fields of -H.
	return slices.Concat(own[:last], custom, own[last:])
}

// auth returns the credentials; a header field that carries them wins, as in curl.
func (s *state) auth(header []request.Field) request.Auth {
	if request.Has(header, "Authorization") {
		if s.user != nil || s.bearer != nil {
			by := "user"
			if s.user == nil {
				by = "oauth2-bearer"
			}
			s.note(Changed, s.seen[by], "the Authorization header given with -H is sent, not these credentials")
		}
		return request.Auth{}
	}
	if s.bearer != nil && (s.user == nil || s.scheme == "") {
		return request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: *s.bearer}}}
	}
	if s.user == nil {
		return request.Auth{}
	}
	name, password, ok := strings.Cut(*s.user, ":")
	if !ok {
		s.note(Changed, s.seen["user"], "curl would ask for the password; here it is empty")
	}
	if s.sigv4 != nil {
		return s.awsv4(name, password)
	}
	scheme := "basic"
	if s.scheme != "" {
		if scheme = s.scheme; scheme == "negotiate" {
			s.note(Changed, s.seen[scheme], "the password is proved by NTLM; a ticket of Kerberos cannot be used")
		}
	}
	return request.Auth{Scheme: scheme, Params: []request.Field{{Name: "username", Value: name}, {Name: "password", Value: password}}}
}

// awsv4 reads --aws-sigv4 "aws:amz:region:service", whose last two may be missing: they are in the host then.
func (s *state) awsv4(key, secretKey string) request.Auth {
	part := append(strings.Split(*s.sigv4, ":"), "", "", "", "")
	if part[0] != "aws" && part[0] != "" {
		s.note(Unsupported, s.seen["aws-sigv4"], "only the signature of AWS itself can be made")
	}
	a := request.Auth{Scheme: "awsv4", Params: []request.Field{{Name: "accessKeyId", Value: key}, {Name: "secretAccessKey", Value: secretKey}}}
	for i, name := range []string{"region", "service"} {
		if v := part[2+i]; v != "" {
			a = a.With(name, v)
		}
	}
	return a
}
