package lab

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// startGateway puts an API gateway before the shop, as clouds sell them: it knows one stage and nothing else.
func (l *Lab) startGateway(host string, shop http.Handler) (err error) {
	l.Gateway, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amz-Apigw-Id", requestID())
		path, ok := strings.CutPrefix(r.URL.Path, "/prod/")
		if !ok {
			reply(http.StatusForbidden, map[string]any{"message": "Missing Authentication Token"}).with("X-Amzn-Errortype", "MissingAuthenticationTokenException").write(w)
			return
		}
		r.URL.Path, r.URL.RawPath = "/"+path, ""
		shop.ServeHTTP(w, r)
	}))
	return err
}

// startIntranet starts a server for the machines of the office, of which loopback is none.
func (l *Lab) startIntranet(host string, _ http.Handler) (err error) {
	l.Intranet, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, _, _ := strings.Cut(r.RemoteAddr, ":")
		reply(http.StatusForbidden, map[string]any{"error": "ip_not_allowed", "message": "Your IP address " + from + " is not on the allow list."}).write(w)
	}))
	return err
}

// startPages starts the web site of the shop, which is no API.
func (l *Lab) startPages(host string, _ http.Handler) (err error) {
	l.Pages, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Server", "nginx/1.24.0")
		status, text := http.StatusOK, "<html><head><title>Kettle &amp; Leaf</title></head><body><h1>Tea, by the pound</h1></body></html>\n"
		if r.URL.Path != "/" {
			status, text = http.StatusNotFound, "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"
		}
		answer{status, http.Header{"Content-Type": {"text/html"}}, []byte(text)}.write(w)
	}))
	return err
}

const (
	// partnerSecret signs what partners report.
	partnerSecret = "kettle-and-leaf-partners"
	// partnerWindow is how far a partner's clock may be off: what Stripe and Slack allow.
	partnerWindow = 5 * time.Minute
)

// sign is the signature of a partner's report: of its time and its body.
func sign(at, body string) string {
	m := hmac.New(sha256.New, []byte(partnerSecret))
	m.Write([]byte(at + "." + body))
	return hex.EncodeToString(m.Sum(nil))
}

// partnerRoutes are operations between the shop and its partners.
func (s *shop) partnerRoutes() []route {
	return []route{
		{method: "POST", path: "/partners/reports", access: openToAll, takes: []string{"application/json"}, do: func(c *call) (answer, *refusal) {
			at := c.Header.Get("X-Timestamp")
			secs, err := strconv.ParseInt(at, 10, 64)
			switch off := time.Since(time.Unix(secs, 0)); {
			case err != nil:
				return answer{}, refuse(http.StatusUnauthorized, "timestamp_missing", "X-Timestamp is required, in seconds since 1970.")
			case off > partnerWindow || off < -partnerWindow:
				return answer{}, refuse(http.StatusUnauthorized, "request_time_skewed", "The difference between the request time and the server's time is too large; check your clock.")
			case !hmac.Equal([]byte(sign(at, string(c.raw))), []byte(c.Header.Get("X-Signature"))):
				return answer{}, refuse(http.StatusUnauthorized, "signature_mismatch", "The signature we calculated does not match the one you sent.")
			}
			return reply(http.StatusAccepted, map[string]any{"accepted": true}), nil
		}},
		// Whoever may not see a payroll is not told that there is one.
		{method: "GET", path: "/payrolls/{month}", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			if c.claims.Subject != owner {
				return answer{}, refuse(http.StatusNotFound, "not_found", "There is no such payroll.")
			}
			return reply(http.StatusOK, map[string]any{"month": c.vars["month"], "paid": true}), nil
		}},
		// Sheds load at the busiest hour, which it always is.
		{method: "GET", path: "/picking/next", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return answer{}, refuse(http.StatusServiceUnavailable, "overloaded", "The service is overloaded. Please try again.", "Retry-After", "1")
		}},
		// Was written for HTTP/1.1, and loses its way in anything newer.
		{method: "GET", path: "/picking/scanner", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			if c.ProtoMajor >= 2 {
				return answer{}, refuse(http.StatusBadRequest, "bad_request", "The request cannot be processed.")
			}
			return reply(http.StatusOK, map[string]any{"scanner": "ready"}), nil
		}},
		// Streams, and wants HTTP/2 for it.
		{method: "GET", path: "/picking/stream", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			if c.ProtoMajor < 2 {
				return answer{}, refuse(http.StatusHTTPVersionNotSupported, "http_version", "This operation needs HTTP/2.", "Upgrade", "h2c")
			}
			return reply(http.StatusOK, map[string]any{"picks": []int{}, "open": 3}), nil
		}},
	}
}
