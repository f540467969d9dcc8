package request

import "testing"

// A request that hides a deletion behind another method is one wherever a framework looks for it: it is no read, and who
// consents to it hears what it does. A remote procedure, a word in a text and a field of another kind are none.
func TestADeletionInDisguise(t *testing.T) {
	raw := func(kind, text string) Body { return Body{Kind: RawBody, Type: kind, Text: text} }
	for _, c := range []struct {
		r    Request
		want string
	}{
		{Request{Method: "DELETE"}, "the method DELETE"},
		{Request{Method: "POST", Header: []Field{{Name: "x-http-method-override", Value: " delete"}}}, "the header x-http-method-override"},
		{Request{URL: "http://h/orders/1?_method=DELETE"}, "_method in the query"},
		{Request{URL: "http://h/orders/1?a=1&%5Fmethod=delete#top"}, "_method in the query"},
		{Request{URL: "http://h/orders/1?_HttpMethod=DELETE"}, "_HttpMethod in the query"},
		{Request{URL: "http://h/me/likes?method=delete"}, "method in the query"},
		{Request{Method: "POST", Body: Body{Kind: FormBody, Fields: []Field{{Name: "_method", Value: "delete"}}}}, "_method in the body"},
		{Request{Method: "POST", Body: Body{Kind: MultipartBody, Parts: []Part{{Name: "_method", Value: "DELETE"}}}}, "_method in the body"},
		{Request{Method: "POST", Body: raw("application/x-www-form-urlencoded", "id=1&_method=DELETE")}, "_method in the body"},
		{Request{Method: "POST", Body: raw("application/x-www-form-urlencoded", "id=1;_method=DELETE")}, "_method in the body"},
		{Request{Method: "POST", Body: raw("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n1\r\n--x\r\nContent-Disposition: form-data; name=\"_method\"\r\n\r\nDELETE\r\n--x--\r\n")}, "_method in the body"},
		{Request{Method: "POST", Body: raw("text/x-diff", "--- a/method\n+++ b/method\n_method=DELETE")}, ""},
		{Request{Method: "POST", Body: raw("application/json", `{"id":1,"\u005fmethod":"DELETE","open`)}, "_method in the body"},
		{Request{Method: "POST", Body: raw("application/json", `{"method":"DELETE","url":"/hooks"}`)}, ""},
		{Request{Method: "POST", Body: raw("application/json", `{"note":"_method=DELETE"}`)}, ""},
		{Request{Method: "POST", Body: Body{Kind: FormBody, Fields: []Field{{Name: "_method", Value: "patch"}}}}, ""},
		{Request{URL: "http://h/rest?method=user.delete"}, ""},
		{Request{URL: "http://h/orders#?_method=DELETE"}, ""},
	} {
		if got := c.r.Removes(); got != c.want {
			t.Errorf("%s %s %+v: %q, want %q", c.r.Method, c.r.URL, c.r.Body, got, c.want)
		}
		if c.want != "" && (c.r.Safe() || c.r.Reads()) {
			t.Errorf("%s %s %+v counts as a read", c.r.Method, c.r.URL, c.r.Body)
		}
	}
}
