//go:build linux

package start_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"culprit/tui/ptytest"
)

// What a key costs (goals 7 and 8): demo-v2od-lean writes 1,080 bytes for a move in a list, 40 for a typed character,
// 2,552 for a line of scrolling beside another pane, and needs 1.2 ms to the first byte of them.
const (
	keyAim    = 2400 * time.Microsecond
	keyWhy    = "2 x lean = 2.4 ms; p99 3 x = 11.7"
	listAim   = 1.3 * 1080
	typedAim  = 60
	scrollAim = 1.2 * 2552
)

// press types keys one by one and notes of each the time to its first byte and its bytes, as name-to-paint and
// name-bytes; aim is the most bytes.
func press(f *ptytest.Figures, t *ptytest.Terminal, name string, aim float64, why string, keys ...string) {
	cpu := t.CPU()
	for _, key := range keys {
		before := t.Bytes()
		at := t.Type(key)
		f.Time(name+"-to-paint", t.Changes(patience, at)-at, keyAim, keyWhy)
		t.Quiet(5 * time.Millisecond)
		f.Add(name+"-bytes", "B", float64(t.Bytes()-before), aim, why)
	}
	f.Add(name+"-cpu", "ms", ptytest.Milliseconds(t.CPU()-cpu)/float64(len(keys)), 0, "a key")
}

// BenchmarkKeys is goals 7 and 8 in a list of 200 requests and in a field.
func BenchmarkKeys(b *testing.B) {
	f := ptytest.NewFigures(b)
	defer f.Close()
	t := open(b, collection(b, 200, "http://127.0.0.1:9/"))
	defer leave(b, t)
	t.Until(patience, "first frame", painted)
	for b.Loop() {
		t.Quiet(settled)
		press(f, t, "list", listAim, "1.3 x lean", "j", "j", "j", "j", "j", "k", "k", "k", "k", "k")
		t.Type("/")
		t.Quiet(settled)
		t.Type("reques") // the list has become what fits
		t.Quiet(settled)
		press(f, t, "typed", typedAim, "raw 49", "t", " ", "0", "0")
		t.Type("\x1b")
		t.Quiet(settled)
	}
}

// BenchmarkKey100MB is goals 7 and 8 with a response of 100 MB open: keys that scroll it, beside the list and alone.
func BenchmarkKey100MB(b *testing.B) {
	f := ptytest.NewFigures(b)
	defer f.Close()
	url := serve(b, body(100_000_000))
	t := open(b, collection(b, 1, url))
	defer leave(b, t)
	sent(b, t)
	t.Type("3")
	t.Type("G")
	t.Shows(patience, `"last": "needle-at-the-End"`)
	scroll := []string{"k", "k", "k", "j", "j", "k", "k", "k", "k", "k"}
	for b.Loop() {
		t.Type("g")
		t.Shows(patience, firstRecord)
		t.Type(strings.Repeat("\x1b[6~", 3)) // so that each line scrolls
		t.Quiet(settled)
		t.Type(strings.Repeat("k", height))
		t.Quiet(settled)
		press(f, t, "scroll", scrollAim, "1.2 x lean, beside the list", scroll...)
		press(f, t, "page", 0, "beside the list", "\x1b[6~", "\x1b[6~", "\x1b[5~", "\x1b[5~")
	}
}

// arriving answers with doc at a pace of rate bytes a second, and says when it is through.
func arriving(b *testing.B, doc []byte, rate int) (url string, through chan struct{}) {
	through = make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
		const step = 10 * time.Millisecond
		pace := time.NewTicker(step)
		defer pace.Stop()
		piece := int(float64(rate) * step.Seconds())
		for rest := doc; len(rest) > 0; rest = rest[min(piece, len(rest)):] {
			if _, err := w.Write(rest[:min(piece, len(rest))]); err != nil {
				return
			}
			select {
			case <-pace.C:
			case <-r.Context().Done():
				return
			}
		}
		close(through)
	}))
	b.Cleanup(s.Close)
	return s.URL + "/document", through
}

// BenchmarkArriving100MB is a response of 100 MB that comes at 25 MB/s: its first screen, keys and a search while it still
// arrives, and its end once it is there.
func BenchmarkArriving100MB(b *testing.B) {
	const size, rate = 100_000_000, 25_000_000
	f := ptytest.NewFigures(b)
	defer f.Close()
	doc := body(size)
	whole := serve(b, doc)
	for b.Loop() {
		curl := download(b, whole)
		url, through := arriving(b, doc, rate)
		t := open(b, collection(b, 1, url))
		f.Time("arriving-first-screen", sent(b, t), curl/2, "0.5 x curl of it at once")
		t.Type("3")
		t.Quiet(time.Millisecond)
		keys := []string{"j", "j", "j", "\x1b[6~", "\x1b[6~", "k", "k", "\x1b[5~", "j", "j", "j", "j"}
		move := func(name, key string) {
			before := t.Screen()
			at := t.Type(key)
			f.Time(name, t.Until(patience, "the key", func(screen string) bool { return moved(before, screen) })-at, keyAim, keyWhy)
		}
		cpu := t.CPU()
		for _, key := range keys { // each as soon as the one before is answered
			move("arriving-key-to-paint", key)
		}
		f.Time("arriving-cpu-12-keys", t.CPU()-cpu, 0, "with what arrives meanwhile")
		held := time.NewTicker(time.Second / 30) // as a keyboard repeats
		for _, key := range keys {
			<-held.C
			move("arriving-held-key-to-paint", key)
		}
		held.Stop()
		t.Type("/user150@")
		t.Quiet(20 * time.Millisecond)
		at := t.Type("\r")
		f.Time("arriving-search", t.Shows(patience, `"email": "user150@example.com"`)-at, 31*time.Millisecond, "that of the whole")
		select {
		case <-through:
			b.Fatal("it was there before the keys were pressed")
		default:
		}
		<-through
		at = t.Type("G")
		f.Time("arrived-end-key", t.Shows(patience, `"last": "needle-at-the-End"`)-at, 6*curl, "6 x curl of it at once")
		_, peak := t.Memory()
		f.Add("arrived-peak-rss", "MiB", float64(peak)/(1<<20), 1.25*size/(1<<20)+25, "1.25 x body + 25 MiB")
		leave(b, t)
	}
}

// moved reports whether the cursor is on another line of the body than before.
func moved(before, now string) bool {
	a, c := lineOf.FindStringSubmatch(before), lineOf.FindStringSubmatch(now)
	return a != nil && c != nil && a[1] != c[1]
}

// lineOf finds where the cursor is: at the end of the pane, before its border.
var lineOf = regexp.MustCompile(`(\d+)/\d+ *│`)
