package evidence

import "culprit/request"

// RequestID returns what the provider's logs know the exchange by, "" when the answer does not say.
func RequestID(x *request.Exchange) string {
	if x.Response() == nil {
		return ""
	}
	for _, f := range x.Response().Header {
		if isRequestID(f.Name) && f.Value != "" {
			return f.Value
		}
	}
	return ""
}
