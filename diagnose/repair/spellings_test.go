package repair

import (
	"slices"
	"testing"

	"culprit/diagnose"
)

// TestSpellings: what a path may be meant as stands among the first tries; the path itself and a word that is right are
// left alone, and so are identifiers.
func TestSpellings(t *testing.T) {
	const first = 4
	for path, want := range map[string]string{
		"/api/costumers": "/api/customers", "/API/V1/ORDERS": "/api/v1/orders", "/api/orders.json": "/api/orders",
		"/api/purchaseOrders": "/api/purchase-orders", "/api/purchase_orders/7": "/api/purchase-orders/7", "/purchase-orders": "/purchase_orders",
		"/v1/categorys": "/v1/categories", "/v1/category": "/v1/categories", "/v1/categories/7": "/v1/category/7", "/v1/boxes": "/v1/box",
		"/orders": "/api/orders", "/orders/7": "/v1/orders/7", "/users/": "/api/users/", "/v1/orders/7": "/orders/7", "/api/orders": "/api/v1/orders",
		"/api/v1/orders": "/api/orders", "/invoices": "/api/v1/invoices", "/v1/prodcuts/7": "/v1/products/7",
	} {
		all := Spellings(path)
		i := slices.IndexFunc(all, func(e diagnose.Edit) bool { return e.To == want })
		if i < 0 || i >= first {
			t.Errorf("%s: %s is not among the first %d of %v", path, want, first, tos(all))
		}
		if slices.Contains(tos(all), path) {
			t.Errorf("%s: itself is tried", path)
		}
	}
	for path, not := range map[string]string{"/api/orders/Order7x": "/api/orders/orders", "/customer/1": "/customers/1", "/api/items": "/api/item", "/": "/api/"} {
		if slices.Contains(tos(Spellings(path)), not) {
			t.Errorf("%s is tried as %s", path, not)
		}
	}
}

func tos(all []diagnose.Edit) (out []string) {
	for _, e := range all {
		out = append(out, e.To.(string))
	}
	return out
}

func FuzzSpellings(f *testing.F) {
	f.Add("/api/v1//Ünïcode%20x/")
	f.Fuzz(func(t *testing.T, path string) {
		for _, e := range Spellings(path) {
			if e.To == path || e.To == "" {
				t.Errorf("%q is no other path than %q", e.To, path)
			}
		}
	})
}
