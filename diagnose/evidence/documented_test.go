package evidence

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

func TestDocumentedNET(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"FluentValidation", 400, `[{"propertyName":"Items[1].Price","errorMessage":"'Price' must be greater than '20'.","attemptedValue":"12.50","severity":0,"errorCode":"GreaterThanValidator"}]`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"FluentValidation, absent", 400, `{"errors":[{"PropertyName":"Currency","ErrorMessage":"'Currency' must not be empty.","AttemptedValue":null,"ErrorCode":"NotEmptyValidator"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Newtonsoft", 400, `{"errors":{"items[1].price":["Could not convert string to decimal: 12.50. Path 'items[1].price', line 1, position 120."]}}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Newtonsoft, absent", 400, `{"errors":{"currency":["Required property 'currency' not found in JSON. Path '', line 1, position 180."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Newtonsoft, unknown", 400, `{"errors":{"note":["Could not find member 'note' on object of type 'Order'. Path 'note', line 1, position 180."]}}`, "unexpected_body_property", "body:/note", false, ""},
		{"Newtonsoft, enum", 400, `{"errors":{"status":["Error converting value \"shippd\" to type 'Shop.Status'. Path 'status', line 1, position 150."]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"System.Text.Json, absent", 400, `{"title":"One or more validation errors occurred.","errors":{"$":["JSON deserialization for type 'Shop.Order' was missing required properties, including the following: currency"],"order":["The order field is required."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"System.Text.Json 8, absent", 400, `{"title":"One or more validation errors occurred.","errors":{"$":["JSON deserialization for type 'Shop.Order' was missing required properties including: 'currency'."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"System.Text.Json, unknown", 400, `{"errors":{"$.note":["The JSON property 'note' could not be mapped to any .NET member contained in type 'Shop.Order'. Path: $.note | LineNumber: 0 | BytePositionInLine: 180."]}}`, "unexpected_body_property", "body:/note", false, ""},
		{"model binding", 400, `{"title":"One or more validation errors occurred.","status":400,"errors":{"limit":["The value 'fifty' is not valid."]}}`, "invalid_request_parameter", "query:limit", false, ""},
		{"minimal API", 400, `Microsoft.AspNetCore.Http.BadHttpRequestException: Required parameter "int page" was not provided from query string.`, "missing_request_parameter", "query:page", true, ""},
		{"minimal API, value", 400, `Microsoft.AspNetCore.Http.BadHttpRequestException: Failed to bind parameter "int limit" from "fifty".`, "invalid_request_parameter", "query:limit", false, ""},
		{"ABP", 400, `{"error":{"code":null,"message":"Your request is not valid!","details":"The following errors were detected during validation.\r\n - The Currency field is required.\r\n","validationErrors":[{"message":"The Currency field is required.","members":["currency"]}]}}`, "missing_body_property", "body:/currency", true, ""},
		{"ServiceStack", 400, `{"responseStatus":{"errorCode":"NotEmpty","message":"'Currency' must not be empty.","errors":[{"errorCode":"NotEmpty","fieldName":"Currency","message":"'Currency' must not be empty."}]}}`, "missing_body_property", "body:/currency", true, ""},
		{"FastEndpoints", 400, `{"statusCode":400,"message":"One or more errors occurred!","errors":{"currency":["currency is required!"]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Web API 2", 400, `{"Message":"The request is invalid.","ModelState":{"order.Currency":["The Currency field is required."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"OData", 400, `{"error":{"code":"","message":"The property 'note' does not exist on type 'Shop.Order'. Make sure to only use property names that are defined by the type."}}`, "unexpected_body_property", "body:/note", false, ""},
		{"SAP OData", 400, `{"error":{"code":"005056A509B11EE1B9A8FEC11C21578E","message":{"lang":"en","value":"Property 'note' is invalid"},"innererror":{"errordetails":[{"code":"x","message":"Property 'note' is invalid","propertyref":"/note","severity":"error"}]}}}`, "invalid_body_property_value", "body:/note", false, ""},
		{"APIM", 400, `{"statusCode":400,"message":"Body of the request does not conform to the definition which is associated with the content type application/json. Required properties are missing from object: currency. Line: 1, Position: 1"}`, "missing_body_property", "body:/currency", true, ""},
	})
}

func TestDocumentedPython(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"pydantic 1", 422, `{"detail":[{"loc":["body","items",1,"price"],"msg":"value is not a valid float","type":"type_error.float"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"pydantic 1, absent", 422, `{"detail":[{"loc":["body","currency"],"msg":"field required","type":"value_error.missing"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"pydantic 1, enum", 422, `{"detail":[{"loc":["body","status"],"msg":"value is not a valid enumeration member; permitted: 'paid', 'shipped'","type":"type_error.enum","ctx":{"enum_values":["paid","shipped"]}}]}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"pydantic 1, extra", 422, `{"detail":[{"loc":["body","note"],"msg":"extra fields not permitted","type":"value_error.extra"}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"pydantic 1, text", 400, `{"error":"1 validation error for Order\nitems -> 1 -> price\n  value is not a valid float (type=type_error.float)"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"pydantic 2, text", 400, `{"error":"1 validation error for Order\nitems.1.price\n  Input should be a valid number [type=float_type, input_value='12.50', input_type=str]\n    For further information visit https://errors.pydantic.dev/2.6/v/float_type"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"pydantic 2, text, absent", 400, "1 validation error for Order\ncurrency\n  Field required [type=missing, input_value={'a': 1}, input_type=dict]", "missing_body_property", "body:/currency", true, ""},
		{"Django Ninja", 422, `{"detail":[{"type":"missing","loc":["body","payload","currency"],"msg":"Field required"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Django Ninja, type", 422, `{"detail":[{"type":"float_type","loc":["body","payload","items",1,"price"],"msg":"Input should be a valid number"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"drf-standardized-errors", 400, `{"type":"validation_error","errors":[{"code":"required","detail":"This field is required.","attr":"currency"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"drf-standardized-errors, nested", 400, `{"type":"validation_error","errors":[{"code":"invalid","detail":"A valid number is required.","attr":"items.1.price"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"DRF, JSON:API", 400, `{"errors":[{"detail":"This field is required.","status":"400","source":{"pointer":"/data/attributes/currency"},"code":"required"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Cerberus", 422, `{"errors":{"items":[{"1":[{"price":["must be of float type"]}]}]}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Cerberus, unknown", 422, `{"note":["unknown field"]}`, "unexpected_body_property", "body:/note", false, ""},
		{"Cerberus, enum", 422, `{"status":["unallowed value shippd"]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Eve", 422, `{"_status":"ERR","_issues":{"currency":"required field"},"_error":{"code":422,"message":"Insertion failure: 1 document(s) contain(s) error(s)"}}`, "missing_body_property", "body:/currency", true, ""},
		{"voluptuous", 400, `{"message":"expected float for dictionary value @ data['items'][1]['price']"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"voluptuous, absent", 400, `{"message":"required key not provided @ data['currency']"}`, "missing_body_property", "body:/currency", true, ""},
		{"voluptuous, unknown", 400, `{"message":"extra keys not allowed @ data['note']"}`, "unexpected_body_property", "body:/note", false, ""},
		{"schema", 400, `{"error":"Missing key: 'currency'"}`, "missing_body_property", "body:/currency", true, ""},
		{"schema, unknown", 400, `{"error":"Wrong key 'note' in {'status': 'x'}"}`, "unexpected_body_property", "body:/note", false, ""},
		{"reqparse", 400, `{"errors":{"limit":"invalid literal for int() with base 10: 'fifty'"},"message":"Input payload validation failed"}`, "invalid_request_parameter", "query:limit", false, ""},
		{"flask-restful", 400, `{"message":{"page":"Missing required parameter in the query string"}}`, "missing_request_parameter", "query:page", true, ""},
		{"flask-restful, body", 400, `{"message":{"currency":"Missing required parameter in the JSON body"}}`, "missing_body_property", "body:/currency", true, ""},
		{"Falcon", 400, `{"title":"Invalid parameter","description":"The \"limit\" parameter is invalid. The value must be an integer."}`, "invalid_request_parameter", "query:limit", false, ""},
		{"Falcon, header", 400, `{"title":"Missing header value","description":"The \"X-Tenant\" header is required."}`, "missing_request_header", "header:X-Tenant", true, ""},
		{"fastjsonschema", 400, `{"title":"Request data failed validation","description":"data.items[1].price must be number"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"fastjsonschema, absent", 400, `{"description":"data must contain ['currency'] properties"}`, "missing_body_property", "body:/currency", true, ""},
		{"fastjsonschema, unknown", 400, `{"description":"data must not contain {'note'} properties"}`, "unexpected_body_property", "body:/note", false, ""},
		{"msgspec", 400, "{\"detail\":\"Expected `float`, got `str` - at `$.items[1].price`\"}", "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"msgspec, absent", 400, "{\"detail\":\"Object missing required field `currency`\"}", "missing_body_property", "body:/currency", true, ""},
		{"msgspec, unknown", 400, "{\"detail\":\"Object contains unknown field `note`\"}", "unexpected_body_property", "body:/note", false, ""},
		{"msgspec, enum", 400, "{\"detail\":\"Invalid enum value 'shippd' - at `$.status`\"}", "invalid_body_property_value", "body:/status", false, ""},
		{"cattrs", 400, `{"errors":["invalid value for type, expected float @ $.items[1].price"]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"cattrs, absent", 400, `{"errors":["required field missing @ $.currency"]}`, "missing_body_property", "body:/currency", true, ""},
	})
}

func TestDocumentedRubyPHP(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Nette, path", 422, `{"messages":["The item 'items\u00a0›\u00a01\u00a0›\u00a0price' expects to be float, '12.50' given."]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Nette, absent", 422, `{"messages":["The mandatory item 'customer\u00a0›\u00a0phone' is missing."]}`, "missing_body_property", "body:/customer/phone", true, ""},
		{"Nette, unknown", 422, `{"messages":["Unexpected item 'customer\u00a0›\u00a0email'."]}`, "unexpected_body_property", "body:/customer/email", false, ""},
		{"Active Model, details", 422, `{"errors":{"currency":[{"error":"blank"}]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Active Model, details of a value", 422, `{"errors":{"status":[{"error":"inclusion","value":"shippd"}]}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Active Model, nested", 422, `{"errors":{"items[1].price":["is not a number"]}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Rails, unpermitted", 400, `{"error":"found unpermitted parameter: :note"}`, "unexpected_body_property", "body:/note", false, ""},
		{"Grape", 400, `{"error":"currency is missing, items[1][price] is invalid"}`, "missing_body_property", "body:/currency", true, ""},
		{"Grape, value", 400, `{"error":"status does not have a valid value"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"dry-validation", 422, `{"errors":{"items":{"1":{"price":["must be a float"]}}}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"dry-validation, absent", 422, `{"errors":{"currency":["is missing"]}}`, "missing_body_property", "body:/currency", true, ""},
		{"dry-validation, enum", 422, `{"errors":{"status":["must be one of: paid, shipped"]}}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Symfony serializer", 400, `{"detail":"The type of the \"price\" attribute for class \"App\\Dto\\Item\" must be one of \"float\" (\"string\" given)."}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Symfony serializer, absent", 400, `{"detail":"Cannot create an instance of \"App\\Dto\\Order\" from serialized data because its constructor requires the following parameters to be present : \"$currency\"."}`, "missing_body_property", "body:/currency", true, ""},
		{"Symfony serializer, unknown", 400, `{"detail":"Extra attributes are not allowed (\"note\" is unknown)."}`, "unexpected_body_property", "body:/note", false, ""},
		{"API Platform", 422, `{"@context":"/contexts/ConstraintViolationList","@type":"ConstraintViolationList","hydra:title":"An error occurred","hydra:description":"currency: This value should not be blank.","violations":[{"propertyPath":"currency","message":"This value should not be blank.","code":"c1051bb4-d103-4f74-8988-acbcafc7fdc3"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Symfony form", 400, `{"code":400,"message":"Validation Failed","errors":{"children":{"status":{"errors":["The selected choice is invalid."]},"note":{}}}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Laminas", 422, `{"validation_messages":{"currency":{"isEmpty":"Value is required and can't be empty"}},"title":"Unprocessable Entity","status":422,"detail":"Failed Validation"}`, "missing_body_property", "body:/currency", true, ""},
		{"Yii", 422, `[{"field":"currency","message":"Currency cannot be blank."}]`, "missing_body_property", "body:/currency", true, ""},
		{"CodeIgniter", 400, `{"status":400,"error":400,"messages":{"currency":"The currency field is required."}}`, "missing_body_property", "body:/currency", true, ""},
		{"CakePHP", 400, `{"errors":{"currency":{"_required":"This field is required"}}}`, "missing_body_property", "body:/currency", true, ""},
		{"CakePHP, enum", 400, `{"errors":{"status":{"inList":"The provided value must be one of: paid, shipped"}}}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Respect", 400, `{"error":"status must be in { \"paid\", \"shipped\" }"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"WordPress", 400, `{"code":"rest_missing_callback_param","message":"Missing parameter(s): currency","data":{"status":400,"params":["currency"]}}`, "missing_body_property", "body:/currency", true, ""},
		{"WordPress, value", 400, `{"code":"rest_invalid_param","message":"Invalid parameter(s): status","data":{"status":400,"params":{"status":"status is not one of paid, shipped."},"details":{"status":{"code":"rest_not_in_enum","message":"status is not one of paid, shipped.","data":null}}}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Drupal", 422, `{"jsonapi":{"version":"1.0"},"errors":[{"title":"Unprocessable Content","status":"422","detail":"currency: This value should not be null.","source":{"pointer":"/data/attributes/currency"}}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Magento", 400, `{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"currency"}}`, "missing_body_property", "body:/currency", true, ""},
		{"Shopware", 400, `{"errors":[{"code":"VIOLATION::IS_BLANK_ERROR","status":"400","detail":"This value should not be blank.","template":"x","meta":{"parameters":{"{{ value }}":"null"}},"source":{"pointer":"/0/currency"}}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Phoenix", 422, `{"errors":{"currency":["can't be blank"],"items":[{},{"price":["is invalid"]}]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Ecto, nested", 422, `{"errors":{"items":[{},{"price":["is invalid"]}]}}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
	})
}

func TestDocumentedGoRust(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"swaggest, query", 400, `{"status":"INVALID_ARGUMENT","error":"invalid argument: validation failed","context":{"query:limit":["#: expected integer, but got string"]}}`, "invalid_request_parameter", "query:limit", false, ""},
		{"swaggest, absent", 400, `{"status":"INVALID_ARGUMENT","error":"invalid argument: validation failed","context":{"header:X-Tenant":["missing value"]}}`, "missing_request_header", "header:X-Tenant", true, ""},
		{"swaggest, several", 400, `{"status":"INVALID_ARGUMENT","error":"invalid argument: validation failed","context":{"body":["#: validation failed","#: missing properties: \"currency\""]}}`, "missing_body_property", "body:/currency", true, ""},
		{"swaggest, unknown", 400, `{"status":"INVALID_ARGUMENT","error":"invalid argument: validation failed","context":{"body":["#/items/1: additionalProperties \"price\" not allowed"]}}`, "unexpected_body_property", "body:/items/1/price", false, ""},
		{"PostgreSQL, column", 400, `{"error":"pq: column \"note\" of relation \"orders\" does not exist"}`, "unexpected_body_property", "body:/note", false, ""},
		{"strconv", 400, `{"error":"strconv.ParseInt: parsing \"fifty\": invalid syntax"}`, "invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"ozzo", 400, `{"currency":"cannot be blank"}`, "missing_body_property", "body:/currency", true, ""},
		{"ozzo, nested", 400, `{"items":{"1":{"price":"must be no less than 20"}}}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"ozzo, text", 400, `{"error":"currency: cannot be blank; status: must be a valid value."}`, "missing_body_property", "body:/currency", true, ""},
		{"validator, translated", 400, `{"errors":["Currency is a required field"]}`, "missing_body_property", "body:/currency", true, ""},
		{"validator, translated enum", 400, `{"errors":{"Order.Status":"Status must be one of [paid shipped]"}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"goa", 400, `{"name":"missing_field","id":"x","message":"\"currency\" is missing from body","temporary":false,"timeout":false,"fault":false}`, "missing_body_property", "body:/currency", true, ""},
		{"goa, enum", 400, `{"name":"invalid_enum_value","message":"value of body.status must be one of \"paid\", \"shipped\" but got value \"shippd\""}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"goa, parameter", 400, `{"name":"invalid_field_type","message":"invalid value \"fifty\" for \"limit\", must be a integer"}`, "invalid_request_parameter", "query:limit", false, ""},
		{"ogen", 400, `{"error_message":"operation createOrder: decode request: validate: invalid: currency (field required)"}`, "missing_body_property", "body:/currency", true, ""},
		{"ogen, value", 400, `{"error_message":"operation createOrder: decode request: validate: invalid: status (invalid value: shippd)"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"oapi-codegen", 400, `Query argument page is required, but not found`, "missing_request_parameter", "query:page", true, ""},
		{"oapi-codegen, value", 400, `Invalid format for parameter limit: error binding string parameter: strconv.ParseInt: parsing "fifty": invalid syntax`, "invalid_request_parameter", "query:limit", false, ""},
		{"Twirp", 400, `{"code":"invalid_argument","msg":"currency is required","meta":{"argument":"currency"}}`, "missing_body_property", "body:/currency", true, ""},
		{"encoding/json v2", 400, `{"error":"json: cannot unmarshal JSON string into Go float64 within \"/items/1/price\""}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"gojsonschema", 400, `{"error":"items.1.price: Invalid type. Expected: number, given: string"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"gojsonschema, absent", 400, `{"error":"(root): currency is required"}`, "missing_body_property", "body:/currency", true, ""},
		{"gojsonschema, unknown", 400, `{"error":"(root): Additional property note is not allowed"}`, "unexpected_body_property", "body:/note", false, ""},
		{"gojsonschema, enum", 400, `{"error":"status: status must be one of the following: \"paid\", \"shipped\""}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"santhosh-tekuri", 400, `{"error":"jsonschema validation failed with 'file:///order.json#'\n- at '/items/1/price': got string, want number"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"santhosh-tekuri, absent", 400, `{"error":"jsonschema validation failed with 'file:///order.json#'\n- at '': missing property 'currency'"}`, "missing_body_property", "body:/currency", true, ""},
		{"santhosh-tekuri, unknown", 400, `{"error":"- at '': additional properties 'note' not allowed"}`, "unexpected_body_property", "body:/note", false, ""},
		{"santhosh-tekuri, enum", 400, `{"error":"- at '/status': value must be one of 'paid', 'shipped'"}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Actix", 400, `Json deserialize error: invalid type: string "12.50", expected f64 at line 1 column 121`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"axum query", 400, `Failed to deserialize query string: limit: invalid digit found in string`, "invalid_request_parameter", "query:limit", false, ""},
		{"axum query, absent", 400, "Failed to deserialize query string: missing field `page`", "missing_request_parameter", "query:page", true, ""},
		{"validator crate", 400, `{"items":[{"1":{"price":[{"code":"range","message":null,"params":{"min":20,"value":12.5}}]}}]}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"garde", 400, `items[1].price: lower than 20`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Qdrant", 400, "{\"status\":{\"error\":\"Format error in JSON body: missing field `currency` at line 1 column 190\"},\"time\":0}", "missing_body_property", "body:/currency", true, ""},
		{"Meilisearch", 400, "{\"message\":\"Unknown field `note`: expected one of `status`, `items`\",\"code\":\"bad_request\",\"type\":\"invalid_request\"}", "unexpected_body_property", "body:/note", false, ""},
		{"Meilisearch, type", 400, "{\"message\":\"Invalid value type at `.items[1].price`: expected a number, but found a string: `\\\"12.50\\\"`\",\"code\":\"bad_request\"}", "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Typesense", 400, "{\"message\":\"Field `price` must be a float.\"}", "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Kong Admin", 400, `{"code":2,"name":"schema violation","fields":{"status":"expected one of: paid, shipped"},"message":"schema violation (status: expected one of: paid, shipped)"}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"API Gateway", 400, `{"message":"Missing required request parameters: [page]"}`, "missing_request_parameter", "query:page", true, ""},
		{"API Gateway, detail", 400, `{"message":"Invalid request body","errors":"[object has missing required properties ([\"currency\"])]"}`, "missing_body_property", "body:/currency", true, ""},
		{"Prometheus", 400, `{"status":"error","errorType":"bad_data","error":"invalid parameter \"limit\": strconv.Atoi: parsing \"fifty\": invalid syntax"}`, "invalid_request_parameter", "query:limit", false, ""},
	})
}

func TestDocumentedScript(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Effect", 400, `{"error":"{ readonly status: \"paid\" | \"shipped\"; readonly items: readonly { readonly price: number }[] }\n└─ [\"items\"]\n   └─ readonly { readonly price: number }[]\n      └─ [1]\n         └─ { readonly price: number }\n            └─ [\"price\"]\n               └─ Expected number, actual \"12.50\""}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"Effect, choices", 400, "{ readonly status: \"paid\" | \"shipped\" }\n└─ [\"status\"]\n   └─ \"paid\" | \"shipped\"\n      ├─ Expected \"paid\", actual \"shippd\"\n      └─ Expected \"shipped\", actual \"shippd\"", "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"Effect, absent", 400, "{ readonly currency: string }\n└─ [\"currency\"]\n   └─ is missing", "missing_body_property", "body:/currency", true, ""},
		{"Effect, unknown", 400, "{ readonly status: string }\n└─ [\"note\"]\n   └─ is unexpected, expected: \"status\"", "unexpected_body_property", "body:/note", false, ""},
		{"Zod 4, a bound", 400, `{"status":"error","error":{"message":"items[1].price: Too big: expected number to be <=1"}}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Zod 4, a pattern", 400, `{"status":"error","error":{"message":"status: Invalid string: must match pattern /^[a-z]{4}$/"}}`, "invalid_body_property_format", "body:/status", false, ""},
		{"hapi", 400, `{"statusCode":400,"error":"Bad Request","message":"\"currency\" is required","validation":{"source":"payload","keys":["currency"]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Feathers", 400, `{"name":"BadRequest","message":"validation failed","code":400,"className":"bad-request","data":[{"instancePath":"/items/1/price","schemaPath":"#/x","keyword":"type","params":{"type":"number"},"message":"must be number"}],"errors":{}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Mongoose", 400, "{\"errors\":{\"currency\":{\"name\":\"ValidatorError\",\"message\":\"Path `currency` is required.\",\"properties\":{\"message\":\"Path `currency` is required.\",\"type\":\"required\",\"path\":\"currency\"},\"kind\":\"required\",\"path\":\"currency\"}},\"_message\":\"Order validation failed\",\"name\":\"ValidationError\",\"message\":\"Order validation failed: currency: Path `currency` is required.\"}", "missing_body_property", "body:/currency", true, ""},
		{"Mongoose, text", 400, "{\"message\":\"Order validation failed: currency: Path `currency` is required.\"}", "missing_body_property", "body:/currency", true, ""},
		{"Mongoose, cast", 400, `{"message":"Order validation failed: items.1.price: Cast to Number failed for value \"12.50\" (type string) at path \"items.1.price\""}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Mongoose, enum", 400, "{\"message\":\"Order validation failed: status: `shippd` is not a valid enum value for path `status`.\"}", "invalid_body_property_value", "body:/status", false, ""},
		{"Sequelize", 400, `{"name":"SequelizeValidationError","errors":[{"message":"Order.currency cannot be null","type":"notNull Violation","path":"currency","value":null,"origin":"CORE","validatorKey":"is_null"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Prisma", 400, "{\"message\":\"Invalid `prisma.order.create()` invocation: Argument `currency` is missing.\"}", "missing_body_property", "body:/currency", true, ""},
		{"Prisma, unknown", 400, "{\"message\":\"Invalid `prisma.order.create()` invocation: Unknown argument `note`. Available options are marked with ?.\"}", "unexpected_body_property", "body:/note", false, ""},
		{"Prisma, type", 400, "{\"message\":\"Argument `price`: Invalid value provided. Expected Float, provided String.\"}", "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"LoopBack 4", 422, `{"error":{"statusCode":422,"name":"UnprocessableEntityError","message":"The request body is invalid. See error object ` + "`details`" + ` property for more info.","code":"VALIDATION_FAILED","details":[{"path":"","code":"required","message":"must have required property 'currency'","info":{"missingProperty":"currency"}}]}}`, "missing_body_property", "body:/currency", true, ""},
		{"LoopBack 4, type", 422, `{"error":{"statusCode":422,"code":"VALIDATION_FAILED","details":[{"path":"/items/1/price","code":"type","message":"must be number","info":{"type":"number"}}]}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"LoopBack 3", 422, `{"error":{"statusCode":422,"name":"ValidationError","message":"The Order instance is not valid.","details":{"context":"Order","codes":{"currency":["presence"]},"messages":{"currency":["can't be blank"]}}}}`, "missing_body_property", "body:/currency", true, ""},
		{"VineJS", 422, `{"errors":[{"message":"The price field must be a number","rule":"number","field":"items.1.price","index":1}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Sails", 400, `{"code":"E_MISSING_OR_INVALID_PARAMS","problems":["\"currency\" is required, but it was not defined."],"message":"The server could not fulfill this request (POST /v1/orders) due to 1 missing or invalid parameter."}`, "missing_body_property", "body:/currency", true, ""},
		{"Valibot", 400, `{"issues":[{"kind":"schema","type":"number","input":"12.50","expected":"number","received":"\"12.50\"","message":"Invalid type: Expected number but received \"12.50\"","path":[{"type":"object","origin":"value","input":{},"key":"items","value":[]},{"type":"array","origin":"value","input":[],"key":1,"value":{}},{"type":"object","origin":"value","input":{},"key":"price","value":"12.50"}]}]}`, "invalid_body_property_type", "body:/items/1/price", false, "expected=number"},
		{"ArkType", 400, `{"error":"items[1].price must be a number (was a string)"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"TypeBox", 400, `{"errors":[{"type":41,"schema":{"type":"number"},"path":"/items/1/price","value":"12.50","message":"Expected number"}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"TypeBox, absent", 400, `{"errors":[{"type":45,"schema":{"type":"string"},"path":"/currency","message":"Expected required property"},{"type":54,"schema":{"type":"string"},"path":"/currency","message":"Expected string"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"io-ts", 400, `{"error":"Invalid value \"12.50\" supplied to : Order/items: Array<Item>/1: Item/price: number"}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Hono", 400, `{"success":false,"error":{"name":"ZodError","message":"[\n  {\n    \"expected\": \"number\",\n    \"code\": \"invalid_type\",\n    \"path\": [\n      \"items\",\n      1,\n      \"price\"\n    ],\n    \"message\": \"Invalid input: expected number, received string\"\n  }\n]"}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"oRPC", 400, `{"defined":false,"code":"BAD_REQUEST","status":400,"message":"Input validation failed","data":{"issues":[{"code":"invalid_type","expected":"number","path":["items",1,"price"],"message":"Invalid input: expected number, received string"}]}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Zod, tree", 400, `{"errors":[],"properties":{"currency":{"errors":["Invalid input: expected string, received undefined"]}}}`, "missing_body_property", "body:/currency", true, ""},
		{"Zod, formatted", 400, `{"_errors":[],"currency":{"_errors":["Required"]}}`, "missing_body_property", "body:/currency", true, ""},
		{"zod-validation-error", 400, `{"error":"Validation error: Expected number, received string at \"items[1].price\""}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"zod-validation-error, absent", 400, `{"error":"Validation error: Required at \"currency\""}`, "missing_body_property", "body:/currency", true, ""},
		{"Parse", 400, `{"code":111,"error":"schema mismatch for Order.status; expected Number but got String"}`, "invalid_body_property_type", "body:/status", false, ""},
		{"Hasura", 400, `{"errors":[{"extensions":{"path":"$.selectionSet.insert_orders.args.objects[0].note","code":"validation-failed"},"message":"field 'note' not found in type: 'orders_insert_input'"}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"Appwrite", 400, `{"message":"Invalid document structure: Unknown attribute: \"note\"","code":400,"type":"document_invalid_structure","version":"1.4.13"}`, "unexpected_body_property", "body:/note", false, ""},
		{"Appwrite, absent", 400, `{"message":"Param \"currency\" is not optional.","code":400,"type":"general_argument_invalid"}`, "missing_body_property", "body:/currency", true, ""},
		{"Appwrite, value", 400, "{\"message\":\"Invalid `status` param: Value must be one of (paid, shipped)\",\"code\":400,\"type\":\"general_argument_invalid\"}", "invalid_body_property_value", "body:/status", false, ""},
	})
}

// Without a body, a parameter or an argument is one of the query.
func TestDocumentedParameters(t *testing.T) {
	r := request.Request{Method: "GET", URL: "https://api.example.com/v1/orders?limit=fifty"}
	checkBodies(t, r, []bodyCase{
		{"Falcon", 400, `{"title":"Missing parameter","description":"The \"page\" parameter is required."}`, "missing_request_parameter", "query:page", true, ""},
		{"Tornado", 400, `<html><title>400: Bad Request</title><body>400: Bad Request (Missing argument page)</body></html>`, "missing_request_parameter", "query:page", true, ""},
		{"Rails", 400, `{"status":400,"error":"Bad Request","exception":"#<ActionController::ParameterMissing: param is missing or the value is empty: page>"}`, "missing_request_parameter", "query:page", true, ""},
		{"FastAPI", 422, `{"detail":[{"type":"int_parsing","loc":["query","limit"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"fifty"}]}`, "invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"Laravel", 422, `{"message":"The limit must be an integer.","errors":{"limit":["The limit must be an integer."]}}`, "invalid_request_parameter", "query:limit", false, "expected=integer"},
		{"X", 400, `{"errors":[{"parameters":{"limit":["fifty"]},"message":"The ` + "`limit`" + ` query parameter value [fifty] is not a valid number"}],"title":"Invalid Request","type":"https://api.twitter.com/2/problems/invalid-request"}`, "invalid_request_parameter", "query:limit", false, ""},
		{"Twitch", 400, `{"error":"Bad Request","status":400,"message":"Missing required parameter \"page\""}`, "missing_request_parameter", "query:page", true, ""},
		{"Spotify", 400, `{"error":{"status":400,"message":"Invalid limit"}}`, "invalid_request_parameter", "query:limit", false, ""},
		{"Elasticsearch", 400, `{"error":{"root_cause":[{"type":"illegal_argument_exception","reason":"request [/v1/orders] contains unrecognized parameter: [limit]"}],"type":"illegal_argument_exception","reason":"request [/v1/orders] contains unrecognized parameter: [limit]"},"status":400}`, "invalid_request_parameter", "query:limit", false, ""},
	})
}

// What a token endpoint does not grant is the field that stands for the grant, whatever else looks like a credential.
func TestAnInvalidGrantIsTheFieldOfTheGrant(t *testing.T) {
	for fields, want := range map[string]diagnose.ElementID{
		"grant_type=password&username=ada&password=x1x2x3x4": "form:password", "grant_type=refresh_token&refresh_token=tGzv3JOkF0XG5Qx2TlKWIA": "form:refresh_token",
		"grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA": "form:code", "grant_type=password&client_id=ada": "form:grant_type",
	} {
		r := request.Request{Method: "POST", URL: "https://id.example.com/token", Header: []request.Field{{Name: "X-Previous-Token", Value: "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"}},
			Body: request.Body{Kind: request.FormBody}}
		for pair := range strings.SplitSeq(fields, "&") {
			name, value, _ := strings.Cut(pair, "=")
			r.Body.Fields = append(r.Body.Fields, request.Field{Name: name, Value: value})
		}
		if all := read(answered(r, 400, `{"error":"invalid_grant"}`)); all[0].Element != want || all[0].Cause != "invalid_credentials" {
			t.Errorf("%s: got %s %s", fields, all[0].Cause, all[0].Element)
		}
	}
}
