package lint

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

// oneDigest is an algorithm with its value in Content-Digest and Repr-Digest (RFC 9530 §2), which put it between colons, and
// in Digest (RFC 3230 §4.3.2).
var oneDigest = lazyre.New(`(?i)(^|[ ,])(sha-512|sha-256|sha|md5)=(:?)([A-Za-z0-9+/_-]+={0,2})(:?)`)

// checkDigest is H19: a digest of the body that is sent with it and is another body's. Whoever checks it refuses what may be
// right by itself; who does not, loses nothing by the right one.
func checkDigest(s *scan, r rule) {
	if s.r.Body.Kind != request.RawBody && s.r.Body.Kind != request.NoBody || len(s.r.Body.Text) > maxBody {
		return
	}
	var body []byte
	if s.r.Body.Kind == request.RawBody {
		body = []byte(s.r.Body.Text)
	}
	say := func(name, to string, other bool) {
		id := diagnose.ID("header", name)
		if !other {
			s.hit(r.at(30), id, "signature_mismatch", "The digest is not written in base64.", set(id, to, .02))
			return
		}
		s.hit(r, id, "signature_mismatch", "The digest is not that of the body.", set(id, to, .02))
	}
	for _, name := range []string{"Content-Digest", "Repr-Digest", "Digest"} {
		was := request.Get(s.r.Header, name)
		if name == "Repr-Digest" && request.Has(s.r.Header, "Content-Encoding") {
			continue // of what is sent (RFC 9530 §3), and many take it before they code that
		}
		if name != "Content-Digest" && request.Has(s.r.Header, "Content-Range") {
			continue // of the whole, and the body is a part of it
		}
		other := false
		to := oneDigest.ReplaceAllStringFunc(was, func(part string) string {
			m := oneDigest.FindStringSubmatch(part)
			sum := digestOf(strings.ToLower(m[2]), body)
			other = other || !spells(m[4], sum)
			return m[1] + m[2] + "=" + m[3] + base64.StdEncoding.EncodeToString(sum) + m[5]
		})
		if to != was {
			say(name, to, other)
		}
	}
	if was := request.Get(s.r.Header, "Content-MD5"); was != "" { // RFC 1864
		sum := digestOf("md5", body)
		if to := base64.StdEncoding.EncodeToString(sum); to != was {
			say("Content-MD5", to, !spells(was, sum))
		}
	}
	if was := request.Get(s.r.Header, "X-Amz-Content-Sha256"); hexSHA256.MatchString(was) && !strings.EqualFold(was, hex.EncodeToString(digestOf("sha-256", body))) {
		s.hit(r, "header:X-Amz-Content-Sha256", "signature_mismatch", "The digest is not that of the body.") // it is signed: who puts it right signs anew
	}
}

var hexSHA256 = lazyre.New(`(?i)^[0-9a-f]{64}$`)

// spells reports a digest in any of its spellings: hex, base64 with its padding and without, or for URLs.
func spells(text string, sum []byte) bool {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	return plain == base64.RawStdEncoding.EncodeToString(sum) || strings.EqualFold(text, hex.EncodeToString(sum))
}

func digestOf(algorithm string, body []byte) []byte {
	switch algorithm {
	case "md5":
		sum := md5.Sum(body)
		return sum[:]
	case "sha":
		sum := sha1.Sum(body)
		return sum[:]
	case "sha-512":
		sum := sha512.Sum512(body)
		return sum[:]
	}
	sum := sha256.Sum256(body)
	return sum[:]
}
