package lab

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// startEdge puts a content network before the shop. It refuses what such networks refuse.
func (l *Lab) startEdge(host string, shop http.Handler) (err error) {
	l.Edge, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Via", "1.1 edge-7 (CloudFront)")
		switch {
		case "http://"+r.Host != l.Edge:
			w.Header().Set("Server", "CloudFront")
			answer{http.StatusMisdirectedRequest, http.Header{"Content-Type": {"text/html"}}, []byte("<html><body><h1>421 Misdirected Request</h1></body></html>\n")}.write(w)
		case r.URL.Path == "/v1/news" && r.Header.Get("Cache-Control") != "no-cache":
			// An error of an hour ago, which the edge will keep for some time.
			w.Header().Set("Age", "3412")
			w.Header().Set("X-Cache", "Hit from cloudfront")
			gatewayPage(http.StatusBadGateway).write(w)
		case r.ContentLength != 0 && (r.Method == http.MethodGet || r.Method == http.MethodHead):
			blocked(w, "This distribution is not configured to allow the HTTP request method with a body.")
		case strings.HasPrefix(r.UserAgent(), "python-requests/"):
			blocked(w, "Request blocked.")
		default:
			w.Header().Set("X-Cache", "Miss from cloudfront")
			shop.ServeHTTP(w, r)
		}
	}))
	return err
}

// blocked answers as CloudFront does.
func blocked(w http.ResponseWriter, why string) {
	w.Header().Set("Server", "CloudFront")
	w.Header().Set("X-Cache", "Error from cloudfront")
	answer{http.StatusForbidden, http.Header{"Content-Type": {"text/html"}},
		[]byte("<!DOCTYPE HTML>\n<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY>\n<H1>403 ERROR</H1>\n" +
			"<H2>The request could not be satisfied.</H2>\n<HR noshade size=\"1px\">\n" + why + "\n</BODY></HTML>\n")}.write(w)
}

// startPortal answers for every host with a page to sign in to the network.
func (l *Lab) startPortal(host string, _ http.Handler) (err error) {
	l.Portal, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/guest/login" {
			answer{status: http.StatusFound, header: http.Header{"Location": {"/guest/login?url=" + url.QueryEscape("http://"+r.Host+r.URL.RequestURI())}}}.write(w)
			return
		}
		signIn("Guest WiFi").write(w)
	}))
	return err
}

// startProxy starts a forward proxy that asks for credentials and reaches loopback only.
func (l *Lab) startProxy(host string, _ http.Handler) (err error) {
	forward := &httputil.ReverseProxy{
		Rewrite:  func(r *httputil.ProxyRequest) { r.Out.Header.Del("Proxy-Authorization") },
		ErrorLog: quiet(),
	}
	l.Proxy, err = l.free(host, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		auth := http.Request{Header: http.Header{"Authorization": r.Header.Values("Proxy-Authorization")}}
		user, password, _ := auth.BasicAuth()
		target := r.URL.Hostname()
		if r.Method == http.MethodConnect {
			target, _, _ = net.SplitHostPort(r.Host)
		}
		ip := net.ParseIP(target)
		switch {
		case !same(user, ProxyUser) || !same(password, ProxyPassword):
			answer{http.StatusProxyAuthRequired, http.Header{"Proxy-Authenticate": {`Basic realm="office"`}, "Content-Type": {"text/html"}, "Server": {"squid"}},
				[]byte("<html><body><h1>Cache Access Denied</h1></body></html>\n")}.write(w)
		case ip == nil || !ip.IsLoopback():
			answer{http.StatusForbidden, http.Header{"Content-Type": {"text/html"}, "Server": {"squid"}}, []byte("<html><body><h1>Access Denied</h1></body></html>\n")}.write(w)
		case r.Method == http.MethodConnect:
			l.tunnel(w, r.Host)
		default:
			forward.ServeHTTP(w, r)
		}
	}))
	return err
}

// tunnel joins the client and the target until one of them is done.
func (l *Lab) tunnel(w http.ResponseWriter, target string) {
	out, err := net.Dial("tcp", target)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer out.Close()
	in, buf, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer in.Close()
	fmt.Fprint(in, "HTTP/1.1 200 Connection established\r\n\r\n")
	done := make(chan struct{}, 2)
	pipe := func(to io.Writer, from io.Reader) {
		io.Copy(to, from) //nolint:errcheck // either side may go
		done <- struct{}{}
	}
	go pipe(out, bufio.NewReader(buf))
	go pipe(in, out)
	select {
	case <-done:
	case <-l.done:
	}
	// Both ends are closed now by the deferred calls, which ends the other pipe.
}
