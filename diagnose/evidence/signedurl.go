package evidence

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// signedURL reads a refusal of a URL that carries its own signature and its own end, when that end is past by the clock of
// the server, which is in its Date: presigned links of S3 and Google, SAS of Azure, secure links of CDNs and nginx.
func (r *reader) signedURL() {
	switch r.resp.Status {
	case 400, 401, 403, 410:
	default:
		return
	}
	now, err := http.ParseTime(request.Get(r.resp.Header, "Date"))
	u, broken := url.Parse(r.x.Request.URL)
	if err != nil || broken != nil {
		return
	}
	q := u.Query()
	if !slices.ContainsFunc(signatures, q.Has) {
		return
	}
	for _, name := range ends {
		end, ok := endOf(q, name)
		if !ok || !end.Before(now) {
			continue
		}
		r.add(diagnose.Evidence{Kind: "echo", Source: "response Date", Text: "the link ended " + end.UTC().Format(time.RFC3339) + ", and it is " + now.UTC().Format(time.RFC3339) + " at the server",
			Cause: "expired_token", Element: diagnose.ID("query", name), Ratio: certain}) // whatever the words are, AccessDenied mostly
		return
	}
}

// signatures are parameters that hold the signature of a URL.
var signatures = []string{"X-Amz-Signature", "X-Goog-Signature", "Signature", "signature", "sig", "hmac", "md5", "st_sig", "sign", "token", "hash"}

// ends are parameters that hold the end of a signed URL.
var ends = []string{"X-Amz-Expires", "X-Goog-Expires", "Expires", "expires", "expire", "expiry", "expires_at", "exp", "se", "e"}

// longest is more seconds than any signed URL lives: Signature Version 4 takes a week at most.
const longest = 366 * 24 * 3600

// endOf is the moment in a parameter: seconds since 1970, RFC 3339, or seconds after the date of the signature beside it
// (Signature Version 4).
func endOf(q url.Values, name string) (time.Time, bool) {
	v := q.Get(name)
	n, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		t, err := time.Parse(time.RFC3339, v)
		return t, err == nil
	}
	if prefix, ok := strings.CutSuffix(name, "-Expires"); ok {
		t, err := time.Parse("20060102T150405Z", q.Get(prefix+"-Date"))
		return t.Add(time.Duration(n) * time.Second), err == nil && n >= 0 && n <= longest
	}
	return time.Unix(n, 0), n > 1e9 // later than 2001: no number of something else
}
