package evidence

import (
	"errors"
	"testing"

	"culprit/request"
)

func TestPassedNeverAccusesHealthyAnswers(t *testing.T) {
	healthy := []struct {
		name, body string
		status     int
	}{
		{"plain", `{"id":1}`, 200}, {"null error", `{"id":1,"error":null}`, 200}, {"empty errors", `{"data":{"a":1},"errors":[]}`, 200},
		{"success with empty error", `{"success":true,"error":""}`, 200}, {"error none", `{"error":"none","value":3}`, 200}, {"error 0", `{"error":0,"data":[1]}`, 200},
		{"a job with a field error", `{"id":7,"state":"failed","error":"disk full","created":"x"}`, 200},
		{"a log line", `{"level":"error","message":"disk full","time":"x","host":"a"}`, 200},
		{"a list of failed jobs", `{"results":[{"id":1,"error":"the disk was full"}]}`, 200}, {"one statement of two", `{"results":[{"statement_id":0,"error":"database not found: a"},{"statement_id":1,"series":[]}]}`, 200},
		{"a list of runs", `[{"id":1,"error":{"message":"boom"}},{"id":2}]`, 200},
		{"validation report", `{"valid":false,"errors":[{"message":"x"}],"document":{"a":1}}`, 200},
		{"errors as a count", `{"errors":3,"took":5}`, 200}, {"bulk", `{"took":3,"errors":false,"items":[]}`, 200},
		{"ok false is data", `{"ok":false,"checked":12,"name":"x"}`, 200},
		{"empty", ``, 200}, {"no content", ``, 204}, {"text", `all is well`, 200}, {"number", `3`, 200}, {"page", `<html><body>hi</body></html>`, 200},
		{"xml about faults", `<report><Faults><count>3</count></Faults></report>`, 200},
		{"multi", `{"results":[{"status":200},{"status":201}]}`, 207}, {"JSON-RPC", `{"jsonrpc":"2.0","result":null,"error":null,"id":1}`, 200},
		{"status of an order", `{"status":"failed","id":9,"reason":"card declined"}`, 200}, {"a settings resource", `{"error":{"color":"red"},"warning":{"color":"amber"}}`, 200},
		{"code 0 and a word of failure", `{"code":0,"message":"no errors","data":{}}`, 200}, {"a result alone", `{"result":1}`, 200}, {"a result with words", `{"result":1,"text":"1 lease found"}`, 200},
		{"a code of its own", `{"code":10000,"msg":"Success"}`, 200}, {"code 200 with words", `{"code":200,"message":"the invalid entries were removed"}`, 200}, {"a count of successes", `{"success":0,"failed":3,"total":3}`, 200},
		{"no failures", `{"result":2,"message":"done, without errors"}`, 200}, {"log lines", `[{"code":5,"message":"disk full error"},{"code":7,"message":"write failed"}]`, 200},
		{"a coupon", `{"code":"EXPIRED","percent":10,"description":"it has expired"}`, 200}, {"a status alone", `{"status":"error"}`, 200}, {"errors by name, none", `{"errors":{}}`, 200},
		{"an article about an error", `<html><head><title>404 Not Found - what it means</title></head><body>x</body></html>`, 200}, {"XML without errors", `<response status="ok"><errors/></response>`, 200},
		{"an empty XML error", `<error/>`, 200}, {"an answer", `{"response":{"status":"done","id":3}}`, 200},
		{"code and message", `{"code":0,"message":"ok","data":{}}`, 200}, {"created", `{"id":1,"message":"created"}`, 201},
	}
	r := request.Request{Method: "GET", URL: "https://api.example.com/x"}
	for _, c := range healthy {
		x := answered(r, c.status, c.body)
		if ok, why := Passed(x, Expect{}); !ok {
			t.Errorf("%s: accused: %s", c.name, why)
		}
		for _, e := range read(x) {
			if e.Ratio > hint {
				t.Errorf("%s: evidence against a healthy answer: %+v", c.name, e)
			}
		}
	}
}

func TestPassedSeesErrorsInSuccesses(t *testing.T) {
	r := request.Request{Method: "POST", URL: "https://api.example.com/x", Header: []request.Field{{Name: "Accept", Value: "application/json"}}}
	for name, body := range map[string]string{
		"a message":          `{"janus":"error","session_id":7,"transaction":"a1","error":{"code":456,"reason":"Missing mandatory element (plugin)"}}`,
		"errcode":            `{"errcode":40013,"errmsg":"invalid appid"}`,
		"Slack":              `{"ok":false,"error":"channel_not_found"}`,
		"success false":      `{"success":false,"errors":[{"code":1003,"message":"Invalid zone"}],"messages":[],"result":null}`,
		"success and words":  `{"success":false,"message":"Not allowed"}`,
		"GraphQL":            `{"data":null,"errors":[{"message":"Cannot query field"}]}`,
		"GraphQL partly":     `{"data":{"a":null,"b":1},"errors":[{"message":"boom","path":["a"]}]}`,
		"error object":       `{"error":{"code":17,"message":"limit reached"}}`,
		"of each statement":  `{"results":[{"statement_id":0,"error":"database name required"}]}`,
		"error text":         `{"error":"invalid api key"}`,
		"JSON-RPC":           `{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"},"id":1}`,
		"JSON-RPC batch":     `[{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params"},"id":1}]`,
		"SOAP":               `<soap:Envelope xmlns:soap="x"><soap:Body><soap:Fault><faultstring>no</faultstring></soap:Fault></soap:Body></soap:Envelope>`,
		"status error":       `{"status":"error","message":"no such thing"}`,
		"status code inside": `{"statusCode":404,"message":"not found"}`,
		"Kea":                `[{"result":1,"text":"unable to forward command to the dhcp4 service"}]`,
		"a code and words":   `{"code":40001,"message":"invalid credential, access_token is invalid"}`,
		"a code and data":    `{"code":-1,"msg":"user does not exist","data":null}`,
		"a code in words":    `{"code":"INVALID_KEY","message":"The key is not valid"}`,
		"a code in capitals": `{"Response":{"Error":{"Code":"AuthFailure","Message":"The key is wrong"},"RequestId":"7"}}`,
		"another script":     `{"code":1001,"msg":"参数错误"}`,
		"status fail":        `{"status":"fail","data":{"title":"A title is required"}}`,
		"success 0":          `{"success":0,"message":"Not allowed"}`,
		"success in quotes":  `{"Response":"False","Error":"Movie not found!"}`,
		"WeChat Pay":         `{"return_code":"FAIL","return_msg":"signature error"}`,
		"Baidu":              `{"error_code":110,"error_msg":"Access token invalid or no longer valid"}`,
		"Flickr":             `{"stat":"fail","code":100,"message":"Invalid API Key (Key has invalid format)"}`,
		"OpenWeather":        `{"cod":"404","message":"city not found"}`,
		"Google Maps":        `{"error_message":"The provided API key is invalid.","results":[],"status":"REQUEST_DENIED"}`,
		"errors by name":     `{"errors":{"email":["has already been taken"]}}`,
		"a fault":            `{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}`,
		"JSON-RPC 1":         `{"result":null,"error":{"code":-8,"message":"Block height out of range"},"id":1}`,
		"XML-RPC":            `<?xml version="1.0"?><methodResponse><fault><value><string>Too many parameters.</string></value></fault></methodResponse>`,
		"S3":                 `<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>`,
		"OGC":                `<ServiceExceptionReport version="1.3.0"><ServiceException code="LayerNotDefined">unknown layer</ServiceException></ServiceExceptionReport>`,
		"Flickr XML":         `<?xml version="1.0"?><rsp stat="fail"><err code="100" msg="Invalid API Key"/></rsp>`,
		"a page of nginx":    `<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>`,
		"a login page":       `<!doctype html><html><title>Sign in</title></html>`,
	} {
		if ok, _ := Passed(answered(r, 200, body), Expect{}); ok {
			t.Errorf("%s: taken for a pass", name)
		}
	}
	if ok, _ := Passed(answered(r, 200, "", "Grpc-Status", "5", "Grpc-Message", "no such order"), Expect{}); ok {
		t.Error("a gRPC error: taken for a pass")
	}
	if ok, why := Passed(answered(r, 207, `{"responses":[{"status":200},{"status":409,"message":"taken"}]}`), Expect{}); ok {
		t.Errorf("207 with a failed part: %v %s", ok, why)
	}
}

// TestPassedKnowsResourcesThatAreErrors: what a resource about errors holds is not about the answer.
func TestPassedKnowsResourcesThatAreErrors(t *testing.T) {
	for path, body := range map[string]string{
		"/error-codes/40001": `{"code":40001,"message":"invalid credential"}`, "/jobs/7/errors": `{"errors":[{"message":"row 3 is not valid"}]}`,
		"/logs/last": `{"code":5,"message":"disk full, write failed"}`, "/faults/3": `<error><message>out of range</message></error>`,
	} {
		r := request.Request{Method: "GET", URL: "https://api.example.com" + path}
		if ok, why := Passed(answered(r, 200, body), Expect{}); !ok {
			t.Errorf("GET %s: accused: %s", path, why)
		}
	}
}

func TestPassedExpectations(t *testing.T) {
	r := request.Request{Method: "GET", URL: "https://api.example.com/x"}
	page := answered(r, 200, `<html><body>hi</body></html>`)
	if ok, _ := Passed(page, Expect{Media: "application/json"}); ok {
		t.Error("HTML where JSON is expected is a pass")
	}
	if ok, why := Passed(answered(r, 200, `{"a":1}`, "Content-Type", "application/vnd.api+json"), Expect{Media: "application/json; charset=utf-8"}); !ok {
		t.Error("another JSON type is no pass:", why)
	}
	if ok, _ := Passed(answered(r, 302, ``, "Location", "/y"), Expect{}); ok {
		t.Error("a redirect is a pass though none is expected")
	}
	if ok, _ := Passed(answered(r, 302, ``, "Location", "/y"), Expect{Redirect: true}); !ok {
		t.Error("a redirect is no pass though one is fine")
	}
	cut := answered(r, 200, `{"a":`)
	cut.Failure = &request.Failure{Phase: request.PhaseRead, Cause: "truncated_response", Text: "the answer was cut off", Err: errors.New("unexpected EOF")}
	if ok, _ := Passed(cut, Expect{}); ok {
		t.Error("half a body is a pass")
	}
	if ok, _ := Passed(nil, Expect{}); ok {
		t.Error("nothing is a pass")
	}
}
