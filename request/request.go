// Package request is one HTTP exchange: what is asked, what happened on the way, what came back.
//
// It is the bottom of the program and imports no other package of it. A Request is plain data, every
// variable already filled in, so that a form can edit it, a file can keep it and a diagnosis can take it
// apart. Engine.Do performs it and records everything, always: each redirect hop, timings, addresses
// tried, TLS facts, sizes, and a typed Failure. How credentials are computed, how a body is encoded and
// how a response is decoded are skills of child packages (auth, body); package client hands them over.
package request

import (
	"cmp"
	"net"
	"slices"
	"strings"
	"time"
)

// A Request is what is to be sent, with every variable filled in. It is a value: Clone before changing one
// that somebody else holds. The zero value is not sendable (no URL).
type Request struct {
	Method string // token of RFC 9110 §9; "" means GET
	URL    string // as written, not yet checked: a diagnosis must be able to hold a malformed one
	Header []Field
	Auth   Auth
	Body   Body

	Settings Settings

	// Secrets are the values that must never be shown, each with the name of the variable or place it came
	// from. They are found when variables are resolved and when literal credentials are recognised.
	Secrets []Secret
	// Dir is the folder that relative file paths of the body and of TLS files start from; "" is the working
	// directory. A collection never reads outside it (RELIABILITY N5).
	Dir string
	// Confine makes a file outside Dir an error instead of a read. Set for requests that come from a collection.
	Confine bool
	// Jar gives the hops after a redirect their cookies; those of the first hop are in Header already. nil gives none. It
	// is no part of what is kept of a request.
	Jar Jar `json:"-"`
}

// A Field is one name and value of a header, a query, a form. Order and duplicates matter and are kept.
type Field struct {
	Name, Value string
	// Default marks a field that the client added by itself (User-Agent, Accept), not one that a person wrote.
	Default bool
}

// A Secret is a value with its provenance.
type Secret struct {
	Ref   string // "prod.token", "header Authorization"
	Value string
	// Mild is one that is not kept, and may be seen: a pair name=value of a cookie that is no credential, "lang=en". The
	// same text elsewhere, in a URL, says nothing of it.
	Mild bool
}

// Strict returns those of secrets that are not to be seen or sent anywhere else.
func Strict(secrets []Secret) []Secret {
	return slices.DeleteFunc(slices.Clone(secrets), func(s Secret) bool { return s.Mild })
}

// Valued returns what finds the value of one of all by its Ref.
func Valued(all []Secret) func(ref string) (string, bool) {
	return func(ref string) (string, bool) {
		i := slices.IndexFunc(all, func(s Secret) bool { return s.Ref == ref })
		if i < 0 {
			return "", false
		}
		return all[i].Value, true
	}
}

// Auth names a scheme of credentials and its parameters. The zero value sends none.
//
// Parameter names are those of OpenCollection: basic, digest and curl's negotiate and anyauth username,password; ntlm these
// and domain; bearer token; apikey key,value,placement (header, query; see InQuery); awsv4 accessKeyId,secretAccessKey,sessionToken,region,service
// (the last three may be ""); oauth1 consumerKey,consumerSecret,accessToken,accessTokenSecret,signatureMethod,placement (header, query),
// privateKey.value of RSA and those of RFC 5849 §3.1; wsse username,password,encoding (see package auth). Those of oauth2 stand in package auth.
type Auth struct {
	Scheme string
	Params []Field
}

// Param returns the value of the parameter name, "" when absent.
func (a Auth) Param(name string) string { return Get(a.Params, name) }

// With returns a copy in which parameter name has value.
func (a Auth) With(name, value string) Auth {
	a.Params = Set(slices.Clone(a.Params), name, value)
	return a
}

// InQuery reports whether the key of the scheme apikey goes into the query of the URL: its placement is "query", or
// "queryparams" as Bruno wrote it before OpenCollection. Case does not matter.
func (a Auth) InQuery() bool {
	p := a.Param("placement")
	return strings.EqualFold(a.Scheme, "apikey") && (strings.EqualFold(p, "query") || strings.EqualFold(p, "queryparams"))
}

// BodyKind says which fields of a Body count.
type BodyKind string

// The kinds of body.
const (
	NoBody        BodyKind = ""          // nothing is sent, no Content-Length on GET
	RawBody       BodyKind = "raw"       // Text, byte for byte
	FormBody      BodyKind = "form"      // Fields, application/x-www-form-urlencoded
	MultipartBody BodyKind = "multipart" // Parts, multipart/form-data; the boundary is made when sending
	FileBody      BodyKind = "file"      // the file at Path, streamed
)

// A Body is what is sent after the header. The zero value is no body.
type Body struct {
	Kind BodyKind
	// Type is the media type that goes out when no Content-Type header is set: "application/json", "" for none.
	Type   string
	Text   string // RawBody; any bytes
	Fields []Field
	Parts  []Part
	Path   string // FileBody
}

// A Part is one part of a multipart body: a value, or a file when Path is not "".
type Part struct {
	Name  string
	Value string
	Path  string
	// FileName is sent as the file's name; "" means the last element of Path.
	FileName string
	Type     string // Content-Type of the part; "" lets the encoder choose
}

// Settings are how a request is sent. The zero value is complete: the defaults of Limits and Timeouts,
// no redirect followed, proxy from the environment, TLS verified.
type Settings struct {
	// Follow is the number of redirects followed at most; 0 follows none. The engine follows them itself,
	// hop by hop, and drops every credential when the origin changes (scheme, host or port).
	Follow int
	// KeepMethod keeps the method and body on 301, 302 or 303 (curl's --post301, --post302, --post303).
	KeepMethod bool
	// KeepVerb keeps the method alone on 301, 302 and 303; the body is dropped as always. It is what curl does
	// with a method given by -X, and a trap.
	KeepVerb bool
	// TrustRedirects keeps credentials across origins (curl's --location-trusted). Never set by a collection.
	TrustRedirects bool

	Timeouts Timeouts
	Limits   Limits

	HTTPVersion string // "" negotiates, "1.0", "1.1", "2", "2-prior-knowledge"
	IPFamily    int    // 0 both, 4 or 6
	TLS         TLS
	Proxy       Proxy
	Resolve     []Override // addresses to use instead of DNS, as curl's --resolve and --connect-to
	UnixSocket  string
	// From is the other machine that opens the connection: "ssh://[user@]host[:port]"; "" is this one. It resolves
	// the name, and no proxy of this machine's environment is used. Never taken from a collection.
	From string
	// Client is the other program of this machine that sends the request: "curl"; "" is this one. It follows no
	// redirect. Never taken from a collection.
	Client string

	// Fresh opens a connection for this exchange alone and closes it after: exactly one request on the wire
	// for one intent (the transport of net/http silently repeats some requests on reused connections).
	Fresh bool
	// Raw leaves the response's Content-Encoding alone.
	Raw bool
	// WithholdBody sends "Expect: 100-continue" and the declared length, and never the body (RFC 9110 §10.1.1).
	WithholdBody bool
}

// Timeouts limits the phases of one hop. Zero takes the default, negative means no limit.
type Timeouts struct {
	Connect   time.Duration // default 10 s
	TLS       time.Duration // default 10 s
	FirstByte time.Duration // from the request written to the first byte of the response; default 60 s
	Idle      time.Duration // between two reads of the body; default 30 s
	Total     time.Duration // the whole exchange with all hops; default 120 s
}

// Limits bounds what a response may cost. Zero takes the default.
type Limits struct {
	Header int64 // bytes of the response header; default 1 MiB
	Body   int64 // decoded bytes of the body, then it is cut off; default 256 MiB
	Memory int64 // decoded bytes kept in memory before the body goes to a spool file; default 1 MiB
}

// TLS are the choices of a TLS connection. The zero value verifies against the system's roots.
type TLS struct {
	CAFile     string // PEM, in place of the system's roots
	CertFile   string // PEM certificate of the client
	KeyFile    string // its key; "" means it is in CertFile
	ServerName string // SNI and name to verify; "" means the host
	MinVersion string // "1.0" … "1.3"; "" means 1.2
	MaxVersion string // "" means 1.3
	Insecure   bool   // accept any certificate. Said in red, and never taken from a collection
}

// Proxy says through what a request goes.
type Proxy struct {
	// URL is "" for the proxy that the environment names, "direct" for none, or a proxy's URL
	// (http, https, socks5, socks5h).
	URL     string
	NoProxy string // as NO_PROXY, for a URL given here
}

// An Override maps a host and port to an address (curl's --resolve, --connect-to).
type Override struct {
	Host string // "" any
	Port string // "" any
	To   string // "127.0.0.1", "[::1]" or "host:port"
}

// Overridden returns the address, host:port, that takes the place of host and port; "" when none does.
func (s Settings) Overridden(host, port string) string {
	for _, o := range s.Resolve {
		if o.Host != "" && !strings.EqualFold(strings.Trim(o.Host, "[]"), host) || o.Port != "" && o.Port != port {
			continue
		}
		if h, p, err := net.SplitHostPort(o.To); err == nil {
			return net.JoinHostPort(cmp.Or(h, host), cmp.Or(p, port))
		}
		return net.JoinHostPort(strings.Trim(o.To, "[]"), port)
	}
	return ""
}

// Get returns the value of the first field called name; case does not matter.
func Get(fields []Field, name string) string {
	for _, f := range fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Has reports whether a field is called name; case does not matter.
func Has(fields []Field, name string) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return strings.EqualFold(f.Name, name) })
}

// Set gives the first field called name the value, or appends one. It changes fields in place.
func Set(fields []Field, name, value string) []Field {
	for i, f := range fields {
		if strings.EqualFold(f.Name, name) {
			fields[i].Value, fields[i].Default = value, false
			return fields
		}
	}
	return append(fields, Field{Name: name, Value: value})
}

// Del returns fields without those called name, in a new slice.
func Del(fields []Field, name string) []Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f Field) bool { return strings.EqualFold(f.Name, name) })
}

// Clone returns a copy that shares nothing with r.
func (r Request) Clone() Request {
	r.Header = slices.Clone(r.Header)
	r.Auth.Params = slices.Clone(r.Auth.Params)
	r.Body.Fields = slices.Clone(r.Body.Fields)
	r.Body.Parts = slices.Clone(r.Body.Parts)
	r.Settings.Resolve = slices.Clone(r.Settings.Resolve)
	r.Secrets = slices.Clone(r.Secrets)
	return r
}

// WithDefaults returns r with the header fields that culprit sends by itself, each marked Default, where r
// does not set them: User-Agent, Accept, Accept-Encoding. A curl command brings curl's own instead.
func (r Request) WithDefaults(agent string) Request {
	r = r.Clone()
	for _, f := range []Field{
		{"User-Agent", agent, true},
		{"Accept", "*/*", true},
		{"Accept-Encoding", "gzip, deflate, br, zstd", true},
	} {
		if !Has(r.Header, f.Name) {
			r.Header = append(r.Header, f)
		}
	}
	return r
}

// Safe reports whether the method is safe by RFC 9110 §9.2.1, it asks for nothing to change, and nothing in r asks the
// server to take another method for it, see Overrides.
func (r Request) Safe() bool {
	return harmless(r.Method) && !slices.ContainsFunc(r.Overrides(), func(o Instead) bool { return !harmless(o.Method) })
}

func harmless(method string) bool {
	switch method {
	case "", "GET", "HEAD", "OPTIONS", "TRACE":
		return true
	}
	return false
}
