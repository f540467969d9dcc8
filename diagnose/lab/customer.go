package lab

import (
	"maps"
	"net/http"
	"slices"
)

func (s *shop) customerRoutes() []route {
	return []route{
		{method: "GET", path: "/customers", scope: "customers:read", query: append(paging(), param{field: may("email", formatted("email"))}),
			do: func(c *call) (answer, *refusal) {
				s.mu.Lock()
				defer s.mu.Unlock()
				email := c.query.Get("email")
				found := []map[string]string{}
				for _, e := range slices.Sorted(maps.Keys(s.customers)) {
					if email == "" || email == e {
						found = append(found, map[string]string{"email": e, "name": s.customers[e]})
					}
				}
				return reply(http.StatusOK, map[string]any{"customers": page(c, found)}), nil
			}},
		{method: "GET", path: "/customers/{email}", scope: "customers:read", do: func(c *call) (answer, *refusal) {
			s.mu.Lock()
			defer s.mu.Unlock()
			name, ok := s.customers[c.vars["email"]]
			if !ok {
				return answer{}, refuse(http.StatusNotFound, "customer_not_found", "There is no such customer.")
			}
			return reply(http.StatusOK, map[string]string{"email": c.vars["email"], "name": name}), nil
		}},
		{method: "POST", path: "/customers", scope: "customers:write",
			body: ref(object(must("email", formatted("email")), must("name", text(1, 120)), may("birthday", formatted("date")),
				may("language", oneOf("en", "de", "fr")), may("marketing", object(may("email", flag()), may("post", flag()))))),
			do: func(c *call) (answer, *refusal) {
				email, _ := c.object()["email"].(string)
				name, _ := c.object()["name"].(string)
				s.mu.Lock()
				defer s.mu.Unlock()
				if _, ok := s.customers[email]; ok {
					return answer{}, refuse(http.StatusConflict, "email_taken", "A customer with this e-mail address exists already.")
				}
				s.customers[email] = name
				return reply(http.StatusCreated, map[string]string{"email": email}), nil
			}},
	}
}
