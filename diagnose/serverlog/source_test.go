package serverlog

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
)

// TestALogIsFoundWhereThePersonOrTheCollectionNamesIt: the person's variables first, that of the environment before the
// general one, then the collection's own file, which cannot lie outside of it.
func TestALogIsFoundWhereThePersonOrTheCollectionNamesIt(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	for path, text := range map[string]string{filepath.Join(dir, "inside.log"): "inside id-1\n", filepath.Join(out, "mine.log"): "mine id-1\n", filepath.Join(out, "local.log"): "local id-1\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(out, "mine.log"), filepath.Join(dir, "link.log")); err != nil {
		t.Fatal(err)
	}
	about := diagnose.Occurrence{ID: "id-1", From: time.Unix(1e9, 0), Until: time.Unix(1e9, 0)}
	for name, c := range map[string]struct {
		env                 map[string]string
		inside, environment string
		want, fault         string
	}{
		"nobody":                 {},
		"the collection":         {inside: "inside.log", want: "inside id-1"},
		"out of the collection":  {inside: "../" + filepath.Base(out) + "/mine.log", fault: "--log or CULPRIT_LOG"},
		"by a link":              {inside: "link.log", fault: "escapes"},
		"an absolute path":       {inside: filepath.Join(out, "mine.log"), fault: "escapes"},
		"the person":             {env: map[string]string{"CULPRIT_LOG": filepath.Join(out, "mine.log")}, inside: "inside.log", want: "mine id-1"},
		"for the environment":    {env: map[string]string{"CULPRIT_LOG": filepath.Join(out, "mine.log"), "CULPRIT_LOG_LOCAL": filepath.Join(out, "local.log")}, environment: "local", want: "local id-1"},
		"for another":            {env: map[string]string{"CULPRIT_LOG_LOCAL": filepath.Join(out, "local.log")}, environment: "live", inside: "inside.log", want: "inside id-1"},
		"not there":              {env: map[string]string{"CULPRIT_LOG": filepath.Join(out, "none.log")}, fault: "CULPRIT_LOG:"},
		"a command":              {env: map[string]string{"CULPRIT_LOG_COMMAND": "echo {environment} {id} since {from}"}, environment: "live", want: "live id-1 since 2001-09-09T01:46:39Z"},
		"an environment command": {env: map[string]string{"CULPRIT_LOG_COMMAND": "echo {id}"}, environment: "command", want: "id-1"},
	} {
		s, err := Find(func(n string) string { return c.env[n] }, dir, c.inside, c.environment)
		got := ""
		if s != nil {
			got, err = s.About(t.Context(), about)
		}
		if strings.TrimSpace(got) != c.want || (err != nil) != (c.fault != "") || err != nil && !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestACommandGetsNoWordsOfACollection: one that ends in a shell elsewhere (ssh) would read the name of an environment again.
func TestACommandGetsNoWordsOfACollection(t *testing.T) {
	for environment, ok := range map[string]bool{"live": true, "süd_2.eu": true, "": true, "live; rm -rf ~": false, "--follow": false, "a b": false, "$(id)": false} {
		for command, names := range map[string]bool{"ssh host log shop-{environment}": true, "tail shop.log": false} {
			s, err := Find(func(n string) string { return map[string]string{commandVariable: command}[n] }, "", "", environment)
			if want := ok || !names; (err == nil) != want || (s != nil) != want {
				t.Errorf("%s, environment %q: %v", command, environment, err)
			}
		}
	}
}

// TestACommandGetsNoWordsOfTheServer: an id is chosen by the server, and must not become an option or a command.
func TestACommandGetsNoWordsOfTheServer(t *testing.T) {
	s, _ := Find(func(n string) string {
		return map[string]string{"CULPRIT_LOG_COMMAND": "echo <{id}>"}[n]
	}, "", "", "")
	got, err := s.About(t.Context(), diagnose.Occurrence{ID: "--x;$(rm -rf /)`id`\n-y"})
	if strings.TrimSpace(got) != "<xrm-rfid-y>" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	s, _ = Find(func(n string) string {
		return map[string]string{"CULPRIT_LOG_COMMAND": "cat /nonexistent-password=hunter22"}[n]
	}, "", "", "")
	if _, err := s.About(t.Context(), diagnose.Occurrence{}); err == nil || strings.Contains(err.Error(), "hunter22") {
		t.Errorf("%v", err)
	}
}

// TestNoCredentialOfALogIsShown goes through the ways in which logs speak of credentials that are no pair of a name and a
// value; words of a sentence about them stay.
func TestNoCredentialOfALogIsShown(t *testing.T) {
	for line, want := range map[string]string{
		`tokens=[abc1, def2, ghi3] user=ada`:                        `tokens=[‹hidden›] user=ada`,
		`{"api_key": ["k-one", "k-two"], "page": 2}`:                `{"api_key": [‹hidden›], "page": 2}`,
		`login of ada with password hunter2 failed`:                 `login of ada with password ‹hidden› failed`,
		`the password is "tr0ub4dor"`:                               `the password is "‹hidden›"`,
		`password must be longer, secret is missing, token expired`: `password must be longer, secret is missing, token expired`,
		`sizes=[1, 2, 3]`:                                           `sizes=[1, 2, 3]`,
		`Authorization: Digest username="ada", response="6629fae49393a05397450978507c4ef1", qop=auth`: `Authorization: ‹hidden› username="ada", response="‹hidden›", qop=auth`,
	} {
		if got := hide(line); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
