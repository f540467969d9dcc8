package serverlog

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/diagnose"
)

var (
	from = time.Date(2030, 1, 2, 3, 4, 5, 250e6, time.UTC)
	then = diagnose.Occurrence{From: from, Until: from.Add(40 * time.Millisecond)}
)

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "server.log")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func about(t *testing.T, text string, w diagnose.Occurrence) string {
	t.Helper()
	f, err := Open(write(t, text))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.About(w)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestTheLinesOfTheTimeAreGiven with what belongs to them, in the ways in which servers write the time.
func TestTheLinesOfTheTimeAreGiven(t *testing.T) {
	for name, at := range map[string]func(time.Time) string{
		"RFC 3339": func(t time.Time) string { return t.Format(time.RFC3339Nano) + " ERROR " },
		"another": func(t time.Time) string {
			return t.In(time.FixedZone("", 7200)).Format("2006-01-02T15:04:05.000-0700") + " "
		},
		"Python":     func(t time.Time) string { return t.Format("2006-01-02 15:04:05,000") + " - ERROR - " },
		"Go":         func(t time.Time) string { return t.Format("2006/01/02 15:04:05 ") },
		"access log": func(t time.Time) string { return "127.0.0.1 - - [" + t.Format("02/Jan/2006:15:04:05 -0700") + "] " },
		"Apache":     func(t time.Time) string { return t.Format("[Mon Jan 02 15:04:05.000000 2006] [php:error] ") },
		"JSON":       func(t time.Time) string { return `{"level":"error","time":"` + t.Format(time.RFC3339) + `","msg":"` },
		"UTC":        func(t time.Time) string { return t.Format("2006-01-02 15:04:05.000 UTC [71] ERROR: ") },
	} {
		t.Run(name, func(t *testing.T) {
			log := at(from.Add(-time.Minute)) + "before\n  of before\n" + at(from) + "ours\n  at Stack.java:1\nCaused by: ours too\n" + at(from.Add(5*time.Second)) + "after\n"
			got := about(t, log, then)
			if !strings.Contains(got, "ours\n  at Stack.java:1\nCaused by: ours too") || strings.Contains(got, "before") || strings.Contains(got, "after") {
				t.Errorf("got %q of\n%s", got, log)
			}
		})
	}
}

func TestTheRequestIDWinsOverTheTime(t *testing.T) {
	w := then
	w.ID = "req-7f31"
	log := "2030-01-02T03:04:05Z id=req-0000 theirs\n2030-01-02T03:09:00Z id=req-7f31 ours\n  stack of ours\n2030-01-02T03:04:05Z theirs again\n"
	if got := about(t, log, w); got != "2030-01-02T03:09:00Z id=req-7f31 ours\n  stack of ours" {
		t.Errorf("got %q", got)
	}
}

// TestWithoutTimesWhatIsNewCounts, also where the log was begun anew meanwhile.
func TestWithoutTimesWhatIsNewCounts(t *testing.T) {
	name := write(t, "old one\nold two, which is longer\n")
	f, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := f.About(then); got != "" || err != nil {
		t.Errorf("nothing is new: %q, %v", got, err)
	}
	for _, text := range []string{"old one\nold two, which is longer\nnew\n", "new\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := f.About(then); got != "new" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

func TestALongLogIsReadAtItsEnd(t *testing.T) {
	old := strings.Repeat(from.Add(-time.Hour).Format(time.RFC3339)+" old line of a long log\n", 60_000)
	got := about(t, old+from.Format(time.RFC3339)+" ours\n", then)
	if got != from.Format(time.RFC3339)+" ours" {
		t.Errorf("got %d bytes", len(got))
	}
	many := strings.Repeat(from.Format(time.RFC3339)+" ours\n", 5*most)
	if n := strings.Count(about(t, many, then), "ours"); n != most {
		t.Errorf("%d lines", n)
	}
}

// TestCredentialsOfALogAreHidden, whoever's they are, and nothing else is.
func TestCredentialsOfALogAreHidden(t *testing.T) {
	const jwt, key = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "hQ7tK2mZx9vB4nR8wP3c"
	line := from.Format(time.RFC3339) + " Authorization: Bearer " + jwt + ` {"password":"open sesame","api_key": "k9"} token=` + key + " got " + key + " quantity=\"12.50\" \x1b[31mred\x1b[0m"
	got := about(t, line+"\n", then)
	for _, hidden := range []string{jwt, "open", "k9", key, "\x1b"} {
		if strings.Contains(got, hidden) {
			t.Errorf("%q is shown in %q", hidden, got)
		}
	}
	if !strings.Contains(got, `quantity="12.50" red`) {
		t.Errorf("got %q", got)
	}
}

// TestCredentialsAreHiddenHoweverALogWritesThem: JSON inside a text, several words in quotes, lists, URLs.
func TestCredentialsAreHiddenHoweverALogWritesThem(t *testing.T) {
	for line, want := range map[string]string{
		`{"body":"{\"password\":\"hunter2\",\"a\":1}"}`:  `{"body":"{\"password\":\"‹hidden›\",\"a\":1}"}`,
		`password: "correct horse \" battery" a`:         `password: "‹hidden›" a`,
		`password: "correct`:                             `password: "‹hidden›`,
		`postgres://user:hunter2@db/x failed`:            `postgres://user:‹hidden›@db/x failed`,
		`url=https://shop.example/x?api_key=hunter2&b=1`: `url=https://shop.example/x?api_key=‹hidden›&b=1`,
		`password => hunter2`:                            `password => ‹hidden›`,
		`"X-Api-Key":["hunter2"]`:                        `"X-Api-Key":["‹hidden›"]`,
		`map[Authorization:[Bearer abc123] Accept:[a]]`:  `map[Authorization:[‹hidden›] Accept:[a]]`,
		`at http://shop.example:8080/a: code=E7 id=12`:   `at http://shop.example:8080/a: code=E7 id=12`,
	} {
		if got := hide(line); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}

// TestAReplyNamesAFileOrIsTheLines: what is no file that can be read is what the person pasted.
func TestAReplyNamesAFileOrIsTheLines(t *testing.T) {
	name := write(t, from.Format(time.RFC3339)+" ours\n2029-01-01T00:00:00Z theirs\n")
	dir, base := filepath.Split(name)
	for reply, want := range map[string]string{
		name: from.Format(time.RFC3339) + " ours", base: from.Format(time.RFC3339) + " ours", "ours\nand more": "ours\nand more", "no such file": "no such file", dir: dir, "": "",
		"login refused\npassword=\"tr0ub4dor\"": "login refused\npassword=\"‹hidden›\"",
	} {
		if got := Reply(reply, dir, then); got != want {
			t.Errorf("%q: got %q, want %q", reply, got, want)
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add("2030-01-02T03:04:05Z x\n y\n[Wed Jan 02 03:04:05 2030] z")
	f.Fuzz(func(t *testing.T, log string) {
		for _, l := range chosen(entries(log), then) {
			if !strings.Contains(log, l) {
				t.Errorf("%q is not in the log", l)
			}
		}
		_ = hide(log)
	})
}
