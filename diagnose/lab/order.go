package lab

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// An order is one that was placed.
type order struct {
	ID     int    `json:"id"`
	State  string `json:"state"` // open, paid, shipped, cancelled
	Placed string `json:"placed"`
	Body   any    `json:"order,omitempty"`
}

// firstOrders are the orders that are there at the start, from 1001.
func firstOrders() []order {
	return []order{
		{1001, "shipped", "2026-02-11", nil}, {1002, "paid", "2026-02-12", nil}, {1003, "open", "2026-02-14", nil},
		{1004, "cancelled", "2026-02-14", nil}, {1005, "open", "2026-02-17", nil},
	}
}

func states() []string { return []string{"open", "paid", "shipped", "cancelled"} }

func addressRule() rule {
	return object(
		must("name", text(1, 120)), must("street", text(1, 120)), must("house", text(1, 10)),
		must("zip", text(3, 10)), must("city", text(1, 80)), must("country", formatted("country")),
	)
}

func itemRule() rule {
	return object(
		must("sku", formatted("sku")), may("title", text(0, 200)), must("quantity", whole(1, 1000)),
		must("unit_price", number(0, 1_000_000)), may("tax_rate", number(0, 1)), may("gift", flag()),
		may("note", nullable(text(0, 500))),
	)
}

// orderRule is what an order has to look like.
func orderRule() rule {
	return checked(object(
		must("reference", text(1, 40)),
		must("channel", oneOf("web", "phone", "store")),
		must("currency", oneOf("EUR", "USD", "GBP")),
		must("customer", object(
			must("id", whole(1, 1e9)), must("name", text(1, 120)), must("email", formatted("email")),
			may("phone", text(4, 30)), may("vat", nullable(text(4, 20))), may("newsletter", flag()),
		)),
		must("shipping", checked(addressRule().with(
			must("method", oneOf("standard", "express", "pickup")), may("deliver_on", formatted("date")),
			may("not_before", formatted("date")), may("signature", flag())), ordered("not_before", "deliver_on"))),
		may("billing", addressRule()),
		must("items", atMost(200, list(itemRule(), 1))),
		must("payment", object(must("kind", oneOf("invoice", "card", "transfer")), may("terms_days", whole(0, 90)))),
		may("coupon", text(0, 20)),
		may("discount_percent", number(0, 100)),
		may("tags", list(text(1, 30), 0)),
		may("external_id", formatted("uuid")),
		may("note", nullable(text(0, 1000))),
	), apart("coupon", "discount_percent"))
}

func (s *shop) orderRoutes() []route {
	body := ref(orderRule())
	patch := ref(object(may("state", oneOf(states()...)), may("note", nullable(text(0, 1000))), may("tags", list(text(1, 30), 0))))
	return []route{
		{method: "GET", path: "/orders", scope: "orders:read", do: s.listOrders, query: append(paging(),
			param{field: may("state", oneOf(states()...))},
			param{field: may("since", formatted("date"))},
			param{field: may("until", formatted("date"))},
			param{field: may("gifts", flag())},
			param{field: may("sort", oneOf("placed", "-placed", "id", "-id"))},
			param{field: may("tag", text(1, 30)), many: true})},
		{method: "POST", path: "/orders", scope: "orders:write", body: body, do: s.placeOrder},
		// Checks an order and places none: what other shops call a dry run.
		{method: "POST", path: "/orders/quote", scope: "orders:read", body: body, do: s.quote},
		{method: "GET", path: "/orders/{id}", scope: "orders:read", do: s.withOrder(func(_ *call, o *order) (answer, *refusal) {
			return reply(http.StatusOK, o), nil
		})},
		{method: "PATCH", path: "/orders/{id}", scope: "orders:write", body: patch,
			takes: []string{"application/merge-patch+json", "application/json"}, do: s.withOrder(patchOrder)},
		{method: "DELETE", path: "/orders/{id}", scope: "orders:write", do: s.withOrder(deleteOrder)},
		{method: "POST", path: "/orders/{id}/cancel", scope: "orders:write", do: s.withOrder(cancelOrder)},
		{method: "GET", path: "/orders/{id}/invoice", scope: "orders:read", offers: []string{"application/pdf"},
			do: s.withOrder(func(*call, *order) (answer, *refusal) {
				return answer{http.StatusOK, http.Header{"Content-Type": {"application/pdf"}}, []byte("%PDF-1.4\n%%EOF\n")}, nil
			})},
	}
}

func (s *shop) listOrders(c *call) (answer, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := c.query
	found := slices.DeleteFunc(slices.Clone(s.orders), func(o order) bool {
		return q.Has("state") && o.State != q.Get("state") || q.Has("tag") ||
			o.Placed < q.Get("since") || q.Has("until") && o.Placed > q.Get("until")
	})
	if strings.HasPrefix(q.Get("sort"), "-") {
		slices.Reverse(found)
	}
	list := page(c, found)
	for i := range list {
		list[i].Body = nil
	}
	return reply(http.StatusOK, map[string]any{"orders": list, "total": len(found)}), nil
}

func (s *shop) placeOrder(c *call) (answer, *refusal) {
	if no := s.priced(c.object()); no != nil {
		return answer{}, no
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o := order{1001 + len(s.orders), "open", "2026-02-18", c.body}
	s.orders = append(s.orders, o)
	return reply(http.StatusCreated, map[string]any{"id": o.ID, "state": o.State}).with("Location", fmt.Sprintf("/v1/orders/%d", o.ID)), nil
}

func (s *shop) quote(c *call) (answer, *refusal) {
	if no := s.priced(c.object()); no != nil {
		return answer{}, no
	}
	return reply(http.StatusOK, map[string]any{"valid": true}), nil
}

// priced applies the shop's own rules: what is sold, what is there, what a coupon is worth.
func (s *shop) priced(o map[string]any) *refusal {
	items, _ := o["items"].([]any)
	for i, item := range items {
		m, _ := item.(map[string]any)
		sku, _ := m["sku"].(string)
		s.mu.Lock()
		p, ok := s.products[sku]
		s.mu.Unlock()
		n, _ := strconv.Atoi(fmt.Sprint(m["quantity"]))
		switch {
		case !ok:
			return invalid(violation{in: "body", path: []any{"items", i, "sku"}, kind: "value", text: "is not sold here", got: sku})
		case n > p.Stock:
			r := refuse(http.StatusUnprocessableEntity, "out_of_stock", fmt.Sprintf("Only %d of %s are in stock.", p.Stock, sku))
			r.violations = []violation{{in: "body", path: []any{"items", i, "quantity"}, kind: "value", text: fmt.Sprintf("only %d are in stock", p.Stock), got: n}}
			return r
		}
	}
	coupon, ok := o["coupon"].(string)
	if !ok {
		return nil
	}
	if _, err := series(coupon); err != nil {
		// The bug that every shop has: what nobody expected becomes a 500.
		return refuse(http.StatusInternalServerError, "internal_error", "Something went wrong on our side.")
	}
	return nil
}

// series is the letter that a coupon belongs to. It was written by somebody who thought that a coupon is
// never empty.
func series(coupon string) (byte, error) {
	for i := range len(coupon) {
		return coupon[i], nil
	}
	return 0, errors.New("string index out of range")
}

func (s *shop) withOrder(do func(*call, *order) (answer, *refusal)) func(*call) (answer, *refusal) {
	return func(c *call) (answer, *refusal) {
		id, err := strconv.Atoi(c.vars["id"])
		if err != nil {
			return answer{}, invalid(violation{in: "path", path: []any{"id"}, kind: "type", expected: "integer", text: "must be an integer", got: c.vars["id"]})
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		i := slices.IndexFunc(s.orders, func(o order) bool { return o.ID == id })
		if i < 0 {
			return answer{}, refuse(http.StatusNotFound, "order_not_found", fmt.Sprintf("There is no order %d.", id))
		}
		return do(c, &s.orders[i])
	}
}

func patchOrder(c *call, o *order) (answer, *refusal) {
	if state, ok := c.object()["state"].(string); ok {
		if o.State == "shipped" && state != "shipped" {
			return answer{}, refuse(http.StatusConflict, "order_shipped", "The order has been shipped.")
		}
		o.State = state
	}
	return reply(http.StatusOK, o), nil
}

func cancelOrder(_ *call, o *order) (answer, *refusal) {
	if o.State == "shipped" {
		return answer{}, refuse(http.StatusConflict, "order_shipped", "The order has been shipped and cannot be cancelled any more.")
	}
	o.State = "cancelled"
	return reply(http.StatusAccepted, o), nil
}

func deleteOrder(_ *call, o *order) (answer, *refusal) {
	if o.State != "cancelled" {
		return answer{}, refuse(http.StatusConflict, "order_active", "Only cancelled orders can be deleted.")
	}
	return answer{status: http.StatusNoContent}, nil
}
