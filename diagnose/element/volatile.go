package element

import (
	"slices"
	"strings"

	"culprit/diagnose"
)

// Volatile reports an element that differs between any two exchanges by its nature: a time, a nonce, the id of a
// trace, a key against repetition, a signature over them (§7.2). It is never taken from another request.
func Volatile(id diagnose.ElementID) bool {
	kind, name, _ := parse(id)
	name = strings.ToLower(name)
	switch kind {
	case "header":
		if slices.Contains(volatileHeaders, name) {
			return true
		}
		for _, w := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' }) {
			if slices.Contains([]string{"nonce", "timestamp", "signature", "hmac"}, w) {
				return true
			}
		}
	case "query", "form":
		return slices.Contains(volatileParams, strings.ReplaceAll(name, "-", "_"))
	}
	return false
}

var (
	volatileHeaders = []string{
		"date", "content-length", "traceparent", "tracestate", "b3", "x-request-id", "x-correlation-id", "request-id", "x-trace-id",
		"x-amz-date", "x-amz-content-sha256", "x-amzn-trace-id", "x-ms-date", "x-ms-client-request-id", "x-cloud-trace-context",
		"idempotency-key", "x-idempotency-key", "signature-input", "digest", "content-digest", "dpop",
	}
	volatileParams = []string{
		"nonce", "timestamp", "sig", "signature", "hmac", "oauth_nonce", "oauth_timestamp", "oauth_signature", "idempotency_key",
		"x_amz_date", "x_amz_signature", "x_goog_date", "x_goog_signature",
	}
)
