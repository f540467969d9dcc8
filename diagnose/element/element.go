// Package element takes a request apart into addressable elements, and puts edits into it.
//
// An edit changes only what it names: the bytes of a JSON body, a query string or a form that no edit touches
// stay as they were written. The package reads and changes values; it sends nothing.
package element

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/jsontext"
	"culprit/request/secret"
	"culprit/request/xmltext"
)

// An Index is a request taken apart. Elements stand in the order of the search (§7.4): transport, url, auth,
// headers, cookies, query, body.
type Index struct {
	Request  request.Request
	Elements []diagnose.Element

	at   map[diagnose.ElementID]int
	json *jsontext.Node
	text string          // the text that json was read from
	xml  []xmltext.Value // of a body in XML
}

// Of takes r apart. A body that cannot be parsed is the one element "body".
func Of(r request.Request) *Index {
	x := &Index{Request: r, at: map[diagnose.ElementID]int{}}
	x.url()
	x.auth()
	x.headers()
	x.query()
	x.body()
	for i := range x.Elements {
		e := &x.Elements[i]
		e.Secret = e.Secret || x.holds(*e)
	}
	return x
}

// holds reports whether the value of a field, a parameter or a member is one of the secrets of the request, or has one
// in it, whatever it is called.
func (x *Index) holds(e diagnose.Element) bool {
	if e.Group == "url" || e.Group == "method" || e.ID == "body" {
		return false
	}
	value, ok := e.Value.(string)
	return ok && slices.ContainsFunc(x.Request.Secrets, func(s request.Secret) bool {
		return s.Value != "" && (value == s.Value || len(s.Value) >= minDerived && strings.Contains(value, s.Value))
	})
}

// Get returns the element id.
func (x *Index) Get(id diagnose.ElementID) (diagnose.Element, bool) {
	i, ok := x.at[id]
	if !ok {
		return diagnose.Element{}, false
	}
	return x.Elements[i], true
}

// XML returns the values of a body in XML; nil when the body is none. The path of each is the id of its element behind
// "body:".
func (x *Index) XML() []xmltext.Value { return x.xml }

// JSON returns the tree of a JSON body and its text, nil when the body is not JSON.
func (x *Index) JSON() (*jsontext.Node, string) { return x.json, x.text }

func (x *Index) add(e diagnose.Element) {
	if _, ok := x.at[e.ID]; ok {
		return
	}
	x.at[e.ID] = len(x.Elements)
	x.Elements = append(x.Elements, e)
}

func text(id, group, value string) diagnose.Element {
	return diagnose.Element{ID: diagnose.ElementID(id), Group: group, Value: value, Text: value}
}

func (x *Index) url() {
	method := x.Request.Method
	if method == "" {
		method = http.MethodGet
	}
	x.add(text("method", "method", method))
	u := SplitURL(x.Request.URL)
	x.add(text("url.scheme", "url", u.Scheme))
	x.add(text("url.host", "url", u.Host))
	if u.Port != "" {
		x.add(text("url.port", "url", u.Port))
	}
	x.add(text("url.path", "url", u.Path))
	for i, s := range u.segments() {
		x.add(text(string(diagnose.SegmentID(i)), "url", s))
	}
	if u.Fragment != "" {
		x.add(text("url.fragment", "url", u.Fragment))
	}
}

// auth makes one element of the credentials, whether they are a scheme of their own or a header.
func (x *Index) auth() {
	if v := authText(x.Request); v != "" {
		e := text("auth", "auth", v)
		e.Secret = true
		x.add(e)
	}
}

// authText returns the value that credentials go out with: "Bearer …", "Basic …", the key of an API key.
func authText(r request.Request) string {
	a := r.Auth
	switch a.Scheme {
	case "bearer":
		return "Bearer " + a.Param("token")
	case "basic":
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(a.Param("username")+":"+a.Param("password")))
	case "apikey":
		return a.Param("value")
	case "anyauth": // which scheme it will be is up to the server
		return "Basic " + base64.StdEncoding.EncodeToString([]byte(a.Param("username")+":"+a.Param("password")))
	case "digest", "ntlm", "negotiate", "wsse": // the answer to a challenge, or the digest, is computed when the request is sent
		return proving[a.Scheme] + " " + a.Param("username") + ":" + a.Param("password")
	case "awsv4": // the signature is made when the request is sent; what is written is the key
		return "AWS4-HMAC-SHA256 " + a.Param("accessKeyId") + ":" + a.Param("secretAccessKey")
	case "oauth1": // so is this one
		return "OAuth " + a.Param("consumerKey") + ":" + a.Param("consumerSecret") + ":" + a.Param("accessToken") + ":" + a.Param("accessTokenSecret")
	}
	return request.Get(r.Header, "Authorization")
}

// proving are the schemes that prove a password and do not send it, as a header spells them.
var proving = map[string]string{"digest": "Digest", "ntlm": "NTLM", "negotiate": "Negotiate", "wsse": "WSSE"}

// NamePassword returns the name and the password that the text of an element "auth" holds.
func NamePassword(auth string) (name, password string, ok bool) {
	if name, password, ok = basic(auth); ok {
		return name, password, true
	}
	_, name, password, ok = proved(auth)
	return name, password, ok
}

// proved reads the text of credentials of a proving scheme. A header that was computed elsewhere is none: it holds
// parameters in quotes, or a token.
func proved(auth string) (scheme, name, password string, ok bool) {
	word, rest, _ := strings.Cut(auth, " ")
	for scheme, spelled := range proving {
		if word == spelled && !strings.Contains(rest, `="`) {
			name, password, ok = strings.Cut(rest, ":")
			return scheme, name, password, ok
		}
	}
	return "", "", "", false
}

func (x *Index) headers() {
	seen := counter{}
	for _, h := range x.Request.Header {
		name := http.CanonicalHeaderKey(h.Name)
		switch name {
		case "Authorization":
			if x.Request.Auth.Scheme == "" && seen["header:"+name] == 0 {
				seen.id("header:" + name)
				continue // it is the element auth; a second one is a header of its own
			}
		case "Cookie":
			continue
		}
		group := "header"
		if strings.HasPrefix(name, "X-") {
			group = "header:custom"
		}
		e := text(seen.id("header:"+name), group, h.Value)
		e.Secret, e.Default = secret.Sensitive(name), h.Default
		x.add(e)
	}
	if t := x.Request.Body.Type; t != "" && !request.Has(x.Request.Header, "Content-Type") {
		e := text("header:Content-Type", "header", t)
		e.Default = true
		x.add(e)
	}
	for _, h := range x.Request.Header {
		if !strings.EqualFold(h.Name, "Cookie") {
			continue
		}
		for _, c := range splitCookies(h.Value) {
			e := text(seen.id("cookie:"+c.Name), "cookie", c.Value)
			e.Secret = true
			x.add(e)
		}
	}
}

func (x *Index) query() {
	seen := counter{}
	for _, p := range splitPairs(SplitURL(x.Request.URL).Query) {
		e := text(seen.id("query:"+p.name()), "query", p.value())
		e.Secret = secret.Sensitive(p.name())
		x.add(e)
	}
}

func (x *Index) body() {
	b := x.Request.Body
	switch b.Kind {
	case request.RawBody:
		x.add(text("body", "body", b.Text))
		x.rawBody(b.Text)
	case request.FormBody:
		x.add(text("body", "body", ""))
		seen := counter{}
		for _, f := range b.Fields {
			e := text(seen.id("form:"+f.Name), "form", f.Value)
			e.Secret = secret.Sensitive(f.Name)
			x.add(e)
		}
	case request.MultipartBody:
		x.add(text("body", "body", ""))
		seen := counter{}
		for _, p := range b.Parts {
			e := text(seen.id("multipart:"+p.Name), "multipart", p.Value)
			e.Secret = secret.Sensitive(p.Name)
			if p.Path != "" {
				e.Text, e.Value, e.Secret = "@"+p.Path, nil, false
			}
			x.add(e)
		}
	case request.FileBody:
		x.add(text("body", "body", "@"+b.Path))
	}
}

// Kind is the first word of an element's id, "body", "query", "header" and so on; ok is false where nothing follows it. A
// text in a multipart body or in XML is like a field of a form, where everything is text: its kind is "form", too.
func Kind(e diagnose.Element) (kind string, ok bool) {
	kind, _, ok = e.ID.Cut()
	if kind == "multipart" && e.Value != nil || e.Group == diagnose.Markup {
		kind = "form"
	}
	return kind, ok
}

// rawBody looks into a text: JSON and XML by their first character, a form by its declared type.
func (x *Index) rawBody(s string) {
	trimmed := strings.TrimLeft(s, " \t\r\n")
	if strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[") {
		root, err := jsontext.Parse([]byte(s))
		if err != nil {
			return
		}
		x.json, x.text = root, s
		root.Walk(func(p string, n *jsontext.Node) bool {
			if p != "" {
				x.add(member(p, n, s))
			}
			return true
		})
		return
	}
	if strings.HasPrefix(trimmed, "<") {
		x.xml, _ = xmltext.Values(s) // one that cannot be read is the element "body" alone
		for _, v := range x.xml {
			x.add(diagnose.Element{
				ID: diagnose.ID("body", v.Path), Group: diagnose.Markup, Value: v.Text, Text: string(jsontext.Quote(v.Text)), Secret: secret.Sensitive(v.Name),
			})
		}
		return
	}
	if isForm(x.Request) && strings.ContainsAny(s, "=&") && !strings.ContainsAny(firstName(s), " ,\n(\"") {
		seen := counter{}
		for _, p := range splitPairs(s) {
			e := text(seen.id("form:"+p.name()), "form", p.value())
			e.Secret = secret.Sensitive(p.name())
			x.add(e)
		}
	}
}

func member(pointer string, n *jsontext.Node, src string) diagnose.Element {
	e := diagnose.Element{
		ID: diagnose.ID("body", pointer), Text: src[n.Start:n.End],
		Group: "body:/" + jsontext.Token(jsontext.Split(pointer)[0]),
	}
	switch n.Kind {
	case jsontext.String:
		e.Value = jsontext.Unquote([]byte(e.Text))
	case jsontext.Number:
		e.Value = json.Number(e.Text)
	case jsontext.Bool:
		e.Value = e.Text == "true"
	case jsontext.Null:
	default:
		e.Value = json.RawMessage(e.Text)
	}
	// A flag called "signature" holds none: a boolean or null tells nothing that could be misused.
	e.Secret = secret.Sensitive(n.Key) && n.Kind != jsontext.Bool && n.Kind != jsontext.Null
	return e
}

// firstName is what stands in front of the first "=" of a body, all of it where there is none. A blank, a comma, a call or a
// line break in it says that it is text of another kind, which curl's -d declares as a form as well; so does a body
// that assigns nothing.
func firstName(s string) string {
	pair, _, _ := strings.Cut(s, "&")
	name, _, _ := strings.Cut(pair, "=")
	return name
}

// isForm reports whether r declares a URL-encoded form.
func isForm(r request.Request) bool {
	t := request.Get(r.Header, "Content-Type")
	if t == "" {
		t = r.Body.Type
	}
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(t)), "application/x-www-form-urlencoded")
}
