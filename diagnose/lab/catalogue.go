package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// A product is something that is sold.
type product struct {
	SKU   string  `json:"sku"`
	Title string  `json:"title"`
	Price float64 `json:"price"`
	Stock int     `json:"stock"`
}

func firstProducts() map[string]product {
	m := map[string]product{}
	for _, p := range []product{
		{"MUG-0042", "Mug, blue", 12.5, 320}, {"TEA-0007", "Assam, 250 g", 8.9, 87}, {"POT-0003", "Tea pot, cast iron", 49, 12},
		{"BOX-0100", "Gift box", 3, 1000}, {"CUP-0011", "Cup, café crème", 9.2, 54}, {"JAR-0008", "Honey jar", 6.4, 0},
	} {
		m[p.SKU] = p
	}
	return m
}

// tag is the product's entity tag: of what it is, so that the same product has the same tag again.
func (p product) tag() string {
	text, err := json.Marshal(p)
	if err != nil {
		return `""` // cannot happen: strings and numbers
	}
	sum := sha256.Sum256(text)
	return `"` + hex.EncodeToString(sum[:6]) + `"`
}

func (s *shop) catalogueRoutes() []route {
	search := ref(checked(object(
		must("text", text(1, 200)), may("limit", whole(1, 50)),
		may("price", object(may("min", number(0, 1e6)), may("max", number(0, 1e6)))),
		may("order_by", oneOf("relevance", "price")), may("in_stock", flag()),
	)))
	return []route{
		{method: "GET", path: "/products", scope: "products:read", query: append(paging(), param{field: may("q", text(1, 100))},
			param{field: may("in_stock", flag())}, param{field: may("max_price", number(0, 1e6))},
			param{field: may("fields", text(1, 100))}), do: s.listProducts},
		{method: "GET", path: "/products/{sku}", scope: "products:read", do: s.readProduct},
		{method: "PUT", path: "/products/{sku}", scope: "products:write", do: s.putProduct,
			body: ref(object(must("title", text(1, 200)), must("price", number(0, 1e6)), must("stock", whole(0, 1e6))))},
		{method: "GET", path: "/search", scope: "products:read", query: []param{{field: must("q", text(1, 100))}}, do: s.listProducts},
		{method: "POST", path: "/search", scope: "products:read", body: search, do: s.listProducts},
		// Written by another team, in another framework: only the form with the slash exists.
		{method: "GET", path: "/brands/", scope: "products:read", do: func(*call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"brands": []string{"Kettle & Co", "Leaf"}}), nil
		}},
		{method: "GET", path: "/stock", scope: "products:read", query: []param{{field: must("sku", text(1, 20))}}, do: s.stock},
	}
}

func (s *shop) listProducts(c *call) (answer, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	want := strings.ToLower(c.query.Get("q"))
	if body := c.object(); body != nil {
		if t, ok := body["text"].(string); ok {
			want = strings.ToLower(t)
		}
	}
	found := []product{}
	for _, sku := range slices.Sorted(maps.Keys(s.products)) {
		p := s.products[sku]
		if strings.Contains(strings.ToLower(p.Title), want) && (c.query.Get("in_stock") != "true" || p.Stock > 0) {
			found = append(found, p)
		}
	}
	return reply(http.StatusOK, map[string]any{"products": page(c, found), "total": len(found)}), nil
}

func (s *shop) product(c *call) (product, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.products[c.vars["sku"]]
	if !ok {
		return p, refuse(http.StatusNotFound, "product_not_found", "There is no product "+c.vars["sku"]+".")
	}
	return p, nil
}

func (s *shop) readProduct(c *call) (answer, *refusal) {
	p, no := s.product(c)
	if no != nil {
		return answer{}, no
	}
	return reply(http.StatusOK, p).with("ETag", p.tag()), nil
}

// putProduct replaces a product and asks for If-Match, so that nobody overwrites what they have not seen
// (RFC 6585 §3).
func (s *shop) putProduct(c *call) (answer, *refusal) {
	p, no := s.product(c)
	if no != nil {
		return answer{}, no
	}
	switch match := c.Header.Get("If-Match"); match {
	case "":
		return answer{}, refuse(http.StatusPreconditionRequired, "precondition_required", "Send If-Match with the ETag that you last read.")
	case p.tag(), "*":
	default:
		return answer{}, refuse(http.StatusPreconditionFailed, "precondition_failed", "The product has changed since.", "ETag", p.tag())
	}
	text, err := json.Marshal(c.body)
	if err == nil {
		err = json.Unmarshal(text, &p)
	}
	if err != nil {
		return answer{}, refuse(http.StatusBadRequest, "malformed_json", err.Error())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.products[p.SKU] = p
	return reply(http.StatusOK, p).with("ETag", p.tag()), nil
}

// stock belongs to the old back office, which knows one status.
func (s *shop) stock(c *call) (answer, *refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.products[c.query.Get("sku")]
	if !ok {
		return reply(http.StatusOK, map[string]any{"ok": false, "error": "unknown_sku"}), nil
	}
	return reply(http.StatusOK, map[string]any{"ok": true, "sku": p.SKU, "stock": p.Stock}), nil
}
