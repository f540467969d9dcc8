package evidence

import (
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A platformAnswer is an answer of a gateway or a platform, and what is the strongest that is read from it.
type platformAnswer struct {
	who    string
	r      request.Request
	status int
	body   string
	cause  diagnose.CauseID
	el     diagnose.ElementID
}

// TestWhatPlatformsSay has answers as gateways and platforms document them, one for each way of saying it.
func TestWhatPlatformsSay(t *testing.T) {
	list := get("https://h.test/v1/orders", "Authorization", "Bearer tok-secret-1")
	fields := get("https://h.test/v1/me?fields=id,nmae", "Authorization", "Bearer tok-secret-1")
	dated := get("https://h.test/rest/me", "Authorization", "Bearer tok-secret-1", "Api-Version", "201901")
	keyed := get("https://h.test/geocode/json?address=Berlin&key=AIzaSyA1", "Accept", "application/json")
	units := post(`{"intent":"CAPTURE","purchase_units":[{"amount":{"value":"1.00"}}]}`)
	several := post(`{"purchase_units":[{"reference_id":"a"},{"reference_id":"b","amount":{"value":"x"}}]}`)
	page := post(`{"type":"pages","title":"x","parent":{"ID":"0"},"path":"/a.txt","properties":{"Naam":"y"}}`)
	form := request.Request{Method: "POST", URL: "https://h.test/oauth/token", Header: []request.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
		Body: request.Body{Kind: request.RawBody, Text: "grant_type=client_credentials&client_id=web&client_secret=s3cr3t-9"}}
	for _, c := range []platformAnswer{
		{"Kong jwt", list, 401, `{"exp":"token expired"}`, "expired_token", "auth"},
		{"Tyk", list, 403, `{"error":"Key has expired, please renew"}`, "expired_token", "auth"},
		{"Envoy jwt_authn", list, 401, "Jwt not yet valid", "token_not_yet_valid", "auth"},
		{"Envoy jwt_authn", list, 401, "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections", "malformed_authorization", "auth"},
		{"Envoy rbac", list, 403, "RBAC: access denied", "insufficient_permission", "auth"},
		{"PayPal", list, 401, `{"error":"invalid_token","error_description":"Token signature verification failed"}`, "invalid_credentials", "auth"},
		{"Microsoft Graph", list, 403, `{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}}`, "insufficient_permission", "auth"},
		{"GitHub", list, 403, `{"message":"Resource not accessible by personal access token"}`, "insufficient_permission", "auth"},
		{"Dropbox", list, 401, `{"error_summary":"missing_scope/..","error":{".tag":"missing_scope","required_scope":"files.read"}}`, "insufficient_scope", "auth"},
		{"Google Maps, in a success", keyed, 200, `{"error_message":"The provided API key is invalid.","results":[],"status":"REQUEST_DENIED"}`, "invalid_credentials", "auth"},
		{"LinkedIn", dated, 426, `{"message":"Requested version 20190101 is not active"}`, "wrong_api_version", "header:Api-Version"},
		{"Azure AD", form, 401, `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}`, "invalid_credentials", "form:client_secret"},
		{"Vercel", list, 404, "The deployment could not be found on Vercel.\n\nDEPLOYMENT_NOT_FOUND", "wrong_host_or_environment", "url.host"},
		{"GitLab", get("https://h.test/projects/acme/issues"), 404, `{"message":"404 Project Not Found"}`, "resource_not_found", "url.path[1]"},
		{"Airtable", get("https://h.test/v0/app123/Taks"), 404, `{"error":{"message":"Could not find table Taks in application app123"}}`, "resource_not_found", "url.path[2]"},
		{"ServiceNow", get("https://h.test/api/table/incidnt"), 400, `{"error":{"message":"Invalid table incidnt"}}`, "invalid_request_parameter", "url.path[2]"},
		{"Asana", get("https://h.test/tasks/abc"), 400, `{"errors":[{"message":"task: Not a Long: abc"}]}`, "invalid_request_parameter", "url.path[1]"},
		{"Discord", get("https://h.test/channels/general"), 400, `{"message":"Invalid Form Body","code":50035,"errors":{"channel_id":{"_errors":[{"code":"NUMBER_TYPE_COERCE","message":"Value \"general\" is not snowflake."}]}}}`, "invalid_request_parameter", "url.path[1]"},
		{"Graph API", fields, 400, `{"error":{"message":"(#100) Tried accessing nonexisting field (nmae) on node type (User)","type":"OAuthException","code":100}}`, "invalid_request_parameter", "query:fields"},
		{"PayPal, a filter in a path", units, 400, `{"details":[{"field":"/purchase_units/@reference_id=='default'/amount/currency_code","issue":"MISSING_REQUIRED_PARAMETER"}]}`, "missing_body_property", "body:/purchase_units/0/amount/currency_code"},
		{"the second of several", several, 400, `{"details":[{"field":"/purchase_units/@reference_id=='b'/amount/value","issue":"INVALID_PARAMETER_VALUE"}]}`, "invalid_body_property_value", "body:/purchase_units/1/amount/value"},
		{"Confluence", page, 400, `{"message":"Unsupported content type: pages. Expected one of page, blogpost"}`, "invalid_body_property_value", "body:/type"},
		{"Box", page, 400, `{"message":"'parent' must have an 'id'"}`, "missing_body_property", "body:/parent/id"},
		{"Dropbox, tags", page, 409, `{"error_summary":"path/not_found/..","error":{".tag":"path"}}`, "resource_not_found", "body:/path"},
		{"Notion", page, 400, `{"message":"Naam is not a property that exists."}`, "unexpected_body_property", "body:/properties/Naam"},
		{"Notion's header", list, 400, `{"message":"Notion-Version header failed validation: Notion-Version header should be defined, instead was undefined."}`, "missing_request_header", "header:Notion-Version"},
		{"Twilio", form, 400, `{"code":21604,"message":"A 'To' phone number is required."}`, "missing_body_property", "form:To"},
		{"OpenAI", post(`{"model":"m"}`), 429, `{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","code":"insufficient_quota"}}`, "quota_exhausted", ""},
		{"Anthropic", list, 529, `{"error":{"type":"overloaded_error","message":"Overloaded"}}`, "overloaded", "server"},
		{"Anthropic's version", list, 400, `{"error":{"message":"anthropic-version: header is required"}}`, "missing_request_header", "header:Anthropic-Version"},
		{"Anthropic, a value below", post(`{"messages":[{"role":"system","content":"hi"}]}`), 400, `{"error":{"message":"messages: Unexpected role \"system\"."}}`, "invalid_body_property_value", "body:/messages/0/role"},
		{"New Relic", post(`{"deployment":{"changelog":"x"}}`), 422, `{"error":{"title":"Revision can't be blank"}}`, "missing_body_property", "body:/deployment/revision"},
		{"PagerDuty", post(`{"incident":{"title":"x"}}`), 400, `{"error":{"errors":["You must specify the email address of a valid user in the From header"]}}`, "missing_request_header", "header:From"},
		{"Cloudflare's API", get("https://h.test/zones/www/dns_records"), 400, `{"errors":[{"code":7003,"message":"Could not route to /zones/www/dns_records, perhaps your object identifier is invalid?"}]}`, "wrong_path", "url.path"},
		{"Vultr", list, 401, `{"error":"Unauthorized IP address: 203.0.113.9"}`, "ip_not_allowed", "server"},
		{"Contentful", post(`{"fields":{"title":{"en-US":7}}}`), 422, `{"details":{"errors":[{"name":"type","value":7,"type":"Text","details":"The type of \"value\" is incorrect, expected type: Text","path":["fields","title","en-US"]}]}}`, "invalid_body_property_type", "body:/fields/title/en-US"},
		{"Plaid", post(`{"client_id":"c","secret":"s3cr3t-9"}`), 400, `{"error_code":"INVALID_FIELD","error_message":"invalid secret provided"}`, "invalid_body_property_value", "body:/secret"},
		{"Kraken, in a success", get("https://h.test/Ticker?pair=XBTEURO"), 200, `{"error":["EQuery:Unknown asset pair"]}`, "invalid_request_parameter", "query:pair"},
		{"Binance", get("https://h.test/account?timestamp=1&signature=abcdef"), 400, `{"code":-1022,"msg":"Signature for this request is not valid."}`, "signature_mismatch", "query:signature"},
		{"Coinbase", get("https://h.test/accounts", "Cb-Access-Key", "1a2b3c4d", "Cb-Access-Sign", "zz11yy22"), 401, `{"message":"invalid signature"}`, "signature_mismatch", "header:Cb-Access-Sign"},
		{"Spotify", get("https://h.test/v1/tracks/notanid"), 400, `{"error":{"message":"Invalid base62 id"}}`, "invalid_request_parameter", "url.path[2]"},
		{"FHIR", post(`{"resourceType":"Patient","surname":"L"}`), 422, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"structure","diagnostics":"Unrecognized property 'surname'","location":["Patient","Line[1] Col[42]"]}]}`, "unexpected_body_property", "body:/surname"},
		{"Klaviyo", list, 400, `{"errors":[{"detail":"A revision header is required.","source":{"pointer":"/data/"}}]}`, "missing_request_header", "header:Revision"},
		{"Xero", list, 403, `{"Title":"Forbidden","Status":403,"Detail":"AuthenticationUnsuccessful: missing xero-tenant-id header"}`, "missing_request_header", "header:Xero-Tenant-Id"},
		{"Azure Front Door", list, 404, "<h2>Page not found</h2><p>We weren't able to find your Azure Front Door Service configuration.</p>", "wrong_host_or_environment", "url.host"},
		{"Jira", page, 400, `{"errors":{"title":"valid title is required"}}`, "invalid_body_property_value", "body:/title"},
	} {
		var best diagnose.Evidence
		all := read(answered(c.r, c.status, c.body))
		for _, e := range all {
			if e.Cause != "" && e.Ratio > best.Ratio {
				best = e
			}
		}
		if best.Cause != c.cause || best.Element != c.el {
			t.Errorf("%s, %d %s: got %s %s %v, want %s %s; all %+v", c.who, c.status, c.body, best.Cause, best.Element, best.Ratio, c.cause, c.el, all)
		}
	}
}

// TestWordsOfPlatformsThatMeanSomethingElse: the same words of another token, another's rights, of what the request does not
// have, and of several things that it may be.
func TestWordsOfPlatformsThatMeanSomethingElse(t *testing.T) {
	list := get("https://h.test/v1/orders", "Authorization", "Bearer tok-secret-1")
	for _, c := range []platformAnswer{ // cause and el are what must not be read
		{"a token against forgery", list, 403, `{"message":"CSRF token expired"}`, "expired_token", "auth"},
		{"a place in a list", list, 400, `{"message":"The page token has expired"}`, "expired_token", "auth"},
		{"one of several", list, 401, `{"message":"Token is missing, expired or malformed"}`, "malformed_authorization", "auth"},
		{"a page of Apache", list, 403, "<h1>Forbidden</h1><p>You don't have permission to access this resource.</p>", "insufficient_permission", "auth"},
		{"a content type that was sent", post(`{"name":"a"}`), 400, `{"message":"Unsupported content type: pages"}`, "invalid_body_property_value", "body:/name"},
		{"a list without the name", get("https://h.test/me?fields=id,name"), 400, `{"message":"Tried accessing nonexisting field (nmae)"}`, "invalid_request_parameter", "query:fields"},
		{"several items, and none is meant", post(`{"units":[{"id":"a"},{"id":"b"}]}`), 400, `{"details":[{"field":"/units/@id=='c'/amount","issue":"INVALID"}]}`, "missing_body_property", "body:/units/0/amount"},
		{"an address of mail", list, 403, `{"message":"your email address is not allowed"}`, "ip_not_allowed", "server"},
		{"a sentence with a preposition", list, 400, `{"message":"Invalid value for orders"}`, "invalid_request_parameter", "url.path[1]"},
		{"a field that is there", get("https://h.test/x", "X-Tenant", "7"), 400, `{"message":"Please send your tenant in the X-Tenant header"}`, "missing_request_header", "header:X-Tenant"},
		{"no errors", get("https://h.test/x"), 200, `{"error":[],"result":{"a":1}}`, "soft_error_in_success", ""},
		{"errors that were asked for", get("https://h.test/errorcodes/list"), 200, `{"error":["Unknown asset pair"]}`, "soft_error_in_success", ""},
		{"an address in a success", get("https://h.test/geocode/json?address=x"), 200, `{"error_message":"","results":[{"id":1}],"status":"OK"}`, "soft_error_in_success", ""},
		{"no result", get("https://h.test/geocode/json?address=x"), 200, `{"results":[],"status":"ZERO_RESULTS"}`, "soft_error_in_success", ""},
	} {
		for _, e := range read(answered(c.r, c.status, c.body)) {
			if e.Cause == c.cause && e.Element == c.el && e.Ratio >= echo {
				t.Errorf("%s, %d %s: got %+v", c.who, c.status, c.body, e)
			}
		}
	}
}
