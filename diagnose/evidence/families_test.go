package evidence

import (
	"testing"

	"culprit/diagnose/element"
	"culprit/request"
)

func TestScriptFrameworks(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"JSON:API", 422, `{"errors":[{"status":"422","source":{"pointer":"/data/attributes/status"},"title":"Invalid Attribute","detail":"status must be one of: paid, shipped"}]}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"JSON:API parameter", 400, `{"errors":[{"source":{"parameter":"limit"},"title":"Invalid Query Parameter","detail":"limit must be an integer"}]}`, "invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"AJV type", 400, `{"errors":[{"instancePath":"/items/1/price","schemaPath":"#/x/type","keyword":"type","params":{"type":"number"},"message":"must be number"}]}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"AJV required", 400, `{"errors":[{"instancePath":"/items/0","keyword":"required","params":{"missingProperty":"qty"},"message":"must have required property 'qty'"}]}`, "missing_body_property", "body:/items/0/qty", true, ""},
		{"AJV additional", 400, `[{"instancePath":"","keyword":"additionalProperties","params":{"additionalProperty":"note"},"message":"must NOT have additional properties"}]`, "unexpected_body_property", "body:/note", false, ""},
		{"AJV enum", 400, `{"errors":[{"instancePath":"/status","keyword":"enum","params":{"allowedValues":["paid","shipped"]},"message":"must be equal to one of the allowed values"}]}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Fastify", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body/items/1/price must be number"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Fastify required", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body must have required property 'currency'"}`, "missing_body_property", "body:/currency", true, ""},
		{"Fastify query", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"querystring/limit must be integer"}`, "invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"Zod 3", 400, `{"success":false,"error":{"issues":[{"code":"invalid_type","expected":"number","received":"string","path":["items",1,"price"],"message":"Expected number, received string"}],"name":"ZodError"}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Zod required", 400, `{"issues":[{"code":"invalid_type","expected":"string","received":"undefined","path":["currency"],"message":"Required"}]}`, "missing_body_property", "body:/currency", true, "expected=string"},
		{"Zod 4", 400, `[{"expected":"number","code":"invalid_type","path":["items",1,"price"],"message":"Invalid input: expected number, received string"}]`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Zod keys", 400, `{"errors":[{"code":"unrecognized_keys","keys":["note"],"path":[],"message":"Unrecognized key(s) in object: 'note'"}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"Zod enum", 400, `{"errors":[{"received":"shippd","code":"invalid_enum_value","options":["paid","shipped"],"path":["status"],"message":"Invalid enum value. Expected 'paid' | 'shipped', received 'shippd'"}]}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Zod flattened", 400, `{"error":{"formErrors":[],"fieldErrors":{"when":["Invalid datetime"]}}}`, "invalid_body_property_format", "body:/when", false, ""},
		{"tRPC", 400, `{"error":{"message":"[\n  {\n    \"code\": \"invalid_type\",\n    \"expected\": \"number\",\n    \"received\": \"string\",\n    \"path\": [\"items\", 1, \"price\"],\n    \"message\": \"Expected number, received string\"\n  }\n]","code":-32600,"data":{"code":"BAD_REQUEST","zodError":{"fieldErrors":{"items":["Expected number, received string"]}}}}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Joi", 400, `{"details":[{"message":"\"items[1].price\" must be a number","path":["items",1,"price"],"type":"number.base","context":{"label":"items[1].price","value":"12.50","key":"price"}}]}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Joi unknown", 400, `{"details":[{"message":"\"note\" is not allowed","path":["note"],"type":"object.unknown","context":{"child":"note","label":"note","value":"hello there"}}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"Joi text", 400, `{"error":"\"currency\" is required"}`, "missing_body_property", "body:/currency", true, ""},
		{"Joi only", 400, `{"message":"\"status\" must be one of [paid, shipped]"}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"celebrate", 400, `{"statusCode":400,"error":"Bad Request","message":"celebrate request validation failed","validation":{"body":{"source":"body","keys":["items.1.price"],"message":"\"items[1].price\" must be a number"}}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Yup", 400, `{"name":"ValidationError","inner":[{"path":"items[1].price","type":"typeError","message":"items[1].price must be a number type"}],"errors":["items[1].price must be a number type"]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"express-validator 7", 400, `{"errors":[{"type":"field","value":"shippd","msg":"Invalid value","path":"status","location":"body"}]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"express-validator 6", 400, `{"errors":[{"value":"fifty","msg":"limit must be an integer","param":"limit","location":"query"}]}`, "invalid_request_parameter", "query:limit", false, ""},
		{"express-validator absent", 400, `{"errors":[{"type":"field","msg":"Invalid value","path":"currency","location":"body"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"NestJS", 400, `{"statusCode":400,"message":["items.1.price must be a number conforming to the specified constraints"],"error":"Bad Request"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"NestJS whitelist", 400, `{"statusCode":400,"message":["property note should not exist"],"error":"Bad Request"}`, "unexpected_body_property", "body:/note", false, ""},
		{"NestJS absent", 400, `{"statusCode":400,"message":["currency should not be empty","currency must be a string"],"error":"Bad Request"}`, "missing_body_property", "body:/currency", true, ""},
		{"NestJS enum", 400, `{"statusCode":400,"message":["status must be one of the following values: paid, shipped"],"error":"Bad Request"}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
	})
}

// TestThePathOfAGraphQLErrorIsOneOfTheAnswer: what went wrong while the answer was made names a place in the answer
// (GraphQL §7.1.2), and no part of the request, even where one has that name.
func TestThePathOfAGraphQLErrorIsOneOfTheAnswer(t *testing.T) {
	r := post(`{"query":"query($status: String) { order(status: $status) { status total } }","variables":{"status":"open"}}`)
	for _, text := range []string{
		`{"data":{"order":null},"errors":[{"message":"boom","path":["order"]}]}`,
		`{"data":{"order":{"status":null}},"errors":[{"message":"the database is away","path":["order","status"],"locations":[{"line":1,"column":60}]}]}`,
		`{"data":null,"errors":[{"message":"boom","path":["query"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`,
	} {
		x := &request.Exchange{Request: r, Hops: []request.Hop{{Response: &request.Response{Status: 200, Header: []request.Field{{Name: "Content-Type", Value: "application/json"}}, Body: request.NewContent([]byte(text))}}}}
		for _, e := range Read(x, element.Of(r).Elements) {
			if e.Element != "" && e.Element != "server" {
				t.Errorf("%s\naccuses %s: %s (%.0f)", text, e.Element, e.Text, e.Ratio)
			}
		}
	}
}

func TestPythonRubyPHPFrameworks(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"DRF", 400, `{"items":[{},{"price":["A valid number is required."]}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"DRF missing", 400, `{"currency":["This field is required."]}`, "missing_body_property", "body:/currency", true, ""},
		{"DRF choice", 400, `{"status":["\"shippd\" is not a valid choice."]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"DRF date", 400, `{"when":["Date has wrong format. Use one of these formats instead: YYYY-MM-DD."]}`, "invalid_body_property_format", "body:/when", false, ""},
		{"DRF parse", 400, `{"detail":"JSON parse error - Expecting property name enclosed in double quotes: line 1 column 5 (char 4)"}`, "malformed_json", "body", false, ""},
		{"marshmallow", 422, `{"code":422,"errors":{"json":{"items":{"1":{"price":["Not a valid number."]}}}},"status":"Unprocessable Entity"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"marshmallow unknown", 422, `{"messages":{"json":{"note":["Unknown field."]}}}`, "unexpected_body_property", "body:/note", false, ""},
		{"webargs query", 422, `{"errors":{"query":{"limit":["Not a valid integer."]}}}`, "invalid_request_parameter", "query:limit", false, ""},
		{"Flask-RESTX", 400, `{"errors":{"currency":"'currency' is a required property"},"message":"Input payload validation failed"}`, "missing_body_property", "body:/currency", true, ""},
		{"Litestar", 400, `{"status_code":400,"detail":"Validation failed for POST /orders","extra":[{"message":"Expected ` + "`float`, got `str`" + `","key":"items.1.price","source":"body"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Rails", 422, `{"errors":{"status":["is not included in the list"]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Rails blank", 422, `{"errors":{"currency":["can't be blank"]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Rails humanised", 422, `["Currency can't be blank"]`, "missing_body_property", "body:/currency", true, ""},
		{"Rails humanised list", 422, `{"errors":["Status is not included in the list"]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Rails param", 400, `{"status":400,"error":"Bad Request","exception":"#<ActionController::ParameterMissing: param is missing or the value is empty: order>"}`, "missing_body_property", "body:/order", true, ""},
		{"Laravel", 422, `{"message":"The given data was invalid.","errors":{"items.1.price":["The items.1.price must be a number."]}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Laravel required", 422, `{"message":"The currency field is required.","errors":{"currency":["The currency field is required."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Laravel in", 422, `{"message":"x","errors":{"status":["The selected status is invalid."]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Symfony", 422, `{"@type":"ConstraintViolationList","title":"An error occurred","detail":"items[1].price: This value should be of type float.","violations":[{"propertyPath":"items[1].price","message":"This value should be of type float.","code":"ba785a8c-82cb-4283-967c-3cf342181b40"}]}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
	})
}

func TestCompiledFrameworks(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Spring", 400, `{"timestamp":"2026-01-01T00:00:00Z","status":400,"error":"Bad Request","errors":[{"codes":["NotNull.order.currency"],"defaultMessage":"must not be null","objectName":"order","field":"currency","rejectedValue":null,"code":"NotNull"}],"path":"/orders"}`, "missing_body_property", "body:/currency", true, ""},
		{"Spring nested", 400, `{"fieldErrors":[{"field":"items[1].price","message":"must be greater than 0"}]}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Spring text", 400, `{"status":400,"error":"Bad Request","message":"Validation failed for object='order'. Error count: 1. Field error in object 'order' on field 'status': rejected value [shippd]; codes [Pattern.order.status]; default message [must match \"paid|shipped\"]"}`, "invalid_body_property_format", "body:/status", false, ""},
		{"Spring parameter", 400, `{"status":400,"message":"Required request parameter 'page' for method parameter type int is not present"}`, "missing_request_parameter", "query:page", true, "expected=integer"},
		{"Spring header", 400, `{"status":400,"message":"Required request header 'X-Tenant' for method parameter type String is not present"}`, "missing_request_header", "header:X-Tenant", true, ""},
		{"Spring convert", 400, `{"status":400,"message":"Failed to convert value of type 'java.lang.String' to required type 'int'; For input string: \"fifty\""}`, "invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"Spring convert method", 400, `{"detail":"Failed to convert 'limit' with value: 'fifty'"}`, "invalid_request_parameter", "query:limit", false, ""},
		{"Jackson chain", 400, `{"message":"JSON parse error: Cannot deserialize value of type ` + "`java.math.BigDecimal`" + ` from String \"12.50\": not a valid representation (through reference chain: com.shop.Order[\"items\"]->java.util.ArrayList[1]->com.shop.Item[\"price\"])"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Jackson enum", 400, `{"message":"JSON parse error: Cannot deserialize value of type ` + "`com.shop.Status`" + ` from String \"shippd\": not one of the values accepted for Enum class: [PAID, SHIPPED]"}`, "invalid_body_property_value", "body:/status", false, "allowed=PAID,SHIPPED"},
		{"Jackson unknown", 400, `{"message":"JSON parse error: Unrecognized field \"note\" (class com.shop.Order), not marked as ignorable (through reference chain: com.shop.Order[\"note\"])"}`, "unexpected_body_property", "body:/note", false, ""},
		{"Jackson date", 400, `{"message":"JSON parse error: Cannot deserialize value of type ` + "`java.time.LocalDate`" + ` from String \"31/12/2026\": Failed to deserialize java.time.LocalDate: (java.time.format.DateTimeParseException) Text '31/12/2026' could not be parsed at index 0"}`, "invalid_body_property_format", "body:/when", false, "expected=date"},
		{"Quarkus", 400, `{"title":"Constraint Violation","status":400,"violations":[{"field":"create.order.items[1].price","message":"must be greater than 0"}]}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Micronaut", 400, `{"_embedded":{"errors":[{"message":"order.currency: must not be blank"}]},"message":"Bad Request"}`, "missing_body_property", "body:/currency", true, ""},
		{"ASP.NET", 400, `{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"Items[1].Price":["The field Price must be between 1 and 10."]},"traceId":"00-1"}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"ASP.NET missing", 400, `{"title":"One or more validation errors occurred.","status":400,"errors":{"Currency":["The Currency field is required."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"System.Text.Json", 400, `{"title":"One or more validation errors occurred.","status":400,"errors":{"order":["The order field is required."],"$.items[1].price":["The JSON value could not be converted to System.Decimal. Path: $.items[1].price | LineNumber: 0 | BytePositionInLine: 120."]}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"System.Text.Json date", 400, `{"errors":{"$.when":["The JSON value could not be converted to System.DateTime. Path: $.when | LineNumber: 0 | BytePositionInLine: 150."]}}`, "invalid_body_property_format", "body:/when", false, "expected=date-time"},
		{"Go validator", 400, `{"error":"Key: 'Order.Items[1].Price' Error:Field validation for 'Price' failed on the 'gt' tag"}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Go validator missing", 400, `{"error":"Key: 'Order.CurrencyCode' Error:Field validation for 'CurrencyCode' failed on the 'required' tag"}`, "missing_body_property", "body:/currencyCode", true, ""},
		{"Go json", 400, `{"error":"json: cannot unmarshal string into Go struct field Order.items.price of type float64"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Go unknown", 400, `json: unknown field "note"`, "unexpected_body_property", "body:/note", false, ""},
		{"Go echo", 400, `{"message":"Unmarshal type error: expected=float64, got=string, field=items.price, offset=123"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Go time", 400, `parsing time "\"31/12/2026\"" as "\"2006-01-02T15:04:05Z07:00\"": cannot parse "31/12/2026" as "2006"`, "invalid_body_property_format", "body:/when", false, "expected=date-time"},
		{"huma", 422, `{"$schema":"x","title":"Unprocessable Entity","status":422,"detail":"validation failed","errors":[{"message":"expected number","location":"body.items[1].price","value":"12.50"}]}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"huma missing", 422, `{"title":"Unprocessable Entity","status":422,"detail":"validation failed","errors":[{"message":"expected required property currency to be present","location":"body","value":{"a":1}}]}`, "missing_body_property", "body:/currency", true, ""},
		{"grpc-gateway", 400, `{"code":3,"message":"proto: (line 1:64): unknown field \"note\"","details":[]}`, "unexpected_body_property", "body:/note", false, ""},
		{"axum path", 422, "Failed to deserialize the JSON body into the target type: items[1].price: invalid type: string \"12.50\", expected f64 at line 1 column 121", "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"axum missing", 422, "Failed to deserialize the JSON body into the target type: missing field `currency` at line 1 column 190", "missing_body_property", "body:/currency", true, ""},
		{"axum variant", 422, "Failed to deserialize the JSON body into the target type: unknown variant `shippd`, expected one of `paid`, `shipped` at line 1 column 150", "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"axum syntax", 400, "Failed to parse the request body as JSON: trailing comma at line 1 column 9", "malformed_json", "body", false, ""},
	})
}

func TestOpenAPIValidators(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Prism", 422, `{"type":"https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY","title":"Invalid request","status":422,"validation":[{"location":["body","items","1","price"],"severity":"Error","code":"type","message":"Request body property items.1.price must be number"}]}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Prism required", 422, `{"type":"https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY","title":"Invalid request","status":422,"validation":[{"location":["body"],"severity":"Error","code":"required","message":"Request body must have required property 'currency'"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Prism query", 422, `{"type":"https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY","title":"Invalid request","status":422,"validation":[{"location":["query"],"severity":"Error","code":"required","message":"Request query parameter page is required"}]}`, "missing_request_parameter", "query:page", true, ""},
		{"go-openapi", 422, `{"code":602,"message":"currency in body is required"}`, "missing_body_property", "body:/currency", true, ""},
		{"go-openapi list", 422, `{"code":601,"message":"validation failure list:\nitems.1.price in body must be of type number: \"string\""}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"go-openapi enum", 422, `{"code":606,"message":"status in body should be one of [paid shipped]"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"kin-openapi", 400, `{"error":"request body has an error: doesn't match schema: Error at \"/items/1/price\": value must be a number"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"kin-openapi query", 400, `parameter "limit" in query has an error: value fifty: an invalid integer: invalid syntax`, "invalid_request_parameter", "query:limit", false, ""},
		{"kin-openapi missing", 400, `{"error":"request body has an error: doesn't match schema: Error at \"/currency\": property \"currency\" is missing"}`, "missing_body_property", "body:/currency", true, ""},
		{"kin-openapi with a reference", 400, `{"error":"request body has an error: doesn't match schema #/components/schemas/Order: Error at \"/items/1/price\": value must be a number"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"kin-openapi missing with its schema", 400, `{"error":"request body has an error: doesn't match schema #/components/schemas/Order: Error at \"/currency\": property \"currency\" is missing\nSchema:\n  {\n    \"required\": [\n      \"status\"\n    ]\n  }\n\nValue:\n  {\n    \"status\": \"x\"\n  }\n"}`, "missing_body_property", "body:/currency", true, ""},
		{"kin-openapi unknown", 400, `{"error":"request body has an error: doesn't match schema: property \"note\" is unsupported"}`, "unexpected_body_property", "body:/note", false, ""},
		{"express-openapi-validator", 400, `{"message":"request/body/items/1/price must be number","errors":[{"path":"/body/items/1/price","message":"must be number","errorCode":"type.openapi.validation"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"express-openapi-validator, credentials", 401, `{"message":"'X-API-Token' header required","errors":[{"path":"/v1/{kind}","message":"'X-API-Token' header required"}]}`, "missing_credentials", "header:X-Api-Token", true, ""},
		{"swagger-tools", 400, `{"message":"Request validation failed: Parameter (limit) failed schema validation","failedValidation":true}`, "invalid_request_parameter", "query:limit", false, ""},
		{"jsonschema Node", 400, `{"message":"instance.items[1].price is not of a type(s) number"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"jsonschema Python", 400, `{"detail":"'12.50' is not of type 'number'\n\nFailed validating 'type' in schema['properties']:\n    {'type': 'number'}\n\nOn instance['items'][1]['price']:\n    '12.50'"}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"connexion", 400, `{"detail":"Additional properties are not allowed ('note' was unexpected)","title":"Bad Request","type":"about:blank","status":400}`, "unexpected_body_property", "body:/note", false, ""},
		{"PocketBase", 400, `{"code":400,"message":"Failed to create record.","data":{"currency":{"code":"validation_required","message":"Missing required value."}}}`, "missing_body_property", "body:/currency", true, ""},
		{"Elysia", 422, `{"type":"validation","on":"body","property":"/items/1/price","message":"Expected number","expected":{},"found":{}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"JSON in a message", 400, `{"message":"{\"items\":{\"1\":{\"price\":[\"must be a number\"]}}}"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"several names", 400, `{"error":"The request body is missing required field(s): currency, total"}`, "missing_body_property", "body:/currency", true, ""},
	})
}

func TestCloudShapes(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Google", 400, `{"error":{"code":400,"message":"Invalid JSON payload received.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"items[1].price","description":"Invalid value at 'items[1].price' (TYPE_DOUBLE), \"12.50\""}]}]}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Google unknown", 400, `{"error":{"code":400,"message":"Invalid JSON payload received. Unknown name \"note\": Cannot find field.","status":"INVALID_ARGUMENT"}}`, "unexpected_body_property", "body:/note", false, ""},
		{"Google legacy", 400, `{"error":{"code":400,"message":"Invalid value 'fifty'.","errors":[{"domain":"global","reason":"invalidParameter","message":"Invalid value 'fifty'.","locationType":"parameter","location":"limit"}]}}`, "invalid_request_parameter", "query:limit", false, ""},
		{"AWS constraint", 400, `{"__type":"ValidationException","message":"1 validation error detected: Value 'shippd' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [PAID, SHIPPED]"}`, "invalid_body_property_value", "body:/status", false, "allowed=PAID,SHIPPED"},
		{"AWS null", 400, `{"__type":"ValidationException","message":"1 validation error detected: Value null at 'currency' failed to satisfy constraint: Member must not be null"}`, "missing_body_property", "body:/currency", true, ""},
		{"AWS fieldList", 400, `{"message":"x","fieldList":[{"path":"/items/1/price","message":"must be a number"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"AWS expired", 400, `{"__type":"com.amazon.coral.service#ExpiredTokenException","message":"The security token included in the request is expired"}`, "expired_token", "auth", false, ""},
		{"Azure", 400, `{"error":{"code":"BadArgument","message":"Multiple errors","details":[{"code":"InvalidValue","target":"items[1].price","message":"must be a number"}],"target":"order"}}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Kubernetes", 422, `{"kind":"Status","status":"Failure","reason":"Invalid","details":{"causes":[{"reason":"FieldValueNotSupported","message":"Unsupported value: \"shippd\": supported values: \"paid\", \"shipped\"","field":"status"}]},"code":422}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Elasticsearch", 400, `{"error":{"root_cause":[{"type":"document_parsing_exception","reason":"failed to parse field [items.price] of type [float] in document with id '1'"}],"type":"document_parsing_exception","reason":"[1:120] failed to parse field [items.price] of type [float] in document with id '1'. Preview of field's value: '12.50'","caused_by":{"type":"number_format_exception","reason":"For input string: \"12.50\""}},"status":400}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Elasticsearch query", 400, `{"error":{"root_cause":[{"type":"parsing_exception","reason":"Unknown key for a START_OBJECT in [customer].","line":1,"col":13}],"type":"parsing_exception","reason":"Unknown key for a START_OBJECT in [customer].","line":1,"col":13},"status":400}`, "unexpected_body_property", "body:/customer", false, ""},
	})
}

func TestServiceShapes(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Stripe", 400, `{"error":{"type":"invalid_request_error","code":"parameter_invalid_integer","param":"items[1][price]","message":"Invalid integer: 12.50"}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Stripe missing", 400, `{"error":{"code":"parameter_missing","message":"Missing required param: currency.","param":"currency","type":"invalid_request_error"}}`, "missing_body_property", "body:/currency", true, ""},
		{"GitHub", 422, `{"message":"Validation Failed","errors":[{"resource":"Order","field":"status","code":"invalid"}],"documentation_url":"https://docs.github.com"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"GitHub missing", 422, `{"message":"Validation Failed","errors":[{"resource":"Order","code":"missing_field","field":"currency"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"OpenAI", 400, `{"error":{"message":"Unrecognized request argument supplied: note","type":"invalid_request_error","param":null,"code":null}}`, "unexpected_body_property", "body:/note", false, ""},
		{"Anthropic", 400, `{"type":"error","error":{"type":"invalid_request_error","message":"items.1.price: Input should be a valid number"}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Notion", 400, `{"object":"error","status":400,"code":"validation_error","message":"body failed validation: body.items[1].price should be a number, instead was ` + "`\\\"12.50\\\"`" + `."}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Salesforce", 400, `[{"message":"Required fields are missing: [Currency]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Currency"]}]`, "missing_body_property", "body:/currency", true, ""},
		{"Shopify", 422, `{"errors":{"status":["is not included in the list"]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"PayPal", 400, `{"name":"INVALID_REQUEST","details":[{"field":"/items/1/price","location":"body","issue":"INVALID_PARAMETER_SYNTAX","description":"The value of a field does not conform to the expected format."}]}`, "invalid_body_property_format", "body:/items/1/price", false, ""},
		{"Square", 400, `{"errors":[{"category":"INVALID_REQUEST_ERROR","code":"MISSING_REQUIRED_PARAMETER","detail":"Field must be set","field":"currency"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Jira", 400, `{"errorMessages":[],"errors":{"status":"Status is invalid."}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"GitLab", 400, `{"message":{"status":["is not included in the list"]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"GitLab text", 400, `{"error":"currency is missing"}`, "missing_body_property", "body:/currency", true, ""},
		{"GitLab values", 400, `{"error":"status does not have a valid value"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Zendesk", 422, `{"error":"RecordInvalid","description":"Record validation errors","details":{"status":[{"description":"Status: shippd is not valid","error":"InvalidValue"}]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Discord", 400, `{"code":50035,"errors":{"items":{"1":{"price":{"_errors":[{"code":"NUMBER_TYPE_COERCE","message":"Value \"x\" is not float."}]}}}},"message":"Invalid Form Body"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Cloudflare", 400, `{"success":false,"errors":[{"code":1004,"message":"must be a number","source":{"pointer":"/items/1/price"}}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Strapi", 400, `{"data":null,"error":{"status":400,"name":"ValidationError","message":"x","details":{"errors":[{"path":["items","1","price"],"message":"must be a ` + "`number`" + ` type","name":"ValidationError"}]}}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"PostgREST", 400, `{"code":"22P02","details":null,"hint":null,"message":"invalid input syntax for type numeric: \"12.50\""}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"PostgREST column", 400, `{"code":"PGRST204","details":null,"hint":null,"message":"Could not find the 'note' column of 'orders' in the schema cache"}`, "unexpected_body_property", "body:/note", false, ""},
		{"PostgREST null", 400, `{"code":"23502","details":"Failing row contains (1)","hint":null,"message":"null value in column \"currency\" of relation \"orders\" violates not-null constraint"}`, "missing_body_property", "body:/currency", true, ""},
		{"Directus", 400, `{"errors":[{"message":"Validation failed for field \"status\".","extensions":{"code":"FAILED_VALIDATION","field":"status","type":"in"}}]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"FHIR", 400, `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"value","diagnostics":"bad","expression":["Order.items[1].price"]}]}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
	})
	graph := post(`{"query":"mutation($input:OrderInput!){create(input:$input){id}}","variables":{"input":{"price":"12.50"}}}`)
	checkBodies(t, graph, []bodyCase{
		{"GraphQL value", 400, `{"errors":[{"message":"Variable \"$input\" got invalid value \"12.50\" at \"input.price\"; Float cannot represent non numeric value: \"12.50\"","locations":[{"line":1,"column":10}]}]}`, "invalid_body_property_type", "body:/variables/input/price", false, "expected=number"},
		{"GraphQL 200", 200, `{"errors":[{"message":"Variable \"$input\" got invalid value { price: \"12.50\" }; Field \"sku\" of required type \"String!\" was not provided.","locations":[{"line":1,"column":10}],"extensions":{"code":"BAD_USER_INPUT"}}]}`, "missing_body_property", "body:/variables/input/sku", true, "expected=string"},
		{"GraphQL field", 400, `{"errors":[{"message":"Cannot query field \"id\" on type \"Order\".","locations":[{"line":1,"column":10}]}]}`, "invalid_body_property_value", "body:/query", false, ""},
	})
	rpc := post(`{"jsonrpc":"2.0","method":"orders.mak","params":[1],"id":1}`)
	checkBodies(t, rpc, []bodyCase{
		{"JSON-RPC method", 200, `{"jsonrpc":"2.0","error":{"code":-32601,"message":"Method not found"},"id":1}`, "invalid_body_property_value", "body:/method", false, ""},
	})
}

// The name of a member may be a word that says something of values elsewhere.
func TestNamesThatAreWords(t *testing.T) {
	checkBodies(t, post(`{"format":"png"}`), []bodyCase{
		{"Fastify, a name that is a word", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body/format must be equal to one of the allowed values"}`, "invalid_body_property_value", "body:/format", false, ""},
	})
}
