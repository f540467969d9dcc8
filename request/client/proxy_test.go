package client

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"culprit/request"
)

// proxy is a forwarding proxy that wants credentials; it returns its address and what it was asked.
func proxy(t *testing.T) (string, func() []string) {
	var mu sync.Mutex
	var asked []string
	address := raw(t, func(c net.Conn) {
		q, err := http.ReadRequest(bufio.NewReader(c))
		if err != nil {
			return
		}
		mu.Lock()
		asked = append(asked, q.Method+" "+q.RequestURI+" "+q.Header.Get("Proxy-Authorization"))
		mu.Unlock()
		if q.Method != http.MethodConnect {
			io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nforwarded")
			return
		}
		up, err := net.Dial("tcp", q.Host)
		if err != nil {
			return
		}
		defer up.Close()
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { io.Copy(up, c); up.Close() }()
		io.Copy(c, up)
	})
	return address, func() []string { mu.Lock(); defer mu.Unlock(); return asked }
}

func TestThroughAProxy(t *testing.T) {
	ca := newAuthority(t)
	server := secure(t, tlsWith(ca.leaf(t, nil)))
	address, asked := proxy(t)
	e := engine(t, Config{Getenv: func(name string) string {
		if name == "HTTP_PROXY" {
			return "http://u:p@" + address
		}
		return ""
	}})
	x, err := e.Do(t.Context(), request.Request{URL: "http://api.test/x"}, nil)
	if err != nil || text(t, x) != "forwarded" {
		t.Fatal(text(t, x), err)
	}
	c := x.Last().Conn
	if c.Proxy != "http://"+address || c.ProxyWhy != "HTTP_PROXY" || !request.Has(x.Last().Sent.Header, "Proxy-Authorization") {
		t.Errorf("got %+v %v", c, x.Last().Sent.Header)
	}
	r := request.Request{URL: "https://" + server + "/y", Settings: request.Settings{
		TLS: request.TLS{CAFile: ca.file}, Proxy: request.Proxy{URL: address},
	}}
	x, err = e.Do(t.Context(), r, nil)
	if err != nil || !strings.HasPrefix(text(t, x), "ok HTTP/2") {
		t.Fatal(text(t, x), err)
	}
	if c := x.Last().Conn; c.ProxyWhy != "the request names it" || c.TLS == nil || c.Remote != address {
		t.Errorf("got %+v", c)
	}
	got := asked()
	if len(got) != 2 || got[0] != "GET http://api.test/x Basic dTpw" || got[1] != "CONNECT "+server+" " {
		t.Errorf("got %q", got)
	}
	r.Settings.Proxy.NoProxy = "127.0.0.1"
	if x, err = e.Do(t.Context(), r, nil); err != nil || x.Last().Conn.Proxy != "" || x.Last().Conn.ProxyWhy != "NO_PROXY entry 127.0.0.1" {
		t.Errorf("got %+v, %v", x.Last().Conn, err)
	}
}
