package auth

import (
	"cmp"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"hash"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/request"
)

// oauth1 signs with OAuth 1 (RFC 5849): each hop anew, in the header or the query. A key of RSA is given as text, not as a
// file.
type oauth1 struct {
	a      request.Auth
	method string
	key    *rsa.PrivateKey // nil where the secrets sign
}

// digest is that of the signature method, nil for PLAINTEXT. HMAC-SHA256 and HMAC-SHA512 are RFC 5849 §3.4.2 with another digest.
func (o oauth1) digest() func() hash.Hash {
	switch o.method {
	case "HMAC-SHA1", "RSA-SHA1":
		return sha1.New
	case "HMAC-SHA256", "RSA-SHA256":
		return sha256.New
	case "HMAC-SHA512", "RSA-SHA512":
		return sha512.New
	}
	return nil
}

// rsaHashes are the hashes that are signed with a key of RSA (RFC 5849 §3.4.3, and its habit).
var rsaHashes = map[string]crypto.Hash{"RSA-SHA1": crypto.SHA1, "RSA-SHA256": crypto.SHA256, "RSA-SHA512": crypto.SHA512}

// rsaKey reads a key of RSA from PEM, in PKCS #8 or PKCS #1.
func rsaKey(text string) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("auth oauth1 has no key of RSA in PEM (privateKey.value)")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	any, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("auth oauth1 cannot read its key: it is neither PKCS #8 nor PKCS #1, or has a passphrase") // the error may hold bytes of it
	}
	key, ok := any.(*rsa.PrivateKey)
	if !ok {
		return nil, errors.New("auth oauth1 has a key that is not of RSA")
	}
	return key, nil
}

func newOAuth1(a request.Auth) (request.Signer, error) {
	o := oauth1{a: a, method: strings.ToUpper(cmp.Or(a.Param("signatureMethod"), "HMAC-SHA1"))}
	if o.digest() == nil && o.method != "PLAINTEXT" {
		return nil, fmt.Errorf("auth oauth1 cannot sign with %q (HMAC and RSA with SHA1, SHA256 and SHA512, and PLAINTEXT are built)", o.method)
	}
	if _, ok := rsaHashes[o.method]; ok {
		if a.Param("privateKey.type") == "file" {
			return nil, errors.New("auth oauth1 reads no key from a file: its text belongs in a secret variable (privateKey.type text)")
		}
		key, err := rsaKey(a.Param("privateKey.value"))
		if err != nil {
			return nil, err
		}
		o.key = key
	}
	if a.Param("consumerKey") == "" {
		return nil, errors.New("auth oauth1 has no consumerKey")
	}
	if p := a.Param("placement"); p != "" && p != "header" && p != "query" {
		return nil, fmt.Errorf("auth oauth1 placement %q is neither header nor query", p)
	}
	return o, nil
}

// Sign implements request.Signer.
func (o oauth1) Sign(r *http.Request) error {
	form, sum, err := o.body(r)
	if err != nil {
		return err
	}
	own, inQuery := o.params(sum), o.a.Param("placement") == "query"
	if inQuery {
		r.URL.RawQuery = withoutOAuth(r.URL.RawQuery)
	}
	all := slices.Concat(own, pairs(r.URL.RawQuery), pairs(form))
	signature, err := o.signature(base(r, all))
	if err != nil {
		return fmt.Errorf("sign with OAuth 1: %w", err)
	}
	own = append(own, request.Field{Name: "oauth_signature", Value: signature})
	if inQuery {
		for _, p := range own {
			if r.URL.RawQuery != "" {
				r.URL.RawQuery += "&"
			}
			r.URL.RawQuery += percent(p.Name) + "=" + percent(p.Value)
		}
		return nil
	}
	var words []string
	if realm := o.a.Param("realm"); realm != "" {
		words = append(words, `realm="`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(realm)+`"`) // not encoded (RFC 5849 §3.5.1)
	}
	for _, p := range own {
		words = append(words, percent(p.Name)+`="`+percent(p.Value)+`"`)
	}
	set(r.Header, "Authorization", "OAuth "+strings.Join(words, ", "))
	return nil
}

// params are the protocol's own (RFC 5849 §3.1), without the signature; sum is the hash of a body.
func (o oauth1) params(sum string) []request.Field {
	var out []request.Field
	put := func(name, value string) {
		if value != "" {
			out = append(out, request.Field{Name: name, Value: value})
		}
	}
	put("oauth_consumer_key", o.a.Param("consumerKey"))
	put("oauth_token", o.a.Param("accessToken"))
	put("oauth_signature_method", o.method)
	put("oauth_timestamp", cmp.Or(o.a.Param("timestamp"), strconv.FormatInt(time.Now().Unix(), 10)))
	put("oauth_nonce", cmp.Or(o.a.Param("nonce"), rand.Text()))
	put("oauth_version", cmp.Or(o.a.Param("version"), "1.0"))
	put("oauth_callback", o.a.Param("callbackUrl"))
	put("oauth_verifier", o.a.Param("verifier"))
	put("oauth_body_hash", sum)
	return out
}

// body returns what the signature covers of it: the pairs of a form (RFC 5849 §3.4.1.3.1), else its hash, where one is
// asked for.
func (o oauth1) body(r *http.Request) (form, sum string, err error) {
	isForm := false
	for name, values := range r.Header {
		if strings.EqualFold(name, "Content-Type") && len(values) > 0 {
			media, _, _ := mime.ParseMediaType(values[0]) // what is none is no form
			isForm = media == "application/x-www-form-urlencoded"
		}
	}
	digest := o.digest()
	if r.GetBody == nil || !isForm && (digest == nil || o.a.Param("includeBodyHash") != "true") {
		return "", "", nil
	}
	b, err := r.GetBody()
	if err != nil {
		return "", "", fmt.Errorf("read the body to sign it: %w", err)
	}
	defer b.Close()
	if isForm {
		text, err := io.ReadAll(b)
		if err != nil {
			return "", "", fmt.Errorf("read the form to sign it: %w", err)
		}
		return string(text), "", nil
	}
	h := digest()
	if _, err := io.Copy(h, b); err != nil {
		return "", "", fmt.Errorf("read the body to sign it: %w", err)
	}
	return "", base64.StdEncoding.EncodeToString(h.Sum(nil)), nil
}

// signature signs a base string (RFC 5849 §3.4.2, §3.4.3, §3.4.4).
func (o oauth1) signature(base string) (string, error) {
	key := percent(o.a.Param("consumerSecret")) + "&" + percent(o.a.Param("accessTokenSecret"))
	digest := o.digest()
	if digest == nil {
		return key, nil
	}
	if o.key != nil {
		h := digest()
		io.WriteString(h, base) //nolint:errcheck // a hash takes all
		sum, err := rsa.SignPKCS1v15(nil, o.key, rsaHashes[o.method], h.Sum(nil))
		return base64.StdEncoding.EncodeToString(sum), err
	}
	mac := hmac.New(digest, []byte(key))
	io.WriteString(mac, base)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// base is the text that is signed (RFC 5849 §3.4.1): the method, the address without its query, and all pairs in order.
func base(r *http.Request, all []request.Field) string {
	host := strings.ToLower(r.Host)
	if port := map[string]string{"http": ":80", "https": ":443"}[r.URL.Scheme]; port != "" {
		host = strings.TrimSuffix(host, port)
	}
	path := cmp.Or(r.URL.EscapedPath(), "/")
	texts := make([]string, len(all))
	for i, p := range all {
		texts[i] = percent(p.Name) + "\x00" + percent(p.Value) // below every letter: names are compared before values
	}
	slices.Sort(texts)
	joined := strings.ReplaceAll(strings.Join(texts, "&"), "\x00", "=")
	return strings.ToUpper(r.Method) + "&" + percent(strings.ToLower(r.URL.Scheme)+"://"+host+path) + "&" + percent(joined)
}

// pairs decodes a query or a form in its order.
func pairs(text string) []request.Field {
	var out []request.Field
	for p := range strings.SplitSeq(text, "&") {
		if p == "" {
			continue
		}
		name, value, _ := strings.Cut(p, "=")
		out = append(out, request.Field{Name: unescaped(name), Value: unescaped(value)})
	}
	return out
}

func unescaped(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// withoutOAuth leaves out the parameters of a signature: a redirect within the origin often repeats the query.
func withoutOAuth(query string) string {
	parts := slices.DeleteFunc(strings.Split(query, "&"), func(p string) bool { return strings.HasPrefix(p, "oauth_") })
	return strings.Join(parts, "&")
}

// percent is the encoding of RFC 5849 §3.6.
func percent(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
