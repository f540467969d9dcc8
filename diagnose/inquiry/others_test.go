package inquiry_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/diagnose/lab"
	"culprit/request"
	"culprit/request/client"
	"culprit/request/curl"
)

// othersFolder names the folder with servers that others wrote; .ci/run fills it. Without it these tests are skipped.
const othersFolder = "CULPRIT_OTHERS"

// others are the servers that run, by name: their origins.
type others map[string]string

// A requestOf is a request to one of them, as a curl command with {name} for its origin, and what is true about it.
type requestOf struct {
	name, curl string
	truth      []lab.Truth // nil: it passes
	adjust     func(*request.Request)
	spent      bool // it was sent once before
}

// program finds a server in the folder or among the system's programs.
func program(t *testing.T, name string) (string, bool) {
	dir := os.Getenv(othersFolder)
	if dir == "" {
		t.Skip(othersFolder + " is not set: the servers that others wrote are not here (.ci/run installs them)")
	}
	for _, p := range []string{filepath.Join(dir, "bin", name), filepath.Join("/usr/sbin", name)} {
		if _, err := os.Stat(p); err == nil {
			return p, true
		}
	}
	t.Logf("skipped: %s is not installed", name)
	return "", false
}

// freePort returns a port that was free a moment ago.
func freePort(t *testing.T) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	return port
}

// run starts a server, waits until it accepts, and ends it with the test.
func run(t *testing.T, port, path string, args ...string) bool {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, path, args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Errorf("start %s: %v", path, err)
		cancel()
		return false
	}
	t.Cleanup(func() { cancel(); cmd.Wait() }) //nolint:errcheck // it was killed
	for range 100 {
		if c, err := net.DialTimeout("tcp", "127.0.0.1:"+port, time.Second); err == nil {
			c.Close()
			return true
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-t.Context().Done():
		}
	}
	t.Errorf("%s does not listen: %s", path, said.String())
	return false
}

// truth is what may be said: causes and elements, separated by spaces.
func truth(causes, elements string) []lab.Truth {
	var out lab.Truth
	for c := range strings.FieldsSeq(causes) {
		out.Causes = append(out.Causes, diagnose.CauseID(c))
	}
	for e := range strings.FieldsSeq(elements) {
		out.Elements = append(out.Elements, diagnose.ElementID(e))
	}
	return []lab.Truth{out}
}

func startHTTPBin(t *testing.T, o others) {
	path, ok := program(t, "go-httpbin")
	if port := freePort(t); ok && run(t, port, path, "-host", "127.0.0.1", "-port", port) {
		o["httpbin"] = "http://127.0.0.1:" + port
	}
}

func startNginx(t *testing.T, o others) {
	path, ok := program(t, "nginx")
	if !ok || o["httpbin"] == "" {
		return
	}
	port, closed, dir := freePort(t), freePort(t), t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return file
	}
	users := write("users", "ada:{PLAIN}difference\n")
	if err := os.Mkdir(filepath.Join(dir, "www"), 0o755); err != nil {
		t.Fatal(err)
	}
	write("www/index.html", "<h1>hello</h1>\n")
	write("www/list.json", "{\"items\": []}\n")
	conf := write("nginx.conf", fmt.Sprintf(`
daemon off; master_process off; pid %[1]s/pid; error_log stderr;
events {}
http {
	access_log off; default_type application/json;
	client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;
	limit_req_zone $binary_remote_addr zone=one:64k rate=1r/m; limit_req_status 429;
	server {
		listen 127.0.0.1:%[2]s; root %[1]s/www; client_max_body_size 1k; large_client_header_buffers 4 4k;
		location /api/ { proxy_pass %[3]s/; }
		location /private/ { deny all; }
		location /staff/ { auth_basic "staff"; auth_basic_user_file %[4]s; alias %[1]s/www/; }
		location /down/ { proxy_pass http://127.0.0.1:%[5]s/; }
		location /slow/ { proxy_read_timeout 1s; proxy_pass %[3]s/delay/5; }
		location /quiet/ { return 444; }
		location /limited/ { limit_req zone=one; alias %[1]s/www/; }
		location /maintenance/ { return 503; }
	}
}`, dir, port, o["httpbin"], users, closed))
	if run(t, port, path, "-c", conf, "-p", dir) {
		o["nginx"] = "http://127.0.0.1:" + port
	}
}

func startSquid(t *testing.T, o others) {
	path, ok := program(t, "squid")
	if !ok {
		return
	}
	for name, rule := range map[string]string{
		"squid":      "acl shut port 1\nhttp_access deny shut\nhttp_access allow all",
		"squid-auth": "auth_param basic program /usr/lib/squid/basic_fake_auth\nacl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all",
	} {
		port, dir := freePort(t), t.TempDir()
		conf := filepath.Join(dir, "squid.conf")
		text := fmt.Sprintf("http_port 127.0.0.1:%s\npid_filename none\ncache deny all\ncache_log /dev/null\naccess_log none\ncache_store_log none\ncoredump_dir none\nmax_filedescriptors 256\nworkers 1\nvisible_hostname proxy.test\n%s\n", port, rule)
		if err := os.WriteFile(conf, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if run(t, port, path, "-N", "-f", conf) {
			o[name] = "http://127.0.0.1:" + port
		}
	}
}

const pocketPassword = "difference-engine"

func startPocketBase(t *testing.T, o others) {
	path, ok := program(t, "pocketbase")
	if !ok {
		return
	}
	port, dir := freePort(t), t.TempDir()
	if out, err := exec.CommandContext(t.Context(), path, "superuser", "upsert", "ada@example.com", pocketPassword, "--dir", dir).CombinedOutput(); err != nil {
		t.Errorf("pocketbase: %v: %s", err, out)
		return
	}
	if !run(t, port, path, "serve", "--http", "127.0.0.1:"+port, "--dir", dir) {
		return
	}
	base := "http://127.0.0.1:" + port
	token := pocketToken(t, base)
	books := `{"name":"books","type":"base","listRule":"","viewRule":"","createRule":"","updateRule":null,"fields":[` +
		`{"name":"title","type":"text","required":true,"max":40},{"name":"mail","type":"email"},{"name":"pages","type":"number","min":1,"onlyInt":true},` +
		`{"name":"state","type":"select","maxSelect":1,"values":["new","used"]},{"name":"web","type":"url"},{"name":"sold","type":"bool"}]}`
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/api/collections", strings.NewReader(books))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("pocketbase makes no collection: %v %v", resp, err)
		return
	}
	resp.Body.Close()
	o["pocketbase"] = base
}

func pocketToken(t *testing.T, base string) string {
	resp, err := http.Post(base+"/api/collections/_superusers/auth-with-password", "application/json", strings.NewReader(`{"identity":"ada@example.com","password":"`+pocketPassword+`"}`)) //nolint:noctx // a test's own server
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(b.String(), `"token":"`)
	token, _, _ := strings.Cut(rest, `"`)
	return token
}

// TestOthers diagnoses requests to servers that others wrote, with the truth about each. The engine has to be right
// about nine in ten, and accuses nobody who is healthy.
func TestOthers(t *testing.T) {
	o := others{}
	startHTTPBin(t, o)
	startNginx(t, o)
	startSquid(t, o)
	startPocketBase(t, o)
	if len(o) == 0 {
		t.Skip("none of the servers is here")
	}
	e := client.New(client.Config{SpoolDir: t.TempDir()})
	t.Cleanup(func() { e.Close() })
	n, right, healthy, accused, confirmedWrong := 0, 0, 0, 0, 0
	for _, k := range requestsOfOthers() {
		text, missing := k.curl, false
		for {
			from, rest, ok := strings.Cut(text, "{")
			name, after, closed := strings.Cut(rest, "}")
			if !ok || !closed || strings.ContainsAny(name, "\": ,") {
				break
			}
			missing = missing || o[name] == ""
			text = from + o[name] + after
		}
		if missing {
			continue
		}
		p, err := curl.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", k.name, err)
		}
		if k.adjust != nil {
			k.adjust(&p.Request)
		}
		if k.spent {
			statusOf(t.Context(), e, p.Request)
		}
		r := diagnoseIt(t, e, diagnose.Case{Request: p.Request, Writes: true})
		got := certain(r)
		verdict := "right"
		switch {
		case k.truth == nil:
			if healthy++; len(got) > 0 || r.Verdict.Outcome != diagnose.OutcomePassing {
				accused++
				verdict = "ACCUSED"
			}
		case (lab.Fault{Truth: k.truth}).Right(got):
			n, right = n+1, right+1
		default:
			n++
			verdict = "WRONG"
			if len(got) > 0 && got[0].Standing == diagnose.Confirmed {
				confirmedWrong++
			}
		}
		t.Logf("%-7s %2d probes  %-26s %-12s %s", verdict, r.Cost.Probes, k.name, r.Verdict.Outcome, shown(r.Verdict.Culprits))
	}
	t.Logf("servers %d; right %d of %d; healthy accused %d of %d; wrong confirmed %d", len(o), right, n, accused, healthy, confirmedWrong)
	if accused > 0 || confirmedWrong > 0 || float64(right) < rightFloor*float64(n) {
		t.Errorf("right %d of %d, accused %d of %d, wrong confirmed %d", right, n, accused, healthy, confirmedWrong)
	}
}
