package evidence

import (
	"maps"
	"strconv"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// A shape of §4.4: a body as that family sends it, and the element that it points at.
type shapeCase struct {
	shape  string
	status int
	body   string
	el     diagnose.ElementID
}

// shapes are the rows of §4.4, each with every shape that the row lists. A row without a shape is not read.
var shapes = map[int][]shapeCase{
	1: {
		{"errors[].pointer", 422, `{"type":"about:blank","errors":[{"detail":"must be positive","pointer":"#/items/1/price"}]}`, "body:/items/1/price"},
		{"errors[].parameter", 400, `{"title":"x","status":400,"errors":[{"detail":"must be an integer","parameter":"limit"}]}`, "query:limit"},
		{"errors[].header", 400, `{"title":"x","status":400,"errors":[{"detail":"is required","header":"X-Tenant"}]}`, "header:X-Tenant"},
		{"invalid-params[].name", 400, `{"title":"x","invalid-params":[{"name":"status","reason":"unknown"}]}`, "body:/status"},
		{"detail in words", 400, `{"title":"Bad Request","status":400,"detail":"'status' is not a valid value"}`, "body:/status"},
	},
	2: {
		{"source.pointer", 422, `{"errors":[{"status":"422","code":"INVALID","source":{"pointer":"/data/attributes/status"},"title":"x"}]}`, "body:/status"},
		{"source.parameter", 400, `{"errors":[{"source":{"parameter":"limit"},"title":"x"}]}`, "query:limit"},
		{"source.header", 400, `{"errors":[{"source":{"header":"X-Tenant"},"title":"x"}]}`, "header:X-Tenant"},
	},
	3: {
		{"fieldViolations", 400, `{"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"items[1].price","description":"bad"}]}]}}`, "body:/items/1/price"},
		{"locationType", 400, `{"error":{"errors":[{"domain":"global","reason":"invalidParameter","message":"bad","locationType":"parameter","location":"limit"}],"code":400,"message":"bad"}}`, "query:limit"},
		{"Invalid value at", 400, `{"error":{"code":400,"message":"Invalid value at 'items[1].price' (TYPE_INT32), \"12.50\"","status":"INVALID_ARGUMENT"}}`, "body:/items/1/price"},
		{"Unknown name", 400, `{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"note\": Cannot find field.","status":"INVALID_ARGUMENT"}}`, "body:/note"},
		{"ErrorInfo of a key", 400, `{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}`, "auth"},
		{"QuotaFailure", 429, `{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Quota exceeded","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"subject":"p","description":"daily limit"}]}]}}`, ""},
		{"PreconditionFailure", 400, `{"error":{"code":400,"status":"FAILED_PRECONDITION","message":"x","details":[{"@type":"type.googleapis.com/google.rpc.PreconditionFailure","violations":[{"type":"TOS","subject":"items","description":"accept the terms"}]}]}}`, "body:/items"},
	},
	4: {
		{"__type", 400, `{"__type":"ValidationException","message":"Value 'shippd' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [paid, new]"}`, "body:/status"},
		{"fieldList", 400, `{"message":"x","reason":"fieldValidationFailed","fieldList":[{"path":"/items/1/price","message":"bad"}]}`, "body:/items/1/price"},
		{"XML", 403, `<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match</Message></Error>`, "auth"},
	},
	5: {{"target", 400, `{"error":{"code":"BadRequest","message":"x","details":[{"code":"InvalidValue","target":"items[1].price","message":"bad"}]}}`, "body:/items/1/price"},
		{"target at the top", 400, `{"error":{"code":"InvalidInput","target":"status","message":"bad","innererror":{"code":"x"}}}`, "body:/status"}},
	6:  {{"param", 400, `{"error":{"type":"invalid_request_error","code":"parameter_invalid","param":"items[1][price]","message":"bad","doc_url":"x"}}`, "body:/items/1/price"}},
	7:  {{"errors[].field", 422, `{"message":"Validation Failed","errors":[{"resource":"Order","field":"status","code":"invalid"}],"documentation_url":"x"}`, "body:/status"}},
	8:  {{"got invalid value", 200, `{"errors":[{"message":"Variable \"$input\" got invalid value \"12.50\" at \"input.items[1].price\"; Float cannot represent non numeric value","locations":[{"line":1,"column":2}],"extensions":{"code":"BAD_USER_INPUT"}}]}`, "body:/items/1/price"}},
	9:  {{"detail[].loc", 422, `{"detail":[{"type":"float_type","loc":["body","items",1,"price"],"msg":"Input should be a valid number","input":"12.50"}]}`, "body:/items/1/price"}, {"loc query", 422, `{"detail":[{"type":"int_parsing","loc":["query","limit"],"msg":"bad","input":"fifty"}]}`, "query:limit"}},
	10: {{"nested", 400, `{"items":{"1":{"price":["A valid number is required."]}}}`, "body:/items/1/price"}, {"list", 400, `{"items":[{},{"price":["A valid number is required."]}]}`, "body:/items/1/price"}, {"field", 400, `{"status":["\"shippd\" is not a valid choice."]}`, "body:/status"}},
	11: {
		{"json", 422, `{"json":{"status":["Must be one of: paid."]}}`, "body:/status"}, {"messages", 422, `{"messages":{"json":{"when":["Not a valid date."]}}}`, "body:/when"},
		{"RESTX", 400, `{"errors":{"status":"'shippd' is not one of ['paid']"},"message":"Input payload validation failed"}`, "body:/status"},
		{"Litestar", 400, `{"status_code":400,"detail":"Validation failed for POST /","extra":[{"message":"Expected float","key":"items[1].price","source":"body"}]}`, "body:/items/1/price"},
	},
	12: {
		{"errors{}", 422, `{"errors":{"status":["is not included in the list"]}}`, "body:/status"}, {"humanised", 422, `["Status is not included in the list"]`, "body:/status"},
		{"param is missing", 400, `{"error":"param is missing or the value is empty: order"}`, "body:/order"},
	},
	13: {
		{"rejectedValue", 400, `{"status":400,"errors":[{"field":"items[1].price","rejectedValue":"12.50","defaultMessage":"must be a number"}]}`, "body:/items/1/price"},
		{"fieldErrors", 400, `{"fieldErrors":[{"field":"status","message":"unknown"}]}`, "body:/status"}, {"subErrors", 400, `{"apierror":{"subErrors":[{"object":"order","field":"status","rejectedValue":"x","message":"unknown"}]}}`, "body:/status"},
		{"on field", 400, `{"message":"Validation failed for object='order'. Field error in object 'order' on field 'items[1].price': rejected value [12.50]; codes [x]; default message [must be a number]"}`, "body:/items/1/price"},
		{"request parameter", 400, `{"message":"Required request parameter 'page' for method parameter type int is not present"}`, "query:page"},
		{"request body", 400, `{"message":"Required request body is missing: public void a.b()"}`, "body"},
		{"failed to convert", 400, `{"message":"Failed to convert value of type 'java.lang.String' to required type 'int'; For input string: \"fifty\". Method parameter 'limit'"}`, "query:limit"},
	},
	14: {
		{"reference chain", 400, `{"message":"JSON parse error: Cannot deserialize value of type 'double' (through reference chain: Order[\"items\"]->java.util.ArrayList[1]->Item[\"price\"])"}`, "body:/items/1/price"},
		{"value echo", 400, "{\"message\":\"Cannot deserialize value of type `java.time.LocalDate` from String \\\"31/12/2026\\\": bad\"}", "body:/when"},
		{"enum", 400, "{\"message\":\"Cannot deserialize value of type `Status` from String \\\"shippd\\\": not one of the values accepted for Enum class: [PAID, NEW]\"}", "body:/status"},
		{"unrecognized", 400, `{"message":"Unrecognized field \"note\" (class Order), not marked as ignorable"}`, "body:/note"},
		{"text", 400, `{"message":"Text '31/12/2026' could not be parsed at index 0"}`, "body:/when"},
		{"range", 400, `{"message":"Numeric value (12.50) out of range of int (through reference chain: Order[\"items\"]->java.util.ArrayList[1]->Item[\"price\"])"}`, "body:/items/1/price"},
	},
	15: {
		{"violations", 400, `{"title":"Constraint Violation","violations":[{"field":"create.order.items[1].price","message":"must be positive"}]}`, "body:/items/1/price"},
		{"violations after what is none", 400, `{"violations":["two problems",{"field":"create.order.items[1].price","message":"must be positive"}]}`, "body:/items/1/price"},
		{"Micronaut", 400, `{"message":"Bad Request","_embedded":{"errors":[{"message":"order.status: must match"}]}}`, "body:/status"},
		{"parameterViolations", 400, `{"parameterViolations":[{"path":"create.order.status","message":"unknown","value":"shippd"}]}`, "body:/status"},
	},
	16: {{"Pascal", 400, `{"title":"One or more validation errors occurred.","errors":{"Items[1].Price":["must be a number"]}}`, "body:/items/1/price"},
		{"Path", 400, `{"errors":{"order":["The order field is required."],"$.items[1].price":["The JSON value could not be converted to System.Double. Path: $.items[1].price | LineNumber: 0 | BytePositionInLine: 130."]}}`, "body:/items/1/price"}},
	17: {{"dotted", 422, `{"message":"The given data was invalid.","errors":{"items.1.price":["The items.1.price must be a number."]}}`, "body:/items/1/price"}},
	18: {{"propertyPath", 422, `{"@type":"ConstraintViolationList","violations":[{"propertyPath":"items[1].price","message":"bad","code":"c1051bb4-d103-4f74-8988-acbcafc7fdc3"}]}`, "body:/items/1/price"}},
	19: {{"7", 400, `{"errors":[{"type":"field","value":"shippd","msg":"Invalid value","path":"status","location":"body"}]}`, "body:/status"}, {"6", 400, `{"errors":[{"value":"fifty","msg":"bad","param":"limit","location":"query"}]}`, "query:limit"}},
	20: {{"details[].path", 400, `{"details":[{"message":"\"items[1].price\" must be a number","path":["items",1,"price"],"type":"number.base"}]}`, "body:/items/1/price"},
		{"celebrate", 400, `{"message":"celebrate request validation failed","validation":{"body":{"source":"body","keys":["items.1.price"],"message":"bad"}}}`, "body:/items/1/price"},
		{"inner", 400, `{"name":"ValidationError","inner":[{"path":"items[1].price","message":"bad"}]}`, "body:/items/1/price"}},
	21: {{"issues", 400, `{"issues":[{"code":"invalid_type","expected":"number","received":"string","path":["items",1,"price"],"message":"x"}]}`, "body:/items/1/price"},
		{"error.issues", 400, `{"error":{"name":"ZodError","issues":[{"code":"custom","path":["status"],"message":"x"}]}}`, "body:/status"},
		{"fieldErrors", 400, `{"fieldErrors":{"when":["Invalid"]}}`, "body:/when"}, {"zodError", 400, `{"error":{"data":{"zodError":{"fieldErrors":{"status":["Invalid"]}}}}}`, "body:/status"}},
	22: {{"instancePath", 400, `{"errors":[{"instancePath":"/items/1/price","keyword":"type","message":"must be number"}]}`, "body:/items/1/price"}, {"dataPath", 400, `{"errors":[{"dataPath":".items[1].price","keyword":"type","message":"should be number"}]}`, "body:/items/1/price"},
		{"additionalProperty", 400, `{"errors":[{"instancePath":"","keyword":"additionalProperties","params":{"additionalProperty":"note"},"message":"x"}]}`, "body:/note"},
		{"FST_ERR_VALIDATION", 400, `{"code":"FST_ERR_VALIDATION","message":"body/items/1/price must be number"}`, "body:/items/1/price"}},
	23: {{"message[]", 400, `{"statusCode":400,"message":["items.1.price must be a number conforming to the specified constraints"]}`, "body:/items/1/price"}},
	24: {{"validator", 400, `Key: 'Order.Items[1].Price' Error:Field validation for 'Price' failed on the 'gt' tag`, "body:/items/1/price"}, {"unmarshal", 400, `json: cannot unmarshal string into Go struct field Order.items.price of type float64`, "body:/items/1/price"},
		{"unknown", 400, `json: unknown field "note"`, "body:/note"}, {"echo", 400, `{"message":"Unmarshal type error: expected=float64, got=string, field=items.price, offset=123"}`, "body:/items/1/price"},
		{"huma", 422, `{"errors":[{"message":"expected number","location":"body.items[1].price","value":"12.50"}]}`, "body:/items/1/price"}, {"grpc-gateway", 400, `{"code":3,"message":"invalid value for enum field status: \"shippd\"","details":[]}`, "body:/status"}},
	25: {{"path", 422, `items[1].price: invalid type: string "12.50", expected f64 at line 1 column 125`, "body:/items/1/price"}, {"missing", 422, "missing field `currency` at line 1 column 190", "body:/currency"}, {"variant", 422, "unknown variant `shippd`, expected one of `paid`, `new`", "body:/status"}},
	26: {{"causes", 422, `{"kind":"Status","reason":"Invalid","details":{"causes":[{"reason":"FieldValueInvalid","message":"bad","field":"items[1].price"}]}}`, "body:/items/1/price"}},
	27: {{"reason", 400, `{"error":{"root_cause":[{"type":"mapper_parsing_exception","reason":"failed to parse field [items.price] of type [float] in document"}],"type":"mapper_parsing_exception","reason":"failed to parse field [items.price] of type [float]"},"status":400}`, "body:/items/1/price"}},
	28: {
		{"Salesforce", 400, `[{"message":"x","errorCode":"INVALID_FIELD","fields":["status"]}]`, "body:/status"}, {"Shopify", 422, `{"errors":{"status":["is invalid"]}}`, "body:/status"},
		{"Shopify userErrors", 200, `{"data":{"orderCreate":{"order":null,"userErrors":[{"field":["status"],"message":"is invalid"}]}}}`, "body:/status"},
		{"HubSpot", 400, `{"status":"error","message":"x","errors":[{"message":"bad","in":"status","context":{"propertyName":["status"]}}],"category":"VALIDATION_ERROR"}`, "body:/status"},
		{"PayPal", 400, `{"name":"INVALID_REQUEST","details":[{"field":"/items/1/price","location":"body","issue":"INVALID_PARAMETER_SYNTAX"}]}`, "body:/items/1/price"}, {"Square", 400, `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"INVALID_VALUE","detail":"x","field":"status"}]}`, "body:/status"},
		{"Slack", 200, `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"users:read"}`, "auth"}, {"OpenAI", 400, `{"error":{"message":"bad","type":"invalid_request_error","param":"status","code":null}}`, "body:/status"},
		{"Anthropic", 400, `{"type":"error","error":{"type":"invalid_request_error","message":"items.1.price: Input should be a valid number"}}`, "body:/items/1/price"}, {"Notion", 400, `{"object":"error","status":400,"code":"validation_error","message":"body failed validation: body.items[1].price should be a number, instead was \"12.50\"."}`, "body:/items/1/price"},
		{"Meta", 400, `{"error":{"message":"(#100) Param status must be one of {PAID, NEW}","type":"OAuthException","code":100,"error_subcode":1,"error_user_msg":"x"}}`, "body:/status"},
		{"Jira", 400, `{"errorMessages":[],"errors":{"status":"Status is invalid."}}`, "body:/status"}, {"GitLab", 400, `{"message":{"status":["is invalid"]}}`, "body:/status"}, {"Zendesk", 422, `{"error":"RecordInvalid","details":{"status":[{"description":"Status: is invalid"}]}}`, "body:/status"},
		{"Discord", 400, `{"code":50035,"errors":{"items":{"1":{"price":{"_errors":[{"code":"NUMBER_TYPE_COERCE","message":"bad"}]}}}}}`, "body:/items/1/price"}, {"Cloudflare", 400, `{"success":false,"errors":[{"code":1004,"message":"bad","source":{"pointer":"/items/1/price"}}]}`, "body:/items/1/price"},
		{"Twilio", 400, `{"code":21211,"message":"The 'status' value shippd is not valid.","more_info":"https://www.twilio.com/docs/errors/21211","status":400}`, "body:/status"}, {"Strapi", 400, `{"data":null,"error":{"status":400,"name":"ValidationError","details":{"errors":[{"path":["items","1","price"],"message":"bad"}]}}}`, "body:/items/1/price"},
		{"PostgREST", 400, `{"code":"22P02","details":null,"hint":null,"message":"invalid input syntax for type numeric: \"12.50\""}`, "body:/items/1/price"}, {"Directus", 400, `{"errors":[{"message":"x","extensions":{"code":"FAILED_VALIDATION","field":"status","type":"in"}}]}`, "body:/status"},
	},
	30: {{"FHIR", 400, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","expression":["Order.status"]}]}`, "body:/status"}, {"JSON-RPC", 200, `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":{"field":"status"}},"id":1}`, "body:/status"},
		{"SOAP", 500, `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring>Invalid value for element 'status'</faultstring></soap:Fault></soap:Body></soap:Envelope>`, "body:/status"}},
}

// anyKey are the keys of row 31: any object with one of them whose value is an element.
var anyKey = []string{"field", "path", "pointer", "param", "parameter", "property", "propertyPath", "source", "target", "location", "loc", "name", "key", "attribute", "instancePath", "jsonPath"}

func TestEveryShapeOfErrorBodiesPointsAtItsElement(t *testing.T) {
	shapes := maps.Clone(shapes)
	for _, key := range anyKey {
		shapes[31] = append(shapes[31], shapeCase{key, 400, `{"problem":{"` + key + `":"items.1.price","what":"is not good"}}`, "body:/items/1/price"})
	}
	token := request.Request{Method: "POST", URL: "https://auth.example.com/token", Body: request.Body{Kind: request.FormBody, Fields: []request.Field{
		{Name: "grant_type", Value: "pasword"}, {Name: "client_id", Value: "app"}, {Name: "client_secret", Value: "s3cr3t-value"}, {Name: "scope", Value: "all"}, {Name: "code", Value: "abc"}}}}
	for code, el := range map[string]diagnose.ElementID{"unsupported_grant_type": "form:grant_type", "invalid_scope": "form:scope"} {
		shapes[29] = append(shapes[29], shapeCase{code, 400, `{"error":"` + code + `"}`, el})
	}
	for n := 1; n <= 31; n++ {
		if len(shapes[n]) == 0 {
			t.Errorf("row %d is not read", n)
		}
		for _, c := range shapes[n] {
			t.Run(strconv.Itoa(n)+"/"+c.shape, func(t *testing.T) {
				r := post(order)
				if n == 29 {
					r = token
				}
				all := read(answered(r, c.status, c.body))
				if c.el == "" && len(all) > 0 && all[0].Element == "" || find(all[:min(len(all), 2)], "", c.el) != nil && c.el != "" {
					return
				}
				for _, e := range all[:min(len(all), 4)] {
					t.Logf("  %.0f %s %s %s %q", e.Ratio, e.Kind, e.Cause, e.Element, e.Text)
				}
				t.Errorf("does not point at %s", c.el)
			})
		}
	}
}
