package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A speech is a row of the tables of this file: what a server answers to a request, and the element that it speaks of.
type speech struct {
	name   string
	r      request.Request
	status int
	body   string
	el     diagnose.ElementID
}

const (
	shop   = `{"customer":{"name":"Ada","email":"ada"},"items":[{"sku":"A-1","quantity":1},{"sku":"B-2","quantity":"two"}],"currency":"eur","status":"shippd","total":-5,"due":"31/12/2026"}`
	person = `{"name":"Ada","email":"a@x.org","role":"boss","age":"x","country":"Germany","born":"31/12/1990"}`
)

// sendJSON is a JSON body sent with POST.
func sendJSON(url, text string) request.Request {
	r := ask("POST", url, "Content-Type", "application/json", "Authorization", "Bearer tok-1")
	r.Body = request.Body{Kind: request.RawBody, Text: text, Type: "application/json"}
	return r
}

func speaksOf(t *testing.T, rows []speech) {
	t.Helper()
	for _, c := range rows {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.r, c.status, c.body))
			for _, e := range all {
				if e.Element != "" && e.Kind != "status" {
					if e.Element != c.el || e.Ratio < challenge {
						break
					}
					return
				}
			}
			t.Errorf("want %s, got %+v", c.el, all)
		})
	}
}

// TestExceptionsSpeak: what languages, their frameworks and the drivers of databases say when they throw names an element.
func TestExceptionsSpeak(t *testing.T) {
	J, G := sendJSON, func(url string) request.Request { return get(url, "Accept", "application/json") }
	O, U := J("https://h.test/v1/orders?limit=fifty", shop), J("https://h.test/users", person)
	speaksOf(t, []speech{
		{"Typesense missing", J("https://h.test/collections/books/documents", `{"title":"Tea"}`), 400, "{\"message\": \"Field `points` has been declared in the schema, but is not found in the document.\"}", "body:/points"},
		{"Weaviate prop", J("https://h.test/v1/objects", `{"class":"Book","properties":{"title":"Tea","year":"1999"}}`), 422, `{"error":[{"message":"invalid object: invalid integer property 'year' on class 'Book': requires an integer, the given value is '1999'"}]}`, "body:/properties/year"},
		{"PostgREST table", G("https://h.test/todoss"), 404, `{"code":"PGRST205","details":null,"hint":"Perhaps you meant the table 'public.todos'","message":"Could not find the table 'public.todoss' in the schema cache"}`, "url.path[0]"},
		{"PostgREST check", J("https://h.test/todos", `{"task":"a","priority":9}`), 400, `{"code":"23514","details":"Failing row contains (3, a, 9).","hint":null,"message":"new row for relation \"todos\" violates check constraint \"todos_priority_check\""}`, "body:/priority"},
		{"Prisma missing", J("https://h.test/users", `{"name":"Ada"}`), 500, "{\"message\":\"Invalid `prisma.user.create()` invocation: Argument `email` is missing.\"}", "body:/email"},
		{"Python missing arg", J("https://h.test/users", `{"name":"Ada"}`), 500, `{"error":"create_user() missing 1 required positional argument: 'email'"}`, "body:/email"},
		{"Java enum", O, 400, `{"timestamp":"2026","status":400,"error":"Bad Request","message":"JSON parse error: Cannot deserialize value of type 'com.acme.Status' from String \"shippd\": not one of the values accepted for Enum class: [NEW, SHIPPED]"}`, "body:/status"},
		{"Moshi missing", O, 400, "Required value 'address' missing at $.customer", "body:/customer/address"},
		{"OData top", G("https://h.test/odata/Products?$top=-1"), 400, `{"error":{"code":"","message":"The query specified in the URI is not valid. Invalid value '-1' for $top query option found. The $top query option requires a non-negative integer value."}}`, "query:$top"},
		{"Slack", J("https://h.test/api/chat.postMessage", `{"channel":"#nope","text":"x"}`), 200, `{"ok":false,"error":"channel_not_found"}`, "body:/channel"},
		{"axum path", G("https://h.test/users/abc"), 400, "Invalid URL: Cannot parse `abc` to a `u32`", "url.path[1]"},
		{"Vapor type", O, 400, `{"error":true,"reason":"Value of type 'Int' required for key 'quantity'."}`, "body:/items/1/quantity"},
		{"Vapor path", O, 400, `{"error":true,"reason":"Value was not of type 'Int' at path 'items.1.quantity'. Expected to decode Int but found a string instead."}`, "body:/items/1/quantity"},
		{"malli", O, 400, `{"value":{"x":1},"humanized":{"items":[null,{"quantity":["should be an integer"]}]},"in":["request","body-params"],"type":"reitit.coercion/request-coercion","coercion":"malli"}`, "body:/items/1/quantity"},
		{"Node not a function", O, 500, `{"message":"order.currency.toFixed is not a function"}`, "body:/currency"},
		{"Node map", J("https://h.test/o", `{"items":"x"}`), 500, `{"message":"req.body.items.map is not a function"}`, "body:/items"},
		{"Node BigInt", G("https://h.test/users/abc"), 500, `{"message":"Cannot convert abc to a BigInt"}`, "url.path[1]"},
		{"Python KeyError", J("https://h.test/o", `{"name":"x"}`), 500, `{"error":"KeyError: 'email'"}`, "body:/email"},
		{"PHP undefined", J("https://h.test/o", `{"name":"x"}`), 500, `{"message":"Undefined array key \"email\"","exception":"ErrorException","file":"/app/x.php","line":12}`, "body:/email"},
		{"PHP type", O, 500, `{"message":"App\\Order::setTotal(): Argument #1 ($total) must be of type string, int given, called in /app/x.php on line 3"}`, "body:/total"},
		{"Go json v2", O, 400, `json: cannot unmarshal JSON string into Go int within "/items/1/quantity"`, "body:/items/1/quantity"},
		{"axum query", G("https://h.test/a?page=x"), 400, `Failed to deserialize query string: page: invalid digit found in string`, "query:page"},
		{"Symfony type", O, 400, `{"type":"https://tools.ietf.org/html/rfc2616#section-10","title":"An error occurred","detail":"The type of the \"quantity\" attribute must be \"int\", \"string\" given."}`, "body:/items/1/quantity"},
		{"minimal API", G("https://h.test/a?page=x"), 400, `Microsoft.AspNetCore.Http.BadHttpRequestException: Failed to bind parameter "int page" from "x".`, "query:page"},
		{"servant query", G("https://h.test/a?page=x"), 400, `Error parsing query parameter page failed: could not parse: 'x' (input does not start with a digit)`, "query:page"},
		{"version header", G("https://h.test/a"), 400, `{"error":{"message":"missing required header: anthropic-version"}}`, "header:Anthropic-Version"},
		{"code INVALID_EMAIL", U, 400, `{"code":"INVALID_EMAIL"}`, "body:/email"},
		{"code EMAIL_FORMAT", U, 400, `{"error":"EMAIL_FORMAT_INVALID"}`, "body:/email"},
		{"code camel", U, 400, `{"error":"InvalidCountry"}`, "body:/country"},
		{"PG uuid", G("https://h.test/users/abc"), 500, `{"error":"invalid input syntax for type uuid: \"abc\""}`, "url.path[1]"},
		{"MySQL null", U, 500, `{"error":"Column 'phone' cannot be null"}`, "body:/phone"},
		{"MySQL trunc", U, 500, `{"error":"Data truncated for column 'role' at row 1"}`, "body:/role"},
		{"MSSQL conv", U, 500, `{"error":"Conversion failed when converting the nvarchar value 'boss' to data type int."}`, "body:/role"},
		{"Oracle large", U, 500, `{"error":"ORA-12899: value too large for column \"APP\".\"USERS\".\"COUNTRY\" (actual: 7, maximum: 2)"}`, "body:/country"},
		{"JPA null", U, 500, `{"message":"not-null property references a null or transient value : com.acme.User.phone"}`, "body:/phone"},
		{"NPE", U, 500, `{"message":"Cannot invoke \"String.length()\" because the return value of \"com.acme.User.getPhone()\" is null"}`, "body:/phone"},
		{"NPE record", U, 500, `{"message":"Cannot invoke \"java.lang.Integer.intValue()\" because \"this.quantity\" is null"}`, "body:/quantity"},
		{"Kotlin", U, 500, `{"message":"Parameter specified as non-null is null: method com.acme.User.<init>, parameter phone"}`, "body:/phone"},
		{".NET key", U, 500, `{"error":"The given key 'phone' was not present in the dictionary."}`, "body:/phone"},
		{".NET null", U, 500, `System.ArgumentNullException: Value cannot be null. (Parameter 'phone')`, "body:/phone"},
		{".NET enum", U, 400, `Requested value 'boss' was not found.`, "body:/role"},
		{".NET date", U, 400, `String '31/12/1990' was not recognized as a valid DateTime.`, "body:/born"},
		{"Ruby keyfetch", U, 500, `{"exception":"#<KeyError: key not found: \"phone\">"}`, "body:/phone"},
		{"Ruby Integer", U, 500, `{"error":"invalid value for Integer(): \"Germany\""}`, "body:/country"},
		{"Ruby keyword", U, 500, `{"error":"missing keyword: :phone"}`, "body:/phone"},
		{"PHP enum", U, 500, `"boss" is not a valid backing value for enum Role`, "body:/role"},
		{"JS iter", J("https://h.test/u", `{"tags":5,"name":"x"}`), 500, `{"error":"req.body.tags is not iterable"}`, "body:/tags"},
		{"loopback", U, 422, "{\"error\":{\"statusCode\":422,\"name\":\"ValidationError\",\"message\":\"The `User` instance is not valid. Details: `age` must be a number (value: \\\"x\\\").\",\"details\":{\"codes\":{\"age\":[\"type\"]}}}}", "body:/age"},
		{"goa", O, 400, `{"name":"invalid_format","id":"x","message":"body.customer.email must be formatted as a email but got value \"ada\", mail: missing '@' or angle-addr","temporary":false}`, "body:/customer/email"},
		{"ogen validate", O, 400, `{"error_message":"operation createOrder: decode request: validate: invalid: items ([1]: invalid: quantity (value -1 less than 0))"}`, "body:/items/1/quantity"},
		{"poem", O, 400, "parse request payload error: failed to parse \"integer_int32\": expected integer (occurred while parsing \"Item.quantity\")", "body:/items/1/quantity"},
		{"Ktor", O, 400, `Request parameter limit couldn't be parsed/converted to Int`, "query:limit"},
		{"helidon", O, 400, `Unable to deserialize property 'quantity' because of: Error deserialize JSON value into type: int.`, "body:/items/1/quantity"},
		{"tapir q", O, 400, `Invalid value for: query parameter limit`, "query:limit"},
		{"yesod", U, 400, `{"message":"Invalid Arguments","errors":["Value is required: phone"]}`, "body:/phone"},
		{"scotty", O, 400, `Scotty.QueryParam: no parse: limit: readParam Int: read: no parse`, "query:limit"},
		{"league", O, 400, `{"error":"Body does not match schema for content-type \"application/json\" for Request [post /v1/orders] Keyword validation failed: Value expected to be 'integer', but 'string' given. [items->1->quantity]"}`, "body:/items/1/quantity"},
	})
}

// TestOtherLanguagesSpeak: the name of a field stands among words of the language that a validator was translated into.
func TestOtherLanguagesSpeak(t *testing.T) {
	O := sendJSON("https://h.test/v1/orders?limit=fifty", shop)
	speaksOf(t, []speech{
		{"French", O, 400, `{"erreur":"Le champ currency est invalide."}`, "body:/currency"},
		{"Spanish missing", O, 422, `{"mensaje":"El campo address es obligatorio."}`, "body:/address"},
		{"Portuguese", O, 400, `{"erro":"O campo currency é inválido"}`, "body:/currency"},
		{"Chinese", O, 400, `{"code":40001,"msg":"参数 currency 不合法"}`, "body:/currency"},
		{"Chinese missing", O, 400, `{"code":40001,"msg":"缺少参数 address"}`, "body:/address"},
		{"Japanese", O, 400, `{"message":"addressは必須です。"}`, "body:/address"},
	})
}

// TestShortWordingsSpeak: a name and a word or two.
func TestShortWordingsSpeak(t *testing.T) {
	B := sendJSON("https://h.test/api/v2/bookings?notify=maybe&lang=xx", `{"guest":{"first_name":"Ada","email":"ada at example","phone":"12"},"rooms":[{"type":"suite","beds":2},{"type":"penthous","beds":"three"}],"check_in":"2026-13-40","check_out":"2026-01-02","nights":0,"rate":"99,90","currency":"EURO","vip":"yes","notes":"x","tags":["a","a"],"coupon":null,"iban":"DE00","zip":"1","website":"nope","colour":"blu"}`)
	speaksOf(t, []speech{
		{"expected, not found", B, 400, `{"error":"Property 'adults' was expected but not found"}`, "body:/adults"},
		{"missing, a list of names", B, 400, `{"error":"Missing: adults"}`, "body:/adults"},
		{"a field and a complaint", B, 400, `{"error":"field guest.phone: too short (2 < 7)"}`, "body:/guest/phone"},
		{"bad and a name", B, 400, `{"error":"bad zip"}`, "body:/zip"},
		{"a path and unknown", B, 400, `{"ok":0,"why":"rooms.1.type unknown"}`, "body:/rooms/1/type"},
		{"null is not for it", B, 400, `{"error":"null is not allowed for coupon"}`, "body:/coupon"},
		{"committee", B, 400, `{"id":"bad_request","message":"#/components/schemas/Booking/properties/nights expected integer, but received String: \"x\""}`, "body:/nights"},
		{"ozzo, an item", B, 400, `{"error":"rooms: (1: (type: must be a valid value.).)."}`, "body:/rooms/1/type"},
		{"json_schemer", B, 422, `{"errors":["value at ` + "`/rooms/1/beds`" + ` is not an integer"]}`, "body:/rooms/1/beds"},
	})
}

// TestExceptionsOfTheServersOwn: what a program misses of its surroundings, of its own objects and of itself names nothing of the
// request, and a name that a failing server looked up is a lead at most.
func TestExceptionsOfTheServersOwn(t *testing.T) {
	for _, c := range []struct {
		status int
		body   string
	}{
		{500, `{"error":"KeyError: 'DATABASE_URL'"}`},
		{500, `{"error":"Cannot read properties of undefined (reading 'rows')"}`},
		{500, `{"error":"db.query is not a function"}`},
		{500, `{"error":"Could not connect (Parameter 'connectionString')"}`},
		{500, `{"error":"new row for relation \"audit\" violates check constraint \"audit_kind_check\""}`},
		{400, `{"error":"invalid_request"}`},
		{400, `{"code":"not_found"}`},
		{400, `{"message":"El pedido es obligatorio"}`},
		{400, `{"error":"ERR_VALIDATION_FAILED"}`},
		{500, `{"error":"key not found: \"session\""}`},
	} {
		for _, e := range read(answered(sendJSON("https://h.test/users", person), c.status, c.body)) {
			if e.Element != "" && e.Kind != "status" && e.Ratio >= code {
				t.Errorf("%s: %+v", c.body, e)
			}
		}
	}
}
