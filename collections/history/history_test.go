package history

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"culprit/collections"
	"culprit/request"
)

const token = `hunter2/"tok=en"&é`

// sent is an exchange with a secret everywhere.
func sent(at time.Time, status int, body string) *request.Exchange {
	r := request.Request{
		Method: "POST", URL: "http://x.test/a?k=" + url.QueryEscape(token) + "&p=abc",
		Header:  []request.Field{{Name: "X-Note", Value: "t " + token}, {Name: "Cookie", Value: "sid=literal-cookie"}},
		Auth:    request.Auth{Scheme: "bearer", Params: []request.Field{{Name: "token", Value: token}}},
		Body:    request.Body{Kind: request.RawBody, Text: `{"t":"hunter2/\"tok=en\"\u0026é","pin":"abc"}`},
		Secrets: []request.Secret{{Ref: "environment local.token", Value: token}, {Ref: "pin", Value: "abc"}, {Ref: "header Cookie", Value: "sid=literal-cookie"}},
	}
	return &request.Exchange{Request: r, Start: at, Took: time.Second, Hops: []request.Hop{{
		Sent: request.Sent{Method: r.Method, URL: r.URL, Header: append(r.Header,
			request.Field{Name: "Authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+token))})},
		Response: &request.Response{Status: status, Reason: token, Body: request.NewContent([]byte(body)),
			Header: []request.Field{{Name: "Set-Cookie", Value: "s=server-session"}, {Name: "X-Echo", Value: base64.StdEncoding.EncodeToString([]byte(token))}}},
	}}}
}

func record(t *testing.T, h *History, x *request.Exchange, passed bool) {
	t.Helper()
	if err := h.Record(t.Context(), collections.Record{Collection: "/c", Entry: "orders/create", Environment: "local",
		Saved: collections.Saved{Method: "POST"}, Exchange: x, Passed: passed,
		Checks: []collections.Checked{{Assert: collections.Assert{Expression: "res.body.echo", Operator: "eq", Value: token},
			Verdict: collections.Failed, Got: strconv.Quote(token), Why: "it is " + token + ", expected x"}}}); err != nil {
		t.Error(err)
	}
}

func opened(t *testing.T) *History {
	t.Helper()
	h := New(filepath.Join(t.TempDir(), "state"))
	t.Cleanup(func() { h.Close() })
	return h
}

func current(ref string) (string, bool) {
	values := map[string]string{"environment local.token": token, "pin": "abc", "header Cookie": "sid=literal-cookie"}
	v, ok := values[ref]
	return v, ok
}

func TestNoSecretReachesTheDisk(t *testing.T) {
	h := opened(t)
	echo := "you sent " + token + " and " + url.QueryEscape(token)
	record(t, h, sent(h.now(), 200, echo), true)
	record(t, h, sent(h.now(), 200, strings.Repeat(echo, 5000)), true)
	record(t, New(h.dir), sent(h.now(), 200, echo), true) // in the inbox
	hits, files := 0, 0
	err := filepath.WalkDir(h.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if e.IsDir() {
			if info.Mode().Perm() != 0o700 {
				t.Errorf("%s has mode %v", path, info.Mode())
			}
			return nil
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		b, err := os.ReadFile(path)
		files++
		for _, form := range []string{token, url.QueryEscape(token), url.PathEscape(token), "hunter2", "aHVudGVyM", "literal-cookie", "server-session", "h1bnRlcjI", "odW50ZXIy"} {
			if bytes.Contains(b, []byte(form)) {
				hits++
				t.Errorf("%s holds %q", path, form)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d hits", files, hits)
}

func TestWhatWasRecordedIsReadBack(t *testing.T) {
	h := opened(t)
	x := sent(time.UnixMilli(h.now().UnixMilli()), 422, strings.Repeat("x", inline+1))
	record(t, h, x, false)
	record(t, h, sent(x.Start.Add(time.Second), 200, "fine"), true)
	items, err := h.Find(t.Context(), Query{}, Item{}, 10)
	if err != nil || len(items) != 2 || items[0].Status != 200 || items[1].ID != x.ID || !items[1].At.Equal(x.Start) {
		t.Fatalf("%+v, %v", items, err)
	}
	got, err := h.Get(t.Context(), x.ID)
	if err != nil || len(got.Body) != inline+1 || got.Hops[0].Status != 422 || got.BodySize != inline+1 {
		t.Errorf("%+v, %v", got.Item, err)
	}
	if _, err := h.Get(t.Context(), "none"); !errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
	if c := got.Checks; len(c) != 1 || c[0].Verdict != collections.Failed || c[0].Expression != "res.body.echo" || !strings.HasPrefix(c[0].Why, "it is ‹secret") {
		t.Errorf("its assertions: %+v", c)
	}
}

func TestTheLastPassIsFilledInAgain(t *testing.T) {
	h := opened(t)
	x := sent(time.UnixMilli(h.now().UnixMilli()), 201, `{"id":7}`)
	record(t, h, x, true)
	record(t, h, sent(h.now().Add(time.Second), 500, "no"), false)
	passes := func(entry string, current func(string) (string, bool)) []Pass {
		t.Helper()
		out, err := h.Passes(t.Context(), "/c", entry, "local", 5, current)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	got := passes("orders/create", current)
	if len(got) != 1 || got[0].Changed != nil || !got[0].At.Equal(x.Start) {
		t.Fatalf("%+v", got)
	}
	r, want := got[0].Request, x.Request
	if r.URL != want.URL || r.Auth.Param("token") != token || r.Header[0] != want.Header[0] || r.Header[1] != want.Header[1] {
		t.Errorf("got %+v", r)
	}
	if r.Body.Text != want.Body.Text {
		t.Errorf("body %q, want %q", r.Body.Text, want.Body.Text)
	}
	if len(r.Secrets) != 3 {
		t.Errorf("secrets %+v", r.Secrets)
	}
	then := got[0].Whole()
	if then.Status() != 201 || then.Took != time.Second || string(then.Response().Body.Head(100)) != `{"id":7}` {
		t.Errorf("what came back: %+v", then)
	}
	got = passes("orders/create", func(string) (string, bool) { return "rotated", true })
	if len(got) != 1 || got[0].Changed == nil || got[0].Request.Auth.Param("token") != "rotated" {
		t.Errorf("with another secret: %+v", got)
	}
	if got := passes("orders/create", nil); len(got) != 0 {
		t.Errorf("without the secret: %+v", got)
	}
	if got := passes("x", current); len(got) != 0 {
		t.Errorf("of another entry: %+v", got)
	}
}

func TestACorruptFileIsSetAside(t *testing.T) {
	h := opened(t)
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(h.file(), []byte(strings.Repeat("this is no database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	record(t, h, sent(h.now(), 200, "x"), true)
	names, err := filepath.Glob(filepath.Join(h.dir, "history.corrupt-*"))
	if err != nil || len(names) != 1 {
		t.Errorf("%q, %v", names, err)
	}
}

// A large database is not looked at whole each time, so damage may be met while it is used. Then the next to open it
// looks, and sets it aside. Without that, a look comes after a day.
func TestDamageOfALargeFileIsSetAside(t *testing.T) {
	for _, tt := range []struct {
		name  string
		then  func(h *History)
		aside int
	}{
		{"nobody met it", func(*History) {}, 0},
		{"somebody met it", func(h *History) {
			if _, err := h.Find(t.Context(), Query{}, Item{}, 10); err == nil {
				t.Error("it was not met")
			}
		}, 1},
		{"a day has gone by", func(h *History) {
			day := h.now().Add(daily)
			h.now = func() time.Time { return day }
		}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := opened(t)
			record(t, h, sent(h.now(), 200, "x"), true)
			var page, size int64
			if err := errors.Join(h.db.QueryRow("select rootpage from sqlite_master where name = 'exchange_find'").Scan(&page),
				h.db.QueryRow("pragma page_size").Scan(&size)); err != nil {
				t.Fatal(err)
			}
			if _, err := h.db.Exec("insert into meta values ('ballast', zeroblob(?))", soundUpTo+1); err != nil {
				t.Fatal(err)
			}
			h.Close()
			if _, err := h.open(t.Context()); err != nil { // the look of today
				t.Fatal(err)
			}
			h.Close()
			f, err := os.OpenFile(h.file(), os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.WriteAt(bytes.Repeat([]byte{0xFF}, int(size)), (page-1)*size); err != nil {
				t.Fatal(err)
			}
			f.Close()
			tt.then(h)
			h.Close()
			if _, err := h.open(t.Context()); err != nil {
				t.Fatal(err)
			}
			names, err := filepath.Glob(filepath.Join(h.dir, "history.corrupt-*"))
			if err != nil || len(names) != tt.aside {
				t.Errorf("%q are set aside, %v", names, err)
			}
			if left, _ := filepath.Glob(h.doubts()); len(left) > 0 {
				t.Error("the doubt stays")
			}
		})
	}
}

// The history may be a link to anywhere: what it leads to keeps its mode.
func TestWhatALinkLeadsToKeepsItsMode(t *testing.T) {
	h := opened(t)
	other := filepath.Join(t.TempDir(), "other")
	if err := errors.Join(os.MkdirAll(h.dir, 0o700), os.WriteFile(other, []byte("not ours"), 0o644), os.Chmod(other, 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, h.file()); err != nil {
		if runtime.GOOS == "windows" { // where a link needs a right that few have
			t.Skip(err)
		}
		t.Fatal(err)
	}
	record(t, h, sent(h.now(), 200, "x"), true)
	at, err := os.Stat(other)
	if err != nil || at.Mode().Perm() != 0o644 && at.Mode().Perm() != 0o666 {
		t.Errorf("%v, %v", at.Mode(), err)
	}
}

func TestPruneKeepsTheCaps(t *testing.T) {
	h := opened(t)
	old := sent(h.now().Add(-maxAge-time.Hour), 500, strings.Repeat("y", inline+1))
	record(t, h, old, false)
	record(t, h, sent(h.now(), 200, strings.Repeat("z", inline+1)), true)
	day := h.now().Add(2 * time.Hour)
	h.now = func() time.Time { return day }
	if err := h.prune(context.Background(), h.db); err != nil {
		t.Fatal(err)
	}
	items, err := h.Find(t.Context(), Query{}, Item{}, 10)
	if err != nil || len(items) != 1 {
		t.Errorf("%+v, %v", items, err)
	}
	bodies, _ := os.ReadDir(filepath.Join(h.dir, "bodies"))
	if len(bodies) != 1 {
		t.Errorf("%d bodies", len(bodies))
	}
}

// To choose what goes takes long, so it makes room for many, but for what is known-good.
func TestPruneMakesRoomForMany(t *testing.T) {
	h := opened(t)
	record(t, h, sent(h.now().Add(-time.Hour), 200, "the oldest pass"), true)
	left := func(most int) (n int) {
		tx, err := h.db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		defer tx.Commit()
		if err := errors.Join(pruneMany(t.Context(), tx, most), tx.QueryRow("select count(*) from exchange").Scan(&n)); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if _, err := h.db.Exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 1499)
		insert into exchange select printf('%013d-x', at + i), at + i, collection, entry, environment, method, url, 500, cause, took, 0, template,
		request, secrets, refillable, hops, body, bodyfile, bodysize, cut from exchange, n`); err != nil {
		t.Fatal(err)
	}
	if n := left(1500); n != 1500 {
		t.Errorf("%d are left where there is room for 1500", n)
	}
	if n := left(1499); n != 1499-spare+1 {
		t.Errorf("%d are left, want %d and the pass", n, 1499-spare)
	}
	items, err := h.Find(t.Context(), Query{}, Item{}, 2000)
	if err != nil || !items[len(items)-1].Passed {
		t.Errorf("the pass is gone, %v", err)
	}
}

// A year of work on one request: passes every week, three versions of its file.
func TestKnownGoodOutlivesTheHistory(t *testing.T) {
	h := opened(t)
	now := time.Now()
	h.now = func() time.Time { return now } // a slow machine records for longer than a second
	url := func(week int) string { return fmt.Sprintf("http://x.test/w%02d", week) }
	for week := range 52 {
		x := &request.Exchange{Request: request.Request{Method: "GET", URL: url(week)}, Start: now.Add(-time.Duration(week+20) * 7 * 24 * time.Hour),
			Hops: []request.Hop{{Sent: request.Sent{Method: "GET", URL: url(week)}, Response: &request.Response{Status: 200, Body: request.NewContent([]byte("ok"))}}}}
		version := collections.Saved{Method: "GET", URL: fmt.Sprint("version ", week/20)}
		for _, passed := range []bool{true, false} {
			if err := h.Record(t.Context(), collections.Record{Collection: "/c", Entry: "e", Environment: "local", Saved: version, Exchange: x, Passed: passed}); err != nil {
				t.Fatal(err)
			}
		}
	}
	tomorrow := now.Add(daily) // what is old is looked for once a day
	h.now = func() time.Time { return tomorrow }
	if err := h.prune(t.Context(), h.db); err != nil {
		t.Fatal(err)
	}
	items, err := h.Find(t.Context(), Query{}, Item{}, 200)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		if !i.Passed {
			t.Errorf("a failure of %s outlived its time", i.At)
		}
		got = append(got, i.URL)
	}
	want := []string{url(0), url(1), url(2), url(20), url(40), url(51)} // the newest three, the newest of the other versions, the oldest
	if !slices.Equal(got, want) {
		t.Errorf("kept %v, want %v", got, want)
	}
}

func TestTwoWriters(t *testing.T) {
	a := opened(t)
	b := New(a.dir)
	defer b.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 20 {
			record(t, a, sent(a.now(), 200, "a"), true)
		}
	}()
	for range 20 {
		record(t, b, sent(b.now(), 200, "b"), true)
	}
	<-done
	items, err := a.Find(t.Context(), Query{}, Item{}, 100)
	if err != nil || len(items) != 40 {
		t.Errorf("%d, %v", len(items), err)
	}
}

func TestTheLatestOfEachRequest(t *testing.T) {
	h := New(t.TempDir())
	defer h.Close()
	if got, err := h.Latest(t.Context(), "/shop"); err != nil || got != nil {
		t.Errorf("nothing was kept: %v, %v", got, err)
	}
	if _, err := os.Stat(h.file()); err == nil {
		t.Error("a history was begun only to see that it is empty")
	}
	record(t, h, sent(h.now().Add(-time.Hour), 500, "new"), false)
	record(t, h, sent(h.now().Add(-2*time.Hour), 200, "old"), true)
	if err := h.Record(t.Context(), collections.Record{Exchange: sent(h.now(), 404, "of no request")}); err != nil {
		t.Fatal(err)
	}
	got, err := h.Latest(t.Context(), "/c")
	if err != nil || len(got) != 1 || got["orders/create"].Status != 500 || got["orders/create"].At.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
}
