package jar

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"culprit/request"
	"culprit/request/cookie"
)

// answer is an exchange in which a server sets cookies.
func answer(lines ...string) *request.Exchange {
	x := &request.Exchange{Hops: []request.Hop{{Sent: request.Sent{URL: "https://shop.example/"}, Response: &request.Response{Status: 200}}}}
	for _, l := range lines {
		x.Hops[0].Response.Header = append(x.Hops[0].Response.Header, request.Field{Name: "set-cookie", Value: l})
	}
	return x
}

func names(t *testing.T, j *Jar) string {
	t.Helper()
	c, err := j.Open()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, k := range c.All(time.Now()) {
		out = append(out, k.Name)
	}
	return strings.Join(out, " ")
}

func TestTheFileIsForItsOwnerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "culprit", "cookies")
	j := Of(dir, "/shop", strings.Repeat("../very/long", 100))
	if err := j.Keep(answer()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("an answer without cookies made a folder: %v", err)
	}
	if err := j.Keep(answer("sid=1", "over=1; Max-Age=0")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	all, _ := os.ReadDir(dir)
	for _, e := range all {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", e.Name(), info.Mode(), err)
		}
	}
	if len(all) != 2 || names(t, j) != "sid" { // the jar and its lock
		t.Errorf("%v, %q", all, names(t, j))
	}
	if got := names(t, Of(dir, "/shop", "dev")) + names(t, Of(dir, "/bank", "")); got != "" {
		t.Errorf("others have %q", got)
	}
}

// TestTwoProgramsAtOnceLoseNothing: each has opened the jar for itself.
func TestTwoProgramsAtOnceLoseNothing(t *testing.T) {
	dir := t.TempDir()
	var work sync.WaitGroup
	for p := range 4 {
		j := Of(dir, "/shop", "")
		work.Go(func() {
			for i := range 10 {
				if err := j.Keep(answer(fmt.Sprintf("c%d_%d=1", p, i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	if got := len(strings.Fields(names(t, Of(dir, "/shop", "")))); got != 40 {
		t.Errorf("%d of 40 are kept", got)
	}
}

func TestOneIsTakenOutAndThenAll(t *testing.T) {
	j := Of(t.TempDir(), "/shop", "dev")
	if err := j.Keep(answer("a=1", "b=1", "c=1")); err != nil {
		t.Fatal(err)
	}
	if n, err := j.Take(func(c cookie.Cookie) bool { return c.Name == "b" }); n != 1 || err != nil || names(t, j) != "a c" {
		t.Errorf("%d, %v, %q", n, err, names(t, j))
	}
	if err := j.Clear(); err != nil || names(t, j) != "" || len(j.Seen().All(time.Now())) != 0 {
		t.Errorf("%v, %q", err, names(t, j))
	}
	if err := j.Clear(); err != nil {
		t.Errorf("an empty one: %v", err)
	}
}

// TestAFileOfALaterVersionIsLeftAlone: what is not understood is not replaced.
func TestAFileOfALaterVersionIsLeftAlone(t *testing.T) {
	j := Of(t.TempDir(), "/shop", "")
	later := `{"schema":"culprit.jar/2","cookies":[]}`
	if err := os.WriteFile(j.path(), []byte(later), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := j.Keep(answer("a=1")); err == nil || !strings.Contains(err.Error(), "version") {
		t.Errorf("%v", err)
	}
	if b, _ := os.ReadFile(j.path()); string(b) != later {
		t.Errorf("it says %s", b)
	}
}

// TestAJarThatCannotBeClearedIsAsItWas, also for those that look at what was read last.
func TestAJarThatCannotBeClearedIsAsItWas(t *testing.T) {
	j := Of(t.TempDir(), "/shop", "")
	if err := j.Keep(answer("a=1")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(j.path()); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(j.path(), "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := j.Clear(); err == nil || len(j.Seen().All(time.Now())) != 1 {
		t.Errorf("%v, %d are seen", err, len(j.Seen().All(time.Now())))
	}
}
