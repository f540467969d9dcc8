package lab

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
)

// A payment is kept under its idempotency key (draft-ietf-httpapi-idempotency-key-header).
type payment struct {
	body   string
	answer answer
}

// usedKey is the key of a payment that was made before the lab's first request.
const usedKey = "8e03978e-40d5-43e8-bc93-6894a57f9324"

// apiVersions are the values of X-Api-Version that are served.
func apiVersions() []string { return []string{"2026-01", "2025-07"} }

func firstPayments() map[string]payment {
	return map[string]payment{usedKey: {`{"order":1001,"amount":61.5,"currency":"EUR"}`, reply(http.StatusCreated, map[string]any{"payment": 1})}}
}

func (s *shop) paymentRoutes() []route {
	version := []field{must("X-Api-Version", oneOf(apiVersions()...))}
	return []route{
		{method: "GET", path: "/payments", scope: "orders:read", needs: version, query: paging(), do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"payments": []any{}}), nil
		}},
		{method: "POST", path: "/payments", scope: "orders:write", needs: version, do: s.pay,
			body: ref(object(must("order", whole(1, 1e9)), must("amount", number(0.01, 1e6)), must("currency", oneOf("EUR", "USD", "GBP"))))},
		// Two sums that are asked for with a POST, and of which a GET learns nothing.
		{method: "POST", path: "/invoices/preview", scope: "orders:read", coy: "listed", body: ref(object(must("order", whole(1, 1e9)))), do: invoiced},
		{method: "POST", path: "/invoices/estimate", scope: "orders:read", coy: "hidden", body: ref(object(must("order", whole(1, 1e9)))), do: invoiced},
		// Two ways to say who pays, and each is fine alone.
		{method: "GET", path: "/ledger", scope: "orders:read", do: func(c *call) (answer, *refusal) {
			if c.Header.Get("X-Tenant") != "" && c.Header.Get("X-Org") != "" {
				r := refuse(http.StatusBadRequest, "ambiguous_account", "X-Tenant and X-Org cannot be sent together.")
				return answer{}, r
			}
			return reply(http.StatusOK, map[string]any{"entries": []any{}}), nil
		}},
	}
}

func (s *shop) pay(c *call) (answer, *refusal) {
	key := strings.Trim(c.Header.Get("Idempotency-Key"), `"`)
	if key == "" {
		return answer{}, refuse(http.StatusBadRequest, "idempotency_key_missing", "This operation requires an Idempotency-Key.")
	}
	body := string(bytes.TrimSpace(c.raw))
	s.mu.Lock()
	defer s.mu.Unlock()
	if before, ok := s.payments[key]; ok {
		if before.body != body {
			return answer{}, refuse(http.StatusUnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used with another payload.")
		}
		return before.answer, nil
	}
	a := reply(http.StatusCreated, map[string]any{"payment": len(s.payments) + 1}).with("Location", fmt.Sprintf("/v1/payments/%d", len(s.payments)+1))
	s.payments[key] = payment{body, a}
	return a, nil
}

// invoiced says what an invoice would come to.
func invoiced(*call) (answer, *refusal) {
	return reply(http.StatusOK, map[string]any{"net": 51.68, "gross": 61.5}), nil
}
