package curl

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"culprit/request"
)

// realCommands are sent by the curl of this machine, and read here. {U} is a server on loopback, {F} a file.
var realCommands = []string{
	`curl {U}/p?a=1`,
	`curl -XwHat {U}/p -d a=1 -d 'b=2 3' -d '' -d c`,
	`curl {U} -G -d a=b --data-urlencode 'c=d e&f/ü' --data-urlencode '=x y' --data-urlencode 'n@{F}'`,
	`curl '{U}/?' -G -d a=b`,
	`curl '{U}/?q#frag' -G -d a=b`,
	`curl -I {U}`,
	`curl {U} -H 'X-Empty;' -H 'Accept:' -H 'A:b' -H 'A:   c' -H 'x-lower: v' -H 'Nothing'`,
	`curl {U} -A ua -e ref -b a=b -b 'c=d' -r 0-5`,
	`curl {U} -A ''`,
	`curl {U} -u me:pa:ss -H 'X: y'`,
	`curl {U} -u me:pass -H 'Authorization: mine'`,
	`curl {U} --oauth2-bearer tok`,
	`curl {U} --json '{"a":1}' --json '{"b":2}'`,
	`curl {U} --json '{"a":1}' -H 'Content-Type: application/x+json' -H 'Accept: text/plain'`,
	`curl {U} -d @{F}`,
	`curl {U} --data-binary @{F}`,
	`curl {U} --data-binary @{F} -d x -H 'Content-Type: text/plain'`,
	`curl {U} --data-raw @{F}`,
	`curl {U}/dir/ -T {F}`,
	`curl {U}/dir -T {F} -X POST`,
	`curl {U} -F a=b -F 'f=@{F};type=image/png;filename="q;\".png"' --form-string 'c=@d;type=x'`,
	`curl {U} -F 'f=@{F}' -F 'j={"x":1};type=application/json' -F 'q="a;\"b"' -F 't=<{F}'`,
	`curl {U} --data-raw $'a\r\n\u0021\x41\'b\xff'`,
	`curl {U}/a/../b/./c/..`,
	`curl --path-as-is {U}/a/../b`,
	`curl '{U}/\[1\]\{2\}'`,
	`curl -g '{U}/[1]{2}'`,
	`curl {U} --compressed`,
	`curl {U} --http1.0`,
	`curl {U} -d a -H 'Content-Type:'`,
	`curl {U} -d a -H 'Host: other.example'`,
	`curl {U} --url-query 'a=b c' --url-query '+d=e' `,
	`curl {U} --no-compressed --header 'a: b' --heade 'c: d'`,
	`printf 'a\000b' | curl {U} --data-binary @-`,
}

// sent is what a server saw.
type sent struct {
	method, target string
	header         http.Header
	body           string
}

func (s sent) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", s.method, s.target)
	for _, name := range slices.Sorted(maps.Keys(s.header)) {
		fmt.Fprintf(&b, "%s: %q\n", name, s.header[name])
	}
	return b.String() + fmt.Sprintf("%q", s.body)
}

var (
	boundary = regexp.MustCompile(`-{8,}[0-9A-Za-z]+`)
	version  = regexp.MustCompile(`curl/[0-9.]+`)
)

// TestRealCurlSendsTheSame compares, for each command, what curl sends with what was read of it, and with what
// curl sends for the command printed from that.
func TestRealCurlSendsTheSame(t *testing.T) {
	for _, program := range []string{"curl", "bash"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("needs a program:", err)
		}
	}
	l := listen(t)
	file := filepath.Join(t.TempDir(), "data.txt")
	if err := os.WriteFile(file, []byte("one\r\ntwo & three\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range realCommands {
		if strings.Contains(c, "--url-query") && !has("url-query") {
			continue
		}
		command := strings.NewReplacer("{U}", l.url, "{F}", file).Replace(c)
		first, ok := l.run(t, command)
		if !ok {
			continue
		}
		result, err := Parser{ReadFile: os.ReadFile}.Parse(command)
		if err != nil {
			t.Errorf("%s: %v", c, err)
			continue
		}
		if want := expected(result.Request, strings.TrimPrefix(l.url, "http://")); result.Request.Body.Kind != request.MultipartBody && want.String() != first.String() {
			t.Errorf("%s\ncurl sends %s\nread as    %s", c, first, want)
		}
		printed := Print(result.Request, Lines, nil)
		if second, ok := l.run(t, printed); ok && second.String() != first.String() {
			t.Errorf("%s\nsends      %s\nbut printed as %s\nsends      %s", c, first, printed, second)
		}
	}
}

// A listener is a server on loopback that tells what it was sent.
type listener struct {
	url string
	got chan sent
}

func listen(t *testing.T) listener {
	l := listener{got: make(chan sent, 1)}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		s := sent{method: r.Method, target: r.RequestURI, header: r.Header, body: boundary.ReplaceAllString(string(body), "BOUNDARY")}
		s.header.Set("Host", r.Host)
		for name, values := range s.header {
			s.header.Set(name, boundary.ReplaceAllString(version.ReplaceAllString(strings.Join(values, ", "), Agent), "BOUNDARY"))
		}
		s.header.Del("Content-Length")
		s.header.Del("Expect")
		l.got <- s
	}))
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

// run runs a command in a shell and returns what the server was sent by it.
func (l listener) run(t *testing.T, command string) (sent, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, "bash", "-c", command)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	out, err := c.CombinedOutput()
	select {
	case s := <-l.got:
		return s, true
	default:
		t.Errorf("%s: nothing was sent: %v %s", command, err, out)
		return sent{}, false
	}
}

// has reports whether this machine's curl knows an option.
func has(option string) bool {
	out, _ := exec.Command("curl", "--"+option).CombinedOutput()
	return !strings.Contains(string(out), "is unknown")
}

// expected returns what a server sees of r.
func expected(r request.Request, host string) sent {
	s := sent{method: r.Method, header: http.Header{}, body: r.Body.Text}
	u, _, _ := strings.Cut(strings.TrimPrefix(r.URL, "http://"+host), "#")
	if s.target = u; !strings.HasPrefix(u, "/") {
		s.target = "/" + u
	}
	s.header.Set("Host", host)
	seen := map[string]bool{}
	for _, f := range r.Header {
		name := http.CanonicalHeaderKey(f.Name)
		if seen[name] {
			s.header.Set(name, s.header.Get(name)+", "+f.Value)
		} else {
			s.header.Set(name, f.Value)
		}
		seen[name] = true
	}
	switch r.Auth.Scheme {
	case "basic":
		s.header.Set("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(r.Auth.Param("username")+":"+r.Auth.Param("password"))))
	case "bearer":
		s.header.Set("Authorization", "Bearer "+r.Auth.Param("token"))
	}
	if r.Body.Kind == request.FileBody {
		b, err := os.ReadFile(r.Body.Path)
		if err == nil {
			s.body = string(b)
		}
	}
	return s
}
