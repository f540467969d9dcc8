package shell

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
)

func TestALargeBodyIsReadWhileItArrives(t *testing.T) {
	body := `{"items":[` + strings.Repeat("1,", 200) + `2]}`
	synctest.Test(t, func(t *testing.T) {
		w := &world{wait: 2 * time.Second,
			events: []request.Event{{Kind: request.HeaderRead, Text: "200 OK"}, {Kind: request.BodyHead, Text: "application/json", Size: 200, Head: []byte(body[:200])}},
			answer: func(*collections.Entry) (*request.Exchange, error) {
				return screentest.Answer("GET", "https://shop.example/orders", 200, "OK", body), nil
			}}
		s := open(t, options(w), 140, 42)
		s.Press("s")
		s.Has("200 OK", "200 B so far", "ctrl+c cancels", `"items"`)
		s.Press("3", "pgdown")
		s.Lacks(`"items"`)
		s.Has(".items[")
		time.Sleep(2 * time.Second)
		s.Settle()
		s.Has("✓ 200 OK", "48 ms", ".items[")
		s.Lacks("so far", `"items"`) // the place is kept
		s.Press("G")
		s.Has("/205")
		s.Press("s")
		s.Press("ctrl+c")
	})
}

func TestABodyThatBreaksOffIsNoLongerComing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{wait: time.Hour,
			events: []request.Event{{Kind: request.HeaderRead, Text: "200 OK"}, {Kind: request.BodyHead, Text: "text/plain", Size: 5, Head: []byte("hello")}}}
		s := open(t, options(w), 80, 24)
		s.Press("s", "3")
		s.Has("hello", "so far")
		s.Press("ctrl+c")
		s.Has("Cancelled")
		s.Lacks("so far", "hello")
	})
}
