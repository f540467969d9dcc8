package shell

import (
	"strings"
	"testing"
	"testing/synctest"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
)

// TestAllThatWasSentIsRead: of a large body the page shows the beginning; enter leads to its last byte, and esc back.
func TestAllThatWasSentIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, upload("no secret"), 140, 42)
		s.Press("s", "W", "G")
		s.Has("the first 65.5 kB of 300.0 kB   enter shows all")
		s.Press("enter", "G")
		s.Has("no secret at the end")
		s.Lacks("the first 65.5 kB")
		s.Press("esc", "G")
		s.Has("the first 65.5 kB of")
		s.Press("[", "[", "[", "[", "[") // back to the response
		s.Has(`"sku": "mug"`)
		s.Lacks("no secret at the end")
	})
}

// TestASecretInWhatWasSentStaysHidden: all of it is shown when secrets are, and goes when they go.
func TestASecretInWhatWasSentStaysHidden(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, upload("seven-lamps"), 140, 42)
		s.Press("s", "W", "enter")
		s.Has("The body holds secrets: v shows them, then enter shows all of it.")
		s.Press("v", "enter", "G")
		s.Has("seven-lamps at the end")
		s.Press("v")
		s.Lacks("seven-lamps")
		s.Press("G")
		s.Has("the first 65.5 kB of")
		s.Lacks("seven-lamps")
	})
}

// upload answers a request whose body had 300,000 bytes and ended in a word; "seven-lamps" is one of its secrets.
func upload(word string) Options {
	w := &world{answer: func(e *collections.Entry) (*request.Exchange, error) {
		x := screentest.Answer("PUT", "https://shop.example/orders", 200, "OK", `{"items":[{"sku":"mug","price":7.5}]}`)
		body := strings.Repeat("0123456789\r\n", 25_000) + word + " at the end"
		x.Hops[0].Sent.Body, x.Hops[0].Sent.Size = request.NewContent([]byte(body)), int64(len(body))
		x.Request.Secrets = []request.Secret{{Ref: "environment local.lamps", Value: "seven-lamps"}}
		return x, nil
	}}
	return options(w)
}
