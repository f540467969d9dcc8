package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// carrying is a request with a body in JSON, or in the type of its own.
func carrying(method, url, media, text string, header ...string) request.Request {
	r := ask(method, url, append(header, "Content-Type", media)...)
	r.Body = request.Body{Kind: request.RawBody, Text: text, Type: media}
	return r
}

// Databases, search engines and clusters speak of what was sent in words of their own: each row is a way of saying it.
func TestWhatDatabasesSay(t *testing.T) {
	const j = "application/json"
	cypher := carrying("POST", "http://a/tx/commit", j, `{"statements":[{"statement":"MATCH (n {id:$id}) RETURN n","parameters":{"ident":4}}]}`)
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		cause  diagnose.CauseID
		el     diagnose.ElementID
	}{
		{"a name in brackets that the path has", carrying("PUT", "http://a/Books-2026", j, `{"settings":{"shards":1}}`), 400,
			`{"error":{"type":"invalid_index_name_exception","reason":"Invalid index name [Books-2026], must be lowercase"},"status":400}`, "invalid_request_parameter", "url.path[0]"},
		{"a name in parentheses, and not what follows the noun in the path", carrying("POST", "http://a/v1/containers/create?name=my%20web", j, `{"Image":"nginx"}`), 400,
			`{"message":"Invalid container name (my web), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"}`, "invalid_request_parameter", "query:name"},
		{"who may not is known", get("http://a/books", "Authorization", "Basic dmlld2VyOmxvb2s="), 403,
			`{"error":{"reason":"action [indices:admin/delete] is unauthorized for user [viewer] with effective roles [reader]"}}`, "insufficient_permission", "auth"},
		{"a credential in a field of its own", get("http://a/collections", "X-Api-Key", "k-12345"), 401, `{"message":"Forbidden - a valid x-api-key header must be sent."}`, "invalid_credentials", "header:X-Api-Key"},
		{"a setting, with 404", get("http://a/?max_thread=4&database=web"), 404, "Code: 115. DB::Exception: Unknown setting 'max_thread'.", "invalid_request_parameter", "query:max_thread"},
		{"a text that is no statement", carrying("POST", "http://a/", "text/plain", "SELEC 1 FROM hits"), 400, "Syntax error: failed at position 1 ('SELEC')", "malformed_request_body", "body"},
		{"a statement of a type of its own", carrying("POST", "http://a/sparql", "application/sparql-query", "INSERT DATA { <a> <b> <c> }"), 400, `Encountered " "insert" "INSERT "" at line 1, column 1.`, "malformed_request_body", "body"},
		{"another method is to be used", get("http://a/?query=DROP+TABLE+hits"), 500, "Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. You should use method POST for modifying queries.", "method_not_allowed", "method"},
		{"a value without quotes", get("http://a/?query=SELECT+1&param_id=abc"), 400, "Value abc cannot be parsed as UInt32 for query parameter 'id'", "invalid_request_parameter", "query:param_id"},
		{"a field is missing, and nothing has a body", get("http://a/sql?q=select+1"), 400, "serde error: missing field `db`", "missing_request_parameter", "query:db"},
		{"what a list of errors gives back is not what it says", carrying("POST", "http://a/put", j, `{"metric":"sys.cpu","timestamp":17,"value":"high"}`), 400,
			`{"errors":[{"datapoint":{"metric":"sys.cpu","timestamp":17,"value":"high"},"error":"Unable to parse value to a number"}],"failed":1}`, "invalid_body_property_type", "body:/value"},
		{"a word that is a name here", carrying("POST", "http://a/document/users", j, `{"_key":"ada lovelace","email":"a@x.test"}`), 400, `{"errorMessage":"illegal document key","errorNum":1221}`, "invalid_body_property_value", "body:/_key"},
		{"a key that is an operator", carrying("POST", "http://a/_find", j, `{"selector":{"total":{"$gtt":5}}}`), 400, `{"reason":"Invalid operator: $gtt"}`, "unexpected_body_property", "body:/selector/total/$gtt"},
		{"a table that a statement reads, with 404", carrying("POST", "http://a/query/service", j, `{"statement":"SELECT * FROM travl LIMIT 1"}`), 404, `{"errors":[{"code":12003,"msg":"Keyspace not found in CB datastore: default:travl"}]}`, "resource_not_found", "body:/statement"},
		{"a table in the capitals of SQL", carrying("POST", "http://a/statements", j, `{"statement":"SELECT * FROM ordrs","timeout":60}`), 422, `{"message":"SQL compilation error:\nObject 'ORDRS' does not exist or not authorized."}`, "invalid_body_property_value", "body:/statement"},
		{"what was processed, before the colon", carrying("POST", "http://a/query/service", j, `{"statement":"SELECT 1","timeout":"75"}`), 400, `{"errors":[{"code":1070,"msg":"Error processing timeout: duration value must include a unit (e.g. 75s)"}]}`, "invalid_body_property_value", "body:/timeout"},
		{"the beginning of a name", carrying("POST", "http://a/buckets", "application/x-www-form-urlencoded", "name=orders&ramQuotaMB=50"), 400, `{"errors":{"ramQuota":"RAM quota cannot be less than 100 MiB"}}`, "invalid_body_property_value", "form:ramQuotaMB"},
		{"what a statement leaves open, as @min", carrying("POST", "http://a/cursor", j, `{"query":"FOR d IN o FILTER d.x == @min RETURN d","bindVars":{"mim":4}}`), 400,
			`{"errorMessage":"AQL: no value specified for declared bind parameter 'min' (while parsing)"}`, "missing_body_property", "body:/bindVars/min"},
		{"what a statement leaves open, as $id", cypher, 400, `{"errors":[{"message":"Expected parameter(s): id"}]}`, "missing_body_property", "body:/statements/0/parameters/id"},
		{"a key below the path", carrying("POST", "http://a/v1/metadata", j, `{"type":"track","args":{"source":"default"}}`), 400, `{"path":"$.args","error":"key \"table\" not found"}`, "missing_body_property", "body:/args/table"},
		{"a foreign key is named for its column", carrying("POST", "http://a/orders", j, `{"total":5,"customer_id":99}`), 409,
			`{"code":"23503","details":"Key is not present in table \"customers\".","message":"insert or update on table \"orders\" violates foreign key constraint \"orders_customer_id_fkey\""}`, "invalid_body_property_value", "body:/customer_id"},
		{"a unique index over a field", carrying("POST", "http://a/users", j, `{"name":"ada","email":"a@x.test"}`), 409, `{"errorMessage":"unique constraint violated - in index idx_177 of type persistent over 'email'"}`, "already_exists", "body:/email"},
		{"415 for what is accepted", carrying("POST", "http://a/sql", "text/plain", "INFO FOR DB", "Accept", "text/html"), 415, `{"code":415,"information":"The requested output format (Accept header) is not supported"}`, "not_acceptable", "header:Accept"},
		{"a bulk that ends too early", carrying("POST", "http://a/_bulk", "application/x-ndjson", `{"index":{"_index":"books"}}`), 400, `{"error":{"type":"illegal_argument_exception","reason":"The bulk request must be terminated by a newline [\\n]"}}`, "malformed_request_body", "body"},
		{"what has changed meanwhile quotes its name", carrying("PUT", "http://a/configmaps/a", j, `{"metadata":{"name":"a","resourceVersion":"100"},"data":{"a":"c"}}`), 409,
			`{"message":"Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version"}`, "conflict", "body:/metadata/resourceVersion"},
		{"a place that is taken, with a slash", carrying("POST", "http://a/v1/sys/mounts/secret", j, `{"type":"kv"}`), 400, `{"errors":["path is already in use at secret/"]}`, "already_exists", "url.path[3]"},
		{"the name of a thing that the path names", carrying("PUT", "http://a/v1/agent/service/register", j, `{"ID":"web-1","Port":80}`), 400, "Missing service name", "missing_body_property", "body:/Name"},
		{"a version in the path, without its v", get("http://a/v1.99/containers/json?all=true"), 400, `{"message":"client version 1.99 is too new. Maximum supported API version is 1.43"}`, "wrong_api_version", "url.path[0]"},
		{"a field with dashes that must be there", carrying("POST", "http://a/objects", j, `{"a":1}`), 400, `{"message":"Request must contain a kbn-xsrf header."}`, "missing_request_header", "header:Kbn-Xsrf"},
		{"a key that nothing defines", carrying("POST", "http://a/spaces", j, `{"id":"m","colour":"#fff"}`), 400, `{"message":"[request body.colour]: definition for this key is missing"}`, "unexpected_body_property", "body:/colour"},
		{"a result that repeats what was asked", carrying("POST", "http://a/jolokia", j, `{"type":"read","mbean":"java.lang:type=Memoryy"}`), 200,
			`{"request":{"mbean":"java.lang:type=Memoryy","type":"read"},"error_type":"x.InstanceNotFoundException","error":"x.InstanceNotFoundException : java.lang:type=Memoryy","status":404}`, "invalid_body_property_value", "body:/mbean"},
		{"the longer name that a server has for it", carrying("PUT", "http://a/logs-1", j, `{"settings":{"number_of_shards":0,"number_of_replicas":1}}`), 400,
			`{"error":{"type":"illegal_argument_exception","reason":"Failed to parse value [0] for setting [index.number_of_shards] must be >= 1"}}`, "invalid_body_property_value", "body:/settings/number_of_shards"},
		{"a name and a value in quotes, of which the name was not expected", carrying("POST", "http://a/servers", j, `{"server":{"name":"web","network":"auto"}}`), 400,
			`{"badRequest":{"code":400,"message":"Invalid input for field/attribute server. Value: {'name': 'web', 'network': 'auto'}. Additional properties are not allowed ('network' was unexpected)"}}`, "unexpected_body_property", "body:/server/network"},
		{"none was specified", ask("PUT", "http://a/admin/user?format=json"), 400, `{"Code":"InvalidArgument","Message":"no uid specified"}`, "missing_request_parameter", "query:uid"},
		{"404 for what a field of the header says", get("http://a/v1/databases", "X-Appwrite-Project", "nope"), 404, `{"message":"Project with the requested ID could not be found. Please check the value of the X-Appwrite-Project header."}`, "invalid_request_header", "header:X-Appwrite-Project"},
	} {
		all := read(answered(c.r, c.status, c.body))
		if find(all, c.cause, c.el) == nil {
			t.Errorf("%s: got %v, want %s of %s", c.name, all, c.cause, c.el)
			continue
		}
		for _, e := range all {
			if e.Element != "" && e.Element != c.el && e.Ratio >= code && e.Kind != "status" {
				t.Errorf("%s: it speaks of %s, too: %s %.0f", c.name, e.Element, e.Cause, e.Ratio)
			}
		}
	}
}

// What looks like one of these and is something else accuses nobody.
func TestWhatOnlySoundsLikeADatabase(t *testing.T) {
	const j = "application/json"
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		not    diagnose.ElementID
	}{
		{"a method in a hint about another route", get("http://a/orders/7"), 404, `{"message":"Order 7 was not found. To make one, use POST /orders."}`, "method"},
		{"a method that was used", carrying("POST", "http://a/orders", j, `{"qty":1}`), 400, `{"message":"Use POST for this. qty must be greater than 1"}`, "method"},
		{"a table is no member", carrying("POST", "http://a/orders", j, `{"total":5}`), 409, `{"details":"Key is not present in table \"customers\"."}`, "body:/customers"},
		{"a type that lacks a field is no object that does", carrying("POST", "http://a/graphql", j, `{"note":"x","args":{"a":1}}`), 400, `{"path":"$.args","error":"field 'note' not found in type: 'orders_insert_input'"}`, "body:/args/note"},
		{"a plain word among names", carrying("POST", "http://a/orders", j, `{"value":"x","total":"five"}`), 400, `{"error":"invalid value for total"}`, "body:/value"},
		{"a word of a sentence, and of a query", carrying("POST", "http://a/search", j, `{"query":"all books in the catalogue","page":2}`), 404, `{"error":"There are no books here."}`, "body:/query"},
		{"a shorter name that is another's", carrying("POST", "http://a/users", j, `{"emailVerified":true,"name":"a"}`), 422, `{"errors":{"email":"is required"}}`, "body:/emailVerified"},
	} {
		for _, e := range read(answered(c.r, c.status, c.body)) {
			if e.Element == c.not && e.Ratio > 2*hint {
				t.Errorf("%s: got %s of %s, %.0f", c.name, e.Cause, e.Element, e.Ratio)
			}
		}
	}
}

// A list of results in which no statement was carried out is no success; a list of jobs that failed is one.
func TestStatementsThatFailedAreASoftError(t *testing.T) {
	sql := carrying("POST", "http://a/sql", "text/plain", "SELECT * FROM person")
	if all := read(answered(sql, 200, `[{"result":"Specify a namespace to use","status":"ERR","time":"21µs"}]`)); find(all, "soft_error_in_success", "") == nil {
		t.Errorf("got %v, want a soft error", all)
	}
	for _, body := range []string{`[{"result":"Specify a namespace to use","status":"ERR"},{"result":[],"status":"OK"}]`, `[{"id":7,"result":"cannot read the disk","status":"ERR"}]`} {
		if all := read(answered(sql, 200, body)); find(all, "soft_error_in_success", "") != nil {
			t.Errorf("%s is called a soft error", body)
		}
	}
}
