package webhook

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// The forms of a key.
const (
	asGiven            = "as given"
	decodedAfterPrefix = "base64-decoded after its prefix"
)

// A Match is a way to compute the signature that gives the one that was sent.
type Match struct {
	Secret string // name of the secret
	Hash   string // "SHA-256"
	Layout string // what is signed: "body", "timestamp.body"
	Key    string // how the secret becomes the key
	Body   string // what was done to the stored body; "as stored" for nothing
	// The departures from what the scheme documents and from the bytes that were stored. All false: it fits.
	OtherLayout, OtherKey, OtherBody bool
}

// Fits reports that the delivery is signed as documented, over the bytes that were stored.
func (m *Match) Fits() bool { return !m.OtherLayout && !m.OtherKey && !m.OtherBody }

type variant struct {
	name string
	data []byte
}

// A way is one combination to try.
type way struct {
	secret, key, body, layout int
	departures                int
}

// find tries the documented way first, then the others by how many of its parts they change. It returns the first way
// that gives a signature of the delivery, and how many were tried.
func (s signed) find(secrets []Secret) (*Match, int) {
	stored, layouts := bodies(s.delivery.Body), s.layouts()
	keys := make([][]variant, len(secrets))
	var ways []way
	for i, secret := range secrets {
		keys[i] = keyForms(secret.Value)
		for k := range keys[i] {
			for b := range stored {
				for l := range layouts {
					w := way{i, k, b, l, 0}
					for _, other := range []bool{keys[i][k].name != s.scheme.key, b != 0, layouts[l].name != s.scheme.layout} {
						if other {
							w.departures++
						}
					}
					ways = append(ways, w)
				}
			}
		}
	}
	slices.SortStableFunc(ways, func(a, b way) int { return a.departures - b.departures })
	for n, w := range ways {
		key, body, l := keys[w.secret][w.key], stored[w.body], layouts[w.layout]
		for _, want := range s.wanted {
			mac := hmac.New(hashOf(len(want)), key.data)
			for _, part := range l.of(body.data) {
				mac.Write(part)
			}
			if hmac.Equal(mac.Sum(nil), want) {
				return &Match{secrets[w.secret].Name, hashName(len(want)), l.name, key.name, body.name,
					l.name != s.scheme.layout, key.name != s.scheme.key, w.body != 0}, n + 1
			}
		}
	}
	return nil, len(ways)
}

// A layout is what is signed: the body with what stands around it.
type layout struct {
	name string
	of   func(body []byte) [][]byte
}

// layouts are those that senders document, each with every timestamp and id of the delivery.
func (s signed) layouts() []layout {
	out := []layout{{"body", func(b []byte) [][]byte { return [][]byte{b} }}}
	around := func(name, before, after string) {
		out = append(out, layout{name, func(b []byte) [][]byte { return [][]byte{[]byte(before), b, []byte(after)} }})
	}
	for _, t := range s.stamps {
		around("timestamp.body", t+".", "")
		around("v0:timestamp:body", "v0:"+t+":", "")
		around("timestamp:body", t+":", "")
		around("timestamp and body", t, "")
		for _, id := range s.ids {
			around("id.timestamp.body", id+"."+t+".", "")
			around("id, timestamp and body", id+t, "")
		}
	}
	for _, u := range urls(s.delivery.URL) {
		around("URL and body", u, "")
		for _, t := range s.stamps {
			around("method, URL, body and timestamp", s.delivery.Method+u, t)
		}
	}
	return out
}

// urls are the forms of the receiver's URL: behind a proxy the scheme may be lost.
func urls(u string) []string {
	if rest, ok := strings.CutPrefix(u, "//"); ok {
		return []string{"https://" + rest, "http://" + rest}
	}
	if rest, ok := strings.CutPrefix(u, "http://"); ok {
		return []string{u, "https://" + rest}
	}
	return []string{u}
}

// keyForms are the ways in which a secret is used as a key.
func keyForms(secret string) []variant {
	out := []variant{{asGiven, []byte(secret)}}
	add := func(name string, data []byte, ok bool) {
		if ok && len(data) > 0 && !slices.ContainsFunc(out, func(v variant) bool { return bytes.Equal(v.data, data) && v.name != decodedAfterPrefix }) {
			out = append(out, variant{name, data})
		}
	}
	trimmed := strings.Trim(secret, " \t\r\n\"'")
	bare := trimmed
	if i := strings.IndexByte(trimmed, '_'); i > 0 && i <= 8 { // whsec_
		bare = trimmed[i+1:]
	}
	decoded, ok := unbase64(bare)
	add(decodedAfterPrefix, decoded, ok)
	add("without the white space or quotes around it", []byte(trimmed), true)
	add("without its prefix", []byte(bare), true)
	decoded, ok = unbase64(trimmed)
	add("base64-decoded", decoded, ok)
	raw, err := hex.DecodeString(bare)
	add("hex-decoded", raw, err == nil)
	return out
}

func unbase64(s string) ([]byte, bool) {
	b, err := base64.RawStdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "=")))
	return b, err == nil
}

// large is the size from which a body is not written anew in many ways.
const large = 1 << 20

// bodies are the stored body and what it may have been before something changed it.
func bodies(b []byte) []variant {
	out := []variant{{"as stored", b}}
	add := func(name string, data []byte) {
		if !slices.ContainsFunc(out, func(v variant) bool { return bytes.Equal(v.data, data) }) {
			out = append(out, variant{name, data})
		}
	}
	add("without the line break at its end", bytes.TrimRight(b, "\r\n"))
	add("with a line break at its end", append(bytes.Clone(b), '\n'))
	add("without the white space around it", bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\ufeff"))))
	if len(b) > large {
		return out
	}
	lf := bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	add("with LF for CRLF", lf)
	add("with CRLF for LF", bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n")))
	add("as UTF-8, read as Latin-1 before", toLatin1(b))
	var compact bytes.Buffer
	if json.Compact(&compact, b) != nil {
		return out
	}
	one := compact.Bytes()
	for _, text := range []variant{{"", one}, {", with \\/ as /", bytes.ReplaceAll(one, []byte(`\/`), []byte("/"))}, {", with / as \\/", bytes.ReplaceAll(one, []byte("/"), []byte(`\/`))}} {
		add("as compact JSON"+text.name, text.data)
		add("as compact JSON in ASCII"+text.name, escaped(text.data))
	}
	for _, width := range []int{2, 4} {
		var b bytes.Buffer
		if json.Indent(&b, one, "", strings.Repeat(" ", width)) == nil {
			add(fmt.Sprintf("as JSON indented by %d", width), b.Bytes())
		}
	}
	add("as JSON with spaces after : and ,", spaced(one))
	add("as JSON with spaces after : and , in ASCII", escaped(spaced(one)))
	add("as compact JSON with its keys sorted", sorted(one))
	return out
}

// toLatin1 undoes that UTF-8 was read as Latin-1 and written as UTF-8 again; b itself when it was not.
func toLatin1(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for _, r := range string(b) {
		if r > 0xff {
			return b
		}
		out = append(out, byte(r))
	}
	return out
}

// spaced writes compact JSON as Python's json.dumps does.
func spaced(compact []byte) []byte {
	out := make([]byte, 0, len(compact)+len(compact)/8)
	text := false
	for i, c := range compact {
		out = append(out, c)
		if c == '"' && !quoted(compact, i) {
			text = !text
		}
		if !text && (c == ':' || c == ',') {
			out = append(out, ' ')
		}
	}
	return out
}

// quoted reports whether the byte at i stands behind an odd number of backslashes.
func quoted(b []byte, i int) bool {
	n := 0
	for i--; i >= 0 && b[i] == '\\'; i-- {
		n++
	}
	return n%2 == 1
}

// escaped writes JSON in ASCII: every other character as \uXXXX.
func escaped(b []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(b) {
		switch {
		case r < 0x80:
			out.WriteRune(r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}

func sorted(compact []byte) []byte {
	d := json.NewDecoder(bytes.NewReader(compact))
	d.UseNumber()
	var v any
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if d.Decode(&v) != nil || e.Encode(v) != nil {
		return compact
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
