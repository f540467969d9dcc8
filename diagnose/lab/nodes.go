package lab

import (
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"culprit/request"
)

// text1 is a parameter that is required; what it may be is checked by the operation, in a back office of its own.
func text1(name string) field { return must(name, text(1, 20)) }

// turn counts the calls of an operation: the first is 0.
func (s *shop) turn(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.calls[name]
	s.calls[name]++
	return n
}

// bins is answered by two nodes behind a balancer, each of which says who it is. bin-2 has lost its disk.
func (s *shop) bins(*call) (answer, *refusal) {
	if n := s.turn("bins"); n == 0 || mixed(n)%2 == 0 {
		return reply(http.StatusInternalServerError, map[string]any{"error": "read-only file system"}).with("X-Served-By", "bin-2"), nil
	}
	return reply(http.StatusOK, map[string]any{"bins": []string{"A1"}}).with("X-Served-By", "bin-1"), nil
}

// strayEvery is of how many answers one is a stray server error: seven in a hundred.
const strayEvery = 14

// moves belongs to a service that falls over now and then, whatever it is asked.
func (s *shop) moves(c *call) (answer, *refusal) {
	if n := s.turn("moves"); mixed(n)%strayEvery == 0 {
		return reply(http.StatusInternalServerError, map[string]any{"error": "internal"}), nil
	}
	if kind := c.query.Get("kind"); kind != "in" && kind != "out" {
		return reply(http.StatusBadRequest, map[string]any{"error": "bad request"}), nil
	}
	return reply(http.StatusOK, map[string]any{"moves": []int{1}}), nil
}

const (
	// A window of the racks lasts 300 ms, in which three requests are let through: an impatient client meets the limit.
	rackWindow, rackCalls = 300 * time.Millisecond, 3
)

// racks lets a few requests through in a window, and then asks to come back later.
func (s *shop) racks(c *call) (answer, *refusal) {
	s.mu.Lock()
	now := time.Now()
	let := slices.DeleteFunc(s.spent["racks"], func(t time.Time) bool { return now.Sub(t) > rackWindow })
	full := len(let) >= rackCalls
	if !full {
		let = append(let, now)
	}
	s.spent["racks"] = let
	s.mu.Unlock()
	if full {
		return answer{}, refuse(http.StatusTooManyRequests, "too_many_requests", "Slow down.", "Retry-After", "1")
	}
	if row := c.query.Get("row"); strings.Trim(row, "0123456789") != "" {
		return reply(http.StatusBadRequest, map[string]any{"error": "bad request"}), nil
	}
	return reply(http.StatusOK, map[string]any{"racks": []int{1}}), nil
}

// mixed spreads numbers; the mixing is that of SplitMix64.
func mixed(n int) uint64 {
	x := uint64(n+1) * 0x9e3779b97f4a7c15
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb
	return x ^ (x >> 31)
}

// startPair listens on two addresses of loopback at one port: the shop behind the first, a sick copy behind the
// second. The name pairName has both, in turns.
func (l *Lab) startPair(host string, shop http.Handler) error {
	first, err := l.listen(net.JoinHostPort(host, "0"))
	if err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(first.Addr().String())
	if err != nil {
		return err
	}
	second, err := l.listen(net.JoinHostPort(secondAddress, port))
	if err != nil {
		return nil // no second address here (macOS has only one), or the port is taken there
	}
	l.Pair = pairName + ":" + port
	l.serve(first, shop)
	l.serve(second, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		reply(http.StatusBadGateway, map[string]any{"error": "backend"}).write(w)
	}))
	return nil
}

// secondAddress is another address of loopback.
const secondAddress = "127.0.0.2"

// atPair is a request to the name with two addresses.
func atPair(l *Lab) request.Request {
	return get("/v1/warehouse/sites", func(l *Lab, r *request.Request) { r.URL = "http://" + l.Pair + strings.TrimPrefix(r.URL, l.URL) })(l)
}
