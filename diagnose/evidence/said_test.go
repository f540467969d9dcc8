package evidence

import (
	"testing"

	"culprit/request"
)

func TestSaid(t *testing.T) {
	for _, c := range []struct {
		name, media, body string
		status            int
		want              string
	}{
		{"problem details (RFC 9457)", "application/problem+json", `{"type":"about:blank","title":"Unauthorized","status":401,"detail":"the access token expired"}`, 401, "the access token expired"},
		{"a title that is the status alone", "application/problem+json", `{"title":"Not Found","status":404}`, 404, ""},
		{"nested", "application/json", `{"error":{"code":"no_token","message":"There is no token in your request."}}`, 401, "There is no token in your request."},
		{"FastAPI", "application/json", `{"detail":[{"loc":["body","price"],"msg":"value is not a valid float","type":"type_error.float"}]}`, 422, "price: value is not a valid float"},
		{"ASP.NET", "application/problem+json", `{"title":"One or more validation errors occurred.","status":400,"errors":{"Price":["The Price field is required."]}}`, 400, "The Price field is required."},
		{"OAuth (RFC 6749 §5.2)", "application/json", `{"error":"invalid_grant","error_description":"The code was used before."}`, 400, "invalid_grant The code was used before."},
		{"a code and no sentence", "application/json", `{"error":"unauthorized"}`, 401, ""},
		{"plain text", "text/plain", "404 page not found\n", 404, "404 page not found"},
		{"http.Error of the status", "text/plain", "Bad Gateway\n", 502, ""},
		{"nginx", "text/html", "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>", 502, ""},
		{"a page with a headline", "text/html", "<!DOCTYPE html><html><head><title>Boom</title></head><body><h1>Internal error in Widget</h1><p>long</p></body></html>", 500, "Internal error in Widget"},
		{"two lines", "application/json", `{"message":"first\nsecond   third"}`, 400, "first second third"},
		{"a secret", "application/json", `{"message":"no user has the key hunter2hunter2"}`, 401, "no user has the key •••"},
		{"nothing", "application/json", ``, 500, ""},
		{"another kind", "application/octet-stream", "\x00\x01\x02", 500, ""},
	} {
		x := &request.Exchange{Request: request.Request{Secrets: []request.Secret{{Value: "hunter2hunter2"}}},
			Hops: []request.Hop{{Response: &request.Response{Status: c.status, Header: []request.Field{{Name: "Content-Type", Value: c.media}}, Body: request.NewContent([]byte(c.body))}}}}
		if got := Said(x); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got := Said(&request.Exchange{}); got != "" {
		t.Errorf("without an answer it says %q", got)
	}
}
