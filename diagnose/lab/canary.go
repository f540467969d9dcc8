package lab

import (
	"net/http"
	"slices"
	"sync"
)

// A Canary is a server of somebody else: it must never see a credential. The shop redirects there at
// /v1/partners.
type Canary struct {
	URL string

	mu   sync.Mutex
	seen []Seen
}

// Requests returns what reached it, oldest first.
func (c *Canary) Requests() []Seen {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.seen)
}

// Leaks returns those requests that carried a credential: Authorization, a cookie or an API key.
func (c *Canary) Leaks() []Seen {
	return slices.DeleteFunc(c.Requests(), func(s Seen) bool {
		return !slices.ContainsFunc([]string{"Authorization", "Cookie", "X-Api-Key", "X-Csrf-Token", "Proxy-Authorization"},
			func(name string) bool { return s.Header.Get(name) != "" })
	})
}

func (l *Lab) startCanary(host string, _ http.Handler) (err error) {
	c := l.Canary
	c.URL, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.seen = append(c.seen, Seen{Method: r.Method, URL: r.URL.RequestURI(), Header: r.Header.Clone(), Status: http.StatusOK})
		c.mu.Unlock()
		reply(http.StatusOK, map[string]any{"partners": []string{"Leaf"}}).write(w)
	}))
	return err
}
