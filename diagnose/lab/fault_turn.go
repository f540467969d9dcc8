package lab

// A Turn is what happened to the world between the days on which a request passed and today. What is known from
// before is all that shows it: many such requests still succeed.
type Turn struct {
	// Earlier is how often the request was sent, and passed, before; its answers are kept. 0 when nobody kept any.
	Earlier int
	// Happens brings about today; nil when nothing happened.
	Happens func(*Lab)
	// Passes is set when the request succeeds all the same, with an answer that is not as it was or as is documented.
	Passes bool
	// Document is what the publisher of the API says about it, as OpenAPI; "" when there is none.
	Document string
	// Kept is set when the request fails only on a connection that was kept open by an earlier one.
	Kept bool
}

// earlierPasses is one more than the engine needs to tell slow from usual.
const earlierPasses = 4

// turnedFaults are requests that were right until the world turned, and those of which only what is known beside
// the answer says that it is wrong.
func turnedFaults() []Fault {
	turn := func(name, id, title, path, truth string) Fault {
		return Fault{
			ID: id, Title: title, Request: get(path), Healthy: get("/v1/reports/weekly"), Prepare: func(l *Lab) { l.shop.restart(name) },
			Beyond: true, Truth: one(truth, "server"), Turn: &Turn{Earlier: earlierPasses, Happens: func(l *Lab) { l.shop.turn(name) }, Passes: true},
		}
	}
	documented := turn("scales", "undocumented-type", "A weight is a text where the document says number", "/v1/scales/7", "response_schema_mismatch")
	documented.Turn.Earlier, documented.Turn.Document = 0, scalesDocument
	moved := turn("tariffs", "drifted-opaque", "What passed last week fails today, in a place where one answer stands for everything", "/legacy/tariffs?zone=2&parcel=small", "drift")
	moved.Good, moved.Opaque, moved.Turn.Earlier, moved.Turn.Passes = get("/legacy/tariffs?zone=1&parcel=large"), true, 0, false
	return []Fault{
		turn("stocktake", "slower", "A list takes far longer than it used to", "/v1/stocktake", "slow_response"),
		turn("scales", "changed-type", "A weight was a number and is a text", "/v1/scales/7", "response_schema_mismatch"),
		documented,
		turn("shelves", "emptied", "An object came and nothing is in it any more", "/v1/shelves/3", "unexpected_empty_response"),
		moved,
		{ID: "kept-connection", Title: "The server closes a kept connection just as it is used again", Request: post("/v1/orders/quote", shortOrder, base(func(l *Lab) string { return l.Hasty })),
			Healthy: post("/v1/orders/quote", shortOrder), Beyond: true, Truth: one("keepalive_race", "tcp"), Turn: &Turn{Kept: true}},
	}
}

// scalesDocument describes the scales as they were when it was written.
const scalesDocument = `openapi: 3.0.3
info: {title: Kettle & Leaf, version: "1"}
paths:
  /v1/scales/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        "200":
          description: what lies on it
          content:
            application/json:
              schema:
                type: object
                required: [id, grams]
                properties: {id: {type: integer}, grams: {type: number}}
`
