package lint

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
	"culprit/request/lazyre"
)

func base64Of(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

var (
	sigScope   = lazyre.New(`Credential=[^/]+/([0-9]{8})/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request`)
	sigHeaders = lazyre.New(`SignedHeaders=([A-Za-z0-9;-]+)`)
	region     = lazyre.New(`\b[a-z]{2}(-gov)?-(north|south|east|west|central|northeast|southeast|northwest|southwest)-[0-9]\b`)
)

// sigWindow is how old a signature may be (AWS: 15 minutes for SigV4, 5 for the sign-in).
const sigWindow = 15 * time.Minute

// checkSigV4 is C18: what a signature of AWS says about itself against what is sent.
func checkSigV4(s *scan, r rule) {
	auth := s.authText()
	if !strings.HasPrefix(auth, "AWS4-HMAC-SHA256") || s.r.Auth.Scheme == "awsv4" {
		return // made when it is sent, of what is sent
	}
	say := func(odds float64, id diagnose.ElementID, cause diagnose.CauseID, text string) {
		s.hit(r.at(odds), id, cause, text)
	}
	scope := sigScope.FindStringSubmatch(auth)
	if scope == nil {
		say(r.odds, "auth", "malformed_authorization", "The signature has no credential scope of date, region and service.")
		return
	}
	if date, err := time.Parse("20060102T150405Z", request.Get(s.r.Header, "X-Amz-Date")); err == nil {
		if d := s.f.Now.Sub(date).Abs(); !s.f.Now.IsZero() && d > sigWindow {
			say(80, "auth", "signature_mismatch", "The request was signed "+ago(d)+" away from now; signatures hold for 15 minutes.")
		}
		if date.Format("20060102") != scope[1] {
			say(r.odds, "auth", "signature_mismatch", "The date of the signature's scope is not that of X-Amz-Date.")
		}
	} else if request.Get(s.r.Header, "Date") == "" {
		say(r.odds, "header:X-Amz-Date", "missing_request_header", "A signed request needs X-Amz-Date.")
	}
	if at := region.FindString(s.u.Host); at != "" && at != scope[2] {
		say(r.odds, "auth", "signature_mismatch", "The region of the signature is not that of the host.")
	}
	if m := sigHeaders.FindStringSubmatch(auth); m != nil {
		for _, name := range strings.Split(strings.ToLower(m[1]), ";") {
			if name != "host" && name != "content-length" && !request.Has(s.r.Header, name) && (name != "content-type" || s.r.Body.Type == "") {
				say(60, diagnose.ID("header", name), "signature_mismatch", "A header that was signed is not sent.")
			}
		}
	}
	if doubleEncoded.MatchString(s.u.Path) && scope[3] == "s3" {
		say(r.odds, "url.path", "signature_mismatch", "The path is percent-encoded twice; for S3 it is signed as it is sent, encoded once.")
	}
	want := request.Get(s.r.Header, "X-Amz-Content-Sha256")
	if len(want) == 2*sha256.Size && (s.r.Body.Kind == request.RawBody || s.r.Body.Kind == request.NoBody) {
		sum := sha256.Sum256([]byte(s.r.Body.Text))
		if hex.EncodeToString(sum[:]) != strings.ToLower(want) {
			say(80, "body", "signature_mismatch", "The body is not the one that was signed.")
		}
	}
}
