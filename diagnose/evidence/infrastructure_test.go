package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// TestInfrastructureSpeaks are refusals as databases, cloud controllers, identity servers and monitors word them.
func TestInfrastructureSpeaks(t *testing.T) {
	form := func(text string) request.Request {
		return request.Request{Method: "POST", URL: "https://h.test/token", Header: []request.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
			Body: request.Body{Kind: request.RawBody, Text: text, Type: "application/x-www-form-urlencoded"}}
	}
	plain := func(text string) request.Request {
		return request.Request{Method: "PUT", URL: "https://h.test/tools/log", Body: request.Body{Kind: request.RawBody, Text: text, Type: "application/x-www-form-urlencoded"}}
	}
	shelf := post(`{"name":5,"uuid":"zz","colour":"red","shelves":{"A":{"total":0}},"revision_number":7}`)
	at := func(detail string) string {
		return `{"errors":[{"status":400,"title":"Bad Request","detail":"The server could not comply with the request since it is either malformed or otherwise incorrect.\n\n ` + detail + `","request_id":"req-1"}]}`
	}
	for _, c := range []struct {
		name   string
		r      request.Request
		status int
		body   string
		header []string
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		{"Python's jsonschema, a type", shelf, 400, at(`JSON does not validate: 5 is not of type 'string'  Failed validating 'type' in schema['properties']['name']:     {'maxLength': 200, 'type': 'string'}  On instance['name']:     5  `), nil, "body:/name", "invalid_body_property_type"},
		{"Python's jsonschema, nested", shelf, 400, at(`JSON does not validate: 0 is less than the minimum of 1  Failed validating 'minimum' in schema['properties']['shelves']['patternProperties']['^[A-Z]+$']['properties']['total']:     {'minimum': 1, 'type': 'integer'}  On instance['shelves']['A']['total']:     0  `), nil, "body:/shelves/A/total", "invalid_body_property_value"},
		{"Python's jsonschema, too much", shelf, 400, at(`JSON does not validate: Additional properties are not allowed ('colour' was unexpected)  Failed validating 'additionalProperties' in schema:     {'additionalProperties': False, 'properties': {'name': {'type': 'string'}}}  On instance:     {'colour': 'red', 'name': 5}  `), nil, "body:/colour", "unexpected_body_property"},
		{"Python's jsonschema, too little", shelf, 400, at(`JSON does not validate: 'site' is a required property  Failed validating 'required' in schema:     {'properties': {'name': {'type': 'string'}}, 'required': ['site']}  On instance:     {'name': 5}  `), nil, "body:/site", "missing_body_property"},
		{"Python's jsonschema, a query", ask("GET", "https://h.test/racks?rack=zz"), 400, at(`Invalid query string parameters: 'zz' is not a 'uuid'  Failed validating 'format' in schema['properties']['rack']:     {'format': 'uuid', 'type': 'string'}  On instance['rack']:     'zz'  `), nil, "query:rack", "invalid_request_parameter"},
		{"Python's jsonschema as it prints itself", shelf, 400, "'zz' is not a 'uuid'\n\nFailed validating 'format' in schema['properties']['uuid']:\n    {'format': 'uuid', 'type': 'string'}\n\nOn instance['uuid']:\n    'zz'", nil, "body:/uuid", "invalid_body_property_format"},
		{"a version that is not served", ask("GET", "https://h.test/racks", "Shop-Api-Version", "racks 1.99"), 406, at(`Invalid microversion: Unacceptable version header: 1.99`), nil, "header:Shop-Api-Version", "wrong_api_version"},
		{"results of an action, missing", post(`{"filter":"true"}`), 400, `{"results":[{"code":400,"status":"Parameter 'exit_status' is required."}]}`, nil, "body:/exit_status", "missing_body_property"},
		{"results of an action, a value", post(`{"exit_status":"okay","note":"b"}`), 500, `{"results":[{"code":500,"status":"Action execution failed: 'Error: Can't convert 'okay' to a floating point number.'."}]}`, nil, "body:/exit_status", "invalid_body_property_type"},
		{"a blank of one letter", ask("GET", "https://h.test/api/v1/servers/localhost/search-data?q="), 422, `{"error": "Query q can't be blank"}`, nil, "query:q", "invalid_request_parameter"},
		{"headers missing", ask("POST", "https://h.test/hook"), 400, `{"error":"Required headers missing: x-shop-event"}`, nil, "header:X-Shop-Event", "missing_request_header"},
		{"a signature", ask("POST", "https://h.test/hook", "X-Hub-Signature-256", "sha256=00ff"), 400, `{"error":"signature does not match event payload and secret"}`, nil, "header:X-Hub-Signature-256", "signature_mismatch"},
		{"a webhook too old", ask("POST", "https://h.test/hook", "webhook-id", "m1", "webhook-timestamp", "1600000000", "webhook-signature", "v1,abcd"), 401, `{"error":"Message timestamp too old"}`, nil, "header:Webhook-Timestamp", "clock_skew"},
		{"maintenance with a time", ask("GET", "https://h.test/x"), 503, "We are down for scheduled maintenance until 23:00 UTC.", []string{"Retry-After", "3600"}, "server", "maintenance"},
		{"a missing argument of a call", ask("GET", "https://h.test/patients?limit=5"), 400, `{"Details":"Missing \"since\" argument for GET request against: /patients","HttpError":"Bad Request","HttpStatus":400,"Message":"Bad request","Method":"GET","Uri":"/patients"}`, nil, "query:since", "missing_request_parameter"},
		{"a field missing or of another kind", post(`{"Level":"Patient"}`), 400, `{"Details":"Field \"Query\" is missing, or should be a JSON object","HttpError":"Bad Request","HttpStatus":400,"Message":"Bad request","Method":"POST","Uri":"/tools/find"}`, nil, "body:/Query", "missing_body_property"},
		{"a key that was not found", post(`{"fs":"/tmp"}`), 400, `{"error":"Didn't find key \"remote\" in input","input":{"fs":"/tmp"},"path":"operations/list","status":400}`, nil, "body:/remote", "missing_body_property"},
		{"a list in the plural", post(`{"redirect_uris":["https://a.example/cb#done"],"client_name":"Shop"}`), 400, `{"error":"invalid_redirect_uri","error_description":"redirect_uris must not contain fragments"}`, nil, "body:/redirect_uris", "invalid_body_property_value"},
		{"PKCE", form("client_id=web&response_type=code&redirect_uri=https%3A%2F%2Fa.example%2Fcb"), 400, `{"error":"invalid_request","error_description":"Authorization Server policy requires PKCE to be used for this request"}`, nil, "form:code_challenge", "missing_body_property"},
		{"no client authentication", form("grant_type=client_credentials"), 400, `{"error":"invalid_request","error_description":"no client authentication mechanism provided"}`, nil, "auth", "missing_credentials"},
		{"at least one", ask("GET", "https://h.test/candidates?limit=5"), 400, at(`There must be at least one resources or resources[$S] parameter.`), nil, "query:resources", "missing_request_parameter"},
		{"the key in a field of its own name", ask("GET", "https://h.test/zones", "Authorization", "Bearer abcdef12"), 401, `Unauthorized`, []string{"WWW-Authenticate", `X-API-Key realm="DNS"`}, "auth", "credentials_in_wrong_place"},
		{"a scheme that is called like a field, and that the request has", ask("GET", "https://h.test/zones", "Authorization", "X-API-Key abcdef12"), 401, `Unauthorized`, []string{"WWW-Authenticate", `X-API-Key realm="DNS"`}, "auth", "invalid_credentials"},
		{"a collection without a parent", ask("MKCOL", "https://h.test/x/y/"), 409, `Conflict`, nil, "url.path", "conflict"},
		{"a copy to another server", ask("COPY", "https://h.test/a", "Destination", "https://other.test/b"), 502, `Bad Gateway`, nil, "header:Destination", "invalid_request_header"},
		{"a generation", shelf, 409, `{"errors":[{"status":409,"title":"Conflict","detail":"There was a conflict when trying to complete your request.\n\n revision number conflict  ","code":"concurrent_update"}]}`, nil, "body:/revision_number", "conflict"},
		{"a version of a document", post(`{"_id":"a","_rev":"1-x"}`), 409, `{"error":"conflict","reason":"Document update conflict."}`, nil, "body:/_rev", "conflict"},
		{"two parts of one value", ask("GET", "https://h.test/candidates?resources=VCPU:two&limit=5"), 400, at(`Requested resource VCPU expected positive integer amount. Got: two.`), nil, "query:resources", "invalid_request_parameter"},
		{"a thing of the path", ask("PUT", "https://h.test/traits/custom_fast"), 400, at(`The trait is invalid. A valid trait must be no longer than 255 characters, start with the prefix "CUSTOM_" and use following characters: "A"-"Z", "0"-"9" and "_"`), nil, "url.path[1]", "invalid_request_parameter"},
		{"a name in words", post(`{"name":"a","uuid":"0f1cf2e6-9a5c-4a0e-8d0c-6c3a4a7c1b11","parent_provider_uuid":"11111111-2222-3333-4444-555555555555"}`), 400, at(`Unable to create resource provider \"a\", a: parent provider UUID does not exist.`), nil, "body:/parent_provider_uuid", "invalid_body_property_format"},
		{"a name in words beside a value", post(`{"name":"a","uuid":"0f1cf2e6-9a5c-4a0e-8d0c-6c3a4a7c1b11","parent_provider_uuid":"11111111-2222-3333-4444-555555555555"}`), 400, at(`Unable to create resource provider \"a\", 0f1cf2e6-9a5c-4a0e-8d0c-6c3a4a7c1b11: Object action create failed because: parent provider UUID does not exist.`), nil, "body:/parent_provider_uuid", "invalid_body_property_format"},
		{"a key of a map", post(`{"generation":0,"inventories":{"VCPUS":{"total":8,"max_unit":4}}}`), 400, at(`Unknown resource class in inventory for resource provider 4e8e5957-649f-477b-9e5b-f1f75b21c03c: No such resource class VCPUS.`), nil, "body:/inventories/VCPUS", "unexpected_body_property"},
		{"an element in brackets", post(`{"kind":"create"}`), 400, `{"kind":"error","error":{"code":456,"reason":"Missing mandatory element (transaction)"}}`, nil, "body:/transaction", "missing_body_property"},
		{"a body that is one word", plain("loud"), 400, `{"Details":"Verbosity can be \"default\", \"verbose\" or \"trace\": loud","Message":"Parameter out of range"}`, nil, "body", "invalid_body_property_value"},
		{"a body that is no file", plain("hello"), 400, `{"Details":"Cannot parse an invalid DICOM file (size: 5 bytes)","Message":"Bad file format"}`, nil, "body", "malformed_request_body"},
		{"a file that filters guard", ask("GET", "https://h.test/backup.sql"), 403, ``, nil, "url.path", "blocked_by_waf"},
		{"a soft error that names", post(`{"kind":"creat"}`), 200, `{"kind":"error","error":{"code":457,"reason":"Unhandled request 'creat' at this path"}}`, nil, "body:/kind", "invalid_body_property_value"},
		{"a kind that is expected", post(`{"remote":5}`), 400, `{"error":"expecting string value for key \"remote\" (was float64)"}`, nil, "body:/remote", "invalid_body_property_type"},
		{"none is given", ask("GET", "https://h.test/v1/data?after=-10"), 400, `No chart or context is given.`, nil, "query:chart", "missing_request_parameter"},
		{"no id is given", ask("GET", "https://h.test/v1/chart"), 400, `No chart id is given at the request.`, nil, "query:chart", "missing_request_parameter"},
		{"a short value that does not convert", post(`{"exit_status":"ok","note":"b"}`), 500, `{"results":[{"code":500,"status":"Action execution failed: 'Error: Can't convert 'ok' to a floating point number.'."}]}`, nil, "body:/exit_status", "invalid_body_property_type"},
		{"a quoted name that is invalid and was not sent", form("scope=read&client_id=shop"), 400, `{"title":"Bad Request","detail":"Invalid 'grant_type' type"}`, nil, "form:grant_type", "missing_body_property"},
		{"a user that may not write", ask("POST", "https://h.test/write?db=metrics"), 403, `{"error":"\"viewer\" user is not authorized to write to database \"metrics\""}`, nil, "auth", "insufficient_permission"},
		{"too many fields", ask("GET", "https://h.test/stock", "X-One", "1"), 400, `<html><head><title>400 Bad Request</title></head><body><h1>Bad Request</h1><p>Your browser sent a request that this server could not understand.<br />The number of request header fields exceeds this server's limit.</p></body></html>`, nil, "header:X-One", "request_header_too_large"},
		{"a request without its text", ask("GET", "https://h.test/sparql?format=json"), 400, `Virtuoso 22023 Error The request does not contain text of SPARQL query`, nil, "query:query", "missing_request_parameter"},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(answered(c.r, c.status, c.body, c.header...))
			if len(all) == 0 || all[0].Element != c.el || all[0].Cause != c.cause {
				t.Errorf("want %s %s", c.el, c.cause)
				for _, e := range all[:min(len(all), 5)] {
					t.Logf("  %.0f %s %s %s missing=%v %q", e.Ratio, e.Kind, e.Cause, e.Element, e.Missing, e.Text)
				}
			}
		})
	}
}
