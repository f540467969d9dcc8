package lint

import (
	"strings"
	"testing"

	"culprit/request"
)

func TestBodyRules(t *testing.T) { run(t, bodySamples()) }

func bodySamples() []sample {
	sib := Facts{Siblings: []request.Request{data(`{"name":"a","quantity":2,"tags":["x"],"status":"in_stock"}`)}}
	return []sample{
		{"B1", data(`{"a":1,}`), Facts{}, "body", "malformed_json", `{"a":1}`, data(`{"a":1}`)},
		{"B1", data(`{'a':1}`), Facts{}, "body", "malformed_json", `{"a":1}`, post("text/plain", `{'a':1}`)},
		{"B1", data(`{"a":1`), Facts{}, "body", "malformed_json", `{"a":1}`, data("12")},
		{"B1", data(`{a:True /* x */}`), Facts{}, "body", "malformed_json", `{"a":true }`, post("application/javascript", `{a:1}`)},
		{"B1", data(`{"a":NaN}`), Facts{}, "body", "malformed_json", `{"a":null}`, data(`{"a":"NaN-1"}`)},
		{"B1", data("\ufeff{}"), Facts{}, "body", "malformed_json", `{}`, data(" {}\n")},
		{"B1", data("{“a”:1}"), Facts{}, "body", "malformed_json", `{"a":1}`, data(`{"a":"“x”"}`)},
		{"B1", data("{\"a\":\"x\ny\"}"), Facts{}, "body", "malformed_json", `{"a":"x\ny"}`, data(`{"a":"x\ny"}`)},
		{"B1", data(`{"a":1}{"b":2}`), Facts{}, "body", "malformed_json", `{"a":1}`, post("application/x-ndjson", "{\"a\":1}\n{\"b\":2}")},
		{"B1", data(`{"a":012}`), Facts{}, "body", "malformed_json", `{"a":12}`, data(`{"a":0.12}`)},
		{"B2", data(`{"a":1,"a":2}`), Facts{}, "body:/a", "malformed_json", "-", data(`{"a":1,"b":{"a":2}}`)},
		{"B3", data(`"{\"a\":1}"`), Facts{}, "body", "malformed_json", `{"a":1}`, data(`"hello"`)},
		{"B3", data(`{"address":"{\"city\":\"x\"}"}`), Facts{}, "body:/address", "invalid_body_property_type", `{"city":"x"}`, data(`{"arguments":"{\"city\":\"x\"}"}`)},
		{"B4", data(`{"unit_price":"12.50"}`), Facts{}, "body:/unit_price", "invalid_body_property_type", `12.50`, data(`{"zip":"10115","phone":"0301234567","version":"1.10","sku":"123.4"}`)},
		{"B4", data(`{"quantity":"5"}`), Facts{}, "body:/quantity", "invalid_body_property_type", `5`, data(`{"code":"5","name":"7"}`)},
		{"B4", data(`{"price":"€ 12,50"}`), Facts{}, "body:/price", "invalid_body_property_type", `12.50`, data(`{"label":"€ 12,50"}`)},
		{"B4", data(`{"age":"thirty"}`), Facts{}, "body:/age", "invalid_body_property_type", "", data(`{"stage":"thirty"}`)},
		{"B4", get("https://h.test/?limit=ten"), Facts{}, "query:limit", "invalid_request_parameter", "10", get("https://h.test/?limit=10")},
		{"B5", data(`{"active":"True"}`), Facts{}, "body:/active", "invalid_body_property_type", `true`, data(`{"answer":"yes and no"}`)},
		{"B5", data(`{"is_gift":"yes"}`), Facts{}, "body:/is_gift", "invalid_body_property_type", `true`, data(`{"is_gift":true}`)},
		{"B5", data(`{"enabled":1}`), Facts{}, "body:/enabled", "invalid_body_property_type", `true`, data(`{"level":1}`)},
		{"B6", data(`{"a":null}`), Facts{}, "body:/a", "invalid_body_property_type", "-", with("PATCH", "https://h.test/", "application/merge-patch+json", `{"a":null}`)},
		{"B6", data(`{"email":""}`), Facts{}, "body:/email", "invalid_body_property_value", "-", data(`{"items":[]}`)},
		{"B7", data(`{"ship_date":"31/12/2026"}`), Facts{}, "body:/ship_date", "invalid_body_property_format", `"2026-12-31"`, data(`{"ship_date":"2026-12-31"}`)},
		{"B7", data(`{"created_at":"2026-12-31 10:00"}`), Facts{}, "body:/created_at", "invalid_body_property_format", `"2026-12-31T10:00:00Z"`, data(`{"created_at":"2026-12-31T10:00:00+01:00"}`)},
		{"B7", data(`{"due_date":"tomorrow"}`), Facts{}, "body:/due_date", "invalid_body_property_format", `"2026-11-20"`, data(`{"opening_time":"10:00"}`)},
		{"B7", data(`{"due_date":"2026-13-01"}`), Facts{}, "body:/due_date", "invalid_body_property_value", `"2026-01-13"`, data(`{"isbn":"2026-13-01"}`)},
		{"B7", get("https://h.test/?from_date=01.02.2026"), Facts{}, "query:from_date", "invalid_request_parameter", "2026-02-01", get("https://h.test/?from_date=yesterday")},
		{"B8", data(`{"country":"DE "}`), Facts{}, "body:/country", "invalid_body_property_format", `"DE"`, data(`{"text":" hello "}`)},
		{"B9", data(`{"id":12345678901234567890}`), Facts{}, "body:/id", "invalid_body_property_type", `"12345678901234567890"`, data(`{"id":1234567890}`)},
		{"B10", data(`{"encoding":"base64","content":"aGVsbG8gd29ybGQ"}`), Facts{}, "body:/content", "invalid_body_property_format", `"aGVsbG8gd29ybGQ="`, data(`{"encoding":"utf-8","content":"aGVsbG8gd29ybGQ"}`)},
		{"B10", data(`{"file_content":"aGVsbG8gd29ybGQhIQ"}`), Facts{}, "body:/file_content", "invalid_body_property_format", `"aGVsbG8gd29ybGQhIQ=="`, data(`{"file_content":"aGVsbG8gd29ybGQhIQ=="}`)},
		{"B11", data(`{"items":[{"p":1},{"p":"2"},{"p":3}]}`), Facts{}, "body:/items/1/p", "invalid_body_property_type", `2`, data(`{"items":[{"p":1},{"p":null},{"p":3}]}`)},
		{"B11", data(`{"items":[{"qty":1},{"qt":2},{"qty":3}]}`), Facts{}, "body:/items/1/qt", "unexpected_body_property", "", data(`{"items":[{"a":1},{"b":2},{"c":3}]}`)},
		{"B12", data(`{"first_name":"a","last_name":"b","phone_number":"1234567","birthDate":"2000-01-01"}`), Facts{}, "body:/birthDate", "unexpected_body_property", "birth_date", data(`{"first_name":"a","last_name":"b","id":1}`)},
		{"B13", data(`{"name ":"a"}`), Facts{}, "body:/name ", "unexpected_body_property", "name", data(`{"full name":"a"}`)},
		{"B13", data(`{"quantiy":1}`), Facts{}, "body:/quantiy", "unexpected_body_property", "quantity", data(`{"address2":"a","customers":[1]}`)},
		{"B14", data(`{"name":"a","quantty":2,"tags":["x"]}`), sib, "body:/quantty", "unexpected_body_property", "quantity", data(`{"name":"a","quantity":3,"tags":["y"],"status":"in_stock"}`)},
		{"B14", data(`{"name":"a","quantity":2,"tags":"x","status":"in_stock"}`), sib, "body:/tags", "invalid_body_property_type", `["x"]`, data(`{"name":"b","quantity":3,"tags":[],"status":"in_stock"}`)},
		{"B14", data(`{"name":"a","quantity":2,"tags":[],"status":"IN_STOCK"}`), sib, "body:/status", "invalid_body_property_value", `"in_stock"`, data(`{"name":"b","quantity":3,"tags":[],"status":"sold"}`)},
		{"B15", data(`{"created_at":"2026-01-01T00:00:00Z"}`), Facts{}, "body:/created_at", "unexpected_body_property", "-", data(`{"ref":{"created_at":"2026-01-01T00:00:00Z"}}`)},
		{"B17", post("application/xml", `<a><b>x & y</a>`), Facts{}, "body", "malformed_request_body", "<a><b>x &amp; y</b></a>", post("application/xml", `<?xml version="1.0" encoding="ISO-8859-1"?><a><b/></a>`)},
		{"B17", with("POST", "https://h.test/graphql", "application/json", `{"q":"{a}"}`), Facts{}, "body:/query", "missing_body_property", "", with("POST", "https://h.test/graphql", "application/json", `{"query":"{a}"}`)},
		{"B18", data("{\"a\":\"caf\xe9\"}"), Facts{}, "body", "unsupported_charset_or_encoding", `{"a":"café"}`, data(`{"a":"café"}`)},
		{"B19", post("application/json", "\x1f\x8b\x08"), Facts{}, "header:Content-Encoding", "unsupported_charset_or_encoding", "gzip", post("application/gzip", "\x1f\x8b\x08")},
		{"B19", post("application/json", "{}", "Content-Encoding: gzip"), Facts{}, "header:Content-Encoding", "unsupported_charset_or_encoding", "-", post("application/json", "\x1f\x8b", "Content-Encoding: gzip")},
		{"B19", post("application/json", "\x28\xb5\x2f\xfd\x04"), Facts{}, "header:Content-Encoding", "unsupported_charset_or_encoding", "zstd", post("application/zstd", "\x28\xb5\x2f\xfd\x04")},
		{"B19", post("application/json", "\x28\xb5\x2f\xfd\x04", "Content-Encoding: gzip"), Facts{}, "header:Content-Encoding", "unsupported_charset_or_encoding", "zstd", post("application/json", "\x28\xb5\x2f\xfd\x04", "Content-Encoding: ZSTD")},
		{"B19", post("application/json", "\x01\x02\x03 no such thing", "Content-Encoding: br"), Facts{}, "header:Content-Encoding", "unsupported_charset_or_encoding", "-", post("application/json", brotlied, "Content-Encoding: br")},
		{"B19", post("application/json", `{"a":1}`, "Content-Encoding: br"), Facts{}, "header:Content-Encoding", "unsupported_charset_or_encoding", "-", post("application/json", "anything", "Content-Encoding: aws-chunked")},
		{"B18", post("application/json", "{\r\n\"a\":1}", "X-Signature: ab12"), Facts{}, "body", "signature_mismatch", "{\n\"a\":1}", post("application/json", "{\n\"a\":1}", "X-Signature: ab12")},
		{"B18", data("{\"city\":\"Mu\u0308nchen\",\"place\":\"M\u00fcnchen\"}"), Facts{}, "body:/city", "invalid_body_property_format", "\"M\u00fcnchen\"", data("{\"city\":\"M\u00fcnchen\",\"place\":\"M\u00fcnchen\"}")},
		{"B18", get("https://h.test/files/re%CC%81sume%CC%81.pdf?name=r%C3%A9sum%C3%A9.pdf"), Facts{}, "url.path[1]", "invalid_request_parameter", "r%C3%A9sum%C3%A9.pdf", get("https://h.test/files/%ED%95%9C%EA%B8%80.pdf")},
		{"B18", data("{\"items\":[{\"gr\u00f6\u00dfe\":1},{\"gro\u0308\u00dfe\":2}]}"), Facts{}, "body:/items/1/gro\u0308\u00dfe", "unexpected_body_property", "gr\u00f6\u00dfe", data("{\"items\":[{\"gr\u00f6\u00dfe\":1},{\"gr\u00f6\u00dfe\":2}]}")},
		{"B20", data(`{"a":"` + strings.Repeat("a", 2<<20) + `"}`), Facts{}, "body", "payload_too_large", "", data(`{"a":"` + strings.Repeat("a", 2<<10) + `"}`)},
		{"B21", data(`{"start_date":"2026-12-10","end_date":"2026-12-01"}`), Facts{}, "body:/end_date", "interacting_parameters", `"2026-12-19"`, data(`{"start_date":"2026-12-01","end_date":"2026-12-10"}`)},
		{"B21", data(`{"start_time":"2026-12-10T20:00:00-05:00","end_time":"2026-12-09T22:00:00Z"}`), Facts{}, "body:/end_time", "interacting_parameters", "", data(`{"start_time":"2026-12-09T20:00:00-05:00","end_time":"2026-12-09 22:00"}`)}, // of what zone is not said
		{"B21", data(`{"min_price":10,"max_price":5}`), Facts{}, "body:/max_price", "interacting_parameters", `15`, data(`{"min_price":5,"max_price":10}`)},
	}
}

func TestNameRules(t *testing.T) { run(t, nameSamples()) }

func nameSamples() []sample {
	return []sample{
		{"N1", data(`{"email":"user.example.com"}`), Facts{}, "body:/email", "invalid_body_property_format", `"user@example.com"`, data(`{"email":"user+tag@mail.example.com"}`)},
		{"N1", data(`{"uuid":"3fa85f6457174562b3fc2c963f66afa6"}`), Facts{}, "body:/uuid", "invalid_body_property_format", `"3fa85f64-5717-4562-b3fc-2c963f66afa6"`, data(`{"id":"abc"}`)},
		{"N1", data(`{"phone":"none"}`), Facts{}, "body:/phone", "invalid_body_property_format", "", data(`{"phone":"+49 (0)30 123-456"}`)},
		{"N2", data(`{"callback_url":"example.com/hook"}`), Facts{}, "body:/callback_url", "invalid_body_property_format", `"https://example.com/hook"`, data(`{"callback_url":"https://example.com/hook"}`)},
		{"N3", data(`{"currency":"euro"}`), Facts{}, "body:/currency", "invalid_body_property_format", `"EUR"`, data(`{"currency":"EUR"}`)},
		{"N3", data(`{"country":"Germany"}`), Facts{}, "body:/country", "invalid_body_property_format", `"DE"`, data(`{"county":"Germany"}`)},
		{"N3", data(`{"country":"XX"}`), Facts{}, "body:/country", "invalid_body_property_value", "", data(`{"country":"DE"}`)},
		{"N3", data(`{"language":"German"}`), Facts{}, "body:/language", "invalid_body_property_format", `"de"`, data(`{"language":"de-AT"}`)},
		{"N4", data(`{"quantity":-2}`), Facts{}, "body:/quantity", "invalid_body_property_value", `2`, data(`{"delta":-2}`)},
		{"N4", data(`{"lat":200}`), Facts{}, "body:/lat", "invalid_body_property_value", `90`, data(`{"lat":52.5,"lon":-179}`)},
		{"N4", get("https://h.test/?page=0"), Facts{}, "query:page", "invalid_request_parameter", "1", get("https://h.test/?page=1&offset=0")},
		{"N4", get("https://h.test/?limit=5000"), Facts{}, "query:limit", "invalid_request_parameter", "100", get("https://h.test/?limit=100")},
		{"N4", data(`{"quantity":1.5}`), Facts{}, "body:/quantity", "invalid_body_property_type", `1`, data(`{"weight":1.5}`)},
		{"N4", data(`{"month":13}`), Facts{}, "body:/month", "invalid_body_property_value", `12`, data(`{"months":13}`)},
		{"N5", data(`{"tags":"a,b"}`), Facts{}, "body:/tags", "invalid_body_property_type", `["a","b"]`, data(`{"tags":["a,b"]}`)},
		{"N6", data(`{"status":"shiped"}`), Facts{}, "body:/status", "invalid_body_property_value", `"shipped"`, data(`{"status":"shipped","state":"Berlin"}`)},
		{"N6", get("https://h.test/?order=rising"), Facts{}, "query:order", "invalid_request_parameter", "asc", get("https://h.test/?order=desc&direction=forward")},
		{"N7", data(`{"zip":10115}`), Facts{}, "body:/zip", "invalid_body_property_type", `"10115"`, data(`{"zip":"10115"}`)},
		{"N7", data(`{"name":42}`), Facts{}, "body:/name", "invalid_body_property_type", `"42"`, data(`{"number":42}`)},
		{"N1", data(`{"id":"3FA85F64-5717-4562-B3FC-2C963F66AFA6"}`), Facts{}, "body:/id", "invalid_body_property_format", `"3fa85f64-5717-4562-b3fc-2c963f66afa6"`, data(`{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}`)},
		{"N1", data(`{"external_id":"3fa85f6457174562b3fc2c963f66afa6"}`), Facts{}, "body:/external_id", "invalid_body_property_format", `"3fa85f64-5717-4562-b3fc-2c963f66afa6"`, data(`{"external_id":"507f1f77bcf86cd799439011"}`)},
		{"N6", data(`{"shipping_method":"Express"}`), Facts{}, "body:/shipping_method", "invalid_body_property_value", `"express"`, data(`{"shipping_method":"express","label":"Express"}`)},
		{"N9", data(`{"unknown_field":1}`), Facts{}, "body:/unknown_field", "unexpected_body_property", "-", data(`{"test_results":[1],"contest":1,"old_password":"a","unknowns":["x"]}`)},
		{"N8", data(`{"title":"` + strings.Repeat("a", 300) + `"}`), Facts{}, "body:/title", "invalid_body_property_value", "", data(`{"description":"` + strings.Repeat("a", 300) + `"}`)},
	}
}

func TestB1SaysWhereAndWhy(t *testing.T) {
	h, ok := find(check(data("{\n  \"a\": 1,\n  'b': 2\n}"), Facts{}), "B1", "body")
	if want := "The body is no JSON: line 3, column 3: single quotes."; !ok || h.Text != want {
		t.Errorf("got %q, want %q", h.Text, want)
	}
}

// brotlied is {"a":1} in brotli's coding (RFC 7932), as one uncompressed piece.
const brotlied = "\x0b\x03\x80{\"a\":1}\x03"
