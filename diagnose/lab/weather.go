package lab

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

const (
	// One report in two seconds: long enough to be met by hand, short enough to wait for.
	reportWindow = 2 * time.Second
	// A yearly report takes 400 ms: slower than an impatient client waits, quick for a test.
	yearlyTakes = 400 * time.Millisecond
	// Three calls in ten to the warehouse fail, as in DIAGNOSIS §13.3.
	badWeather = 0.3
)

// weatherRoutes are operations that depend on something else than the request.
func (s *shop) weatherRoutes(l *Lab) []route {
	fine := func(name string) func(*call) (answer, *refusal) {
		return func(*call) (answer, *refusal) { return reply(http.StatusOK, map[string]any{"report": name}), nil }
	}
	return []route{
		{method: "GET", path: "/reports/daily", scope: "orders:read", do: s.daily},
		{method: "GET", path: "/reports/weekly", scope: "orders:read", do: fine("weekly")},
		{method: "GET", path: "/reports/yearly", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			select {
			case <-time.After(yearlyTakes):
			case <-c.Context().Done():
			case <-l.done:
			}
			return fine("yearly")(c)
		}},
		{method: "GET", path: "/geocode", scope: "orders:read", query: []param{{field: must("address", text(1, 200))}}, do: s.geocode},
		{method: "GET", path: "/warehouse/levels", scope: "orders:read", do: s.levels},
		{method: "GET", path: "/warehouse/bins", scope: "orders:read", do: s.bins},
		{method: "GET", path: "/warehouse/moves", scope: "orders:read", query: append(paging(), param{field: may("sort", oneOf("id", "-id"))}, param{field: text1("kind")}), do: s.moves},
		{method: "GET", path: "/warehouse/racks", scope: "orders:read", query: append(paging(), param{field: may("sort", oneOf("id", "-id"))}, param{field: text1("row")}), do: s.racks},
		{method: "GET", path: "/warehouse/sites", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"sites": []string{"Leipzig"}}).with("X-Served-By", "wh-1"), nil
		}},
		{method: "GET", path: "/returns", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return answer{}, refuse(http.StatusServiceUnavailable, "maintenance", "Returns are down for scheduled maintenance.", "Retry-After", "3600")
		}},
		{method: "GET", path: "/loyalty/points", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return gatewayPage(http.StatusBadGateway), nil
		}},
		{method: "GET", path: "/forecast", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return gatewayPage(http.StatusGatewayTimeout), nil
		}},
		{method: "GET", path: "/news", scope: "orders:read", do: fine("news")},
		{method: "GET", path: "/recommendations", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return answer{}, refuse(http.StatusInternalServerError, "internal_error", "Something went wrong on our side.")
		}},
		{method: "GET", path: "/carts", scope: "orders:read", do: func(*call) (answer, *refusal) {
			return answer{}, refuse(http.StatusGone, "gone", "Carts were removed. Use orders with state=open.",
				"Sunset", "Sat, 31 Jan 2026 00:00:00 GMT", "Deprecation", "@1751328000", "Link", `</v1/orders?state=open>; rel="successor-version"`)
		}},
	}
}

// daily lets one call through in a window, and says so as draft-ietf-httpapi-ratelimit-headers asks.
func (s *shop) daily(*call) (answer, *refusal) {
	const policy = `"reports";q=1;w=2`
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if last := s.spent["daily"]; len(last) > 0 && now.Sub(last[0]) < reportWindow {
		wait := strconv.Itoa(int(math.Ceil((reportWindow - now.Sub(last[0])).Seconds())))
		return answer{}, refuse(http.StatusTooManyRequests, "rate_limit_exceeded", "Too many requests.",
			"Retry-After", wait, "RateLimit", `"reports";r=0;t=`+wait, "RateLimit-Policy", policy)
	}
	s.spent["daily"] = []time.Time{now}
	return reply(http.StatusOK, map[string]any{"report": "daily"}).with("RateLimit", `"reports";r=0;t=2`).with("RateLimit-Policy", policy), nil
}

// spend uses up the daily report, as another client of the same customer does.
func (s *shop) spend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spent["daily"] = []time.Time{time.Now()}
}

// geocode belongs to a plan whose calls of today are used up.
func (s *shop) geocode(*call) (answer, *refusal) {
	tomorrow := time.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour)
	wait := strconv.Itoa(int(time.Until(tomorrow).Seconds()) + 1)
	return answer{}, refuse(http.StatusTooManyRequests, "quota_exceeded", "The daily quota of 1000 requests of your plan is used up.",
		"Retry-After", wait, "RateLimit", `"day";r=0;t=`+wait, "RateLimit-Policy", `"day";q=1000;w=86400`)
}

// levels stands behind a load balancer one of whose backends is ill. Which calls meet it is pseudo-random by
// their number, the same in every run.
func (s *shop) levels(*call) (answer, *refusal) {
	s.mu.Lock()
	n := s.calls["levels"]
	s.calls["levels"]++
	s.mu.Unlock()
	if unlucky(n) {
		return answer{http.StatusServiceUnavailable, http.Header{"Content-Type": {"text/html"}, "Server": {"awselb/2.0"}},
			[]byte("<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n" +
				"<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n</body>\r\n</html>\r\n")}, nil
	}
	return reply(http.StatusOK, map[string]any{"levels": map[string]int{"MUG-0042": 320}}).with("X-Served-By", "wh-2"), nil
}

// unlucky spreads badWeather over the numbers; the first call is an unlucky one, so that there is a failure
// to look at. The mixing is that of SplitMix64.
func unlucky(n int) bool {
	if n == 0 {
		return true
	}
	x := uint64(n) * 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return float64((x^(x>>31))>>11)/(1<<53) < badWeather
}

// gatewayPage is what nginx says for an upstream that is not there or does not answer.
func gatewayPage(status int) answer {
	title := strconv.Itoa(status) + " " + http.StatusText(status)
	if status == http.StatusGatewayTimeout {
		title = "504 Gateway Time-out" // nginx spells it so
	}
	return answer{status, http.Header{"Content-Type": {"text/html"}, "Server": {"nginx"}},
		[]byte("<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title + "</h1></center>\r\n" +
			"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n")}
}
