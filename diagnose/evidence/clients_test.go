package evidence

import (
	"strings"
	"testing"

	"culprit/request"
)

// Every row of the table of §4.6: what this program dropped or kept, and what other clients would have done.
func TestWhatOtherClientsDoAtARedirect(t *testing.T) {
	bearer := request.Field{Name: "Authorization", Value: "Bearer tok-secret-1"}
	key := request.Field{Name: "X-Api-Key", Value: "k-secret-2"}
	cookie := request.Field{Name: "Cookie", Value: "sid=secret-3"}
	for _, c := range []struct {
		name, from, to string
		status         int
		method         [2]string
		sent           []request.Field
		dropped        []string
		cross          bool
		says           []string
		not            []string
	}{
		{"another host", "https://a.example/x", "https://b.example/x", 302, [2]string{"GET", "GET"}, []request.Field{bearer, key, cookie}, []string{"Authorization: the origin changed", "X-Api-Key: the origin changed", "Cookie: the origin changed"}, true,
			[]string{"X-Api-Key stayed behind; Go, curl and requests would send it to https://b.example"}, []string{"Authorization stayed", "Cookie stayed"}},
		{"another port", "https://a.example/x", "https://a.example:8443/x", 302, [2]string{"GET", "GET"}, []request.Field{bearer}, []string{"auth bearer: the origin changed"}, true,
			[]string{"Authorization stayed behind; Go would send it to https://a.example:8443"}, nil},
		{"the www host", "https://ex.com/x", "https://www.ex.com/x", 301, [2]string{"GET", "GET"}, []request.Field{bearer}, []string{"Authorization: the origin changed"}, true,
			[]string{"Authorization stayed behind; Go would send it"}, nil},
		{"from www", "https://www.ex.com/x", "https://ex.com/x", 301, [2]string{"GET", "GET"}, []request.Field{bearer}, []string{"Authorization: the origin changed"}, true, nil, []string{"would send it"}},
		{"down to http", "https://a.example/x", "http://a.example/x", 302, [2]string{"GET", "GET"}, []request.Field{bearer, cookie}, []string{"Authorization: x", "Cookie: x"}, true,
			[]string{"Authorization stayed behind; Go would send it to http://a.example", "Cookie stayed behind; Go", "leaves https for http"}, nil},
		{"trusted", "https://a.example/x", "https://b.example/x", 307, [2]string{"GET", "GET"}, []request.Field{key}, nil, true, []string{"X-Api-Key was sent on to b.example, another origin"}, nil},
		{"POST 301", "https://a.example/x", "https://a.example/y", 301, [2]string{"POST", "GET"}, nil, []string{"body: 301 asks for a request without one"}, false, []string{"turned POST into GET"}, nil},
		{"POST 308", "https://a.example/x", "https://a.example/y", 308, [2]string{"POST", "POST"}, nil, nil, false, nil, []string{"turned"}},
		{"PUT 302", "https://a.example/x", "https://a.example/y", 302, [2]string{"PUT", "PUT"}, nil, nil, false, []string{"Go sends a GET, curl and requests a PUT without its body"}, nil},
		{"DELETE 302", "https://a.example/x", "https://a.example/y", 302, [2]string{"DELETE", "DELETE"}, nil, nil, false, []string{"at a 302 of a DELETE, Go sends a GET"}, nil},
		{"a cookie by hand", "https://a.example/x", "https://a.example/y", 302, [2]string{"GET", "GET"}, []request.Field{cookie}, nil, false, []string{"requests drops a Cookie header"}, nil},
		{"nothing to lose", "https://a.example/x", "https://b.example/x", 302, [2]string{"GET", "GET"}, []request.Field{{Name: "Accept", Value: "*/*"}, {Name: "Idempotency-Key", Value: "1"}}, nil, true, nil, []string{"would send", "was sent on"}},
	} {
		r := request.Request{Method: c.method[0], URL: c.from, Header: c.sent}
		x := answered(r, 200, `{}`)
		x.Hops = append([]request.Hop{{Sent: request.Sent{Method: c.method[0], URL: c.from, Header: c.sent}, Response: &request.Response{Status: c.status, Body: request.NewContent(nil)},
			Followed: &request.Redirect{Status: c.status, To: c.to, Method: c.method, Dropped: c.dropped, Cross: c.cross}}}, x.Hops...)
		all := ""
		for _, e := range read(x) {
			all += e.Text + "\n"
		}
		for _, w := range c.says {
			if !strings.Contains(all, w) {
				t.Errorf("%s: no %q in\n%s", c.name, w, all)
			}
		}
		for _, w := range append(c.not, "secret-1", "secret-2", "secret-3") {
			if strings.Contains(all, w) {
				t.Errorf("%s: %q in\n%s", c.name, w, all)
			}
		}
	}
}
