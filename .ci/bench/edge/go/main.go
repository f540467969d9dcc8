// The set-ups of the bench that are best written by hand: a web application firewall, an outbound proxy, TLS listeners with
// certificates of pki.py, balancers with an ill node, ports of other protocols, and gateways that answer as their makers document.
// edge CONFIG.json, which up.py writes.
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/corazawaf/coraza-coreruleset/v4"
	"github.com/corazawaf/coraza/v3"
	waf "github.com/corazawaf/coraza/v3/http"
	"github.com/elazarl/goproxy"
)

type config struct {
	PKI   string            `json:"pki"`
	Ports map[string]string `json:"ports"`
}

var c config

func main() {
	raw, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil {
		log.Fatal(err)
	}
	firewall()
	outbound()
	secure()
	balance()
	ports()
	pages()
	select {}
}

func listen(name string) net.Listener {
	l, err := net.Listen("tcp", c.Ports[name])
	if err != nil {
		log.Fatal(err)
	}
	return l
}

func serve(name string, h http.Handler) { go http.Serve(listen(name), h) }

func to(name string) *httputil.ReverseProxy {
	p := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: c.Ports[name]})
	p.ErrorLog = log.New(io.Discard, "", 0)
	return p
}

// firewall is Coraza with the OWASP core rules; waftell says which rule it was, as an administrator's setting would.
func firewall() {
	rules := "Include @coraza.conf-recommended\nInclude @crs-setup.conf.example\nInclude @owasp_crs/*.conf\nSecRuleEngine On\nSecRequestBodyLimit 20000\nSecRequestBodyInMemoryLimit 20000\nSecRequestBodyLimitAction Reject\nSecAuditEngine Off"
	w, err := coraza.NewWAF(coraza.NewWAFConfig().WithRootFS(coreruleset.FS).WithDirectives(rules))
	if err != nil {
		log.Fatal(err)
	}
	serve("waf", waf.WrapHandler(w, to("origin")))
}

// outbound is a company's proxy: goproxy with a name and password, which refuses a host and CONNECT to odd ports.
func outbound() {
	make := func(name string, ask bool) {
		p := goproxy.NewProxyHttpServer()
		p.Logger = log.New(io.Discard, "", 0)
		refuse := func(r *http.Request) *http.Response {
			if ask && r.Header.Get("Proxy-Authorization") != "Basic Ym9iOmJ1aWxkZXI=" { // bob:builder
				a := goproxy.NewResponse(r, "text/plain", 407, "Proxy authentication required\n")
				a.Header.Set("Proxy-Authenticate", `Basic realm="corp"`)
				return a
			}
			if strings.HasPrefix(r.Host, "127.0.0.2") {
				return goproxy.NewResponse(r, "text/html", 403, "<html><head><title>Blocked</title></head><body><h1>This site is blocked by company policy</h1><p>Category: uncategorised. Contact the service desk.</p></body></html>")
			}
			return nil
		}
		p.OnRequest().DoFunc(func(r *http.Request, _ *goproxy.ProxyCtx) (*http.Request, *http.Response) {
			if a := refuse(r); a != nil {
				return r, a
			}
			r.Header.Del("Proxy-Authorization")
			if name == "proxystrip" {
				r.Header.Del("X-Api-Key")
			}
			return r, nil
		})
		p.OnRequest().HandleConnectFunc(func(host string, ctx *goproxy.ProxyCtx) (*goproxy.ConnectAction, string) {
			if a := refuse(ctx.Req); a != nil {
				ctx.Resp = a
				return goproxy.RejectConnect, host
			}
			return goproxy.OkConnect, host
		})
		serve(name, p)
	}
	make("proxyopen", false)
	make("proxyauth", true)
	make("proxystrip", false)
	serve("proxyportal", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // a hotel's
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Cache-Control", "no-store")
		fmt.Fprint(w, `<!DOCTYPE html><html><head><title>Welcome to Hotel Seaview WiFi</title></head><body><h1>Please sign in</h1><form action="http://login.seaview.example/accept" method="post"><input name="room"><input name="surname"><button>Connect</button></form></body></html>`)
	}))
}

// secure is TLS in front of the origin, each with what is wrong about it.
func secure() {
	plain := to("origin")
	pair := func(name string) tls.Certificate {
		p, err := tls.LoadX509KeyPair(c.PKI+"/"+name+".pem", c.PKI+"/"+name+".key")
		if err != nil {
			log.Fatal(err)
		}
		return p
	}
	on := func(port, cert string, change func(*tls.Config)) {
		t := &tls.Config{Certificates: []tls.Certificate{pair(cert)}, NextProtos: []string{"h2", "http/1.1"}}
		if change != nil {
			change(t)
		}
		s := &http.Server{Handler: plain, TLSConfig: t, ErrorLog: log.New(io.Discard, "", 0)}
		go s.ServeTLS(listen(port), "", "")
	}
	roots := x509.NewCertPool()
	pem, _ := os.ReadFile(c.PKI + "/root.pem")
	roots.AppendCertsFromPEM(pem)
	on("tlsgood", "good", nil)
	for _, n := range []string{"expired", "notyet", "wrongname", "selfsigned", "incomplete", "deepwild", "noip", "disordered", "sha1", "stranger", "expiredmiddle"} {
		on("tls_"+n, n, nil)
	}
	on("tls_old", "rsa", func(t *tls.Config) { t.MinVersion, t.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 })
	on("tls_new", "good", func(t *tls.Config) { t.MinVersion = tls.VersionTLS13 })
	on("mtls_ask", "good", func(t *tls.Config) { t.ClientAuth, t.ClientCAs = tls.RequireAndVerifyClientCert, roots })
	on("mtls_12", "good", func(t *tls.Config) {
		t.ClientAuth, t.ClientCAs, t.MaxVersion = tls.RequireAndVerifyClientCert, roots, tls.VersionTLS12
	})
	on("h1tls", "good", func(t *tls.Config) { t.NextProtos = []string{"http/1.1"} })
	on("snineed", "good", func(t *tls.Config) {
		good := t.Certificates[0]
		t.Certificates = nil
		t.GetCertificate = func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if h.ServerName != "api.bench.test" {
				return nil, fmt.Errorf("unknown name")
			}
			return &good, nil
		}
	})
	strict := &http.Server{TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair("good")}}, ErrorLog: log.New(io.Discard, "", 0),
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // as Apache and Envoy do: 421 where SNI and Host differ
			if h, _, _ := strings.Cut(r.Host, ":"); h != r.TLS.ServerName {
				http.Error(w, "Misdirected Request", 421)
				return
			}
			plain.ServeHTTP(w, r)
		})}
	go strict.ServeTLS(listen("snihost"), "", "")
	go accept("tls_hangup", func(n net.Conn) { io.ReadFull(n, make([]byte, 5)) })
}

// balance is what stands before several nodes.
func balance() {
	good, ill := to("origin"), to("dead")
	broken := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Error(w, "Internal Server Error", 500) })
	var turn atomic.Int64
	serve("lb_turns", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if turn.Add(1)%3 == 0 {
			ill.ServeHTTP(w, r)
			return
		}
		good.ServeHTTP(w, r)
	}))
	for name, share := range map[string]float64{"lb_25": .25, "lb_55": .55} {
		serve(name, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if rand.Float64() < share {
				broken.ServeHTTP(w, r)
				return
			}
			good.ServeHTTP(w, r)
		}))
	}
	serve("lb_hash", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // by connection, as a layer 4 balancer does
		if p := r.RemoteAddr[strings.LastIndex(r.RemoteAddr, ":")+1:]; int(p[len(p)-1]-'0')/2%2 == 0 {
			http.Error(w, "upstream connect error or disconnect/reset before headers. reset reason: connection failure", 503)
			return
		}
		good.ServeHTTP(w, r)
	}))
	serve("lb_path", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // consistent hashing by path: one shard is down
		if strings.HasSuffix(r.URL.Path, "/P-1003") {
			ill.ServeHTTP(w, r)
			return
		}
		good.ServeHTTP(w, r)
	}))
	var mu sync.Mutex
	awake := map[string]bool{}
	serve("lb_cold", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // asleep until somebody asks
		mu.Lock()
		was := awake[r.URL.RawQuery]
		awake[r.URL.RawQuery] = true
		mu.Unlock()
		if !was {
			w.Header().Set("Retry-After", "1")
			http.Error(w, "Service Unavailable: the instance is starting", 503)
			return
		}
		good.ServeHTTP(w, r)
	}))
}

func accept(name string, f func(net.Conn)) {
	l := listen(name)
	for {
		n, err := l.Accept()
		if err != nil {
			return
		}
		go func() { f(n); n.Close() }()
	}
}

// ports are those that do not speak HTTP, or break it.
func ports() {
	hear := func(n net.Conn) { http.ReadRequest(bufio.NewReader(n)) }
	go accept("ssh", func(n net.Conn) {
		fmt.Fprint(n, "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")
		io.ReadFull(n, make([]byte, 8))
	})
	go accept("mysql", func(n net.Conn) {
		n.Write([]byte("J\x00\x00\x00\n8.0.36\x00\x0b\x00\x00\x00abcdefgh\x00\xff\xff\xff\x02\x00\xff\xdf\x15mysql_native_password\x00"))
		io.ReadFull(n, make([]byte, 8))
	})
	go accept("hangup", hear)
	go accept("rst", func(n net.Conn) { hear(n); n.(*net.TCPConn).SetLinger(0) })
	go accept("silent", func(n net.Conn) { hear(n); time.Sleep(time.Minute) })
	go accept("short", func(n net.Conn) {
		hear(n)
		fmt.Fprint(n, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"parcels\":[{\"id\":\"P-1001\"")
	})
	go accept("badhead", func(n net.Conn) {
		hear(n)
		fmt.Fprint(n, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Trace id 77\r\nContent-Length: 2\r\nContent-Length: 12\r\n\r\n{}")
	})
	go accept("badgzip", func(n net.Conn) {
		hear(n)
		fmt.Fprint(n, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 13\r\n\r\n{\"parcels\":1}")
	})
	h2 := &http.Server{Handler: to("origin"), Protocols: new(http.Protocols)}
	h2.Protocols.SetUnencryptedHTTP2(true)
	go h2.Serve(listen("h2conly"))
	go accept("http10", func(n net.Conn) { // an old application server: no chunks, no Expect, closes
		r, err := http.ReadRequest(bufio.NewReader(n))
		if err != nil {
			return
		}
		answer := func(status, body string) {
			fmt.Fprintf(n, "HTTP/1.0 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
		}
		switch {
		case r.Method == "POST" && len(r.TransferEncoding) > 0:
			answer("411 Length Required", "")
		case r.Header.Get("Expect") != "":
			answer("417 Expectation Failed", "")
		case r.Header.Get("Content-Encoding") != "":
			answer("415 Unsupported Media Type", "")
		default:
			io.Copy(io.Discard, r.Body)
			answer("200 OK", `{"accepted":true}`)
		}
	})
}
