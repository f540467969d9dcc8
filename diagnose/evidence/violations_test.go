package evidence

import (
	"testing"

	"culprit/diagnose"
)

// TestViolations are complaints of validators that name the field their own way.
func TestViolations(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"protovalidate", 400, `{"code":3,"message":"validation error: customer.email: must be a valid email address","details":[]}`, "invalid_body_property_format", "body:/customer/email", false, ""},
		{"protovalidate list", 400, `{"code":3,"message":"validation errors:\n - status: must not be in list [0]\n - note: must be at most 3 characters","details":[]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"protovalidate absent", 400, `{"code":3,"message":"validation error: starts_at: value is required","details":[]}`, "missing_body_property", "body:/starts_at", true, ""},
		{"protovalidate item", 400, `{"code":3,"message":"validation error: items[1].price: must be greater than 0","details":[]}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"protovalidate, Connect", 400, `{"code":"invalid_argument","message":"x","details":[{"type":"buf.validate.Violations","value":"CmYS","debug":{"violations":[{"field":{"elements":[{"fieldNumber":5,"fieldName":"items","index":"1"},{"fieldNumber":2,"fieldName":"sku"}]},"ruleId":"string.min_len","message":"must be at least 9 characters"}]}}]}`, "invalid_body_property_value", "body:/items/1/sku", false, ""},
		{"TypeBox, a member", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"body/customer must have required properties phone"}`, "missing_body_property", "body:/customer/phone", true, ""},
		{"TypeBox, a parameter", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"querystring must have required properties from"}`, "missing_request_parameter", "query:from", true, ""},
		{"TypeBox, a header", 400, `{"statusCode":400,"code":"FST_ERR_VALIDATION","error":"Bad Request","message":"headers must have required properties x-hotel"}`, "missing_request_header", "header:X-Hotel", true, ""},
		{"superstruct", 400, "{\"error\":\"At path: items.1.price -- Expected a number, but received: `\\\"12.50\\\"`\"}", "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"superstruct absent", 400, "{\"error\":\"At path: currency -- Expected a value of type `string`, but received: `undefined`\"}", "missing_body_property", "body:/currency", true, ""},
		{"superstruct too many", 400, "{\"error\":\"At path: note -- Expected a value of type `never`, but received: `\\\"hello there\\\"`\"}", "unexpected_body_property", "body:/note", false, ""},
		{"superstruct pattern", 400, "{\"error\":\"At path: when -- Expected a string matching `/^x$/` but received \\\"31/12/2026\\\"\"}", "invalid_body_property_format", "body:/when", false, ""},
		{"fastest-validator, strict", 422, `{"name":"ValidationError","message":"Parameters validation error!","code":422,"type":"VALIDATION_ERROR","data":[{"type":"objectStrict","message":"The object '' contains forbidden keys: 'note'.","expected":"a, b","actual":"note","nodeID":"n","action":"a.create"}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"class-validator, nested", 400, `{"name":"BadRequestError","message":"Invalid body","errors":[{"target":{},"value":{},"property":"customer","children":[{"target":{},"value":"x","property":"email","children":[],"constraints":{"isEmail":"email must be an email"}}]}]}`, "invalid_body_property_format", "body:/customer/email", false, ""},
		{"class-validator, not known", 400, `{"name":"BadRequestError","message":"Invalid body","errors":[{"target":{},"value":12,"property":"note","constraints":{"whitelistValidation":"property note should not exist"}}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"class-validator, absent", 400, `{"message":"Invalid body","errors":[{"target":{},"property":"currency","children":[],"constraints":{"isUuid":"currency must be a UUID"}}]}`, "missing_body_property", "body:/currency", true, ""},
		{"WSME", 400, `{"faultcode":"Client","faultstring":"Invalid input for field/attribute currency. Value: 'None'. Mandatory field missing.","debuginfo":null}`, "missing_body_property", "body:/currency", true, ""},
		{"WSME value", 400, `{"faultcode":"Client","faultstring":"Invalid input for field/attribute status. Value: 'shippd'. Value should be one of: paid, shipped","debuginfo":null}`, "invalid_body_property_value", "body:/status", false, ""},
		{"a member's value that is not there", 404, `{"code":"not_found","msg":"no order B-22"}`, "resource_not_found", "body:/items/1/sku", false, ""},
	})
}

// TestFormKeptAsText is a form whose missing field belongs into the form, not into the URL.
func TestFormKeptAsText(t *testing.T) {
	r := post("name=Ada&age=36")
	r.Header[0].Value, r.Body.Type = "application/x-www-form-urlencoded", ""
	checkBodies(t, r, []bodyCase{{"Django's form", 400, `{"email": [{"message": "This field is required.", "code": "required"}]}`, "missing_body_property", "form:email", true, ""}})
}

// TestSOAPFault is a fault that blames the sender, over HTTP a 500 like every other.
func TestSOAPFault(t *testing.T) {
	for code, cause := range map[string]diagnose.CauseID{"s:Client.SchemaValidationError": "invalid_body_property_type", "s:Client": "invalid_body_property_type", "s:Server": "server_error"} {
		x := answered(post("<a/>"), 500, `<s:Envelope><s:Body><s:Fault><faultcode>`+code+`</faultcode><faultstring>Element 'seats': 'x' is not a valid integer.</faultstring></s:Fault></s:Body></s:Envelope>`, "Content-Type", "text/xml")
		if all := read(x); all[0].Cause != cause {
			t.Errorf("%s: got %s %s", code, all[0].Cause, all[0].Element)
		}
	}
}
