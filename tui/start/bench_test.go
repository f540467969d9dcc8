//go:build linux

package start_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"culprit/tui/ptytest"
)

// The benchmarks of this file drive the built program on a pty and print each figure beside its aim
// (PERFORMANCE §8). Rounds that are long are few: run them with -benchtime=5x.
//
//	go test ./tui/start -run '^$' -bench . -benchtime=5x

const (
	width, height = 120, 40
	patience      = 60 * time.Second
	settled       = 150 * time.Millisecond // without output
)

// built is the program and the smallest Go program, made once for all benchmarks.
type built struct{ culprit, hello string }

var build = sync.OnceValues(func() (built, error) {
	dir, err := os.MkdirTemp("", "culprit-bench-")
	if err != nil {
		return built{}, err
	}
	b := built{culprit: filepath.Join(dir, "culprit"), hello: filepath.Join(dir, "hello")}
	src := filepath.Join(dir, "hello.go")
	if err := os.WriteFile(src, []byte("package main\n\nimport \"os\"\n\nfunc main() { os.Stdout.WriteString(\"hello\\n\") }\n"), 0o600); err != nil {
		return built{}, err
	}
	for _, args := range [][]string{{"-o", b.hello, src}, {"-o", b.culprit, "culprit"}} {
		cmd := exec.Command("go", append([]string{"build", "-trimpath", "-ldflags=-s -w"}, args...)...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return built{}, fmt.Errorf("build: %w\n%s", err, out)
		}
	}
	return b, nil
})

func TestMain(m *testing.M) {
	if os.Getenv(child) != "" {
		os.Exit(workbench())
	}
	code := m.Run()
	if made {
		if b, err := build(); err == nil {
			os.RemoveAll(filepath.Dir(b.culprit))
		}
	}
	os.Exit(code)
}

// binaries returns the two programs.
func binaries(b *testing.B) built {
	b.Helper()
	made = true
	got, err := build()
	if err != nil {
		b.Fatal(err)
	}
	return got
}

// made says that the programs were built, and are to be removed.
var made bool

// collection writes files requests of which each sends GET to url, in folders of 20.
func collection(b *testing.B, files int, url string) string {
	b.Helper()
	dir := b.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	write("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: Bench\n")
	if files == 1 {
		write("request.yml", saved("the request", url))
		return dir
	}
	for i := range files {
		write(fmt.Sprintf("folder %03d/request %05d.yml", i/20, i), saved(fmt.Sprintf("request %05d", i), url))
	}
	return dir
}

func saved(name, url string) string {
	return "info:\n  name: " + name + "\n  type: http\nhttp:\n  method: GET\n  url: " + strconv.Quote(url) +
		"\n  headers:\n    - name: Accept\n      value: application/json\n    - name: X-Team\n      value: bench\n"
}

// open starts the workbench on a collection, with a home of its own.
func open(b *testing.B, dir string, env ...string) *ptytest.Terminal {
	b.Helper()
	home := b.TempDir()
	return ptytest.Start(b, width, height, append([]string{"HOME=" + home, "XDG_STATE_HOME=" + filepath.Join(home, "state")}, env...),
		binaries(b).culprit, dir)
}

// leave quits and waits for the end.
func leave(b *testing.B, t *ptytest.Terminal) {
	b.Helper()
	t.Type("\x03\x03\x03") // the first may cancel what still runs
	t.Exit(patience)
	t.Kill()
}

// painted reports whether the frames and the first request are there.
func painted(screen string) bool {
	return framed(screen) && (strings.Contains(screen, "folder 000") || strings.Contains(screen, "the request"))
}

// hello is how long the smallest Go program takes on a pty to print a line.
func hello(b *testing.B) time.Duration {
	t := ptytest.Start(b, width, height, nil, binaries(b).hello)
	defer t.Kill()
	return t.Shows(patience, "hello")
}

// The aims are ratios. An anchor of this run takes the place of those programs that are not in this repository,
// through their ratio to it on a quiet machine: a Go program that prints a line needs 1.9 ms, demo-v2od-lean 6.4.
const leanByHello = 6.4 / 1.9

// BenchmarkStart is goals 1, 2, 4 and 5: the first painted frame, the last byte, memory, 200 and 10,000 requests.
func BenchmarkStart(b *testing.B) {
	f := ptytest.NewFigures(b)
	defer f.Close()
	small, large := collection(b, 200, "http://127.0.0.1:9/"), collection(b, 10_000, "http://127.0.0.1:9/")
	for b.Loop() {
		anchor := hello(b)
		f.Time("hello", anchor, 0, "the anchor")
		t := open(b, small)
		first := t.Until(patience, "first frame", painted)
		f.Time("first-paint", first, time.Duration(f.Median("hello")*2*leanByHello*1e6), "2 x lean = 6.7 x hello")
		f.Time("stable", t.Quiet(settled), 0, "")
		f.Add("bytes-until-stable", "B", float64(t.Bytes()), 1.3*6965, "1.3 x lean")
		now, _ := t.Memory()
		f.Add("rss", "MiB", float64(now)/(1<<20), 2.5*7.4, "2.5 x lean")
		leave(b, t)
		t = open(b, large)
		f.Time("first-paint-10000", t.Until(patience, "first frame", framed), time.Duration(1.5*f.Median("first-paint")*1e6), "1.5 x that of 200")
		f.Time("loaded-10000", t.Until(patience, "the collection", painted), 0, "")
		leave(b, t)
	}
}

// framed reports whether the frames are there, with or without a collection.
func framed(screen string) bool { return strings.Contains(screen, "Response") }

// BenchmarkDemoStart is the start of "culprit demo", which also starts the lab.
func BenchmarkDemoStart(b *testing.B) {
	f := ptytest.NewFigures(b)
	defer f.Close()
	for b.Loop() {
		t := ptytest.Start(b, width, height, []string{"HOME=" + b.TempDir()}, binaries(b).culprit, "demo")
		f.Time("demo-first-paint", t.Until(patience, "first frame", framed), 0, "")
		f.Time("demo-stable", t.Quiet(settled), 0, "")
		leave(b, t)
	}
}

// BenchmarkIdle is goal 6: what the program costs while nobody does anything.
func BenchmarkIdle(b *testing.B) {
	f := ptytest.NewFigures(b)
	defer f.Close()
	t := open(b, collection(b, 200, "http://127.0.0.1:9/"))
	defer leave(b, t)
	t.Until(patience, "first frame", painted)
	t.Quiet(time.Second)
	for b.Loop() {
		const long = 5 * time.Second
		cpu, bytes := t.CPU(), t.Bytes()
		<-time.After(long)
		f.Time("idle-cpu-5s", t.CPU()-cpu, 5*time.Millisecond/2, "5 ms in 10 s")
		f.Add("idle-bytes-5s", "B", float64(t.Bytes()-bytes), 0, "aim 0")
	}
}

// BenchmarkVersion is goal 19: process start to exit of --version against the smallest Go program.
func BenchmarkVersion(b *testing.B) {
	f := ptytest.NewFigures(b)
	defer f.Close()
	p := binaries(b)
	run := func(argv ...string) time.Duration {
		start := time.Now()
		if err := exec.Command(argv[0], argv[1:]...).Run(); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	for b.Loop() {
		f.Time("hello", run(p.hello), 0, "the anchor")
		f.Time("version", run(p.culprit, "--version"), time.Duration(2.5*f.Median("hello")*1e6), "2.5 x hello")
	}
	cmd := exec.Command(p.culprit, "--version")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.SplitSeq(string(out), "\n") {
		w := strings.Fields(line) // init PACKAGE @1.2 ms, 0.34 ms clock, ...
		if len(w) < 5 || w[0] != "init" {
			continue
		}
		if ms, err := strconv.ParseFloat(w[4], 64); err == nil && ms > 0.3 {
			b.Logf("init of %s: %.2f ms, aim 0.5", w[1], ms)
		}
	}
}

// body makes a JSON document of about size bytes whose last value is "needle-at-the-End".
func body(size int) []byte {
	var out bytes.Buffer
	out.Grow(size + 1024)
	out.WriteString(`{"records":[`)
	for i := 0; out.Len() < size; i++ {
		if i > 0 {
			out.WriteByte(',')
		}
		fmt.Fprintf(&out, `{"id":%d,"name":"User \u00e9 %d","email":"user%d@example.com","active":true,"score":%d.25,"address":{"street":"Königstraße %d",`+
			`"city":"東京","geo":{"lat":35.68,"lng":139.76}},"tags":["alpha","beta","gamma \"q\""],"history":[{"at":"2024-01-02T03:04:05Z","event":"login","ok":true},`+
			`{"at":"2024-01-03T03:04:05Z","event":"logout","ok":null}],"note":"Lorem ipsum dolor sit amet, consectetur adipiscing elit"}`, i, i, i, i, i)
	}
	out.WriteString(`],"last":"needle-at-the-End"}`)
	return out.Bytes()
}

// serve answers every GET with doc.
func serve(b *testing.B, doc []byte) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
		w.Write(doc)
	}))
	b.Cleanup(s.Close)
	return s.URL + "/document"
}

// download is how long a whole download takes that keeps nothing: curl, or net/http where there is none.
func download(b *testing.B, url string) time.Duration {
	start := time.Now()
	if curl, err := exec.LookPath("curl"); err == nil {
		if err := exec.Command(curl, "-s", "-o", "/dev/null", url).Run(); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	res, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

// sent opens the only request of a collection and sends it; it returns how long the first screen took.
func sent(b *testing.B, t *ptytest.Terminal) time.Duration {
	b.Helper()
	t.Until(patience, "first frame", painted)
	t.Type("\r") // opens the request
	t.Quiet(settled)
	at := t.Type("s")
	return t.Shows(patience, firstRecord) - at
}

const firstRecord = `"email": "user0@example.com"`

// BenchmarkOpen100MB is goals 13 to 16: a response of 100 MB from the key to the first screen, its end, a search.
func BenchmarkOpen100MB(b *testing.B) {
	const size = 100_000_000
	small, large := serve(b, body(size/100)), serve(b, body(size))
	f := ptytest.NewFigures(b)
	defer f.Close()
	for b.Loop() {
		f.Time("curl", download(b, large), 0, "the anchor: curl -o /dev/null")
		t := open(b, collection(b, 1, small))
		f.Time("first-screen-1MB", sent(b, t), 0, "")
		leave(b, t)

		curl := time.Duration(f.Median("curl") * 1e6)
		t = open(b, collection(b, 1, large))
		f.Time("first-screen-100MB", sent(b, t), curl/2, "0.5 x curl")
		t.Type("3") // to the response
		t.Quiet(time.Millisecond)
		at := t.Type("G")
		f.Time("end-key", t.Shows(patience, `"last": "needle-at-the-End"`)-at, 6*curl, "6 x curl")
		for _, s := range []struct {
			name, what string
			aim        time.Duration
		}{{"search-exact", "needle-at-the-End", 31 * time.Millisecond}, {"search-any-case", "needle-at-the-end", 124 * time.Millisecond}} {
			t.Quiet(settled)
			t.Type("g")
			t.Until(patience, "the top", func(screen string) bool { return !strings.Contains(screen, `"last"`) })
			t.Type("/" + s.what)
			t.Quiet(settled)
			at := t.Type("\r")
			f.Time(s.name, t.Until(patience, "the match", func(screen string) bool {
				return strings.Contains(screen, "1/1") && strings.Contains(screen, `"last": "needle`)
			})-at, s.aim, "a multiple of wc -l, 20.7 ms")
		}
		_, peak := t.Memory()
		f.Add("peak-rss", "MiB", float64(peak)/(1<<20), 1.25*size/(1<<20)+25, "1.25 x body + 25 MiB")
		leave(b, t)
	}
}
