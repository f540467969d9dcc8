package lab

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Tokens are the credentials that the shop knows, made at the start.
type Tokens struct {
	Valid    string // a JWT with every scope of a shopkeeper
	Reader   string // valid, but only reads
	Expired  string // ran out 42 minutes before the start
	Early    string // not valid before an hour after the start
	Staging  string // valid, issued for another audience
	Owner    string // of the shop's owner, who may see everything
	Forged   string // well formed, signed with another key
	APIKey   string // of the live shop, for X-Api-Key
	TestKey  string // of the same customer's test shop
	User     string // for Basic
	Password string
	Refresh  string // gets a new Valid
	Session  string // value of the cookie "sid"
	CSRF     string // value that X-CSRF-Token needs with that cookie
}

// audience is what a token for this API says in "aud".
const audience = "https://api.shop.example"

// owner is the subject of the shop's owner.
const owner = "odette"

// claims is what a token says.
type claims struct {
	Issuer   string `json:"iss"`
	Subject  string `json:"sub"`
	Audience string `json:"aud"`
	Scope    string `json:"scope"`
	Issued   int64  `json:"iat"`
	From     int64  `json:"nbf"`
	Until    int64  `json:"exp"`
}

func (c claims) may(scope string) bool {
	return scope == "" || slices.Contains(strings.Fields(c.Scope), scope)
}

// A signer makes and checks JWTs (RFC 7519) with HS256.
type signer struct {
	issuer string
	key    []byte
}

func newSigner(issuer string) (*signer, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	return &signer{issuer, key}, nil
}

// tokens makes the credentials; times are relative to now, so that none ages before it should.
func (s *signer) tokens(now time.Time) Tokens {
	full := claims{
		Issuer: s.issuer, Subject: "ada", Audience: audience,
		Scope:  "orders:read orders:write products:read products:write customers:read customers:write",
		Issued: now.Add(-time.Minute).Unix(), From: now.Add(-time.Minute).Unix(), Until: now.Add(24 * time.Hour).Unix(),
	}
	with := func(change func(*claims)) string {
		c := full
		change(&c)
		return s.sign(c)
	}
	other := &signer{s.issuer, []byte(rand.Text())}
	return Tokens{
		Valid:  s.sign(full),
		Reader: with(func(c *claims) { c.Subject, c.Scope = "carl", "orders:read products:read customers:read" }),
		Expired: with(func(c *claims) {
			c.Issued, c.From = now.Add(-102*time.Minute).Unix(), now.Add(-102*time.Minute).Unix()
			c.Until = now.Add(-42 * time.Minute).Unix()
		}),
		Early:    with(func(c *claims) { c.From = now.Add(time.Hour).Unix() }),
		Staging:  with(func(c *claims) { c.Audience = "https://api.staging.shop.example" }),
		Owner:    with(func(c *claims) { c.Subject = owner }),
		Forged:   other.sign(full),
		APIKey:   "sk_live_" + rand.Text(),
		TestKey:  "sk_test_" + rand.Text(),
		User:     "ada",
		Password: "difference-engine",
		Refresh:  strings.ToLower(rand.Text()),
		Session:  strings.ToLower(rand.Text()),
		CSRF:     strings.ToLower(rand.Text()),
	}
}

func (s *signer) sign(c claims) string {
	body, err := json.Marshal(c)
	if err != nil {
		return "" // cannot happen: strings and numbers only
	}
	text := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(body)
	return text + "." + encode(s.mac(text))
}

// What can be wrong with a token, in the words of RFC 6750's error_description.
var (
	errMalformedToken = errors.New("the access token is malformed")
	errSignature      = errors.New("the access token's signature does not verify")
	errExpired        = errors.New("the access token expired")
	errEarly          = errors.New("the access token is not valid yet")
	errAudience       = errors.New("the access token was issued for another audience")
)

// check returns what token says when it is good at now.
func (s *signer) check(token string, now time.Time) (claims, error) {
	var c claims
	head, sum, ok := cutLast(token, ".")
	mac, err := base64.RawURLEncoding.DecodeString(sum)
	if !ok || err != nil || strings.Count(token, ".") != 2 {
		return c, errMalformedToken
	}
	if subtle.ConstantTimeCompare(mac, s.mac(head)) == 0 {
		return c, errSignature
	}
	_, payload, _ := strings.Cut(head, ".")
	text, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil || json.Unmarshal(text, &c) != nil {
		return c, errMalformedToken
	}
	switch {
	case now.Unix() >= c.Until:
		return c, errExpired
	case now.Unix() < c.From:
		return c, errEarly
	case c.Audience != audience:
		return c, errAudience
	}
	return c, nil
}

func (s *signer) mac(text string) []byte {
	h := hmac.New(sha256.New, s.key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
