package safety_test

import (
	"testing"

	"culprit/diagnose"
	"culprit/diagnose/safety"
	"culprit/request"
)

// TestSafetyOfASafeMethod: a GET is sent without asking only when nothing about it says that it does something.
func TestSafetyOfASafeMethod(t *testing.T) {
	for _, c := range []struct {
		target string
		want   diagnose.Safety
	}{
		{"/orders", diagnose.S2},
		{"/orders/42?expand=customer&sort=updated", diagnose.S2},
		{"/query_range?query=up&start=1&end=2", diagnose.S2},
		{"/senders", diagnose.S2},
		{"/payments/7", diagnose.S2},
		{"/query/sendMail?to=a", diagnose.S5},
		{"/deleteUser", diagnose.S5},
		{"/users/7/reset%50assword", diagnose.S5},
		{"/resetPassword", diagnose.S5},
		{"/articles/9/publish", diagnose.S5},
		{"/tokens/1:revoke", diagnose.S5},
		{"/orders/1?_method=DELETE", diagnose.S5},
		{"/x?action=list", diagnose.S5},
		{"/jobs/start", diagnose.S5},
		{"/graphql?query=mutation%20%7Ba%7D", diagnose.S5},
		{"/graphql?query=%23%20note%0Amutation%7Ba%7D", diagnose.S5},
		{"/graphql?query=query+A%7Ba%7D+mutation+B($n:Int)%7Bb%7D&operationName=B", diagnose.S5},
		{"/graphql?query=%7Bme%7D", diagnose.S2},
		{"/genes?query=gene+mutation", diagnose.S2},
		{"/items?q=run", diagnose.S2},
		{"/search?query=how+to+delete+a+file", diagnose.S2},
		{"/orders?status=cancel&sort=update", diagnose.S2},
		{"/index.php?page=logout", diagnose.S5},
		{"/users?delete=7", diagnose.S5},
		{"/archive/books", diagnose.S2},
		{"/archive/plan.txt", diagnose.S2},
		{"/books.git/info/refs?service=git-upload-pack", diagnose.S2},
		{"/archive", diagnose.S5},
		{"/orders/5/archive", diagnose.S5},
		{"/archive/7", diagnose.S5},
		{"/archive/order-7", diagnose.S5},
		{"/upload?url=x", diagnose.S5},
		{"/delete/books", diagnose.S5},
		{"/files?archive=all", diagnose.S5},
		{"/x?then=archive-order", diagnose.S5},
		{"/archive/books/publish", diagnose.S5},
		{"/files/delete-upload-file", diagnose.S5},
		{"/orders/bulk-archive-orders", diagnose.S5},
		{"/jobs?then=start-archive-job", diagnose.S5},
		{"/archive/orders/7", diagnose.S5},
		{"/archive/order?id=7", diagnose.S5},
		{"/posts/archive/hello-world", diagnose.S5},
	} {
		r := request.Request{Method: "GET", URL: "http://shop.test" + c.target}
		if got := safety.Classify(r, r); got != c.want {
			t.Errorf("%s: %v, want %v", c.target, got, c.want)
		}
	}
	r := request.Request{Method: "GET", URL: "http://shop.test/orders/1", Header: []request.Field{{Name: "X-HTTP-Method-Override", Value: "DELETE"}}}
	if got := safety.Classify(r, r); got != diagnose.S5 {
		t.Errorf("another method in a field: %v", got)
	}
}

// TestSecretsStayWithTheirOrigin: another scheme, host or port is another origin (RFC 6454 §4), and so is the same port
// over TLS; a password in the body is for one origin like a token in the header.
func TestSecretsStayWithTheirOrigin(t *testing.T) {
	token := request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: "3f9c2d71aa0b4e55"}}}
	login := request.Body{Kind: request.RawBody, Type: "application/json", Text: `{"user":"ada","password":"lovelace1"}`}
	form := request.Body{Kind: request.MultipartBody, Parts: []request.Part{{Name: "password", Value: "lovelace1"}}}
	for _, c := range []struct {
		url  string
		r    request.Request
		want diagnose.Safety
	}{
		{"http://shop.test/a", request.Request{Auth: token}, diagnose.S2},
		{"http://shop.test/b", request.Request{Auth: token}, diagnose.S2},
		{"https://shop.test/a", request.Request{Auth: token}, diagnose.S6},
		{"http://shop.test:81/a", request.Request{Auth: token}, diagnose.S6},
		{"http://www.shop.test/a", request.Request{Auth: token}, diagnose.S6},
		{"https://shop.test/a", request.Request{}, diagnose.S2},
		{"http://shop.test/a", request.Request{Method: "POST", Body: login}, diagnose.S5},
		{"https://shop.test/a", request.Request{Method: "POST", Body: login}, diagnose.S6},
		{"https://shop.test/a", request.Request{Method: "POST", Body: form}, diagnose.S6},
	} {
		original := c.r
		original.URL, c.r.URL = "http://shop.test/a", c.url
		if got := safety.Classify(original, c.r); got != c.want {
			t.Errorf("%s %s %+v: %v, want %v", c.r.Method, c.url, c.r.Body, got, c.want)
		}
	}
}

// TestWhatAConsentGivenBeforehandCovers: the method, also the one that a field asks for, the host and the path.
func TestWhatAConsentGivenBeforehandCovers(t *testing.T) {
	order := request.Request{Method: "POST", URL: "https://shop.test/orders"}
	instead := func(method string) request.Request {
		r := order
		r.Header = []request.Field{{Name: "X-HTTP-Method-Override", Value: method}}
		return r
	}
	for _, c := range []struct {
		from, to request.Request
		want     bool
	}{
		{order, order, true},
		{order, request.Request{Method: "POST", URL: "https://shop.test/orders/?dry=1"}, true},
		{request.Request{Method: "POST", URL: "http://shop.test/orders"}, order, true},
		{request.Request{Method: "POST", URL: "https://shop.test:8080/orders"}, request.Request{Method: "POST", URL: "http://shop.test:8080/orders"}, true},
		{order, request.Request{Method: "POST", URL: "http://shop.test/orders"}, false},
		{order, request.Request{Method: "PUT", URL: order.URL}, false},
		{order, request.Request{Method: "POST", URL: "https://shop.test/carts"}, false},
		{order, request.Request{Method: "POST", URL: "https://shop2.test/orders"}, false},
		{order, instead("DELETE"), false},
		{instead("PATCH"), instead("DELETE"), false},
		{instead("PATCH"), instead("patch"), true},
	} {
		if got := safety.Within(c.from, c.to); got != c.want {
			t.Errorf("%s %s %v in %s %v: %v, want %v", c.to.Method, c.to.URL, c.to.Header, c.from.URL, c.from.Header, got, c.want)
		}
	}
}
