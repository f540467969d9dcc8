package lab

import (
	"context"
	"io"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// stocktakeTakes is how long the list of the stock takes since it grew: half a second, from which on anybody waits,
// and what a busy machine may add to an earlier answer.
const stocktakeTakes = 700 * time.Millisecond

// turnRoutes are operations that answered otherwise before.
func (s *shop) turnRoutes(l *Lab) []route {
	return []route{
		{method: "GET", path: "/stocktake", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			if s.turned("stocktake") {
				select {
				case <-time.After(stocktakeTakes):
				case <-c.Context().Done():
				case <-l.done:
				}
			}
			return reply(http.StatusOK, map[string]any{"pieces": 4711, "counted": "2026-02-14"}), nil
		}},
		{method: "GET", path: "/scales/{id}", scope: "orders:read", do: func(*call) (answer, *refusal) {
			out := map[string]any{"id": 7, "grams": 12.5, "site": "Leipzig"}
			if s.turned("scales") {
				out["grams"] = "12.5"
			}
			return reply(http.StatusOK, out), nil
		}},
		{method: "GET", path: "/shelves/{id}", scope: "orders:read", do: func(*call) (answer, *refusal) {
			if s.turned("shelves") {
				return reply(http.StatusOK, map[string]any{}), nil
			}
			return reply(http.StatusOK, map[string]any{"id": 3, "skus": []string{"MUG-0042"}, "pieces": 12}), nil
		}},
		// Looks everything up in a table that the last move forgot.
		{method: "GET", path: "/tariffs", scope: "orders:read", do: func(*call) (answer, *refusal) {
			if s.turned("tariffs") {
				return answer{}, refuse(http.StatusBadRequest, "no_tariff", "There is no such tariff.")
			}
			return reply(http.StatusOK, map[string]any{"price": 4.9}), nil
		}},
	}
}

// turned reports whether the world turned for an operation.
func (s *shop) turned(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[name] > 0
}

// startHasty starts the shop on a server that keeps connections open, and closes each as soon as it is used again.
func (l *Lab) startHasty(host string, shop http.Handler) error {
	ln, err := l.listen(net.JoinHostPort(host, "0"))
	if err != nil {
		return err
	}
	type count struct{}
	s := &http.Server{
		MaxHeaderBytes: maxHeader, ReadHeaderTimeout: 10 * time.Second, ErrorLog: quiet(),
		ConnContext: func(ctx context.Context, _ net.Conn) context.Context {
			return context.WithValue(ctx, count{}, new(atomic.Int64))
		},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if n, ok := r.Context().Value(count{}).(*atomic.Int64); ok && n.Add(1) > 1 {
				io.Copy(io.Discard, r.Body) //nolint:errcheck // what is left unread would make a reset of the end
				if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
					c.Close()
				}
				return
			}
			shop.ServeHTTP(w, r)
		}),
	}
	l.Hasty = "http://" + ln.Addr().String()
	l.servers = append(l.servers, s)
	l.running.Go(func() { s.Serve(ln) }) //nolint:errcheck // always http.ErrServerClosed, by Close
	return nil
}
