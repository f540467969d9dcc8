package shell

import (
	"context"
	"fmt"
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
			events: []request.Event{{Kind: request.HeaderRead, Text: "200 OK", Size: 413}, {Kind: request.BodyHead, Text: "application/json", Size: 200, Head: []byte(body[:200])}},
			answer: func(*collections.Entry) (*request.Exchange, error) {
				return screentest.Answer("GET", "https://shop.example/orders", 200, "OK", body), nil
			}}
		s := open(t, options(w), 140, 42)
		s.Press("s")
		s.Has("200 OK", "200 B of 413 B", "ctrl+c cancels", `"items"`)
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

// Whatever page is open, the body is seen while it comes; the page is there again afterwards, unless the body was read.
func TestABodyThatComesIsSeenFromEveryPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := `{"items":[` + strings.Repeat("1,", 200) + `2]}`
		w := &world{wait: 2 * time.Second,
			events: []request.Event{{Kind: request.HeaderRead, Text: "200 OK"}, {Kind: request.BodyHead, Text: "application/json", Size: 200, Head: []byte(body[:200])}},
			answer: func(*collections.Entry) (*request.Exchange, error) {
				return screentest.Answer("GET", "https://shop.example/orders", 200, "OK", body), nil
			}}
		s := open(t, options(w), 140, 42)
		s.Press("s")
		time.Sleep(2 * time.Second)
		s.Settle()
		s.Press("3", "]", "s")
		s.Has("so far", `"items"`, "/ search", "space fold") // the keys that work meanwhile
		time.Sleep(2 * time.Second)
		s.Settle()
		s.Has("[Headers", "Content-Type")
		s.Press("s", "j")
		s.Has("so far")
		time.Sleep(2 * time.Second)
		s.Settle()
		s.Has("[Body]", `"items"`)
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

// TestAStreamIsReadWhileItGoesOn: each event is seen when it comes, and who looks at the end stays at the end.
func TestAStreamIsReadWhileItGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var body strings.Builder
		for n := range 60 {
			fmt.Fprintf(&body, "data: tick %d\n\n", n)
		}
		whole := body.String()
		opt := options(&world{})
		opt.Core.Send = func(ctx context.Context, _ *collections.Entry, _ collections.Saved, _ string, emit func(request.Event)) (*request.Exchange, []collections.Checked, error) {
			emit(request.Event{Kind: request.HeaderRead, Text: "200 OK"})
			for _, part := range []string{"tick 1\n", "tick 2\n", "tick 59\n"} {
				head := whole[:strings.Index(whole, part)+len(part)]
				emit(request.Event{Kind: request.BodyHead, Text: "text/event-stream", Size: int64(len(head)), Head: []byte(head)})
				time.Sleep(time.Second)
			}
			<-ctx.Done()
			x := screentest.Answer("GET", "https://shop.example/events", 200, "OK", whole)
			x.Failure = &request.Failure{Phase: request.PhaseRead, Cause: "cancelled", Text: "It was stopped.", Err: ctx.Err()}
			return x, nil, x.Failure
		}
		s := open(t, opt, 80, 24)
		s.Press("s", "3")
		s.Has("data: tick 1", "so far", "[Body] Headers")
		s.Lacks("tick 2")
		s.Press("/")
		s.Type("tick")
		time.Sleep(time.Second)
		s.Settle()
		s.Has("data: tick 2", "/tick") // and what is being typed goes on
		s.Press("enter", "G")
		time.Sleep(time.Second)
		s.Settle()
		s.Has("data: tick 59")
		s.Lacks("data: tick 2 ")
		s.Press("ctrl+c")
		s.Has("⊘ 200 OK", "Cancelled by you.", "data: tick 59")
		s.Lacks("so far")
	})
}
