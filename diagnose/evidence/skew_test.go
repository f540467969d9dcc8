package evidence

import (
	"testing"

	"culprit/diagnose"
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
		{401, `{"code":"stale_timestamp"}`, true},
		{401, `{"message":"X-Timestamp differs from the server time by more than 300 seconds"}`, true},
		{401, `{"message":"the format of the timestamp is not known"}`, false},
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

// What was sent is the time of now, in milliseconds: no clock is wrong.
func TestATimeInAnotherUnitIsNoWrongClock(t *testing.T) {
	for stamp, want := range map[string]diagnose.CauseID{"1893553445000": "invalid_request_header", "1893553440": "invalid_request_header", "1893550000": "clock_skew"} {
		x := answered(ask("GET", "https://api.test/x", "X-Timestamp", stamp), 401, `{"error":"stale_timestamp"}`, "Date", "Wed, 02 Jan 2030 03:04:05 GMT")
		if find(read(x), want, "header:X-Timestamp") == nil {
			t.Errorf("%s: got %v", stamp, read(x))
		}
	}
}
