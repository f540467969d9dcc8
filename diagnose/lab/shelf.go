package lab

import "net/http"

// A shelf is where products lie. What its row is called and which woods there are is the shop's own matter: it can be
// read, and hardly guessed.
type shelf struct {
	ID     int    `json:"id"`
	Row    string `json:"row"`
	Wood   string `json:"wood"`
	Levels int    `json:"levels"`
	Opened string `json:"opened"`
}

func firstShelves() []shelf {
	return []shelf{{1, "N-04", "larch", 5, "2024-05-02"}, {2, "N-07", "larch", 7, "2024-05-02"}, {3, "S-01", "alder", 5, "2025-01-20"}}
}

func (s *shop) shelfRoutes() []route {
	body := ref(object(must("row", formatted("row")), must("wood", oneOf("larch", "alder", "cane")), must("levels", whole(1, 12)), must("opened", formatted("date"))))
	add := func(c *call) (answer, *refusal) { return reply(http.StatusCreated, c.body), nil }
	return []route{
		{method: "GET", path: "/shelves", scope: "products:read", query: paging(), do: func(c *call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"shelves": page(c, firstShelves())}), nil
		}},
		{method: "POST", path: "/shelves", scope: "products:write", body: body, do: add},
		// Of another team: read as the first, written only under a number of one's own.
		{method: "GET", path: "/racks", scope: "products:read", query: paging(), do: func(c *call) (answer, *refusal) {
			return reply(http.StatusOK, map[string]any{"racks": page(c, firstShelves())}), nil
		}},
		{method: "POST", path: "/racks", scope: "products:write", needs: []field{must("Idempotency-Key", text(1, 80))}, body: body, do: add},
		{method: "POST", path: "/moves", scope: "products:write", do: add, body: ref(checked(object(
			must("source", text(1, 20)), must("target", text(1, 20)), must("mode", oneOf("lift", "cart")), must("boxes", whole(1, 40)), may("urgent", flag())), unlike("source", "target")))},
	}
}

// shelfFaults are refused without a word, and nobody kept a request that worked.
func shelfFaults() []Fault {
	const right, move = `{"row": "S-02", "wood": "alder", "levels": 6, "opened": "2026-02-18"}`, `{"source": "N-04", "target": "S-01", "mode": "cart", "boxes": 3}`
	fault := func(id, title, path, body, from, to string, truth []Truth) Fault {
		return Fault{ID: id, Title: title, Opaque: true, Request: post(path, swap(body, from, to)), Healthy: post(path, body), Truth: truth}
	}
	return []Fault{
		fault("shelf-wood-opaque", "A word that only the shop's own records have", Opaque+"/shelves", right, `"wood": "alder"`, `"wood": "pine"`, one("invalid_body_property_value", "body:/wood")),
		fault("shelf-row-opaque", "A code of a form that only the shop's own records have", Opaque+"/shelves", right, `"row": "S-02"`, `"row": "south two"`,
			one("invalid_body_property_format invalid_body_property_value", "body:/row")),
		fault("shelf-row-missing-opaque", "A member is missing that all records have", Opaque+"/shelves", right, `"row": "S-02", `, "", one("missing_body_property", "body:/row")),
		fault("shelf-extra-opaque", "A member is sent that no record has", Opaque+"/shelves", right, `"levels": 6`, `"levels": 6, "depth": 40`, one("unexpected_body_property", "body:/depth")),
		fault("move-same-opaque", "A move from a place to the same", Opaque+"/moves", move, `"target": "S-01"`, `"target": "N-04"`,
			one("invalid_body_property_value interacting_parameters", "body:/target body:/source")),
		fault("move-capitals-opaque", "A word of four capitals", Opaque+"/moves", move, `"cart"`, `"CART"`, one("invalid_body_property_value", "body:/mode")),
		// It looks unlike every record, and is right: what is missing is a header field.
		{ID: "rack-key-opaque", Title: "A new kind of wood under no number of its own", Opaque: true, Request: post(Opaque+"/racks", swap(right, "alder", "cane")),
			Healthy: post(Opaque+"/racks", swap(right, "alder", "cane"), header("Idempotency-Key", "7d1c9f60-3c3e-4b2f-9a57-4f0c6d5b1e02")),
			Truth:   one("idempotency_key_missing missing_request_header", "header:Idempotency-Key")},
	}
}

// unlike refuses two fields with the same value.
func unlike(a, b string) check {
	return func(o map[string]any) ([]string, string) {
		if o[a] != nil && o[a] == o[b] {
			return []string{a, b}, a + " and " + b + " must differ"
		}
		return nil, ""
	}
}
