package evidence

import (
	"strings"

	"culprit/request"
)

// RequestID returns what the provider's logs know the exchange by, "" when the answer does not say.
func RequestID(x *request.Exchange) string {
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
