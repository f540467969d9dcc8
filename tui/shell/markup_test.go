package shell

import (
	"testing"
	"testing/synctest"
	"time"

	"culprit/collections"
	"culprit/request"
	"culprit/tui/screentest"
)

// An answer in XML comes in one line and is read laid out; r shows it as it came, and lays it out again.
func TestAnAnswerInXMLIsLaidOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{}
		w.answer = func(*collections.Entry) (*request.Exchange, error) {
			x := screentest.Redirected()
			res := x.Hops[len(x.Hops)-1].Response
			res.Header = []request.Field{{Name: "Content-Type", Value: "application/xml; charset=utf-8"}}
			res.Body = request.NewContent([]byte(`<order id="7"><items><item sku="A"><qty>1</qty></item></items></order>`))
			return x, nil
		}
		s := open(t, options(w), 140, 42)
		s.Press("s", "3")
		s.Has(`1 <order id="7">`, `3     <item sku="A">`, "4       <qty>1</qty>", "r as it came")
		s.Press("r")
		s.Has(`1 <order id="7"><items><item sku="A">`, "r laid out")
		s.Press("r")
		s.Has("4       <qty>1</qty>")
	})
}

// A search that is typed while XML comes goes on when it is there: a prompt that closed would make keys of its letters. r lays
// it out. XML with a mistake offers no lay-out.
func TestASearchInXMLGoesOnWhenItIsThere(t *testing.T) {
	for body, offered := range map[string]bool{"<a><b>deer</b></a>": true, "<a><b>deer</a>": false} {
		synctest.Test(t, func(t *testing.T) {
			w := &world{wait: 2 * time.Second,
				events: []request.Event{{Kind: request.HeaderRead, Text: "200 OK"}, {Kind: request.BodyHead, Text: "text/xml", Size: 6, Head: []byte(body[:6])}},
				answer: func(*collections.Entry) (*request.Exchange, error) {
					x := screentest.Answer("GET", "https://shop.example/orders", 200, "OK", body)
					x.Last().Response.Header = []request.Field{{Name: "Content-Type", Value: "text/xml"}}
					return x, nil
				}}
			s := open(t, options(w), 140, 42)
			s.Press("s", "3", "/")
			s.Type("de")
			time.Sleep(3 * time.Second)
			s.Settle()
			s.Type("er")
			s.Has("/deer")
			s.Press("enter")
			s.Has("1 "+body, "1/1")
			s.Press("r")
			if offered {
				s.Has("2   <b>deer</b>", "r as it came")
			} else {
				s.Press("r")
				s.Lacks("r as it came", "r laid out")
			}
		})
	}
}
