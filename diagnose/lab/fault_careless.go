package lab

// carelessFaults are requests on which an operation throws, and three that look alike where it throws on everything.
func carelessFaults() []Fault {
	const cause = "input_triggered_server_error"
	var out []Fault
	for _, at := range []string{Telling, Opaque} {
		card := at + "/shelf-cards"
		for _, f := range []Fault{
			{ID: "crash-path", Title: "A word stands where the path has a number, and the server throws", Request: get(at + "/tills/north"), Healthy: get(at + "/tills/2"),
				Truth: one(cause, "url.path[2]")},
			{ID: "crash-parameter-missing", Title: "The server takes a parameter for granted, and throws without it", Request: get(at + "/turnover?from=2026-01-01"),
				Healthy: get(at + "/turnover?from=2026-01-01&to=2026-01-31"), Truth: one(cause+" missing_request_parameter", "query:to")},
			{ID: "crash-no-such-day", Title: "The server throws on a day that does not exist", Request: get(at + "/turnover?from=2026-02-30&to=2026-03-31"),
				Healthy: get(at + "/turnover?from=2026-02-28&to=2026-03-31"), Truth: one(cause, "query:from")},
			{ID: "crash-letter", Title: "A letter that the server's table cannot hold", Request: post(card, `{"text": "Tea for two 🫖", "size": 12, "copies": 1}`),
				Healthy: post(card, `{"text": "Tea for two", "size": 12, "copies": 1}`), Truth: one(cause, "body:/text")},
			{ID: "crash-list-of-one", Title: "The body is a list with the object in it", Request: post(card, `[{"text": "Tea for two", "size": 12}]`),
				Healthy: post(card, `{"text": "Tea for two", "size": 12}`), Truth: one(cause+" invalid_body_property_type", "body")},
			{ID: "crash-always", Title: "The server throws on every resource of a collection that can be read", Request: get(at + "/coolers/7"), Healthy: get(at + "/coolers"),
				Beyond: true, Truth: one("server_error", "server")},
			{ID: "crash-always-query", Title: "The server checks its parameters, and throws on all that are right", Request: get(at + "/footfall?date=2026-02-11&floor=1"), Healthy: get(at + "/coolers"),
				Beyond: true, Truth: one("server_error", "server")},
			{ID: "crash-always-write", Title: "The server checks the body, and throws on all that are right", Request: post(at+"/gift-cards", `{"amount": 25, "message": "With love"}`), Healthy: get(at + "/coolers"),
				Beyond: true, Truth: one("server_error", "server")},
		} {
			f.ID += suffix(at)
			out = append(out, f)
		}
	}
	return out
}
