package webhook

import (
	"crypto/sha1" //nolint:gosec // what senders sign with
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"
	"time"

	"culprit/request"
)

// A scheme is a documented way of signing.
type scheme struct {
	name   string
	header string        // with the signature
	layout string        // of layouts
	key    string        // of keyForms
	wait   time.Duration // how long the sender waits for an answer, by its documentation
}

// schemes are those with headers of their own, from the documentation of each. Others are found by the form of their
// headers and by trying every layout.
var schemes = []scheme{
	{"Stripe", "Stripe-Signature", "timestamp.body", asGiven, 10 * time.Second},
	{"GitHub", "X-Hub-Signature-256", "body", asGiven, 10 * time.Second},
	{"GitHub", "X-Hub-Signature", "body", asGiven, 10 * time.Second},
	{"Standard Webhooks", "webhook-signature", "id.timestamp.body", decodedAfterPrefix, 15 * time.Second},
	{"Svix", "svix-signature", "id.timestamp.body", decodedAfterPrefix, 15 * time.Second},
	{"Slack", "X-Slack-Signature", "v0:timestamp:body", asGiven, 3 * time.Second},
	{"Shopify", "X-Shopify-Hmac-Sha256", "body", asGiven, 5 * time.Second},
}

// unknown stands for a sender that signs in a way of its own.
var unknown = scheme{"", "", "body", asGiven, 10 * time.Second}

// A signed is what the headers of a delivery say about its signature.
type signed struct {
	delivery Delivery
	scheme   scheme
	header   string   // with the signature, "" when there is none
	wanted   [][]byte // signatures, any of which may fit
	stamps   []string // timestamps as written, the likeliest first
	ids      []string
}

// read finds the signature: in the header of a known scheme, else in one named like it.
func read(d Delivery) signed {
	s := signed{delivery: d, scheme: unknown}
	for _, k := range schemes {
		if v := request.Get(d.Header, k.header); v != "" {
			s.scheme, s.header = k, k.header
			s.take(v)
			break
		}
	}
	for _, h := range d.Header {
		low := strings.ToLower(h.Name)
		switch {
		case strings.Contains(low, "timestamp"):
			s.stamps = append(s.stamps, strings.TrimSpace(h.Value))
		case s.header == "" && (strings.Contains(low, "signature") || strings.Contains(low, "hmac") || strings.HasSuffix(low, "-sign")):
			if s.take(h.Value); len(s.wanted) > 0 {
				s.header = h.Name
			}
		case strings.HasSuffix(low, "-id"), strings.HasSuffix(low, "-delivery"):
			s.ids = append(s.ids, strings.TrimSpace(h.Value))
		}
	}
	return s
}

// take reads a signature header: "sha256=ab…", "t=1,v1=ab…", "v1,ab… v1,cd…", or the bare signature.
func (s *signed) take(value string) {
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		name, v, ok := strings.Cut(part, "=")
		switch {
		case ok && (name == "t" || name == "ts") && v != "":
			s.stamps = append(s.stamps, v)
			continue
		case ok && len(name) <= 9 && strings.Trim(v, "=") != "": // sha256=, v1=, h1=; base64 ends with =
			part = v
		}
		if b := digest(part); b != nil {
			s.wanted = append(s.wanted, b)
		}
	}
}

// digest reads hex or base64 of the length that a hash has; nil for everything else.
func digest(v string) []byte {
	if b, err := hex.DecodeString(v); err == nil && hashOf(len(b)) != nil {
		return b
	}
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(v, "="))
	if b, err := base64.RawStdEncoding.DecodeString(plain); err == nil && hashOf(len(b)) != nil {
		return b
	}
	return nil
}

// hashOf is the hash with digests of n bytes; nil when there is none.
func hashOf(n int) func() hash.Hash {
	switch n {
	case sha1.Size:
		return sha1.New
	case sha256.Size:
		return sha256.New
	case sha512.Size384:
		return sha512.New384
	case sha512.Size:
		return sha512.New
	}
	return nil
}

// hashName is the name of the hash with digests of n bytes.
func hashName(n int) string {
	return map[int]string{sha1.Size: "SHA-1", sha256.Size: "SHA-256", sha512.Size384: "SHA-384", sha512.Size: "SHA-512"}[n]
}

// signedAt is when the sender signed, by its own words.
func (s signed) signedAt() (time.Time, bool) {
	for _, v := range s.stamps {
		if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
			return t, true
		}
		n, err := strconv.ParseInt(v, 10, 64)
		switch {
		case err != nil || n <= 0:
			continue
		case n > 1e12: // milliseconds from 2001 on; seconds reach it in the year 33658
			return time.UnixMilli(n), true
		}
		return time.Unix(n, 0), true
	}
	return time.Time{}, false
}
