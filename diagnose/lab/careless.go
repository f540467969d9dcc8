package lab

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// carelessRoutes are operations whose author never thought of anybody else: what he did not expect is an exception, and an
// exception is a 500 that says nothing. The last three fail whatever they get, after checks that work.
func (s *shop) carelessRoutes() []route {
	const read, write = "orders:read", "orders:write"
	broken := func(*call) (answer, *refusal) { return answer{}, thrown() }
	return []route{
		{method: "GET", path: "/tills", scope: read, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"tills": []any{map[string]any{"id": 1, "branch": "Dresden"}, map[string]any{"id": 2, "branch": "Leipzig"}}}), nil
		}},
		{method: "GET", path: "/tills/{id}", scope: read, do: func(c *call) (answer, *refusal) {
			n, err := strconv.Atoi(c.vars["id"])
			switch {
			case err != nil:
				return answer{}, thrown()
			case n < 1 || n > 2:
				return answer{}, refuse(http.StatusNotFound, "not_found", "There is no such till.")
			}
			return reply(http.StatusOK, map[string]any{"id": n, "open": true}), nil
		}},
		{method: "GET", path: "/turnover", scope: read, do: turnover},
		{method: "POST", path: "/shelf-cards", scope: write, body: ref(rule{}), do: printLabel},
		{method: "GET", path: "/coolers", scope: read, do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"coolers": []any{map[string]any{"id": 7}, map[string]any{"id": 8}}}), nil
		}},
		{method: "GET", path: "/coolers/{id}", scope: read, do: func(c *call) (answer, *refusal) {
			if id := c.vars["id"]; id != "7" && id != "8" {
				return answer{}, refuse(http.StatusNotFound, "not_found", "There is no such cooler.")
			}
			return answer{}, thrown()
		}},
		{method: "GET", path: "/footfall", scope: read, query: []param{{field: must("date", formatted("date"))}, {field: may("floor", whole(0, 3))}}, do: broken},
		{method: "POST", path: "/gift-cards", scope: write, body: ref(object(must("amount", number(1, 500)), must("message", text(1, 200)))), do: broken},
	}
}

// thrown is what is left of an exception.
func thrown() *refusal {
	return refuse(http.StatusInternalServerError, "internal_error", "Something went wrong on our side.")
}

// turnover divides by the days between two, both of which it takes for granted.
func turnover(c *call) (answer, *refusal) {
	from, noFrom := time.Parse(time.DateOnly, c.query.Get("from"))
	to, noTo := time.Parse(time.DateOnly, c.query.Get("to"))
	if noFrom != nil || noTo != nil || to.Before(from) {
		return answer{}, thrown()
	}
	return reply(http.StatusOK, map[string]any{"days": int(to.Sub(from).Hours()/24) + 1, "total": 48210.5}), nil
}

// printLabel keeps the text of a label in a table whose letters have three bytes at most, as MySQL's utf8 has.
func printLabel(c *call) (answer, *refusal) {
	o, _ := c.body.(map[string]any)
	text, ok := o["text"].(string)
	if !ok || strings.ContainsFunc(text, func(r rune) bool { return r > 0xFFFF }) {
		return answer{}, thrown()
	}
	return reply(http.StatusCreated, map[string]any{"label": len(text)}), nil
}
