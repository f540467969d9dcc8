package lab

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/icholy/digest"

	"culprit/request"
)

// got is what came back.
type got struct {
	status int
	header http.Header
	body   []byte
	hops   int
	err    error
}

// passes judges as DIAGNOSIS §3.5 does, as far as it goes without knowing more.
func (g got) passes() bool {
	if g.err != nil || g.status < 200 || g.status > 299 || strings.HasPrefix(g.header.Get("Content-Type"), "text/html") {
		return false
	}
	var envelope struct {
		OK    *bool `json:"ok"`
		Error any   `json:"error"`
		Code  int   `json:"code"`
	}
	if json.Unmarshal(g.body, &envelope) == nil && (envelope.OK != nil && !*envelope.OK || envelope.Error != nil || envelope.Code >= 400) {
		return false
	}
	var results []struct {
		Result int `json:"result"`
	}
	if json.Unmarshal(g.body, &results) == nil {
		for _, r := range results {
			if r.Result > 1 {
				return false
			}
		}
	}
	return !strings.Contains(string(g.body), "<Error>")
}

func (g got) String() string {
	if g.err != nil {
		return g.err.Error()
	}
	return fmt.Sprintf("%d %.300s", g.status, g.body)
}

// send performs r with net/http: one connection, redirects followed hop by hop, credentials dropped with the
// origin. It is a second opinion beside the engine, and knows only what the tables need.
func send(ctx context.Context, r request.Request, names ...*net.Resolver) got {
	config, err := tlsConfig(r.Settings.TLS)
	if err != nil {
		return got{err: err}
	}
	tr := &http.Transport{
		TLSClientConfig: config, DisableKeepAlives: true, DisableCompression: true,
		ResponseHeaderTimeout: r.Settings.Timeouts.FirstByte, ForceAttemptHTTP2: r.Settings.HTTPVersion != "1.1",
	}
	dialer := net.Dialer{Timeout: r.Settings.Timeouts.Connect}
	if len(names) > 0 {
		dialer.Resolver = names[0]
	}
	tr.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if host, port, _ := net.SplitHostPort(addr); host == farName {
			addr = net.JoinHostPort(farPrefix+"7", port)
		}
		return dial(ctx, &dialer, network, addr)
	}
	if f := r.Settings.IPFamily; f != 0 {
		dial := tr.DialContext
		tr.DialContext = func(ctx context.Context, _, addr string) (net.Conn, error) {
			return dial(ctx, "tcp"+strconv.Itoa(f), addr)
		}
	}
	for _, o := range r.Settings.Resolve {
		dial := tr.DialContext
		tr.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
			if host, port, err := net.SplitHostPort(addr); err == nil && host == o.Host {
				addr = net.JoinHostPort(o.To, port)
			}
			return dial(ctx, network, addr)
		}
	}
	if p := r.Settings.Proxy.URL; p != "" && p != "direct" {
		u, err := url.Parse(p)
		if err != nil {
			return got{err: err}
		}
		tr.Proxy = http.ProxyURL(u)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	hr, err := write(ctx, r)
	if err != nil {
		return got{err: err}
	}
	var trip http.RoundTripper = tr
	if a := r.Auth; a.Scheme == "digest" {
		trip = &digest.Transport{Username: a.Param("username"), Password: a.Param("password"), Transport: tr}
	}
	for hop := 0; ; hop++ {
		g := exchange(trip, hr)
		g.hops = hop
		location := g.header.Get("Location")
		if g.err != nil || g.status < 300 || g.status > 399 || location == "" || r.Settings.Follow == 0 {
			return g
		}
		if hop >= r.Settings.Follow {
			return got{err: errors.New("too many redirects")}
		}
		if hr, err = next(hr, g.status, location); err != nil {
			return got{err: err}
		}
	}
}

func exchange(tr http.RoundTripper, hr *http.Request) got {
	resp, err := tr.RoundTrip(hr)
	if err != nil {
		return got{err: err}
	}
	defer resp.Body.Close()
	g := got{status: resp.StatusCode, header: resp.Header}
	var body io.Reader = resp.Body
	if resp.Header.Get("Content-Encoding") == "gzip" && hr.Method != http.MethodHead {
		if body, err = gzip.NewReader(resp.Body); err != nil {
			return got{err: err}
		}
	}
	g.body, g.err = io.ReadAll(io.LimitReader(body, 4<<20))
	return g
}

// next makes the request that follows a redirect (RFC 9110 §15.4).
func next(hr *http.Request, status int, location string) (*http.Request, error) {
	u, err := hr.URL.Parse(location)
	if err != nil {
		return nil, err
	}
	out := hr.Clone(hr.Context())
	out.URL, out.Host = u, ""
	if u.Scheme != hr.URL.Scheme || u.Host != hr.URL.Host {
		for _, name := range []string{"Authorization", "Cookie", "X-Api-Key"} {
			out.Header.Del(name)
		}
	}
	if status < 307 && hr.Method != http.MethodHead {
		out.Method, out.Body, out.ContentLength = http.MethodGet, nil, 0
		out.Header.Del("Content-Type")
	} else if hr.GetBody != nil {
		out.Body, err = hr.GetBody()
	}
	return out, err
}

// write turns r into what net/http sends.
func write(ctx context.Context, r request.Request) (*http.Request, error) {
	body, kind, err := encoded(r)
	if err != nil {
		return nil, err
	}
	address := r.URL
	if r.Auth.Scheme == "apikey" && r.Auth.Param("placement") == "query" {
		return nil, errors.New("not used by the tables")
	}
	var reader io.Reader
	if body != nil {
		reader = bytes.NewReader(body)
	}
	hr, err := http.NewRequestWithContext(ctx, r.Method, address, reader)
	if err != nil {
		return nil, err
	}
	hr.Header.Set("User-Agent", "test/1")
	if kind != "" {
		hr.Header.Set("Content-Type", kind)
	}
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, "Content-Type") {
			hr.Header.Del(f.Name)
		}
	}
	for _, f := range r.Header {
		if strings.EqualFold(f.Name, "Host") {
			hr.Host = f.Value
		}
		if strings.EqualFold(f.Name, "Content-Length") {
			hr.ContentLength, _ = strconv.ParseInt(f.Value, 10, 64) // what is no number is 0, and fits no body
		}
		if strings.EqualFold(f.Name, "User-Agent") {
			hr.Header.Del(f.Name)
		}
		hr.Header.Add(f.Name, f.Value)
	}
	switch r.Auth.Scheme {
	case "bearer":
		hr.Header.Set("Authorization", "Bearer "+r.Auth.Param("token"))
	case "basic":
		hr.Header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(r.Auth.Param("username")+":"+r.Auth.Param("password"))))
	case "apikey":
		hr.Header.Set(r.Auth.Param("key"), r.Auth.Param("value"))
	}
	return hr, nil
}

func encoded(r request.Request) (body []byte, kind string, err error) {
	switch b := r.Body; b.Kind {
	case request.RawBody:
		return []byte(b.Text), b.Type, nil
	case request.FormBody:
		q := url.Values{}
		for _, f := range b.Fields {
			q.Add(f.Name, f.Value)
		}
		return []byte(q.Encode()), "application/x-www-form-urlencoded", nil
	case request.MultipartBody:
		var out bytes.Buffer
		m := multipart.NewWriter(&out)
		for _, p := range b.Parts {
			if p.Path == "" {
				err = m.WriteField(p.Name, p.Value)
			} else {
				err = copyFile(m, p, filepath.Join(r.Dir, p.Path))
			}
			if err != nil {
				return nil, "", err
			}
		}
		err = m.Close()
		return out.Bytes(), m.FormDataContentType(), err
	case request.FileBody:
		text, err := os.ReadFile(filepath.Join(r.Dir, b.Path))
		return text, b.Type, err
	}
	return nil, "", nil
}

func copyFile(m *multipart.Writer, p request.Part, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	w, err := m.CreateFormFile(p.Name, filepath.Base(path))
	if err == nil {
		_, err = w.Write(text)
	}
	return err
}

func tlsConfig(s request.TLS) (*tls.Config, error) {
	versions := map[string]uint16{"": 0, "1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}
	c := &tls.Config{ServerName: s.ServerName, MinVersion: versions[s.MinVersion], MaxVersion: versions[s.MaxVersion], InsecureSkipVerify: s.Insecure}
	if s.CAFile != "" {
		text, err := os.ReadFile(s.CAFile)
		if err != nil {
			return nil, err
		}
		c.RootCAs = x509.NewCertPool()
		c.RootCAs.AppendCertsFromPEM(text)
	}
	if s.CertFile != "" {
		pair, err := tls.LoadX509KeyPair(s.CertFile, s.KeyFile)
		if err != nil {
			return nil, err
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}
