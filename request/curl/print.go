package curl

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"culprit/request"
)

// A Style says how a command is laid out.
type Style string

// The styles.
const (
	OneLine Style = "one line"
	Lines   Style = "lines" // one option a line, with \ at their ends
)

// Print returns a command for a POSIX shell (with $'…' for control characters, POSIX.1-2024) whose curl sends
// what r says: the same method, URL, header fields, body and credentials, and no field that r does not have.
// values is called on every value that could hold a secret and returns what is printed for it; nil prints it
// as it is. Parse(Print(r)) is r again, but that forms come back as the text they are sent as, bearer tokens and
// API keys as header fields or query, and limits and timeouts that curl does not have are lost.
func Print(r request.Request, style Style, values func(string) string) string {
	if values == nil {
		values = func(s string) string { return s }
	}
	p := printer{values: values, quote: quote}
	p.add("curl")
	p.all(r)
	sep := " "
	if style == Lines {
		sep = " \\\n  "
	}
	return p.before + strings.Join(p.groups, sep)
}

func (p *printer) all(r request.Request) {
	p.method(r)
	p.url(r)
	p.header(r)
	p.auth(r.Auth)
	p.settings(r.Settings)
	p.body(r.Body)
}

// A printer collects the options, each with its value.
type printer struct {
	groups []string
	before string // a command that writes the body to standard input
	file   bool   // for a file of options, not for a command line
	values func(string) string
	quote  func(string) string // makes one word of a value
}

// add appends an option with its values, quoted.
func (p *printer) add(option string, values ...string) {
	for _, v := range values {
		option += " " + p.quote(v)
	}
	p.groups = append(p.groups, option)
}

func (p *printer) method(r request.Request) {
	method, implied := r.Method, "GET"
	if method == "" {
		method = "GET"
	}
	if r.Body.Kind != request.NoBody {
		implied = "POST"
	}
	switch {
	case method == "HEAD" && r.Body.Kind == request.NoBody:
		p.add("-I")
	case method != implied || r.Settings.KeepVerb:
		p.add("-X", method)
	}
}

func (p *printer) url(r request.Request) {
	u := r.URL
	if r.Auth.InQuery() {
		u, fragment, hash := strings.Cut(u, "#")
		sep := "?"
		if strings.Contains(u, "?") {
			sep = "&"
		}
		u += sep + url.QueryEscape(r.Auth.Param("key")) + "=" + url.QueryEscape(r.Auth.Param("value"))
		if hash {
			u += "#" + fragment
		}
		p.address(u)
		return
	}
	p.address(u)
}

func (p *printer) address(u string) {
	if strings.ContainsAny(u, `[]{}\`) {
		p.add("-g")
	}
	if strings.Contains(u, "/.") {
		p.add("--path-as-is")
	}
	u = p.values(u)
	if p.file || strings.HasPrefix(u, "-") || u == "" {
		p.add("--url", u)
		return
	}
	p.add(p.quote(u))
}

// header prints the fields in order, and takes away those that curl would add.
func (p *printer) header(r request.Request) {
	fields := r.Header
	if r.Body.Type != "" && !request.Has(fields, "Content-Type") {
		fields = append(fields[:len(fields):len(fields)], request.Field{Name: "Content-Type", Value: r.Body.Type})
	}
	own := []request.Field{{Name: "User-Agent", Value: Agent}, {Name: "Accept", Value: "*/*"}}
	if raw(r.Body.Kind) {
		own = append(own, request.Field{Name: "Content-Type", Value: formType})
	}
	for _, o := range own {
		if !request.Has(fields, o.Name) && (o.Name != "Content-Type" || r.Body.Kind != request.FormBody) {
			p.add("-H", o.Name+":")
		}
	}
	for _, f := range fields {
		switch {
		case f.Default && byCurl(f, own):
		case f.Name == "Accept-Encoding" && f.Value == accepted && f.Default:
			p.add("--compressed")
		case strings.Trim(f.Value, " \t") == "":
			p.add("-H", f.Name+";")
		default:
			p.add("-H", f.Name+": "+p.values(f.Value))
		}
	}
}

// byCurl reports whether curl adds the field by itself.
func byCurl(f request.Field, own []request.Field) bool {
	for _, o := range own {
		if strings.EqualFold(o.Name, f.Name) && o.Value == f.Value {
			return true
		}
	}
	return false
}

// raw reports whether a body goes into an option of the --data family.
func raw(k request.BodyKind) bool {
	return k == request.RawBody || k == request.FormBody || k == request.FileBody
}

func (p *printer) auth(a request.Auth) {
	switch a.Scheme {
	case "basic", "digest", "ntlm", "negotiate", "anyauth":
		name := p.values(a.Param("username"))
		if domain := a.Param("domain"); a.Scheme == "ntlm" && domain != "" {
			name = p.values(domain) + `\` + name
		}
		p.add("-u", name+":"+p.values(a.Param("password")))
		if a.Scheme != "basic" {
			p.add("--" + a.Scheme)
		}
	case "awsv4":
		p.add("-u", p.values(a.Param("accessKeyId"))+":"+p.values(a.Param("secretAccessKey")))
		p.add("--aws-sigv4", strings.TrimRight("aws:amz:"+p.values(a.Param("region"))+":"+p.values(a.Param("service")), ":"))
		if t := a.Param("sessionToken"); t != "" {
			p.add("-H", "X-Amz-Security-Token: "+p.values(t))
		}
	case "bearer":
		p.add("-H", "Authorization: Bearer "+p.values(a.Param("token")))
	case "oauth2":
		p.add("-H", "Authorization: Bearer ACCESS_TOKEN") // it is got when the request is sent, and is not known here
	case "oauth1":
		p.add("-H", "Authorization: OAuth SIGNATURE") // these two are made when the request is sent, and curl makes none
	case "wsse":
		p.add("-H", "X-WSSE: UsernameToken DIGEST")
	case "apikey":
		if !a.InQuery() {
			p.add("-H", a.Param("key")+": "+p.values(a.Param("value")))
		}
	}
}

func (p *printer) body(b request.Body) {
	switch b.Kind {
	case request.RawBody:
		text := p.values(b.Text)
		if strings.IndexByte(text, 0) >= 0 { // no argument of a program can hold a zero byte
			p.before = "printf " + octal(text) + " | "
			p.add("--data-binary", "@-")
			return
		}
		p.add("--data-raw", text)
	case request.FormBody:
		pairs := make([]string, 0, len(b.Fields))
		for _, f := range b.Fields {
			pairs = append(pairs, url.QueryEscape(f.Name)+"="+url.QueryEscape(p.values(f.Value)))
		}
		p.add("--data-raw", strings.Join(pairs, "&"))
	case request.FileBody:
		p.add("--data-binary", "@"+b.Path)
	case request.MultipartBody:
		for _, part := range b.Parts {
			p.part(part)
		}
	}
}

func (p *printer) part(part request.Part) {
	if part.Path == "" && part.Type == "" && part.FileName == "" {
		p.add("--form-string", part.Name+"="+p.values(part.Value))
		return
	}
	s := part.Name + "="
	if part.Path != "" {
		s += "@" + doubleQuoted(part.Path)
	} else {
		s += doubleQuoted(p.values(part.Value))
	}
	if part.Type != "" {
		s += ";type=" + part.Type
	}
	if part.FileName != "" {
		s += ";filename=" + doubleQuoted(part.FileName)
	}
	p.add("-F", s)
}

func doubleQuoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func (p *printer) settings(s request.Settings) {
	if s.Follow > 0 {
		if s.TrustRedirects {
			p.add("--location-trusted")
		} else {
			p.add("-L")
		}
		if s.Follow != curlRedirects {
			p.add("--max-redirs", strconv.Itoa(s.Follow))
		}
		if s.KeepMethod {
			p.add("--post301")
			p.add("--post302")
			p.add("--post303")
		}
	}
	flag := func(on bool, option string) {
		if on {
			p.add(option)
		}
	}
	text := func(option, v string) {
		if v != "" {
			p.add(option, v)
		}
	}
	seconds := func(option string, d time.Duration) {
		if d > 0 {
			p.add(option, strconv.FormatFloat(d.Seconds(), 'f', -1, 64))
		}
	}
	flag(s.TLS.Insecure, "-k")
	text("--cacert", s.TLS.CAFile)
	text("--cert", strings.NewReplacer(`\`, `\\`, ":", `\:`).Replace(s.TLS.CertFile))
	text("--key", s.TLS.KeyFile)
	text("--tls-max", s.TLS.MaxVersion)
	flag(s.TLS.MinVersion != "", "--tlsv"+s.TLS.MinVersion)
	flag(s.IPFamily != 0, "-"+strconv.Itoa(s.IPFamily))
	flag(s.HTTPVersion != "", "--http"+s.HTTPVersion)
	flag(s.Raw, "--raw")
	text("--unix-socket", s.UnixSocket)
	switch s.Proxy.URL {
	case "":
	case "direct":
		p.add("--noproxy", "*")
	default:
		p.add("-x", p.values(s.Proxy.URL))
		text("--noproxy", s.Proxy.NoProxy)
	}
	for _, o := range s.Resolve {
		p.override(o)
	}
	seconds("--connect-timeout", s.Timeouts.Connect)
	seconds("-m", s.Timeouts.Total)
	if s.Limits.Body > 0 {
		p.add("--max-filesize", strconv.FormatInt(s.Limits.Body, 10))
	}
}

func (p *printer) override(o request.Override) {
	to := o.To
	if f := hostFields(to); len(f) == 1 {
		to += ":"
	}
	p.add("--connect-to", fmt.Sprintf("%s:%s:%s", o.Host, o.Port, to))
}

// quote writes s as one word of a shell: as it is, in single quotes, or in $'…' when it holds what a terminal
// or a copy would damage.
func quote(s string) string {
	plain, strange := s != "", !utf8.ValidString(s)
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._/:=@%+,", r):
		case r == '\n' || r >= 0x20 && r < 0x7f:
			plain = false
		case !unicode.IsPrint(r):
			strange = true
		default:
			plain = false
		}
	}
	switch {
	case strange:
		return dollar(s)
	case plain:
		return s
	case !strings.Contains(s, "'"):
		return "'" + s + "'"
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// dollar writes s as $'…', each byte that is not printable ASCII as three octal digits.
func dollar(s string) string {
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b.Write([]byte{'\\', c})
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\r':
			b.WriteString(`\r`)
		case c == '\t':
			b.WriteString(`\t`)
		case c == 0: // cannot be in an argument; only a body may hold one, and goes another way
		case c < 0x20 || c > 0x7e:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteString("'")
	return b.String()
}

// octal writes s as the format of printf, in single quotes.
func octal(s string) string {
	var b strings.Builder
	b.WriteString("'")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\\' || c == '%':
			b.Write([]byte{c, c})
		case c < 0x20 || c > 0x7e || c == '\'':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteString("'")
	return b.String()
}
