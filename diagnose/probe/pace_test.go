package probe

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

// quiet answers at once with nothing.
type quiet struct{}

func (quiet) Do(_ context.Context, r request.Request, _ func(request.Event)) (*request.Exchange, error) {
	return &request.Exchange{Request: r}, nil
}

// TestProbesToOneHostAreApart: 250 ms to a host that is not this machine, whoever it belongs to.
func TestProbesToOneHostAreApart(t *testing.T) {
	for url, want := range map[string]time.Duration{
		"https://api.test/a": 500 * time.Millisecond, "http://10.0.0.7/": 500 * time.Millisecond,
		"http://127.0.0.1:8080/": 0, "http://[::1]:8080/": 0, "http://localhost/": 0,
	} {
		synctest.Test(t, func(t *testing.T) {
			ask := Asker(quiet{}, Options{})
			start := time.Now()
			for range 3 {
				if _, err := ask(t.Context(), diagnose.Question{Request: &request.Request{URL: url}}); err != nil {
					t.Fatal(err)
				}
			}
			if got := time.Since(start); got != want {
				t.Errorf("%s: three probes took %v, want %v", url, got, want)
			}
		})
	}
}
