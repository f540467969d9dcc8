package prior

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
	"culprit/request"
)

func found(url string, status int, cause diagnose.CauseID, standing diagnose.Standing) diagnose.Report {
	return diagnose.Report{
		Request: diagnose.RequestShown{Request: request.Request{URL: url}}, Failure: diagnose.FailureShown{Status: status},
		Verdict: diagnose.Verdict{Outcome: diagnose.OutcomeIsolated, Culprits: []diagnose.Culprit{{Element: "body:/a", Cause: cause, Standing: standing}},
			Repair: &diagnose.Fix{Verified: true}},
	}
}

func TestWhatWasProvedIsRemembered(t *testing.T) {
	s := Store{filepath.Join(t.TempDir(), "state")}
	now := time.Now()
	unproved := found("https://api.test/a", 400, "malformed_json", diagnose.Confirmed)
	unproved.Verdict.Repair.Verified = false
	for _, r := range []diagnose.Report{
		found("https://u:p@API.test/a?token=hunter2hunter2", 422, "missing_request_header", diagnose.Confirmed),
		found("https://api.test/b", 400, "missing_request_header", diagnose.Isolated),
		found("http://api.test/b", 400, "malformed_json", diagnose.Confirmed), // another port
		found("https://api.test/a", 400, "malformed_json", diagnose.Suspected),
		found("https://api.test/a", 400, "no_such_cause", diagnose.Confirmed),
		unproved,
	} {
		if err := s.Learn(r, now); err != nil {
			t.Fatal(err)
		}
	}
	p, err := s.Load("https://api.test:443/x")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(p.Host); got != "map[400:map[missing_request_header:2]]" {
		t.Errorf("host: %s", got)
	}
	if got := fmt.Sprint(p.All); got != "map[400:map[malformed_json:1 missing_request_header:2]]" {
		t.Errorf("all: %s", got)
	}
	info, err := os.Stat(s.file())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(s.file())
	if err != nil || strings.Contains(string(text), "hunter2") || strings.Contains(string(text), "u:p") || strings.Contains(string(text), "/a") {
		t.Errorf("the file says too much: %s, %v", text, err)
	}
}

func TestTheFileIsBounded(t *testing.T) {
	s := Store{t.TempDir()}
	for i := range maxHosts + 3 {
		if err := s.Learn(found(fmt.Sprintf("http://h%d.test/", i), 400, "malformed_json", diagnose.Confirmed), time.Unix(int64(i), 0)); err != nil {
			t.Fatal(err)
		}
	}
	r, err := s.read()
	if err != nil || len(r.Hosts) != maxHosts || r.Hosts["h2.test:80"] != nil || r.Hosts["h3.test:80"] == nil {
		t.Errorf("%d hosts, %v", len(r.Hosts), err)
	}
	if got := r.All["400"]["malformed_json"]; got != maxCount {
		t.Errorf("counted to %d", got)
	}
}

func TestADamagedFileIsBegunAnew(t *testing.T) {
	for _, text := range []string{"", "{", "[]", "null", `{"schema":"culprit.priors/2"}`, `{"schema":"culprit.priors/1","all":{"400":{"malformed_json":"many"}}}`} {
		s := Store{t.TempDir()}
		if err := os.WriteFile(s.file(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := s.Load("http://x.test/")
		if err == nil || len(p.Host)+len(p.All) != 0 {
			t.Errorf("%q: %v, %v", text, p, err)
		}
		if err := s.Learn(found("http://x.test/", 400, "malformed_json", diagnose.Confirmed), time.Now()); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if p, err := s.Load("http://x.test/"); err != nil || p.Host["400"]["malformed_json"] != 1 {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
}

// What is no file is not read, which may never end, and not moved: it is somebody else's.
func TestWhatIsNoFileIsLeftAlone(t *testing.T) {
	s := Store{t.TempDir()}
	if err := os.Symlink(os.DevNull, s.file()); err != nil {
		t.Skip(err)
	}
	if p, err := s.Load("http://x.test/"); err == nil || len(p.Host)+len(p.All) != 0 {
		t.Errorf("%v, %v", p, err)
	}
	if _, err := os.Lstat(s.file()); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"schema":"culprit.priors/1","all":{"400":{"malformed_json":3}},"hosts":{"x:80":{"counts":{"400":{"malformed_json":-1}}},"y:80":null}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := parse(text)
		if err != nil {
			return
		}
		for _, c := range r.All {
			for cause, n := range c {
				if n < 1 || n > maxCount || !known(cause) {
					t.Errorf("%s: %d", cause, n)
				}
			}
		}
	})
}
