package evidence

import (
	"strings"
	"testing"

	"culprit/diagnose"
	"culprit/request"
)

// bearing is a request with a credential in the field for it.
func bearing(credential string) request.Request {
	r := ask("GET", "https://h.test/me")
	r.Header = append(r.Header, request.Field{Name: "Authorization", Value: credential})
	return r
}

// TestRefusalsOfFrameworks are sentences of frameworks and validators that name their element in a way of their own.
func TestRefusalsOfFrameworks(t *testing.T) {
	person := posted("https://h.test/people", `{"name":"Ada","address":[{"city":"Rome"}],"tags":["a",2],"author_id":77,"iri":"3"}`)
	graph := func(variables string) request.Request {
		return posted("https://h.test/graphql", `{"query":"query($limit: Int!){books(limit:$limit){title}}","variables":`+variables+`}`)
	}
	coded := posted("https://h.test/people", `{"name":"Ada"}`)
	coded.Header = append(coded.Header, request.Field{Name: "Content-Encoding", Value: "br64"})
	versioned := ask("GET", "https://h.test/users")
	versioned.Header = append(versioned.Header, request.Field{Name: "Accept-Version", Value: "9.0.0"})
	for name, c := range map[string]struct {
		sent   request.Request
		status int
		said   string
		el     diagnose.ElementID
		cause  diagnose.CauseID
	}{
		"Jackson behind Spring, a list for a bean":    {person, 400, "JSON parse error: Cannot deserialize value of type `com.acme.Address` from Array value (token `JsonToken.START_ARRAY`)", "body:/address", "invalid_body_property_type"},
		"the same of a list called otherwise":         {posted("https://h.test/p", `{"home":[{"city":"Rome"}]}`), 400, "JSON parse error: Cannot deserialize value of type `com.acme.Address` from Array value (token `JsonToken.START_ARRAY`)", "body:/home", "invalid_body_property_type"},
		"class-validator, of an item":                 {person, 400, `{"message":["each value in tags must be a string"]}`, "body:/tags/1", "invalid_body_property_type"},
		"Joi, or":                                     {person, 400, `{"message":"\"value\" must contain at least one of [email, phone]","validation":{"source":"payload","keys":[""]}}`, "body:/email", "missing_body_property"},
		"Joi, with":                                   {person, 400, `{"message":"\"name\" missing required peer \"born\""}`, "body:/born", "missing_body_property"},
		"Rails, an association":                       {person, 422, `{"author":["must exist"]}`, "body:/author_id", "invalid_body_property_value"},
		"API Platform, a short value":                 {person, 400, `{"title":"An error occurred","detail":"Invalid IRI \"3\"."}`, "body:/iri", "invalid_body_property_value"},
		"Phoenix, with all that was sent behind it":   {posted("https://h.test/p", `{"name":"Ada"}`), 400, `{"errors":{"detail":"expected key \"user\" to be present in params, please send the expected key. Params: %{\"name\" => \"Ada\"}"}}`, "body:/user", "missing_body_property"},
		"graphql-java":                                {graph(`{"limit":"ten"}`), 200, `{"errors":[{"message":"Variable 'limit' has an invalid value: Expected a value that can be converted to type 'Int' but it was a 'String'","locations":[{"line":1,"column":7}]}]}`, "body:/variables/limit", "invalid_body_property_type"},
		"gqlparser":                                   {graph(`{"limit":"ten"}`), 422, `{"errors":[{"message":"cannot use string as Int","path":["variable","limit"],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}`, "body:/variables/limit", "invalid_body_property_type"},
		"gqlparser, one too many":                     {graph(`{"limit":1,"in":{"colour":"red"}}`), 422, `{"errors":[{"message":"unknown field","path":["variable","in","colour"],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}],"data":null}`, "body:/variables/in/colour", "unexpected_body_property"},
		"JSON-RPC":                                    {posted("https://h.test/rpc", `{"id":1,"method":"m"}`), 200, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid Request: The 'jsonrpc' member is missing"}}`, "body:/jsonrpc", "missing_body_property"},
		"a list of complaints in Portuguese":          {posted("https://h.test/p", `{"cidade":"Porto"}`), 400, `{"erros":[{"campo":"nome","erro":"não deve ser nulo"}]}`, "body:/nome", "missing_body_property"},
		"a sentence in Polish":                        {posted("https://h.test/p", `{"miasto":"Lublin"}`), 400, `{"blad":"Pole imie jest wymagane"}`, "body:/imie", "missing_body_property"},
		"body-parser, a coding":                       {coded, 415, `{"message":"unsupported content encoding \"br64\""}`, "header:Content-Encoding", "unsupported_charset_or_encoding"},
		"Rails, a record":                             {ask("GET", "https://h.test/books/999"), 404, `{"status":404,"exception":"#<ActiveRecord::RecordNotFound: Couldn't find Book with 'id'=999>"}`, "url.path[1]", "resource_not_found"},
		"a token with a space":                        {bearing("Token 9944 b091"), 401, `{"detail":"Invalid token header. Token string should not contain spaces."}`, "auth", "malformed_authorization"},
		"the scheme of another":                       {bearing("Token abc.def.ghi"), 401, `{"msg":"Missing 'Bearer' type in 'Authorization' header. Expected 'Authorization: Bearer <JWT>'"}`, "auth", "malformed_authorization"},
		"echo's, of a token without its scheme":       {bearing("eyJhbGciOiJIUzI1NiJ9.e30.abc"), 400, `{"message":"missing or malformed jwt"}`, "auth", "malformed_authorization"},
		"Strapi, the object around all":               {person, 400, `{"data":null,"error":{"status":400,"name":"ValidationError","message":"Missing \"data\" payload in the request body","details":{}}}`, "body:/data", "missing_body_property"},
		"Grails":                                      {person, 422, `{"message":"Property [name] of class [class acme.User] with value [Ada] is not a valid e-mail address"}`, "body:/name", "invalid_body_property_format"},
		"Directus, in a collection":                   {posted("https://h.test/items/posts", `{"status":"x"}`), 400, `{"errors":[{"message":"Value for field \"title\" in collection \"posts\" can't be null.","extensions":{"code":"NOT_NULL_VIOLATION"}}]}`, "body:/title", "missing_body_property"},
		"NJsonSchema":                                 {person, 400, `{"errors":["StringExpected: #/iri"]}`, "body:/iri", "invalid_body_property_value"},
		"NJsonSchema, absent":                         {person, 400, `{"errors":["PropertyRequired: #/size"]}`, "body:/size", "missing_body_property"},
		"ex_json_schema":                              {person, 422, `{"errors":[["Type mismatch. Expected Integer but got String.","#/name"]]}`, "body:/name", "invalid_body_property_type"},
		"libopenapi-validator, of the whole":          {person, 400, `{"errors":[{"message":"x","schemaValidationErrors":[{"reason":"missing property 'size'","location":"/required"}]}]}`, "body:/size", "missing_body_property"},
		"better-ajv-errors":                           {person, 400, `{"errors":[{"message":"'iri' property is not expected to be here","path":""}]}`, "body:/iri", "unexpected_body_property"},
		"Tastypie":                                    {person, 400, `{"error_message":"The 'author' field has no data and doesn't allow a default or null value."}`, "body:/author", "missing_body_property"},
		"restify, a version in a field":               {versioned, 400, `{"code":"InvalidVersion","message":"9.0.0 is not supported by GET /users"}`, "header:Accept-Version", "wrong_api_version"},
		"SvelteKit, a form of another site":           {posted("https://h.test/login", `{"user":"a","pass":"b"}`), 403, "Cross-site POST form submissions are forbidden", "", "csrf_or_origin_rejected"},
		"Ajv, propertyNames":                          {posted("https://h.test/p", `{"meta":{"badKey":"1"}}`), 400, `{"errors":[{"instancePath":"/meta","keyword":"propertyNames","params":{"propertyName":"badKey"},"message":"property name must be valid"}]}`, "body:/meta/badKey", "unexpected_body_property"},
		"committee, one too many":                     {person, 400, `{"id":"bad_request","message":"#/components/schemas/Pet does not define properties: iri"}`, "body:/iri", "unexpected_body_property"},
		"two that should be the same":                 {posted("https://h.test/users", `{"name":"Ada","password1":"abc","password2":"abd"}`), 422, `{"detail":[{"type":"value_error","loc":["body"],"msg":"Value error, passwords do not match"}]}`, "body:/password2", "interacting_parameters"},
		"ASP.NET, a form without its token":           {posted("https://h.test/cart", `{"a":1}`), 400, `{"title":"Bad Request","detail":"The required antiforgery cookie \".AspNetCore.Antiforgery.abc\" is not present."}`, "", "csrf_or_origin_rejected"},
		"Asp.Versioning":                              {ask("GET", "https://h.test/api/orders"), 400, `{"error":{"code":"ApiVersionUnspecified","message":"An API version is required, but was not specified."}}`, "query:api-version", "missing_request_parameter"},
		"a sentence below members of the house's own": {posted("https://h.test/p", `{"name":"Ada"}`), 400, `{"outcome":{"state":"refused","why":{"text_en":"the field 'email' is required"}}}`, "body:/email", "missing_body_property"},
	} {
		all := read(answered(c.sent, c.status, c.said))
		if e := find(all, c.cause, c.el); e == nil || e.Ratio < code || all[0].Ratio > e.Ratio && all[0].Element != c.el && all[0].Kind != "soft_error" {
			t.Errorf("%s: got %+v", name, all)
		}
	}
}

// TestAFileUnderNoField: multer says that a file is not expected, and does not say which: there is one.
func TestAFileUnderNoField(t *testing.T) {
	r := ask("POST", "https://h.test/avatar")
	r.Body = request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "picture", Path: "a.png", FileName: "a.png"}, {Name: "user", Value: "4"}}}
	page := "<html><head><title>Error</title></head><body><pre>MulterError: Unexpected field<br> &nbsp; at wrappedFileFilter (/app/index.js:40:19)</pre></body></html>"
	if e := find(read(answered(r, 500, page)), "unexpected_body_property", "multipart:picture"); e == nil {
		t.Error("the file is not named")
	}
	r.Body.Parts = append(r.Body.Parts, request.Part{Name: "cover", Path: "b.png"})
	for _, e := range read(answered(r, 500, page)) {
		if e.Element.Is("multipart") {
			t.Errorf("one of two is accused: %+v", e)
		}
	}
}

// TestRefusalsThatNameAnother look like those above, and are about something else or may be.
func TestRefusalsThatNameAnother(t *testing.T) {
	two := posted("https://h.test/p", `{"home":[{"city":"Rome"}],"work":[{"city":"Pisa"}],"note":"3","count":"3"}`)
	typed := posted("https://h.test/people", `{"name":"Ada","age":"x"}`)
	typed.Header = append(typed.Header, request.Field{Name: "Content-Type", Value: "application/json"})
	for said, c := range map[string]struct {
		sent   request.Request
		status int
		el     string
	}{
		"JSON parse error: Cannot deserialize value of type `com.acme.Address` from Array value (token `JsonToken.START_ARRAY`)": {two, 400, "body:/home"},
		`Invalid IRI "3".`: {two, 400, "body:/"},
		"[Bad Request] Validation error for body application/json: provided object should be of type integer":         {typed, 400, "header:"},
		`{"data":{"outcome":{"text":"Ada has an invalid name tag"}}}`:                                                 {typed, 200, "body:/name"},
		`{"errors":[{"message":"author could not be loaded","path":["variable","author"]}],"data":{"variable":null}}`: {posted("https://h.test/g", `{"query":"{variable{author}}","variables":{"author":"x"}}`), 200, "body:/variables/author"},
		`{"message":"missing or malformed jwt"}`:                                                                      {ask("GET", "https://h.test/me"), 400, "malformed_authorization"},
		`{"message":"The colours do not match the catalogue"}`:                                                        {posted("https://h.test/p", `{"colour":"red","colour2":"blue","colour3":"x"}`), 400, "interacting_parameters"},
		`{"message":"Passwords do not match our rules"}`:                                                              {posted("https://h.test/p", `{"password":"x","address2":"b","config":"c"}`), 400, "interacting_parameters"},
		`{"message":"Token is invalid or expired"}`:                                                                   {bearing("Bearer abc"), 401, "malformed_authorization"},
	} {
		for _, e := range read(answered(c.sent, c.status, said)) {
			if e.Ratio >= code && (strings.HasPrefix(string(e.Element), c.el) || string(e.Cause) == c.el) {
				t.Errorf("%s: accuses %s of %s at %v", said, e.Element, e.Cause, e.Ratio)
			}
		}
	}
}

// TestAnErrorOfOAIIsNoSuccess: the protocol has its errors in answers of 200.
func TestAnErrorOfOAIIsNoSuccess(t *testing.T) {
	x := answered(ask("GET", "https://h.test/oai?verb=ListRecord"), 200, `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="badVerb">Illegal OAI verb</error></OAI-PMH>`, "Content-Type", "text/xml")
	if ok, why := Passed(x, Expect{}); ok || !strings.Contains(why, "Illegal OAI verb") {
		t.Errorf("got %v %s", ok, why)
	}
}
