package inquiry

import (
	"strings"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// imfDate is the form of Date that every server sends today (RFC 9110 §5.6.7).
const imfDate = "Mon, 02 Jan 2006 15:04:05 GMT"

// serverTime returns the clock of the server that answered.
func serverTime(x *request.Exchange) (time.Time, bool) {
	if x.Response() == nil {
		return time.Time{}, false
	}
	t, err := time.Parse(imfDate, request.Get(x.Response().Header, "Date"))
	return t, err == nil
}

// requestID returns what the provider's logs know the exchange by, "" when the answer does not say.
func requestID(x *request.Exchange) string {
	if x.Response() == nil {
		return ""
	}
	for _, f := range x.Response().Header {
		switch strings.ToLower(f.Name) {
		case "x-request-id", "x-correlation-id", "x-amzn-requestid", "cf-ray", "request-id", "x-trace-id", "x-ms-request-id":
			return f.Value
		}
	}
	return ""
}

// scopes are those that the answer asks for (RFC 6750 §3).
func scopes(evidence []diagnose.Evidence) []string {
	for _, e := range evidence {
		if e.Cause == "insufficient_scope" && len(e.Allowed) > 0 {
			return e.Allowed
		}
	}
	return nil
}

// stamp is when an exchange began, as reports have it; "" when that is not known.
func stamp(x *request.Exchange) string {
	if x.Start.IsZero() {
		return ""
	}
	return x.Start.UTC().Format("2006-01-02T15:04:05.000Z")
}
