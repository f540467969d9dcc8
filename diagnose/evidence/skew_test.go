package evidence

import (
	"testing"

	"culprit/request"
)

// A refusal for the time of a request names the clock, at the field that carries the time.
func TestARefusalForTheTimeNamesTheClock(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
		want   bool
	}{
		{401, `{"error":"request_time_skewed"}`, true},
		{403, `{"message":"The difference between the request time and the server's time is too large."}`, true},
		{401, `{"message":"Timestamp is outside the allowed window of 300 seconds."}`, true},
		{401, `{"message":"The access token expired"}`, false},
		{500, `{"error":"clock skew"}`, false},
	} {
		r := request.Request{Method: "GET", URL: "https://api.test/x", Header: []request.Field{{Name: "X-Timestamp", Value: "1"}}}
		x := &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{
			Status: c.status, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(c.body)),
		}}}}
		if got := find(read(x), "clock_skew", "header:X-Timestamp") != nil; got != c.want {
			t.Errorf("%d %s: %v, want %v", c.status, c.body, got, c.want)
		}
	}
}
