package inquiry

import (
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

// scopes are those that the answer asks for (RFC 6750 §3).
func scopes(evidence []diagnose.Evidence) []string {
	for _, e := range evidence {
		if e.Cause == "insufficient_scope" && len(e.Allowed) > 0 {
			return e.Allowed
		}
	}
	return nil
}
