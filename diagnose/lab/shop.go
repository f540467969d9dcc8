package lab

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A shop is the state of the sample API: what is sold, who buys, what was ordered.
type shop struct {
	signer *signer
	tokens Tokens

	mu        sync.Mutex
	orders    []order
	products  map[string]product
	customers map[string]string  // e-mail to name
	payments  map[string]payment // by idempotency key
	hooks     []any
	calls     map[string]int         // by path, for the weather
	spent     map[string][]time.Time // by limit: when a call was let through
}

func newShop(s *signer, t Tokens) *shop {
	return &shop{
		signer: s, tokens: t,
		orders: firstOrders(), products: firstProducts(), payments: firstPayments(),
		customers: map[string]string{"ada@example.com": "Ada Lovelace", "grace+navy@example.com": "Grace Hopper"},
		calls:     map[string]int{}, spent: map[string][]time.Time{},
	}
}

// The prefixes under which the same operations answer, each in a style of its own.
const (
	Telling = "/v1"      // problem+json with pointers
	Located = "/v2"      // detail and loc
	Coded   = "/partner" // a code and nothing else
	Opaque  = "/legacy"  // one answer for everything
)

// styles pairs each prefix with its style.
func styles() []struct {
	prefix string
	tell   style
} {
	return []struct {
		prefix string
		tell   style
	}{{Telling, problem}, {Located, located}, {Coded, coded}, {Opaque, opaque}}
}

// site is the whole shop as a handler.
func (s *shop) site(l *Lab) http.Handler {
	var routes []route
	for _, part := range [][]route{
		s.accountRoutes(), s.orderRoutes(), s.catalogueRoutes(), s.customerRoutes(), s.paymentRoutes(), s.uploadRoutes(),
		s.weatherRoutes(l), s.turnRoutes(l), s.partnerRoutes(), s.movedRoutes(l), exportRoutes(), s.shelfRoutes(), s.carelessRoutes(), s.candidRoutes(),
	} {
		routes = append(routes, part...)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", requestID())
		if len(r.URL.RequestURI()) > maxURI {
			w.WriteHeader(http.StatusRequestURITooLong)
			return
		}
		for _, st := range styles() {
			if path, ok := strings.CutPrefix(r.URL.EscapedPath(), st.prefix); ok && strings.HasPrefix(path, "/") {
				s.answer(w, r, routes, path, st.tell)
				return
			}
		}
		if r.URL.Path == "/" {
			reply(http.StatusOK, map[string]any{"name": "shop", "versions": []string{"v1", "v2"}}).write(w)
			return
		}
		http.NotFound(w, r)
	})
}

// answer leads one request through its route.
func (s *shop) answer(w http.ResponseWriter, r *http.Request, routes []route, path string, st style) {
	rt, vars, no := find(routes, r.Method, path)
	c := &call{Request: r, vars: vars}
	var a answer
	if no == nil {
		a, no = s.lead(c, rt)
	}
	if no != nil {
		a = told(st, no)
	}
	if c.writer != nil {
		c.writer(w)
		return
	}
	if r.Method == http.MethodHead {
		a = a.with("Content-Length", strconv.Itoa(len(a.body)))
		a.body = nil
	}
	a.write(w)
}

// lead checks a call step by step and, when all is well, does what it asks for.
func (s *shop) lead(c *call, rt route) (answer, *refusal) {
	var no *refusal
	if c.query, no = queryOf(c.Request); no != nil {
		return answer{}, no
	}
	for _, step := range []func(*call) *refusal{
		func(c *call) *refusal { return s.admit(c, rt) }, rt.negotiate, rt.read, rt.validate,
	} {
		if no := step(c); no != nil {
			return answer{}, no
		}
	}
	return rt.do(c)
}

func queryOf(r *http.Request) (url.Values, *refusal) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "malformed_query", "The query string cannot be read: "+err.Error()+".")
	}
	return q, nil
}

// instead makes a call be answered by write, for responses that no answer can express.
func (c *call) instead(write func(http.ResponseWriter)) (answer, *refusal) {
	c.writer = write
	return answer{}, nil
}

// object returns the body's members.
func (c *call) object() map[string]any {
	o, _ := c.body.(map[string]any)
	return o
}

func (s *shop) placed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.orders) - len(firstOrders())
}

// page cuts a list as limit and offset ask.
func page[T any](c *call, all []T) []T {
	get := func(name string, or int) int {
		if n, err := strconv.Atoi(c.query.Get(name)); err == nil {
			return n
		}
		return or
	}
	from := min(get("offset", 0), len(all))
	return slices.Clip(all[from:min(from+get("limit", 20), len(all))])
}

// paging are the parameters of every list.
func paging() []param {
	return []param{
		{field: may("limit", whole(1, 100))},
		{field: may("offset", whole(0, 1_000_000))},
	}
}
