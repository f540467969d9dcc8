package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestDatabasesAndGatewaysSpeak are the documented refusals of databases with an HTTP API, and of gateways.
func TestDatabasesAndGatewaysSpeak(t *testing.T) {
	body := func(url, text string) request.Request {
		r := ask("POST", url, "Content-Type", "application/json")
		r.Body = request.Body{Kind: request.RawBody, Text: text, Type: "application/json"}
		return r
	}
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		{"Elasticsearch, a query", body("https://h.test/books/_search", `{"query":{"mach":{"title":"tea"}}}`), 400, `{"error":{"root_cause":[{"type":"parsing_exception","reason":"unknown query [mach] did you mean [match]?","line":1,"col":19}],"type":"parsing_exception","reason":"unknown query [mach] did you mean [match]?","line":1,"col":19},"status":400}`, "body:/query/mach", "unexpected_body_property"},
		{"Elasticsearch, a parameter", ask("GET", "https://h.test/books/_search?szie=5&q=tea"), 400, `{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"request [/books/_search] contains unrecognized parameter: [szie] -> did you mean [size]?"}],"type":"illegal_argument_exception","reason":"request [/books/_search] contains unrecognized parameter: [szie] -> did you mean [size]?"},"status":400}`, "query:szie", "invalid_request_parameter"},
		{"Elasticsearch, a number", ask("GET", "https://h.test/books/_search?size=ten&q=tea"), 400, `{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"Failed to parse int parameter [size] with value [ten]"}],"type":"illegal_argument_exception","reason":"Failed to parse int parameter [size] with value [ten]","caused_by":{"type":"number_format_exception","reason":"For input string: \"ten\""}},"status":400}`, "query:size", "invalid_request_parameter"},
		{"Elasticsearch, a field", body("https://h.test/books/_doc", `{"title":"Tea","price":"cheap"}`), 400, `{"error":{"root_cause":[{"type":"mapper_parsing_exception","reason":"failed to parse field [price] of type [float] in document with id 'x'. Preview of field's value: 'cheap'"}],"type":"mapper_parsing_exception","reason":"failed to parse field [price] of type [float] in document with id 'x'. Preview of field's value: 'cheap'"},"status":400}`, "body:/price", "invalid_body_property_type"},
		{"Elasticsearch, an index", ask("GET", "https://h.test/boks/_search?q=tea"), 404, `{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [boks]","resource.type":"index_or_alias","resource.id":"boks","index":"boks"}],"type":"index_not_found_exception","reason":"no such index [boks]","index":"boks"},"status":404}`, "url.path[0]", "resource_not_found"},
		{"Elasticsearch, a window", body("https://h.test/books/_search", `{"from":10000,"size":-5}`), 400, `{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"[size] parameter cannot be negative, found [-5]"}],"type":"illegal_argument_exception","reason":"[size] parameter cannot be negative, found [-5]"},"status":400}`, "body:/size", "invalid_body_property_value"},
		{"Meilisearch, a field", body("https://h.test/indexes/m/search", `{"q":"tea","limt":5}`), 400, "{\"message\":\"Unknown field `limt`: did you mean `limit`? expected one of `q`, `offset`, `limit`\",\"code\":\"bad_request\",\"type\":\"invalid_request\",\"link\":\"https://docs.meilisearch.com/errors#bad_request\"}", "body:/limt", "unexpected_body_property"},
		{"Meilisearch, a type", body("https://h.test/indexes/m/search", `{"q":"tea","limit":"ten"}`), 400, "{\"message\":\"Invalid value type at `.limit`: expected a positive integer, but found a string: `\\\"ten\\\"`\",\"code\":\"invalid_search_limit\",\"type\":\"invalid_request\"}", "body:/limit", "invalid_body_property_type"},
		{"Meilisearch, an index", ask("GET", "https://h.test/indexes/moviess"), 404, "{\"message\":\"Index `moviess` not found.\",\"code\":\"index_not_found\",\"type\":\"invalid_request\"}", "url.path[1]", "resource_not_found"},
		{"Qdrant, a member", body("https://h.test/collections/c/points/search", `{"limit":3}`), 400, "{\"status\":{\"error\":\"Format error in JSON body: missing field `vector` at line 1 column 11\"},\"time\":0.0}", "body:/vector", "missing_body_property"},
		{"Qdrant, a rule", body("https://h.test/collections/c/points/search", `{"vector":[1],"limit":0}`), 422, `{"status":{"error":"Validation error in JSON body: [limit: value 0 invalid, must be 1 or larger]"},"time":0.0}`, "body:/limit", "invalid_body_property_value"},
		{"Qdrant, a collection", ask("GET", "https://h.test/collections/fooo"), 404, "{\"status\":{\"error\":\"Not found: Collection `fooo` doesn't exist!\"},\"time\":0.0}", "url.path[1]", "resource_not_found"},
		{"Neo4j, in a success", body("https://h.test/db/neo4j/tx/commit", `{"statements":[{"statement":"MATCH (n) RETUR n"}]}`), 200, `{"results":[],"errors":[{"code":"Neo.ClientError.Statement.SyntaxError","message":"Invalid input 'RETUR': expected \"RETURN\" (line 1, column 11 (offset: 10))\n\"MATCH (n) RETUR n\"\n           ^"}]}`, "body:/statements/0/statement", "invalid_body_property_value"},
		{"ArangoDB, a query", body("https://h.test/_db/x/_api/cursor", `{"query":"FOR d IN docs RETUR d"}`), 400, `{"error":true,"errorNum":1501,"errorMessage":"AQL: syntax error, unexpected identifier near 'RETUR d' at position 1:15 (while parsing)","code":400}`, "body:/query", "invalid_body_property_value"},
		{"CouchDB, a number", ask("GET", "https://h.test/db/_all_docs?limit=ten"), 400, `{"error":"query_parse_error","reason":"Invalid value for integer: \"ten\""}`, "query:limit", "invalid_request_parameter"},
		{"CouchDB, a boolean", ask("GET", "https://h.test/db/_all_docs?include_docs=yes"), 400, `{"error":"query_parse_error","reason":"Invalid boolean parameter: \"yes\""}`, "query:include_docs", "invalid_request_parameter"},
		{"CouchDB, a name", ask("PUT", "https://h.test/Books"), 400, `{"error":"illegal_database_name","reason":"Name: 'Books'. Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed. Must begin with a letter."}`, "url.path[0]", "invalid_request_parameter"},
		{"QuestDB, a table", ask("GET", "https://h.test/exec?query=select%20*%20from%20trads"), 400, `{"query":"select * from trads","error":"table does not exist [table=trads]","position":14}`, "query:query", "invalid_request_parameter"},
		{"InfluxDB, a bucket", ask("POST", "https://h.test/api/v2/write?org=o&bucket=metrcs&precision=ns"), 404, `{"code":"not found","message":"bucket \"metrcs\" not found"}`, "query:bucket", "resource_not_found"},
		{"InfluxDB, a precision", ask("POST", "https://h.test/api/v2/write?org=o&bucket=m&precision=sec"), 400, `{"code":"invalid","message":"invalid precision; valid precision units are ns, us, ms, and s"}`, "query:precision", "invalid_request_parameter"},
		{"Loki, a moment", ask("GET", "https://h.test/loki/api/v1/query_range?query=%7Ba%3D%22b%22%7D&start=yesterday"), 400, `could not parse 'start' parameter: cannot parse "yesterday" to a valid timestamp`, "query:start", "invalid_request_parameter"},
		{"Prometheus, a step", ask("GET", "https://h.test/api/v1/query_range?query=up&start=1&end=2&step=often"), 400, `{"status":"error","errorType":"bad_data","error":"invalid parameter \"step\": cannot parse \"often\" to a valid duration"}`, "query:step", "invalid_request_parameter"},
		{"Vault, no token", ask("GET", "https://h.test/v1/secret/data/x"), 400, `{"errors":["missing client token"]}`, "auth", "missing_credentials"},
		{"Vault, a route", ask("GET", "https://h.test/v1/secrets/data/x"), 404, `{"errors":["no handler for route \"secrets/data/x\". route entry not found."]}`, "url.path", "wrong_path"},
		{"etcd, base64", body("https://h.test/v3/kv/put", `{"key":"foo","value":"YmFy"}`), 400, `{"error":"illegal base64 data at input byte 0","code":3,"message":"illegal base64 data at input byte 0"}`, "body:/key", "invalid_body_property_format"},
		{"Solr, a field", ask("GET", "https://h.test/solr/books/select?q=titl:tea&rows=5"), 400, `{"responseHeader":{"status":400,"QTime":1},"error":{"metadata":["error-class","org.apache.solr.common.SolrException"],"msg":"undefined field titl","code":400}}`, "query:q", "invalid_request_parameter"},
		{"Solr, a number", ask("GET", "https://h.test/solr/books/select?q=tea&rows=ten"), 400, `{"responseHeader":{"status":400,"QTime":1},"error":{"msg":"For input string: \"ten\"","code":400}}`, "query:rows", "invalid_request_parameter"},
		{"Solr, a query", ask("GET", "https://h.test/solr/books/select?q=title:(tea"), 400, `{"error":{"msg":"org.apache.solr.search.SyntaxError: Cannot parse 'title:(tea': Encountered \"<EOF>\" at line 1, column 10.","code":400}}`, "query:q", "invalid_request_parameter"},
		{"Strapi", body("https://h.test/api/books", `{"data":{"titel":"Tea"}}`), 400, `{"data":null,"error":{"status":400,"name":"ValidationError","message":"Invalid key titel","details":{"key":"titel","path":null}}}`, "body:/data/titel", "unexpected_body_property"},
		{"Appwrite", body("https://h.test/v1/account", `{"email":"ada","password":"x"}`), 400, "{\"message\":\"Invalid `email` param: Value must be a valid email address\",\"code\":400,\"type\":\"general_argument_invalid\",\"version\":\"1.5\"}", "body:/email", "invalid_body_property_format"},
		{"Appwrite, absent", body("https://h.test/v1/account", `{"email":"ada@example.org"}`), 400, `{"message":"Param \"password\" is not optional.","code":400,"type":"general_argument_invalid"}`, "body:/password", "missing_body_property"},
		{"Kong, no key", ask("GET", "https://h.test/x"), 401, `{"message":"No API key found in request"}`, "auth", "missing_credentials"},
		{"Kong, no route", ask("GET", "https://h.test/x"), 404, `{"message":"no Route matched with those values"}`, "url.path", "gateway_route_not_found"},
		{"Kong, a rule", body("https://h.test/services", `{"url":"http://a"}`), 400, `{"message":"schema violation (name: required field missing)","name":"schema violation","fields":{"name":"required field missing"},"code":2}`, "body:/name", "missing_body_property"},
		{"Kong, an address", ask("GET", "https://h.test/x"), 403, `{"message":"Your IP address is not allowed"}`, "server", "ip_not_allowed"},
		{"Kong, the scheme", ask("GET", "http://h.test/x"), 426, `{"message":"Please use HTTPS protocol"}`, "url.scheme", "scheme_mismatch"},
		{"APISIX, no route", ask("GET", "https://h.test/x"), 404, `{"error_msg":"404 Route Not Found"}`, "url.path", "wrong_path"},
		{"APISIX, no key", ask("GET", "https://h.test/x"), 401, `{"message":"Missing API key in request"}`, "auth", "missing_credentials"},
		{"Tyk", ask("GET", "https://h.test/x"), 401, `{"error":"Authorization field missing"}`, "auth", "missing_credentials"},
		{"Envoy, a dead upstream", ask("GET", "https://h.test/x"), 503, `upstream connect error or disconnect/reset before headers. reset reason: connection failure`, "server", "upstream_unavailable"},
		{"Envoy, none", ask("GET", "https://h.test/x"), 503, `no healthy upstream`, "server", "upstream_unavailable"},
		{"Envoy, RBAC", ask("GET", "https://h.test/x", "Authorization", "Bearer abcdefgh"), 403, `RBAC: access denied`, "auth", "insufficient_permission"},
		{"Envoy, no token", ask("GET", "https://h.test/x"), 401, `Jwt is missing`, "auth", "missing_credentials"},
		{"Envoy, the audience", ask("GET", "https://h.test/x", "Authorization", "Bearer abcdefgh"), 403, `Audiences in Jwt are not allowed`, "auth", "wrong_audience"},
		{"Envoy, past its time", ask("GET", "https://h.test/x", "Authorization", "Bearer abcdefgh"), 401, `Jwt is expired`, "auth", "expired_token"},
		{"HAProxy", ask("GET", "https://h.test/x"), 403, "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>", "server", "blocked_by_waf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.r, c.status, c.body))
			if len(all) == 0 || all[0].Element != c.el || all[0].Cause != c.cause {
				t.Errorf("want %s %s", c.el, c.cause)
				for _, e := range all[:min(len(all), 3)] {
					t.Logf("  %.0f %s %s %s missing=%v %q", e.Ratio, e.Kind, e.Cause, e.Element, e.Missing, e.Text)
				}
			}
		})
	}
}
