package evidence

import (
	"testing"

	"culprit/request"
)

func TestDocumentedServices(t *testing.T) {
	checkBodies(t, post(order), []bodyCase{
		{"Mailgun", 400, `{"message":"currency parameter is missing"}`, "missing_body_property", "body:/currency", true, ""},
		{"SendGrid", 400, `{"errors":[{"message":"The currency is required.","field":"currency","help":"https://sendgrid.com/docs"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"SendGrid, nested", 400, `{"errors":[{"message":"The price must be a number.","field":"items.1.price","help":null}]}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Postmark", 422, `{"ErrorCode":300,"Message":"Invalid 'Status' value: 'shippd'."}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Mailchimp", 400, `{"type":"https://mailchimp.com/developer/marketing/docs/errors/","title":"Invalid Resource","status":400,"detail":"The resource submitted could not be validated. For field-specific details, see the 'errors' array.","instance":"x","errors":[{"field":"status","message":"Value must be one of: paid, shipped"}]}`, "invalid_body_property_value", "body:/status", false, "allowed=paid,shipped"},
		{"HubSpot", 400, `{"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"shippd was not one of the allowed options: [paid, shipped]\",\"error\":\"INVALID_OPTION\",\"name\":\"status\"}]","correlationId":"x","category":"VALIDATION_ERROR"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Xero", 400, `{"ErrorNumber":10,"Type":"ValidationException","Message":"A validation exception occurred","Elements":[{"ValidationErrors":[{"Message":"Currency is required"}]}]}`, "missing_body_property", "body:/currency", true, ""},
		{"QuickBooks", 400, `{"Fault":{"Error":[{"Message":"Required param missing, need to supply the required value for the API","Detail":"Required parameter Currency is missing in the request","code":"2020","element":"Currency"}],"type":"ValidationFault"},"time":"x"}`, "missing_body_property", "body:/currency", true, ""},
		{"Adyen", 422, `{"status":422,"errorCode":"130","message":"Required object 'currency' is not provided.","errorType":"validation"}`, "missing_body_property", "body:/currency", true, ""},
		{"Adyen, invalidFields", 422, `{"type":"https://docs.adyen.com/errors/validation","title":"Request contains invalid fields","status":422,"detail":"x","errorCode":"30_011","invalidFields":[{"name":"status","value":"shippd","message":"Value 'shippd' is not allowed"}]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Mollie", 422, `{"status":422,"title":"Unprocessable Entity","detail":"The status is invalid","field":"status","_links":{"documentation":{"href":"https://docs.mollie.com","type":"text/html"}}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Mollie, nested", 422, `{"status":422,"title":"Unprocessable Entity","detail":"The price should be a number","field":"items.1.price"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Plaid", 400, `{"error_type":"INVALID_REQUEST","error_code":"MISSING_FIELDS","error_message":"the following required fields are missing: currency","display_message":null,"request_id":"x"}`, "missing_body_property", "body:/currency", true, ""},
		{"Plaid, unknown", 400, `{"error_type":"INVALID_REQUEST","error_code":"UNKNOWN_FIELDS","error_message":"the following fields are not recognized by this endpoint: note","display_message":null,"request_id":"x"}`, "unexpected_body_property", "body:/note", false, ""},
		{"Checkout.com", 422, `{"request_id":"x","error_type":"request_invalid","error_codes":["currency_required"]}`, "missing_body_property", "body:/currency", true, ""},
		{"Checkout.com, value", 422, `{"request_id":"x","error_type":"request_invalid","error_codes":["status_invalid"]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"GoCardless", 422, `{"error":{"message":"Validation failed","errors":[{"field":"currency","message":"is required","request_pointer":"/payments/currency"}],"documentation_url":"x","type":"validation_failed","request_id":"x","code":422}}`, "missing_body_property", "body:/currency", true, ""},
		{"Razorpay", 400, `{"error":{"code":"BAD_REQUEST_ERROR","description":"The currency field is required.","source":"business","step":"payment_initiation","reason":"input_validation_failed","metadata":{},"field":"currency"}}`, "missing_body_property", "body:/currency", true, ""},
		{"Klarna", 400, `{"error_code":"BAD_VALUE","error_messages":["Bad value: items[1].price"],"correlation_id":"x"}`, "invalid_body_property_value", "body:/items/1/price", false, ""},
		{"Airtable", 422, `{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"note\""}}`, "unexpected_body_property", "body:/note", false, ""},
		{"Airtable, value", 422, `{"error":{"type":"INVALID_VALUE_FOR_COLUMN","message":"Field \"status\" cannot accept the provided value"}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Asana", 400, `{"errors":[{"message":"currency: Missing input","help":"For more information on API status codes and how to handle them, read the docs"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Asana, unknown", 400, `{"errors":[{"message":"note: Unknown object"}]}`, "invalid_body_property_value", "body:/note", false, ""},
		{"Trello", 400, `invalid value for status`, "invalid_body_property_value", "body:/status", false, ""},
		{"Intercom", 400, `{"type":"error.list","request_id":"x","errors":[{"code":"parameter_not_found","message":"No currency was provided"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Zoom", 400, `{"code":300,"message":"Validation Failed.","errors":[{"field":"status","message":"Invalid field."}]}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Slack, pointer", 200, `{"ok":false,"error":"invalid_arguments","response_metadata":{"messages":["[ERROR] must be a number [json-pointer:/items/1/price]"]}}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Telegram", 400, `{"ok":false,"error_code":400,"description":"Bad Request: currency is empty"}`, "missing_body_property", "body:/currency", true, ""},
		{"LinkedIn", 400, `{"message":"ERROR :: /items/1/price :: \"12.50\" cannot be coerced to Double\n","status":400}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"LinkedIn, absent", 422, `{"message":"ERROR :: /currency :: field is required but not found and has no default value\n","status":422}`, "missing_body_property", "body:/currency", true, ""},
		{"LinkedIn, unknown", 422, `{"message":"ERROR :: /note :: unrecognized field found but not allowed\n","status":422}`, "unexpected_body_property", "body:/note", false, ""},
		{"Contentful", 422, `{"sys":{"type":"Error","id":"ValidationFailed"},"message":"Validation error","details":{"errors":[{"name":"required","path":["fields","currency"],"details":"The property \"currency\" is required here"}]},"requestId":"x"}`, "missing_body_property", "body:/currency", true, ""},
		{"Ghost", 422, `{"errors":[{"message":"Validation error, cannot save order.","context":"Value in [orders.currency] cannot be blank.","type":"ValidationError","details":null,"property":"currency","help":null,"code":null,"id":"x"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Bitbucket", 400, `{"type":"error","error":{"message":"Bad request","fields":{"currency":["required key not provided"]}}}`, "missing_body_property", "body:/currency", true, ""},
		{"Datadog", 400, `{"errors":["Missing required attribute: currency"]}`, "missing_body_property", "body:/currency", true, ""},
		{"PagerDuty", 400, `{"error":{"message":"Invalid Input Provided","code":2001,"errors":["Currency cannot be empty."]}}`, "missing_body_property", "body:/currency", true, ""},
		{"Opsgenie", 422, `{"message":"Request body is not processable. Please check the errors.","errors":{"currency":"must not be empty"},"took":0.1,"requestId":"x"}`, "missing_body_property", "body:/currency", true, ""},
		{"DigitalOcean", 422, `{"id":"unprocessable_entity","message":"currency is a required parameter"}`, "missing_body_property", "body:/currency", true, ""},
		{"Linode", 400, `{"errors":[{"reason":"currency is required","field":"currency"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Hetzner", 422, `{"error":{"code":"invalid_input","message":"invalid input in field 'status'","details":{"fields":[{"name":"status","messages":["is invalid"]}]}}}`, "invalid_body_property_value", "body:/status", false, ""},
		{"Scaleway", 400, `{"details":[{"argument_name":"status","help_message":"must be one of paid, shipped","reason":"constraint"}],"message":"invalid argument(s)","type":"invalid_arguments"}`, "invalid_body_property_value", "body:/status", false, ""},
		{"OVH", 400, `{"class":"Client::BadRequest","message":"[currency] Missing required parameter"}`, "missing_body_property", "body:/currency", true, ""},
		{"Fastly", 400, `{"msg":"Bad request","detail":"Currency can't be blank"}`, "missing_body_property", "body:/currency", true, ""},
		{"Vercel", 400, "{\"error\":{\"code\":\"bad_request\",\"message\":\"Invalid request: missing required property `currency`.\"}}", "missing_body_property", "body:/currency", true, ""},
		{"Vercel, unknown", 400, "{\"error\":{\"code\":\"bad_request\",\"message\":\"Invalid request: should NOT have additional property `note`.\"}}", "unexpected_body_property", "body:/note", false, ""},
		{"Vercel, type", 400, "{\"error\":{\"code\":\"bad_request\",\"message\":\"Invalid request: `items[1].price` should be number.\"}}", "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Keycloak", 400, `{"errorMessage":"error-invalid-email","field":"email","params":["email","ada"]}`, "invalid_body_property_format", "body:/customer/email", false, ""},
		{"Auth0", 400, `{"statusCode":400,"error":"Bad Request","message":"Payload validation error: 'Missing required property: currency'.","errorCode":"invalid_body"}`, "missing_body_property", "body:/currency", true, ""},
		{"Auth0, unknown", 400, `{"statusCode":400,"error":"Bad Request","message":"Payload validation error: 'Additional properties not allowed: note'.","errorCode":"invalid_body"}`, "unexpected_body_property", "body:/note", false, ""},
		{"Auth0, type", 400, `{"statusCode":400,"error":"Bad Request","message":"Payload validation error: 'Expected type number but found type string' on property items[1].price.","errorCode":"invalid_body"}`, "invalid_body_property_type", "body:/items/1/price", false, ""},
		{"Okta", 400, `{"errorCode":"E0000001","errorSummary":"Api validation failed: currency","errorLink":"E0000001","errorId":"x","errorCauses":[{"errorSummary":"currency: The field cannot be left blank"}]}`, "missing_body_property", "body:/currency", true, ""},
		{"Firebase Auth", 400, `{"error":{"code":400,"message":"INVALID_EMAIL","errors":[{"message":"INVALID_EMAIL","domain":"global","reason":"invalid"}]}}`, "invalid_body_property_format", "body:/customer/email", false, ""},
		{"Supabase Auth", 400, `{"code":400,"error_code":"validation_failed","msg":"Unable to validate email address: invalid format"}`, "invalid_body_property_format", "body:/customer/email", false, ""},
		{"Grafana", 422, `[{"fieldNames":["Currency"],"classification":"RequiredError","message":"Required"}]`, "missing_body_property", "body:/currency", true, ""},
		{"Vault", 400, `{"errors":["missing currency"]}`, "missing_body_property", "body:/currency", true, ""},
		{"Elasticsearch, strict", 400, `{"error":{"root_cause":[{"type":"strict_dynamic_mapping_exception","reason":"[1:180] mapping set to strict, dynamic introduction of [note] within [_doc] is not allowed"}],"type":"strict_dynamic_mapping_exception","reason":"[1:180] mapping set to strict, dynamic introduction of [note] within [_doc] is not allowed"},"status":400}`, "unexpected_body_property", "body:/note", false, ""},
		{"Weaviate", 422, `{"error":[{"message":"invalid object: no such prop with name 'note' found in class 'Order' in the schema. Check your schema files for which properties in this class are available"}]}`, "unexpected_body_property", "body:/note", false, ""},
		{"Algolia", 400, `{"message":"invalid value for 'status' parameter, expected one of [paid,shipped]","status":400}`, "invalid_body_property_value", "body:/status", false, ""},
		{"CouchDB", 400, `{"error":"missing_required_key","reason":"Missing required key: currency"}`, "missing_body_property", "body:/currency", true, ""},
		{"Postgres, length", 400, `{"error":"value too long for type character varying(5)","column":"note"}`, "invalid_body_property_value", "body:/note", false, ""},
		{"Postgres, unique", 409, `{"message":"duplicate key value violates unique constraint \"customers_email_key\"","detail":"Key (email)=(ada@example.org) already exists."}`, "already_exists", "body:/customer/email", false, ""},
		{"MySQL, unique", 500, `{"error":"Duplicate entry 'ada@example.org' for key 'customers.email'"}`, "already_exists", "body:/customer/email", false, ""},
		{"MySQL, default", 500, `{"error":"Field 'currency' doesn't have a default value"}`, "missing_body_property", "body:/currency", true, ""},
		{"MySQL, length", 500, `{"error":"Data too long for column 'note' at row 1"}`, "invalid_body_property_value", "body:/note", false, ""},
		{"MySQL, date", 500, `{"error":"Incorrect datetime value: '31/12/2026' for column 'when' at row 1"}`, "invalid_body_property_format", "body:/when", false, ""},
		{"MySQL, column", 500, `{"error":"Unknown column 'note' in 'field list'"}`, "unexpected_body_property", "body:/note", false, ""},
		{"SQLite", 500, `{"error":"NOT NULL constraint failed: orders.currency"}`, "missing_body_property", "body:/currency", true, ""},
		{"SQLite, unique", 500, `{"error":"UNIQUE constraint failed: customers.email"}`, "already_exists", "body:/customer/email", false, ""},
		{"SQLite, column", 500, `{"error":"table orders has no column named note"}`, "unexpected_body_property", "body:/note", false, ""},
		{"MongoDB", 409, `{"error":"E11000 duplicate key error collection: shop.customers index: email_1 dup key: { email: \"ada@example.org\" }"}`, "already_exists", "body:/customer/email", false, ""},
		{"SQL Server", 500, `{"error":"Cannot insert the value NULL into column 'currency', table 'shop.dbo.orders'; column does not allow nulls. INSERT fails."}`, "missing_body_property", "body:/currency", true, ""},
		{"Oracle", 500, `{"error":"ORA-01400: cannot insert NULL into (\"SHOP\".\"ORDERS\".\"CURRENCY\")"}`, "missing_body_property", "body:/currency", true, ""},
	})
}

// Texts that only look as if they told a path or a name.
func TestProseIsNoPath(t *testing.T) {
	r := request.Request{Method: "POST", URL: "https://api.example.com/v1/orders", Header: []request.Field{{Name: "Content-Type", Value: "application/json"}},
		Body: request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"customer":{"name":"Ada"},"total":5}`}}
	for _, body := range []string{
		`{"message":"Nothing is sold at $5.00, that is invalid"}`,
		`{"message":"Reference #: a value is required by the back office"}`,
		`{"message":"The price list in $: must be refreshed daily"}`,
		`{"message":"java.lang.IllegalStateException: Expected the store to be open"}`,
		`{"error":"Internal error at path: /srv/app/index.js"}`,
		`{"error_message":"Something went wrong, please try again later"}`,
		`{"type":"about:blank","title":"Bad Request","status":400,"detail":"Invalid request content."}`,
		`{"messages":[{"key":"errors.order.closed.now","message":"The shop is closed."}]}`,
		`{"message":"%name is closed","parameters":{"name":"The shop"}}`,
	} {
		for _, e := range read(answered(r, 400, body)) {
			if e.Ratio >= code && e.Element != "" {
				t.Errorf("%s\nnames %s (%s, %.0f)", body, e.Element, e.Cause, e.Ratio)
			}
		}
	}
}
