package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"culprit/collections"
)

func draft(entry, method string) Draft {
	return Draft{Collection: "/c", Entry: entry, Saved: collections.Saved{Method: method,
		Vars: []collections.Variable{{Name: "t", Value: "hunter2", Secret: true}}}, Time: time.UnixMilli(1000).UTC()}
}

func TestDraftsOutliveTheProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "drafts")
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []Draft{draft("a", "GET"), draft("b", "PUT"), draft("a", "POST")} {
		if err := j.Append(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := j.Drop("/c", "b", nil, time.UnixMilli(2000)); err != nil {
		t.Fatal(err)
	}
	j.Close()
	src, _ := os.ReadFile(path)
	if bytes.Contains(src, []byte("hunter2")) {
		t.Error("a secret is in the log")
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if err := os.WriteFile(path, append(src, "torn"...), 0o600); err != nil {
		t.Fatal(err)
	}
	j, err = Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	got, err := j.Read()
	if err != nil || len(got) != 1 || got[0].Saved.Method != "POST" {
		t.Errorf("%+v, %v", got, err)
	}
	if err := j.Append(draft("c", "GET")); err != nil {
		t.Fatal(err)
	}
	if got, _ := j.Read(); len(got) != 2 {
		t.Errorf("behind a cut tail: %+v", got)
	}
}

func TestALargeLogIsWrittenAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts")
	var b bytes.Buffer
	for b.Len() <= maxLog {
		f, err := frame(Draft{Entry: "a", Saved: collections.Saved{Docs: strings.Repeat("x", 1<<19)}})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(f)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	info, _ := os.Stat(path)
	if got, _ := j.Read(); len(got) != 1 || info.Size() > 1<<20 {
		t.Errorf("%d drafts in %d bytes", len(got), info.Size())
	}
}

// A large draft that is typed in does not make the log grow with each key, and what is larger than the log may be is read all
// the same: another program's draft stays, too.
func TestTheLogOfALargeDraftStaysSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts")
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	large := draft("a", "POST")
	large.Saved.Docs = strings.Repeat("x", 6<<20)
	if err := errors.Join(j.Append(draft("b", "GET"))); err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		large.Saved.URL = "http://h/" + strings.Repeat("k", i)
		if err := j.Append(large); err != nil {
			t.Fatal(err)
		}
	}
	if info, _ := os.Stat(path); info.Size() > 13<<20 {
		t.Errorf("%d bytes", info.Size())
	}
	j.Close()
	if j, err = Open(path); err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	got, err := j.Read()
	if err != nil || len(got) != 2 || got[1].Saved.URL != "http://h/kkkkkkkkkkk" {
		t.Errorf("%d drafts, %v", len(got), err)
	}
}

// What a crash left of a log that was being written anew is finished: it is there beside the log, and whole.
func TestACrashWhileTheLogIsWrittenAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts")
	f, err := frame(draft("a", "POST"))
	if err := errors.Join(err, os.WriteFile(path, nil, 0o600), os.WriteFile(path+".new", f, 0o600)); err != nil {
		t.Fatal(err)
	}
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if got, err := j.Read(); err != nil || len(got) != 1 || got[0].Entry != "a" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := os.Stat(path + ".new"); err == nil {
		t.Error("it is left beside the log")
	}
}

// A program that is killed while it writes leaves half a frame. What another that runs writes after it is not lost with that.
func TestADraftAfterWhatAnotherProgramTore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "drafts")
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Append(draft("a", "GET")); err != nil {
		t.Fatal(err)
	}
	half, _ := frame(draft("b", "POST"))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	f.Write(half[:len(half)/2])
	f.Close()
	if err := j.Append(draft("c", "PUT")); err != nil {
		t.Fatal(err)
	}
	j.Close()
	if j, err = Open(path); err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if got, err := j.Read(); err != nil || len(got) != 2 || got[1].Entry != "c" {
		t.Errorf("%+v, %v", got, err)
	}
}

// FuzzLog: any truncation or flipped bit gives a prefix of what was written, and never a panic.
func FuzzLog(f *testing.F) {
	var log []byte
	for _, m := range []string{"GET", "POST", "PUT"} {
		b, err := frame(draft(m, m))
		if err != nil {
			f.Fatal(err)
		}
		log = append(log, b...)
	}
	whole, _ := parse(log)
	f.Add(len(log), 0, byte(0))
	f.Add(len(log)-1, 5, byte(1))
	f.Add(9, 3, byte(128))
	f.Fuzz(func(t *testing.T, size, at int, flip byte) {
		src := bytes.Clone(log[:min(max(size, 0), len(log))])
		if at >= 0 && at < len(src) {
			src[at] ^= flip
		}
		got, end := parse(src)
		if end > len(src) || len(got) > len(whole) {
			t.Fatalf("%d drafts, %d of %d bytes", len(got), end, len(src))
		}
		for i, d := range got {
			if d.Entry != whole[i].Entry || d.Saved.Method != whole[i].Saved.Method {
				t.Fatalf("draft %d is %+v", i, d)
			}
		}
	})
}

// FuzzParse: any bytes are a log.
func FuzzParse(f *testing.F) {
	f.Add([]byte("\x02\x00\x00\x00\x00\x00\x00\x00{}"))
	f.Fuzz(func(t *testing.T, src []byte) {
		if _, end := parse(src); end > len(src) {
			t.Fatal(end)
		}
	})
}
