package auth

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"net/http"
	"strings"

	"github.com/icholy/digest"

	"culprit/request"
)

// digested is Digest (RFC 7616): the password is proved and never sent. The first round asks for the nonce.
type digested struct {
	username, password string
	challenge          *digest.Challenge // the one to answer; nil before it came
	renewed            bool              // a stale nonce was replaced
}

// Sign sets Authorization once there is a challenge, and takes one away that was written by hand.
func (d *digested) Sign(r *http.Request) error {
	if d.challenge == nil {
		unset(r.Header, "Authorization")
		return nil
	}
	c, o := *d.challenge, digest.Options{Method: r.Method, URI: r.URL.RequestURI(), GetBody: r.GetBody, Count: 1, Username: d.username, Password: d.password}
	own := c.Algorithm
	if base, ok := session(own); ok {
		c.Algorithm, o.Cnonce = base, rand.Text()
		o.A1 = hashed(base, hashed(base, d.username, c.Realm, d.password), c.Nonce, o.Cnonce) // RFC 7616 §3.4.2
	}
	answer, err := digest.Digest(&c, o)
	if err != nil {
		return fmt.Errorf("answer the digest challenge: %w", err)
	}
	answer.Algorithm = own
	set(r.Header, "Authorization", answer.String())
	return nil
}

// Answer takes the first challenge that can be answered (RFC 7616 §3.7), and once a newer nonce for one that was stale.
func (d *digested) Answer(status int, header []request.Field) bool {
	if status != http.StatusUnauthorized {
		return false
	}
	for _, text := range challengesFor("Digest", header) {
		c, err := digest.ParseChallenge(digest.Prefix + text)
		if err != nil || !answerable(*c) {
			continue
		}
		for i, q := range c.QOP {
			c.QOP[i] = strings.TrimSpace(q)
		}
		first := d.challenge == nil
		if !first && (d.renewed || !c.Stale) {
			return false // this answer to it was refused
		}
		d.renewed = !first
		d.challenge = c
		return true
	}
	return false
}

// Bare implements request.Challenged.
func (d *digested) Bare() bool { return d.challenge == nil }

// Bound implements request.Challenged.
func (d *digested) Bound() bool { return false }

// answerable reports whether the algorithm of a challenge is one of those of RFC 7616 §6.1, and its protection is known.
func answerable(c digest.Challenge) bool {
	if base, ok := session(c.Algorithm); ok {
		c.Algorithm = base
	}
	return digest.CanDigest(&c)
}

// session cuts "-sess" off an algorithm whose key depends on the nonces, too.
func session(algorithm string) (base string, ok bool) {
	if n := len(algorithm) - len("-sess"); n > 0 && strings.EqualFold(algorithm[n:], "-sess") {
		return algorithm[:n], true
	}
	return algorithm, false
}

// hashed joins parts with colons and hashes them.
func hashed(algorithm string, parts ...string) string {
	var h hash.Hash
	switch strings.ToUpper(algorithm) {
	case "SHA-256":
		h = sha256.New()
	case "SHA-512":
		h = sha512.New()
	case "SHA-512-256":
		h = sha512.New512_256()
	default:
		h = md5.New()
	}
	h.Write([]byte(strings.Join(parts, ":")))
	return hex.EncodeToString(h.Sum(nil))
}
